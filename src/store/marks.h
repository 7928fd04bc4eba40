/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks: read, starred, deleted, tags.  Kept apart from content, never touched by a fetch. */
#pragma once

#include "store/store.h"

enum mark { MARK_READ, MARK_STARRED, MARK_DELETED };

struct mark_change {
    int64_t article;
    enum mark mark;
    bool on;
};

/* Applies all changes in one transaction, or none. */
bool marks_apply(struct store *store, const struct mark_change *changes, guint count, GError **error);

/* Adds or removes a tag. */
bool marks_tag(struct store *store, int64_t article, const char *tag, bool on, GError **error);

/* --- indexing (the worker's; here because it shares the tables) ---------------------- */

/* Brings at most `limit` articles into the search index in one transaction; *more says whether any wait still. */
bool index_slice(struct store *store, int limit, bool *more, GError **error);
