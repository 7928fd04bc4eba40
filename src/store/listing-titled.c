/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows of lists by title, and places in them.  Titles are in order language by language, so that
 * a list is laid together of those of the languages that it may have, and of the few that wait for
 * their place in that order.  Where it has few articles of many, they are found otherwise and
 * sorted.
 */
#include "config.h"

#include "store/listing-sql.h"
#include "store/schema.h"
#include "store/search.h"
#include "text/fold.h"

#include <string.h>

/* Parameters: of a place in the order, of another behind it, and of the first language. */
#define FROM_KEY 990
#define FROM     "(?991, ?992)"
#define TO_KEY   993
#define TO       "(?994, ?995)"
#define LANGUAGE 900
#define SET      989
#define IN_SET   " AND crier_hits_has(?989, t.article)"
#define BOUND    988

#define PLACE "(crier_fold(a.title), -a.id)"

/* A place in the order of titles: before the article of that number. */
struct place {
    char *title; /* folded; owned */
    int64_t article;
};

static void
place_clear(struct place *place)
{
    g_free(place->title);
}
DEFINE_AUTO_CLEAR(place, place_clear)

/* As the store has it; where it is gone, as the row was. */
static void
place_of(struct store *store, int64_t article, const struct article_row *row, struct place *place)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT crier_fold(title) FROM articles WHERE id = ?1", NULL);
    if (s)
        sqlite3_bind_int64(s, 1, article);
    const char *folded =
        s && sqlite3_step(s) == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
    place->title = folded ? g_strdup(folded) : text_fold(row ? row->title : "");
    place->article = article;
}

