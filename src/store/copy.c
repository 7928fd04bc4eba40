/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Copies of a store, and a copy in the place of a store.  A database is not its file alone: a log
 * that is left beside another file of its name would be played into that one.
 */
#include "config.h"

#include "base/file.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/maintenance.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE 3000 /* ms that a restore waits for those who have the store open */

/* --- what must not be written over ---------------------------------------------------------- */

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool
refuse(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_REFUSED, text);
    return false;
}

static bool
is_same_file(const char *one, const char *other)
{
    struct stat a, b;
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/*
 * Whether another program holds a lock on a file, as SQLite does on an open store.  Never asked of
 * a file that is open here.
 */
static bool
is_locked(const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (fd >= 0)
        close(fd);
    return locked;
}

static bool
is_fetched_into(const char *file)
{
    g_autofree char *path = place_beside(file, LOCK_SUFFIX);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    if (fd >= 0)
        close(fd);
    return held;
}

/* Whether a name is that of a file beside a database. */
static bool
is_companion(const char *target)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal", LOCK_SUFFIX, CURSORS_SUFFIX};
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        if (!g_str_has_suffix(target, suffixes[i]))
            continue;
        g_autofree char *database = g_strndup(target, strlen(target) - strlen(suffixes[i]));
        if (g_file_test(database, G_FILE_TEST_EXISTS))
            return true;
    }
    return false;
}

static bool
may_replace(const struct store *store, const char *file, const char *target, GError **error)
{
    if (is_same_file(store->path, target))
        return refuse(error, _("'%s' is the store itself"), file);
    if (is_companion(target))
        return refuse(error, _("'%s' belongs to a database"), file);
    for (const char *const *journal = place_journals; *journal; journal++)
        if (place_has_beside(target, *journal))
            return refuse(error, _("'%s' is open, or was not closed: '%s%s' lies beside it"), file,
                          file, *journal);
    if (is_fetched_into(target))
        return refuse(error, _("a fetch is running on '%s'"), file);
    if (is_locked(target))
        return refuse(error, _("'%s' is in use by another program"), file);
    enum place_content content = place_look(target, NULL);
    if (content == PLACE_EMPTY || content == PLACE_STORE)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
                _("'%s' is there and no store: it is left as it is"), file);
    return false;
}

/* --- a copy --------------------------------------------------------------------------------- */

/*
 * The file that a copy is written to before it takes its name; it is locked, so that there is one
 * such.
 */
static int
make_part(const char *part, const char *file, GError **error)
{
    int fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        place_fail_to_write(file, error);
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
        refuse(error, _("another copy to '%s' is being made"), file);
        close(fd);
        return -1;
    }
    if (ftruncate(fd, 0) == 0) /* of a copy that was interrupted */
        return fd;
    place_fail_to_write(file, error);
    close(fd);
    return -1;
}

static bool
fill_part(struct store *store, const char *part, const char *file, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, "VACUUM INTO ?1", error);
    if (s) {
        store_bind_text(s, 1, part);
        if (store_run(store, s, error))
            return true;
    }
    g_prefix_error(error, _("cannot copy to '%s': "), file);
    return false;
}

/* Dressed as what it replaces, on the disk, and then there under its name. */
static bool
put_in_place(int fd, const char *part, const char *target)
{
    g_autofree char *folder = g_path_get_dirname(target);
    return file_take_after(fd, target, 0600) && fsync(fd) == 0 && g_rename(part, target) == 0 &&
           file_sync_folder(folder);
}

bool
maintenance_backup(struct store *store, const char *file, GError **error)
{
    g_autofree char *target = file_target(file);
    if (!target)
        return place_fail_to_write(file, error);
    if (!may_replace(store, file, target, error))
        return false;
    g_autofree char *part = g_strconcat(target, ".part", NULL);
    int fd = make_part(part, file, error);
    if (fd < 0)
        return false;
    bool fine = fill_part(store, part, file, error);
    if (fine && !put_in_place(fd, part, target))
        fine = place_fail_to_write(file, error);
    if (!fine)
        g_unlink(part);
    close(fd);
    return fine;
}

/* --- a copy in the place of the store: made ready -------------------------------------------- */

void
restore_clear(struct restore *restore)
{
    g_clear_pointer(&restore->faults, g_ptr_array_unref);
    g_clear_pointer(&restore->former, g_free);
    if (restore->held >= 0)
        close(restore->held);
    restore->held = -1;
}

