/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store knows of a server with which it is synced: the server's items, which article each
 * is, and what both sides said of it when they last agreed (its base).  A field that differs from
 * its base was changed on that side since; so nobody's clock is needed to tell who has the last
 * word, but where one side changed a mark and changed it back.
 *
 * A sync goes: sync_begin(), sync_seen_…() with what the server lists, sync_items_unknown() and
 * sync_items_put(), sync_items_match(), sync_plan(), sync_receive() until nothing is left,
 * sync_send_next() and sync_send_done() likewise, sync_end().  It may end after any of them and
 * begin anew.
 */
#pragma once

#include "store/store.h"
#include "store/sync-log.h"

/*
 * From now on the store is synced with this server and user; what is known of another one is
 * forgotten, but no mark.
 */
bool sync_begin(struct store *store, const char *server, GError **error);
/* The server, newly allocated; NULL: none. */
char *sync_server(struct store *store);

/* What the server lists, of which each item may be told several times. */
enum sync_list { SYNC_LIST_ALL, SYNC_LIST_UNREAD, SYNC_LIST_STARRED };
bool sync_seen_clear(struct store *store, GError **error);
/* Forgets what the server does not list any more, when all of it was added. */
bool sync_items_forget_gone(struct store *store, GError **error);
bool sync_seen_add(struct store *store, enum sync_list list, const int64_t *items, guint count,
                   GError **error);

/* Those among them of which nothing else is known; owned, of int64_t, newest first. */
GArray *sync_items_unknown(struct store *store, GError **error);

struct sync_item {
    int64_t item;
    char *stream;       /* of its feed, "feed/12" */
    char *link, *title; /* or NULL */
};
void sync_item_clear(struct sync_item *item);

/* Keeps items (struct sync_item) and finds their articles, in one transaction. */
bool sync_items_put(struct store *store, const GArray *items, GError **error);

/* Finds the articles of items that were without, among what came since this was last called. */
bool sync_items_match(struct store *store, GError **error);

struct sync_counts {
    guint items, matched;          /* of the server; with an article here */
    guint send[SYNC_FIELDS][2];    /* marks that are to be told, by value */
    guint receive[SYNC_FIELDS][2]; /* that are to be set here */
};

/* Compares both sides; *counts may be NULL. */
bool sync_plan(struct store *store, struct sync_counts *counts, GError **error);

/*
 * Sets at most `most` marks here that were changed there, in one transaction; what has changed here
 * since the comparison is left for the next sync.  *count: how many were looked at; 0: all is done.
 */
bool sync_receive(struct store *store, guint most, guint *count, GError **error);

/* Marks that are told the server in one request. */
struct sync_batch {
    enum sync_field field;
    bool value;
    GArray *rows;   /* of struct sync_row, owned */
    char *stream;   /* all of a feed's that are unread, to be marked so; or NULL: each is named */
    int64_t newest; /* of these items */
};
struct sync_row {
    int64_t plan, item, article, log;
};
void sync_batch_clear(struct sync_batch *batch);
DEFINE_AUTO_CLEAR(sync_batch, sync_batch_clear)

/*
 * The next batch, of at most `most` items unless it is a whole feed, noted as being told before it
 * is; whole_feeds: the server's numbers are times, by which no newer item is marked.  Without rows:
 * there is none.
 */
bool sync_send_next(struct store *store, guint most, bool whole_feeds, struct sync_batch *batch,
                    GError **error);
/* The server has answered: it took them, or it refused them, which then wait for the next sync. */
bool sync_send_done(struct store *store, const struct sync_batch *batch, bool taken,
                    GError **error);

/*
 * All lists were whole: forgets items that the server has no more, and changes of before `log`
 * (sync_log_last() at the beginning) that do not wait.
 */
bool sync_end(struct store *store, int64_t log, GError **error);
