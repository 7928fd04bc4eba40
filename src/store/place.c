/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in a file is read from its first hundred bytes (https://www.sqlite.org/fileformat2.html),
 * and where these say too little by a connection that cannot write.
 */
#include "config.h"

#include "store/place.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define HEADER         100               /* bytes */
#define MAGIC          "SQLite format 3" /* and a NUL */
#define APPLICATION_AT 68
#define PATIENCE       2000 /* ms */
#define OWN_TABLES     5
#define BESIDE_ROOM    65536 /* bytes: the beginnings of a log and of its index, and more */

char *
place_beside(const char *path, const char *suffix)
{
    g_autofree char *target = file_target(path);
    return g_strconcat(target ? target : path, suffix, NULL);
}

bool
place_has_beside(const char *path, const char *suffix)
{
    g_autofree char *beside = place_beside(path, suffix);
    return g_file_test(beside, G_FILE_TEST_EXISTS);
}

static enum place_content
damaged(const char *path, const char *why, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, _("'%s' is damaged or no store: %s"), path,
                why);
    return PLACE_DAMAGED;
}

static enum place_content
foreign(const char *path, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
                _("'%s' is no store of crier: it is left as it is"), path);
    return PLACE_FOREIGN;
}

static int64_t
number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
        number = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return number;
}

bool
place_has_log(const char *path)
{
    g_autofree char *log = place_beside(path, "-wal");
    struct stat info;
    return stat(log, &info) == 0 && info.st_size > 0;
}

/*
 * A log that was not written back yet is read along; without one, nothing is made beside the file.
 */
static enum place_content
ask_sqlite(const char *path, GError **error)
{
    sqlite3 *db = NULL;
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
    g_autofree char *uri =
        g_strconcat("file:", escaped, place_has_log(path) ? "?mode=ro" : "?immutable=1", NULL);
    store_connect(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX);
    sqlite3_busy_timeout(db, PATIENCE);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int64_t things = number_of(db, "SELECT count(*) FROM sqlite_schema");
    enum place_content content = PLACE_FOREIGN;
    if (things < 0 && (sqlite3_errcode(db) & 0xff) == SQLITE_BUSY) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY, _("'%s' is in use by another program"),
                    path);
    } else if (things < 0) {
        content = damaged(path, sqlite3_errmsg(db), error);
    } else {
        int64_t application = number_of(db, "PRAGMA application_id"),
                version = number_of(db, "PRAGMA user_version");
        int64_t own =
            number_of(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                          " AND name IN ('articles', 'documents', 'marks', 'meta', 'sources')");
        if (application == STORE_APPLICATION ||
            (application == 0 && version > 0 && own == OWN_TABLES))
            content = PLACE_STORE;
        else if (application == 0 && version == 0 && things == 0)
            content = PLACE_EMPTY;
        else
            content = foreign(path, error);
    }
    sqlite3_close(db);
    return content;
}

enum place_content
place_look(const char *path, GError **error)
{
    g_autofree char *target = file_target(path);
    struct stat info;
    if (!target || stat(target, &info) < 0) {
        if (errno == ENOENT)
            return PLACE_EMPTY;
        g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, _("'%s' cannot be read: %s"), path,
                    g_strerror(errno));
        return PLACE_FOREIGN;
    }
    if (!S_ISREG(info.st_mode))
        return foreign(path, error);
    if (info.st_size == 0)
        return PLACE_EMPTY;
    guint8 header[HEADER] = {0};
    int fd = open(target, O_RDONLY | O_CLOEXEC);
    gssize got = fd >= 0 ? file_read_all(fd, header, sizeof header) : -1;
    int why = errno;
    if (fd >= 0)
        close(fd);
    if (got < 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, _("'%s' cannot be read: %s"), path,
                    g_strerror(why));
        return PLACE_FOREIGN;
    }
    if (got < HEADER || memcmp(header, MAGIC, sizeof MAGIC)) {
        damaged(
            path,
            _("nothing can be read of it; bring a copy back ('crier store restore'), or move it away and fetch anew"),
            error);
        return PLACE_RUIN;
    }
    guint32 application;
    memcpy(&application, header + APPLICATION_AT, sizeof application);
    return GUINT32_FROM_BE(application) == STORE_APPLICATION ? PLACE_STORE
                                                             : ask_sqlite(target, error);
}

bool
place_make(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0700) < 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("cannot create '%s': %s"), folder,
                    g_strerror(errno));
        return false;
    }
    g_autofree char *target = file_target(path);
    int fd = target ? open(target, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("cannot create '%s': %s"), path,
                    g_strerror(errno));
        return false;
    }
    close(fd);
    return true;
}

