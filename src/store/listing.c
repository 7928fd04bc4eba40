/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows over a listing. */
#include "config.h"

#include "store/listing-sql.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/search.h"

/* --- words alone: the index answers ----------------------------------------------------- */

/*
 * Hits by date.  Few are looked up and sorted; of many, the first are met soon on the way down
 * the dates.  rest: without those in whose title the words stand.
 */
static GPtrArray *
hits_by_date(struct store *store, const struct listing *l, bool rest, int64_t hits, int64_t offset,
             int64_t limit, GError **error)
{
    bool walk = limit >= 0 && (double)(offset + limit) * (double)listing_of_all(store) <
                                  4.0 * (double)hits * (double)hits;
    const struct query *q = l->query;
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick FROM articles a");
    g_string_append(sql, walk ? " INDEXED BY articles_by_date WHERE +a.id" : " WHERE a.id");
    g_string_append(sql, " IN (SELECT rowid FROM search WHERE search MATCH ?1)");
    if (!q->exact)
        g_string_append(sql, rest ? " AND crier_matches(a.title, " TEXT_OF ", ?5)"
                                  : " AND crier_matches(a.title, NULL, ?5)");
    if (rest && q->exact)
        g_string_append(sql, " AND +a.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?2)");
    else if (rest)
        g_string_append(sql, " AND NOT crier_matches(a.title, NULL, ?2)");
    g_string_append(
        sql,
        " AND NOT EXISTS (SELECT 1 FROM marks d WHERE d.article = a.id AND d.deleted = 1)"
        " ORDER BY a.sort DESC, a.id DESC LIMIT ?3 OFFSET ?4) p CROSS JOIN articles a ON a.id = p.pick"
        " JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id ORDER BY a.sort DESC, a.id DESC");
    sqlite3_stmt *s = store_prepare(store, sql->str, error);
    g_string_free(sql, TRUE);
    if (!s)
        return NULL;
    store_bind_query(s, 1, rest ? q->match : q->title_match);
    if (rest)
        store_bind_query(s, 2, q->exact ? q->title_match : q->title_patterns);
    sqlite3_bind_int64(s, 3, limit);
    sqlite3_bind_int64(s, 4, offset);
    if (!q->exact)
        store_bind_query(s, 5, rest ? q->patterns : q->title_patterns);
    return listing_read(store, s, error);
}

/* Those with the words in the title, then the rest. */
static GPtrArray *
hits_by_relevance(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
                  GError **error)
{
    int64_t titles = listing_hits(store, l->query, true);
    GPtrArray *rows = offset < titles ? hits_by_date(store, l, false, titles, offset, limit, error)
                                      : g_ptr_array_new_with_free_func(listing_free_item);
    if (!rows || (limit >= 0 && (int64_t)rows->len >= limit))
        return rows;
    /* what the index finds is enough to tell how to look for them */
    int64_t all = listing_matches(store, l->query->match);
    GPtrArray *rest = hits_by_date(store, l, true, MAX(all - titles, 0), MAX(offset - titles, 0),
                                   limit < 0 ? -1 : limit - rows->len, error);
    if (!rest) {
        g_ptr_array_unref(rows);
        return NULL;
    }
    g_ptr_array_extend_and_steal(rows, rest);
    return rows;
}

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
    if (l->sort == LISTING_RELEVANCE && listing_is_of_words(store, l))
        return hits_by_relevance(store, l, offset, limit, error);
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
