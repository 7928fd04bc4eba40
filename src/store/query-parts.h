/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the grammar of queries and the SQL of their terms have in common. */
#pragma once

#include "store/query.h"

/* How far a text is read, and what of it is compiled. */
struct parser {
    const char *start, *p; /* of the text; where it is read */
    struct query *query;
    GString *sql;
    GPtrArray *words;
    int64_t now;
    int terms, depth;
    GString *match, *title_match; /* as far as the words go */
    GString *patterns, *title_patterns;
    bool exact;   /* the index alone answers for all words */
    bool more;    /* the query says more than words that must all be there */
    bool of_more; /* than of source, language and reading */
    bool unread, read, picks;
    bool either; /* something stands in an OR */
    GString *sources;
    bool of_sources; /* a term of them says something */
    int negations;
    GError **error;
};

/* --- query.c: sets the error of a query that is wrong; false */
bool query_fail(struct parser *in, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * --- query-terms.c
 *
 * Append a term to the condition, and what it says of sources to theirs; false and error for one
 * that is wrong.  phrase: as it stands, else the last word may go on.
 */
bool query_text_term(struct parser *in, const char *text, bool phrase);
bool query_field_term(struct parser *in, const char *name, const char *text);
/* What is no term says nothing of sources. */
void query_any_source(struct parser *in);
