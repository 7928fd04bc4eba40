/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a store goes into a bundle, and how it comes into another one.
 *
 * What comes is merged: an article is known by its source and its key, a text by when it was first
 * seen.  What is newer than all that is there is taken, anything else is left, so that the same
 * bundle changes nothing the second time, and an older one nothing behind a newer one.  Marks are
 * never touched, and what was purged stays away.
 */
#pragma once

#include "store/bundle-parts.h"
#include "store/changes.h"
#include "store/store.h"

/* --- out of a store ----------------------------------------------------------------------- */

/* The source of a number. */
bool bundle_read_source(struct store *store, int64_t id, struct bundle_item *item, GError **error);

/*
 * An article with its texts, its page and the attachments that are kept, but those whose addresses
 * (char *) are among told; source: the number in the bundle of its source.  *found: whether it is
 * still there.
 */
bool bundle_read_article(struct store *store, int64_t id, guint source, GHashTable *told,
                         struct bundle_item *item, bool *found, GError **error);
/* Adds those that an item has, once it is written. */
void bundle_tell(GHashTable *told, const struct bundle_item *item);

/* What belongs into a bundle: numbers of articles. */
struct bundle_contents {
    GArray *articles;         /* int64_t, ascending, each once */
    GArray *sources;          /* int64_t: the source of each */
    struct changes_place end; /* where to go on */
};
void bundle_contents_clear(struct bundle_contents *contents);
DEFINE_AUTO_CLEAR(bundle_contents, bundle_contents_clear)

/*
 * What matches a query (or NULL: all) and came after a place, or is different since; besides, that
 * of which bytes came or were read again at `since` or later (seconds UTC; 0: from the beginning).
 */
bool bundle_choose(struct store *store, const struct query *query, const struct changes_place *from,
                   int64_t since, struct bundle_contents *contents, GError **error);

/* When a cursor was moved last, seconds UTC; 0: there is none, or a wrong clock has moved it. */
int64_t bundle_moved(struct store *store, const char *cursor, int64_t now);

/* --- into a store ------------------------------------------------------------------------- */

enum bundle_outcome { BUNDLE_NEW, BUNDLE_CHANGED, BUNDLE_SAME, BUNDLE_PURGED, BUNDLE_OUTCOMES };

/* What is known of one bundle while it is applied. */
struct bundle_merge {
    int64_t now;         /* when: what it changes is new from then on for bundles made here */
    GHashTable *claimed; /* int64_t *, owned: the articles that it has brought */
    GHashTable *purged;  /* char *, owned: source and key of those that were purged, likewise */
    GHashTable *spare;   /* char *, owned: addresses of their files */
};
void bundle_merge_init(struct bundle_merge *merge, int64_t now);
/* That moment: now, but not before one at which a cursor was moved, whatever the clock says. */
int64_t bundle_arrival(struct store *store, int64_t now);
void bundle_merge_clear(struct bundle_merge *merge);
DEFINE_AUTO_CLEAR(bundle_merge, bundle_merge_clear)

/* Within the caller's transaction.  Its number in the store; 0 on failure. */
int64_t bundle_put_source(struct store *store, const struct bundle_item *item, GError **error);
bool bundle_put_article(struct store *store, int64_t source, const struct bundle_item *item,
                        struct bundle_merge *merge, enum bundle_outcome *outcome, GError **error);
/* After all articles: files that none of them attaches do not stay. */
bool bundle_put_end(struct store *store, struct bundle_merge *merge, GError **error);
