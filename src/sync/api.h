/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said to a server of the Google Reader API, and what its answers mean.  Nothing that it
 * says is believed unless it could be so: numbers, lengths, addresses; texts pass the gate.
 *
 * Items have numbers of 64 bits.  Lists name them in decimal; articles and we in the long form,
 * "tag:google.com,2005:reader/item/" and 16 hexadecimal digits, which is the one that all servers
 * read alike: Miniflux takes 16 decimal digits, as FreshRSS's are, for hexadecimal ones.
 */
#pragma once

#include "store/sync-feeds.h"
#include "store/sync-items.h"
#include "sync/server.h"

#define API_BATCH 250 /* items that one request marks */

/* The subscriptions: owned struct sync_feed *, without source. */
struct problem *api_feeds(struct server *server, GPtrArray **feeds);

/*
 * The numbers of all items (or of one list) into an array of int64_t; nothing is in it that was not
 * listed to the end.
 */
struct problem *api_items(struct server *server, enum sync_list list, GArray *items);

/*
 * What items are: adds struct sync_item to an array, in batches; each() is called for each of
 * these, and ends it by false.
 */
struct problem *api_contents(struct server *server, const int64_t *items, guint count,
                             bool (*each)(GArray *items, gpointer data), gpointer data);

/* Marks items. */
struct problem *api_mark(struct server *server, enum sync_field field, bool value,
                         const int64_t *items, guint count);
/* Marks a feed as read, as far as items are not newer than this one (FreshRSS). */
struct problem *api_mark_feed(struct server *server, const char *stream, int64_t newest);

/* title, folder: or NULL. */
struct problem *api_subscribe(struct server *server, const char *url, const char *title,
                              const char *folder);
struct problem *api_unsubscribe(struct server *server, const char *stream);
/* to: NULL: out of `from`. */
struct problem *api_move(struct server *server, const char *stream, const char *from,
                         const char *to);
