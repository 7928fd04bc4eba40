/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One article in several languages: whose names are believed, and which texts face each other. */
#include "config.h"

#include "document/parallel.h"
#include "reader/session.h"
#include "store/db.h"
#include "store/edition-groups.h"
#include "store/schema.h"
#include "text/language.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

static void
test_languages(void)
{
    g_assert_cmpint(language_rank("zh-Hant", "ru zh"), ==, 1);
    g_assert_cmpint(language_rank("ZH", " ru  zh "), ==, 1);
    g_assert_cmpint(language_rank("zh", "zh-Hant ru"), ==, 2); /* a range is no wider language */
    g_assert_cmpint(language_rank("zho", "zh"), ==, 1);
    g_assert_cmpint(language_rank(NULL, "zh"), ==, 1);
    g_assert_cmpint(language_rank("en", ""), ==, 0);
    g_assert_true(language_is_alike("zh-CN", "zh-Hant"));
    g_assert_false(language_is_alike("zh", "z"));
    g_assert_false(language_is_alike(NULL, "zh"));
}

/* --- groups ------------------------------------------------------------------------------- */

static int64_t
page(struct fixture *f, const char *language, const char *name)
{
    g_autofree char *link = g_strdup_printf("http://city.example/%s/%s.html", language, name),
                    *id = g_strconcat(language, name, NULL);
    int64_t article = put(f, id, link, name, NOW);
    struct page_facts facts = {.language = language};
    g_assert_true(articles_put_facts(f->store, article, &facts, NULL));
    return article;
}

static void
name(struct fixture *f, int64_t article, const char *language, const char *other)
{
    g_autofree char *url = g_strdup_printf("http://city.example/%s/%s.html", language, other);
    g_assert_true(articles_put_edition(f->store, article, language, url, "article", NULL));
}

static void
settle(struct fixture *f)
{
    for (int i = 0; i < 20 && !edition_groups_are_complete(f->store); i++)
        g_assert_true(edition_groups_follow(f->store, 3, NULL));
    g_assert_true(edition_groups_are_complete(f->store));
}

static char *
others(struct fixture *f, int64_t article)
{
    g_autoptr(GArray) all = edition_groups_others(f->store, article);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(out, "%s%" G_GINT64_FORMAT, i ? " " : "",
                               g_array_index(all, int64_t, i));
    return g_string_free(out, FALSE);
}

#define OTHERS(article, expected) \
    { \
        g_autofree char *found = others(f, article); \
        g_assert_cmpstr(found, ==, expected); \
    }

static void
test_groups(struct fixture *f, gconstpointer data)
{
    (void)data;
    /* one page names two others, of which one comes later */
    int64_t zh = page(f, "zh", "1"), en = page(f, "en", "1");
    name(f, zh, "en", "1");
    name(f, zh, "ru", "1");
    settle(f);
    OTHERS(zh, "2");
    int64_t ru = page(f, "ru", "1");
    settle(f);
    OTHERS(en, "1 3");
    AUTO(article_row_free) struct article_row *row = listing_article(f->store, ru, NULL);
    g_assert_true(strstr(row->others, "zh") && strstr(row->others, "en") &&
                  !strstr(row->others, "ru"));
    /* it names another one instead */
    int64_t en2 = page(f, "en", "2");
    name(f, zh, "en", "2");
    settle(f);
    OTHERS(en, "");
    OTHERS(zh, "3 4");
    OTHERS(en2, "1 3");
    /* what is deleted is no sign at a row; what is purged belongs to nobody */
    struct mark_change gone = {.article = zh, .mark = MARK_DELETED, .on = true};
    g_assert_true(marks_apply(f->store, &gone, 1, NULL));
    AUTO(article_row_free) struct article_row *now = listing_article(f->store, ru, NULL);
    g_assert_cmpstr(now->others, ==, "en");
    g_assert_cmpint(maintenance_purge(f->store, NULL), ==, 1);
    settle(f);
    OTHERS(ru, "");
    OTHERS(en2, "");
}

