/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search index: FTS5 over titles and the newest documents' text, which it holds no copy of.
 * An article is either in it or waits in search_wait, where it is found by reading it; what
 * changes is taken out first and waits again.  The index knows which tokens an article has and
 * which of them its title has, not where, so that terms of several tokens are read once more
 * (crier_matches).
 */
#pragma once

#include "store/store.h"

#include <signal.h>

/*
 * A term compiled: what FTS5 is asked, and what crier_matches() reads a text for.  Both are
 * owned and terms are joined by search_join().
 */
struct search_term {
    char *match;   /* FTS5 expression; NULL: no token in it, every text must be read */
    char *pattern; /* for crier_matches() */
    bool exact;    /* the index alone answers */
    bool prefix;   /* its last token may go on */
};

/* phrase: as it stands, else the last word may go on. */
struct search_term search_term(const char *text, bool phrase, bool title_only);
void search_term_clear(struct search_term *term);
DEFINE_AUTO_CLEAR(search_term, search_term_clear)

/* Adds a pattern to those that must all match. */
void search_join(GString *patterns, const char *pattern);

/*
 * An article's title or text is about to change: takes the old out of the index, which needs them
 * to do so, forgets what was read of them (store/reading.h), and lets the article wait.
 */
bool search_forget(struct store *store, int64_t article, GError **error);

/* A new article waits. */
bool search_add(struct store *store, int64_t article, GError **error);

/*
 * Indexes at most `limit` articles in a transaction of its own, and reads them for what they say
 * (store/reading.h), which catches up when none waits; *more tells whether anything is left.
 */
bool search_index_slice(struct store *store, int limit, bool *more, GError **error);

/*
 * Indexes and reads one article, if it waits, in a short transaction of its own, for which it
 * does not wait long.
 */
bool search_index_article(struct store *store, int64_t article, GError **error);

/* How much is indexed at once, by what it took so far and who else writes; {0} at the beginning. */
struct search_pace {
    int limit;       /* articles of the last slice; 0: there was none */
    int done;        /* of those; 0: it was given up */
    double rate;     /* articles in a microsecond */
    int64_t version; /* store_version() after it */
    int64_t until;   /* monotonic microseconds: slices are short, since others write */
};

/*
 * Indexes one slice: of less than half a second, or of a few milliseconds when others write.  Of
 * one for whose end another program waits nothing remains.
 */
bool search_index_some(struct store *store, struct search_pace *pace, bool *more, GError **error);

/*
 * Indexes all that waits, in slices with pauses between them, so that marks find their turn; ends
 * early when *stop is not 0 (NULL: never).  pace: of the slices that were, or NULL.
 */
bool search_index_rest(struct store *store, struct search_pace *pace,
                       const volatile sig_atomic_t *stop, GError **error);

/* Whether nothing waits and the index was written by the rules of this version. */
bool search_is_complete(struct store *store);

int64_t search_waiting(struct store *store); /* how many articles wait */

/* Empties the index: everything waits.  In a transaction of the caller's. */
bool search_reset(struct store *store, GError **error);

/*
 * The table `titles` has what the index has, in the order of titles, language by language: the
 * beginnings of the folded ones, by which lists are sorted by title before they look at the rest.
 * Four ideographs tell most titles of a portal apart.
 */
#define TITLE_KEY 12 /* bytes */

/* A row of it, of article a and source s: language, key, article. */
#define TITLE_OF " " TITLE_LANGUAGE ", crier_title_key(a.title), a.id"

/*
 * What the index holds of a title and a text, as crier_terms() says it, in any thread; one that is
 * damaged, or NULL, has no terms.
 */
char *search_terms(const char *title, const char *text);

/* What the index holds of article a: number, terms. */
#define SEARCH_INDEXED " a.id, crier_terms(a.title, " TEXT_OF ")"

/* The newest document of articles a. */
#define TEXT_OF \
    "(SELECT d.data FROM documents d WHERE d.article = a.id AND d.revision = a.revisions)"

/*
 * Conditions of an article that has a term, whose values are the match and the pattern: by the
 * index alone, or by what it finds and reading that; and the same by reading alone.
 */
#define SEARCH_READ "crier_matches(a.title, " TEXT_OF ", ?)"
/* behind all that is asked of a, of s and of m: to read a text costs more than they do */
#define SEARCH_LAST(condition) \
    "CASE WHEN coalesce(m.deleted, s.id) IS NULL THEN 0 ELSE " condition " END"
#define SEARCH_READ_LAST SEARCH_LAST(SEARCH_READ)
#define SEARCH_HAS       "a.id IN (" SEARCH_FOUND ")"
/* the same for what is negated, marked so that condition_of_each() can tell it apart */
#define SEARCH_HAS_NOT  "a.id /* negated */ IN (" SEARCH_FOUND ")"
#define SEARCH_MAY_HAVE "a.id IN (" SEARCH_MAYBE_FOUND ")"
#define SEARCH_FOUND \
    "SELECT rowid FROM search WHERE search MATCH ? UNION ALL SELECT a.id FROM search_wait w" \
    " CROSS JOIN articles a ON a.id = w.article WHERE " SEARCH_READ
#define SEARCH_MAYBE_FOUND \
    "SELECT rowid FROM search WHERE search MATCH ? UNION ALL SELECT article FROM search_wait"

/*
 * The SQL functions crier_fold(text), crier_plain(data), crier_intact(data),
 * crier_terms(title, data), crier_matches(title, data, patterns), crier_title_key(text).
 */
struct sqlite3;
int search_register(struct sqlite3 *db);
