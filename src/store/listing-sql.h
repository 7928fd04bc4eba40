/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A listing as SQL, for listing.c (windows) and listing-count.c (how many, and where): its
 * condition and order over `a` (articles), `s` (sources) and `m` (marks), and the rows that come
 * out.
 */
#pragma once

#include "store/db.h"
#include "store/listing.h"

#define ROW_COLUMNS \
    "a.id, a.source, a.title, a.link, a.author, a.publisher, a.section, coalesce(a.language, s.language)," \
    " coalesce(s.title, s.feed_title, s.url), s.portal, s.edition, s.title_names, a.published, a.published_offset," \
    " a.published_precision, a.updated, a.first_seen, a.sort, coalesce(m.read, 0), coalesce(m.starred, 0)," \
    " coalesce(m.deleted, 0), a.revisions, a.withdrawn, a.attachments," \
    " (SELECT group_concat(t.tag, char(10)) FROM tags t WHERE t.article = a.id)," \
    " a.starts, a.starts_offset, a.starts_precision, a.ends, a.ends_offset, a.ends_precision, a.place," \
    " CASE WHEN a.withdrawn IS NOT NULL THEN (SELECT " WITHDRAWAL_SIGN " FROM changes c" \
    " WHERE c.article = a.id AND c.kind = 2 ORDER BY c.id DESC LIMIT 1) END," \
    " a.edition_group"
#define ROW_TABLES \
    " FROM articles a JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id "

#define ROW_OTHER_TABLES \
    " CROSS JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id "

/*
 * --- listing-sql.c ---
 *
 * Which rows of a listing are read: so many from one of its ends on, or from a row on.
 */
struct listing_reach {
    bool forth;                     /* from the beginning on, or behind the row */
    const struct article_row *from; /* or NULL */
    int64_t offset, limit;          /* -1: all */
};

/*
 * Thousands of SQLite's steps, of which 50 are some 5 ms, or 16 where each article is read from
 * another place of the disk.
 */
#define FEW_STEPS   50   /* that sort few articles */
#define SOME_STEPS  300  /* along an order that lies together */
#define TITLE_STEPS 60   /* along titles, whose articles lie apart */
#define COUNT_STEPS 1000 /* that count the entries of an index: some 15 ms */

#define FEW 2000 /* articles that are sorted anyway */

/*
 * Between these a statement ends where it needs more; *thousands is below 0 then.  The first one
 * returns what the other is given: those that were counted before, and are again.
 */
int *listing_begin_steps(struct store *store, int *thousands);
void listing_end_steps(struct store *store, int *before);

/*
 * What reads them by one way, for as long as it needs no more than so many thousand steps of
 * SQLite; 0: however long, which is the last one.
 */
struct listing_reader {
    GPtrArray *(*read)(struct store *store, const struct listing *listing,
                       const struct listing_reach *reach, const void *data, GError **error);
    int thousands;
};

/* By the first of them that is done in that time: nobody can know how many a query finds. */
GPtrArray *listing_read_soonest(struct store *store, const struct listing *listing,
                                const struct listing_reach *reach,
                                const struct listing_reader *readers, const void *data,
                                GError **error);

/*
 * --- listing-set.c ---
 *
 * The articles among which is all that the query of a listing finds, borrowed until the next one;
 * NULL: no index knows, or they are too many to be told soon.
 */
const struct hits *listing_set(struct store *store, const struct listing *listing);
/* Whether it is worth while where articles are met by date: no way leads to few of them. */
bool listing_needs_set(const struct listing *listing);
/* For crier_hits_has(). */
void listing_set_bind(sqlite3_stmt *statement, int index, const struct hits *set);
/*
 * Owned int64_t: the numbers of few, which are sorted, each asked for all of the query; NULL where
 * they are not, or there is no set.  Then all words were asked for, too.
 */
GArray *listing_set_few(const struct hits *set);

/*
 * --- listing-plan.c ---
 *
 * By which way articles are met.  The rows of WAY_UNREAD are in order by `u`.
 */
