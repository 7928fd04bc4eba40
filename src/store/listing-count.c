/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many articles a list has, and where in it one stands: by counters, or by counting. */
#include "config.h"

#include "store/db.h"
#include "store/listing-sql.h"

#define MANY 10000 /* articles, which an index finds sooner than a look at all */

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

#define GROUPED_TABLES " FROM articles a INDEXED BY articles_by_group" ROW_OTHER_TABLES
#define GROUPED_MARKS \
    " FROM articles a INDEXED BY articles_by_group LEFT JOIN marks m ON m.article = a.id "

/* Whether what is asked of an article is in its marks alone, so that its row need not be read. */
static bool
is_of_marks(const struct listing *l)
{
    return !l->query && !l->source && !l->portal && !l->edition && !l->sources;
}

/*
 * How many articles of a listing stand behind others of their group: all of a group but one.  The
 * index has them group by group; counting groups as they come is ten times as fast as having SQLite
 * tell the distinct ones.
 */
static int64_t
count_behind(struct store *store, const struct listing *all)
{
    GString *sql = g_string_new("SELECT a.edition_group");
    g_string_append(sql, is_of_marks(all) ? GROUPED_MARKS : GROUPED_TABLES);
    listing_condition(sql, all);
    g_string_append(sql, " AND a.edition_group IS NOT NULL ORDER BY a.edition_group");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, all, NULL);
    int64_t behind = 0, last = 0;
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        int64_t group = sqlite3_column_int64(s, 0);
        behind += group == last;
        last = group;
    }
    return behind;
}

