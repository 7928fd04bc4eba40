/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists, whichever way leads through them: the same articles in the same order, counted and placed
 * alike, as SQLite finds by its own choice; and the counters that the ways are chosen by.
 */
#include "config.h"

#include "store/db.h"
#include "store/hits.h"
#include "store/listing-sql.h"
#include "store/maintenance.h"
#include "store/search.h"
#include "text/fold.h"
#include "text/language.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define ARTICLES 240

static guint64 seed = 7;

static guint
next_number(guint below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (guint)((seed >> 33) % below);
}

static void run(struct fixture *f, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
run(struct fixture *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *sql = g_strdup_vprintf(format, args);
    va_end(args);
    g_autoptr(GError) error = NULL;
    store_exec(f->store, sql, &error);
    g_assert_no_error(error);
}

/* Six sources, of which two have one name; languages, dates and marks at random, but always so. */
static void
fill(struct fixture *f)
{
    run(f, "UPDATE sources SET language = 'ru', portal = 'beiling', edition = 'ru'");
    for (int i = 2; i <= 6; i++)
        run(f,
            "INSERT INTO sources(url, title, language, portal) VALUES('http://s%d.example/', '%s', %s, %s)",
            i,
            i < 4    ? "Council"
            : i == 4 ? "Arts"
                     : "Zoo",
            i == 5 ? "NULL" : "'zh-CN'", i < 4 ? "'beiling'" : "NULL");
    static const char *const languages[] = {"NULL", "'ru'", "'zh-CN'", "'ZH'", "'de'"};
    for (int i = 1; i <= ARTICLES; i++) {
        g_autofree char *id = g_strdup_printf("%d", i),
                        *title = next_number(2)
                                     ? g_strdup_printf("Announcement of the %d", i)
                                     : g_strdup_printf("%c%d", 'A' + (int)next_number(50), i);
        f->source = 1 + next_number(6);
        put(f, id, NULL, title, 1000 + next_number(300));
        run(f, "UPDATE articles SET language = %s WHERE id = %d",
            languages[next_number(i % 20 ? 4 : 5)], i);
    }
}

static void
mark(struct fixture *f, guint read, guint deleted)
{
    for (int i = 1; i <= ARTICLES; i++) {
        struct mark_change changes[] = {
            {.article = i, .mark = MARK_READ, .on = next_number(100) < read},
            {.article = i, .mark = MARK_DELETED, .on = next_number(100) < deleted},
            {.article = i, .mark = MARK_STARRED, .on = next_number(9) == 0}};
        g_assert_true(marks_apply(f->store, changes, 3, NULL));
    }
}

static char *
rows_as_numbers(GPtrArray *rows)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf(out, "%" G_GINT64_FORMAT " ",
                               ((const struct article_row *)g_ptr_array_index(rows, i))->id);
    return g_string_free(out, FALSE);
}

