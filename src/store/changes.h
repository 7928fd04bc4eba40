/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has happened to articles, in the order in which it came to be known: the log of changes, and
 * what has come since a place in that order or a time.
 *
 * An article that is new has no row of its own in the log: its number, which is never given twice,
 * tells when it came.  The table `changes` has one row when an article that is there
 *
 *   - gets a further text (CHANGE_REVISED, revision: its number, from 2 on), but not when another
 *     reading of the same text, or the page's after the feed's, takes the place of one;
 *   - is found to be taken away by its portal (CHANGE_WITHDRAWN), once until it is back;
 *   - is found to be there again (CHANGE_RETURNED).
 *
 * Of the latter two, `revision` is that of the newest text then, or 0.  Rows are written in the
 * transaction that makes the change, in the order of their ids, which are never given twice.  None
 * is altered afterwards, but that a time which a wrong clock made is put right (store/clock.h), and
 * that the rows of an article end with it.  Whoever has seen all up to an id has seen all there
 * was: the store has one writer at a time, so that no lower id becomes visible later.
 */
#pragma once

#include "store/query.h"
#include "store/store.h"

/* Stored by number: what is new is appended. */
enum change_kind {
    CHANGE_NEW, /* in no row */
    CHANGE_REVISED,
    CHANGE_WITHDRAWN,
    CHANGE_RETURNED,
};

/* Notes a change of an article; within the transaction that makes it. */
bool changes_note(struct store *store, int64_t article, enum change_kind kind, int revision,
                  int64_t at, GError **error);

/* A place in the order of arrival: all articles and changes up to these numbers came before it. */
struct changes_place {
    int64_t article, change;
};

/* The place behind all that is there. */
bool changes_end(struct store *store, struct changes_place *place, GError **error);
/* The place before what came at a time (seconds UTC) or later. */
bool changes_at(struct store *store, int64_t time, struct changes_place *place, GError **error);

#define CHANGE_KINDS 4

/* Of how many articles the log has each kind since a place; of CHANGE_NEW there are none. */
bool changes_count(struct store *store, const struct changes_place *from,
                   guint counts[CHANGE_KINDS], GError **error);

/* What has become of an article: the sum of what happened to it. */
struct change {
    int64_t article, source;
    int64_t at; /* when that was last */
    enum change_kind kind;
    /*
     * revision: the newest text, or 0; previous: the one before the first that came, or 0 when none
     * came but that of a new article
     */
    int revision, previous;
};

struct changes_older {
    int64_t source;
    guint count;
};

struct changes_request {
    const struct query *query; /* borrowed; or NULL: all */
    struct changes_place from;
    gint64 limit;  /* of events; 0: none */
    bool with_old; /* what a subscription brought from before is told like the rest */
};

struct changes {
    GArray *events; /* struct change, in the order of arrival */
    /*
     * struct changes_older: what is not among them because it came with the first fetch of its
     * source and is dated more than a day before that, or undated
     */
    GArray *older;
    guint more;               /* events for which the limit left no room */
    struct changes_place end; /* where to go on */
};

/*
 * What has come since a place: articles that are new, and others of which something is different
 * now, be they `older` ones; what was withdrawn and is back is not, nor what was deleted.  An
 * article has one event.  The query is asked before anything is counted.
 */
bool changes_read(struct store *store, const struct changes_request *request,
                  struct changes *changes, GError **error);
void changes_clear(struct changes *changes);
DEFINE_AUTO_CLEAR(changes, changes_clear)

/*
 * --- cursors: places with a name ---
 *
 * Who moves one holds lock_cursor() (lock.h) from before it is read.
 */

/* Whether it can be the name of a cursor: [a-z0-9._-]{1,64}. */
bool cursor_name_is_right(const char *name);

/* *found: whether there is one; else place is untouched. */
bool cursor_get(struct store *store, const char *name, struct changes_place *place, bool *found,
                GError **error);
bool cursor_put(struct store *store, const char *name, const struct changes_place *place,
                int64_t now, GError **error);
/* Forgets it, if there is one. */
bool cursor_forget(struct store *store, const char *name, GError **error);
