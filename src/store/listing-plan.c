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

/*
 * Counters in the place of articles: so many of a source and a language that are unread, and so
 * many that are read.
 */
#define COUNTER_TABLES \
    " FROM (SELECT source, nullif(language, " NO_LANGUAGE \
    ") AS language, total, unread FROM languages) a CROSS JOIN sources s ON s.id = a.source" \
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
 * few, unless there is a list of fewer.
 */
static enum listing_way
way_of_unknown(struct store *store, const struct listing *l)
{
    int64_t total, unread;
    bool wants_unread = (l->unread_only && !listing_keeps(l)) || (l->query && l->query->unread);
    if (!wants_unread || l->source || l->starred_only || l->among || l->sources ||
        (l->query && l->query->picks) || !everything(store, &total, &unread))
        return WAY_ANY;
    return unread < total / 8 ? WAY_UNREAD : WAY_ANY;
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

enum listing_way
listing_way_by_title(struct store *store, const struct listing *l, int64_t wanted)
{
    struct tally tally;
    int64_t total, unread;
    if (!listing_is_of_counters(l))
        return way_of_unknown(store, l);
    if (!listing_tally(store, l, &tally) || !everything(store, &total, &unread))
        return WAY_ANY;
    if (tally.hits == 0)
        return WAY_NONE;
    bool wants_unread = l->unread_only || (l->query && l->query->unread);
    double any = (double)tally.scope * SORTED,
           few = wants_unread ? (double)unread * SORTED : (double)G_MAXINT64,
           titles = search_is_complete(store) ? steps(wanted, total, tally.hits)
                                              : (double)G_MAXINT64;
    if (few < any && few < titles)
        return WAY_UNREAD;
    return titles < any ? WAY_TITLES : WAY_ANY;
}

const char *
listing_tables(enum listing_way way)
{
    static const char *const tables[] = {
        [WAY_ANY] = ROW_TABLES,
        [WAY_DATES] = " FROM articles a INDEXED BY articles_by_date" ROW_OTHER_TABLES,
        [WAY_SOURCES] = " FROM articles a INDEXED BY articles_by_source" ROW_OTHER_TABLES,
        [WAY_UNREAD] = " FROM unread u CROSS JOIN articles a ON a.id = u.article" ROW_OTHER_TABLES,
        [WAY_MARKS] =
            " FROM marks m CROSS JOIN articles a ON a.id = m.article CROSS JOIN sources s ON s.id = a.source ",
        [WAY_TITLES] = " FROM titles t CROSS JOIN articles a ON a.id = t.article" ROW_OTHER_TABLES,
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
