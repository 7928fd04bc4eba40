/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of marks that changed since the last sync. */
#include "config.h"

#include "store/sync-log.h"
#include "base/clock.h"
#include "store/db.h"

const char *
sync_field_name(enum sync_field field)
{
    return field == SYNC_READ ? "read" : "starred";
}

bool
sync_log_note(struct store *store, int64_t article, enum sync_field field, GError **error)
{
    /* a store that is not synced has no such entry, and keeps no log */
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT OR REPLACE INTO sync_log(article, field, at) SELECT ?1, ?2, ?3"
                      " WHERE EXISTS (SELECT 1 FROM meta WHERE key = 'sync_server')",
                      error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_text(s, 2, sync_field_name(field), -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, clock_now());
    return store_run(store, s, error);
}

bool
sync_log_forget(struct store *store, int64_t article, enum sync_field field, int64_t number,
                GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store, "DELETE FROM sync_log WHERE article = ?1 AND field = ?2 AND id <= ?3", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_text(s, 2, sync_field_name(field), -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, number);
    return store_run(store, s, error);
}

static int64_t
number_of(struct store *store, const char *sql)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, NULL);
    return s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

int64_t
sync_log_last(struct store *store)
{
    return number_of(store, "SELECT max(id) FROM sync_log");
}

int64_t
sync_log_count(struct store *store)
{
    return number_of(store, "SELECT count(*) FROM sync_log");
}
