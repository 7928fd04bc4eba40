/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the store, its statements, its errors. */
#include "config.h"

#include "store/store.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "store/functions.h"
#include "store/place.h"
#include "store/search.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define LOG_LIMIT "4194304" /* bytes of the log of a shared store while nobody writes */

G_DEFINE_QUARK(crier-store-error, store_error)

void
store_keep_log(struct store *store)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

void
store_fail(struct store *store, GError **error)
{
    int extended = sqlite3_extended_errcode(store->db), code = extended & 0xff;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        store_keep_log(store);
    const char *why = sqlite3_errmsg(store->db);
    switch (extended) {
    case SQLITE_IOERR_LOCK:
    case SQLITE_IOERR_UNLOCK:
    case SQLITE_IOERR_RDLOCK:
    case SQLITE_IOERR_CHECKRESERVEDLOCK:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMLOCK:
    case SQLITE_IOERR_SHMMAP:
    case SQLITE_PROTOCOL:
        g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED,
                    _("the file system of '%s' does not lock files: put the store on a local disk (--store): %s"), store->path, why);
        return;
    default:
        break;
    }
    switch (code) {
    case SQLITE_FULL:
        g_set_error(error, STORE_ERROR, STORE_ERROR_FULL, _("the disk is full: '%s' was not changed"), store->path);
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("'%s' cannot be written: %s"), store->path, why);
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, _("'%s' is damaged or no store: %s"), store->path, why);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY, _("'%s' is in use by another program"), store->path);
        break;
    default:
        g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "'%s': %s", store->path, why);
        break;
    }
}

bool
store_exec(struct store *store, const char *sql, GError **error)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    store_fail(store, error);
    return false;
}

sqlite3_stmt *
store_prepare(struct store *store, const char *sql, GError **error)
{
    sqlite3_stmt *statement = g_hash_table_lookup(store->statements, sql);
    if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return statement;
    }
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        store_fail(store, error);
        return NULL;
    }
    g_hash_table_insert(store->statements, g_strdup(sql), statement);
    return statement;
}

int
store_step(struct store *store, sqlite3_stmt *statement, GError **error)
{
    int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        store_fail(store, error);
    return code;
}

bool
store_run(struct store *store, sqlite3_stmt *statement, GError **error)
{
    if (!statement)
        return false;
    bool done = store_step(store, statement, error) == SQLITE_DONE;
    sqlite3_reset(statement);
    return done;
}

void
bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    if (!text || text_is_clean(text, strlen(text)))
        sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_text(statement, index, text_clean(text, -1), -1, g_free);
}

void
bind_query(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

char *
column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (!text)
        return NULL;
    gsize length = (gsize)sqlite3_column_bytes(statement, column);
    return text_is_clean(text, length) ? g_strdup(text) : text_clean(text, (gssize)length);
}

static void
finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

/*
 * SQLite's own handler sleeps longer each time and loses to a writer that comes again at once; a
 * turn that is looked for every millisecond is found in the pauses of index_rest().
 */
static int
wait_for_turn(void *data, int times)
{
    struct store *store = data;
    if (times == 0)
        store->wait_start = g_get_monotonic_time();
    if (g_get_monotonic_time() - store->wait_start >= (gint64)store->timeout * 1000)
        return 0;
    g_usleep(1000);
    return 1;
}

static int
open_db(struct store *store, const char *name, int flags)
{
    if (store->db)
        sqlite3_close_v2(store->db);
    store->db = NULL;
    int code = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_busy_handler(store->db, wait_for_turn, store);
    return code;
}

/* Whether the first read works: an open alone reads nothing. */
static bool
readable(struct store *store)
{
    return sqlite3_exec(store->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK;
}

static char *
file_uri(const char *path, const char *parameters)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *escaped = g_uri_escape_string(absolute, "/", FALSE);
    return g_strconcat("file:", escaped, parameters, NULL);
}

static bool
open_as(struct store *store, const char *parameters, int flags)
{
    g_autofree char *uri = file_uri(store->path, parameters);
    return open_db(store, uri, flags) == SQLITE_OK && readable(store);
}

/* Another file may have taken the name while this one was waited for (upkeep_restore): its log must not get there. */
static bool
open_in_place(struct store *store)
{
    int moved = 1;
    for (int i = 0; moved && i < 5; i++) {
        if (!open_as(store, "", SQLITE_OPEN_READWRITE))
            return false;
        moved = 0;
        sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_HAS_MOVED, &moved);
    }
    return true;
}

/*
 * Nothing is made beside a store that this user cannot write: it would be his, and in the way of those who can.  The log of a
 * writer is read along where there is one.
 */
static bool
open_read_only(struct store *store, GError **error)
{
    store->read_only = true;
    if (place_has_beside(store->path, "-wal") && place_has_beside(store->path, "-shm")) {
        if (open_as(store, "?mode=ro", SQLITE_OPEN_READONLY))
            return true;
        int code = sqlite3_errcode(store->db) & 0xff;
        if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) {
            store_fail(store, error);
            return false;
        }
    }
    store->immutable = true;
    if (open_as(store, "?immutable=1", SQLITE_OPEN_READONLY))
        return true;
    store_fail(store, error);
    return false;
}

