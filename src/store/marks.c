/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing marks, tags and places. */
#include "config.h"

#include "store/marks.h"
#include "store/db.h"
#include "store/marks-many.h"
#include "store/own-marks.h"
#include "store/sync-log.h"

static bool
apply_one(struct store *store, const struct mark_change *change, GError **error)
{
    static const struct {
        const char *on, *off; /* off NULL: on, with ?2 as 0 */
    } statements[] = {
        [MARK_READ] =
            {"INSERT INTO marks(article, read) SELECT ?1, ?2 WHERE ?2 OR EXISTS (SELECT 1 FROM marks WHERE article = ?1)"
             " ON CONFLICT(article) DO UPDATE SET read = ?2 WHERE read <> ?2",
             NULL},
        [MARK_STARRED] =
            {"INSERT INTO marks(article, starred) SELECT ?1, ?2 WHERE ?2 OR EXISTS (SELECT 1 FROM marks WHERE article = ?1)"
             " ON CONFLICT(article) DO UPDATE SET starred = ?2 WHERE starred <> ?2",
             NULL},
        [MARK_DELETED] =
            {"INSERT INTO marks(article, deleted) VALUES(?1, ?2) ON CONFLICT(article) DO UPDATE SET deleted = ?2 WHERE deleted <> ?2",
             NULL},
        [MARK_TAG] = {"INSERT OR IGNORE INTO tags(article, tag) VALUES(?1, ?3)",
                      "DELETE FROM tags WHERE article = ?1 AND tag = ?3"},
        [MARK_PLACE] = {"INSERT OR REPLACE INTO places(article, block, offset) VALUES(?1, ?4, ?5)",
                        "DELETE FROM places WHERE article = ?1"},
    };
    const char *off = statements[change->mark].off;
    sqlite3_stmt *s =
        store_prepare(store, change->on || !off ? statements[change->mark].on : off, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, change->article);
    sqlite3_bind_int(s, 2, change->on);
    store_bind_text(s, 3, change->tag);
    sqlite3_bind_int64(s, 4, change->block);
    sqlite3_bind_int64(s, 5, change->offset);
    if (!store_run(store, s, error))
        return false;
    bool logged = change->mark == MARK_READ || change->mark == MARK_STARRED;
    return !logged || !sqlite3_changes(store->db) ||
           sync_log_note(store, change->article,
                         change->mark == MARK_READ ? SYNC_READ : SYNC_STARRED, error);
}

bool
marks_put(struct store *store, const struct mark_change *change, GError **error)
{
    return store->own ? own_marks_put(store, change, error) : apply_one(store, change, error);
}

/* How many changes from the first on are of what is read, and of the same kind. */
static guint
alike(const struct mark_change *changes, guint count)
{
    guint n = 0;
    while (n < count && changes[n].mark == MARK_READ && changes[n].on == changes[0].on)
        n++;
    return n;
}

static bool
put_alike(struct store *store, const struct mark_change *changes, guint count, GError **error)
{
    g_autoptr(GArray) articles = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), count);
    for (guint i = 0; i < count; i++)
        g_array_append_val(articles, changes[i].article);
    return marks_put_read(store, articles, changes[0].on, error);
}

#define MOST_TOUCHED 256

/* Notes of which articles something has changed that lists ask for. */
static void
note_touched(struct store *store, const struct mark_change *changes, guint count)
{
    for (guint i = 0; i < count; i++)
        if (changes[i].mark != MARK_PLACE)
            g_array_append_val(store->touched, changes[i].article);
    if (store->touched->len <= MOST_TOUCHED)
        return;
    store->untold += store->touched->len;
    g_array_set_size(store->touched, 0);
}

int64_t
marks_made(const struct store *store)
{
    return store->untold + store->touched->len;
}

const int64_t *
marks_since(const struct store *store, int64_t made, guint *count)
{
    int64_t first = made - store->untold;
    if (first < 0 || first > store->touched->len)
        return NULL;
    *count = store->touched->len - (guint)first;
    return (const int64_t *)(const void *)store->touched->data + first;
}

bool
marks_apply(struct store *store, const struct mark_change *changes, guint count, GError **error)
{
    int before = sqlite3_total_changes(store->db);
    bool tags = false, deleted = false;
    for (guint i = 0; i < count; i++) {
        tags |= changes[i].mark == MARK_TAG;
        deleted |= changes[i].mark == MARK_DELETED;
    }
    if (!store_begin(store, error))
        return false;
    for (guint i = 0, many; i < count; i += MAX(many, 1)) {
        many = store->own ? 0 : alike(changes + i, count - i);
        if (many < MARKS_MANY)
            many = 0;
        if (many ? !put_alike(store, changes + i, many, error)
                 : !marks_put(store, &changes[i], error)) {
            store_rollback(store);
            return false;
        }
    }
    int made = sqlite3_total_changes(store->db) - before;
    store->marked += tags ? 0 : made;
    store->kept += deleted ? 0 : made;
    note_touched(store, changes, count); /* one too many is no harm */
    return store_commit(store, error);
}

GPtrArray *
marks_tags(struct store *store, int limit)
{
    GPtrArray *tags = g_ptr_array_new_with_free_func(g_free);
    /* from one to the next: of a tag that a hundred thousand articles have one row is read */
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "WITH RECURSIVE each(tag) AS (SELECT min(tag) FROM tags UNION ALL"
        " SELECT (SELECT min(tag) FROM tags WHERE tag > each.tag) FROM each WHERE each.tag IS NOT NULL)"
        " SELECT tag FROM each WHERE tag IS NOT NULL LIMIT ?1",
        NULL);
    if (!s)
        return tags;
    sqlite3_bind_int(s, 1, limit);
    while (sqlite3_step(s) == SQLITE_ROW)
        g_ptr_array_add(tags, store_column_text(s, 0));
    return tags;
}

bool
marks_place(struct store *store, int64_t article, guint *block, guint *offset)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT block, offset FROM places WHERE article = ?1", NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_step(s) != SQLITE_ROW)
        return false;
    *block = (guint)sqlite3_column_int64(s, 0);
    *offset = (guint)sqlite3_column_int64(s, 1);
    return true;
}