/* A listing against the same one with a condition that is true, of which no counter knows. */
static void
compare(struct fixture *f, const struct listing *own, const struct listing *plain)
{
    g_autofree char *found = numbers(f, own, -1), *windows = numbers(f, own, 7),
                    *expected = numbers(f, plain, -1);
    g_assert_cmpstr(found, ==, expected);
    g_assert_cmpstr(windows, ==, expected);
    g_autoptr(GPtrArray) rows = listing_rows(f->store, own, 0, -1, NULL);
    bool more;
    g_assert_cmpint(listing_count(f->store, own, NULL), ==, rows->len);
    g_assert_cmpint(listing_count_to(f->store, own, G_MAXINT64, &more, NULL), ==, rows->len);
    g_autoptr(GArray) all = listing_articles(f->store, own, NULL);
    g_autoptr(GHashTable) members = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < all->len; i++)
        g_hash_table_add(members, &g_array_index(all, int64_t, i));
    g_assert_cmpuint(all->len, ==, rows->len);
    for (guint i = 0; i < rows->len; i++)
        g_assert_true(g_hash_table_contains(
            members, &((const struct article_row *)g_ptr_array_index(rows, i))->id));
    for (guint i = 0; i < rows->len; i += 1 + rows->len / 5) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_assert_cmpint(listing_position(f->store, own, row->id), ==, i);
        if (!listing_is_in_windows(own))
            continue;
        for (guint n = 0; n < rows->len; n += 1 + rows->len / 4)
            g_assert_cmpint(
                listing_position_from(f->store, own, row->id, g_ptr_array_index(rows, n), n), ==,
                i);
        for (int before = 0; before < 2; before++) {
            g_autoptr(GPtrArray) beside = listing_rows_beside(f->store, own, row, before, 3, NULL);
            for (guint n = 0; n < beside->len; n++)
                g_assert_cmpint(
                    listing_position(f->store, own,
                                     ((struct article_row *)g_ptr_array_index(beside, n))->id),
                    ==, before ? i - beside->len + n : i + 1 + n);
            g_assert_cmpuint(beside->len, ==, MIN(3, before ? i : rows->len - 1 - i));
        }
        g_autoptr(GPtrArray) last = listing_rows_last(f->store, own, i, 4, NULL),
                             same = listing_rows(f->store, own, MAX((gint64)rows->len - i - 4, 0),
                                                 MIN(4, rows->len - i), NULL);
        g_autofree char *one = rows_as_numbers(last), *other = rows_as_numbers(same);
        g_assert_cmpstr(one, ==, other);
    }
}

/* In which lists are folded; NULL: they are not. */
static const char *languages;

static int64_t
group_of(struct fixture *f, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        f->store, "SELECT coalesce(edition_group, 0) FROM articles WHERE id = ?1", NULL);
    sqlite3_bind_int64(s, 1, article);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    return sqlite3_column_int64(s, 0);
}

/* A folded listing against what is left of all its articles when one by one is looked at. */
static void
compare_with_all(struct fixture *f, const struct listing *own)
{
    struct listing every = *own;
    every.languages = NULL;
    g_autoptr(GPtrArray) rows = listing_rows(f->store, &every, 0, -1, NULL);
    GString *expected = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        int64_t group = group_of(f, row->id);
        int rank = language_rank(row->language, languages);
        bool first = true;
        for (guint k = 0; group && first && k < rows->len; k++) {
            const struct article_row *other = g_ptr_array_index(rows, k);
            int its = language_rank(other->language, languages);
            first = group_of(f, other->id) != group || its > rank ||
                    (its == rank && other->id >= row->id);
        }
        if (first)
            g_string_append_printf(expected, "%" G_GINT64_FORMAT " ", row->id);
    }
    g_autofree char *found = numbers(f, own, -1);
    g_assert_cmpstr(found, ==, expected->str);
    g_string_free(expected, TRUE);
}

static void
compare_all(struct fixture *f)
{
    static const char *const queries[] = {"all",
                                          "is:unread",
                                          "is:read",
                                          "lang:ru",
                                          "lang:zh",
                                          "lang:de",
                                          "lang:xx",
                                          "lang:ru is:unread",
                                          "-lang:ru is:read",
                                          "portal:beiling",
                                          "source:Zoo",
                                          "source:Council is:unread",
                                          "(is:unread OR lang:de) -source:1",
                                          "is:unread is:read"};
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_UNREAD, LISTING_SOURCE,
                                              LISTING_TITLE};
    for (size_t q = 0; q < G_N_ELEMENTS(queries); q++) {
        g_autofree char *text = g_strdup_printf("(%s) id:1..9999", queries[q]);
        g_autofree char *uncounted_text = g_strdup_printf("(%s) before:2030-01-01", queries[q]);
        AUTO(query_free) struct query *query = query_parse(queries[q], NOW, NULL),
                                      *with_more = query_parse(text, NOW, NULL),
                                      *uncounted = query_parse(uncounted_text, NOW, NULL);
        g_assert_true(query->of_counters);
        g_assert_false(with_more->of_counters || uncounted->of_counters);
        for (int kind = 0; kind < 5 * (int)G_N_ELEMENTS(sorts); kind++) {
            struct listing own = {.query = query,
                                  .sort = sorts[kind / 5],
                                  .unread_only = kind % 5 == 1,
                                  .source = kind % 5 == 2 ? 3 : 0,
                                  .portal = kind % 5 == 3 ? "beiling" : NULL,
                                  .edition = kind % 5 == 3 ? "ru" : NULL,
                                  .read_only = kind % 5 == 4,
                                  .languages = languages},
                           plain = own;
            plain.query = with_more;
            compare(f, &own, &plain);
            if (languages)
                compare_with_all(f, &own);
            if (own.sort == LISTING_SOURCE) { /* sorted, and source by source without counters */
                compare(f, &plain, &own);
                plain.query = uncounted;
                compare(f, &plain, &own);
            }
        }
    }
}

