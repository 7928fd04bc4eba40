/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables responses and pages. */
#include "config.h"

#include "store/raw.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "store/articles-parts.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/revisions.h"

#include <string.h>

#define EVIDENCE_CAP (64 << 10) /* bytes of the lines of an exchange */

void
raw_free(struct raw *raw)
{
    g_free(raw->url);
    g_free(raw->content_type);
    g_free(raw->evidence);
    g_free(raw->sha256);
    g_bytes_unref(raw->bytes);
    g_free(raw);
}

/* The lines as clean text, or NULL. */
static char *
unpack_evidence(sqlite3_stmt *s, int column)
{
    gsize length;
    g_autoptr(GBytes) bytes = blob_decompress(sqlite3_column_blob(s, column),
                                              (gsize)sqlite3_column_bytes(s, column), EVIDENCE_CAP);
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return text && length ? text_clean(text, (gssize)length) : NULL;
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
    *raw = (struct raw){.url = store_column_text(s, 0),
                        .content_type = store_column_text(s, 1),
                        .evidence = unpack_evidence(s, 3),
                        .sha256 = store_column_text(s, 4),
                        .fetched = sqlite3_column_int64(s, 5),
                        .bytes = bytes};
    return raw;
}

struct raw *
raw_of_source(struct store *store, int64_t source, GError **error)
{
    return find(
        store,
        "SELECT url, content_type, data, evidence, sha256, fetched FROM responses WHERE source = ?1",
        source, error);
}

struct raw *
raw_of_article(struct store *store, int64_t article, GError **error)
{
    return find(
        store,
        "SELECT url, content_type, data, evidence, sha256, fetched FROM pages WHERE article = ?1 AND data IS NOT NULL",
        article, error);
}

struct raw_packed *
raw_pack(const void *data, gsize length, gsize all, const char *evidence)
{
    struct raw_packed *packed = g_new0(struct raw_packed, 1);
    packed->bytes = blob_compress(data, length);
    packed->evidence = evidence ? blob_compress(evidence, strlen(evidence)) : NULL;
    packed->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, all);
    return packed;
}

void
raw_bind_evidence(sqlite3_stmt *s, int column, const struct raw_packed *packed)
{
    GBytes *evidence = packed->evidence;
    if (evidence)
        sqlite3_bind_blob64(s, column, g_bytes_get_data(evidence, NULL), g_bytes_get_size(evidence),
                            SQLITE_STATIC);
    store_bind_text(s, column + 1, packed->sha256);
}

bool
raw_put_source(struct store *store, int64_t source, const char *url, const char *content_type,
               const struct raw_packed *packed, int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT OR REPLACE INTO responses(source, url, content_type, fetched, data, evidence, sha256)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, url);
    store_bind_text(s, 3, content_type);
    sqlite3_bind_int64(s, 4, now);
    sqlite3_bind_blob64(s, 5, g_bytes_get_data(packed->bytes, NULL),
                        g_bytes_get_size(packed->bytes), SQLITE_STATIC);
    raw_bind_evidence(s, 6, packed);
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

static void
raw_text_free(gpointer data)
{
    struct raw_text *text = data;
    g_free(text->origin);
    g_free(text->sha256);
    g_free(text);
}

GPtrArray *
raw_texts(struct store *store, int64_t article)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(raw_text_free);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT revision, seen, " REVISION_ORIGIN
                      ", data FROM documents d WHERE article = ?1 ORDER BY revision",
                      NULL);
    if (!s)
        return texts;
    sqlite3_bind_int64(s, 1, article);
    while (sqlite3_step(s) == SQLITE_ROW) {
        gsize length;
        g_autoptr(GBytes) bytes =
            blob_decompress(sqlite3_column_blob(s, 3), (gsize)sqlite3_column_bytes(s, 3), RAW_CAP);
        const guchar *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
        struct raw_text *text = g_new0(struct raw_text, 1);
        *text = (struct raw_text){
            sqlite3_column_int(s, 0), sqlite3_column_int64(s, 1), store_column_text(s, 2),
            data ? g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length) : NULL};
        g_ptr_array_add(texts, text);
    }
    return texts;
}
