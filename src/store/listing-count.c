/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many articles a list by date has, and where in it one stands: by counters, or by counting. */
#include "config.h"

#include "store/db.h"
#include "store/listing-sql.h"

/* The sum of the counters of sources, for listings that are of them alone. */
static int64_t
counted_by_source(struct store *store, const struct listing *l)
{
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
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

/* What the counters say of a listing; -1: they do not. */
static int64_t
counted(struct store *store, const struct listing *l)
{
    struct tally tally;
    if (!listing_is_of_counters(l))
        return -1;
    if (!l->query && !l->read_only && !l->sources)
        return counted_by_source(store, l);
    return listing_tally(store, l, &tally) ? tally.hits : -1;
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
listing_dated_count(struct store *store, const struct listing *l, int64_t limit, GError **error)
{
    if (l->unread_only && listing_keeps(l)) {
        struct listing unread, kept;
        listing_part(l, &unread, &kept);
        int64_t some = listing_dated_count(store, &unread, limit, error),
                few = some < 0 ? -1 : count_one_by_one(store, &kept, -1, error);
        return few < 0 ? -1 : some + few;
    }
    int64_t known = counted(store, l);
    return known >= 0 ? known : count_one_by_one(store, l, limit, error);
}

bool
listing_is_counted(const struct listing *l)
{
    struct listing plain = *l;
    plain.kept = NULL;
    return listing_is_of_counters(&plain);
}

/*
 * Where a listing is of everything or of one source: the index alone is counted, and the
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

struct standing {
    bool there;     /* the article is in the listing */
    int64_t before; /* rows of the listing before it, or before where it would be */
};

static int64_t
count_where(struct store *store, const struct listing *l, enum listing_way way, const char *where,
            int64_t article)
{
    GString *sql = g_string_new("SELECT count(*)");
    g_string_append(sql, listing_tables(way));
    listing_condition(sql, l);
    g_string_append(sql, where);
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 998, article);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/* As many rows are counted as the way has before the article, not all; none if it is not there. */
static struct standing
look_up(struct store *store, const struct listing *l, int64_t article, bool anyway)
{
#define BEFORE(key) " AND (" key ") > ((SELECT sort FROM articles WHERE id = ?998), ?998)"
    struct standing standing = {false, 0};
    enum listing_way way = listing_way(store, l, -1);
    g_autoptr(GArray) sources = NULL;
    struct listing own = *l;
    if (way == WAY_SOURCES && !l->sources)
        own.sources = sources = listing_scope(store, l, NULL);
    if (way == WAY_NONE || (way == WAY_SOURCES && !own.sources))
        return standing;
    standing.there = count_where(store, l, WAY_ANY, " AND a.id = ?998", article) > 0;
    if (standing.there || anyway)
        standing.before = count_where(
            store, &own, way,
            way == WAY_UNREAD ? BEFORE("u.sort, u.article") : BEFORE("a.sort, a.id"), article);
    return standing;
#undef BEFORE
}

static int64_t
position_by_date(struct store *store, const struct listing *l, int64_t article)
{
    struct listing parts[2];
    if (!l->unread_only || !listing_keeps(l)) {
        struct standing standing = look_up(store, l, article, false);
        return standing.there ? standing.before : -1;
    }
    listing_part(l, &parts[0], &parts[1]);
    struct standing unread = look_up(store, &parts[0], article, true),
                    kept = look_up(store, &parts[1], article, true);
    return unread.there || kept.there ? unread.before + kept.before : -1;
}

/* By the order of titles: what begins with less, and what begins alike and is less. */
static int64_t
position_by_title(struct store *store, const struct listing *l, int64_t article)
{
#define TITLE "(SELECT title FROM articles WHERE id = ?998)"
    if (!count_where(store, l, WAY_ANY, " AND a.id = ?998", article))
        return -1;
    return count_where(store, l, WAY_TITLES,
                       " AND t.key <= crier_title_key(" TITLE
                       ") AND (t.key < crier_title_key(" TITLE
                       ") OR (crier_fold(a.title), -a.id) < (crier_fold(" TITLE "), -?998))",
                       article);
#undef TITLE
}

int64_t
listing_dated_position(struct store *store, const struct listing *l, int64_t article)
{
    bool all = !l->query && !l->portal && !l->edition && !l->unread_only && !l->read_only &&
               !l->starred_only && !l->sources && !l->among;
    return all ? position_in_all(store, l, article) : position_by_date(store, l, article);
}

int64_t
listing_sorted_position(struct store *store, const struct listing *l, int64_t article)
{
    enum listing_way way = l->sort == LISTING_TITLE ? listing_way_by_title(store, l, -1) : WAY_ANY;
    if (way != WAY_ANY)
        return way == WAY_TITLES ? position_by_title(store, l, article) : -1;
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