/* Of several who open a new store at once SQLite sends some away without asking them to wait. */
static bool
keep_log(struct store *store, GError **error)
{
    gint64 start = g_get_monotonic_time();
    for (;;) {
        int code = sqlite3_exec(store->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
        if (code == SQLITE_OK)
            return true;
        if ((code & 0xff) != SQLITE_BUSY || g_get_monotonic_time() - start >= (gint64)store->timeout * 1000) {
            store_fail(store, error);
            return false;
        }
        g_usleep(2000);
    }
}

static bool
configure(struct store *store, GError **error)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (search_register(store->db) != SQLITE_OK || functions_register(store->db) != SQLITE_OK) {
        store_fail(store, error);
        return false;
    }
    if (!store_exec(store, "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;", error))
        return false;
    if (store->read_only)
        return true;
    if (place_is_shared(store->path)) { /* who may read it but make nothing beside it needs what lies there to stay */
        int on = 1;
        sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_PERSIST_WAL, &on);
        if (!store_exec(store, "PRAGMA journal_size_limit=" LOG_LIMIT, error))
            return false;
    }
    if (!keep_log(store, error) || !store_exec(store, "PRAGMA synchronous=NORMAL; PRAGMA secure_delete=OFF;", error))
        return false;
    place_share(store->path, "-wal", false);
    place_share(store->path, "-shm", false);
    const char *pages = g_getenv("CRIER_TEST_MAX_PAGES"); /* a full disk, for tests */
    if (pages && *pages) {
        g_autofree char *sql = g_strdup_printf("PRAGMA max_page_count=%d", atoi(pages));
        return store_exec(store, sql, error);
    }
    return true;
}

static struct store *
store_of(const char *path, int timeout_ms)
{
    struct store *store = g_new0(struct store, 1);
    store->path = g_strdup(path);
    store->timeout = timeout_ms;
    store->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalize);
    store->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return store;
}

/* Whether this user may write a store, which includes making files beside it. */
static bool
is_writable(const char *path)
{
    g_autofree char *beside = place_beside(path, "");
    g_autofree char *folder = g_path_get_dirname(beside);
    return access(path, W_OK) == 0 && access(folder, W_OK) == 0;
}

struct store *
store_open(const char *path, enum store_mode mode, int timeout_ms, GError **error)
{
    AUTO(store_close) struct store *store = store_of(path, timeout_ms);
    enum place_content content = place_look(path, error);
    if (content != PLACE_EMPTY && content != PLACE_STORE)
        return NULL;
    if (content == PLACE_EMPTY && mode == STORE_READ) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no store '%s' yet"), path);
        return NULL;
    }
    if (content == PLACE_EMPTY && !place_make(path, error))
        return NULL;
    bool writable = is_writable(path);
    if (!writable && mode == STORE_WRITE) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("'%s' cannot be written: %s"), path, g_strerror(errno));
        return NULL;
    }
    if (writable && !open_in_place(store)) {
        store_fail(store, error);
        return NULL;
    }
    if ((!writable && !open_read_only(store, error)) || !configure(store, error) || !schema_migrate(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

struct store *
store_new(GError **error)
{
    AUTO(store_close) struct store *store = store_of(":memory:", 0);
    if (open_db(store, ":memory:", SQLITE_OPEN_READWRITE) != SQLITE_OK || !configure(store, error) || !schema_migrate(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

void
store_close(struct store *store)
{
    g_hash_table_unref(store->statements);
    g_hash_table_unref(store->counts);
    if (store->db)
        sqlite3_close_v2(store->db);
    g_free(store->path);
    g_free(store);
}

bool
store_begin(struct store *store, GError **error)
{
    return store_exec(store, "BEGIN IMMEDIATE", error);
}

bool
store_commit(struct store *store, GError **error)
{
    if (store_exec(store, "COMMIT", error))
        return true;
    store_rollback(store);
    return false;
}

void
store_rollback(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

int
store_set_timeout(struct store *store, int timeout_ms)
{
    int before = store->timeout;
    store->timeout = timeout_ms;
    return before;
}

int64_t
store_version(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "PRAGMA data_version", NULL);
    return s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

bool
store_set_meta(struct store *store, const char *key, const char *value, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, value ? "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)"
                                                 : "DELETE FROM meta WHERE key = ?1", error);
    if (!s)
        return false;
    bind_text(s, 1, key);
    if (value)
        bind_text(s, 2, value);
    return store_run(store, s, error);
}

char *
store_get_meta(struct store *store, const char *key)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "SELECT value FROM meta WHERE key = ?1", NULL);
    if (!s)
        return NULL;
    bind_text(s, 1, key);
    return sqlite3_step(s) == SQLITE_ROW ? column_text(s, 0) : NULL;
}
