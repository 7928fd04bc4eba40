/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be read of a damaged store, in a new one.  Each table is read from its beginning to
 * the damage and from its end back to it; what lies in between is lost, and said to be.
 */
#include "config.h"

#include "store/maintenance.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/place.h"
#include "store/search.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PATIENCE 2000 /* ms */

void
recovery_clear(struct recovery *recovery)
{
    g_clear_pointer(&recovery->kept, g_ptr_array_unref);
    g_clear_pointer(&recovery->lost, g_ptr_array_unref);
    g_clear_pointer(&recovery->damaged, g_free);
}

/*
 * The columns of a table that both stores have, comma-separated; NULL if the damaged one has no
 * such table, as one of an earlier schema, or *damaged: if that cannot be told.
 */
static char *
common_columns(sqlite3 *from, struct store *to, const char *table, bool *damaged)
{
    g_autoptr(GHashTable) there = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *sql = g_strdup_printf("SELECT name FROM pragma_table_info('%s')", table);
    GString *columns = g_string_new(NULL);
    sqlite3 *const both[] = {from, to->db};
    *damaged = false;
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *s = NULL;
        int code = sqlite3_prepare_v2(both[i], sql, -1, &s, NULL);
        while (code == SQLITE_OK || code == SQLITE_ROW) {
            if ((code = sqlite3_step(s)) != SQLITE_ROW)
                break;
            const char *name = (const char *)sqlite3_column_text(s, 0);
            if (i == 0)
                g_hash_table_add(there, g_strdup(name));
            else if (g_hash_table_contains(there, name))
                g_string_append_printf(columns, "%s%s", columns->len ? ", " : "", name);
        }
        *damaged |= code != SQLITE_DONE;
        sqlite3_finalize(s);
    }
    bool some = columns->len > 0;
    char *text = g_string_free(columns, !some);
    return some ? text : NULL;
}

enum copied { COPIED_ALL, COPIED_TO_DAMAGE, COPIED_BADLY };

/*
 * Copies rows in one direction until the end or the damage; COPIED_BADLY and error when the new
 * store does not take them.
 */
static enum copied
copy_rows(sqlite3 *from, struct store *to, const char *table, const char *columns,
          const char *order, int64_t *count, GError **error)
{
    g_autofree char *select =
        g_strdup_printf("SELECT %s FROM %s ORDER BY %s", columns, table, order);
    g_auto(GStrv) names = g_strsplit(columns, ", ", -1);
    g_autoptr(GString) insert = g_string_new(NULL);
    g_string_printf(insert, "INSERT OR IGNORE INTO %s(%s) VALUES(", table, columns);
    for (guint i = 0; i < g_strv_length(names); i++)
        g_string_append(insert, i ? ", ?" : "?");
    g_string_append_c(insert, ')');
    sqlite3_stmt *in = NULL, *out = NULL;
    int taken = sqlite3_prepare_v2(to->db, insert->str, -1, &out, NULL);
    int code = taken == SQLITE_OK ? sqlite3_prepare_v2(from, select, -1, &in, NULL) : SQLITE_OK;
    while (taken == SQLITE_OK && in && (code = sqlite3_step(in)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(in); i++)
            sqlite3_bind_value(out, i + 1, sqlite3_column_value(in, i));
        taken = sqlite3_step(out);
        if (taken == SQLITE_DONE)
            *count += sqlite3_changes(to->db);
        /* a row that breaks a rule of its table is part of the damage */
        if (taken == SQLITE_DONE || (taken & 0xff) == SQLITE_CONSTRAINT ||
            (taken & 0xff) == SQLITE_MISMATCH || (taken & 0xff) == SQLITE_TOOBIG)
            taken = SQLITE_OK;
        if (taken != SQLITE_OK)
            store_fail(to, error);
        sqlite3_reset(out);
    }
    if (taken != SQLITE_OK && !out)
        store_fail(to, error);
    sqlite3_finalize(in);
    sqlite3_finalize(out);
    return taken != SQLITE_OK ? COPIED_BADLY : code == SQLITE_DONE ? COPIED_ALL : COPIED_TO_DAMAGE;
}