enum listing_way {
    WAY_ANY,     /* which SQLite chooses */
    WAY_DATES,   /* all, newest first */
    WAY_TABLE,   /* the same, to be sorted */
    WAY_SOURCES, /* those of the sources that have any, to be sorted */
    WAY_UNREAD,  /* what is unread, newest first */
    WAY_MARKS,   /* what has marks, to be sorted */
    WAY_TITLES, /* those of a language, by title: the order of `t`, then of the titles themselves */
    WAY_WAITING, /* those that are not in that order yet */
    WAY_NONE     /* there are none */
};

/* The way that leads to the first or last `wanted` articles of a listing soonest; -1: all. */
enum listing_way listing_way(struct store *store, const struct listing *listing, int64_t wanted);
/* A language whose titles are in order (TITLE_LANGUAGE). */
struct title_language {
    char *language;
    int64_t hits, all; /* articles of the listing, and of the language; -1: not known */
};
/*
 * The same for a listing by title, which is sorted but for WAY_TITLES.  *languages are those of
 * which it may have articles, owned, of struct title_language; where the way is WAY_ANY it may be
 * worth while to look along them first.  NULL: it is not.
 */
enum listing_way listing_way_by_title(struct store *store, const struct listing *listing,
                                      int64_t wanted, GPtrArray **languages);
/* The FROM of a SELECT that goes it. */
const char *listing_tables(enum listing_way way);

/* Whether the counters know how many articles a listing has. */
bool listing_is_of_counters(const struct listing *listing);
struct tally {
    int64_t hits;  /* articles of the listing */
    int64_t scope; /* articles of the sources that have any of them */
};
bool listing_tally(struct store *store, const struct listing *listing, struct tally *tally);

/* The sources of the latter, owned, of int64_t. */
GArray *listing_scope(struct store *store, const struct listing *listing, GError **error);

/* Sources of one name, which lists by source show as one. */
struct listing_group {
    GArray *sources; /* owned, of int64_t */
    int64_t hits;    /* articles of the listing */
};
void listing_group_free(gpointer group);
/* Owned struct listing_group *, by name: the sources that have any of a listing's articles. */
GPtrArray *listing_tally_sources(struct store *store, const struct listing *listing,
                                 GError **error);

/*
 * --- listing-pieces.c ---
 *
 * Lists that are made of lists by date, one after the other: as listing_rows() and its like.
 */
bool listing_is_in_pieces(const struct listing *listing);
GPtrArray *listing_rows_in_pieces(struct store *store, const struct listing *listing,
                                  int64_t offset, int64_t limit, GError **error);
GPtrArray *listing_beside_in_pieces(struct store *store, const struct listing *listing,
                                    const struct article_row *row, bool before, int64_t limit,
                                    GError **error);
GPtrArray *listing_last_in_pieces(struct store *store, const struct listing *listing, int64_t skip,
                                  int64_t limit, GError **error);
int64_t listing_position_in_pieces(struct store *store, const struct listing *listing,
                                   int64_t article);
int64_t listing_position_from_in_pieces(struct store *store, const struct listing *listing,
                                        int64_t article, const struct article_row *row,
                                        int64_t place);

/*
 * --- listing-dated.c, listing-count.c ---
 *
 * Lists by date and by title: as listing_rows() and its like.  Counting ends at `limit` (-1: never)
 * where the counters do not know; listing_is_counted() tells.
 */
GPtrArray *listing_dated_rows(struct store *store, const struct listing *listing, int64_t offset,
                              int64_t limit, GError **error);
GPtrArray *listing_dated_beside(struct store *store, const struct listing *listing,
                                const struct article_row *row, bool before, int64_t limit,
                                GError **error);
GPtrArray *listing_dated_last(struct store *store, const struct listing *listing, int64_t skip,
                              int64_t limit, GError **error);
int64_t listing_dated_count(struct store *store, const struct listing *listing, int64_t limit,
                            GError **error);
/* All of a listing of sources, by what its query picks where there is such. */
int64_t listing_count_in_sources(struct store *store, const struct listing *listing);
bool listing_is_counted(const struct listing *listing);
int64_t listing_dated_position(struct store *store, const struct listing *listing, int64_t article);
int64_t listing_dated_position_from(struct store *store, const struct listing *listing,
                                    int64_t article, const struct article_row *from, int64_t place);
