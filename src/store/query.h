/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The query language, one everywhere: bare words search title and body; is:unread, is:starred,
 * is:revised, is:withdrawn, is:former (nobody subscribes to its source any more), is:deleted,
 * source:NAME, portal:ID, section:NAME, lang:ru, tag:T, title:W, since:3d, before:2026-01-01,
 * seen:1d (has come since), changed:1d (was revised or withdrawn, or is back, since),
 * has:attachment, has:date, due:7d (sets a date within that time),
 * related:N (linked to article N by the number of a document), state:withdrawn,
 * address:"улица Ленина, 24" (concerns it: text/street.h), id:N, id:N..M; all is every article;
 * -x negates, "…" is a phrase, (a OR b).  A query is compiled to an SQL condition over `a`
 * (articles), `s` (sources) and `m` (marks, may be NULL).
 */
#pragma once

#include "config/urls.h"
#include "store/store.h"

/*
 * Numbers of articles among which is all that a query finds, as a SELECT of them, by an index; some
 * of the query's values are its own.
 */
struct query_set {
    char *select;
    guint from, count; /* of the values */
    bool words;        /* the search index has it */
};

/* A term source:VALUE: where it stands in the text, in bytes. */
struct query_source {
    gsize from, to;
    char *value;
};

struct query {
    char *text; /* as it was written, and when */
    int64_t now;
    char *condition;   /* SQL, with ? for each value */
    GPtrArray *values; /* owned char *, in order; all bound as text */
    bool deleted;      /* deleted articles are asked for */
    char **words;      /* what is searched for, for highlighting; NULL-terminated */
    /* FTS5: the whole query, when it is nothing but words that must all be there; else NULL */
    char *match;
    char *title_match; /* FTS5: that all the words stand in the title; NULL without words */
    char *patterns, *title_patterns; /* the same for crier_matches() */
    bool exact;                      /* what the index finds is right; else it must be read */
    bool prefix;                     /* a word may go on, which the index is slower to answer */
    /*
     * its condition is of nothing but the article's source and language and whether it is read, so
     * that it can be asked of counters
     */
    bool of_counters;
    bool unread, read; /* it is for unread articles alone, or for read ones */
    /*
     * SQL of the sources (`s`) that may have something of it, and its values, as text; NULL where
     * it says nothing of sources
     */
    char *of_sources;
    GPtrArray *source_values;
    char *language; /* it is for articles of this language alone; or NULL */
    bool rare;      /* it has a term that few articles have whatever the store: stars, numbers */
    bool picks; /* it has terms for which there are lists of few articles: words, marks, numbers */
    GPtrArray *named; /* owned struct query_source *, in their order */
    GPtrArray *sets;  /* owned struct query_set *: of each term that must be there and has one */
};

/* Errors (CONFIG_ERROR_SYNTAX) name the word that is wrong.  now resolves "3d". */
struct query *query_parse(const char *text, int64_t now, GError **error);

/* What a query finds that another text finds, too; NULL: any. */
struct query *query_narrowed(const struct query *query, const char *more, GError **error);

/*
 * The moment (seconds UTC) that "3d", "12h" or a date means where it is asked what has come since;
 * a day without time begins at midnight of the local zone.
 */
bool query_moment(const char *text, int64_t now, int64_t *time, GError **error);

/*
 * The same of a date of articles, of which a day without time is the day that they print, in their
 * own zone: its midnight in UTC, and *day is set.
 */
bool query_moment_or_day(const char *text, int64_t now, int64_t *time, bool *day, GError **error);

/* The midnight before now, of the local zone. */
int64_t query_today(int64_t now);

/*
 * The same where it is asked of what comes: a day counts until its end, and so does the one that is
 * "7d" ahead; "12h" are hours from now.
 */
bool query_moment_ahead(const char *text, int64_t now, int64_t *time, GError **error);

/*
 * Whether there is anything in a query of a command that changes what it finds; an empty one is a
 * slip.
 */
bool query_is_needed(const char *text, GError **error);

/*
 * What a command's arguments after its name ask for, newly allocated: numbers are articles,
 * anything else is a query.
 */
char *query_from_arguments(int argc, char **argv);

/*
 * A query in which sources are named by their addresses and not by the numbers that this store has
 * given them, so that it means the same in another one; newly allocated.
 */
char *query_of_addresses(struct store *store, const char *text);

/*
 * Takes saved queries that cannot be parsed out of the list, and puts them among what is wrong with
 * `urls`.
 */
void query_check_saved(struct urls *urls, int64_t now);

void query_free(struct query *query);
DEFINE_AUTO_FREE(query, query_free)
