/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the SELECT of a listing, and reading its rows. */
#include "config.h"

#include "store/listing.h"
#include "base/i18n.h"
#include "store/search.h"

#include <string.h>

#define ROW_COLUMNS                                                                                          \
    "a.id, a.source, a.title, a.link, a.author, a.publisher, a.section, coalesce(a.language, s.language),"   \
    " coalesce(s.title, s.feed_title, s.url), s.portal, s.edition, a.published, a.published_offset,"         \
    " a.published_precision, a.updated, a.first_seen, a.sort, coalesce(m.read, 0), coalesce(m.starred, 0),"          \
    " coalesce(m.deleted, 0), a.revisions, a.withdrawn, a.attachments,"                                      \
    " (SELECT group_concat(t.tag, char(10)) FROM tags t WHERE t.article = a.id)"
#define ROW_TABLES " FROM articles a JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id "

void
article_row_free(struct article_row *row)
{
    char *strings[] = {row->title, row->link, row->author, row->publisher, row->section, row->language,
                       row->source_title, row->portal, row->edition};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_strfreev(row->tags);
    g_free(row);
}

static void
row_free_item(gpointer row)
{
    if (row) /* a window may have given it away */
        article_row_free(row);
}

static struct article_row *
read_row(sqlite3_stmt *s)
{
    struct article_row *row = g_new0(struct article_row, 1);
    int c = 0;
    row->id = sqlite3_column_int64(s, c++);
    row->source = sqlite3_column_int64(s, c++);
    char **strings[] = {&row->title, &row->link, &row->author, &row->publisher, &row->section, &row->language,
                        &row->source_title, &row->portal, &row->edition};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = column_text(s, c++);
    if (sqlite3_column_type(s, c) != SQLITE_NULL) {
        row->published.time = sqlite3_column_int64(s, c);
        row->published.offset = sqlite3_column_int(s, c + 1);
        int precision = sqlite3_column_int(s, c + 2);
        row->published.precision = precision >= DATE_DAY && precision <= DATE_SECOND ? (enum date_precision)precision : DATE_SECOND;
    }
    c += 3;
    row->updated = sqlite3_column_int64(s, c++);
    row->first_seen = sqlite3_column_int64(s, c++);
    row->order = sqlite3_column_int64(s, c++);
    row->unread = !sqlite3_column_int(s, c++);
    row->starred = sqlite3_column_int(s, c++);
    row->deleted = sqlite3_column_int(s, c++);
    row->revisions = sqlite3_column_int(s, c++);
    row->revised = row->revisions > 1;
    row->withdrawn = sqlite3_column_type(s, c++) != SQLITE_NULL;
    row->attachments = sqlite3_column_int(s, c++);
    const char *tags = (const char *)sqlite3_column_text(s, c++);
    row->tags = tags ? g_strsplit(tags, "\n", -1) : g_new0(char *, 1);
    if (!row->title)
        row->title = g_strdup("");
    return row;
}

bool
listing_sort_parse(const char *word, enum listing_sort *sort)
{
    static const char *const words[] = {"date", "title", "source", "unread", "relevance"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_str_equal(words[i], word)) {
            *sort = (enum listing_sort)i;
            return true;
        }
    }
    return false;
}

static bool
keeps(const struct listing *l)
{
    return l->kept && l->kept->len;
}

/* As a JSON array. */
static char *
kept_ids(const GArray *kept)
{
    GString *ids = g_string_new("[");
    for (guint i = 0; i < kept->len; i++)
        g_string_append_printf(ids, "%s%" G_GINT64_FORMAT, i ? "," : "", g_array_index(kept, int64_t, i));
    g_string_append_c(ids, ']');
    return g_string_free(ids, FALSE);
}

static void
append_condition(GString *sql, const struct listing *l)
{
    g_string_append(sql, "WHERE ");
    if (l->query)
        g_string_append_printf(sql, "(%s)", l->query->condition);
    else
        g_string_append(sql, "1");
    if (!l->query || !l->query->deleted)
        g_string_append(sql, " AND coalesce(m.deleted, 0) = 0");
    if (l->source)
        g_string_append_printf(sql, " AND a.source = %" G_GINT64_FORMAT, l->source);
    if (l->portal)
        g_string_append(sql, " AND s.portal = ?");
    if (l->edition)
        g_string_append(sql, " AND s.edition = ?");
    if (l->unread_only && keeps(l))
        g_string_append(sql, " AND (coalesce(m.read, 0) = 0 OR a.id IN (SELECT value FROM json_each(?)))");
    else if (l->unread_only)
        g_string_append(sql, " AND coalesce(m.read, 0) = 0");
    if (l->starred_only)
        g_string_append(sql, " AND a.id IN (SELECT article FROM marks WHERE starred = 1)");
}

