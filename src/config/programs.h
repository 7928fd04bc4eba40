/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs of one's own for an article, as data: the groups [command NAME] of crier.conf.  They are
 * started by argv; what is known of the article is in their environment (program_fields), so that
 * nothing of a portal's ever becomes part of a command.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct keyfile;

enum program_input {
    PROGRAM_NOTHING,
    PROGRAM_TEXT,
    PROGRAM_MARKDOWN,
    PROGRAM_HTML,
    PROGRAM_LINK, /* the address alone, in a line */
};

struct program_rule {
    char *name;               /* watch_name_is_right() */
    char *exec;               /* a command line as a shell would take it, which none does */
    enum program_input input; /* what it gets on its standard input */
    bool terminal;            /* it gets the terminal until it ends */
    int line;                 /* of its group */
};

/* In the environment of a program, in the order in which values are handed to it. */
enum program_field {
    PROGRAM_FIELD_TITLE,
    PROGRAM_FIELD_URL,
    PROGRAM_FIELD_LINK, /* that is in focus, else the same as URL */
    PROGRAM_FIELD_SOURCE,
    PROGRAM_FIELD_DATE,
    PROGRAM_FIELD_AUTHOR,
    PROGRAM_FIELD_LANGUAGE,
    PROGRAM_FIELD_NUMBER,
    PROGRAM_FIELDS
};
extern const char *const program_fields[PROGRAM_FIELDS]; /* "CRIER_TITLE", … */

/* Owned struct program_rule *. */
GPtrArray *program_rules_new(void);

/* The rule of that name; borrowed, or NULL. */
const struct program_rule *program_rules_find(const GPtrArray *rules, const char *name);

bool program_is_group(const char *group);

/* Reads such a group. */
bool program_read(GPtrArray *rules, const struct keyfile *file, const char *group, GError **error);

/*
 * The words of a command line, owned; a word that is %u alone is the address.  One that only holds
 * it is refused: it could be a part of what a shell is to do.
 */
char **program_words(const char *command, const char *url, GError **error);
