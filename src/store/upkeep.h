/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store's care: what `crier store` does, and what the worker does for it after a fetch.
 */
#pragma once

#include "store/store.h"

/*
 * PRAGMA integrity_check, our own invariants, and whether everything that is packed can be
 * unpacked; owned lines, empty when all is well.
 */
GPtrArray *upkeep_check(struct store *store, GError **error);

/* Whether SQLite finds every page of the file and every index in order. */
bool upkeep_is_intact(struct store *store);

/* Counters and indexes anew, from what the tables hold; the search index is emptied: all waits. */
bool upkeep_rebuild(struct store *store, GError **error);

/* Merges the search index, and gives free pages back to the file system. */
bool upkeep_compact(struct store *store, GError **error);

/*
 * A copy of the store as it is at one moment, whatever is written meanwhile; it is there whole or
 * not at all.  A file that is there is replaced if it is a store, else refused.
 */
bool upkeep_backup(struct store *store, const char *file, GError **error);

/* Ends what was deleted: how many articles, -1 on error.  They do not come back with the next fetch. */
int64_t upkeep_purge(struct store *store, GError **error);

/*
 * Ends what is older than `before` (seconds UTC), read, and neither starred nor tagged, of one
 * source; in a transaction of its own.  -1 on error.
 */
int64_t upkeep_expire(struct store *store, int64_t source, int64_t before, GError **error);

/* What a salvage brought over, by table; owned lines. */
struct salvage {
    GPtrArray *kept; /* "articles: 1200" */
    GPtrArray *lost; /* "documents: damaged at 17" */
    char *damaged;   /* where the damaged file lies now */
};
void salvage_clear(struct salvage *salvage);
DEFINE_AUTO_CLEAR(salvage, salvage_clear)

/*
 * Copies what can be read of a damaged store into a new one, which takes its place; the damaged
 * file is kept beside it.  No other program may have the store open.
 */
bool salvage_store(const char *path, int64_t now, struct salvage *salvage, GError **error);
