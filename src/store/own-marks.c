/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader's own marks: their file, the views of them, and what keeps them in step. */
#include "config.h"

#include "store/own-marks.h"
#include "base/i18n.h"
#include "store/changes.h"
#include "store/db.h"
#include "store/place.h"
#include "store/schema.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION 0x6372696d /* "crim": PRAGMA application_id of the file */
#define FILE_SCHEMA 1
#define DAY         86400 /* seconds after which all marks are looked at */
#define HOUR        3600  /* a cursor may have been moved so long after what it tells was read */

/* Names are such that no table of a store has them: triggers and views cannot say which file. */
static const char schema[] =
    "CREATE TABLE own.own_stores("
    " id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,"
    " newest INTEGER NOT NULL DEFAULT 0, newest_key TEXT," /* of its articles, when last looked at */
    " gone INTEGER NOT NULL DEFAULT 0,"                    /* how many articles it had ended */
    " looked INTEGER NOT NULL DEFAULT 0);"                 /* at all marks */
    "CREATE TABLE own.own_feeds(id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE);"
    "CREATE TABLE own.own_marks("
    " id INTEGER PRIMARY KEY, store INTEGER NOT NULL REFERENCES own_stores(id),"
    " article INTEGER,"                                 /* NULL: it is not there */
    " source INTEGER NOT NULL, language TEXT NOT NULL," /* of the article */
    " feed INTEGER NOT NULL REFERENCES own_feeds(id), key TEXT NOT NULL,"
    " read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,"
    " block INTEGER, offset INTEGER," /* NULL: reading goes on at the beginning */
    " UNIQUE(store, article));"
    "CREATE INDEX own.own_marks_hidden ON own_marks(store, source, language, deleted)"
    " WHERE (read OR deleted) AND article IS NOT NULL;"
    "CREATE INDEX own.own_marks_starred ON own_marks(store, article) WHERE starred = 1;"
    "CREATE INDEX own.own_marks_deleted ON own_marks(store, article) WHERE deleted = 1;"
    "CREATE TABLE own.own_tags("
    " mark INTEGER NOT NULL REFERENCES own_marks(id) ON DELETE CASCADE, tag TEXT NOT NULL,"
    " PRIMARY KEY(mark, tag)) WITHOUT ROWID;"
    "CREATE INDEX own.own_tags_by_tag ON own_tags(tag, mark);"
    "CREATE TABLE own.own_cursors("
    " store INTEGER NOT NULL REFERENCES own_stores(id), name TEXT NOT NULL,"
    " article INTEGER NOT NULL, change INTEGER NOT NULL, moved INTEGER NOT NULL,"
    " PRIMARY KEY(store, name)) WITHOUT ROWID;"
    "PRAGMA own.application_id=" G_STRINGIFY(APPLICATION) ";"
                                                          "PRAGMA own.user_version=" G_STRINGIFY(
                                                              FILE_SCHEMA) ";";

/* --- whose they are ---------------------------------------------------------------------- */

bool
own_marks_wanted(const struct context *context)
{
    struct stat info;
    switch (context->settings->values.store_marks) {
    case STORE_MARKS_OWN:
        return true;
    case STORE_MARKS_SHARED:
        return false;
    default: /* root may write anything; its `urls` are not those of somebody else's store */
        return geteuid() == 0 && stat(context->store_file, &info) == 0 && info.st_uid != 0;
    }
}

/* --- the views ---------------------------------------------------------------------------- */

/* %1$d is the store. */
#define VIEWS \
    "CREATE TEMP VIEW marks AS SELECT article, read, starred, deleted FROM own.own_marks" \
    " WHERE store = %1$d AND article IS NOT NULL;" \
    "CREATE TEMP VIEW tags AS SELECT m.article AS article, t.tag AS tag FROM own.own_tags t" \
    " JOIN own.own_marks m ON m.id = t.mark WHERE m.store = %1$d AND m.article IS NOT NULL;" \
    "CREATE TEMP VIEW places AS SELECT article, block, offset FROM own.own_marks" \
    " WHERE store = %1$d AND article IS NOT NULL AND block IS NOT NULL;" \
    "CREATE TEMP VIEW cursors AS SELECT name, article, change, moved FROM own.own_cursors WHERE store = %1$d;" \
    "CREATE TEMP VIEW unread AS SELECT a.sort AS sort, a.id AS article FROM main.articles a WHERE NOT EXISTS" \
    " (SELECT 1 FROM own.own_marks m WHERE m.store = %1$d AND m.article = a.id AND (m.read OR m.deleted));"

