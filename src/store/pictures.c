/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table pictures. */
#include "config.h"

#include "store/pictures.h"
#include "store/db.h"

static sqlite3_stmt *
select_one(struct store *store, const char *sql, int64_t article, const char *url)
{
    sqlite3_stmt *s = store_prepare(store, sql, NULL);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, url);
    return s;
}

enum picture_kept
pictures_find(struct store *store, int64_t article, const char *url)
{
    AUTO_RESET sqlite3_stmt *s =
        select_one(store, "SELECT data IS NOT NULL FROM pictures WHERE article = ?1 AND url = ?2",
                   article, url);
    if (!s || sqlite3_step(s) != SQLITE_ROW)
        return PICTURE_UNKNOWN;
    return sqlite3_column_int(s, 0) ? PICTURE_KEPT : PICTURE_FAILED;
}

GBytes *
pictures_bytes(struct store *store, int64_t article, const char *url)
{
    AUTO_RESET sqlite3_stmt *s = select_one(
        store, "SELECT data FROM pictures WHERE article = ?1 AND url = ?2 AND data IS NOT NULL",
        article, url);
    if (!s || sqlite3_step(s) != SQLITE_ROW)
        return NULL;
    const void *data = sqlite3_column_blob(s, 0);
    return g_bytes_new(data, (gsize)sqlite3_column_bytes(s, 0));
}

bool
pictures_put(struct store *store, int64_t article, const char *url, GBytes *bytes, int64_t now,
             GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO pictures(article, url, fetched, data) VALUES(?1, ?2, ?3, ?4)"
        " ON CONFLICT(article, url) DO UPDATE SET fetched = ?3, data = coalesce(?4, data)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, url);
    sqlite3_bind_int64(s, 3, now);
    if (bytes)
        sqlite3_bind_blob64(s, 4, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                            SQLITE_STATIC);
    return store_run(store, s, error);
}
