/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The subscriptions of a server with which a store is synced, as they were at the last sync: which
 * of them both sides had, and in which folder each was there.
 */
#pragma once

#include "store/store.h"

/*
 * In meta: the newest article, and the newest change of one, when items were last compared with
 * articles (sync_items_match()).
 */
#define SYNC_MATCHED        "sync_matched"
#define SYNC_MATCHED_CHANGE "sync_matched_change"

struct sync_feed {
    char *stream;   /* the server's name for it, "feed/12" */
    char *url;      /* by which it is fetched there */
    char *identity; /* url_identity() of that */
    char *title;    /* or NULL: not kept */
    char *folder;   /* empty: in none */
    int64_t source; /* the one of the same address here; 0: nobody subscribes to it */
    bool agreed;    /* both sides had it at the last sync */
};
void sync_feed_free(gpointer feed);

/* Owned struct sync_feed *; NULL and error. */
GPtrArray *sync_feeds(struct store *store, GError **error);

/* Keeps these in their place. */
bool sync_feeds_put(struct store *store, const GPtrArray *feeds, GError **error);

/* The media type of what a source sent last, empty where it stated none; NULL: nothing came yet. */
char *sync_source_type(struct store *store, int64_t source);
