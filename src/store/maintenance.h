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
GPtrArray *maintenance_check(struct store *store, GError **error);

/* Whether SQLite finds every page of the file and every index in order. */
bool maintenance_is_intact(struct store *store);

/* Counters and indexes anew, from what the tables hold; the search index is emptied: all waits. */
bool maintenance_rebuild(struct store *store, GError **error);

/* Merges the search index, and gives free pages back to the file system. */
bool maintenance_compact(struct store *store, GError **error);

/*
 * --- copy.c ---
 *
 * A copy of the store as it is at one moment, whatever is written meanwhile; it is there whole or
 * not at all.  A former copy is replaced and keeps its mode; a new one is 0600.
 * STORE_ERROR_REFUSED for what is in use or would come to harm: the store itself under any name, a
 * store that is open, a name with a journal or a held lock beside it.  What is no store is
 * STORE_ERROR_FOREIGN.
 */
bool maintenance_backup(struct store *store, const char *file, GError **error);

/* What a restore found and did. */
struct restore {
    GPtrArray *faults; /* owned lines: why the copy is not taken; nothing was changed then */
    char *former;      /* where the store that was there lies now; NULL: there was none */
    int held;          /* what was prepared, locked, or -1 */
};
void restore_clear(struct restore *restore);
DEFINE_AUTO_CLEAR(restore, restore_clear)

/*
 * Checks a copy, and has a copy of it ready beside the store: its name in *ready, newly allocated;
 * or NULL, with faults or an error.
 */
char *maintenance_prepare_restore(const char *path, const char *file, struct restore *restore,
                                  GError **error);

/*
 * Puts what was prepared in the place of the store, under the lock of lock.h.  The store that was
 * there is kept beside it.  At each moment one or the other is there whole; who has it open is
 * STORE_ERROR_BUSY.
 */
bool maintenance_restore(const char *path, const char *ready, int64_t now, struct restore *restore,
                         GError **error);

/* What a store holds (info.c).  Bytes by kind are -1 where this SQLite cannot tell. */
struct store_info {
    int64_t schema, application_id;
    /* the log is what is not written back yet; free is part of the file */
    int64_t file_bytes, log_bytes, free_bytes;
    /* lists and marks; search; texts; pages, feeds and attachments as they came */
    int64_t list_bytes, index_bytes, text_bytes, page_bytes, response_bytes, attachment_bytes;
    /* articles: without deleted ones */
    int64_t sources, former_sources, articles, unread, starred, deleted;
    /* texts with earlier ones; for the index */
    int64_t texts, pages, attachments, waiting;
};
bool maintenance_info(struct store *store, struct store_info *info, GError **error);

/*
 * Ends what was deleted: how many articles, -1 on error.  They do not come back with the next
 * fetch.
 */
int64_t maintenance_purge(struct store *store, GError **error);

/*
 * Ends what is older than `before` (seconds UTC), read, and neither starred nor tagged, of one
 * source; in a transaction of its own.  -1 on error.
 */
int64_t maintenance_expire(struct store *store, int64_t source, int64_t before, GError **error);

/* What recover_store() brought over, by table; owned lines. */
struct recovery {
    GPtrArray *kept; /* "articles: 1200" */
    GPtrArray *lost; /* "documents: damaged at 17" */
    char *damaged;   /* where the damaged file lies now */
};
void recovery_clear(struct recovery *recovery);
DEFINE_AUTO_CLEAR(recovery, recovery_clear)

/*
 * Whether the log beside a file is another file's: the file is sound without it, and is not with
 * it.  So lies a copy that was put in the place of a store in use by other means than a restore.
 */
bool recover_log_is_foreign(const char *path);

/*
 * Copies what can be read of a damaged store into a new one, which takes its place; the damaged
 * file is kept beside it.  No other program may have the store open.
 */
bool recover_store(const char *name, int64_t now, struct recovery *recovery, GError **error);
