/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By which way the articles of a listing are met: down the dates, source by source, along what is
 * unread or along the marks.  SQLite cannot know how rare it is what a query asks for; the counters
 * do.
 */
#include "config.h"

#include "store/listing-sql.h"
#include "store/schema.h"
#include "store/search.h"

/* A number of the rows of a way whose articles have to be sorted is worth so many others. */
#define SORTED 2

#define MAX_WAITING   5000 /* articles without their place in the order of titles, to be sorted */
#define MAX_LANGUAGES 80   /* whose titles are laid together */

/*
 * Counters in the place of articles: so many of a source and a language that are unread, and so
 * many that are read.
 */
#define COUNTED_ARTICLES \
    " FROM (SELECT source, nullif(language, " NO_LANGUAGE \
    ") AS language, total, unread FROM languages) a CROSS JOIN sources s ON s.id = a.source"
#define COUNTER_TABLES \
    COUNTED_ARTICLES \
    " CROSS JOIN (SELECT 0 AS read, 0 AS deleted UNION ALL SELECT 1, 0) m "
#define COUNTER "CASE m.read WHEN 0 THEN a.unread ELSE a.total - a.unread END"

bool
listing_is_of_counters(const struct listing *l)
{
    return !l->starred_only && !l->among && !listing_keeps(l) &&
           (!l->query || l->query->of_counters);
}

/* What is asked, as one text: a statement and its values. */
static char *
key_of(const struct listing *l, const char *sql)
{
    GString *key = g_string_new(sql);
    const char *texts[] = {l->portal, l->edition};
    for (guint i = 0; l->query && i < l->query->values->len; i++)
        g_string_append_printf(key, "\n%s", (const char *)g_ptr_array_index(l->query->values, i));
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_string_append_printf(key, "\n%s", texts[i] ? texts[i] : "");
    g_string_append_printf(key, "\n%" G_GINT64_FORMAT, l->source);
    for (guint i = 0; l->sources && i < l->sources->len; i++)
        g_string_append_printf(key, "\n%" G_GINT64_FORMAT, g_array_index(l->sources, int64_t, i));
    return g_string_free(key, FALSE);
}

/* A list asks several times: how many it has, and for each window which way is the shortest. */
bool
listing_tally(struct store *store, const struct listing *folded, struct tally *tally)
{
    const struct listing all = listing_unfolded(folded), *l = &all; /* counters know no groups */
    GString *sql = g_string_new(
        "SELECT coalesce(sum(hits), 0), coalesce(sum(total), 0) FROM (SELECT sum(" COUNTER
        ") AS hits, s.total AS total" COUNTER_TABLES);
    listing_condition(sql, l);
    g_string_append(sql, " GROUP BY a.source HAVING hits > 0) hits");
    g_autofree char *key = key_of(l, sql->str);
    int64_t version = store_version(store);
    int changes = sqlite3_total_changes(store->db);
    bool known = !g_strcmp0(key, store->tally_key) && version == store->tally_version &&
                 changes == store->tally_changes;
    if (known) {
        g_string_free(sql, TRUE);
    } else {
        AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
        if (!s || sqlite3_step(s) != SQLITE_ROW)
            return false;
        store->tally_hits = sqlite3_column_int64(s, 0);
        store->tally_scope = sqlite3_column_int64(s, 1);
        store->tally_version = version;
        store->tally_changes = changes;
        g_free(store->tally_key);
        store->tally_key = g_steal_pointer(&key);
    }
    *tally = (struct tally){store->tally_hits, store->tally_scope};
    return true;
}

GArray *
listing_scope(struct store *store, const struct listing *folded, GError **error)
{
    const struct listing all = listing_unfolded(folded), *l = &all; /* counters know no groups */
    GString *sql = g_string_new("SELECT a.source, sum(" COUNTER ") AS hits" COUNTER_TABLES);
    listing_condition(sql, l);
    g_string_append(sql, " GROUP BY a.source HAVING hits > 0");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    GArray *sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t source = sqlite3_column_int64(s, 0);
        g_array_append_val(sources, source);
    }
    if (code != SQLITE_DONE)
        g_clear_pointer(&sources, g_array_unref);
    return sources;
}

GPtrArray *
listing_tally_sources(struct store *store, const struct listing *folded, GError **error)
{
    const struct listing all = listing_unfolded(folded), *l = &all; /* counters know no groups */
    GString *sql = g_string_new("SELECT a.source, sum(" COUNTER
                                ") AS hits, crier_fold(coalesce(s.title, s.feed_title, s.url))"
                                " AS name" COUNTER_TABLES);
    listing_condition(sql, l);
    g_string_append(sql, " GROUP BY a.source HAVING hits > 0 ORDER BY name");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    GPtrArray *groups = g_ptr_array_new_with_free_func(listing_group_free);
    g_autofree char *last = NULL;
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t source = sqlite3_column_int64(s, 0);
        const char *name = (const char *)sqlite3_column_text(s, 2);
        if (!last || g_strcmp0(last, name)) {
            struct listing_group *group = g_new0(struct listing_group, 1);
            group->sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
            g_ptr_array_add(groups, group);
            g_free(last);
            last = g_strdup(name);
        }
        struct listing_group *group = g_ptr_array_index(groups, groups->len - 1);
        g_array_append_val(group->sources, source);
        group->hits += sqlite3_column_int64(s, 1);
    }
    if (code != SQLITE_DONE)
        g_clear_pointer(&groups, g_ptr_array_unref);
    return groups;
}

