/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening a store: its file, how it may be used, what SQL statements are given beside SQLite's own
 * functions, and the schema that it is brought to.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/number.h"
#include "store/addresses.h"
#include "store/db.h"
#include "store/functions.h"
#include "store/hits.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/schema.h"
#include "store/search.h"

#include <errno.h>
#include <unistd.h>

#define LOG_LIMIT "4194304" /* bytes of the log of a shared store while nobody writes */

static void
finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

/*
 * Waits for another writer to end its transaction.  SQLite's own handler sleeps longer each time,
 * so that a writer which begins again at once takes every turn.  This one looks each millisecond,
 * which is often enough to find the pauses that search_index_rest() makes between its transactions,
 * and says so, which ends a long one.
 */
static int
wait_for_turn(void *data, int times)
{
    struct store *store = data;
    if (times == 0)
        store->wait_start = g_get_monotonic_time();
    if (g_get_monotonic_time() - store->wait_start >= (gint64)store->timeout * 1000)
        return 0;
    if (store->wishes < 0)
        store->wishes = lock_open_wishes(store->path);
    lock_wish(store->wishes, true);
    g_usleep(1000);
    lock_wish(store->wishes, false);
    return 1;
}

static int
open_db(struct store *store, const char *name, int flags)
{
    if (store->db)
        sqlite3_close_v2(store->db);
    store->db = NULL;
    /* nobody asks for its statistics of memory, which take a lock for each block; once is enough */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int code = store_connect(name, &store->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX);
    sqlite3_busy_handler(store->db, wait_for_turn, store);
    return code;
}

/* Whether the first read works: an open alone reads nothing. */
static bool
readable(struct store *store)
{
    return sqlite3_exec(store->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) ==
           SQLITE_OK;
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

/*
 * Another file may have taken the name while this one was waited for (maintenance_restore): its log
 * must not get there.
 */
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

static bool
open_immutable(struct store *store, GError **error)
{
    store->read_only = true;
    store->immutable = true;
    if (open_as(store, "?mode=ro&immutable=1", SQLITE_OPEN_READWRITE))
        return true;
    store_fail(store, error);
    return false;
}

/*
 * On a disk without room for what SQLite keeps beside a store it is read as it lies there.  Without
 * its log it would say what is not so: one that was not written back stands in the way.
 */
static bool
open_without_room(struct store *store, GError **error)
{
    if (!store_lacks_room(store->db) || place_has_log(store->path)) {
        store_fail(store, error);
        return false;
    }
    store->full = true;
    return open_immutable(store, error);
}

/*
 * Nothing is made beside a store that this user cannot write: it would be his, and in the way of
 * those who can.  The log of a writer is read along where there is one.  It is the name that says
 * that nothing is written: what the flags say would hold for files that are attached, too.
 */
static bool
open_read_only(struct store *store, bool writable, GError **error)
{
    store->read_only = true;
    if (writable ||
        (place_has_beside(store->path, "-wal") && place_has_beside(store->path, "-shm"))) {
        if (open_as(store, "?mode=ro", SQLITE_OPEN_READWRITE))
            return true;
        int code = sqlite3_errcode(store->db) & 0xff;
        if (store_lacks_room(store->db) || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY))
            return open_without_room(store, error);
    }
    return open_immutable(store, error);
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
        if ((code & 0xff) != SQLITE_BUSY ||
            g_get_monotonic_time() - start >= (gint64)store->timeout * 1000) {
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
    if (search_register(store->db) != SQLITE_OK || functions_register(store->db) != SQLITE_OK ||
        addresses_register(store->db) != SQLITE_OK || hits_register(store->db) != SQLITE_OK) {
        store_fail(store, error);
        return false;
    }
    if (!store_exec(store, "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;", error))
        return false;
    if (store->read_only) {
        /* of another's store that its reader could write, as a member of a group can */
        place_share(store->path, "-wal", false);
        place_share(store->path, "-shm", false);
        return true;
    }
    /* who may read it but make nothing beside it needs what lies there to stay */
    if (place_is_shared(store->path)) {
        int on = 1;
        sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_PERSIST_WAL, &on);
        if (!store_exec(store, "PRAGMA journal_size_limit=" LOG_LIMIT, error))
            return false;
    }
    if (!keep_log(store, error) ||
        !store_exec(store, "PRAGMA synchronous=NORMAL; PRAGMA secure_delete=OFF;", error))
        return false;
    place_share(store->path, "-wal", false);
    place_share(store->path, "-shm", false);
    const char *pages = g_getenv("CRIER_TEST_MAX_PAGES"); /* a full disk, for tests */
    gint64 most;
    if (pages && number_parse(pages, 0, G_MAXINT, &most)) {
        g_autofree char *sql = g_strdup_printf("PRAGMA max_page_count=%d", (int)most);
        return store_exec(store, sql, error);
    }
    return true;
}

static struct store *
store_of(const char *path, int timeout_ms)
{
    static int64_t handles;
    struct store *store = g_new0(struct store, 1);
    store->path = g_strdup(path);
    store->timeout = timeout_ms;
    store->wishes = -1;
    store->touched = g_array_new(FALSE, FALSE, sizeof(int64_t));
    store->untold = ++handles << 40;
    store->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalize);
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
    if (content == PLACE_EMPTY && mode != STORE_WRITE) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no store '%s' yet"), path);
        return NULL;
    }
    if (content == PLACE_EMPTY && !place_make(path, error))
        return NULL;
    bool writable = is_writable(path), look = mode == STORE_LOOK || !writable;
    if (!writable && mode == STORE_WRITE) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("'%s' cannot be written: %s"),
                    path, g_strerror(errno));
        return NULL;
    }
    if (!look && !open_in_place(store)) {
        if (mode == STORE_WRITE)
            store_fail(store, error);
        if (mode == STORE_WRITE || !open_without_room(store, error))
            return NULL;
    }
    if ((look && !open_read_only(store, writable, error)) || !configure(store, error) ||
        !schema_migrate(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

struct store *
store_new(GError **error)
{
    AUTO(store_close) struct store *store = store_of(":memory:", 0);
    if (open_db(store, ":memory:", SQLITE_OPEN_READWRITE) != SQLITE_OK ||
        !configure(store, error) || !schema_migrate(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

bool
store_take_up(struct store *store, enum store_mode mode)
{
    if (!store->full || !place_has_room(store->path))
        return false;
    AUTO(store_close) struct store *other = store_open(store->path, mode, store->timeout, NULL);
    if (!other || other->full)
        return false;
    struct store was = *store;
    *store = *other;
    *other = was;
    sqlite3_busy_handler(store->db, wait_for_turn, store);
    return true;
}
