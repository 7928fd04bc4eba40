/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of articles of any length, of which a few screens are in memory: rows by their place in
 * the listing, and places by what is looked for.
 */
#pragma once

#include "reader/session.h"

struct window {
    const struct session *session; /* borrowed */
    struct store *store;           /* the session's; NULL: an empty list */
    struct listing listing;        /* its query, portal and edition borrowed */
    int64_t count;
    bool more; /* hits that must be read to be counted: there may be more of them */
    int64_t count_limit;
    GPtrArray *rows; /* owned: the rows [from, from + len) */
    int64_t from;
    int64_t version;   /* of the store (store_version()) when the list was loaded */
    int64_t marks;     /* the same of its handle: marks_made() */
    int pauses, pause; /* loads without an attempt that took long, yet to come and in all */
    int height;        /* rows on the screen: how much is loaded at once */
    GArray *kept;      /* int64_t: read articles that stay although the listing hides them */
    char *error;       /* of the last load, or NULL */
};

void window_init(struct window *window, const struct session *session);
void window_clear(struct window *window);

/* Reads all anew around a place; what it held may be gone or elsewhere. */
void window_load(struct window *window, int64_t around);
/* The same for the listing that was loaded last; far down it is cheaper. */
void window_reload(struct window *window, int64_t around);

/* The row at a place, borrowed until the next call; NULL beyond the end. */
const struct article_row *window_row(struct window *window, int64_t place);

/* Counts on when the end of what was counted comes into sight. */
void window_count_on(struct window *window, int64_t last_shown);

/*
 * Counts on as far as that is cheap; for a list that was asked for and is looked at, whatever of it
 * is in sight.
 */
void window_count_soon(struct window *window);

/* Where an article stands now; -1 if it is not in the listing, or its order is not known. */
int64_t window_place(struct window *window, int64_t article);

/*
 * The same, soon, with the rows around it in memory, wherever that is; -1 too where it would take
 * long.
 */
int64_t window_reach(struct window *window, int64_t article);

/* The next unread row after a place (step 1) or before it (-1); -1 if there is none. */
int64_t window_find_unread(struct window *window, int64_t from, int step);

/*
 * The next row whose title has each of the words, where a word begins, from a place on (that one
 * too when `here`), beyond the end from the other end on; -1 if there is none.
 */
int64_t window_find_title(struct window *window, int64_t from, int step, bool here,
                          const char *words);

/*
 * Which of these rows, from 1 on, the one at a place is, 0 where that is not known; *count: how
 * many there are, *more: at least, since no more than `most` are counted one by one.
 */
int64_t window_count_title(struct window *window, int64_t place, const char *words, int64_t most,
                           int64_t *count, bool *more);

/* Keeps the unread rows that are in memory in view when they get read. */
void window_keep(struct window *window);
void window_keep_none(struct window *window);
