/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that stand in many articles are found fastest by reading the newest ones; words that stand
 * in few, by asking the index, whose answer takes as long as it is large, and for the beginnings of
 * words several times that.  Which they are is seen by reading a few.
 */
#include "config.h"

#include "store/hits.h"
#include "store/listing-sql.h"
#include "store/search.h"

#include <string.h>

/*
 * Articles that are read before the index is asked.  Tuned on a million articles of 1000
 * characters: a title takes 3 us and a text 40 us, all answers of the index together up to 70 ms,
 * and 200 for the beginning of words that stands in a third.
 */
#define TITLE_SAMPLE 64
#define TITLE_BUDGET 4000
#define TITLE_SHARE  48 /* one of so many has the words, or the index is asked */
#define TEXT_SAMPLE  16
#define TEXT_BUDGET  1000
#define TEXT_SHARE   8
#define RARE_TITLES  256    /* fewer titles than one of so many: fewer texts than TEXT_SHARE, too */
#define COUNT_ALL    5000   /* who wants to see so many has the index count them all */
#define COUNT_SOON   200000 /* articles of a store of which it does so within some 5 ms */

struct place {
    int64_t sort, id;
};

/* Articles in their order, as far as they were looked for. */
struct found {
    GArray *ids;        /* int64_t */
    struct place last;  /* the last that was looked at */
    int64_t read;       /* how many were looked at without the index */
    bool ended;         /* there are no others */
    struct hits *index; /* what the index says; NULL: it was not asked */
    GArray *candidates; /* struct place: that, in order, where it is little; or NULL */
    guint next;         /* of them */
};

struct words {
    char *match, *languages; /* of the listing; NULL: it is not folded */
    bool by_date;            /* all are in `rest` */
    bool rare;               /* as the index says of titles */
    struct found titles, rest;
    int64_t count, hidden;    /* of all, of those behind others of their group; -1: not known */
    int64_t version, changes; /* of the store */
};

static void
found_init(struct found *f)
{
    *f = (struct found){.ids = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                        .last = {G_MAXINT64, G_MAXINT64}};
}

static void
found_clear(struct found *f)
{
    g_array_unref(f->ids);
    g_clear_pointer(&f->index, hits_free);
    g_clear_pointer(&f->candidates, g_array_unref);
}

static void
words_free(gpointer data)
{
    struct words *w = data;
    g_free(w->match);
    g_free(w->languages);
    found_clear(&w->titles);
    found_clear(&w->rest);
    g_free(w);
}

/* What is known of a query; anew when articles have. */
static struct words *
words_of(struct store *store, const struct listing *l, bool by_date)
{
    const struct query *q = l->query;
    const char *languages = listing_folds(store, l) ? l->languages : NULL;
    int64_t version = store_version(store),
            changes = sqlite3_total_changes(store->db) - store->kept;
    struct words *w = store->words;
    if (w && w->version == version && w->changes == changes && w->by_date == by_date &&
        g_str_equal(w->match, q->match) && g_strcmp0(w->languages, languages) == 0)
        return w;
    if (w)
        words_free(w);
    store->words = w = g_new0(struct words, 1);
    store->free_words = words_free;
    w->match = g_strdup(q->match);
    w->languages = g_strdup(languages);
    w->version = version;
    w->changes = changes;
    w->count = w->hidden = -1;
    found_init(&w->titles);
    found_init(&w->rest);
    w->by_date = w->titles.ended = by_date;
    return w;
}

/* --- conditions ------------------------------------------------------------------------- */

enum { ARTICLE = 1, SORT, TITLES, PATTERNS, INDEX, OTHER, LANGUAGES }; /* parameters */

#define LIVING   " AND NOT EXISTS (SELECT 1 FROM marks d WHERE d.article = a.id AND d.deleted = 1)"
#define IN_TITLE "crier_matches(a.title, NULL, ?3)"
#define IN_ALL   "crier_matches(a.title, " TEXT_OF ", ?4)"
/* Of a group of which several have the words, the first; what is in none is not asked. */
#define FIRST "(a.edition_group IS NULL OR a.id = " FIRST_OF_GROUP("WHERE " IN_ALL LIVING, "?7") ")"

