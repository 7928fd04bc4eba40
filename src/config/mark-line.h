/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The marks of an article as a line of JSON: what `crier export --what=state` prints and `crier
 * import` reads, and what crier-parser and crier-worker make of other readers' marks.
 *
 *     {"source":URL,"id":TEXT,"link":URL,"title":TEXT,"read":BOOL,"starred":BOOL,"tags":[TEXT]}
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

/* How such a line begins, for those who look at a file. */
#define MARK_LINE_FORMAT "{\"format\":\"state\"}"

struct mark_line {
    char *source;       /* the URL of its feed, without a secret; or NULL */
    char *id;           /* that the feed gave; or NULL */
    char *link, *title; /* or NULL; title: for people who read the file */
    bool read, starred;
    char **tags; /* never NULL */
};

void mark_line_free(struct mark_line *line);
DEFINE_AUTO_FREE(mark_line, mark_line_free)

/* With its end. */
char *mark_line_to_json(const struct mark_line *line);
/* All of it clean; NULL for what is none, or says neither id nor link. */
struct mark_line *mark_line_from_json(const char *text);
