/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking, rebuilding, compacting, and ending what was deleted. */
#include "config.h"

#include "store/maintenance.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/schema.h"
#include "store/search.h"

/* What the counters of sources should say. */
#define COUNTED \
    "SELECT s2.id AS id, count(a.id) AS total, coalesce(sum(a.id IS NOT NULL AND coalesce(m.read, 0) = 0), 0) AS unread" \
    " FROM sources s2 LEFT JOIN articles a ON a.source = s2.id AND NOT EXISTS" \
    " (SELECT 1 FROM marks d WHERE d.article = a.id AND d.deleted) LEFT JOIN marks m ON m.article = a.id GROUP BY s2.id"

/* The highest number that was given in a table with AUTOINCREMENT. */
#define LAST_OF(table) "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" table "'), 0)"
/* Such a cursor would pass over what comes. */
#define CURSOR_IS_AHEAD "(article > " LAST_OF("articles") " OR change > " LAST_OF("changes") ")"

GPtrArray *
maintenance_check(struct store *store, GError **error)
{
    static const char *const checks[] = {
        "PRAGMA integrity_check(20)",
        "SELECT 'foreign key: ' || \"table\" || ' row ' || rowid FROM pragma_foreign_key_check LIMIT 20",
        ("SELECT 'source ' || s.id || ': counters ' || s.total || '/' || s.unread || ' instead of ' || c.total || '/' || c.unread"
         " FROM sources s JOIN (" COUNTED
         ") c ON c.id = s.id WHERE s.total <> c.total OR s.unread <> c.unread LIMIT 20"),
        ("SELECT 'article ' || id || ': ' || fault FROM"
         " (SELECT * FROM (SELECT sort, id, 'is missing in the list of what is unread' AS fault FROM (" SCHEMA_UNREAD
         ") EXCEPT SELECT sort, article, 'is missing in the list of what is unread' FROM unread)"
         " UNION ALL SELECT * FROM (SELECT sort, article, 'is no part of the list of what is unread' FROM unread"
         " EXCEPT SELECT sort, id, 'is no part of the list of what is unread' FROM (" SCHEMA_UNREAD
         "))) LIMIT 20"),
        ("SELECT 'article ' || article || ': its place in the order of titles is wrong' FROM"
         " (SELECT * FROM (" SCHEMA_TITLES " EXCEPT SELECT language, key, article FROM titles)"
         " UNION ALL SELECT * FROM (SELECT language, key, article FROM titles EXCEPT " SCHEMA_TITLES
         ")) LIMIT 20"),
        ("SELECT 'source ' || source || ': counters of the language ' || language || ' are wrong' FROM"
         " (SELECT * FROM (" SCHEMA_LANGUAGES
         ") EXCEPT SELECT source, language, total, unread FROM languages"
         " UNION SELECT * FROM (SELECT source, language, total, unread FROM languages WHERE total <> 0 OR unread <> 0"
         " EXCEPT SELECT * FROM (" SCHEMA_LANGUAGES "))) LIMIT 20"),
        ("SELECT 'article ' || a.id || ': ' || a.revisions || ' revisions instead of ' || count(d.revision) FROM articles a"
         " LEFT JOIN documents d ON d.article = a.id GROUP BY a.id HAVING coalesce(max(d.revision), 0) <> a.revisions LIMIT 20"),
        "SELECT 'article ' || a.id || ': a change to revision ' || c.revision || ' of ' || a.revisions FROM changes c"
        " JOIN articles a ON a.id = c.article WHERE c.revision > a.revisions LIMIT 20",
        "SELECT 'cursor ' || c.name || ': ahead of what there is' FROM cursors c WHERE " CURSOR_IS_AHEAD,
        "SELECT 'article ' || article || ': revision ' || revision || ' is damaged' FROM documents WHERE crier_plain(data) IS NULL LIMIT 20",
        "SELECT 'article ' || article || ': its page is damaged' FROM pages WHERE data IS NOT NULL AND NOT crier_intact(data) LIMIT 20",
        "SELECT 'source ' || source || ': its response is damaged' FROM responses WHERE NOT crier_intact(data) LIMIT 20",
        "SELECT 'attachment ' || url || ': its bytes are damaged' FROM files WHERE data IS NOT NULL AND sha256 IS NOT crier_digest(data) LIMIT 20",
        "SELECT 'attachment ' || url || ': its text is damaged' FROM files WHERE text IS NOT NULL AND crier_plain(text) IS NULL LIMIT 20",
    };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
        AUTO_RESET sqlite3_stmt *s = store_prepare(store, checks[i], error);
        if (!s)
            return NULL;
        int code;
        g_autoptr(GError) why = NULL;
        while ((code = store_step(store, s, &why)) == SQLITE_ROW) {
            const char *line = (const char *)sqlite3_column_text(s, 0);
            if (line && !g_str_equal(line, "ok"))
                g_ptr_array_add(faults, g_strdup(line));
        }
        if (code != SQLITE_DONE && g_error_matches(why, STORE_ERROR, STORE_ERROR_CORRUPT)) {
            g_ptr_array_add(faults, g_strdup(why->message));
        } else if (code != SQLITE_DONE) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
    }
    if (!store->read_only &&
        sqlite3_exec(store->db, "INSERT INTO search(search, rank) VALUES('integrity-check', 0)",
                     NULL, NULL, NULL) != SQLITE_OK)
        g_ptr_array_add(faults, g_strdup_printf("search index: %s", sqlite3_errmsg(store->db)));
    if (faults->len)
        store_keep_log(store);
    return g_steal_pointer(&faults);
}

