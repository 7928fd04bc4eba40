/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An attachment that came: what format it is by its bytes, and its text, by a converter or, of
 * plain text, comma-separated values and HTML, by crier itself.  It runs in threads of its own and
 * touches neither store nor network.
 */
#pragma once

#include "base/problem.h"
#include "config/converters.h"
#include "store/entry.h"

struct attachment_text {
    char *format;                 /* "pdf"; NULL: it is no document */
    struct stored_document *text; /* or NULL */
    struct problem *problem;      /* why there is no text, or not all of it; or NULL */
    bool late;                    /* its converter did not end in time */
};

/*
 * url: where it came from, which is the subject of problems.  format: as the store has it, or NULL:
 * by bytes, type and address.  converters: NULL, no more of them are to be run.  The result is
 * owned by the caller.
 */
struct attachment_text *attachment_read(const struct converters *converters, const char *bytes,
                                        gsize length, const char *content_type, const char *url,
                                        const char *format);
void attachment_text_free(struct attachment_text *text);
DEFINE_AUTO_FREE(attachment_text, attachment_text_free)
