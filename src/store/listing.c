/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listings, by whoever knows how: words, lists by date and in pieces, and what is sorted. */
#include "config.h"

#include "store/listing-sql.h"
#include "base/i18n.h"
#include "store/db.h"

#define STEPS_A_ROW 10 /* in a small part of the time in which a row is read and skipped */

bool
listing_is_in_order(const struct listing *l)
{
    return l->sort == LISTING_DATE || l->sort == LISTING_TITLE;
}

bool
listing_is_in_windows(const struct listing *l)
{
    return listing_is_in_order(l) || listing_is_in_pieces(l);
}

static GPtrArray *
read_sorted(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
            GError **error)
{
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
listing_rows(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
             GError **error)
{
    if (listing_is_of_words(store, l))
        return listing_words_rows(store, l, offset, limit, error);
    if (listing_is_in_pieces(l))
        return listing_rows_in_pieces(store, l, offset, limit, error);
    return listing_is_in_order(l) ? listing_dated_rows(store, l, offset, limit, error)
                                  : read_sorted(store, l, offset, limit, error);
}

GPtrArray *
listing_rows_beside(struct store *store, const struct listing *l, const struct article_row *row,
                    bool before, int64_t limit, GError **error)
{
    if (listing_is_of_words(store, l))
        return listing_words_beside(store, l, row, before, limit, error);
    return listing_is_in_pieces(l) ? listing_beside_in_pieces(store, l, row, before, limit, error)
                                   : listing_dated_beside(store, l, row, before, limit, error);
}

GPtrArray *
listing_rows_last(struct store *store, const struct listing *l, int64_t skip, int64_t limit,
                  GError **error)
{
    return listing_is_in_pieces(l) ? listing_last_in_pieces(store, l, skip, limit, error)
                                   : listing_dated_last(store, l, skip, limit, error);
}

int64_t
listing_count_to(struct store *store, const struct listing *l, int64_t limit, bool *more,
                 GError **error)
{
    *more = false;
    if (listing_is_of_words(store, l))
        return listing_words_count(store, l, limit, more, error);
    int64_t count = listing_dated_count(store, l, limit, error);
    *more = !listing_is_counted(l) && count >= limit;
    return count;
}

int64_t
listing_count(struct store *store, const struct listing *l, GError **error)
{
    bool more;
    return listing_count_to(store, l, G_MAXINT64, &more, error);
}

int64_t
listing_position(struct store *store, const struct listing *l, int64_t article)
{
    if (l->sort == LISTING_RELEVANCE)
        return -1; /* its order has values of its own, which would stand before the condition's */
    if (listing_is_in_pieces(l))
        return listing_position_in_pieces(store, l, article);
    return listing_is_in_order(l) ? listing_dated_position(store, l, article)
                                  : listing_sorted_position(store, l, article);
}

int64_t
listing_position_soon(struct store *store, const struct listing *l, int64_t article,
                      int64_t instead)
{
    /* articles are read for a query, and groups for what is folded */
    int64_t least = l->query || listing_folds(store, l) ? SOME_STEPS : COUNT_STEPS;
    int thousands = (int)CLAMP(instead * STEPS_A_ROW / 1000, least, G_MAXINT);
    int *before = listing_begin_steps(store, &thousands);
    int64_t place = listing_position(store, l, article);
    listing_end_steps(store, before);
    return thousands < 0 ? -1 : place;
}

int64_t
listing_position_from(struct store *store, const struct listing *l, int64_t article,
                      const struct article_row *row, int64_t place)
{
    if (listing_is_in_pieces(l))
        return listing_position_from_in_pieces(store, l, article, row, place);
    return listing_is_in_order(l) ? listing_dated_position_from(store, l, article, row, place)
                                  : listing_position(store, l, article);
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
        return listing_read_row(store, s);
    if (code == SQLITE_DONE)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no article %ld"),
                    (long)id);
    return NULL;
}