/*
 * The tables, and by what they are stored: no other order reads them in spite of a damaged index.
 */
static const struct {
    const char *name, *forth, *back;
} tables[] = {
    {"meta", "key", "key DESC"},
    {"sources", "id", "id DESC"},
    {"articles", "id", "id DESC"},
    {"marks", "article", "article DESC"},
    {"tags", "article, tag", "article DESC, tag DESC"},
    {"places", "article", "article DESC"},
    {"documents", "rowid", "rowid DESC"},
    {"pages", "article", "article DESC"},
    {"attachments", "article, position", "article DESC, position DESC"},
    {"files", "id", "id DESC"},
    {"pictures", "rowid", "rowid DESC"},
    {"editions", "article, language", "article DESC, language DESC"},
    {"responses", "source", "source DESC"},
    {"purged", "source, key", "source DESC, key DESC"},
    {"changes", "id", "id DESC"},
    {"arrivals", "article", "article DESC"},
    {"rechecks", "article", "article DESC"},
    {"cursors", "name", "name DESC"},
    {"early_marks", "source, id, identity", "source DESC, id DESC, identity DESC"},
    {"sync_log", "id", "id DESC"},
    {"sync_items", "item", "item DESC"},
    {"sync_feeds", "stream", "stream DESC"},
};

static bool
copy_table(sqlite3 *from, struct store *to, size_t i, struct recovery *recovery, GError **error)
{
    const char *name = tables[i].name;
    bool damaged;
    g_autofree char *columns = common_columns(from, to, name, &damaged);
    int64_t count = 0, before = 0;
    if (columns && !damaged) {
        enum copied copied = copy_rows(from, to, name, columns, tables[i].forth, &count, error);
        before = count;
        damaged = copied == COPIED_TO_DAMAGE;
        if (copied == COPIED_BADLY || (damaged && copy_rows(from, to, name, columns, tables[i].back,
                                                            &count, error) == COPIED_BADLY))
            return false;
    }
    if (damaged)
        g_ptr_array_add(
            recovery->lost,
            g_strdup_printf(_("%s: damaged after row %ld; %ld rows from behind the damage"), name,
                            (long)before, (long)(count - before)));
    g_ptr_array_add(recovery->kept, g_strdup_printf("%s: %" G_GINT64_FORMAT, name, count));
    return true;
}

static bool
copy_tables(sqlite3 *from, struct store *to, struct recovery *recovery, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!copy_table(from, to, i, recovery, error))
            return false;
    return true;
}

/* What belongs to something that is lost cannot stay; what is packed and damaged neither. */
static bool
drop_orphans(struct store *store, GError **error)
{
    return store_exec(
        store,
        "DELETE FROM documents WHERE crier_plain(data) IS NULL;"
        "UPDATE pages SET data = NULL, etag = NULL, last_modified = NULL WHERE data IS NOT NULL AND NOT crier_intact(data);"
        "DELETE FROM responses WHERE source NOT IN (SELECT id FROM sources) OR NOT crier_intact(data);"
        /* a source that is lost: its articles stay under one that says so */
        "INSERT OR IGNORE INTO sources(id, url, active) SELECT DISTINCT source, 'lost:' || source, 0 FROM articles"
        " WHERE source NOT IN (SELECT id FROM sources);"
        "DELETE FROM marks WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM tags WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM places WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM changes WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM arrivals WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM rechecks WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM sync_log WHERE article NOT IN (SELECT id FROM articles);"
        "UPDATE sync_items SET article = NULL WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM agenda WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM citations WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM documents WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM pages WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM attachments WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM pictures WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM editions WHERE article NOT IN (SELECT id FROM articles);"
        "DELETE FROM files WHERE url NOT IN (SELECT url FROM attachments);"
        "UPDATE files SET data = NULL, text = NULL, size = NULL, sha256 = NULL, etag = NULL, last_modified = NULL"
        " WHERE data IS NOT NULL AND (sha256 IS NOT crier_digest(data) OR (text IS NOT NULL AND crier_plain(text) IS NULL));"
        /* validators of what is not there any more would keep it away */
        "UPDATE sources SET etag = NULL, last_modified = NULL;",
        error);
}