static void
bind_values(sqlite3_stmt *s, const struct listing *l)
{
    int index = 1;
    for (guint i = 0; l->query && i < l->query->values->len; i++)
        bind_text(s, index++, g_ptr_array_index(l->query->values, i));
    if (l->portal)
        bind_text(s, index++, l->portal);
    if (l->edition)
        bind_text(s, index++, l->edition);
    if (l->unread_only && keeps(l)) {
        g_autofree char *ids = kept_ids(l->kept);
        bind_text(s, index++, ids);
    }
}

#define TITLE_PATTERNS 900 /* the number of the parameter */

/* Whether what stands in a title decides on the order. */
static bool
titles_first(const struct listing *l)
{
    return l->sort == LISTING_RELEVANCE && l->query && l->query->title_match;
}

/* What has the words in its title stands before the rest; each by date. */
static void
append_order(GString *sql, const struct listing *l)
{
    static const char *const orders[] = {
        "a.sort DESC, a.id DESC",
        "crier_fold(a.title), a.id DESC",
        "crier_fold(coalesce(s.title, s.feed_title, s.url)), a.sort DESC, a.id DESC",
        "coalesce(m.read, 0), a.sort DESC, a.id DESC",
    };
    g_string_append(sql, " ORDER BY ");
    if (titles_first(l))
        g_string_append_printf(sql, "crier_matches(a.title, NULL, ?%d) DESC, ", TITLE_PATTERNS);
    g_string_append(sql, orders[l->sort == LISTING_RELEVANCE ? LISTING_DATE : l->sort]);
}

static sqlite3_stmt *
prepare(struct store *store, GString *sql, const struct listing *l, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql->str, error);
    g_string_free(sql, TRUE);
    if (!s)
        return NULL;
    bind_values(s, l);
    if (titles_first(l))
        bind_text(s, TITLE_PATTERNS, l->query->title_patterns);
    return s;
}

/* The rows of a prepared statement, which is reset. */
static GPtrArray *
read_rows(struct store *store, sqlite3_stmt *statement, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free_item);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(rows, read_row(s));
    if (code != SQLITE_DONE)
        g_clear_pointer(&rows, g_ptr_array_unref);
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

/* The articles that are read and kept all the same. */
static int64_t
count_kept(struct store *store, const struct listing *l)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store,
        "SELECT count(*) FROM json_each(?1) k JOIN articles a ON a.id = k.value JOIN marks m ON m.article = a.id JOIN sources s ON s.id = a.source"
        " WHERE m.read = 1 AND m.deleted = 0 AND (?2 = 0 OR s.id = ?2) AND (?3 IS NULL OR s.portal = ?3) AND (?4 IS NULL OR s.edition = ?4)", NULL);
    if (!s)
        return 0;
    g_autofree char *ids = kept_ids(l->kept);
    bind_text(s, 1, ids);
    sqlite3_bind_int64(s, 2, l->source);
    bind_text(s, 3, l->portal);
    bind_text(s, 4, l->edition);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/* The sum of the maintained counters, when they answer the listing. */
static int64_t
counted(struct store *store, const struct listing *l)
{
    if (l->query || l->starred_only)
        return -1;
    AUTO_RESET sqlite3_stmt *s = store_prepare(store,
        "SELECT coalesce(sum(CASE WHEN ?1 THEN unread ELSE total END), 0) FROM sources"
        " WHERE (?2 = 0 OR id = ?2) AND (?3 IS NULL OR portal = ?3) AND (?4 IS NULL OR edition = ?4)", NULL);
    if (!s)
        return -1;
    sqlite3_bind_int(s, 1, l->unread_only);
    sqlite3_bind_int64(s, 2, l->source);
    bind_text(s, 3, l->portal);
    bind_text(s, 4, l->edition);
    int64_t count = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    return count >= 0 && l->unread_only && keeps(l) ? count + count_kept(store, l) : count;
}

