/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a converter (config/converters.h) over a document that somebody else wrote.  It is a
 * child in a process group of its own, in a private folder that is removed afterwards, with an
 * empty environment but PATH, LANG, HOME and TMPDIR; the time of the clock and of the processor,
 * memory, the size of files and what it may print are limited.  Names of documents are made here,
 * so that nothing foreign is in its arguments.
 */
#pragma once

#include "config/converters.h"

#include <signal.h>

struct conversion {
    GString *out; /* its bytes; never NULL */
    bool cut;     /* there was more */
    bool late;    /* it did not end in time */
    char *why;    /* why there is nothing: untranslated, or NULL */
};

/* Not 0: what runs is ended, and nothing more is run; a signal handler may set it. */
extern volatile sig_atomic_t convert_stop;

/* Where private folders are made; NULL: among the temporary files of the system.  Borrowed. */
extern const char *convert_folder;

/* A new private folder in `parent`, or in that of the system; newly allocated, NULL and errno. */
char *convert_make_folder(const char *parent);
void convert_remove_folder(const char *folder);

/* Removes the private folders that workers left behind which were killed. */
void convert_sweep(void);

/* Waits for it.  Any thread; nothing is kept between two calls. */
void convert_run(const struct converter *converter, const char *format, const void *bytes,
                 gsize length, struct conversion *result);
void conversion_clear(struct conversion *result);
DEFINE_AUTO_CLEAR(conversion, conversion_clear)