/*
 * The counters of the store, with what its own marks have taken off them, less what the reader's
 * take.  there, here: which of those marks, d of articles a, and m, are of a row c.
 */
#define COUNT(there, here, hidden) \
    "c.total + (SELECT count(*) FROM main.marks d CROSS JOIN main.articles a ON a.id = d.article" \
    " WHERE d.deleted = 1 AND " there ")" \
    " - (SELECT " hidden \
    " FROM own.own_marks m INDEXED BY own_marks_hidden WHERE m.store = %1$d AND (m.read OR m.deleted)" \
    " AND m.article IS NOT NULL AND " here ")"
#define COUNTERS(there, here) \
    COUNT(there, here, "coalesce(sum(m.deleted), 0)") \
    " AS total, " COUNT(there, here, "count(*)") " AS unread"

/* %2$s: the columns of sources but for the counters */
#define COUNTED_VIEWS \
    "CREATE TEMP VIEW languages AS SELECT c.source AS source, c.language AS language, " COUNTERS( \
        "a.source = c.source AND coalesce(a.language, " NO_LANGUAGE ") = c.language", \
        "m.source = c.source AND m.language = c.language") " FROM main.languages c;" \
                                                           "CREATE TEMP VIEW sources AS SELECT %2$s, " COUNTERS( \
                                                               "a.source = c.id", \
                                                               "m.source = c.id") " FROM main.sources c;"

static char *
columns_of_sources(struct store *store, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT group_concat('c.' || name || ' AS ' || name, ', ') FROM pragma_table_info('sources', 'main')"
        " WHERE name NOT IN ('total', 'unread')",
        error);
    if (!s || store_step(store, s, error) != SQLITE_ROW)
        return NULL;
    return store_column_text(s, 0);
}

static bool
make_views(struct store *store, GError **error)
{
    g_autofree char *columns = columns_of_sources(store, error);
    if (!columns)
        return false;
    g_autofree char *sql = g_strdup_printf(VIEWS COUNTED_VIEWS, (int)store->own, columns);
    return store_exec(store, sql, error);
}

/* --- the file ----------------------------------------------------------------------------- */

static bool
read_number(struct store *store, const char *sql, int64_t *number, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    int code = s ? store_step(store, s, error) : SQLITE_ERROR;
    *number = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* Runs a statement whose first parameter, if it has one, is the store, and the second a number. */
static bool
run_with(struct store *store, const char *sql, int64_t number, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, store->own);
    sqlite3_bind_int64(s, 2, number);
    return store_run(store, s, error);
}

static bool
attach(struct store *store, const char *path, GError **error)
{
    if (access(path, F_OK) < 0 && !place_make(path, error))
        return false;
    sqlite3_stmt *s = store_prepare(store, "ATTACH ?1 AS own", error);
    if (!s)
        return false;
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
    g_autofree char *uri = g_strconcat("file:", escaped, "?mode=rw", NULL);
    sqlite3_bind_text(s, 1, uri, -1, SQLITE_TRANSIENT);
    return store_run(store, s, error);
}

/* Within a transaction: the tables, where there are none. */
static bool
make_tables(struct store *store, const char *path, GError **error)
{
    int64_t application, version, things;
    if (!read_number(store, "PRAGMA own.application_id", &application, error) ||
        !read_number(store, "PRAGMA own.user_version", &version, error) ||
        !read_number(store, "SELECT count(*) FROM own.sqlite_schema", &things, error))
        return false;
    if (application == 0 && things == 0)
        return store_exec(store, schema, error);
    if (application != APPLICATION)
        g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
                    _("'%s' is no store of crier: it is left as it is"), path);
    else if (version > FILE_SCHEMA)
        g_set_error(error, STORE_ERROR, STORE_ERROR_VERSION,
                    _("'%s' was written by a newer crier (schema %d, this one knows %d)"), path,
                    (int)version, FILE_SCHEMA);
    return application == APPLICATION && version <= FILE_SCHEMA;
}

/*
 * Gives the store's path to the one that was this store when last looked at, if it is nowhere else
 * any more: it has moved.
 */
