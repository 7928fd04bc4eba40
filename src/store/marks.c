/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing marks and tags. */
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
