/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Marks: read, starred, deleted, tags.  Kept apart from content; a fetch touches none, but where
 * store.unread-again (store/revisions.h) and read.all-editions (store/edition-groups.h) ask for it.
 */
#pragma once

#include "store/store.h"

enum mark { MARK_READ, MARK_STARRED, MARK_DELETED, MARK_TAG, MARK_PLACE };

struct mark_change {
    int64_t article;
    enum mark mark;
    bool on;
    const char *tag;     /* of MARK_TAG; interned */
    guint block, offset; /* of MARK_PLACE: where reading goes on; off: at the beginning */
};

/* Applies one, within the caller's transaction. */
bool marks_put(struct store *store, const struct mark_change *change, GError **error);

/* Applies all changes in one transaction, or none. */
bool marks_apply(struct store *store, const struct mark_change *changes, guint count,
                 GError **error);

/*
 * Which articles this handle has marked since it had made `made` marks (marks_made()), some more
 * than once, borrowed until the next mark; NULL: they are many, or another handle had made those.
 * Where reading goes on is no mark here.
 */
int64_t marks_made(const struct store *store);
const int64_t *marks_since(const struct store *store, int64_t made, guint *count);

/* The tags that any article has, owned char *, in the order of their bytes; at most `limit`. */
GPtrArray *marks_tags(struct store *store, int limit);

/* Where reading of an article goes on, as MARK_PLACE left it; false: at the beginning. */
bool marks_place(struct store *store, int64_t article, guint *block, guint *offset);