static bool
follow_move(struct store *store, const char *path, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT id, path FROM own.own_stores o WHERE o.newest > 0 AND o.newest_key ="
                      " (SELECT key FROM main.articles WHERE id = o.newest)"
                      " AND NOT EXISTS (SELECT 1 FROM own.own_stores WHERE path = ?1)",
                      error);
    if (!s)
        return false;
    store_bind_query(s, 1, path);
    int64_t moved = 0;
    int code = SQLITE_DONE;
    while (!moved && (code = store_step(store, s, error)) == SQLITE_ROW)
        if (access((const char *)sqlite3_column_text(s, 1), F_OK) < 0 && errno == ENOENT)
            moved = sqlite3_column_int64(s, 0);
    if (!moved)
        return code == SQLITE_DONE;
    sqlite3_stmt *update =
        store_prepare(store, "UPDATE own.own_stores SET path = ?1 WHERE id = ?2", error);
    if (!update)
        return false;
    store_bind_query(update, 1, path);
    sqlite3_bind_int64(update, 2, moved);
    return store_run(store, update, error);
}

/* The number that the store has in the file. */
static bool
find_store(struct store *store, GError **error)
{
    g_autofree char *path = place_beside(store->path, "");
    static const char *const sql[] = {"INSERT OR IGNORE INTO own.own_stores(path) VALUES(?1)",
                                      "SELECT id FROM own.own_stores WHERE path = ?1"};
    if (!follow_move(store, path, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(sql); i++) {
        AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql[i], error);
        if (!s)
            return false;
        store_bind_query(s, 1, path);
        int code = store_step(store, s, error);
        if (code == SQLITE_ROW)
            store->own = sqlite3_column_int64(s, 0);
        else if (code != SQLITE_DONE)
            return false;
    }
    return store->own > 0;
}

static bool
end_transaction(struct store *store, bool fine, GError **error)
{
    if (fine)
        return store_commit(store, error);
    store_rollback(store);
    return false;
}

bool
own_marks_attach(struct store *store, const char *path, int64_t now, GError **error)
{
    if (!attach(store, path, error) || !store_begin(store, error))
        return false;
    bool fine = make_tables(store, path, error) && find_store(store, error);
    if (!end_transaction(store, fine, error) || !make_views(store, error)) {
        store->own = 0;
        return false;
    }
    store->own_path = g_strdup(path);
    own_marks_follow(store, now, NULL); /* else the next time */
    return true;
}

/* --- in step with the articles ------------------------------------------------------------ */

/* What is seen of the store: whether it is the one that it was, and whether articles have ended. */
struct look {
    bool same, newer, ended, due;
};

#define NEWEST "(SELECT max(id) FROM main.articles)"
#define GONE \
    "(coalesce((SELECT seq FROM main.sqlite_sequence WHERE name = 'articles'), 0)" \
    " - (SELECT coalesce(sum(total), 0) FROM main.sources)" \
    " - (SELECT count(*) FROM main.marks WHERE deleted = 1))"

static bool
look_at(struct store *store, int64_t now, struct look *look, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT o.newest = 0 OR o.newest_key IS (SELECT key FROM main.articles WHERE id = o.newest),"
        " o.newest IS NOT coalesce(" NEWEST ", 0), o.gone <> " GONE
        ", abs(?2 - o.looked) > " G_STRINGIFY(DAY) " FROM own.own_stores o WHERE o.id = ?1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, store->own);
    sqlite3_bind_int64(s, 2, now);
    if (store_step(store, s, error) != SQLITE_ROW)
        return false;
    *look = (struct look){sqlite3_column_int(s, 0), sqlite3_column_int(s, 1),
                          sqlite3_column_int(s, 2), sqlite3_column_int(s, 3)};
    return true;
}

/* Marks that wait for their articles. */
static bool
find_articles(struct store *store, GError **error)
{
    return run_with(
        store,
        "UPDATE OR IGNORE own_marks SET article = a.id, source = a.source, language = coalesce(a.language, " NO_LANGUAGE
        ") FROM own.own_feeds f, main.sources s, main.articles a WHERE own_marks.store = ?1"
        " AND own_marks.article IS NULL AND f.id = own_marks.feed AND s.url = f.url AND a.source = s.id AND a.key = own_marks.key",
        0, error);
}

/*
 * Numbers of the store mean other articles now.  Who was told something is told all that came
 * since, by the clock.
 */
static bool
begin_anew(struct store *store, GError **error)
{
    return run_with(store, "UPDATE own.own_marks SET article = NULL WHERE store = ?1", 0, error) &&
           run_with(
               store,
               "UPDATE own.own_cursors SET"
               " article = coalesce((SELECT min(id) FROM main.articles WHERE first_seen >= moved - ?2) - 1, " NEWEST
               ", 0), change = coalesce((SELECT min(id) FROM main.changes WHERE at >= moved - ?2) - 1,"
               " (SELECT max(id) FROM main.changes), 0) WHERE store = ?1",
               HOUR, error);
}

