/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists of articles as windows over the store: rows without bodies, a few screens at a
 * time, however many there are.
 */
#pragma once

#include "store/query.h"
#include "store/store.h"
#include "store/withdrawal.h"
#include "text/date.h"
#include "text/event.h"

struct hits;

struct article_row {
    int64_t id, source;
    char *title; /* "": it has none */
    char *link, *author, *publisher, *section, *language;
    char *source_title, *source_label; /* untranslated; in the language of who reads */
    char *source_name; /* the label, or what tells it from others: store/source-names.h */
    char *portal, *edition;
    char *others;          /* languages of the same article's other editions, "en,zh", or NULL */
    int64_t group;         /* of its editions, or 0 */
    GArray *copies;        /* struct edition_copy, where it stands for all of them, or NULL */
    struct date published; /* precision DATE_NONE: none */
    struct event event;    /* when and where it takes place */
    int64_t updated, first_seen; /* updated: 0 if none */
    int64_t order;               /* what lists by date are sorted by, newest first, then by id */
    bool unread, starred, deleted, revised, withdrawn;
    int64_t withdrawn_at;              /* when that was seen, or 0 */
    struct withdrawal_sign withdrawal; /* by what; owned */
    int attachments, revisions;
    char **tags;
};

/* Of a row that stands for several editions: whether any has a star; the tags of all, owned. */
bool article_row_is_starred(const struct article_row *row);
char **article_row_tags(const struct article_row *row);

void article_row_free(struct article_row *row);
DEFINE_AUTO_FREE(article_row, article_row_free)

enum listing_sort {
    LISTING_DATE,
    LISTING_TITLE,
    LISTING_SOURCE,
    LISTING_UNREAD,
    LISTING_RELEVANCE,
    LISTING_ARRIVAL,
};

/* "date", "title", "source", "unread", "relevance", "arrival"; false for another word. */
bool listing_sort_parse(const char *word, enum listing_sort *sort);

struct listing {
    const struct query *query;    /* borrowed; or NULL: all */
    int64_t source;               /* 0: all active and former ones */
    const char *portal, *edition; /* NULL: any */
    bool unread_only, starred_only;
    bool read_only;        /* the others */
    const GArray *sources; /* borrowed, of int64_t, or NULL: of no other sources */
    const GArray *among;   /* the same: no other articles */
    /*
     * borrowed, of int64_t, or NULL: articles that are listed although unread_only is set and they
     * are read
     */
    const GArray *kept;
    /*
     * borrowed, or NULL: of an article that the listing has in several languages, only that which
     * comes first in these (language_rank())
     */
    const char *languages;
    /* borrowed, or NULL: the listing of which this is a part; the first one is that of all of it */
    const struct listing *whole;
    enum listing_sort sort;
    /*
     * set within the store: its articles are met in order, each to be asked for; they are among
     * these, or NULL
     */
    bool one_by_one;
    const struct hits *set;
};

/* Owned struct article_row *; limit -1 is no limit. */
GPtrArray *listing_rows(struct store *store, const struct listing *listing, int64_t offset,
                        int64_t limit, GError **error);

/*
 * Windows that cost the same wherever they lie, where listing_rows() takes longer with its offset;
 * only for listings by date or title, and those that are made of such (listing_is_in_windows()).
 * listing_rows_beside() reads the `limit` rows next to a row of the listing, before or after it;
 * listing_rows_last() those that end `skip` rows before the listing's end.  Both return them in the
 * listing's order.
 */
bool listing_is_in_windows(const struct listing *listing);
bool listing_is_in_order(const struct listing *listing); /* by date or title */
GPtrArray *listing_rows_beside(struct store *store, const struct listing *listing,
                               const struct article_row *row, bool before, int64_t limit,
                               GError **error);
GPtrArray *listing_rows_last(struct store *store, const struct listing *listing, int64_t skip,
                             int64_t limit, GError **error);

/*
 * The numbers of all articles of a listing, owned int64_t in no order: who has something done to a
 * million of them needs no rows.
 */
GArray *listing_articles(struct store *store, const struct listing *listing, GError **error);

/* -1 on error */
int64_t listing_count(struct store *store, const struct listing *listing, GError **error);

/*
 * The same, but where the texts of articles have to be read to count them, counting ends at
 * `limit`; *more tells whether there may be more then.
 */
int64_t listing_count_to(struct store *store, const struct listing *listing, int64_t limit,
                         bool *more, GError **error);

/*
 * The same for who has other things to do: counting ends at `limit`, whatever has to be read, and
 * when is_over(), which is asked again and again, says so; *more then, and what was counted so far
 * is returned.  -1: nothing can be said.
 */
int64_t listing_count_patiently(struct store *store, const struct listing *listing, int64_t limit,
                                bool (*is_over)(gpointer data), gpointer data, bool *more);

/* Whether a listing has an article. */
bool listing_has(struct store *store, const struct listing *listing, int64_t article);

/*
 * Where the article stands in the listing, from 0; -1 if it is not in it or the order is by
 * relevance.
 */
int64_t listing_position(struct store *store, const struct listing *listing, int64_t article);
/*
 * The same; -1 also where to count what stands before it takes many of SQLite's steps, 10 to 30 ms
 * or, where that is more, some part of the time to read `instead` rows.  Which articles have the
 * words of a query is not among them: the index is asked for these first, once while they stay.
 */
int64_t listing_position_soon(struct store *store, const struct listing *listing, int64_t article,
                              int64_t instead);
/*
 * The same, by a row of the listing whose place is known: the sooner the nearer it is, where a list
 * by date or title has to count all that stands before the article.
 */
int64_t listing_position_from(struct store *store, const struct listing *listing, int64_t article,
                              const struct article_row *row, int64_t place);

/* One article by its number, deleted ones too; NULL and STORE_ERROR_UNKNOWN if there is none. */
struct article_row *listing_article(struct store *store, int64_t id, GError **error);
