/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's items: which there are, and which article each is. */
#include "config.h"

#include "store/sync-items.h"
#include "base/url.h"
#include "store/db.h"
#include "store/sync-feeds.h"

#define SERVER "sync_server"

char *
sync_server(struct store *store)
{
    return store_get_meta(store, SERVER);
}

bool
sync_begin(struct store *store, const char *server, GError **error)
{
    g_autofree char *former = sync_server(store);
    if (former && g_str_equal(former, server))
        return true;
    if (!store_begin(store, error))
        return false;
    if (store_exec(store, "DELETE FROM sync_log; DELETE FROM sync_items; DELETE FROM sync_feeds",
                   error) &&
        store_set_meta(store, SYNC_MATCHED, NULL, error) &&
        store_set_meta(store, SERVER, server, error) && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

/* --- what the server lists -------------------------------------------------------------------- */

bool
sync_seen_clear(struct store *store, GError **error)
{
    return store_exec(
        store,
        "CREATE TEMP TABLE IF NOT EXISTS sync_seen(item INTEGER PRIMARY KEY,"
        " unread INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0);"
        "CREATE TEMP TABLE IF NOT EXISTS sync_plans(id INTEGER PRIMARY KEY, item INTEGER NOT NULL,"
        " article INTEGER NOT NULL, field INTEGER NOT NULL, value INTEGER NOT NULL,"
        " send INTEGER NOT NULL, log INTEGER NOT NULL);"
        "CREATE INDEX IF NOT EXISTS temp.sync_plans_turn ON sync_plans(send, field, value);"
        "DELETE FROM sync_seen; DELETE FROM sync_plans",
        error);
}

bool
sync_items_forget_gone(struct store *store, GError **error)
{
    return store_exec(
        store, "DELETE FROM sync_items WHERE item NOT IN (SELECT item FROM sync_seen)", error);
}

bool
sync_seen_add(struct store *store, enum sync_list list, const int64_t *items, guint count,
              GError **error)
{
    static const char *const statements[] = {
        [SYNC_LIST_ALL] = "INSERT OR IGNORE INTO sync_seen(item) VALUES(?1)",
        [SYNC_LIST_UNREAD] = "INSERT INTO sync_seen(item, unread) VALUES(?1, 1)"
                             " ON CONFLICT(item) DO UPDATE SET unread = 1",
        [SYNC_LIST_STARRED] = "INSERT INTO sync_seen(item, starred) VALUES(?1, 1)"
                              " ON CONFLICT(item) DO UPDATE SET starred = 1",
    };
    for (guint i = 0; i < count; i++) {
        sqlite3_stmt *s = store_prepare(store, statements[list], error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, items[i]);
        if (!store_run(store, s, error))
            return false;
    }
    return true;
}

GArray *
sync_items_unknown(struct store *store, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT item FROM sync_seen WHERE item NOT IN (SELECT item FROM sync_items) ORDER BY item DESC",
        error);
    if (!s)
        return NULL;
    GArray *items = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t item = sqlite3_column_int64(s, 0);
        g_array_append_val(items, item);
    }
    if (code == SQLITE_DONE)
        return items;
    g_array_unref(items);
    return NULL;
}

/* --- which article an item is ----------------------------------------------------------------- */

void
sync_item_clear(struct sync_item *item)
{
    g_free(item->stream);
    g_free(item->link);
    g_free(item->title);
}

/*
 * The article of an item: one of its feed's source whose id is its link, else whose link it is,
 * else, where it has no link, the only one of its title.  Where nobody subscribes to the feed here,
 * it may be any source's: a portal's list has the articles that its feed has.
 */
#define FREE    " AND NOT EXISTS (SELECT 1 FROM sync_items o WHERE o.article = a.id)"
#define OF_ITEM " FROM sync_items i LEFT JOIN sync_feeds f ON f.stream = i.stream JOIN articles a"
#define MATCH \
    "UPDATE sync_items SET article = CASE WHEN identity IS NULL THEN" \
    " (SELECT CASE WHEN count(*) = 1 THEN max(a.id) END" OF_ITEM \
    " ON a.source = f.source AND a.title = i.title WHERE i.item = ?1" FREE ")" \
    " ELSE (SELECT a.id" OF_ITEM \
    " ON a.identity = i.identity AND a.source = coalesce(f.source, a.source) WHERE i.item = ?1" FREE \
    " ORDER BY a.key = 'i:' || i.link DESC, a.title = i.title DESC, a.id LIMIT 1) END WHERE item = ?1"

static bool
match(struct store *store, int64_t item, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, MATCH, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, item);
    return store_run(store, s, error);
}

static bool
put(struct store *store, const struct sync_item *item, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT OR IGNORE INTO sync_items(item, stream, link, identity, title) VALUES(?1, ?2, ?3, ?4, ?5)",
        error);
    if (!s)
        return false;
    g_autofree char *identity = item->link ? url_identity(item->link) : NULL;
    sqlite3_bind_int64(s, 1, item->item);
    store_bind_text(s, 2, item->stream);
    store_bind_text(s, 3, item->link);
    store_bind_text(s, 4, identity);
    store_bind_text(s, 5, item->title);
    return store_run(store, s, error) && match(store, item->item, error);
}

bool
sync_items_put(struct store *store, const GArray *items, GError **error)
{
    if (!store_begin(store, error))
        return false;
    bool fine = true;
    for (guint i = 0; i < items->len && fine; i++)
        fine = put(store, &g_array_index(items, struct sync_item, i), error);
    if (fine && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

/*
 * Items without an article whose article may have come since: by their link, or by their feed and
 * title where they have none, also a title that came later.
 */
#define NUMBER(key) "coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = '" key "'), 0)"
#define SINCE       NUMBER(SYNC_MATCHED)
static GArray *
candidates(struct store *store, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT i.item FROM articles a JOIN sync_items i ON i.identity = a.identity AND i.article IS NULL"
        " WHERE a.id > " SINCE
        " UNION SELECT i.item FROM sync_items i JOIN sync_feeds f ON f.stream = i.stream"
        " WHERE i.article IS NULL AND i.identity IS NULL AND (f.source, i.title) IN"
        " (SELECT source, title FROM articles WHERE id > " SINCE
        " UNION SELECT a.source, a.title FROM changes c JOIN articles a ON a.id = c.article"
        " WHERE c.id > " NUMBER(SYNC_MATCHED_CHANGE) ")",
        error);
    GArray *items = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int code = s ? SQLITE_ROW : SQLITE_ERROR;
    while (s && (code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t item = sqlite3_column_int64(s, 0);
        g_array_append_val(items, item);
    }
    if (code == SQLITE_DONE)
        return items;
    g_array_unref(items);
    return NULL;
}

bool
sync_items_match(struct store *store, GError **error)
{
    if (!store_begin(store, error))
        return false;
    g_autoptr(GArray) items = candidates(store, error);
    bool fine = items != NULL;
    for (guint i = 0; fine && i < items->len; i++)
        fine = match(store, g_array_index(items, int64_t, i), error);
    if (fine &&
        store_exec(store,
                   "INSERT OR REPLACE INTO meta(key, value) SELECT '" SYNC_MATCHED
                   "', coalesce(max(id), 0) FROM articles;"
                   "INSERT OR REPLACE INTO meta(key, value) SELECT '" SYNC_MATCHED_CHANGE
                   "', coalesce(max(id), 0) FROM changes",
                   error) &&
        store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}