static void
check(struct fixture *f)
{
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    for (guint i = 0; i < faults->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(faults, i));
    g_assert_cmpuint(faults->len, ==, 0);
}

/*
 * A language is met by its own titles, however many others there are, and those that it may be are
 * laid together; they follow what changes the languages of articles and of sources.
 */
static void
test_by_language(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *query, *languages;
    } known[] = {{"lang:ru", "ru"},
                 {"lang:zh-CN", "zh"},
                 {"-lang:ru", " de zh"},
                 {"lang:ru OR lang:de", "de ru"},
                 {"lang:de", "de"},
                 {"lang:zh has:attachment", "zh"},
                 {"lang:zh since:1970-01-01", "zh"}};
    fill(f);
    bool more = true;
    while (more)
        g_assert_true(search_index_slice(f->store, 250, &more, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        AUTO(query_free) struct query *query = query_parse(known[i].query, NOW, NULL);
        struct listing l = {.query = query, .sort = LISTING_TITLE};
        g_autoptr(GPtrArray) along = NULL;
        enum listing_way way = listing_way_by_title(f->store, &l, 3, &along);
        g_assert_cmpint(way, ==, query->of_counters ? WAY_TITLES : WAY_ANY);
        g_autoptr(GString) said = g_string_new(NULL);
        for (guint k = 0; k < along->len; k++) {
            const struct title_language *language = g_ptr_array_index(along, k);
            g_string_append_printf(said, "%s%s", k ? " " : "", language->language);
            if (query->of_counters && !strchr(known[i].query, '-'))
                g_assert_cmpint(language->hits, ==, language->all);
        }
        g_assert_cmpstr(said->str, ==, known[i].languages); /* source 5 says none */
    }
    check(f);
    run(f, "UPDATE articles SET language = 'kk-Cyrl' WHERE id %% 3 = 0");
    check(f);
    run(f, "UPDATE articles SET language = NULL WHERE id %% 9 = 0");
    run(f, "UPDATE sources SET language = 'FR' WHERE id > 3");
    run(f, "UPDATE sources SET language = NULL WHERE id = 2");
    check(f);
    compare_all(f);
    run(f, "UPDATE titles SET language = 'xx' WHERE article = 7");
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, >, 0);
    g_assert_true(maintenance_rebuild(f->store, NULL));
    check(f);
}

/* By title: along all titles where half is unread, along what is unread where that is little. */
static void
test_by_title(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const char *const queries[] = {"is:unread", "is:unread before:2030-01-01"};
    static const enum listing_way ways[][2] = {{WAY_TITLES, WAY_ANY}, {WAY_UNREAD, WAY_UNREAD}};
    fill(f);
    bool more = true;
    while (more)
        g_assert_true(search_index_slice(f->store, 250, &more, NULL));
    for (int few = 0; few < 2; few++) {
        mark(f, few ? 97 : 50, 0);
        for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
            AUTO(query_free) struct query *query = query_parse(queries[i], NOW, NULL);
            struct listing l = {.query = query, .sort = LISTING_TITLE};
            g_autoptr(GPtrArray) along = NULL;
            g_assert_cmpint(listing_way_by_title(f->store, &l, 40, &along), ==, ways[few][i]);
        }
    }
}