/* --- words alone: the index answers ----------------------------------------------------- */

static int64_t
count_of(struct store *store, const char *sql, const char *match, const char *patterns)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, NULL);
    if (!s)
        return -1;
    if (match)
        bind_text(s, 1, match);
    if (patterns)
        bind_text(s, 2, patterns);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

/* Hits of words that the index alone cannot vouch for: they are read, at most `limit` of them; -1: all. */
static int64_t
count_read(struct store *store, const struct query *q, int64_t limit, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store,
        "SELECT count(*) FROM (SELECT 1 FROM articles a WHERE a.id IN (SELECT rowid FROM search WHERE search MATCH ?1) AND NOT EXISTS"
        " (SELECT 1 FROM marks d WHERE d.article = a.id AND d.deleted = 1) AND crier_matches(a.title, " TEXT_OF ", ?2) LIMIT ?3) hits", error);
    if (!s)
        return -1;
    bind_text(s, 1, q->match);
    bind_text(s, 2, q->patterns);
    sqlite3_bind_int64(s, 3, limit);
    return store_step(store, s, error) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

static int64_t
count_hits(struct store *store, const struct query *q, bool titles)
{
    const char *match = titles ? q->title_match : q->match, *patterns = titles ? q->title_patterns : q->patterns;
    if (!q->exact && titles) /* the text is not even fetched */
        return count_of(store, "SELECT count(*) FROM articles a WHERE a.id IN (SELECT rowid FROM search WHERE search MATCH ?1) AND NOT EXISTS"
                               " (SELECT 1 FROM marks d WHERE d.article = a.id AND d.deleted = 1) AND crier_matches(a.title, NULL, ?2)",
                        match, patterns);
    if (!q->exact)
        return count_read(store, q, -1, NULL);
    int64_t all = count_of(store, "SELECT count(*) FROM search WHERE search MATCH ?1", match, NULL);
    /* few are deleted: they are read, which is less than to look all hits up among them */
    int64_t gone = count_of(store, "SELECT count(*) FROM marks WHERE deleted = 1", NULL, NULL);
    if (all <= 0 || gone <= 0)
        return all;
    return all - (gone < 1000 ? count_of(store, "SELECT count(*) FROM marks d JOIN articles a ON a.id = d.article WHERE d.deleted = 1"
                                                " AND crier_matches(a.title, " TEXT_OF ", ?2)", NULL, patterns)
                              : count_of(store, "SELECT count(*) FROM marks d WHERE d.deleted = 1"
                                                " AND d.article IN (SELECT rowid FROM search WHERE search MATCH ?1)", match, NULL));
}

/*
 * How many articles that are not deleted have the words, in the title or anywhere.  A list asks
 * for it with each window: it is remembered until the store changes.
 */
static int64_t
hits_of(struct store *store, const struct query *q, bool titles)
{
    int64_t version = store_version(store);
    int changes = sqlite3_total_changes(store->db);
    if (version != store->counts_version || changes != store->counts_changes)
        g_hash_table_remove_all(store->counts);
    store->counts_version = version;
    store->counts_changes = changes;
    g_autofree char *key = g_strconcat(titles ? "t" : "a", q->match, NULL);
    int64_t *known = g_hash_table_lookup(store->counts, key);
    if (known)
        return *known;
    int64_t count = count_hits(store, q, titles);
    if (count >= 0)
        g_hash_table_insert(store->counts, g_steal_pointer(&key), g_memdup2(&count, sizeof count));
    return count;
}

/* Whether a listing is of a query of words, all of them indexed, and of nothing else. */
static bool
is_of_words(struct store *store, const struct listing *l)
{
    if (!l->query || !l->query->match || l->source || l->portal || l->edition || l->unread_only || l->starred_only)
        return false;
    return search_is_complete(store);
}

static int64_t
article_count(struct store *store)
{
    const struct listing all = {0};
    return MAX(counted(store, &all), 1);
}

/*
 * Hits by date.  Few are looked up and sorted; of many, the first are met soon on the way down
 * the dates.  rest: without those in whose title the words stand.
 */