/* Portals have templates that name the same page on all. */
static void
test_belief(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t zh = page(f, "zh", "1"), first = page(f, "ru", "1"), second = page(f, "ru", "2");
    name(f, first, "zh", "1");
    name(f, second, "zh", "1");
    settle(f);
    OTHERS(zh, "");
    OTHERS(first, "");
    /* one of them it names itself */
    name(f, zh, "ru", "2");
    settle(f);
    OTHERS(zh, "3");
    OTHERS(first, "");
    OTHERS(second, "1");
    /* the same page under another source is another row */
    g_assert_true(
        store_exec(f->store, "INSERT INTO sources(url) VALUES('http://b.example/')", NULL));
    f->source = 2;
    int64_t again = page(f, "ru", "2");
    settle(f);
    OTHERS(again, "");
    OTHERS(zh, "3");
    f->source = 1;
    /* an article has one page in each language */
    int64_t en = page(f, "en", "1"), other = page(f, "en", "9");
    name(f, second, "en", "1");
    name(f, zh, "en", "9");
    settle(f);
    OTHERS(en, "");
    OTHERS(other, "");
    OTHERS(zh, "");
    /* all is found again */
    g_assert_true(maintenance_rebuild(f->store, NULL));
    name(f, zh, "en", "1");
    settle(f);
    OTHERS(other, "");
    OTHERS(zh, "3 5");
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
}

/* An article of a source, of which other pages of its own tell. */
static int64_t
page_of(struct fixture *f, int64_t source, const char *language, const char *name)
{
    f->source = source;
    return page(f, language, name);
}

/* Which articles are named as the editions of one, with their languages. */
static char *
named(struct fixture *f, int64_t article)
{
    g_autoptr(GPtrArray) all = articles_editions(f->store, article);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++) {
        const struct stored_edition *e = g_ptr_array_index(all, i);
        g_string_append_printf(out, "%s%s %" G_GINT64_FORMAT, i ? ", " : "", e->language,
                               e->article);
    }
    return g_string_free(out, FALSE);
}

#define NAMED(article, expected) \
    { \
        g_autofree char *found = named(f, article); \
        g_assert_cmpstr(found, ==, expected); \
    }

/* A feed that links to a page of a portal is no edition of it; sections are apart. */
static void
test_links(struct fixture *f, gconstpointer data)
{
    (void)data;
    enum { FEED = 2, NEWS_EN, NEWS_RU, TOWN_EN, TOWN_RU, PLAIN, OTHER };
    g_assert_true(store_exec(
        f->store,
        "INSERT INTO sources(url, portal, section) VALUES('http://letter.example/', NULL, NULL),"
        " ('portal:c/en/news', 'c', 'news'), ('portal:c/ru/news', 'c', 'news'),"
        " ('portal:c/en/town', 'c', 'town'), ('portal:c/ru/town', 'c', 'town'),"
        " ('http://www.city.example/rss', NULL, NULL), ('http://zh.example/', NULL, NULL)",
        NULL));
    /* its page, which is that of the portal, tells of the others; it came first */
    int64_t linked = page_of(f, FEED, "en", "1"), ru = page_of(f, NEWS_RU, "ru", "1");
    name(f, linked, "ru", "1");
    name(f, ru, "en", "1");
    settle(f);
    OTHERS(ru, "");
    int64_t en = page_of(f, NEWS_EN, "en", "1");
    name(f, en, "ru", "1");
    settle(f);
    OTHERS(linked, "");
    OTHERS(ru, "3");
    OTHERS(en, "2");
    NAMED(ru, "en 3");     /* not who only links there, though it came first */
    NAMED(linked, "ru 2"); /* whose link leads to a page that has others */
    /* in another language it would be one of two of that */
    int64_t zh = page_of(f, OTHER, "zh", "1");
    g_assert_true(store_exec(
        f->store,
        "UPDATE articles SET identity = (SELECT identity FROM articles WHERE id = 3) WHERE id = 4",
        NULL));
    settle(f);
    OTHERS(zh, "");
    OTHERS(ru, "3");
    /* in two sections they are two rows, of which each has its editions */
    int64_t town_en = page_of(f, TOWN_EN, "en", "1"), town_ru = page_of(f, TOWN_RU, "ru", "1");
    name(f, town_en, "ru", "1");
    settle(f);
    OTHERS(en, "2");
    OTHERS(town_en, "6");
    OTHERS(town_ru, "5");
    NAMED(town_en, "ru 6");
    NAMED(town_ru, "en 5"); /* it names nothing itself, and three name it */
    /* a plain feed of the city itself */
    int64_t plain = page_of(f, PLAIN, "en", "2"), more = page_of(f, NEWS_RU, "ru", "2");
    name(f, more, "en", "2");
    settle(f);
    OTHERS(plain, "8");
    /* what a former version has put together is found again */
    g_assert_true(
        store_exec(f->store, "UPDATE articles SET edition_group = 1 WHERE id IN (1, 2, 3)", NULL));
    g_assert_true(store_exec(f->store, schema_migration(33), NULL));
    settle(f);
    OTHERS(linked, "");
    OTHERS(ru, "3");
    OTHERS(town_en, "6");
    OTHERS(plain, "8");
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
}

