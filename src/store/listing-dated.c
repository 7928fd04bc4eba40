/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows of lists by date, and all that a list has, by the way that leads there soonest.  A list
 * of what is unread in which some read articles are kept is two lists laid into each other, by date
 * or by title.
 */
#include "config.h"

#include "store/listing-sql.h"
#include "text/fold.h"

#include <string.h>

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
 * A SELECT by date, in one direction and from a row on if there is one, by a way that leads there;
 * its condition may borrow the sources.
 */
static sqlite3_stmt *
prepare_dated(struct store *store, const struct listing *l, enum listing_way way,
              const struct listing_reach *reach, GError **error)
{
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick");
    g_string_append(sql, listing_tables(way));
    listing_condition(sql, l);
    const char *sort = way == WAY_UNREAD  ? "u.sort"
                       : way == WAY_TABLE ? "+a.sort" /* so that no index is met in that order */
                                          : "a.sort",
               *id = way == WAY_UNREAD ? "u.article" : "a.id", *down = reach->forth ? " DESC" : "";
    if (reach->from)
        g_string_append_printf(sql, " AND (%s, %s) %s (?996, ?997)", sort, id,
                               reach->forth ? "<" : ">");
    g_string_append_printf(sql, " ORDER BY %s%s, %s%s LIMIT ?998 OFFSET ?999", sort, down, id,
                           down);
    /* what else a row shows is looked up for those alone */
    g_string_append_printf(
        sql,
        ") p CROSS JOIN articles a ON a.id = p.pick JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id"
        " ORDER BY a.sort%s, a.id%s",
        down, down);
    sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    if (reach->from) {
        sqlite3_bind_int64(s, 996, reach->from->order);
        sqlite3_bind_int64(s, 997, reach->from->id);
    }
    sqlite3_bind_int64(s, 998, reach->limit);
    sqlite3_bind_int64(s, 999, reach->offset);
    return s;
}

/* data: the way. */
static GPtrArray *
read_by_way(struct store *store, const struct listing *l, const struct listing_reach *reach,
            const void *data, GError **error)
{
    const enum listing_way *way = data;
    g_autoptr(GArray) sources = NULL;
    struct listing own = *l;
    if (*way == WAY_NONE)
        return g_ptr_array_new_with_free_func(listing_free_item);
    if (*way == WAY_SOURCES && !l->sources &&
        !(own.sources = sources = listing_scope(store, l, error)))
        return NULL;
    sqlite3_stmt *s = prepare_dated(store, &own, *way, reach, error);
    return s ? listing_read(store, s, error) : NULL;
}

static GPtrArray *
read_down_the_dates(struct store *store, const struct listing *l, const struct listing_reach *reach,
                    const void *data, GError **error)
{
    (void)data;
    static const enum listing_way dates = WAY_DATES;
    struct listing own = *l;
    own.one_by_one = true;
    return read_by_way(store, &own, reach, &dates, error);
}

static GPtrArray *
read_table(struct store *store, const struct listing *l, const struct listing_reach *reach,
           const void *data, GError **error)
{
    (void)data;
    static const enum listing_way table = WAY_TABLE;
    return read_by_way(store, l, reach, &table, error);
}

/* Of few articles, which are sorted. */
static GPtrArray *
read_few(struct store *store, const struct listing *l, const struct listing_reach *reach,
         const GArray *few, GError **error)
{
    static const enum listing_way any = WAY_ANY;
    struct listing own = *l;
    own.among = few;
    own.whole = listing_whole(l);
    return read_by_way(store, &own, reach, &any, error);
}

/*
 * What a query picks from lists of few articles is sorted, unless these are not few: then it is met
 * soon among all, of which no other is read where their set is known.  What is not met soon there
 * is so little that all are looked at as they lie, for which the disk takes less than down the
 * dates.
 */
static GPtrArray *
read_window(struct store *store, const struct listing *l, bool forth,
            const struct article_row *from, int64_t offset, int64_t limit, GError **error)
{
    static const struct listing_reader by_way[] = {{read_by_way, 0}},
                                       picked[] = {{read_by_way, FEW_STEPS},
                                                   {read_down_the_dates, SOME_STEPS},
                                                   {read_by_way, 0}},
                                       looked_for[] = {{read_down_the_dates, SOME_STEPS},
                                                       {read_table, 0}};
    const struct listing_reach reach = {forth, from, offset, limit};
    if (l->sort == LISTING_TITLE)
        return listing_titled_read(store, l, &reach, error);
    enum listing_way way = listing_way(store, l, limit < 0 ? -1 : offset + limit);
    bool narrow = l->among || l->source || l->sources || l->starred_only,
         tries = way == WAY_ANY && limit >= 0 && !listing_is_of_counters(l) && !narrow,
         picks = tries && listing_needs_set(l);
    struct listing own = *l;
    if (picks)
        own.set = listing_set(store, l);
    own.whole = listing_whole(l);
    g_autoptr(GArray) few = listing_set_few(own.set);
    if (few)
        return read_few(store, l, &reach, few, error);
    return listing_read_soonest(store, &own, &reach,
                                !tries                        ? by_way
                                : own.set                     ? picked + 1
                                : l->query && l->query->picks ? picked
                                                              : looked_for,
                                &way, error);
}

static GPtrArray *
from_beginning(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
               GError **error)
{
    return read_window(store, l, true, NULL, offset, limit, error);
}

static GPtrArray *
from_end(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
         GError **error)
{
    return read_window(store, l, false, NULL, offset, limit, error);
}

/* --- what is kept ------------------------------------------------------------------------- */

