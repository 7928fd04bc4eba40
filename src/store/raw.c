/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables responses and pages. */
#include "config.h"

#include "store/raw.h"
#include "base/i18n.h"
#include "store/blob.h"
#include "store/db.h"

void
raw_free(struct raw *raw)
{
    g_free(raw->url);
    g_free(raw->content_type);
    g_bytes_unref(raw->bytes);
    g_free(raw);
}

static struct raw *
find(struct store *store, const char *sql, int64_t id, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, id);
    if (store_step(store, s, error) != SQLITE_ROW)
        return NULL;
    GBytes *bytes =
        blob_decompress(sqlite3_column_blob(s, 2), (gsize)sqlite3_column_bytes(s, 2), RAW_CAP);
    if (!bytes) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT,
                    _("the stored bytes of '%s' are damaged"),
                    (const char *)sqlite3_column_text(s, 0));
        return NULL;
    }
    struct raw *raw = g_new0(struct raw, 1);
    *raw = (struct raw){store_column_text(s, 0), store_column_text(s, 1), bytes};
    return raw;
}

struct raw *
raw_of_source(struct store *store, int64_t source, GError **error)
{
    return find(store, "SELECT url, content_type, data FROM responses WHERE source = ?1", source,
                error);
}

struct raw *
raw_of_article(struct store *store, int64_t article, GError **error)
{
    return find(store,
                "SELECT url, content_type, data FROM pages WHERE article = ?1 AND data IS NOT NULL",
                article, error);
}

GBytes *
raw_pack(const void *data, gsize length)
{
    return blob_compress(data, length);
}

bool
raw_put_source(struct store *store, int64_t source, const char *url, const char *content_type,
               GBytes *packed, int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT OR REPLACE INTO responses(source, url, content_type, fetched, data) VALUES(?1, ?2, ?3, ?4, ?5)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, url);
    store_bind_text(s, 3, content_type);
    sqlite3_bind_int64(s, 4, now);
    sqlite3_bind_blob64(s, 5, g_bytes_get_data(packed, NULL), g_bytes_get_size(packed),
                        SQLITE_STATIC);
    return store_run(store, s, error);
}

bool
raw_reread_source(struct store *store, int64_t source, const char *feed_title, const char *charset,
                  const char *evidence, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE sources SET feed_title = coalesce(?2, feed_title), charset = ?3, charset_evidence = ?4 WHERE id = ?1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, feed_title);
    store_bind_text(s, 3, charset);
    store_bind_text(s, 4, evidence);
    return store_run(store, s, error);
}

bool
raw_reread_article(struct store *store, int64_t article, const char *charset, const char *evidence,
                   GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store, "UPDATE pages SET charset = ?2, charset_evidence = ?3 WHERE article = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, charset);
    store_bind_text(s, 3, evidence);
    return store_run(store, s, error);
}