void
listing_group_free(gpointer data)
{
    struct listing_group *group = data;
    g_array_unref(group->sources);
    g_free(group);
}

static bool
everything(struct store *store, int64_t *total, int64_t *unread)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0) FROM sources", NULL);
    if (!s || sqlite3_step(s) != SQLITE_ROW)
        return false;
    *total = sqlite3_column_int64(s, 0);
    *unread = sqlite3_column_int64(s, 1);
    return true;
}

/* Of how many rows of a way so many are met, when `hits` of `all` are the listing's. */
static double
steps(int64_t wanted, int64_t all, int64_t hits)
{
    double needed = hits > 0 ? (double)wanted * (double)all / (double)hits : (double)all;
    return wanted < 0 || needed > (double)all ? (double)all : needed;
}

/*
 * What the counters cannot answer may be rare all the same: what is unread is a few then, if it is
 * few, and what is read likewise, unless there is a list of fewer.
 */
static enum listing_way
way_of_unknown(struct store *store, const struct listing *l)
{
    int64_t total, unread;
    bool wants_unread = (l->unread_only && !listing_keeps(l)) || (l->query && l->query->unread),
         wants_read = l->read_only || (l->query && l->query->read);
    if (!(wants_unread || wants_read) || l->source || l->starred_only || l->among || l->sources ||
        !everything(store, &total, &unread))
        return WAY_ANY;
    if (wants_read && !wants_unread && total - unread < FEW)
        return WAY_MARKS;
    if (l->query && l->query->picks)
        return WAY_ANY;
    if (wants_unread)
        return unread < total / 8 ? WAY_UNREAD : WAY_ANY;
    return total - unread < total / 8 ? WAY_MARKS : WAY_ANY;
}

enum listing_way
listing_way(struct store *store, const struct listing *l, int64_t wanted)
{
    struct tally tally;
    int64_t total, unread;
    if (!l->query && !l->portal && !l->unread_only && !l->read_only && !l->sources)
        return WAY_ANY; /* there is an index for it */
    if (!listing_is_of_counters(l))
        return way_of_unknown(store, l);
    if (!listing_tally(store, l, &tally) || !everything(store, &total, &unread))
        return WAY_ANY;
    bool wants_unread = l->unread_only || (l->query && l->query->unread),
         wants_read = l->read_only || (l->query && l->query->read);
    if (tally.hits == 0)
        return WAY_NONE;
    double source = l->source ? steps(wanted, tally.scope, tally.hits)
                              : (double)tally.scope * SORTED;
    double costs[] = {
        [WAY_ANY] = l->source ? source : (double)G_MAXINT64,
        [WAY_DATES] = steps(wanted, total, tally.hits),
        [WAY_TABLE] = (double)G_MAXINT64,
        [WAY_SOURCES] = l->source ? (double)G_MAXINT64 : source,
        [WAY_UNREAD] = wants_unread ? steps(wanted, unread, tally.hits) : (double)G_MAXINT64,
        [WAY_MARKS] = wants_read ? (double)(total - unread) * SORTED : (double)G_MAXINT64,
    };
    enum listing_way best = WAY_DATES;
    for (int i = 0; i < (int)G_N_ELEMENTS(costs); i++)
        if (costs[i] < costs[best])
            best = (enum listing_way)i;
    return best;
}

/* --- by title ----------------------------------------------------------------------------- */

static void
free_language(gpointer data)
{
    struct title_language *language = data;
    g_free(language->language);
    g_free(language);
}

static bool
read_languages(sqlite3_stmt *statement, GPtrArray *languages)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        struct title_language *language = g_new0(struct title_language, 1);
        language->language = g_strdup((const char *)sqlite3_column_text(s, 0));
        language->hits = sqlite3_column_int64(s, 1);
        language->all = sqlite3_column_int64(s, 2);
        g_ptr_array_add(languages, language);
    }
    return code == SQLITE_DONE;
}

/* By the counters: the languages of which a listing has any. */
static GPtrArray *
counted_languages(struct store *store, const struct listing *folded)
{
    const struct listing all = listing_unfolded(folded), *l = &all; /* counters know no groups */
    GString *sql = g_string_new("SELECT l.language, l.hits, c.total FROM (SELECT " TITLE_LANGUAGE
                                " AS language, sum(" COUNTER ") AS hits" COUNTER_TABLES);
    listing_condition(sql, l);
    g_string_append(sql,
                    " GROUP BY 1 HAVING sum(" COUNTER ") > 0) l CROSS JOIN (SELECT " TITLE_LANGUAGE
                    " AS language, sum(a.total) AS total" COUNTED_ARTICLES
                    " GROUP BY 1) c ON c.language = l.language ORDER BY 1");
    g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func(free_language);
    sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    return s && read_languages(s, languages) ? g_steal_pointer(&languages) : NULL;
}