/* Whether one row stands before another. */
static bool
is_before(enum listing_sort sort, const struct article_row *a, const struct article_row *b)
{
    if (sort != LISTING_TITLE)
        return a->order != b->order ? a->order > b->order : a->id > b->id;
    g_autofree char *one = text_fold(a->title), *other = text_fold(b->title);
    int order = strcmp(one, other);
    return order ? order < 0 : a->id > b->id;
}

/*
 * Lists laid into each other, `limit` rows of them; takes both, and is NULL when one of
 * them is.
 */
static GPtrArray *
merge(enum listing_sort sort, GPtrArray *one, GPtrArray *other, bool forth, int64_t limit)
{
    GPtrArray *rows = one && other ? g_ptr_array_new_with_free_func(listing_free_item) : NULL;
    guint i = 0, j = 0;
    while (rows && (i < one->len || j < other->len) && (limit < 0 || (int64_t)rows->len < limit)) {
        bool first = j == other->len ||
                     (i < one->len && is_before(sort, one->pdata[i], other->pdata[j]) == forth);
        gpointer *from = first ? &one->pdata[i++] : &other->pdata[j++];
        g_ptr_array_add(rows, g_steal_pointer(from));
    }
    g_clear_pointer(&one, g_ptr_array_unref);
    g_clear_pointer(&other, g_ptr_array_unref);
    return rows;
}

/* Rows of a listing that keeps none, counted from one of its ends. */
typedef GPtrArray *ordered_rows(struct store *store, const struct listing *listing, int64_t offset,
                                int64_t limit, GError **error);

/*
 * Rows of the two lists from one end: of the unread ones those that may be in the window are read,
 * as the kept ones, which are few, may push them on.
 */
static GPtrArray *
rows_with_kept(struct store *store, const struct listing *l, ordered_rows *read_rows, bool forth,
               int64_t offset, int64_t limit, GError **error)
{
    struct listing unread, kept;
    listing_part(l, &unread, &kept);
    GPtrArray *few = read_rows(store, &kept, 0, -1, error);
    if (!few)
        return NULL;
    int64_t skipped = MAX(offset - (int64_t)few->len, 0);
    GPtrArray *many =
        read_rows(store, &unread, skipped, limit < 0 ? -1 : limit + (int64_t)few->len, error);
    if (!many) {
        g_ptr_array_unref(few);
        return NULL;
    }
    int64_t base = skipped;
    while (skipped && many->len && few->len &&
           is_before(l->sort, few->pdata[0], many->pdata[0]) == forth) {
        g_ptr_array_remove_index(few, 0);
        base++;
    }
    GPtrArray *rows = merge(l->sort, many, few, forth, limit < 0 ? -1 : offset - base + limit);
    if (offset > base)
        g_ptr_array_remove_range(rows, 0, (guint)MIN(offset - base, (int64_t)rows->len));
    return rows;
}

/* --- windows ------------------------------------------------------------------------------ */

GPtrArray *
listing_dated_rows(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
                   GError **error)
{
    return l->unread_only && listing_keeps(l)
               ? rows_with_kept(store, l, from_beginning, true, offset, limit, error)
               : from_beginning(store, l, offset, limit, error);
}

GPtrArray *
listing_dated_beside(struct store *store, const struct listing *l, const struct article_row *row,
                     bool before, int64_t limit, GError **error)
{
    GPtrArray *rows;
    if (l->unread_only && listing_keeps(l)) {
        struct listing parts[2];
        listing_part(l, &parts[0], &parts[1]);
        GPtrArray *read[2] = {NULL, NULL};
        for (int i = 0; i < 2; i++)
            read[i] = read_window(store, &parts[i], !before, row, 0, limit, error);
        rows = merge(l->sort, read[0], read[1], !before, limit);
    } else {
        rows = read_window(store, l, !before, row, 0, limit, error);
    }
    if (rows && before)
        reverse(rows);
    return rows;
}

GPtrArray *
listing_dated_last(struct store *store, const struct listing *l, int64_t skip, int64_t limit,
                   GError **error)
{
    GPtrArray *rows = l->unread_only && listing_keeps(l)
                          ? rows_with_kept(store, l, from_end, false, skip, limit, error)
                          : from_end(store, l, skip, limit, error);
    if (rows)
        reverse(rows);
    return rows;
}

/* --- all of it ---------------------------------------------------------------------------- */

/* Whether it is the table of what is unread, for which no article need be read. */
static bool
is_all_unread(const struct listing *l)
{
    return l->unread_only && !l->starred_only && !l->read_only && !l->query && !l->source &&
           !l->portal && !l->edition && !l->sources && !l->among && !l->languages &&
           !listing_keeps(l);
}

GArray *
listing_articles(struct store *store, const struct listing *l, GError **error)
{
    enum listing_way way = listing_way(store, l, -1);
    g_autoptr(GArray) sources = NULL, articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (way == WAY_NONE)
        return g_steal_pointer(&articles);
    struct listing own = *l;
    if (way == WAY_SOURCES && !l->sources &&
        !(own.sources = sources = listing_scope(store, l, error)))
        return NULL;
    GString *sql = g_string_new("SELECT a.id");
    if (is_all_unread(l)) {
        g_string_assign(sql, "SELECT article FROM unread");
    } else {
        g_string_append(sql, listing_tables(way));
        listing_condition(sql, &own);
    }
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, &own, error);
    int code = SQLITE_ERROR;
    while (s && (code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t article = sqlite3_column_int64(s, 0);
        g_array_append_val(articles, article);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&articles) : NULL;
}