/* Behind a condition that finds an article. */
static const char *
and_first(const struct words *w)
{
    return w->languages ? " AND " FIRST : "";
}

/* What must be read of an article although the index has found it; "1": nothing. */
static const char *
unsaid(const struct query *q, const struct words *w, const struct found *f)
{
    if (f == &w->titles)
        return q->exact ? "1" : IN_TITLE;
    if (!q->exact)
        return w->by_date ? IN_ALL : "NOT " IN_TITLE " AND " IN_ALL;
    return w->by_date ? "1" : w->titles.index ? "NOT crier_hits_has(?6, a.id)" : "NOT " IN_TITLE;
}

static sqlite3_stmt *
prepare(struct store *store, char *sql, const struct query *q, const struct words *w,
        const struct found *f, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    g_free(sql);
    if (!s)
        return NULL;
    store_bind_query(s, TITLES, q->title_patterns);
    store_bind_query(s, PATTERNS, q->patterns);
    if (f->index)
        hits_bind(s, INDEX, f->index);
    if (w->titles.index)
        hits_bind(s, OTHER, w->titles.index);
    if (w->languages)
        store_bind_text(s, LANGUAGES, w->languages);
    return s;
}

/* --- down the dates ----------------------------------------------------------------------- */

/* Whether what was read lets one expect that reading on finds enough soon. */
static bool
reads_on(const struct query *q, const struct words *w, const struct found *f)
{
    bool titles = f == &w->titles;
    if (!titles && w->rare)
        return false;
    if (f->read < (titles ? TITLE_SAMPLE : TEXT_SAMPLE))
        return titles || q->prefix || !q->exact;
    return f->read < (titles ? TITLE_BUDGET : TEXT_BUDGET) &&
           (int64_t)f->ids->len * (titles ? TITLE_SHARE : TEXT_SHARE) >= f->read;
}

/*
 * Finds `wanted` in all, or as many as reading finds soon.  With the index only what it has found
 * is met.
 */
static bool
walk(struct store *store, const struct query *q, const struct words *w, struct found *f,
     int64_t wanted, GError **error)
{
    const char *hit = f == &w->titles ? IN_TITLE
                      : w->by_date    ? IN_ALL
                                      : "NOT " IN_TITLE " AND " IN_ALL;
    char *sql = g_strdup_printf(
        "SELECT a.id, a.sort, %s%s%s FROM articles a INDEXED BY articles_by_date WHERE (a.sort, a.id) < (?2, ?1)%s%s%s" LIVING
        " ORDER BY a.sort DESC, a.id DESC",
        f->index || !w->languages ? "" : "CASE WHEN ", f->index ? "1" : hit,
        f->index || !w->languages ? "" : " THEN " FIRST " END",
        f->index ? " AND crier_hits_has(?5, a.id) AND " : "", f->index ? unsaid(q, w, f) : "",
        f->index ? and_first(w) : "");
    AUTO_RESET sqlite3_stmt *s = prepare(store, sql, q, w, f, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, ARTICLE, f->last.id);
    sqlite3_bind_int64(s, SORT, f->last.sort);
    while ((int64_t)f->ids->len < wanted && (f->index || reads_on(q, w, f))) {
        int code = store_step(store, s, error);
        f->ended = code == SQLITE_DONE;
        if (code != SQLITE_ROW)
            return f->ended;
        f->last = (struct place){sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 0)};
        f->read++;
        if (sqlite3_column_int(s, 2))
            g_array_append_val(f->ids, f->last.id);
    }
    return true;
}

/* --- by the index ------------------------------------------------------------------------- */

static struct hits *
ask_index(struct store *store, const char *match, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT crier_hits_add(?1, rowid) FROM search WHERE search MATCH ?2", error);
    if (!s)
        return NULL;
    struct hits *hits = hits_new();
    hits_bind(s, 1, hits);
    store_bind_query(s, 2, match);
    if (store_step(store, s, error) == SQLITE_ROW)
        return hits;
    hits_free(hits);
    return NULL;
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
    const struct place *one = a, *other = b;
    if (one->sort != other->sort)
        return one->sort < other->sort ? 1 : -1;
    return one->id < other->id ? 1 : one->id > other->id ? -1 : 0;
}