/* What was ended does not come back. */
static bool
end_marks(struct store *store, GError **error)
{
    return run_with(store,
                    "DELETE FROM own.own_marks WHERE store = ?1 AND article IS NOT NULL"
                    " AND NOT EXISTS (SELECT 1 FROM main.articles a WHERE a.id = article)",
                    0, error) &&
           run_with(store,
                    "UPDATE own_marks SET language = coalesce(a.language, " NO_LANGUAGE
                    ") FROM main.articles a WHERE own_marks.store = ?1 AND a.id = own_marks.article"
                    " AND own_marks.language <> coalesce(a.language, " NO_LANGUAGE ")",
                    0, error);
}

static bool
note_look(struct store *store, int64_t now, GError **error)
{
    return run_with(store,
                    "UPDATE own.own_stores SET newest = coalesce(" NEWEST ", 0), gone = " GONE
                    ", newest_key = (SELECT key FROM main.articles WHERE id = " NEWEST
                    "), looked = ?2 WHERE id = ?1",
                    now, error);
}

bool
own_marks_follow(struct store *store, int64_t now, GError **error)
{
    struct look look;
    if (!store->own)
        return true;
    if (!look_at(store, now, &look, error))
        return false;
    if (look.same && !look.newer && !look.ended && !look.due)
        return true;
    if (!store_begin(store, error))
        return false;
    /* another program may have done it while this one waited */
    bool fine = look_at(store, now, &look, error) && (look.same || begin_anew(store, error)) &&
                (!look.ended || !look.same || end_marks(store, error)) &&
                (!look.due || end_marks(store, error)) && find_articles(store, error) &&
                note_look(store, now, error);
    return end_transaction(store, fine, error);
}

/* --- writing ------------------------------------------------------------------------------ */

/* A row for the article, where there is none yet. */
static bool
make_row(struct store *store, int64_t article, GError **error)
{
    return run_with(store,
                    "INSERT OR IGNORE INTO own.own_feeds(url) SELECT s.url FROM main.articles a"
                    " JOIN main.sources s ON s.id = a.source WHERE a.id = ?2 AND ?1 > 0",
                    article, error) &&
           run_with(
               store,
               "INSERT OR IGNORE INTO own.own_marks(store, article, source, language, feed, key)"
               " SELECT ?1, a.id, a.source, coalesce(a.language, " NO_LANGUAGE
               ") , f.id, a.key FROM main.articles a"
               " JOIN main.sources s ON s.id = a.source JOIN own.own_feeds f ON f.url = s.url WHERE a.id = ?2",
               article, error);
}

bool
own_marks_put(struct store *store, const struct mark_change *change, GError **error)
{
#define OF_ARTICLE " WHERE store = ?1 AND article = ?2"
    static const char *const statements[][2] = {
        [MARK_READ] = {"UPDATE own.own_marks SET read = 0" OF_ARTICLE,
                       "UPDATE own.own_marks SET read = 1" OF_ARTICLE},
        [MARK_STARRED] = {"UPDATE own.own_marks SET starred = 0" OF_ARTICLE,
                          "UPDATE own.own_marks SET starred = 1" OF_ARTICLE},
        [MARK_DELETED] = {"UPDATE own.own_marks SET deleted = 0" OF_ARTICLE,
                          "UPDATE own.own_marks SET deleted = 1" OF_ARTICLE},
        [MARK_TAG] = {"DELETE FROM own.own_tags WHERE tag = ?3"
                      " AND mark = (SELECT id FROM own.own_marks" OF_ARTICLE ")",
                      "INSERT OR IGNORE INTO own.own_tags(mark, tag)"
                      " SELECT id, ?3 FROM own.own_marks" OF_ARTICLE},
        [MARK_PLACE] = {"UPDATE own.own_marks SET block = NULL, offset = NULL" OF_ARTICLE,
                        "UPDATE own.own_marks SET block = ?4, offset = ?5" OF_ARTICLE},
    };
#undef OF_ARTICLE
    if (!make_row(store, change->article, error))
        return false;
    sqlite3_stmt *s = store_prepare(store, statements[change->mark][change->on], error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, store->own);
    sqlite3_bind_int64(s, 2, change->article);
    store_bind_text(s, 3, change->tag);
    sqlite3_bind_int64(s, 4, change->block);
    sqlite3_bind_int64(s, 5, change->offset);
    return store_run(store, s, error);
}
