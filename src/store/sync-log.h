/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of what was marked here since the last sync with a server: for each article and field the
 * last change, with a number that grows, so that who has told the server knows whether it changed
 * again meanwhile.  It is kept only in a store that is synced, and is empty after a whole sync.
 */
#pragma once

#include "store/store.h"

enum sync_field { SYNC_READ, SYNC_STARRED, SYNC_FIELDS };

/* The name of a field, as it stands in the log. */
const char *sync_field_name(enum sync_field field);

/* A mark has changed; within the caller's transaction. */
bool sync_log_note(struct store *store, int64_t article, enum sync_field field, GError **error);

/* Forgets a change, of the number that it had at most; within the caller's transaction. */
bool sync_log_forget(struct store *store, int64_t article, enum sync_field field, int64_t number,
                     GError **error);

/* The number of the last change, or 0; and how many there are. */
int64_t sync_log_last(struct store *store);
int64_t sync_log_count(struct store *store);