/* What the index has found behind the last article, in order. */
static bool
sort_candidates(struct store *store, struct found *f, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT sort FROM articles WHERE id = ?1", error);
    if (!s)
        return false;
    f->candidates = g_array_new(FALSE, FALSE, sizeof(struct place));
    for (int64_t id = hits_next(f->index, -1); id >= 0; id = hits_next(f->index, id)) {
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, id);
        int code = store_step(store, s, error);
        if (code == SQLITE_DONE)
            continue;
        if (code != SQLITE_ROW)
            return false;
        struct place place = {sqlite3_column_int64(s, 0), id};
        if (compare_places(&place, &f->last) > 0)
            g_array_append_val(f->candidates, place);
    }
    g_array_sort(f->candidates, compare_places);
    return true;
}

static bool
pick(struct store *store, const struct query *q, const struct words *w, struct found *f,
     int64_t wanted, GError **error)
{
    char *sql = g_strdup_printf("SELECT 1 FROM articles a WHERE a.id = ?1 AND %s" LIVING "%s",
                                unsaid(q, w, f), and_first(w));
    AUTO_RESET sqlite3_stmt *s = prepare(store, sql, q, w, f, error);
    if (!s)
        return false;
    for (; f->next < f->candidates->len && (int64_t)f->ids->len < wanted; f->next++) {
        int64_t id = g_array_index(f->candidates, struct place, f->next).id;
        sqlite3_reset(s);
        sqlite3_bind_int64(s, ARTICLE, id);
        int code = store_step(store, s, error);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return false;
        if (code == SQLITE_ROW)
            g_array_append_val(f->ids, id);
    }
    f->ended = f->next == f->candidates->len;
    return true;
}

/*
 * Few are looked up and sorted; of many, those that are wanted are met soon on the way down the
 * dates.
 */
static bool
are_few(struct store *store, const struct found *f, int64_t wanted)
{
    double hits = (double)hits_count(f->index),
           more = (double)MIN(wanted - (int64_t)f->ids->len, hits_count(f->index));
    return more * (double)listing_of_all(store) >= 4.0 * hits * hits;
}

/* Finds `wanted` articles in all, or all there are. */
static bool
find(struct store *store, const struct query *q, struct words *w, struct found *f, int64_t wanted,
     GError **error)
{
    while (!f->ended && (int64_t)f->ids->len < wanted) {
        if (!f->index && reads_on(q, w, f)) {
            if (!walk(store, q, w, f, wanted, error))
                return false;
            continue;
        }
        bool titles = f == &w->titles;
        if (!f->index && !(f->index = ask_index(store, titles ? q->title_match : q->match, error)))
            return false;
        if (titles)
            w->rare = hits_count(f->index) * RARE_TITLES < listing_of_all(store);
        if (!f->candidates && are_few(store, f, wanted) && !sort_candidates(store, f, error))
            return false;
        if (!(f->candidates ? pick : walk)(store, q, w, f, wanted, error))
            return false;
    }
    return true;
}

/* --- what is asked for -------------------------------------------------------------------- */

bool
listing_is_of_words(struct store *store, const struct listing *l)
{
    if (!l->query || !l->query->match || l->source || l->portal || l->edition || l->unread_only ||
        l->starred_only || (l->whole && listing_folds(store, l)) ||
        (l->sort != LISTING_RELEVANCE && l->sort != LISTING_DATE))
        return false;
    return search_is_complete(store);
}

static bool
append_rows(struct store *store, GPtrArray *rows, const GArray *ids, int64_t from, int64_t to,
            GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT " ROW_COLUMNS ROW_TABLES "WHERE a.id = ?1", error);
    for (int64_t i = from; s && i < MIN(to, (int64_t)ids->len); i++) {
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, g_array_index(ids, int64_t, i));
        int code = store_step(store, s, error);
        if (code == SQLITE_ROW)
            g_ptr_array_add(rows, listing_read_row(store, s));
        else if (code != SQLITE_DONE)
            return false;
    }
    return s != NULL;
}

