/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store that is open: its statements, its errors, its transactions, and the gate that all text
 * passes.
 */
#include "config.h"

#include "store/db.h"
#include "base/clean.h"
#include "base/i18n.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK(crier_store_error, store_error)

void
store_keep_log(struct store *store)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/* What SQLite cannot make room for beside the store itself is an error of the disk to it. */
bool
store_lacks_room(sqlite3 *db)
{
    int code = sqlite3_errcode(db) & 0xff, why = sqlite3_system_errno(db);
    return code == SQLITE_FULL ||
           ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && (why == ENOSPC || why == EDQUOT));
}

void
store_fail(struct store *store, GError **error)
{
    int extended = sqlite3_extended_errcode(store->db), code = extended & 0xff;
    if (store->full && (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)) {
        /* it was opened as one that nobody changes */
        g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY,
                    _("'%s' was changed while it was read without room on the disk"), store->path);
        return;
    }
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        store_keep_log(store);
    const char *why = sqlite3_errmsg(store->db);
    if (store_lacks_room(store->db) || (store->full && code == SQLITE_READONLY))
        extended = code = SQLITE_FULL;
    switch (extended) {
    case SQLITE_IOERR_LOCK:
    case SQLITE_IOERR_UNLOCK:
    case SQLITE_IOERR_RDLOCK:
    case SQLITE_IOERR_CHECKRESERVEDLOCK:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMLOCK:
    case SQLITE_IOERR_SHMMAP:
    case SQLITE_PROTOCOL:
        g_set_error(
            error, STORE_ERROR, STORE_ERROR_FAILED,
            _("the file system of '%s' does not lock files: put the store on a local disk (--store): %s"),
            store->path, why);
        return;
    default:
        break;
    }
    switch (code) {
    case SQLITE_FULL:
        g_set_error(error, STORE_ERROR, STORE_ERROR_FULL,
                    store->changed ? _("the disk is full: '%s' did not take all of it")
                                   : _("the disk is full: '%s' was not changed"),
                    store->path);
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("'%s' cannot be written: %s"),
                    store->path, why);
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        g_set_error(
            error, STORE_ERROR, STORE_ERROR_CORRUPT,
            _("'%s' is damaged or no store: %s; 'crier store rebuild' saves what can be read"),
            store->path, why);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY, _("'%s' is in use by another program"),
                    store->path);
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
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
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
store_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    if (!text || text_is_clean(text, strlen(text)))
        sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_text(statement, index, text_clean(text, -1), -1, g_free);
}

void
store_bind_query(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

void
store_bind_numbers(sqlite3_stmt *s, int index, const GArray *numbers)
{
    g_autoptr(GString) text = g_string_new("[");
    for (guint i = 0; i < numbers->len; i++)
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i ? "," : "",
                               g_array_index(numbers, int64_t, i));
    g_string_append_c(text, ']');
    store_bind_query(s, index, text->str);
}

char *
store_column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (!text)
        return NULL;
    gsize length = (gsize)sqlite3_column_bytes(statement, column);
    return text_is_clean(text, length) ? g_strdup(text) : text_clean(text, (gssize)length);
}

void
store_close(struct store *store)
{
    g_hash_table_unref(store->statements);
    g_free(store->tally_key);
    if (store->names)
        g_hash_table_unref(store->names);
    g_free(store->names_version);
    g_array_unref(store->touched);
    g_free(store->read_languages);
    if (store->words)
        store->free_words(store->words);
    if (store->set)
        store->free_set(store->set);
    if (store->db)
        sqlite3_close_v2(store->db);
    if (store->wishes >= 0)
        close(store->wishes);
    g_free(store->path);
    g_free(store->own_path);
    g_free(store);
}

/* Another program of a newer crier may have changed what this one would write into. */
static bool
is_of_its_schema(struct store *store, GError **error)
{
    if (!store->schema)
        return true;
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "PRAGMA user_version", error);
    if (!s || store_step(store, s, error) != SQLITE_ROW)
        return false;
    int version = sqlite3_column_int(s, 0);
    if (version == store->schema)
        return true;
    store_fail_version(store, version, store->schema, error);
    return false;
}

void
store_fail_version(const struct store *store, int version, int known, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_VERSION,
                _("'%s' was written by a newer crier (schema %d, this one knows %d)"), store->path,
                version, known);
}

bool
store_begin(struct store *store, GError **error)
{
    if (!store_exec(store, "BEGIN IMMEDIATE", error))
        return false;
    if (is_of_its_schema(store, error))
        return true;
    store_rollback(store);
    return false;
}

bool
store_commit(struct store *store, GError **error)
{
    if (store_exec(store, "COMMIT", error)) {
        store->changed = true;
        return true;
    }
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

static int64_t
version_by(struct store *store, const char *sql)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, NULL);
    return s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

int64_t
store_version(struct store *store)
{
    int64_t version = version_by(store, "PRAGMA data_version");
    return store->own ? version + version_by(store, "PRAGMA own.data_version") : version;
}

bool
store_is_being_written(struct store *store)
{
    int timeout = store_set_timeout(store, 0);
    bool alone = sqlite3_exec(store->db, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL) !=
                 SQLITE_BUSY;
    store_set_timeout(store, timeout);
    return !alone;
}

bool
store_set_meta(struct store *store, const char *key, const char *value, GError **error)
{
    sqlite3_stmt *s = store_prepare(store,
                                    value ? "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)"
                                          : "DELETE FROM meta WHERE key = ?1",
                                    error);
    if (!s)
        return false;
    store_bind_text(s, 1, key);
    if (value)
        store_bind_text(s, 2, value);
    return store_run(store, s, error);
}

char *
store_get_meta(struct store *store, const char *key)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT value FROM meta WHERE key = ?1", NULL);
    if (!s)
        return NULL;
    store_bind_text(s, 1, key);
    return sqlite3_step(s) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
}

const char *
store_path(const struct store *store)
{
    return store->path;
}

bool
store_is_read_only(const struct store *store)
{
    return store->read_only;
}

bool
store_is_full(const struct store *store)
{
    return store->full;
}

bool
store_takes_marks(const struct store *store)
{
    return store->own || !store->read_only;
}

const char *
store_marks_path(const struct store *store)
{
    return store->own ? store->own_path : store->path;
}

bool
store_is_immutable(const struct store *store)
{
    return store->immutable;
}
