/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of converters: which program reads the text of which format of documents.  It is a key
 * file, data/converters, whose head says what its keys mean, and one of the same form in the
 * user's configuration folder, which comes first.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"
#include "base/wire.h"

enum converter_output { CONVERTER_TEXT, CONVERTER_HTML, CONVERTER_CSV };

struct converter {
    char *name;     /* of its group */
    char **formats; /* "pdf", "docx" */
    char **command; /* words, with {file} and {folder} in them */
    char *program;  /* the path of the first word, or NULL: it is not installed */
    char *output;   /* the file that it writes, with {folder} in it; NULL: it prints */
    char *package;  /* what has the program, or NULL */
    enum converter_output gives;
    int timeout; /* seconds */
};

struct converters {
    GPtrArray *all; /* owned struct converter *, in the order in which they are tried */
};

/* Both files, without the one that is not there; NULL and CONFIG_ERROR when one is wrong. */
struct converters *converters_load(const char *config_dir, GError **error);
void converters_free(struct converters *converters);
DEFINE_AUTO_FREE(converters, converters_free)

/*
 * The next one, after `before` (NULL: the first), that reads a format and is installed, or NULL;
 * borrowed.
 */
const struct converter *converters_next(const struct converters *converters, const char *format,
                                        const struct converter *before);

/*
 * Those that read a format, for people who lack them: "pdftotext (poppler-utils), mutool
 * (mupdf-tools)"; NULL when there are none.  Newly allocated.
 */
char *converters_missing(const struct converters *converters, const char *format);

/* As bytes, for a process that reads no configuration; NULL, and bad, when it is none. */
void converters_put(GByteArray *out, const struct converters *converters);
struct converters *converters_get(struct wire_input *in);