static bool
is_of_content(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

/*
 * Page by page, so that what is wrong with the one is wrong with the other.  Nothing is made beside
 * `from` unless a log lies there.
 */
static bool
copy_pages(const char *from, const char *to, struct restore *restore, GError **error)
{
    sqlite3 *source = NULL, *target = NULL;
    bool open = place_has_beside(from, "-wal");
    g_autofree char *real = file_target(from),
                    *escaped = g_uri_escape_string(real ? real : from, "/", FALSE);
    g_autofree char *uri = g_strconcat("file:", escaped, open ? "?mode=ro" : "?immutable=1", NULL);
    int code = store_connect(uri, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    sqlite3_busy_timeout(source, PATIENCE);
    const char *why = sqlite3_errmsg(source);
    if (code == SQLITE_OK) {
        code = store_connect(to, &target, SQLITE_OPEN_READWRITE);
        sqlite3_backup *copy =
            code == SQLITE_OK ? sqlite3_backup_init(target, "main", source, "main") : NULL;
        if (copy) {
            sqlite3_backup_step(copy, -1);
            code = sqlite3_backup_finish(copy);
        } else if (code == SQLITE_OK) {
            code = sqlite3_errcode(target);
        }
        why = sqlite3_errmsg(target);
    }
    if (is_of_content(code))
        g_ptr_array_add(restore->faults, g_strdup_printf("%s: %s", from, why));
    else if (code != SQLITE_OK)
        g_set_error(error, STORE_ERROR,
                    (code & 0xff) == SQLITE_FULL ? STORE_ERROR_FULL : STORE_ERROR_FAILED,
                    _("cannot copy '%s': %s"), from, why);
    sqlite3_close(target);
    sqlite3_close(source);
    return code == SQLITE_OK;
}

/* Brings the copy to this version's schema and looks through all of it. */
static bool
check_copy(const char *file, struct restore *restore, GError **error)
{
    g_autoptr(GError) why = NULL;
    AUTO(store_close) struct store *store = store_open(file, STORE_WRITE, PATIENCE, &why);
    g_autoptr(GPtrArray) faults = store ? maintenance_check(store, &why) : NULL;
    if (faults) {
        g_ptr_array_extend_and_steal(restore->faults, g_steal_pointer(&faults));
        return restore->faults->len == 0 &&
               store_exec(store, "PRAGMA wal_checkpoint(TRUNCATE)", error);
    }
    if (g_error_matches(why, STORE_ERROR, STORE_ERROR_CORRUPT) ||
        g_error_matches(why, STORE_ERROR, STORE_ERROR_FOREIGN))
        g_ptr_array_add(restore->faults, g_strdup(why->message));
    else
        g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

char *
maintenance_prepare_restore(const char *path, const char *file, struct restore *restore,
                            GError **error)
{
    *restore = (struct restore){g_ptr_array_new_with_free_func(g_free), NULL, -1};
    if (!g_file_test(file, G_FILE_TEST_EXISTS)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no file '%s'"), file);
        return NULL;
    }
    if (is_same_file(path, file)) {
        refuse(error, _("'%s' is the store itself"), file);
        return NULL;
    }
    g_autoptr(GError) why = NULL;
    enum place_content content = place_look(file, &why);
    if (content != PLACE_STORE) {
        /* what is advised of a store that cannot be read is this */
        g_ptr_array_add(restore->faults,
                        content == PLACE_RUIN
                            ? g_strdup_printf(_("'%s' is no copy of a store"), file)
                        : why ? g_strdup(why->message)
                              : g_strdup_printf(_("'%s' is empty"), file));
        return NULL;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0700) < 0) {
        place_fail_to_write(folder, error);
        return NULL;
    }
    g_autofree char *ready = place_beside(path, ".restore-part");
    restore->held = make_part(ready, path, error);
    if (restore->held < 0)
        return NULL;
    place_remove_journals(ready); /* of one that was interrupted */
    if (copy_pages(file, ready, restore, error) && check_copy(ready, restore, error))
        return g_steal_pointer(&ready);
    place_remove(ready);
    return NULL;
}

/* --- and put there -------------------------------------------------------------------------- */

static bool
refuse_busy(const char *path, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY, _("'%s' is in use by another program"), path);
    return false;
}

/* Whether the answer is "delete"; what went wrong if it is none. */
static bool
is_in_mode(sqlite3 *db, const char *pragma, int *code)
{
    sqlite3_stmt *s = NULL;
    *code = sqlite3_prepare_v2(db, pragma, -1, &s, NULL);
    if (*code == SQLITE_OK)
        *code = sqlite3_step(s);
    bool is = *code == SQLITE_ROW && !g_strcmp0((const char *)sqlite3_column_text(s, 0), "delete");
    sqlite3_finalize(s);
    return is;
}

/*
 * Makes the store a single file that nobody else has open and nobody can open until *db is closed.
 * A damaged one that cannot be made so leaves *db NULL.
 */
static bool
hold_alone(const char *path, sqlite3 **db, GError **error)
{
    enum place_content content = place_look(path, error);
    if (content == PLACE_FOREIGN)
        return false;
    g_clear_error(error);
    *db = NULL;
    if (content != PLACE_STORE)
        return !is_locked(path) || refuse_busy(path, error);
    int code = store_connect(path, db, SQLITE_OPEN_READWRITE);
    sqlite3_busy_timeout(*db, PATIENCE);
    /*
     * without a log there is one file; asked once more, for who came between the two has made a log
     * again
     */
    if (code == SQLITE_OK && is_in_mode(*db, "PRAGMA journal_mode=DELETE", &code) &&
        (code = sqlite3_exec(*db, "BEGIN EXCLUSIVE", NULL, NULL, NULL)) == SQLITE_OK &&
        is_in_mode(*db, "PRAGMA journal_mode", &code))
        return true;
    g_autofree char *why = g_strdup(sqlite3_errmsg(*db));
    sqlite3_close(*db);
    *db = NULL;
    if (is_of_content(code))
        return !is_locked(path) || refuse_busy(path, error);
    if (code == SQLITE_ROW || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return refuse_busy(path, error);
    g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, _("'%s' cannot be written: %s"), path, why);
    return false;
}

bool
maintenance_restore(const char *path, const char *ready, int64_t now, struct restore *restore,
                    GError **error)
{
    g_autofree char *target = file_target(path);
    if (!target)
        return place_fail_to_write(path, error);
    sqlite3 *held = NULL;
    if (!hold_alone(target, &held, error))
        return false;
    g_autofree char *former = place_former(target, "before", now);
    bool kept, fine = place_swap(target, ready, former, &kept, error);
    if (fine && kept)
        restore->former = g_steal_pointer(&former);
    sqlite3_close(held);
    return fine;
}