/* The same for the other orders. */
int64_t listing_sorted_position(struct store *store, const struct listing *listing,
                                int64_t article);

/*
 * --- listing-titled.c ---
 *
 * Lists by title: rows of one that keeps nothing, from one end on, or from a row on; and where an
 * article stands, by a row whose place is known, or NULL.
 */
GPtrArray *listing_titled_read(struct store *store, const struct listing *listing,
                               const struct listing_reach *reach, GError **error);
int64_t listing_titled_position(struct store *store, const struct listing *listing, int64_t article,
                                const struct article_row *row, int64_t place);

/* The two parts of a listing that keeps read articles: what is unread, and what is kept. */
void listing_part(const struct listing *listing, struct listing *unread, struct listing *kept);

/*
 * --- listing-words.c ---
 *
 * Lists of what words find: by date, or articles with them in the title first and then the others,
 * each by date.  They are found as far as they are looked at, since a common word may stand in a
 * third of all articles, and remembered until the store changes.
 */

/*
 * Whether a listing is a search for words and nothing else, by date or relevance, and the index is
 * complete, so that it can answer.
 */
bool listing_is_of_words(struct store *store, const struct listing *listing);

/* Owned struct article_row *; limit -1 is no limit. */
GPtrArray *listing_words_rows(struct store *store, const struct listing *listing, int64_t offset,
                              int64_t limit, GError **error);
/* As listing_rows_beside(). */
GPtrArray *listing_words_beside(struct store *store, const struct listing *listing,
                                const struct article_row *row, bool before, int64_t limit,
                                GError **error);

/*
 * How many articles that are not deleted have the words of a query; when that takes long, counting
 * ends at `limit`, and *more tells whether there may be more.  -1 on error.
 */
int64_t listing_words_count(struct store *store, const struct listing *listing, int64_t limit,
                            bool *more, GError **error);

/* Appends the condition of a listing, from WHERE on. */
void listing_condition(GString *sql, const struct listing *listing);

/*
 * Of a group of articles that are one in several languages, the one that stands for it among those
 * that a condition finds; the parameter of the languages follows those of the condition.
 */
#define FIRST_OF_GROUP(condition, languages) \
    "(SELECT a.id FROM (SELECT a.edition_group AS its) g" \
    " CROSS JOIN articles a INDEXED BY articles_by_group ON a.edition_group = g.its" \
    " CROSS JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id " condition \
    " ORDER BY crier_language_rank(coalesce(a.language, s.language), " languages \
    "), a.id LIMIT 1)"

/* Whether articles of one group are one row, where there are groups. */
bool listing_is_folded(const struct listing *listing);
/* Whether they are, and there are any. */
bool listing_folds(struct store *store, const struct listing *listing);
/* The listing of which a part is one. */
const struct listing *listing_whole(const struct listing *listing);
/* Appends the condition that articles are in a group but do not stand for it. */
void listing_condition_hidden(GString *sql, const struct listing *listing);
/* A listing of all its articles. */
struct listing listing_unfolded(const struct listing *listing);

/*
 * Appends its ORDER BY.  Articles that have the words of the query in the title come before the
 * others, each by date.
 */
void listing_order(GString *sql, const struct listing *listing);

/*
 * Prepares a text, which it frees, and binds the values of the condition from the first parameter
 * on.
 */
sqlite3_stmt *listing_statement(struct store *store, GString *sql, const struct listing *listing,
                                GError **error);

/* Frees a row of a list; NULL stands where a window has given one away. */
void listing_free_item(gpointer row);
/* A date of three columns, from *column on, which moves past them. */
struct date listing_read_date(sqlite3_stmt *statement, int *column);
struct article_row *listing_read_row(struct store *store, sqlite3_stmt *statement);
/* The rows of a prepared statement, which is reset. */
GPtrArray *listing_read(struct store *store, sqlite3_stmt *statement, GError **error);

/* Whether articles are kept although they are read. */
bool listing_keeps(const struct listing *listing);

/* How many articles there are, at least 1. */
int64_t listing_of_all(struct store *store);