static GPtrArray *
hits_by_date(struct store *store, const struct listing *l, bool rest, int64_t hits, int64_t offset, int64_t limit, GError **error)
{
    bool walk = limit >= 0 && (double)(offset + limit) * (double)article_count(store) < 4.0 * (double)hits * (double)hits;
    const struct query *q = l->query;
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick FROM articles a");
    g_string_append(sql, walk ? " INDEXED BY articles_by_date WHERE +a.id" : " WHERE a.id");
    g_string_append(sql, " IN (SELECT rowid FROM search WHERE search MATCH ?1)");
    if (!q->exact)
        g_string_append(sql, rest ? " AND crier_matches(a.title, " TEXT_OF ", ?5)" : " AND crier_matches(a.title, NULL, ?5)");
    if (rest && q->exact)
        g_string_append(sql, " AND +a.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?2)");
    else if (rest)
        g_string_append(sql, " AND NOT crier_matches(a.title, NULL, ?2)");
    g_string_append(sql, " AND NOT EXISTS (SELECT 1 FROM marks d WHERE d.article = a.id AND d.deleted = 1)"
                         " ORDER BY a.sort DESC, a.id DESC LIMIT ?3 OFFSET ?4) p CROSS JOIN articles a ON a.id = p.pick"
                         " JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id ORDER BY a.sort DESC, a.id DESC");
    sqlite3_stmt *s = store_prepare(store, sql->str, error);
    g_string_free(sql, TRUE);
    if (!s)
        return NULL;
    bind_text(s, 1, rest ? q->match : q->title_match);
    if (rest)
        bind_text(s, 2, q->exact ? q->title_match : q->title_patterns);
    sqlite3_bind_int64(s, 3, limit);
    sqlite3_bind_int64(s, 4, offset);
    if (!q->exact)
        bind_text(s, 5, rest ? q->patterns : q->title_patterns);
    return read_rows(store, s, error);
}

/* Those with the words in the title, then the rest. */
static GPtrArray *
hits_by_relevance(struct store *store, const struct listing *l, int64_t offset, int64_t limit, GError **error)
{
    int64_t titles = hits_of(store, l->query, true);
    GPtrArray *rows = offset < titles ? hits_by_date(store, l, false, titles, offset, limit, error)
                                      : g_ptr_array_new_with_free_func(row_free_item);
    if (!rows || (limit >= 0 && (int64_t)rows->len >= limit))
        return rows;
    /* what the index finds is enough to tell how to look for them */
    int64_t all = count_of(store, "SELECT count(*) FROM search WHERE search MATCH ?1", l->query->match, NULL);
    GPtrArray *rest = hits_by_date(store, l, true, MAX(all - titles, 0), MAX(offset - titles, 0), limit < 0 ? -1 : limit - rows->len, error);
    if (!rest) {
        g_ptr_array_unref(rows);
        return NULL;
    }
    g_ptr_array_extend_and_steal(rows, rest);
    return rows;
}

/* --- windows ------------------------------------------------------------------------------ */

/* The numbers are picked first: what else a row shows is looked up for those alone. */
GPtrArray *
listing_rows(struct store *store, const struct listing *l, int64_t offset, int64_t limit, GError **error)
{
    if (l->sort == LISTING_RELEVANCE && is_of_words(store, l))
        return hits_by_relevance(store, l, offset, limit, error);
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick" ROW_TABLES);
    append_condition(sql, l);
    append_order(sql, l);
    g_string_append_printf(sql, " LIMIT ?%d OFFSET ?%d", 998, 999);
    g_string_append(sql, ") p CROSS JOIN articles a ON a.id = p.pick JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id");
    append_order(sql, l);
    sqlite3_stmt *s = prepare(store, sql, l, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 998, limit);
    sqlite3_bind_int64(s, 999, offset);
    return read_rows(store, s, error);
}

GPtrArray *
listing_rows_beside(struct store *store, const struct listing *l, const struct article_row *row, bool before, int64_t limit,
                    GError **error)
{
    GString *sql = g_string_new("SELECT " ROW_COLUMNS ROW_TABLES);
    append_condition(sql, l);
    g_string_append(sql, before ? " AND (a.sort, a.id) > (?996, ?997) ORDER BY a.sort, a.id LIMIT ?998"
                                : " AND (a.sort, a.id) < (?996, ?997) ORDER BY a.sort DESC, a.id DESC LIMIT ?998");
    sqlite3_stmt *s = prepare(store, sql, l, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 996, row->order);
    sqlite3_bind_int64(s, 997, row->id);
    sqlite3_bind_int64(s, 998, limit);
    GPtrArray *rows = read_rows(store, s, error);
    if (rows && before)
        reverse(rows);
    return rows;
}