/* The same of a part of a listing, in whose other parts may be what stands for a group. */
static int64_t
count_behind_in_part(struct store *store, const struct listing *l)
{
    GString *sql = g_string_new("SELECT count(*)" GROUPED_TABLES);
    listing_condition_hidden(sql, l);
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    return s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

static int64_t
count_hidden(struct store *store, const struct listing *l)
{
    if (listing_whole(l) != l)
        return count_behind_in_part(store, l);
    const struct listing all = listing_unfolded(l);
    return count_behind(store, &all);
}

/* What the counters say of a listing; -1: they do not. */
static int64_t
counted(struct store *store, const struct listing *l)
{
    struct tally tally;
    if (!listing_is_of_counters(l))
        return -1;
    int64_t count = !l->query && !l->read_only && !l->sources ? counted_by_source(store, l)
                    : listing_tally(store, l, &tally)         ? tally.hits
                                                              : -1;
    return count > 0 && listing_folds(store, l) ? count - count_hidden(store, l) : count;
}

static int64_t
count_along(struct store *store, const struct listing *l, enum listing_way way, int64_t limit,
            GError **error)
{
    GString *sql = g_string_new("SELECT count(*) FROM (SELECT 1");
    g_string_append(sql, listing_tables(way));
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

/*
 * Of what a query picks, down the dates: of few articles, or as far as the limit; -1: it is not
 * known, or does not end soon.
 */
static int64_t
count_picked(struct store *store, const struct listing *l, int64_t limit, GError **error)
{
    struct listing own = *l;
    if (!listing_needs_set(l) || !(own.set = listing_set(store, l)))
        return -1;
    own.whole = listing_whole(l);
    own.one_by_one = true;
    g_autoptr(GArray) few = listing_set_few(own.set);
    if (!few) {
        int thousands = SOME_STEPS;
        int *before = listing_begin_steps(store, &thousands);
        int64_t some = count_along(store, &own, WAY_DATES, limit, NULL);
        listing_end_steps(store, before);
        return some;
    }
    own.among = few;
    own.one_by_one = false;
    own.set = NULL;
    return count_along(store, &own, WAY_ANY, limit, error);
}

int64_t
listing_count_in_sources(struct store *store, const struct listing *l)
{
    struct listing own = *l, all = *l;
    all.sources = NULL;
    if (!listing_needs_set(&all) || !(own.set = listing_set(store, &all)))
        return listing_dated_count(store, l, -1, NULL);
    g_autoptr(GArray) few = listing_set_few(own.set);
    own.one_by_one = !few;
    own.whole = listing_whole(l);
    if (!few)
        return count_along(store, &own, WAY_SOURCES, -1, NULL);
    own.among = few;
    own.set = NULL;
    return count_along(store, &own, WAY_ANY, -1, NULL);
}

/*
 * By looking at each: where many are found all, as they lie, for which the disk takes a fraction of
 * what it takes along an index.
 */
static int64_t
count_one_by_one(struct store *store, const struct listing *l, int64_t limit, GError **error)
{
    bool ends = limit >= 0 && limit <= MANY;
    int64_t some = ends ? count_picked(store, l, limit, error) : -1;
    if (some < 0)
        some = count_along(store, l, WAY_ANY, ends ? limit : MANY, error);
    return ends || some < MANY ? some : count_along(store, l, WAY_TABLE, limit, error);
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

/* --- for who has other things to do ------------------------------------------------------ */

#define FEW_UNREAD 20000 /* which are gone through, whatever else there is to go along */

struct patience {
    bool (*is_over)(gpointer data);
    gpointer data;
    bool ended;
};

static int
ask_patience(void *data)
{
    struct patience *patience = data;
    patience->ended = patience->ended || patience->is_over(patience->data);
    return patience->ended;
}

/* What is unread is gone through if it is not much: then texts are read of that alone. */
static enum listing_way
way_of_patience(struct store *store, const struct listing *l, int64_t limit)
{
    const struct listing unread = {.unread_only = true};
    bool few = l->unread_only && counted_by_source(store, &unread) <= FEW_UNREAD;
    enum listing_way way = few ? WAY_UNREAD : listing_way(store, l, limit);
    return way == WAY_SOURCES ? WAY_ANY : way; /* which needs to be told them */
}

/* Row by row, so that it is known how many there were when it ended. */
static int64_t
count_rows(struct store *store, const struct listing *l, int64_t limit,
           const struct patience *patience)
{
    enum listing_way way = way_of_patience(store, l, limit);
    GString *sql = g_string_new("SELECT 1");
    g_string_append(sql, listing_tables(way));
    listing_condition(sql, l);
    g_string_append(sql, " LIMIT ?998");
    AUTO_RESET sqlite3_stmt *s = patience->ended ? NULL : listing_statement(store, sql, l, NULL);
    if (patience->ended)
        g_string_free(sql, TRUE);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 998, limit);
    int64_t count = 0;
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW)
        count++;
    return code == SQLITE_DONE || patience->ended ? count : -1;
}

int64_t
listing_count_patiently(struct store *store, const struct listing *l, int64_t limit,
                        bool (*is_over)(gpointer data), gpointer data, bool *more)
{
    struct patience patience = {is_over, data, is_over(data)};
    sqlite3_progress_handler(store->db, 1000, ask_patience, &patience);
    int64_t count = counted(store, l);
    bool known = count >= 0 && !patience.ended;
    if (!known)
        count = count_rows(store, l, limit, &patience);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    *more = !known && (patience.ended || count >= limit);
    return count;
}

bool
listing_is_counted(const struct listing *l)
{
    struct listing plain = *l;
    plain.kept = NULL;
    return listing_is_of_counters(&plain);
}

/*
 * Rows of a list by date that are counted to tell where an article stands: those before it, or
 * those from a row on whose place is known.
 */
struct span {
    int64_t article;
    const struct article_row *from; /* or NULL */
    bool newer;                     /* the article stands before that */
};
#define NEAR 100 /* rows in a span with such a row: it is one for its being near */

#define ARTICLE "((SELECT sort FROM articles WHERE id = ?998), ?998)"
#define ROW     "(?996, ?997)"

/* The condition of a span; key: the columns by which it is met. */
static char *
within(const struct span *span, const char *key)
{
    if (!span->from)
        return g_strdup_printf("(%s) > " ARTICLE, key);
    return span->newer ? g_strdup_printf("(%s) > " ROW " AND (%s) <= " ARTICLE, key, key)
                       : g_strdup_printf("(%s) > " ARTICLE " AND (%s) <= " ROW, key, key);
}

static void
bind_span(sqlite3_stmt *s, const struct span *span)
{
    sqlite3_bind_int64(s, 998, span->article);
    if (!span->from)
        return;
    sqlite3_bind_int64(s, 996, span->from->order);
    sqlite3_bind_int64(s, 997, span->from->id);
}

struct standing {
    bool there;     /* the article is in the listing */
    int64_t before; /* rows of the span that the listing has */
};

static int64_t
count_where(struct store *store, const struct listing *l, enum listing_way way, const char *where,
            const struct span *span)
{
    GString *sql = g_string_new("SELECT count(*)");
    g_string_append(sql, listing_tables(way));
    listing_condition(sql, l);
    g_string_append_printf(sql, " AND %s", where);
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    if (!s)
        return 0;
    bind_span(s, span);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

bool
listing_has(struct store *store, const struct listing *l, int64_t article)
{
    struct listing own = *l;
    own.one_by_one = true;
    return count_where(store, &own, WAY_ANY, "a.id = ?998", &(struct span){.article = article}) > 0;
}

/* How many rows of a span do not stand for their group. */
static int64_t
hidden_in(struct store *store, const struct listing *l, const struct span *span)
{
    GString *sql = g_string_new("SELECT count(*)" GROUPED_TABLES);
    g_autofree char *condition = within(span, "a.sort, a.id");
    listing_condition_hidden(sql, l);
    g_string_append_printf(sql, " AND %s", condition);
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    if (!s)
        return 0;
    bind_span(s, span);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/*
 * Where a listing is of everything or of one source: the index alone is counted, and the few that
 * are deleted are taken off.  What is unread of everything is counted likewise, and what is read is
 * the rest.
 */
static int64_t
count_in_all(struct store *store, const struct listing *l, const struct span *span)
{
    g_autofree char *condition = within(span, "a.sort, a.id"),
                    *unread = within(span, "u.sort, u.article");
    const char *own = l->source ? "a.source = ?995 AND " : "";
    g_autoptr(GString) sql = g_string_new("SELECT 0");
    if (!l->unread_only)
        g_string_append_printf(
            sql,
            " + (SELECT count(*) FROM articles a WHERE %s%s) - (SELECT count(*) FROM marks d"
            " CROSS JOIN articles a ON a.id = d.article WHERE d.deleted = 1 AND %s%s)",
            own, condition, own, condition);
    if (l->unread_only || l->read_only)
        g_string_append_printf(sql, " %c (SELECT count(*) FROM unread u WHERE %s)",
                               l->unread_only ? '+' : '-', unread);
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql->str, NULL);
    if (!s)
        return 0;
    bind_span(s, span);
    if (l->source)
        sqlite3_bind_int64(s, 995, l->source);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/* anyway: what stands before is counted where the article is not there, too. */
static struct standing
look_up_in_all(struct store *store, const struct listing *l, const struct span *span, bool anyway)
{
    struct standing standing = {listing_has(store, l, span->article), 0};
    if (!standing.there && !anyway)
        return standing;
    standing.before = count_in_all(store, l, span);
    if (listing_folds(store, l))
        standing.before -= hidden_in(store, l, span);
    return standing;
}

/* Whether the indexes alone know a listing. */
static bool
is_of_all(const struct listing *l)
{
    bool some = l->unread_only || l->read_only;
    return !l->query && !l->portal && !l->edition && !l->starred_only && !l->sources && !l->among &&
           !(some && (l->source || listing_keeps(l) || (l->unread_only && l->read_only)));
}

/* As many rows are counted as the way has in the span. */
static struct standing
look_up(struct store *store, const struct listing *l, const struct span *span, bool anyway)
{
    struct standing standing = {false, 0};
    if (is_of_all(l))
        return look_up_in_all(store, l, span, anyway);
    enum listing_way way = listing_way(store, l, span->from ? NEAR : -1);
    g_autoptr(GArray) sources = NULL;
    struct listing own = *l;
    if (way == WAY_SOURCES && !l->sources)
        own.sources = sources = listing_scope(store, l, NULL);
    if (way == WAY_NONE || (way == WAY_SOURCES && !own.sources))
        return standing;
    standing.there = listing_has(store, l, span->article);
    const struct hits *set = way == WAY_ANY && listing_needs_set(l) ? listing_set(store, l) : NULL;
    g_autoptr(GArray) few = listing_set_few(set);
    if (few)
        own.among = few;
    own.whole = listing_whole(l);
    g_autofree char *condition =
        within(span, way == WAY_UNREAD ? "u.sort, u.article" : "a.sort, a.id");
    if (standing.there || anyway)
        standing.before = count_where(store, &own, way, condition, span);
    return standing;
}

static struct standing
look_up_by_date(struct store *store, const struct listing *l, const struct span *span)
{
    if (!l->unread_only || !listing_keeps(l))
        return look_up(store, l, span, false);
    struct listing parts[2];
    listing_part(l, &parts[0], &parts[1]);
    struct standing unread = look_up(store, &parts[0], span, true),
                    kept = look_up(store, &parts[1], span, true);
    return (struct standing){unread.there || kept.there, unread.before + kept.before};
}

int64_t
listing_dated_position(struct store *store, const struct listing *l, int64_t article)
{
    if (l->sort == LISTING_TITLE)
        return listing_titled_position(store, l, article, NULL, 0);
    struct standing standing = look_up_by_date(store, l, &(struct span){.article = article});
    return standing.there ? standing.before : -1;
}

int64_t
listing_dated_position_from(struct store *store, const struct listing *l, int64_t article,
                            const struct article_row *from, int64_t place)
{
    if (l->sort == LISTING_TITLE)
        return listing_titled_position(store, l, article, from, place);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT (sort, id) > (?2, ?3) FROM articles WHERE id = ?1", NULL);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, from->order);
    sqlite3_bind_int64(s, 3, from->id);
    if (sqlite3_step(s) != SQLITE_ROW)
        return -1;
    struct span span = {article, from, sqlite3_column_int(s, 0)};
    struct standing standing = look_up_by_date(store, l, &span);
    return !standing.there ? -1 : place + (span.newer ? -standing.before : standing.before);
}

int64_t
listing_sorted_position(struct store *store, const struct listing *l, int64_t article)
{
    GString *sql = g_string_new("SELECT position FROM (SELECT a.id AS id, row_number() OVER (");
    GString *order = g_string_new(NULL);
    listing_order(order, l);
    g_string_append_printf(sql, "%s) - 1 AS position%s", order->str, ROW_TABLES);
    g_string_free(order, TRUE);
    listing_condition(sql, l);
    g_string_append(sql, ") WHERE id = ?998");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 998, article);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}