static void
bind_place(sqlite3_stmt *s, int index, const struct place *place)
{
    sqlite3_bind_blob(s, index, place->title, (int)MIN(strlen(place->title), TITLE_KEY),
                      SQLITE_TRANSIENT);
    sqlite3_bind_text(s, index + 1, place->title, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(s, index + 2, -place->article);
}

/*
 * The condition of a listing with its parameters numbered, as it stands in a SELECT several times.
 */
static char *
numbered_condition(const struct listing *l)
{
    GString *condition = g_string_new(NULL), *numbered = g_string_new(NULL);
    listing_condition(condition, l);
    int number = 0;
    for (const char *p = condition->str; *p; p++) {
        g_string_append_c(numbered, *p);
        if (*p == '?')
            g_string_append_printf(numbered, "%d", ++number);
    }
    g_string_free(condition, TRUE);
    return g_string_free(numbered, FALSE);
}

/* --- rows --------------------------------------------------------------------------------- */

struct ways {
    enum listing_way way;
    const GPtrArray *languages; /* those of WAY_TITLES */
    const struct hits *set;     /* among which articles are along these; or NULL */
    const GBytes *bound;        /* the key behind which nothing is wanted; or NULL */
};

/* The SELECTs that are laid together: one a language, and one of what waits. */
static void
append_parts(GString *sql, const struct listing *l, const struct ways *ways, bool waiting,
             bool forth, bool from)
{
    const GPtrArray *languages = ways->languages;
    g_autofree char *condition = numbered_condition(l);
    const char *than = forth ? ">" : "<";
    for (guint i = 0; i < languages->len; i++) {
        g_string_append_printf(
            sql, "%sSELECT a.id AS pick, t.key AS key, crier_fold(a.title) AS title%s%s",
            i ? " UNION ALL " : "", listing_tables(WAY_TITLES), condition);
        g_string_append_printf(sql, " AND t.language = ?%u", LANGUAGE + i);
        if (ways->set)
            g_string_append(sql, IN_SET);
        if (ways->bound)
            g_string_append_printf(sql, " AND t.key %s= ?%d", forth ? "<" : ">", BOUND);
        if (from)
            g_string_append_printf(sql,
                                   " AND t.key %s= ?%d AND (t.key %s ?%d OR " PLACE " %s " FROM ")",
                                   than, FROM_KEY, than, FROM_KEY, than);
    }
    if (waiting) {
        g_string_append_printf(
            sql,
            "%sSELECT a.id AS pick, crier_title_key(a.title) AS key, crier_fold(a.title) AS title%s%s",
            languages->len ? " UNION ALL " : "", listing_tables(WAY_WAITING), condition);
        if (from)
            g_string_append_printf(sql, " AND " PLACE " %s " FROM, than);
    }
    g_string_append(sql, forth ? " ORDER BY 2, 3, 1 DESC" : " ORDER BY 2 DESC, 3 DESC, 1");
}

static void
append_sorted(GString *sql, const struct listing *l, enum listing_way way, bool forth, bool from)
{
    g_string_append(sql, "SELECT a.id AS pick, crier_fold(a.title) AS title");
    g_string_append(sql, listing_tables(way));
    listing_condition(sql, l);
    if (from)
        g_string_append_printf(sql, " AND " PLACE " %s " FROM, forth ? ">" : "<");
    g_string_append(sql, forth ? " ORDER BY 2, 1 DESC" : " ORDER BY 2 DESC, 1");
}

static void
bind_ways(sqlite3_stmt *s, const struct ways *ways)
{
    if (ways->way != WAY_TITLES)
        return;
    for (guint i = 0; i < ways->languages->len; i++) {
        const struct title_language *language = g_ptr_array_index(ways->languages, i);
        sqlite3_bind_text(s, LANGUAGE + (int)i, language->language, -1, SQLITE_TRANSIENT);
    }
    if (ways->set)
        listing_set_bind(s, SET, ways->set);
    if (ways->bound) {
        gsize size;
        const void *key = g_bytes_get_data((GBytes *)ways->bound, &size);
        sqlite3_bind_blob(s, BOUND, key, (int)size, SQLITE_TRANSIENT);
    }
}

static void
bind_from(struct store *store, sqlite3_stmt *s, const struct listing_reach *reach)
{
    if (!reach->from)
        return;
    AUTO(place_clear) struct place place = {NULL, 0};
    place_of(store, reach->from->id, reach->from, &place);
    bind_place(s, FROM_KEY, &place);
}

static GPtrArray *
read_by(struct store *store, const struct listing *l, const struct ways *ways,
        const struct listing_reach *reach, GError **error)
{
    enum listing_way way = ways->way;
    g_autoptr(GArray) sources = NULL;
    struct listing own = *l;
    if (way == WAY_SOURCES && !l->sources &&
        !(own.sources = sources = listing_scope(store, l, error)))
        return NULL;
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (");
    if (way == WAY_TITLES)
        append_parts(sql, l, ways, !search_is_complete(store), reach->forth, reach->from);
    else
        append_sorted(sql, &own, way, reach->forth, reach->from);
    g_string_append_printf(
        sql,
        " LIMIT ?998 OFFSET ?999) p CROSS JOIN articles a ON a.id = p.pick JOIN sources s ON s.id = a.source"
        " LEFT JOIN marks m ON m.article = a.id ORDER BY p.title%s, p.pick%s",
        reach->forth ? "" : " DESC", reach->forth ? " DESC" : "");
    sqlite3_stmt *s = listing_statement(store, sql, &own, error);
    if (!s)
        return NULL;
    bind_ways(s, ways);
    bind_from(store, s, reach);
    sqlite3_bind_int64(s, 998, reach->limit);
    sqlite3_bind_int64(s, 999, reach->offset);
    return listing_read(store, s, error);
}

static GPtrArray *
read_along_titles(struct store *store, const struct listing *l, const struct listing_reach *reach,
                  const void *data, GError **error)
{
    const struct ways *its = data, titles = {WAY_TITLES, its->languages, its->set, its->bound};
    struct listing own = *l;
    own.one_by_one = true;
    own.set = its->set;
    own.whole = listing_whole(l);
    return read_by(store, &own, &titles, reach, error);
}

/* The key of the last row that is wanted, as if there were one language alone; NULL: not soon. */
static GBytes *
find_end(struct store *store, const struct listing *l, const struct ways *ways, guint language,
         const struct listing_reach *reach)
{
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, g_ptr_array_index(ways->languages, language));
    const struct ways its = {WAY_TITLES, one, ways->set, NULL};
    GString *sql = g_string_new("SELECT key FROM (");
    append_parts(sql, l, &its, false, reach->forth, reach->from);
    g_string_append(sql, ") LIMIT 1 OFFSET ?999");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, l, NULL);
    if (!s)
        return NULL;
    bind_ways(s, &its);
    bind_from(store, s, reach);
    sqlite3_bind_int64(s, 999, reach->offset + reach->limit - 1);
    int thousands = FEW_STEPS;
    int *before = listing_begin_steps(store, &thousands);
    GBytes *key = sqlite3_step(s) == SQLITE_ROW
                      ? g_bytes_new(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0))
                      : NULL;
    listing_end_steps(store, before);
    return key;
}