bool
maintenance_is_intact(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "PRAGMA integrity_check(1)", NULL);
    return s && sqlite3_step(s) == SQLITE_ROW &&
           g_strcmp0((const char *)sqlite3_column_text(s, 0), "ok") == 0;
}

bool
maintenance_rebuild(struct store *store, GError **error)
{
    if (!store_begin(store, error))
        return false;
    if (store_exec(
            store,
            "UPDATE sources SET total = c.total, unread = c.unread FROM (" COUNTED
            ") c WHERE c.id = sources.id;"
            "DELETE FROM unread; INSERT INTO unread(sort, article) " SCHEMA_UNREAD ";"
            "DELETE FROM languages; INSERT INTO languages(source, language, total, unread) " SCHEMA_LANGUAGES
            ";"
            "UPDATE articles SET revisions = (SELECT coalesce(max(revision), 0) FROM documents d WHERE d.article = articles.id)"
            " WHERE revisions <> (SELECT coalesce(max(revision), 0) FROM documents d WHERE d.article = articles.id);"
            "UPDATE articles SET edition_group = NULL WHERE edition_group IS NOT NULL;"
            "DELETE FROM editions_wait; INSERT INTO editions_wait(article) SELECT DISTINCT article FROM editions WHERE scope = 'article';"
            "DELETE FROM changes WHERE revision > (SELECT revisions FROM articles a WHERE a.id = changes.article);"
            "UPDATE cursors SET article = min(article, " LAST_OF(
                "articles") "), change = min(change, " LAST_OF("changes") ")"
                                                                          " WHERE " CURSOR_IS_AHEAD
                                                                          ";"
                                                                          "REINDEX",
            error) &&
        search_reset(store, error) && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

bool
maintenance_compact(struct store *store, GError **error)
{
    return store_exec(store, "INSERT INTO search(search) VALUES('optimize')", error) &&
           store_exec(store, "VACUUM", error) &&
           store_exec(store, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

/* --- ending what was deleted ------------------------------------------------------------------ */

/* Ends all articles in the temporary table `ending`, in the caller's transaction. */
static bool
end_articles(struct store *store, GError **error)
{
    static const char *const statements[] = {
        ("INSERT INTO search(search, rowid, terms) SELECT 'delete'," SEARCH_INDEXED
         " FROM ending e JOIN articles a ON a.id = e.id WHERE a.id NOT IN (SELECT article FROM search_wait)"),
        "DELETE FROM titles WHERE (language, key, article) IN (SELECT " TITLE_OF
        " FROM ending e JOIN articles a ON a.id = e.id JOIN sources s ON s.id = a.source)",
        "DELETE FROM search_wait WHERE article IN (SELECT id FROM ending)",
        "INSERT OR IGNORE INTO purged(source, key, identity, first_seen, title)"
        " SELECT source, key, identity, first_seen, title FROM articles WHERE id IN (SELECT id FROM ending)",
        "DELETE FROM documents WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM pages WHERE article IN (SELECT id FROM ending)",
        ("DELETE FROM files WHERE url IN (SELECT url FROM attachments WHERE article IN (SELECT id FROM ending))"
         " AND NOT EXISTS (SELECT 1 FROM attachments t WHERE t.url = files.url AND t.article NOT IN (SELECT id FROM ending))"),
        "DELETE FROM attachments WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM pictures WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM editions WHERE article IN (SELECT id FROM ending)",
        "INSERT OR IGNORE INTO editions_wait(article) SELECT o.id FROM ending e JOIN articles a ON a.id = e.id"
        " JOIN articles o INDEXED BY articles_by_group ON o.edition_group = a.edition_group",
        "DELETE FROM editions_wait WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM tags WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM places WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM changes WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM arrivals WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM rechecks WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM agenda WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM citations WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM marks WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM sync_log WHERE article IN (SELECT id FROM ending)",
        "UPDATE sync_items SET article = NULL WHERE article IN (SELECT id FROM ending)",
        "DELETE FROM articles WHERE id IN (SELECT id FROM ending)",
        "DELETE FROM ending",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        if (!store_run(store, store_prepare(store, statements[i], error), error))
            return false;
    return true;
}

static int64_t
end_chosen(struct store *store, const char *choose, int64_t source, int64_t before, GError **error)
{
    if (!store_exec(
            store,
            "CREATE TEMP TABLE IF NOT EXISTS ending(id INTEGER PRIMARY KEY); DELETE FROM ending",
            error) ||
        !store_begin(store, error))
        return -1;
    sqlite3_stmt *s = store_prepare(store, choose, error);
    int64_t count = -1;
    if (s) {
        if (sqlite3_bind_parameter_count(s)) {
            sqlite3_bind_int64(s, 1, source);
            sqlite3_bind_int64(s, 2, before);
        }
        if (store_run(store, s, error))
            count = sqlite3_changes64(store->db);
    }
    /* the counters hang on the marks */
    bool fine =
        count >= 0 &&
        store_run(
            store,
            store_prepare(store,
                          "INSERT INTO marks(article, deleted) SELECT id, 1 FROM ending WHERE true"
                          " ON CONFLICT(article) DO UPDATE SET deleted = 1 WHERE deleted = 0",
                          error),
            error) &&
        end_articles(store, error) && store_commit(store, error);
    if (!fine)
        store_rollback(store);
    return fine ? count : -1;
}

int64_t
maintenance_purge(struct store *store, GError **error)
{
    return end_chosen(store, "INSERT INTO ending(id) SELECT article FROM marks WHERE deleted = 1",
                      0, 0, error);
}

int64_t
maintenance_expire(struct store *store, int64_t source, int64_t before, GError **error)
{
    return end_chosen(
        store,
        "INSERT INTO ending(id) SELECT a.id FROM articles a JOIN marks m ON m.article = a.id WHERE a.source = ?1"
        " AND a.sort < ?2 AND a.first_seen < ?2 AND m.read = 1 AND m.starred = 0"
        " AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.article = a.id)",
        source, before, error);
}