GPtrArray *
listing_words_rows(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
                   GError **error)
{
    const struct query *q = l->query;
    struct words *w = words_of(store, l, l->sort == LISTING_DATE);
    int64_t end = limit < 0 ? G_MAXINT64 : offset + limit;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(listing_free_item);
    if (!find(store, q, w, &w->titles, end, error) ||
        !append_rows(store, rows, w->titles.ids, offset, end, error))
        return NULL;
    int64_t titles = w->titles.ids->len;
    if (titles >= end)
        return g_steal_pointer(&rows);
    return find(store, q, w, &w->rest, end - titles, error) &&
                   append_rows(store, rows, w->rest.ids, MAX(offset - titles, 0), end - titles,
                               error)
               ? g_steal_pointer(&rows)
               : NULL;
}

GPtrArray *
listing_words_beside(struct store *store, const struct listing *l, const struct article_row *row,
                     bool before, int64_t limit, GError **error)
{
    struct words *w = words_of(store, l, true);
    /* ever more at once, as each look for some has its own cost */
    for (int64_t i = 0; find(store, l->query, w, &w->rest, i + 1 + i / 8, error);) {
        const GArray *ids = w->rest.ids;
        while (i < (int64_t)ids->len && g_array_index(ids, int64_t, i) != row->id)
            i++;
        if (i < (int64_t)ids->len)
            return before ? listing_words_rows(store, l, MAX(i - limit, 0), MIN(limit, i), error)
                          : listing_words_rows(store, l, i + 1, limit, error);
        if (w->rest.ended)
            return g_ptr_array_new_with_free_func(listing_free_item);
    }
    return NULL;
}

static int64_t
count_of(struct store *store, const char *sql, const char *value, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return -1;
    if (value)
        store_bind_query(s, 1, value);
    return store_step(store, s, error) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

/*
 * How many the index finds.  Few are deleted: they are read, which is less than to look all hits up
 * among them.
 */
static int64_t
count_by_index(struct store *store, const struct query *q, GError **error)
{
    int64_t all = count_of(store, "SELECT count(*) FROM search WHERE search MATCH ?1", q->match,
                           error),
            gone = count_of(store, "SELECT count(*) FROM marks WHERE deleted = 1", NULL, error);
    if (all <= 0 || gone <= 0)
        return all;
    gone =
        gone < 1000
            ? count_of(
                  store,
                  "SELECT count(*) FROM marks d JOIN articles a ON a.id = d.article WHERE d.deleted = 1"
                  " AND crier_matches(a.title, " TEXT_OF ", ?1)",
                  q->patterns, error)
            : count_of(store,
                       "SELECT count(*) FROM marks d WHERE d.deleted = 1"
                       " AND d.article IN (SELECT rowid FROM search WHERE search MATCH ?1)",
                       q->match, error);
    return gone < 0 ? -1 : all - gone;
}

/* How many of those stand behind another of their group. */
static int64_t
count_hidden(struct store *store, const struct query *q, GError **error)
{
    return count_of(
        store,
        "SELECT count(*) - count(DISTINCT a.edition_group) FROM articles a INDEXED BY articles_by_group"
        " WHERE a.edition_group IS NOT NULL AND a.id IN (SELECT rowid FROM search WHERE search MATCH ?1)" LIVING,
        q->match, error);
}

int64_t
listing_words_count(struct store *store, const struct listing *l, int64_t limit, bool *more,
                    GError **error)
{
    const struct query *q = l->query;
    struct words *w = words_of(store, l, l->sort == LISTING_DATE);
    *more = false;
    if (q->exact && (!q->prefix || w->rest.index || limit >= COUNT_ALL ||
                     listing_of_all(store) <= COUNT_SOON)) {
        if (w->count < 0)
            w->count = count_by_index(store, q, error);
        if (w->count <= 0 || !w->languages)
            return w->count;
        if (w->hidden < 0)
            w->hidden = count_hidden(store, q, error);
        return w->hidden < 0 ? -1 : w->count - w->hidden;
    }
    if (!find(store, q, w, &w->titles, limit, error) ||
        !find(store, q, w, &w->rest, limit - (int64_t)w->titles.ids->len, error))
        return -1;
    int64_t count = (int64_t)w->titles.ids->len + w->rest.ids->len;
    *more = !w->titles.ended || !w->rest.ended || count > limit;
    return MIN(count, limit);
}
