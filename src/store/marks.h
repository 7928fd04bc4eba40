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
