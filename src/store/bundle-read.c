/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which articles a bundle gets, and sources and articles as its items. */
#include "config.h"

#include "store/articles.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "store/blob.h"
#include "store/bundle-record.h"
#include "store/bundle.h"
#include "store/files.h"
#include "store/listing-sql.h"

#include <string.h>

#define EVIDENCE_CAP (64 << 10)  /* bytes of the lines of an exchange */
#define FILES_CAP    (480 << 20) /* bytes of the attachments of one article together */

/* --- which --------------------------------------------------------------------------------- */

void
bundle_contents_clear(struct bundle_contents *contents)
{
    g_clear_pointer(&contents->articles, g_array_unref);
    g_clear_pointer(&contents->sources, g_array_unref);
}

int64_t
bundle_moved(struct store *store, const char *cursor, int64_t now)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT moved FROM cursors WHERE name = ?1", NULL);
    if (!s)
        return 0;
    store_bind_text(s, 1, cursor);
    int64_t moved = store_step(store, s, NULL) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    return moved > now ? 0 : moved;
}

/*
 * Of all that is new or different, as a digest tells it, and what no digest tells: a page or an
 * attachment that came for an article which was there, a text that was read again; and all that a
 * bundle brought here, however old it is.
 */
#define IS_WANTED \
    " (a.id > ?996 OR a.id IN (SELECT article FROM changes WHERE id > ?997)" \
    " OR a.id IN (SELECT article FROM arrivals WHERE at >= ?998)" \
    " OR a.id IN (SELECT article FROM pages WHERE fetched >= ?998 AND data IS NOT NULL)" \
    " OR a.id IN (SELECT article FROM documents WHERE seen >= ?998 OR reread >= ?998)" \
    " OR a.id IN (SELECT t.article FROM files f JOIN attachments t ON t.url = f.url" \
    " WHERE f.fetched >= ?998 AND f.data IS NOT NULL))"

bool
bundle_choose(struct store *store, const struct query *query, const struct changes_place *from,
              int64_t since, struct bundle_contents *contents, GError **error)
{
    *contents = (struct bundle_contents){.articles = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                                         .sources = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    struct listing listing = {.query = query};
    GString *sql =
        g_string_new("SELECT a.id, a.source FROM articles a JOIN sources s ON s.id = a.source"
                     " LEFT JOIN marks m ON m.article = a.id ");
    listing_condition(sql, &listing);
    g_string_append(sql, " AND coalesce(m.deleted, 0) = 0 AND" IS_WANTED " ORDER BY a.id");
    int code = SQLITE_ERROR;
    if (changes_end(store, &contents->end, error)) {
        AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, &listing, error);
        if (s) {
            sqlite3_bind_int64(s, 996, from->article);
            sqlite3_bind_int64(s, 997, from->change);
            sqlite3_bind_int64(s, 998, since);
        }
        while (s && (code = store_step(store, s, error)) == SQLITE_ROW) {
            int64_t id = sqlite3_column_int64(s, 0), source = sqlite3_column_int64(s, 1);
            g_array_append_val(contents->articles, id);
            g_array_append_val(contents->sources, source);
        }
    } else {
        g_string_free(sql, TRUE);
    }
    contents->end.article = MAX(contents->end.article, from->article);
    contents->end.change = MAX(contents->end.change, from->change);
    return code == SQLITE_DONE;
}

/* --- rows and bytes ------------------------------------------------------------------------ */

static bool
damaged(const char *what, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, _("the stored bytes of '%s' are damaged"),
                what);
    return false;
}

static bool
take_blob(sqlite3_stmt *s, int column, gsize cap, const char *what, GPtrArray *parts,
          GError **error)
{
    GBytes *bytes = blob_decompress(sqlite3_column_blob(s, column),
                                    (gsize)sqlite3_column_bytes(s, column), cap);
    if (!bytes)
        return damaged(what, error);
    g_ptr_array_add(parts, bytes);
    return true;
}