#define MANY 15000 /* articles, of which a fifth are Russian and have what is looked for */

static void
fill_with_many(struct fixture *f)
{
    run(f, "UPDATE sources SET language = 'en'");
    run(f,
        "INSERT INTO sources(url, title, language, tags) VALUES('http://s2.example/', 'Arts', 'en', char(10) || 'town' || char(10)),"
        " ('http://s3.example/', 'Zoo', 'en', '')");
    run(f,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO articles(source, key, title, language, first_seen, sort, revisions, attachments, withdrawn)"
        " SELECT 1 + i %% 3, i, printf('%%s %%s %%d', CASE WHEN i %% 5 THEN char(97 + i * 7 %% 26) ELSE 'я' END,"
        " CASE WHEN i %% 5 THEN 'news' ELSE 'budget' END, i * 7919 %% 15013), CASE WHEN i %% 5 THEN NULL ELSE 'ru' END,"
        " 900 + i, 1000 + i * 6007 %% 4001, 1 + (i %% 5 = 0), i %% 5 = 0, CASE WHEN i %% 500 THEN NULL ELSE 1 END FROM n",
        MANY);
    run(f, "INSERT INTO tags(article, tag) SELECT id, 'budget' FROM articles WHERE id %% 5 = 0");
    run(f,
        "INSERT INTO tags(article, tag) SELECT id, 'few' FROM articles WHERE id %% 50 = 9 OR id %% 100 = 5");
    run(f,
        "INSERT INTO changes(article, kind, at) SELECT id, 1, 5000 FROM articles WHERE id %% 5 = 0");
    run(f,
        "INSERT INTO marks(article, read, deleted) SELECT id, id %% 2, id %% 30 = 0 FROM articles WHERE id %% 3 = 0");
    bool more = true;
    while (more)
        g_assert_true(search_index_slice(f->store, 2000, &more, NULL));
}

/* Both ends of a listing, and what is beside a row in the middle, against all of another. */
static void
compare_windows(struct fixture *f, const struct listing *own, const struct listing *plain)
{
    g_autoptr(GPtrArray) all = listing_rows(f->store, plain, 0, -1, NULL);
    g_assert_cmpuint(all->len, >, 10);
    guint middle = all->len / 2, count = MIN(all->len - middle, 9);
    const struct article_row *row = g_ptr_array_index(all, middle), *first = all->pdata[0];
    GPtrArray *parts[] = {listing_rows(f->store, own, 0, count, NULL),
                          listing_rows(f->store, own, middle, count, NULL),
                          listing_rows_last(f->store, own, 0, count, NULL),
                          listing_rows_beside(f->store, own, row, true, 5, NULL),
                          listing_rows_beside(f->store, own, row, false, 3, NULL)};
    const guint from[] = {0, middle, all->len - count, middle - 5, middle + 1};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_assert_cmpuint(parts[i]->len, ==, i < 3 ? count : i == 3 ? 5 : 3);
        for (guint k = 0; k < parts[i]->len; k++)
            g_assert_cmpint(((const struct article_row *)parts[i]->pdata[k])->id, ==,
                            ((const struct article_row *)all->pdata[from[i] + k])->id);
        g_ptr_array_unref(parts[i]);
    }
    bool more;
    int64_t some = listing_count_to(f->store, own, 8, &more, NULL);
    g_assert_cmpint(some, ==, more ? 8 : all->len);
    g_assert_cmpint(listing_count(f->store, own, NULL), ==, all->len);
    g_assert_cmpint(listing_position(f->store, own, row->id), ==, middle);
    g_assert_cmpint(listing_position_from(f->store, own, row->id, first, 0), ==, middle);
    g_assert_cmpint(listing_position_from(f->store, own, first->id, row, middle), ==, 0);
    const struct article_row *near = all->pdata[middle + 2];
    g_assert_cmpint(listing_position_from(f->store, own, near->id, row, middle), ==, middle + 2);
    g_assert_cmpint(listing_position_from(f->store, own, row->id, near, middle + 2), ==, middle);
}

