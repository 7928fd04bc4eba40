/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Upgrades: a store of each earlier schema opens, and has everything that it had. */
#include "config.h"

#include "store/blob.h"
#include "store/db.h"
#include "store/functions.h"
#include "store/schema.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#include <zlib.h>

/* A document as stores before schema 4 packed it. */
static GBytes *
pack_as_before(const char *text)
{
    AUTO(document_free) struct document *document = document_from_text(text);
    g_autoptr(GBytes) bytes = document_serialize(document);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    uLongf size = compressBound((uLong)length);
    guint8 *out = g_malloc(size + 8);
    guint64 before = GUINT64_TO_LE((guint64)length);
    memcpy(out, &before, 8);
    g_assert_cmpint(compress(out + 8, &size, data, (uLong)length), ==, Z_OK);
    return g_bytes_new_take(out, size + 8);
}

static void
run(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    sqlite3_exec(db, sql, NULL, NULL, &error);
    g_assert_cmpstr(error, ==, NULL);
}

/*
 * The store of a former version of crier with one article, read and starred, as that one wrote it.
 */
static void
make_earlier(const char *path, int version)
{
    sqlite3 *db;
    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(search_register(db), ==, SQLITE_OK);
    g_assert_cmpint(functions_register(db), ==, SQLITE_OK);
    g_assert_cmpint(schema_register_former(db), ==, SQLITE_OK);
    for (int n = 1; n <= version; n++)
        run(db, schema_migration(n));
    g_autofree char *mark = g_strdup_printf("PRAGMA user_version=%d", version);
    run(db, mark);
    run(db,
        "INSERT INTO sources(url) VALUES('http://a.example/feed');"
        "INSERT INTO articles(source, key, title, published, first_seen, sort, revisions) VALUES(1, 'i:1', '停水通知', 100, 100, 100, 1);"
        "INSERT INTO marks(article, read, starred) VALUES(1, 1, 1);"
        "INSERT INTO tags(article, tag) VALUES(1, 'home')");
    sqlite3_stmt *s;
    g_autoptr(GBytes) packed = pack_as_before("管网检修");
    g_assert_cmpint(
        sqlite3_prepare_v2(
            db,
            "INSERT INTO documents(article, revision, seen, hash, origin, data) VALUES(1, 1, 100, 'x', 'page', ?1)",
            -1, &s, NULL),
        ==, SQLITE_OK);
    sqlite3_bind_blob(s, 1, g_bytes_get_data(packed, NULL), (int)g_bytes_get_size(packed),
                      SQLITE_STATIC);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_DONE);
    sqlite3_finalize(s);
    if (version < 4)
        run(db, "INSERT INTO search_text VALUES(1, '停水通知', '管网检修', 1)");
    /* since schema 8 the index is given tokens */
    run(db,
        version < 8 ? "INSERT INTO search(rowid, title, text) VALUES(1, '停水通知', '管网检修')"
        : version < 28
            ? "INSERT INTO search(rowid, title, text) VALUES(1, '停水 水通 通知 知 ', '管网 网检 检修 修 ')"
            : "INSERT INTO search(rowid, terms) SELECT a.id, crier_terms(a.title, d.data) FROM articles a JOIN documents d ON d.article = a.id");
    if (version >= 28)
        run(db,
            version < 29
                ? "INSERT INTO titles(key, article) SELECT crier_title_key(title), id FROM articles"
                : "INSERT INTO titles(language, key, article) SELECT '', crier_title_key(title), id FROM articles");
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

static void
test_upgrade(gconstpointer data)
{
    struct fixture f = {.folder = g_dir_make_tmp("crier-schema.XXXXXX", NULL), .source = 1};
    f.path = g_build_filename(f.folder, "articles.db", NULL);
    make_earlier(f.path, GPOINTER_TO_INT(data));
    g_autoptr(GError) error = NULL;
    f.store = store_open(f.path, STORE_WRITE, 0, &error);
    g_assert_no_error(error);
    for (int round = 0; round < 2; round++) {
        g_assert_cmpint(hits(&f, "停水"), ==, 1);
        g_assert_cmpint(hits(&f, "管网检修 is:starred is:read tag:home"), ==, 1);
        for (bool more = true; more;) /* the second slice reads what was there for its dates */
            g_assert_true(search_index_slice(f.store, 10, &more, &error));
    }
    put_text(&f, 1, "改为停电", "page");
    g_assert_cmpint(hits(&f, "管网"), ==, 0);
    AUTO(document_free) struct document *first = articles_document(f.store, 1, 1, &error);
    g_assert_no_error(error);
    g_autofree char *text = document_plain(first);
    g_assert_cmpstr(text, ==, "管网检修");
    g_autoptr(GPtrArray) faults = maintenance_check(f.store, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < faults->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(faults, i));
    g_assert_cmpuint(faults->len, ==, 0);
    tear_down(&f, NULL);
}

