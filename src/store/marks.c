/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing marks and tags, and the slices in which the search index follows the articles. */
#include "config.h"

#include "store/marks.h"

static bool
apply_one(struct store *store, const struct mark_change *change, GError **error)
{
    static const char *const statements[] = {
        "INSERT INTO marks(article, read) VALUES(?1, ?2) ON CONFLICT(article) DO UPDATE SET read = ?2 WHERE read <> ?2",
        "INSERT INTO marks(article, starred) VALUES(?1, ?2) ON CONFLICT(article) DO UPDATE SET starred = ?2 WHERE starred <> ?2",
        "INSERT INTO marks(article, deleted) VALUES(?1, ?2) ON CONFLICT(article) DO UPDATE SET deleted = ?2 WHERE deleted <> ?2",
    };
    sqlite3_stmt *s = store_prepare(store, statements[change->mark], error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, change->article);
    sqlite3_bind_int(s, 2, change->on);
    return store_run(store, s, error);
}

bool
marks_apply(struct store *store, const struct mark_change *changes, guint count, GError **error)
{
    if (!store_begin(store, error))
        return false;
    for (guint i = 0; i < count; i++) {
        if (!apply_one(store, &changes[i], error)) {
            store_rollback(store);
            return false;
        }
    }
    return store_commit(store, error);
}

bool
marks_tag(struct store *store, int64_t article, const char *tag, bool on, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, on ? "INSERT OR IGNORE INTO tags(article, tag) VALUES(?1, ?2)"
                                              : "DELETE FROM tags WHERE article = ?1 AND tag = ?2", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    bind_text(s, 2, tag);
    return store_run(store, s, error);
}

bool
index_slice(struct store *store, int limit, bool *more, GError **error)
{
    if (!store_begin(store, error))
        return false;
    sqlite3_stmt *s = store_prepare(store,
        "INSERT INTO search(rowid, title, text) SELECT article, title, text FROM search_text WHERE indexed = 0"
        " ORDER BY article LIMIT ?1", error);
    bool ok = s != NULL;
    if (ok) {
        sqlite3_bind_int(s, 1, limit);
        ok = store_run(store, s, error);
    }
    if (ok && (s = store_prepare(store,
        "UPDATE search_text SET indexed = 1 WHERE article IN (SELECT article FROM search_text WHERE indexed = 0"
        " ORDER BY article LIMIT ?1)", error))) {
        sqlite3_bind_int(s, 1, limit);
        ok = store_run(store, s, error);
    } else {
        ok = false;
    }
    if (!ok) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, error))
        return false;
    AUTO_RESET sqlite3_stmt *waiting = store_prepare(store, "SELECT EXISTS (SELECT 1 FROM search_text WHERE indexed = 0)", error);
    if (!waiting || store_step(store, waiting, error) != SQLITE_ROW)
        return false;
    *more = sqlite3_column_int(waiting, 0);
    return true;
}