/*
 * Along titles where one language may have all articles of a set: the titles of another are read
 * no farther than the rows of the one go.
 */
static GPtrArray *
read_to_the_end(struct store *store, const struct listing *l, const struct listing_reach *reach,
                const void *data, GError **error)
{
    struct ways ways = *(const struct ways *)data;
    g_autoptr(GBytes) end = NULL;
    for (guint i = 0; i < ways.languages->len; i++) {
        struct listing own = *l;
        own.one_by_one = true;
        own.set = ways.set;
        own.whole = listing_whole(l);
        g_autoptr(GBytes) its = find_end(store, &own, &ways, i, reach);
        int order = end && its ? g_bytes_compare(its, end) : 0;
        if (its && (!end || (reach->forth ? order < 0 : order > 0))) {
            g_clear_pointer(&end, g_bytes_unref);
            end = g_steal_pointer(&its);
        }
    }
    ways.bound = end;
    return read_along_titles(store, l, reach, &ways, error);
}

static GPtrArray *
read_by_its_way(struct store *store, const struct listing *l, const struct listing_reach *reach,
                const void *data, GError **error)
{
    return read_by(store, l, data, reach, error);
}

GPtrArray *
listing_titled_read(struct store *store, const struct listing *l, const struct listing_reach *reach,
                    GError **error)
{
    static const struct listing_reader readers[] = {{read_by_its_way, FEW_STEPS},
                                                    {read_along_titles, TITLE_STEPS},
                                                    {read_by_its_way, 0}},
                                       of_set[] = {{read_along_titles, FEW_STEPS},
                                                   {read_to_the_end, 0}};
    g_autoptr(GPtrArray) languages = NULL;
    enum listing_way way = listing_way_by_title(
        store, l, reach->limit < 0 ? -1 : reach->offset + reach->limit, &languages);
    if (way == WAY_NONE)
        return g_ptr_array_new_with_free_func(listing_free_item);
    bool tries = way == WAY_ANY && languages && reach->limit >= 0 && !listing_is_of_counters(l);
    const struct ways ways = {way, languages, tries ? listing_set(store, l) : NULL, NULL};
    g_autoptr(GArray) few = listing_set_few(ways.set);
    struct listing own = *l;
    if (few) {
        own.among = few;
        own.whole = listing_whole(l);
    }
    return listing_read_soonest(store, &own, reach,
                                !tries || few                 ? readers + 2
                                : ways.set                    ? of_set
                                : l->query && l->query->picks ? readers
                                                              : readers + 1,
                                &ways, error);
}

/* --- places ------------------------------------------------------------------------------- */

/* Whether a listing has all articles of the languages of which it has any. */
static bool
is_of_languages(const GPtrArray *languages)
{
    for (guint i = 0; i < languages->len; i++) {
        const struct title_language *language = g_ptr_array_index(languages, i);
        if (language->hits < 0 || language->hits != language->all)
            return false;
    }
    return true;
}

#define BETWEEN " AND " PLACE " >= " FROM " AND " PLACE " < " TO
/* The same along the order, which looks at titles only where that is needed. */
#define BETWEEN_KEYS \
    " AND t.key >= ?990 AND t.key <= ?993 AND (t.key > ?990 OR " PLACE " >= " FROM \
    ") AND (t.key < ?993 OR " PLACE " < " TO ")"

/* Of whole languages the order alone is counted, and the few that are deleted are taken off. */
static void
append_count_of_languages(GString *sql, const GPtrArray *languages)
{
    for (guint i = 0; i < languages->len; i++)
        g_string_append_printf(
            sql,
            "(SELECT count(*) FROM titles t WHERE t.language = ?%1$u AND t.key > ?990 AND t.key < ?993)"
            " + (SELECT count(*) FROM titles t CROSS JOIN articles a ON a.id = t.article"
            " WHERE t.language = ?%1$u AND t.key IN (?990, ?993)" BETWEEN ") + ",
            LANGUAGE + i);
    g_string_append(sql, "0");
}