/* Sections that do not have all languages: each language once, whichever article one begins at. */
static void
test_crossed(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_true(
        store_exec(f->store,
                   "INSERT INTO sources(url, portal, section) VALUES('portal:c/en/a', 'c', 'a'),"
                   " ('portal:c/en/b', 'c', 'b'), ('portal:c/ru/b', 'c', 'b'),"
                   " ('portal:c/zh/a', 'c', 'a')",
                   NULL));
    int64_t first = page_of(f, 2, "en", "1"), second = page_of(f, 3, "en", "1"),
            ru = page_of(f, 4, "ru", "1"), zh = page_of(f, 5, "zh", "1");
    int64_t all[] = {first, second, ru, zh};
    static const char *const languages[] = {"en", "ru", "zh"};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        for (guint k = 0; k < G_N_ELEMENTS(languages); k++)
            name(f, all[i], languages[k], "1");
    settle(f);
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        OTHERS(first, "3 4");
        OTHERS(second, "");
        OTHERS(ru, "1 4");
        g_autofree char *sql = g_strdup_printf(
            "INSERT OR IGNORE INTO editions_wait(article) VALUES(%" G_GINT64_FORMAT ")", all[i]);
        g_assert_true(store_exec(f->store, sql, NULL));
        settle(f);
    }
}

/* A page that hundreds name, and a chain without an end: nothing is one article. */
static void
test_many(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t hub = page(f, "zh", "hub");
    for (int i = 0; i < 200; i++) {
        g_autofree char *language = g_strdup_printf("x%c%c", 'a' + i / 20, 'a' + i % 20);
        int64_t article = page(f, language, "1");
        name(f, article, "zh", "hub");
    }
    for (int i = 0; i < 2000 && !edition_groups_are_complete(f->store); i++)
        g_assert_true(edition_groups_follow(f->store, 10, NULL));
    g_assert_true(edition_groups_are_complete(f->store));
    OTHERS(hub, "");
    g_assert_false(edition_groups_any(f->store));
}

/* --- texts -------------------------------------------------------------------------------- */

static struct document *
text_of(const char *const *blocks)
{
    struct document *d = document_new();
    for (; *blocks; blocks++) {
        bool heading = **blocks == '#', item = **blocks == '*';
        struct block *b = document_add(d,
                                       heading ? BLOCK_HEADING
                                       : item  ? BLOCK_ITEM
                                               : BLOCK_PARAGRAPH,
                                       heading || item);
        rich_append(&b->content, *blocks + (heading || item), -1, 0, 0);
    }
    return d;
}

static char *
pairs_of(const char *const *one, const char *const *other)
{
    AUTO(document_free) struct document *a = text_of(one), *b = text_of(other);
    g_autoptr(GArray) pairs = parallel_align(a, b);
    GString *out = g_string_new(NULL);
    guint next[2] = {0, 0};
    for (guint i = 0; i < pairs->len; i++) {
        const struct parallel_pair *p = &g_array_index(pairs, struct parallel_pair, i);
        for (int side = 0; side < 2; side++) {
            g_assert_cmpuint(p->from[side], ==, next[side]);
            next[side] += p->count[side];
        }
        g_string_append_printf(out, "%s%u:%u", i ? " " : "", p->count[0], p->count[1]);
    }
    g_assert_cmpuint(next[0], ==, a->blocks->len);
    g_assert_cmpuint(next[1], ==, b->blocks->len);
    return g_string_free(out, FALSE);
}