/*
 * What indexes say of a query's terms is a set, by which its articles are met along dates and
 * titles; few are sorted, and an OR has none.
 */
static void
test_sets(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *query;
        int64_t set; /* how many articles; -1: none is known */
    } known[] = {{"is:revised", MANY / 5},
                 {"state:withdrawn", MANY / 500},
                 {"tag:budget", MANY / 5},
                 {"tag:town has:attachment", MANY / 15},
                 {"tag:town lang:ru", MANY / 3},
                 {"changed:1970-01-01 is:unread", MANY / 5},
                 {"seen:1970-01-01 title:budget", MANY / 5},
                 {"budget is:unread", MANY / 5},
                 {"\"я budget\" lang:ru", MANY / 5},
                 {"budget -tag:town", MANY / 5},
                 {"tag:town -budget", MANY / 3},
                 {"tag:few budget", 3 * MANY / 100},
                 {"tag:few \"я budget\" is:unread", 3 * MANY / 100},
                 {"since:1970-01-01 is:revised -is:withdrawn", MANY / 5},
                 {"is:revised OR is:withdrawn", -1},
                 {"-is:revised", -1},
                 {"lang:ru", -1}};
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE, LISTING_SOURCE,
                                              LISTING_UNREAD};
    fill_with_many(f);
    for (size_t q = 0; q < G_N_ELEMENTS(known); q++) {
        g_autofree char *text = g_strdup_printf("(%s) OR (%s)", known[q].query, known[q].query);
        AUTO(query_free) struct query *query = query_parse(known[q].query, NOW, NULL),
                                      *same = query_parse(text, NOW, NULL);
        for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
            const struct listing own = {.query = query, .sort = sorts[s]},
                                 plain = {.query = same, .sort = sorts[s]};
            const struct hits *set = listing_set(f->store, &own);
            g_assert_cmpint(set ? hits_count(set) : -1, ==, known[q].set);
            g_autoptr(GArray) few = listing_set_few(set);
            g_assert_cmpint(few ? (int64_t)few->len : -1, ==,
                            known[q].set > FEW ? -1 : known[q].set);
            g_assert_null(listing_set(f->store, &plain));
            compare_windows(f, &own, &plain);
        }
    }
    /* it follows the store */
    AUTO(query_free) struct query *query = query_parse("tag:budget", NOW, NULL);
    const struct listing l = {.query = query};
    g_assert_cmpint(hits_count(listing_set(f->store, &l)), ==, MANY / 5);
    run(f, "DELETE FROM tags WHERE article > 9000");
    const struct hits *set = listing_set(f->store, &l);
    g_assert_cmpint(hits_count(set), ==, 9000 / 5);
    /* what is read or starred stands in no set */
    const struct mark_change changes[] = {
        {.article = 5, .mark = MARK_READ, .on = true},
        {.article = 7, .mark = MARK_TAG, .on = true, .tag = "budget"}};
    g_assert_true(marks_apply(f->store, changes, 1, NULL));
    g_assert_true(listing_set(f->store, &l) == set);
    g_assert_true(marks_apply(f->store, changes + 1, 1, NULL));
    g_assert_cmpint(hits_count(listing_set(f->store, &l)), ==, 9000 / 5 + 1);
}

static GPtrArray *
read_for_long(struct store *store, const struct listing *l, const struct listing_reach *reach,
              const void *data, GError **error)
{
    (void)l, (void)reach, (void)data;
    return listing_read(
        store,
        store_prepare(store,
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                      " WHERE i < 10000) SELECT * FROM n WHERE i < 0",
                      NULL),
        error);
}

static GPtrArray *
read_by_date(struct store *store, const struct listing *l, const struct listing_reach *reach,
             const void *data, GError **error)
{
    (void)data;
    return listing_rows(store, l, reach->offset, reach->limit, error);
}

static GPtrArray *
read_wrongly(struct store *store, const struct listing *l, const struct listing_reach *reach,
             const void *data, GError **error)
{
    (void)store, (void)l, (void)reach, (void)data;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, "it cannot");
    return NULL;
}