/* By the order itself: all that it has, or that of the query. */
static GPtrArray *
languages_in_order(struct store *store, const struct listing *l)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "WITH RECURSIVE own(language) AS (SELECT min(language) FROM titles UNION ALL"
        " SELECT (SELECT min(t.language) FROM titles t WHERE t.language > own.language) FROM own"
        " WHERE own.language IS NOT NULL)"
        " SELECT language, -1, -1 FROM own WHERE language IS NOT NULL"
        " AND (?1 IS NULL OR language = lower(substr(?1, 1, 2)))",
        NULL);
    if (!s)
        return NULL;
    store_bind_query(s, 1, l->query ? l->query->language : NULL);
    g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func(free_language);
    return read_languages(s, languages) ? g_steal_pointer(&languages) : NULL;
}

/* How many articles wait for their place in the order of titles; no more than that are counted. */
static int64_t
count_waiting(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT count(*) FROM (SELECT 1 FROM search_wait LIMIT ?1) hits", NULL);
    if (!s)
        return MAX_WAITING + 1;
    sqlite3_bind_int64(s, 1, MAX_WAITING + 1);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : MAX_WAITING + 1;
}

/* Whether it is of so few articles that no way can be shorter than to sort them. */
static bool
is_of_few(struct store *store, const struct listing *l)
{
    struct listing scope = {
        .source = l->source, .portal = l->portal, .edition = l->edition, .sources = l->sources};
    struct tally tally;
    return l->among || l->starred_only || (l->query && l->query->rare) ||
           ((l->source || l->portal || l->edition || l->sources) &&
            listing_tally(store, &scope, &tally) && tally.scope < FEW);
}

enum listing_way
listing_way_by_title(struct store *store, const struct listing *l, int64_t wanted,
                     GPtrArray **languages)
{
    struct tally tally;
    int64_t total, unread, waiting = count_waiting(store), among = 0;
    bool counted = listing_is_of_counters(l);
    *languages = NULL;
    if (!counted) {
        enum listing_way way = way_of_unknown(store, l);
        if (way == WAY_ANY && waiting <= MAX_WAITING && !is_of_few(store, l))
            *languages = languages_in_order(store, l);
        if (*languages && (*languages)->len > MAX_LANGUAGES)
            g_clear_pointer(languages, g_ptr_array_unref);
        return way;
    }
    if (!listing_tally(store, l, &tally) || !everything(store, &total, &unread))
        return WAY_ANY;
    if (tally.hits == 0)
        return WAY_NONE;
    g_autoptr(GPtrArray) its = waiting <= MAX_WAITING ? counted_languages(store, l) : NULL;
    for (guint i = 0; its && i < its->len; i++)
        among += ((const struct title_language *)g_ptr_array_index(its, i))->all;
    bool wants_unread = l->unread_only || (l->query && l->query->unread);
    double any = (double)tally.scope * SORTED,
           few = wants_unread ? (double)unread * SORTED : (double)G_MAXINT64,
           titles = its && its->len <= MAX_LANGUAGES
                        ? steps(wanted, among, tally.hits) + (double)waiting * SORTED
                        : (double)G_MAXINT64;
    if (few < any && few < titles)
        return WAY_UNREAD;
    if (titles >= any)
        return l->source ? WAY_ANY : WAY_SOURCES;
    *languages = g_steal_pointer(&its);
    return WAY_TITLES;
}

const char *
listing_tables(enum listing_way way)
{
    static const char *const tables[] = {
        [WAY_ANY] = ROW_TABLES,
        [WAY_DATES] = " FROM articles a INDEXED BY articles_by_date" ROW_OTHER_TABLES,
        [WAY_TABLE] = " FROM articles a NOT INDEXED" ROW_OTHER_TABLES,
        [WAY_SOURCES] = " FROM articles a INDEXED BY articles_by_source" ROW_OTHER_TABLES,
        [WAY_UNREAD] = " FROM unread u CROSS JOIN articles a ON a.id = u.article" ROW_OTHER_TABLES,
        [WAY_MARKS] =
            " FROM marks m CROSS JOIN articles a ON a.id = m.article CROSS JOIN sources s ON s.id = a.source ",
        [WAY_TITLES] = " FROM titles t CROSS JOIN articles a ON a.id = t.article" ROW_OTHER_TABLES,
        [WAY_WAITING] =
            " FROM search_wait w CROSS JOIN articles a ON a.id = w.article" ROW_OTHER_TABLES,
        [WAY_NONE] = ROW_TABLES,
    };
    return tables[way];
}

int64_t
listing_of_all(struct store *store)
{
    int64_t total, unread;
    return everything(store, &total, &unread) ? MAX(total, 1) : 1;
}