static void
append_languages(GString *sql, const GPtrArray *languages)
{
    g_string_append(sql, TITLE_LANGUAGE " IN (");
    for (guint i = 0; i < languages->len; i++)
        g_string_append_printf(sql, "%s?%u", i ? ", " : "", LANGUAGE + i);
    g_string_append_c(sql, ')');
}

/* How many rows of a listing that keeps none lie between two places. */
static int64_t
count_part_between(struct store *store, const struct listing *l, const struct place *from,
                   const struct place *to, bool near)
{
    g_autoptr(GPtrArray) languages = NULL;
    enum listing_way way = listing_way_by_title(store, l, near ? 100 : -1, &languages);
    g_autoptr(GArray) sources = NULL;
    struct listing own = *l;
    if (way == WAY_SOURCES && !l->sources)
        own.sources = sources = listing_scope(store, l, NULL);
    if (way == WAY_NONE || (way == WAY_SOURCES && !own.sources))
        return 0;
    bool waiting = !search_is_complete(store),
         whole = languages && is_of_languages(languages) && !listing_is_folded(l) && !waiting;
    bool uncounted = languages && !listing_is_of_counters(l);
    const struct hits *set = uncounted ? listing_set(store, l) : NULL;
    g_autoptr(GArray) few = listing_set_few(set);
    if (few)
        own.among = few;
    else if (uncounted && (near || set))
        way = WAY_TITLES;
    own.one_by_one = way == WAY_TITLES && uncounted;
    own.set = own.one_by_one ? set : NULL;
    own.whole = listing_whole(l);
    const struct ways ways = {way, languages, set, NULL};
    GString *sql = g_string_new("SELECT ");
    if (whole) {
        append_count_of_languages(sql, languages);
        g_string_append(
            sql,
            " - (SELECT count(*) FROM marks d CROSS JOIN articles a ON a.id = d.article CROSS JOIN sources s ON s.id = a.source"
            " WHERE d.deleted = 1" BETWEEN " AND ");
        append_languages(sql, languages);
        g_string_append_c(sql, ')');
    } else if (way == WAY_TITLES) {
        g_autofree char *condition = numbered_condition(&own);
        for (guint i = 0; i < languages->len; i++)
            g_string_append_printf(
                sql, "(SELECT count(*)%s%s AND t.language = ?%u%s" BETWEEN_KEYS ") + ",
                listing_tables(WAY_TITLES), condition, LANGUAGE + i, set ? IN_SET : "");
        if (waiting)
            g_string_append_printf(sql, "(SELECT count(*)%s%s" BETWEEN ") + ",
                                   listing_tables(WAY_WAITING), condition);
        g_string_append(sql, "0");
    } else {
        g_string_append_printf(sql, "count(*)%s", listing_tables(way));
        listing_condition(sql, &own);
        g_string_append(sql, BETWEEN);
    }
    AUTO_RESET sqlite3_stmt *s = whole
                                     ? store_prepare(store, sql->str, NULL)
                                     : listing_statement(store, g_string_new(sql->str), &own, NULL);
    g_string_free(sql, TRUE);
    if (!s)
        return 0;
    bind_ways(s, &ways);
    bind_place(s, FROM_KEY, from);
    bind_place(s, TO_KEY, to);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

static int64_t
count_between(struct store *store, const struct listing *l, const struct place *from,
              const struct place *to, bool near)
{
    if (!l->unread_only || !listing_keeps(l))
        return count_part_between(store, l, from, to, near);
    struct listing unread, kept;
    listing_part(l, &unread, &kept);
    return count_part_between(store, &unread, from, to, near) +
           count_part_between(store, &kept, from, to, near);
}

int64_t
listing_titled_position(struct store *store, const struct listing *l, int64_t article,
                        const struct article_row *row, int64_t known)
{
    if (!listing_has(store, l, article))
        return -1;
    AUTO(place_clear) struct place place = {NULL, 0}, other = {g_strdup(""), G_MAXINT64};
    place_of(store, article, NULL, &place);
    if (!row)
        return count_between(store, l, &other, &place, false);
    place_clear(&other);
    place_of(store, row->id, row, &other);
    int order = strcmp(place.title, other.title);
    bool before = order ? order < 0 : article > row->id;
    return before ? known - count_between(store, l, &place, &other, true)
                  : known + count_between(store, l, &other, &place, true);
}
