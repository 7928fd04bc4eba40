/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server's subscriptions, kept. */
#include "config.h"

#include "store/sync-feeds.h"
#include "store/db.h"

void
sync_feed_free(gpointer data)
{
    struct sync_feed *feed = data;
    g_free(feed->stream);
    g_free(feed->url);
    g_free(feed->identity);
    g_free(feed->title);
    g_free(feed->folder);
    g_free(feed);
}

GPtrArray *
sync_feeds(struct store *store, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT stream, url, identity, folder, coalesce(source, 0), agreed FROM sync_feeds",
        error);
    if (!s)
        return NULL;
    GPtrArray *feeds = g_ptr_array_new_with_free_func(sync_feed_free);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        struct sync_feed *feed = g_new0(struct sync_feed, 1);
        feed->stream = store_column_text(s, 0);
        feed->url = store_column_text(s, 1);
        feed->identity = store_column_text(s, 2);
        feed->folder = store_column_text(s, 3);
        feed->source = sqlite3_column_int64(s, 4);
        feed->agreed = sqlite3_column_int(s, 5);
        g_ptr_array_add(feeds, feed);
    }
    if (code == SQLITE_DONE)
        return feeds;
    g_ptr_array_unref(feeds);
    return NULL;
}

static bool
put(struct store *store, const struct sync_feed *feed, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT OR REPLACE INTO sync_feeds(stream, url, identity, folder, source, agreed)"
        " VALUES(?1, ?2, ?3, ?4, nullif(?5, 0), ?6)",
        error);
    if (!s)
        return false;
    store_bind_text(s, 1, feed->stream);
    store_bind_text(s, 2, feed->url);
    store_bind_text(s, 3, feed->identity);
    store_bind_text(s, 4, feed->folder);
    sqlite3_bind_int64(s, 5, feed->source);
    sqlite3_bind_int(s, 6, feed->agreed);
    return store_run(store, s, error);
}

/*
 * Whether one of the feeds was another source at the last sync, or none: articles that its items
 * are may have been here for long.
 */
static bool
has_moved(struct store *store, const GPtrArray *feeds)
{
    bool moved = false;
    for (guint i = 0; i < feeds->len && !moved; i++) {
        const struct sync_feed *feed = g_ptr_array_index(feeds, i);
        AUTO_RESET sqlite3_stmt *s = store_prepare(
            store, "SELECT 1 FROM sync_feeds WHERE stream = ?1 AND coalesce(source, 0) <> ?2",
            NULL);
        if (!s)
            return true;
        store_bind_query(s, 1, feed->stream);
        sqlite3_bind_int64(s, 2, feed->source);
        moved = sqlite3_step(s) == SQLITE_ROW;
    }
    return moved;
}

bool
sync_feeds_put(struct store *store, const GPtrArray *feeds, GError **error)
{
    if (!store_begin(store, error))
        return false;
    bool fine = (!has_moved(store, feeds) || store_set_meta(store, SYNC_MATCHED, NULL, error)) &&
                store_exec(store, "DELETE FROM sync_feeds", error);
    for (guint i = 0; i < feeds->len && fine; i++)
        fine = put(store, g_ptr_array_index(feeds, i), error);
    if (fine && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

char *
sync_source_type(struct store *store, int64_t source)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT coalesce(content_type, '') FROM responses WHERE source = ?1", NULL);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, source);
    return sqlite3_step(s) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
}
