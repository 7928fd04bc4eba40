/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading it from memory: nobody is locked out, no journal is made beside it, and the process needs
 * no file.
 */
#include "config.h"

#include "store/newsboat-cache.h"
#include "base/i18n.h"
#include "store/db.h"

#include <string.h>

#define HEADER       100 /* bytes of the header of a database */
#define MAX_TEXT     8192
#define FORMATS      18 /* where the header says whether there is a log beside it: 2, else 1 */
#define HEADER_BEGIN "SQLite format 3"

/* A value as clean text, or NULL. */
static char *
text_at(sqlite3_stmt *s, int column)
{
    char *text = sqlite3_column_bytes(s, column) <= MAX_TEXT ? store_column_text(s, column) : NULL;
    if (text && !*text)
        g_clear_pointer(&text, g_free);
    return text;
}

static void
take_row(sqlite3_stmt *s, void (*take)(const struct newsboat_item *item, gpointer data),
         gpointer data)
{
    g_autofree char *guid = text_at(s, 0), *link = text_at(s, 1), *feed = text_at(s, 2),
                    *title = text_at(s, 3);
    const struct newsboat_item item = {
        guid, link, feed, title, sqlite3_column_int(s, 4) != 0, sqlite3_column_int(s, 5) != 0};
    take(&item, data);
}

bool
newsboat_cache_read(void *bytes, gsize length,
                    void (*take)(const struct newsboat_item *item, gpointer data), gpointer data,
                    GError **error)
{
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    guint8 *header = bytes;
    if (length < HEADER || memcmp(header, HEADER_BEGIN, sizeof HEADER_BEGIN)) {
        g_free(bytes);
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_FOREIGN,
                            _("it is not a cache of newsboat"));
        return false;
    }
    header[FORMATS] = header[FORMATS + 1] = 1; /* a log, if there is one, is not here */
    int code = store_connect(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_deserialize(db, "main", bytes, (sqlite3_int64)length, (sqlite3_int64)length,
                                   SQLITE_DESERIALIZE_READONLY);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(
            db,
            "SELECT guid, url, feedurl, title, unread = 0, length(coalesce(flags, '')) > 0 FROM rss_item"
            " WHERE unread = 0 OR length(coalesce(flags, '')) > 0",
            -1, &s, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(s);
        if (code == SQLITE_ROW)
            take_row(s, take, data);
    }
    if (code != SQLITE_DONE)
        g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN, _("it is not a cache of newsboat: %s"),
                    sqlite3_errmsg(db));
    sqlite3_finalize(s);
    sqlite3_close(db);
    g_free(bytes);
    return code == SQLITE_DONE;
}
