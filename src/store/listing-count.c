/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many articles a listing has, and where in it one stands: counters, the search index, or
 * counting.
 */
#include "config.h"

#include "store/db.h"
#include "store/listing-sql.h"
#include "store/listing-words.h"

/* The articles that are read and kept all the same. */
static int64_t
count_kept(struct store *store, const struct listing *l)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT count(*) FROM json_each(?1) k JOIN articles a ON a.id = k.value JOIN marks m ON m.article = a.id JOIN sources s ON s.id = a.source"
        " WHERE m.read = 1 AND m.deleted = 0 AND (?2 = 0 OR s.id = ?2) AND (?3 IS NULL OR s.portal = ?3) AND (?4 IS NULL OR s.edition = ?4)",
        NULL);
    if (!s)
        return 0;
    g_autofree char *ids = listing_kept_ids(l->kept);
    store_bind_text(s, 1, ids);
    sqlite3_bind_int64(s, 2, l->source);
    store_bind_text(s, 3, l->portal);
    store_bind_text(s, 4, l->edition);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/* The sum of the maintained counters, when they answer the listing. */
static int64_t
counted(struct store *store, const struct listing *l)
{
    if (l->query || l->starred_only)
        return -1;
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT coalesce(sum(CASE WHEN ?1 THEN unread ELSE total END), 0) FROM sources"
        " WHERE (?2 = 0 OR id = ?2) AND (?3 IS NULL OR portal = ?3) AND (?4 IS NULL OR edition = ?4)",
        NULL);
    if (!s)
        return -1;
    sqlite3_bind_int(s, 1, l->unread_only);
    sqlite3_bind_int64(s, 2, l->source);
    store_bind_text(s, 3, l->portal);
    store_bind_text(s, 4, l->edition);
    int64_t count = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    return count >= 0 && l->unread_only && listing_keeps(l) ? count + count_kept(store, l) : count;
}

int64_t
listing_of_all(struct store *store)
{
    const struct listing all = {0};
    return MAX(counted(store, &all), 1);
}

/* By looking at each. */
static int64_t
count_one_by_one(struct store *store, const struct listing *l, int64_t limit, GError **error)
{
    GString *sql = g_string_new("SELECT count(*) FROM (SELECT 1" ROW_TABLES);
    struct listing plain = *l;
    plain.sort = LISTING_DATE;
    listing_condition(sql, &plain);
    g_string_append(sql, " LIMIT ?998) hits");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, &plain, error);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 998, limit);
    return store_step(store, s, error) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

int64_t
listing_count_to(struct store *store, const struct listing *l, int64_t limit, bool *more,
                 GError **error)
{
    *more = false;
    int64_t known = counted(store, l);
    if (known >= 0)
        return known;
    if (listing_is_of_words(store, l))
        return listing_words_count(store, l, limit, more, error);
    int64_t count = count_one_by_one(store, l, limit, error);
    *more = count == limit;
    return count;
}

int64_t
listing_count(struct store *store, const struct listing *l, GError **error)
{
    bool more;
    return listing_count_to(store, l, G_MAXINT64, &more, error);
}

/*
 * The same where a listing is of everything or of one source: the index alone is counted, and the
 * few that are deleted are taken off.
 */
static int64_t
position_in_all(struct store *store, const struct listing *l, int64_t article)
{
#define BEFORE "(a.sort, a.id) > ((SELECT sort FROM articles WHERE id = ?1), ?1)"
#define QUESTION(where) \
    "SELECT (SELECT count(*) FROM articles a WHERE " where BEFORE \
    ") - (SELECT count(*) FROM marks d CROSS JOIN articles a" \
    " ON a.id = d.article WHERE d.deleted = 1 AND " where BEFORE \
    ") FROM articles x LEFT JOIN marks m ON m.article = x.id" \
    " WHERE x.id = ?1 AND coalesce(m.deleted, 0) = 0 AND (?2 = 0 OR x.source = ?2)"
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, l->source ? QUESTION("a.source = ?2 AND ") : QUESTION(""), NULL);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, l->source);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
#undef QUESTION
#undef BEFORE
}

/* How many rows stand before an article: as many as the index holds there, not all. */
static int64_t
position_by_date(struct store *store, const struct listing *l, int64_t article)
{
    static const char *const questions[] = {
        " AND a.id = ?998",
        " AND (a.sort, a.id) > ((SELECT sort FROM articles WHERE id = ?998), ?998)"};
    int64_t answers[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        GString *sql = g_string_new("SELECT count(*)" ROW_TABLES);
        listing_condition(sql, l);
        g_string_append(sql, questions[i]);
        AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
        if (!s)
            return -1;
        sqlite3_bind_int64(s, 998, article);
        answers[i] = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
        if (!answers[0])
            return -1; /* it is not in the listing */
    }
    return answers[1];
}

int64_t
listing_position(struct store *store, const struct listing *l, int64_t article)
{
    if (l->sort == LISTING_RELEVANCE)
        return -1; /* its order has values of its own, which would stand before the condition's */
    if (l->sort == LISTING_DATE && !l->query && !l->portal && !l->edition && !l->unread_only &&
        !l->starred_only)
        return position_in_all(store, l, article);
    if (l->sort == LISTING_DATE)
        return position_by_date(store, l, article);
    GString *sql = g_string_new("SELECT position FROM (SELECT a.id AS id, row_number() OVER (");
    GString *order = g_string_new(NULL);
    listing_order(order, l);
    g_string_append_printf(sql, "%s) - 1 AS position" ROW_TABLES, order->str);
    g_string_free(order, TRUE);
    listing_condition(sql, l);
    g_string_append(sql, ") WHERE id = ?998");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 998, article);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}