/* What takes too long is given up for the next way, what fails is not. */
static void
test_soonest(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const struct listing_reader slow[] = {{read_for_long, 2}, {read_by_date, 0}},
                                       quick[] = {{read_for_long, 1000}, {read_by_date, 0}},
                                       wrong[] = {{read_wrongly, 2}, {read_by_date, 0}};
    const struct listing l = {.sort = LISTING_DATE};
    const struct listing_reach reach = {true, NULL, 0, 5};
    fill(f);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = listing_read_soonest(f->store, &l, &reach, slow, NULL, &error),
                         none = listing_read_soonest(f->store, &l, &reach, quick, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(rows->len, ==, 5);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_null(listing_read_soonest(f->store, &l, &reach, wrong, NULL, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN);
}

/* Much is unread, a few articles are, none is; nothing is read. */
static void
test_ways(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    compare_all(f); /* before it is indexed, then after */
    bool more;
    g_assert_true(search_index_slice(f->store, 250, &more, NULL));
    check(f);
    g_assert_true(search_index_slice(f->store, 250, &more, NULL));
    g_assert_false(more);
    compare_all(f);
    static const guint shares[][2] = {{5, 2}, {60, 10}, {98, 3}, {100, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++) {
        mark(f, shares[i][0], shares[i][1]);
        check(f);
        compare_all(f);
    }
}

/* Folded, a line each. */
static char *
titles_of(struct fixture *f, const struct listing *l)
{
    g_autoptr(GPtrArray) rows = listing_rows(f->store, l, 0, -1, NULL);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *folded =
            text_fold(((const struct article_row *)g_ptr_array_index(rows, i))->title);
        g_string_append_printf(out, "%s%s", i ? "\n" : "", folded);
    }
    return g_string_free(out, FALSE);
}

static int
compare_lines(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
sorted_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_qsort_with_data(lines, (int)g_strv_length(lines), sizeof *lines, compare_lines, NULL);
    return g_strjoinv("\n", lines);
}

/* Read articles that are kept in a list of what is unread stay where they were. */
static void
test_kept(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    mark(f, 40, 5);
    for (int round = 0; round < 3; round++) {
        struct listing before = {.unread_only = true, .source = round == 1 ? 2 : 0};
        AUTO(query_free) struct query *query = round == 2 ? query_parse("lang:ru", NOW, NULL)
                                                          : NULL;
        before.query = query;
        g_autofree char *all = numbers(f, &before, -1);
        g_autoptr(GPtrArray) rows = listing_rows(f->store, &before, 0, -1, NULL);
        g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_assert_cmpuint(rows->len, >, 5);
        for (guint i = 0; i < rows->len; i++) {
            int64_t id = ((const struct article_row *)g_ptr_array_index(rows, i))->id;
            g_array_append_val(kept, id);
            struct mark_change change = {.article = id, .mark = MARK_READ, .on = true};
            if (next_number(3))
                g_assert_true(marks_apply(f->store, &change, 1, NULL));
        }
        struct listing after = before;
        after.kept = kept;
        g_autofree char *now = numbers(f, &after, -1);
        g_assert_cmpstr(now, ==, all);
        compare(f, &after, &after);
        after.sort = LISTING_UNREAD;
        g_assert_cmpint(listing_count(f->store, &after, NULL), ==, rows->len);
        compare(f, &after, &after);
        after.sort = before.sort = LISTING_TITLE;
        g_autofree char *titles = titles_of(f, &after);
        g_autofree char *sorted = sorted_lines(titles);
        g_assert_cmpstr(titles, ==, sorted);
        compare(f, &after, &after);
    }
}

/* Lists in which articles of several languages are one row. */
static void
test_folded(struct fixture *f, gconstpointer data)
{
    (void)data;
    bool more;
    fill(f);
    for (int i = 1; i <= ARTICLES; i += 1 + (int)next_number(6))
        run(f,
            "UPDATE articles SET edition_group = %d WHERE id IN (%d, %d, %d) AND edition_group IS NULL",
            i, i, 1 + (int)next_number(ARTICLES), 1 + (int)next_number(ARTICLES));
    languages = "zh ru";
    mark(f, 40, 5);
    compare_all(f);
    g_assert_true(search_index_slice(f->store, 1000, &more, NULL));
    compare_all(f);
    /* what words find: by date, and those with them in the title first */
    static const char *const words[] = {"announcement", "\"of the\"", "ann", "the is:unread"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        AUTO(query_free) struct query *query = query_parse(words[i], NOW, NULL);
        struct listing found = {.query = query, .languages = languages};
        compare_with_all(f, &found);
        g_autoptr(GPtrArray) rows = listing_rows(f->store, &found, 0, -1, NULL);
        g_assert_cmpint(listing_count(f->store, &found, NULL), ==, rows->len);
        found.sort = LISTING_RELEVANCE;
        compare_with_all(f, &found);
        g_autofree char *all = numbers(f, &found, -1), *windows = numbers(f, &found, 7);
        g_assert_cmpstr(windows, ==, all);
        g_assert_cmpint(listing_count(f->store, &found, NULL), ==, rows->len);
    }
    /* what is unread of a list, for who goes on to the next: rows of that list and no others */
    struct listing list = {.languages = languages}, unread = list;
    unread.unread_only = true;
    unread.whole = &list;
    g_autoptr(GPtrArray) rows = listing_rows(f->store, &unread, 0, -1, NULL);
    g_assert_cmpint(listing_count(f->store, &unread, NULL), ==, rows->len);
    for (guint i = 0; i < rows->len; i++)
        g_assert_cmpint(
            listing_position(f->store, &list,
                             ((const struct article_row *)g_ptr_array_index(rows, i))->id),
            >=, 0);
    languages = NULL;
}

/* What changes dates, languages and marks, and what ends articles, changes the counters. */
static void
test_counters(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    mark(f, 50, 20);
    run(f, "UPDATE articles SET sort = sort + 5 WHERE id %% 3 = 0");
    run(f, "UPDATE articles SET language = 'en' WHERE id %% 5 = 0");
    run(f, "UPDATE articles SET language = NULL WHERE id %% 7 = 0");
    bool more;
    g_assert_true(search_index_slice(f->store, 1000, &more, NULL));
    f->source = 1;
    for (int i = 0; i < 20; i++) {
        g_autofree char *id = g_strdup_printf("new %d", i);
        put(f, id, NULL, "One title", NOW);
        g_assert_true(search_index_slice(f->store, 1000, &more, NULL));
        put(f, id, NULL, "Another title", NOW);
    }
    check(f);
    g_assert_cmpint(maintenance_purge(f->store, NULL), >, 0);
    g_assert_cmpint(maintenance_expire(f->store, 2, NOW + 1, NULL), >, 0);
    check(f);
    compare_all(f);
    /* what another program spoilt is found and put right */
    run(f, "DELETE FROM unread WHERE article %% 9 = 0; UPDATE languages SET total = total + 1");
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, >, 1);
    g_assert_true(maintenance_rebuild(f->store, NULL));
    check(f);
}

void
add_tests(void)
{
    g_test_add("/listing/ways", struct fixture, NULL, set_up, test_ways, tear_down);
    g_test_add("/listing/by-title", struct fixture, NULL, set_up, test_by_title, tear_down);
    g_test_add("/listing/sets", struct fixture, NULL, set_up, test_sets, tear_down);
    g_test_add("/listing/soonest", struct fixture, NULL, set_up, test_soonest, tear_down);
    g_test_add("/listing/by-language", struct fixture, NULL, set_up, test_by_language, tear_down);
    g_test_add("/listing/kept", struct fixture, NULL, set_up, test_kept, tear_down);
    g_test_add("/listing/folded", struct fixture, NULL, set_up, test_folded, tear_down);
    g_test_add("/listing/counters", struct fixture, NULL, set_up, test_counters, tear_down);
}