static bool
fill(sqlite3 *from, const char *path, struct recovery *recovery, GError **error)
{
    AUTO(store_close) struct store *to = store_open(path, STORE_WRITE, 0, error);
    if (!to || !store_exec(to, "PRAGMA foreign_keys=OFF", error) || !store_begin(to, error))
        return false;
    return copy_tables(from, to, recovery, error) && drop_orphans(to, error) &&
           store_commit(to, error) && maintenance_rebuild(to, error) &&
           store_exec(to, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

/*
 * Opened for reading alone, so that no log is played into the file; NULL if it is not sound, or if
 * that cannot be told.  *damaged: it was read, and is not sound.
 */
static sqlite3 *
open_sound(const char *path, bool with_log, bool *damaged)
{
    g_autofree char *escaped = g_uri_escape_string(path, "/", true),
                    *uri = g_strdup_printf("file:%s%s", escaped, with_log ? "" : "?immutable=1");
    sqlite3 *db = NULL;
    sqlite3_stmt *check = NULL;
    bool fine = store_connect(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI) == SQLITE_OK &&
                sqlite3_busy_timeout(db, PATIENCE) == SQLITE_OK &&
                search_register(db) == SQLITE_OK &&
                sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &check, NULL) == SQLITE_OK &&
                sqlite3_step(check) == SQLITE_ROW;
    int code = sqlite3_errcode(db) & 0xff;
    bool sound = fine && !g_strcmp0((const char *)sqlite3_column_text(check, 0), "ok");
    *damaged = fine ? !sound : code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    sqlite3_finalize(check);
    if (sound)
        return db;
    sqlite3_close_v2(db);
    return NULL;
}

bool
recover_log_is_foreign(const char *path)
{
    g_autofree char *log = place_beside(path, "-wal");
    GStatBuf found;
    if (g_stat(log, &found) < 0 || !found.st_size)
        return false;
    /* a file that is in use, or may not be opened, says nothing of its log */
    bool damaged;
    sqlite3 *with = open_sound(path, true, &damaged),
            *without = !with && damaged ? open_sound(path, false, &damaged) : NULL;
    bool foreign = without != NULL;
    sqlite3_close_v2(with);
    sqlite3_close_v2(without);
    return foreign;
}

/*
 * Whether it can be told what tables there are.  No row is asked for: the first may lie in the page
 * that is damaged, and an index in which SQLite would look for one may be what is.
 */
static bool
has_articles(sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    bool found = sqlite3_prepare_v2(db, "SELECT id FROM articles", -1, &s, NULL) == SQLITE_OK;
    sqlite3_finalize(s);
    return found;
}

bool
recover_store(const char *name, int64_t now, struct recovery *recovery, GError **error)
{
    *recovery = (struct recovery){g_ptr_array_new_with_free_func(g_free),
                                  g_ptr_array_new_with_free_func(g_free), NULL};
    g_autofree char *target = file_target(name);
    const char *path = target ? target : name; /* links keep leading to the store */
    g_autofree char *fresh = g_strconcat(path, ".rebuilt", NULL);
    place_remove(fresh); /* of one that was interrupted */
    bool damaged;
    sqlite3 *from = recover_log_is_foreign(path) ? open_sound(path, false, &damaged) : NULL;
    if (from)
        g_ptr_array_add(
            recovery->lost,
            g_strdup_printf(_("the log '%s-wal' belongs to another file, and was not read"), path));
    bool fine = (from || (store_connect(path, &from, SQLITE_OPEN_READWRITE) == SQLITE_OK &&
                          search_register(from) == SQLITE_OK)) &&
                has_articles(from);
    if (!fine)
        g_set_error(
            error, STORE_ERROR, STORE_ERROR_CORRUPT,
            _("nothing can be read of '%s' (%s): bring a copy back ('crier store restore'), or move it away and fetch anew"),
            path, sqlite3_errmsg(from));
    fine = fine && fill(from, fresh, recovery, error);
    sqlite3_close_v2(from);
    recovery->damaged = place_former(path, "damaged", now);
    bool kept;
    fine = fine && place_swap(path, fresh, recovery->damaged, &kept, error);
    if (!fine)
        place_remove(fresh);
    return fine;
}
