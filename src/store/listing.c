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

/*
 * A SELECT by date, in one direction and from a row on if there is one, with the way that leads
 * there; *sources holds what its condition borrows.  NULL and *way: there is nothing to select.
 */
static sqlite3_stmt *
prepare_dated(struct store *store, const struct listing *l, bool newest_first,
              const struct article_row *from, int64_t wanted, GArray **sources,
              enum listing_way *way, GError **error)
{
    struct listing own = *l;
    *way = listing_way(store, l, wanted);
    *sources = NULL;
    if (*way == WAY_NONE)
        return NULL;
    if (*way == WAY_SOURCES && !l->sources &&
        !(own.sources = *sources = listing_scope(store, l, error)))
        return NULL;
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick");
    g_string_append(sql, listing_tables(*way));
    listing_condition(sql, &own);
    const char *sort = *way == WAY_UNREAD ? "u.sort" : "a.sort",
               *id = *way == WAY_UNREAD ? "u.article" : "a.id", *down = newest_first ? " DESC" : "";
    if (from)
        g_string_append_printf(sql, " AND (%s, %s) %s (?996, ?997)", sort, id,
                               newest_first ? "<" : ">");
    g_string_append_printf(sql, " ORDER BY %s%s, %s%s LIMIT ?998 OFFSET ?999", sort, down, id,
                           down);
    /* what else a row shows is looked up for those alone */
    g_string_append_printf(
        sql,
        ") p CROSS JOIN articles a ON a.id = p.pick JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id"
        " ORDER BY a.sort%s, a.id%s",
        down, down);
    sqlite3_stmt *s = listing_statement(store, sql, &own, error);
    if (s && from) {
        sqlite3_bind_int64(s, 996, from->order);
        sqlite3_bind_int64(s, 997, from->id);
    }
    return s;
}

static GPtrArray *
read_dated(struct store *store, const struct listing *l, bool newest_first,
           const struct article_row *from, int64_t offset, int64_t limit, GError **error)
{
    enum listing_way way;
    g_autoptr(GArray) sources = NULL;
    sqlite3_stmt *s = prepare_dated(store, l, newest_first, from, limit < 0 ? -1 : offset + limit,
                                    &sources, &way, error);
    if (!s)
        return way == WAY_NONE ? g_ptr_array_new_with_free_func(listing_free_item) : NULL;
    sqlite3_bind_int64(s, 998, limit);
    sqlite3_bind_int64(s, 999, offset);
    return listing_read(store, s, error);
}

static GPtrArray *
from_newest(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
            GError **error)
{
    return read_dated(store, l, true, NULL, offset, limit, error);
}

static GPtrArray *
from_oldest(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
            GError **error)
{
    return read_dated(store, l, false, NULL, offset, limit, error);
}

/* By the order of titles, or by SQLite's own choice and sorted then. */
static GPtrArray *
read_sorted(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
            GError **error)
{
    enum listing_way way = l->sort == LISTING_TITLE
                               ? listing_way_by_title(store, l, limit < 0 ? -1 : offset + limit)
                               : WAY_ANY;
    if (way == WAY_NONE)
        return g_ptr_array_new_with_free_func(listing_free_item);
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick");
    g_string_append(sql, listing_tables(way));
    listing_condition(sql, l);
    if (way == WAY_TITLES)
        g_string_append(sql, " ORDER BY t.key, crier_fold(a.title), a.id DESC");
    else
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
listing_rows(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
             GError **error)
{
    if (listing_is_of_words(store, l))
        return listing_words_rows(store, l, offset, limit, error);
    if (listing_is_in_pieces(l))
        return listing_rows_in_pieces(store, l, offset, limit, error);
    if (l->sort != LISTING_DATE)
        return read_sorted(store, l, offset, limit, error);
    if (l->unread_only && listing_keeps(l))
        return listing_rows_with_kept(store, l, from_newest, true, offset, limit, error);
    return from_newest(store, l, offset, limit, error);
}

GPtrArray *
listing_rows_beside(struct store *store, const struct listing *l, const struct article_row *row,
                    bool before, int64_t limit, GError **error)
{
    if (listing_is_of_words(store, l))
        return listing_words_beside(store, l, row, before, limit, error);
    GPtrArray *rows;
    if (l->unread_only && listing_keeps(l)) {
        struct listing parts[2];
        listing_part(l, &parts[0], &parts[1]);
        GPtrArray *read[2] = {NULL, NULL};
        for (int i = 0; i < 2; i++)
            read[i] = read_dated(store, &parts[i], !before, row, 0, limit, error);
        rows = listing_merge(read[0], read[1], !before, limit);
    } else {
        rows = read_dated(store, l, !before, row, 0, limit, error);
    }
    if (rows && before)
        reverse(rows);
    return rows;
}

GPtrArray *
listing_rows_last(struct store *store, const struct listing *l, int64_t skip, int64_t limit,
                  GError **error)
{
    GPtrArray *rows = l->unread_only && listing_keeps(l)
                          ? listing_rows_with_kept(store, l, from_oldest, false, skip, limit, error)
                          : from_oldest(store, l, skip, limit, error);
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