/* The lines of an exchange, as text or null. */
static json_t *
evidence_of(sqlite3_stmt *s, int column)
{
    gsize length;
    g_autoptr(GBytes) bytes = blob_decompress(sqlite3_column_blob(s, column),
                                              (gsize)sqlite3_column_bytes(s, column), EVIDENCE_CAP);
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    g_autofree char *clean = text && length ? text_clean(text, (gssize)length) : NULL;
    return clean ? json_string(clean) : json_null();
}

static bool
has_secret(const char *url)
{
    g_autofree char *shown = url ? url_public(url) : NULL;
    return g_strcmp0(url, shown) != 0;
}

/*
 * Bytes that came, with their row: a page, or what a source sent; null when there are none, or when
 * their address has a secret, which what came from there often repeats.
 */
static bool
read_raw(struct store *store, const char *sql, enum bundle_kind kind, const char *name, int64_t id,
         struct bundle_item *item, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    int code = store_step(store, s, error);
    json_t *row = json_null();
    g_autofree char *url = code == SQLITE_ROW ? store_column_text(s, 2) : NULL;
    if (code == SQLITE_ROW && !has_secret(url) &&
        take_blob(s, 0, BUNDLE_PART_CAP, name, item->parts, NULL)) {
        row = bundle_row_read(kind, s, 2);
        json_object_set_new(row, "evidence", evidence_of(s, 1));
    }
    json_object_set_new(item->json, name, row);
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/*
 * Two sources that differ in nothing but their secrets stay two, by their numbers here: a digest of
 * a secret would let it be guessed.
 */
static void
tell_apart(json_t *source, int64_t id)
{
    const char *url = bundle_text(source, "url");
    g_autofree char *own =
        url ? g_strdup_printf("%s%ssource-%" G_GINT64_FORMAT, url, strchr(url, '#') ? "-" : "#", id)
            : NULL;
    if (own)
        json_object_set_new(source, "url", json_string(own));
}

bool
bundle_read_source(struct store *store, int64_t id, struct bundle_item *item, GError **error)
{
    *item = (struct bundle_item){
        .kind = BUNDLE_ITEM_SOURCE,
        .parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT tags LIKE '%' || char(10) || 'list' || char(10) || '%'" BUNDLE_SOURCE(
                          BUNDLE_NAME) " FROM sources WHERE id = ?1",
                      error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    if (store_step(store, s, error) != SQLITE_ROW)
        return false;
    item->json = bundle_row_read(BUNDLE_OF_SOURCE, s, 1);
    json_object_set_new(item->json, "list", json_boolean(sqlite3_column_int(s, 0)));
    g_autofree char *url = store_column_text(s, 1);
    if (has_secret(url)) {
        tell_apart(item->json, id);
        json_object_set_new(item->json, "response", json_null());
        return true;
    }
    return read_raw(
        store,
        "SELECT data, evidence" BUNDLE_RESPONSE(BUNDLE_NAME) " FROM responses WHERE source = ?1",
        BUNDLE_OF_RESPONSE, "response", id, item, error);
}

/* Rows as a list; sql gives a row's column before those of the table. */
static bool
read_rows(struct store *store, const char *sql, enum bundle_kind kind, const char *name, int64_t id,
          struct bundle_item *item, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    json_t *list = json_array();
    json_object_set_new(item->json, name, list);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        json_t *row = bundle_row_read(kind, s, 1);
        const char *url = bundle_text(row, "url");
        bool texts = kind == BUNDLE_OF_REVISION;
        if (url && !url_is_web(url)) {
            json_decref(row);
            continue;
        }
        json_array_append_new(list, row);
        if (texts && !take_blob(s, 0, DOCUMENT_CAP, name, item->parts, error))
            return false;
    }
    return code == SQLITE_DONE;
}

/*
 * The attachments that are kept, as they came: each once in a bundle, since they are known by their
 * addresses.
 */
