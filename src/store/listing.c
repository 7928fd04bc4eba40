/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows over a listing. */
#include "config.h"

#include "store/listing-sql.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/listing-words.h"

static void
reverse(GPtrArray *rows)
{
    for (guint i = 0, j = rows->len; j > i + 1; i++) {
        gpointer other = rows->pdata[i];
        rows->pdata[i] = rows->pdata[--j];
        rows->pdata[j] = other;
    }
}

/* --- windows ------------------------------------------------------------------------------ */

/* The numbers are picked first: what else a row shows is looked up for those alone. */
GPtrArray *
listing_rows(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
             GError **error)
{
    if (listing_is_of_words(store, l))
        return listing_words_rows(store, l, offset, limit, error);
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick" ROW_TABLES);
    listing_condition(sql, l);
    listing_order(sql, l);
    g_string_append_printf(sql, " LIMIT ?%d OFFSET ?%d", 998, 999);
    g_string_append(
        sql,
        ") p CROSS JOIN articles a ON a.id = p.pick JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id");
    listing_order(sql, l);
    sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 998, limit);
    sqlite3_bind_int64(s, 999, offset);
    return listing_read(store, s, error);
}

GPtrArray *
listing_rows_beside(struct store *store, const struct listing *l, const struct article_row *row,
                    bool before, int64_t limit, GError **error)
{
    if (listing_is_of_words(store, l))
        return listing_words_beside(store, l, row, before, limit, error);
    GString *sql = g_string_new("SELECT " ROW_COLUMNS ROW_TABLES);
    listing_condition(sql, l);
    g_string_append(
        sql, before
                 ? " AND (a.sort, a.id) > (?996, ?997) ORDER BY a.sort, a.id LIMIT ?998"
                 : " AND (a.sort, a.id) < (?996, ?997) ORDER BY a.sort DESC, a.id DESC LIMIT ?998");
    sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 996, row->order);
    sqlite3_bind_int64(s, 997, row->id);
    sqlite3_bind_int64(s, 998, limit);
    GPtrArray *rows = listing_read(store, s, error);
    if (rows && before)
        reverse(rows);
    return rows;
}

GPtrArray *
listing_rows_last(struct store *store, const struct listing *l, int64_t skip, int64_t limit,
                  GError **error)
{
    GString *sql = g_string_new("SELECT " ROW_COLUMNS ROW_TABLES);
    listing_condition(sql, l);
    g_string_append(sql, " ORDER BY a.sort, a.id LIMIT ?998 OFFSET ?999");
    sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 998, limit);
    sqlite3_bind_int64(s, 999, skip);
    GPtrArray *rows = listing_read(store, s, error);
    if (rows)
        reverse(rows);
    return rows;
}

struct article_row *
listing_article(struct store *store, int64_t id, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT " ROW_COLUMNS ROW_TABLES "WHERE a.id = ?1", error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, id);
    int code = store_step(store, s, error);
    if (code == SQLITE_ROW)
        return listing_read_row(s);
    if (code == SQLITE_DONE)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no article %ld"),
                    (long)id);
    return NULL;
}