GPtrArray *
listing_rows_last(struct store *store, const struct listing *l, int64_t skip, int64_t limit, GError **error)
{
    GString *sql = g_string_new("SELECT " ROW_COLUMNS ROW_TABLES);
    append_condition(sql, l);
    g_string_append(sql, " ORDER BY a.sort, a.id LIMIT ?998 OFFSET ?999");
    sqlite3_stmt *s = prepare(store, sql, l, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 998, limit);
    sqlite3_bind_int64(s, 999, skip);
    GPtrArray *rows = read_rows(store, s, error);
    if (rows)
        reverse(rows);
    return rows;
}

int64_t
listing_count_to(struct store *store, const struct listing *l, int64_t limit, bool *more, GError **error)
{
    *more = false;
    if (!is_of_words(store, l) || l->query->exact)
        return listing_count(store, l, error);
    int64_t count = count_read(store, l->query, limit, error);
    *more = count == limit;
    return count;
}

int64_t
listing_count(struct store *store, const struct listing *l, GError **error)
{
    int64_t known = counted(store, l);
    if (known < 0)
        known = is_of_words(store, l) ? hits_of(store, l->query, false) : -1;
    if (known >= 0)
        return known;
    GString *sql = g_string_new("SELECT count(*)" ROW_TABLES);
    append_condition(sql, l);
    struct listing plain = *l;
    plain.sort = LISTING_DATE;
    AUTO_RESET sqlite3_stmt *s = prepare(store, sql, &plain, error);
    if (!s || store_step(store, s, error) != SQLITE_ROW)
        return -1;
    return sqlite3_column_int64(s, 0);
}

/*
 * The same where a listing is of everything or of one source: the index alone is counted, and the
 * few that are deleted are taken off.
 */
static int64_t
position_in_all(struct store *store, const struct listing *l, int64_t article)
{
#define BEFORE "(a.sort, a.id) > ((SELECT sort FROM articles WHERE id = ?1), ?1)"
#define QUESTION(where)                                                                                                        \
    "SELECT (SELECT count(*) FROM articles a WHERE " where BEFORE ") - (SELECT count(*) FROM marks d CROSS JOIN articles a"      \
    " ON a.id = d.article WHERE d.deleted = 1 AND " where BEFORE ") FROM articles x LEFT JOIN marks m ON m.article = x.id"      \
    " WHERE x.id = ?1 AND coalesce(m.deleted, 0) = 0 AND (?2 = 0 OR x.source = ?2)"
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, l->source ? QUESTION("a.source = ?2 AND ") : QUESTION(""), NULL);
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
    static const char *const questions[] = {" AND a.id = ?998",
                                            " AND (a.sort, a.id) > ((SELECT sort FROM articles WHERE id = ?998), ?998)"};
    int64_t answers[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        GString *sql = g_string_new("SELECT count(*)" ROW_TABLES);
        append_condition(sql, l);
        g_string_append(sql, questions[i]);
        AUTO_RESET sqlite3_stmt *s = prepare(store, sql, l, NULL);
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
    if (l->sort == LISTING_DATE && !l->query && !l->portal && !l->edition && !l->unread_only && !l->starred_only)
        return position_in_all(store, l, article);
    if (l->sort == LISTING_DATE)
        return position_by_date(store, l, article);
    GString *sql = g_string_new("SELECT position FROM (SELECT a.id AS id, row_number() OVER (");
    GString *order = g_string_new(NULL);
    append_order(order, l);
    g_string_append_printf(sql, "%s) - 1 AS position" ROW_TABLES, order->str);
    g_string_free(order, TRUE);
    append_condition(sql, l);
    g_string_append(sql, ") WHERE id = ?998");
    AUTO_RESET sqlite3_stmt *s = prepare(store, sql, l, NULL);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 998, article);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

struct article_row *
listing_article(struct store *store, int64_t id, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "SELECT " ROW_COLUMNS ROW_TABLES "WHERE a.id = ?1", error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, id);
    int code = store_step(store, s, error);
    if (code == SQLITE_ROW)
        return read_row(s);
    if (code == SQLITE_DONE)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no article %ld"), (long)id);
    return NULL;
}
