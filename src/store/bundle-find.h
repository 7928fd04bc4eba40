/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding the article of a bundle in a store that it is merged into, or in what was purged there.
 * Rows are those of bundle-record.h, checked; within the caller's transaction.
 */
#pragma once

#include "store/bundle.h"

#include <jansson.h>

struct sqlite3_stmt;

/* Binds what its link is known by, NULL without a link. */
void bundle_bind_identity(struct sqlite3_stmt *s, int index, const json_t *row);

/*
 * *id: its number, 0 for none; *purged: it was purged here.  One that its source names differently
 * now gets its new key.
 */
bool bundle_find_article(struct store *store, int64_t source, const json_t *row,
                         struct bundle_merge *merge, int64_t *id, bool *purged, GError **error);