static bool
read_files(struct store *store, int64_t id, GHashTable *told, struct bundle_item *item,
           GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT data, text" BUNDLE_FILE(
            BUNDLE_NAME) " FROM files WHERE url IN (SELECT url FROM attachments WHERE article = ?1)"
                         " AND data IS NOT NULL AND sha256 IS NOT NULL ORDER BY id",
        error);
    json_t *list = json_array();
    json_object_set_new(item->json, "files", list);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    int code;
    gsize all = 0;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        gsize length = (gsize)sqlite3_column_bytes(s, 0);
        g_autofree char *url = store_column_text(s, 2);
        if (g_hash_table_contains(told, url))
            continue;
        json_t *row = bundle_row_read(BUNDLE_OF_FILE, s, 2);
        bool text = sqlite3_column_type(s, 1) != SQLITE_NULL;
        all += length;
        if (all > FILES_CAP || !url_is_web(bundle_text(row, "url"))) {
            json_decref(row);
            continue;
        }
        json_object_set_new(row, "text", json_boolean(text));
        json_array_append_new(list, row);
        g_ptr_array_add(item->parts, g_bytes_new(sqlite3_column_blob(s, 0), length));
        if (text && !take_blob(s, 1, DOCUMENT_CAP, bundle_text(row, "url"), item->parts, error))
            return false;
    }
    return code == SQLITE_DONE;
}

void
bundle_tell(GHashTable *told, const struct bundle_item *item)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(item->json, "files"), i, row)
    {
        g_hash_table_add(told, g_strdup(bundle_text(row, "url")));
    }
}

static bool
read_parts(struct store *store, int64_t id, GHashTable *told, struct bundle_item *item,
           GError **error)
{
    return read_rows(store,
                     "SELECT data" BUNDLE_REVISION(
                         BUNDLE_NAME) " FROM documents WHERE article = ?1 ORDER BY revision",
                     BUNDLE_OF_REVISION, "revisions", id, item, error) &&
           read_rows(store,
                     "SELECT 0" BUNDLE_ATTACHMENT(
                         BUNDLE_NAME) " FROM attachments WHERE article = ?1 ORDER BY position",
                     BUNDLE_OF_ATTACHMENT, "attachments", id, item, error) &&
           read_rows(store,
                     "SELECT 0" BUNDLE_EDITION(
                         BUNDLE_NAME) " FROM editions WHERE article = ?1 ORDER BY language",
                     BUNDLE_OF_EDITION, "editions", id, item, error) &&
           read_rows(
               store,
               "SELECT 0" BUNDLE_CHANGE(
                   BUNDLE_NAME) " FROM changes WHERE article = ?1 AND kind IN (2, 3) ORDER BY id",
               BUNDLE_OF_CHANGE, "changes", id, item, error) &&
           read_raw(store,
                    "SELECT data, evidence" BUNDLE_PAGE(
                        BUNDLE_NAME) " FROM pages WHERE article = ?1 AND data IS NOT NULL",
                    BUNDLE_OF_PAGE, "page", id, item, error) &&
           read_files(store, id, told, item, error);
}

bool
bundle_read_article(struct store *store, int64_t id, guint source, GHashTable *told,
                    struct bundle_item *item, bool *found, GError **error)
{
    *item = (struct bundle_item){.kind = BUNDLE_ITEM_ARTICLE};
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT 0" BUNDLE_ARTICLE(BUNDLE_NAME) " FROM articles WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    int code = store_step(store, s, error);
    *found = code == SQLITE_ROW;
    if (!*found)
        return code == SQLITE_DONE;
    item->parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    item->json = bundle_row_read(BUNDLE_OF_ARTICLE, s, 1);
    const char *link = bundle_text(item->json, "link");
    if (link && !url_is_web(link))
        json_object_set_new(item->json, "link", json_null());
    json_object_set_new(item->json, "source", json_integer(source));
    return read_parts(store, id, told, item, error);
}