static void
test_parallel(void)
{
    static const char *const en[] = {
        "#Water",
        "The water supply in Harbour Street is interrupted on 11 October from 9 to 17.",
        "Affected are 240 households; a tank stands at the school.",
        "*Please store water.",
        "*Call 112 233 with questions.",
        NULL};
    static const char *const zh[] = {"#停水",
                                     "十月11日9时至17时，港口街停水。",
                                     "受影响的有240户；学校设有水罐。",
                                     "*请储水。",
                                     "*咨询电话：112 233。",
                                     NULL};
    static const char *const ru[] = {"#Вода",
                                     "11 октября с 9 до 17 часов на Портовой улице не будет воды.",
                                     "Без воды останутся 240 домов.",
                                     "Цистерна стоит у школы.",
                                     "*Запасите воду.",
                                     "*Телефон 112 233.",
                                     NULL};
    /* what is not translated stands with what is beside it */
    static const char *const less[] = {
        "#Вода", "11 октября с 9 до 17 часов на Портовой улице не будет воды.", "*Запасите воду.",
        "*Телефон 112 233.", NULL};
    static const char *const none[] = {NULL};
    const struct {
        const char *const *one, *const *other;
        const char *pairs;
    } cases[] = {{en, zh, "1:1 1:1 1:1 1:1 1:1"},
                 {en, en, "1:1 1:1 1:1 1:1 1:1"},
                 {en, ru, "1:1 1:1 1:2 1:1 1:1"},
                 {en, less, "1:1 2:1 1:1 1:1"},
                 {less, en, "1:1 1:2 1:1 1:1"},
                 {none, less, "0:1 0:1 0:1 0:1"},
                 {none, none, ""}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *pairs = pairs_of(cases[i].one, cases[i].other);
        g_assert_cmpstr(pairs, ==, cases[i].pairs);
    }
}

/* Texts too long for that go in step. */
static void
test_long(void)
{
    g_autoptr(GPtrArray) many = g_ptr_array_new();
    for (int i = 0; i < 2500; i++)
        g_ptr_array_add(many, (gpointer) "Text.");
    g_ptr_array_add(many, NULL);
    const char *const *all = (const char *const *)many->pdata;
    g_autofree char *pairs = pairs_of(all, all + 100);
    g_assert_true(g_str_has_prefix(pairs, "1:1 ") && g_str_has_suffix(pairs, " 1:0"));
}

/* --- many marks --------------------------------------------------------------------------- */

static int
count_statement(unsigned kind, void *data, void *statement, void *text)
{
    (void)kind;
    (void)statement;
    (void)text;
    ++*(guint *)data;
    return 0;
}

/* How many articles the first ones are to people; *statements: what the store was asked for it. */
static guint
works_of(struct fixture *f, const struct mark_change *changes, guint count, guint *statements)
{
    const struct session session = {.store = f->store};
    *statements = 0;
    sqlite3_trace_v2(f->store->db, SQLITE_TRACE_STMT, count_statement, statements);
    guint works = session_count_works(&session, changes, count);
    sqlite3_trace_v2(f->store->db, 0, NULL, NULL);
    return works;
}

/* A step of undo is counted by as many statements, however many articles it is of. */
static void
test_count(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct mark_change changes[61];
    guint few, many;
    for (guint i = 0; i < 20; i++) { /* one in two languages, and one alone */
        g_autofree char *both = g_strdup_printf("%u", i), *alone = g_strdup_printf("alone%u", i);
        int64_t zh = page(f, "zh", both), en = page(f, "en", both);
        name(f, zh, "en", both);
        changes[3 * i] = (struct mark_change){.article = en, .mark = MARK_READ, .on = true};
        changes[3 * i + 1] =
            (struct mark_change){.article = page(f, "en", alone), .mark = MARK_READ, .on = true};
        changes[3 * i + 2] = (struct mark_change){.article = zh, .mark = MARK_READ, .on = true};
    }
    /* a mark of another kind of one of them; what was purged meanwhile counts by itself */
    changes[60] = (struct mark_change){.article = changes[0].article, .mark = MARK_STARRED};
    settle(f);
    g_assert_cmpuint(works_of(f, changes, 3, &few), ==, 2);
    g_assert_cmpuint(works_of(f, changes, 2, &few), ==, 2);
    g_assert_cmpuint(works_of(f, changes, 61, &many), ==, 40);
    g_assert_cmpuint(many, ==, few);
    changes[60].article = 1000;
    g_assert_cmpuint(works_of(f, changes, 61, &many), ==, 41);

    g_autoptr(GArray) articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_array_append_val(articles, changes[0].article);
    g_array_append_val(articles, changes[1].article);
    g_array_append_val(articles, changes[3].article);
    g_assert_true(marks_apply(f->store, &changes[5], 1, NULL));
    g_autoptr(GArray) rest = edition_groups_rest(f->store, articles, NULL),
                      unread = edition_groups_rest(f->store, articles, &changes[0].on);
    g_assert_cmpuint(rest->len, ==, 2);
    g_assert_cmpint(g_array_index(rest, int64_t, 0), ==, changes[2].article);
    g_assert_cmpint(g_array_index(rest, int64_t, 1), ==, changes[5].article);
    g_assert_cmpuint(unread->len, ==, 1);
    g_assert_cmpint(g_array_index(unread, int64_t, 0), ==, changes[2].article);
    bool unlike = false;
    g_autoptr(GArray) read = edition_groups_rest(f->store, articles, &unlike);
    g_assert_cmpuint(read->len, ==, 1);
    g_assert_cmpint(g_array_index(read, int64_t, 0), ==, changes[5].article);
}