/* One text below two titles, of which the page was asked at `fetched`; then another attachment. */
static void
put_retitled(sqlite3 *db, int article, int fetched)
{
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO articles(id, source, key, title, first_seen, sort, revisions)"
        " VALUES(%1$d, 1, 'r:%1$d', 'Another', 100, 100, 3);"
        "INSERT INTO pages(article, url, fetched, data) VALUES(%1$d, 'http://a.example/', %2$d, 'x');"
        "INSERT INTO documents(article, revision, seen, hash, origin, data, heading, attachments)"
        " SELECT %1$d, 1, 100, 'x', 'page', data, 'One', '' FROM documents WHERE article = 1;"
        "INSERT INTO documents(article, revision, seen, hash, origin, data, heading, attachments)"
        " SELECT %1$d, 2, 200, 'x', 'page', data, 'Another', '' FROM documents WHERE article = 1;"
        "INSERT INTO documents(article, revision, seen, hash, origin, data, heading, attachments)"
        " SELECT %1$d, 3, 300, 'x', 'page', data, 'Another', 'a		' FROM documents WHERE article = 1;"
        "INSERT INTO changes(article, kind, revision, at) VALUES(%1$d, 1, 2, 200), (%1$d, 1, 3, 300)",
        article, fetched);
    run(db, sql);
}

/* Of which articles the page is wanted that a former version did not ask for: "2". */
static void
test_forgotten(void)
{
    struct fixture f = {.folder = g_dir_make_tmp("crier-schema.XXXXXX", NULL), .source = 1};
    f.path = g_build_filename(f.folder, "articles.db", NULL);
    make_earlier(f.path, 31);
    sqlite3 *db;
    g_assert_cmpint(sqlite3_open(f.path, &db), ==, SQLITE_OK);
    g_assert_cmpint(search_register(db), ==, SQLITE_OK);
    g_assert_cmpint(functions_register(db), ==, SQLITE_OK);
    put_retitled(db, 2, 150);
    put_retitled(db, 3, 250); /* after its title, before its attachment */
    put_retitled(db, 4, 150);
    run(db, "INSERT INTO rechecks(article, asked) VALUES(4, 350)");
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
    f.store = store_open(f.path, STORE_WRITE, 0, NULL);
    g_assert_nonnull(f.store);
    sqlite3_stmt *s = store_prepare(
        f.store,
        "SELECT group_concat(article) FROM rechecks WHERE wanted IS NOT NULL AND source = 1", NULL);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    g_assert_cmpstr((const char *)sqlite3_column_text(s, 0), ==, "2");
    sqlite3_reset(s);
    tear_down(&f, NULL);
}

/*
 * Whatever schema it began with, the index is checked and asked by a program that knows nothing of
 * crier.
 */
static void
test_foreign(gconstpointer data)
{
    struct fixture f = {.folder = g_dir_make_tmp("crier-schema.XXXXXX", NULL), .source = 1};
    f.path = g_build_filename(f.folder, "articles.db", NULL);
    make_earlier(f.path, GPOINTER_TO_INT(data));
    f.store = store_open(f.path, STORE_WRITE, 0, NULL);
    g_assert_nonnull(f.store);
    bool more;
    g_assert_true(search_index_slice(f.store, 10, &more, NULL));
    sqlite3 *db;
    g_assert_cmpint(sqlite3_open(f.path, &db), ==, SQLITE_OK);
    run(db,
        "INSERT INTO search(search) VALUES('integrity-check'); PRAGMA integrity_check; PRAGMA quick_check");
    sqlite3_stmt *s;
    g_assert_cmpint(sqlite3_prepare_v2(db, "SELECT rowid FROM search WHERE search MATCH '\"检修\"'",
                                       -1, &s, NULL),
                    ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    sqlite3_finalize(s);
    g_assert_cmpint(sqlite3_prepare_v2(db, "PRAGMA application_id", -1, &s, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    g_assert_cmpint(sqlite3_column_int(s, 0), ==, STORE_APPLICATION);
    sqlite3_finalize(s);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
    tear_down(&f, NULL);
}

/* What a newer crier wrote is refused and left as it is. */
static void
test_newer(void)
{
    struct fixture f = {0};
    set_up(&f, NULL);
    g_assert_true(store_exec(f.store, "PRAGMA user_version=4711", NULL));
    g_autoptr(GError) error = NULL;
    g_assert_null(store_open(f.path, STORE_WRITE, 0, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_VERSION);
    tear_down(&f, NULL);
}

/* One that a newer crier upgrades while it is open is not written into. */
static void
test_upgraded_meanwhile(void)
{
    struct fixture f = {0};
    set_up(&f, NULL);
    put(&f, "one", NULL, "One", 1000);
    sqlite3 *db;
    g_assert_cmpint(sqlite3_open(f.path, &db), ==, SQLITE_OK);
    run(db, "PRAGMA user_version=4711");
    g_autoptr(GError) error = NULL;
    struct mark_change change = {.article = 1, .mark = MARK_READ, .on = true};
    g_assert_false(marks_apply(f.store, &change, 1, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_VERSION);
    g_assert_nonnull(strstr(error->message, "newer crier"));
    g_clear_error(&error);
    g_assert_false(store_begin(f.store, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_VERSION);
    g_assert_true(sqlite3_get_autocommit(f.store->db));
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
    tear_down(&f, NULL);
}

void
add_tests(void)
{
    for (int version = 1; version < schema_version(); version++) {
        g_autofree char *name = g_strdup_printf("/schema/from-%d", version);
        g_autofree char *foreign = g_strdup_printf("/schema/foreign-%d", version);
        g_test_add_data_func(name, GINT_TO_POINTER(version), test_upgrade);
        g_test_add_data_func(foreign, GINT_TO_POINTER(version), test_foreign);
    }
    g_test_add_func("/schema/forgotten", test_forgotten);
    g_test_add_func("/schema/newer", test_newer);
    g_test_add_func("/schema/upgraded-meanwhile", test_upgraded_meanwhile);
}