/* --- one file in the place of another -------------------------------------------------------- */

const char *const place_journals[] = {"-wal", "-shm", "-journal", NULL};
#define JOURNALS (G_N_ELEMENTS(place_journals) - 1)

void
place_remove_journals(const char *file)
{
    for (size_t i = 0; i < JOURNALS; i++) {
        g_autofree char *journal = g_strconcat(file, place_journals[i], NULL);
        g_unlink(journal);
    }
}

void
place_remove(const char *file)
{
    g_unlink(file);
    place_remove_journals(file);
}

char *
place_former(const char *target, const char *why, int64_t now)
{
    for (int n = 1;; n++) {
        g_autofree char *number = n > 1 ? g_strdup_printf("-%d", n) : g_strdup("");
        g_autofree char *name =
            g_strdup_printf("%s.%s-%" G_GINT64_FORMAT "%s", target, why, now, number);
        if (!g_file_test(name, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&name);
    }
}

/*
 * A second name for the file, so that it is there under the first until another one is; else it
 * moves.
 */
static bool
keep_former(const char *path, const char *former)
{
    if (link(path, former) == 0 || errno == ENOENT)
        return true;
    return errno != EEXIST && errno != ENOSPC && g_rename(path, former) == 0;
}

/*
 * Journals go first: a log beside the wrong file would be played into it.  How many of them moved;
 * less than all of them and errno when one could not.
 */
static size_t
move_journals(const char *from, const char *to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *old = g_strconcat(from, place_journals[i], NULL),
                        *new = g_strconcat(to, place_journals[i], NULL);
        if (g_rename(old, new) < 0 && errno != ENOENT)
            return i;
    }
    return count;
}

/* As it was before; errno stays. */
static void
put_back(const char *target, const char *former, size_t moved)
{
    int why = errno;
    struct stat there, kept;
    if (stat(target, &there) < 0)
        g_rename(former, target);
    else if (stat(former, &kept) == 0 && kept.st_ino == there.st_ino && kept.st_dev == there.st_dev)
        g_unlink(former);
    move_journals(former, target, moved);
    errno = why;
}

bool
place_swap(const char *target, const char *ready, const char *former, bool *kept, GError **error)
{
    struct stat info;
    *kept = stat(target, &info) == 0 && info.st_size > 0;
    int fd = open(ready, O_RDWR | O_CLOEXEC);
    bool fine = fd >= 0 && file_take_after(fd, target, 0600) && fsync(fd) == 0;
    if (fine) {
        size_t moved = 0;
        fine = (!*kept || keep_former(target, former)) &&
               (moved = move_journals(target, former, JOURNALS)) == JOURNALS &&
               g_rename(ready, target) == 0;
        if (!fine)
            put_back(target, former, moved);
    }
    if (!fine)
        place_fail_to_write(target, error);
    if (fd >= 0)
        close(fd);
    g_autofree char *folder = g_path_get_dirname(target);
    if (fine) {
        file_sync_folder(folder);
        place_remove_journals(ready); /* empty, and of no file any more */
    }
    return fine;
}

bool
place_has_room(const char *path)
{
    struct statvfs disk;
    return statvfs(path, &disk) < 0 ||
           (guint64)disk.f_bavail * (disk.f_frsize ? disk.f_frsize : disk.f_bsize) >= BESIDE_ROOM;
}

bool
place_fail_to_write(const char *file, GError **error)
{
    int why = errno;
    g_set_error(error, STORE_ERROR,
                why == ENOSPC || why == EDQUOT ? STORE_ERROR_FULL : STORE_ERROR_FAILED,
                _("cannot write '%s': %s"), file, g_strerror(why));
    return false;
}

bool
place_is_shared(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && (info.st_mode & 077);
}

void
place_share(const char *path, const char *suffix, bool writers_only)
{
    g_autofree char *beside = place_beside(path, suffix);
    struct stat store, info;
    if (stat(path, &store) < 0 || lstat(beside, &info) < 0 || !S_ISREG(info.st_mode) ||
        info.st_uid != geteuid())
        return;
    mode_t mode = store.st_mode & 0666;
    if (writers_only)
        mode = 0600 | (mode & 020 ? 060 : 0) | (mode & 02 ? 06 : 0);
    /* root leaves it to whose store it is */
    uid_t owner = geteuid() == 0 ? store.st_uid : info.st_uid;
    if ((info.st_gid != store.st_gid || info.st_uid != owner) &&
        chown(beside, owner, store.st_gid) < 0)
        mode &= ~(mode_t)070;
    if ((info.st_mode & 0777) != mode)
        g_chmod(beside, mode);
}