/* Pages that are looked at for the first rows of a list that has a row for each group. */
static int
pages_of(struct fixture *f, const struct listing *l)
{
    int pages, most;
    sqlite3_db_status(f->store->db, SQLITE_DBSTATUS_CACHE_HIT, &pages, &most, 1);
    g_autoptr(GPtrArray) rows = listing_rows(f->store, l, 0, 20, NULL);
    sqlite3_db_status(f->store->db, SQLITE_DBSTATUS_CACHE_HIT, &pages, &most, 1);
    g_assert_nonnull(rows);
    g_assert_cmpuint(rows->len, ==, 20);
    return pages;
}

/* What is few is not listed as a whole for each group. */
static void
test_rows(struct fixture *f, gconstpointer data)
{
    (void)data;
    int pages[2][3] = {{0}};
    for (guint round = 0, i = 0; round < 2; round++) {
        for (; i < (round ? 240 : 60); i++) {
            g_autofree char *both = g_strdup_printf("%u", i);
            int64_t zh = page(f, "zh", both), en = page(f, "en", both);
            name(f, zh, "en", both);
            struct mark_change changes[] = {
                {.article = en, .mark = MARK_STARRED, .on = true},
                {.article = zh, .mark = MARK_TAG, .tag = g_intern_static_string("x"), .on = true}};
            g_assert_true(marks_apply(f->store, changes, 2, NULL));
        }
        while (!edition_groups_are_complete(f->store))
            g_assert_true(edition_groups_follow(f->store, 1000, NULL));
        static const char *const queries[] = {"is:starred", "tag:x", NULL};
        for (guint k = 0; k < 3; k++) {
            AUTO(query_free)
            struct query *query = queries[k] ? query_parse(queries[k], NOW, NULL) : NULL;
            pages[round][k] = pages_of(
                f, &(struct listing){.query = query, .starred_only = !query, .languages = "en zh"});
        }
    }
    for (guint k = 0; k < 3; k++)
        g_assert_cmpint(pages[1][k], <, 6 * pages[0][k]);
}

/* Who stood for a page is asked anew once somebody nearer has come, who belongs to others. */
static void
test_displaced(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_true(store_exec(f->store,
                             "INSERT INTO sources(url, portal, section) VALUES"
                             "('portal:c/ru/a', 'c', 'a'), ('portal:c/ru/b', 'c', 'b'),"
                             " ('http://city.example/rss', NULL, NULL),"
                             " ('portal:c/zh/b', 'c', 'b')",
                             NULL));
    int64_t first = page_of(f, 2, "ru", "1"), second = page_of(f, 3, "ru", "1"),
            plain = page_of(f, 4, "zh", "1");
    name(f, first, "zh", "1");
    name(f, second, "zh", "1");
    name(f, plain, "ru", "1");
    settle(f);
    OTHERS(plain, "1");
    int64_t zh = page_of(f, 5, "zh", "1");
    settle(f);
    OTHERS(zh, "2");
    OTHERS(plain, "");
    OTHERS(first, "");
}

void
add_tests(void)
{
    g_test_add_func("/editions/languages", test_languages);
    g_test_add("/editions/groups", struct fixture, NULL, set_up, test_groups, tear_down);
    g_test_add("/editions/belief", struct fixture, NULL, set_up, test_belief, tear_down);
    g_test_add("/editions/links", struct fixture, NULL, set_up, test_links, tear_down);
    g_test_add("/editions/displaced", struct fixture, NULL, set_up, test_displaced, tear_down);
    g_test_add("/editions/crossed", struct fixture, NULL, set_up, test_crossed, tear_down);
    g_test_add("/editions/many", struct fixture, NULL, set_up, test_many, tear_down);
    g_test_add("/editions/count", struct fixture, NULL, set_up, test_count, tear_down);
    g_test_add("/editions/rows", struct fixture, NULL, set_up, test_rows, tear_down);
    g_test_add_func("/editions/parallel", test_parallel);
    g_test_add_func("/editions/long", test_long);
}
