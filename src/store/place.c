/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in a file is read from its first hundred bytes (https://www.sqlite.org/fileformat2.html),
 * and where these say too little by a connection that cannot write.
 */
#include "config.h"

#include "store/place.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER         100               /* bytes */
#define MAGIC          "SQLite format 3" /* and a NUL */
#define APPLICATION_AT 68
#define PATIENCE       2000 /* ms */
#define OWN_TABLES     5

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

static bool
has_log(const char *path)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
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
        g_strconcat("file:", escaped, has_log(path) ? "?mode=ro" : "?immutable=1", NULL);
    sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
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
    ssize_t got = fd >= 0 ? read(fd, header, sizeof header) : -1;
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
