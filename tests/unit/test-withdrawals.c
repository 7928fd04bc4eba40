/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signs of withdrawals: how pages say that they are not there, where addresses lead; what becomes
 * of a doubt; whose page is asked for again.
 */
#include "config.h"

#include "parse/absence.h"
#include "parse/parse.h"
#include "store/articles.h"
#include "store/changes.h"
#include "store/db.h"
#include "store/withdrawals.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define HOUR 3600

/* --- words and addresses ------------------------------------------------------------------ */

static void
test_said(struct fixture *f, gconstpointer data)
{
    (void)f, (void)data;
    static const char *const said[] = {"404",
                                       "404 Not Found",
                                       "Error 404",
                                       "Page not found",
                                       "Page not found - Songhe County",
                                       "The page you requested could not be found",
                                       "This page does not exist.",
                                       "The requested document is no longer available",
                                       "Sorry, we can't find that page",
                                       "Article has been removed",
                                       "Страница не найдена",
                                       "Ошибка 404. Страница не найдена",
                                       "404 — страница не найдена",
                                       "Запрашиваемая страница не существует",
                                       "К сожалению, материал удалён",
                                       "Документ не найден | Сунхэ",
                                       "Страница не найдена или удалена",
                                       "页面不存在",
                                       "您访问的页面不存在",
                                       "抱歉，您访问的页面不存在或已被删除！",
                                       "很抱歉，您要访问的页面不存在，3秒后返回首页",
                                       "该信息已删除",
                                       "文章不存在",
                                       "404错误",
                                       "找不到该页面",
                                       "信息已被撤回",
                                       "Seite nicht gefunden",
                                       "Page introuvable",
                                       "Página no encontrada",
                                       "Nie znaleziono strony"};
    static const char *const not_said[] = {"",
                                           "Lost and found",
                                           "404 apartments are built in Hexi Road",
                                           "The office was closed",
                                           "Page three of the budget",
                                           "Documents for applicants",
                                           "Road closed: not found a way round",
                                           "Найдена стоянка древних людей",
                                           "Страница истории города",
                                           "Документ подписан",
                                           "Материалы не приняты",
                                           "404 квартиры сданы",
                                           "关于删除部分条款的通知",
                                           "信息公开指南",
                                           "页面设计大赛开始报名",
                                           "文章选登",
                                           "404路公交车恢复运营",
                                           "公告：信息不存在泄露风险的说明会"};
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
        if (!absence_is_said(said[i]))
            g_error("it says that it is not there: %s", said[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(not_said); i++)
        if (absence_is_said(not_said[i]))
            g_error("it says nothing: %s", not_said[i]);
}

static void
test_addresses(struct fixture *f, gconstpointer data)
{
    (void)f, (void)data;
    static const struct {
        const char *url, *link;
        enum withdrawal by_address, by_folder;
    } cases[] = {
        {"http://a.example/n/1.html", "http://a.example/n/1.html", 0, 0},
        {"http://a.example/", "http://a.example/n/1.html", WITHDRAWAL_HOME, WITHDRAWAL_LIST},
        {"http://a.example/n/", "http://a.example/n/1.html", 0, WITHDRAWAL_LIST},
        {"http://a.example/n/index.html", "http://a.example/n/1.html", 0, WITHDRAWAL_LIST},
        {"http://a.example/n", "http://a.example/n/2025/10/1/", 0, WITHDRAWAL_LIST},
        {"http://a.example/n/", "http://a.example/n/?id=1", 0, WITHDRAWAL_LIST},
        {"http://a.example/n/1/", "http://a.example/n/1", 0, 0},
        {"https://a.example/n/1.html", "http://a.example/n/1.html", 0, 0},
        {"http://a.example/m/1.html", "http://a.example/n/1.html", 0, 0},
        {"http://a.example/ne/", "http://a.example/news/1.html", 0, 0},
        {"http://a.example/n/?id=2", "http://a.example/n/1.html", 0, 0},
        {"http://b.example/n/", "http://a.example/n/1.html", 0, 0},
    };
    struct parse_rules rules = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        enum withdrawal address = absence_by_address(cases[i].url, cases[i].link, &rules),
                        folder = absence_by_folder(cases[i].url, cases[i].link);
        if (address != cases[i].by_address || folder != cases[i].by_folder)
            g_error("%s -> %s: %d %d", cases[i].link, cases[i].url, address, folder);
    }
}

/* --- doubts ------------------------------------------------------------------------------- */

static int64_t
article_with_page(struct fixture *f, const char *id, int64_t now)
{
    g_autofree char *link = g_strdup_printf("http://a.example/%s", id);
    int64_t article = put(f, id, link, id, now);
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
    const struct raw_packed packed = {.bytes = bytes};
    struct page_values values = {.url = link, .packed = &packed};
    g_assert_true(articles_put_page(f->store, article, &values, now, NULL));
    return article;
}

static void
sign(struct fixture *f, int64_t article, enum withdrawal kind, int64_t after, int64_t now)
{
    const struct withdrawal_sign s = {kind, kind == WITHDRAWAL_STATUS ? 404 : 0,
                                      (char *)"http://u:p@a.example/x"};
    g_assert_true(withdrawals_take_sign(f->store, article, &s, after, now, NULL));
}

/* "-1 at 3600, +1 at 7200": withdrawn by 1, back from 1 */
static void
history_is(struct fixture *f, int64_t article, const char *expected)
{
    g_autoptr(GPtrArray) all = withdrawals_history(f->store, article);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++) {
        const struct presence *p = g_ptr_array_index(all, i);
        g_string_append_printf(out, "%s%c%d at %d", out->len ? ", " : "", p->back ? '+' : '-',
                               (int)p->sign.kind, (int)(p->at - NOW));
    }
    g_assert_cmpstr(out->str, ==, expected);
    AUTO(article_row_free) struct article_row *row = listing_article(f->store, article, NULL);
    const struct presence *last = all->len ? g_ptr_array_index(all, all->len - 1) : NULL;
    g_assert_cmpint(row->withdrawn, ==, last && !last->back);
    if (row->withdrawn) {
        g_assert_cmpint(row->withdrawn_at, ==, last->at);
        g_assert_cmpint(row->withdrawal.kind, ==, last->sign.kind);
        g_assert_null(strstr(row->withdrawal.place, "u:p")); /* no secret is kept */
    }
}

static void
test_doubts(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = article_with_page(f, "a", NOW);
    sign(f, a, WITHDRAWAL_STATUS, HOUR, NOW);
    sign(f, a, WITHDRAWAL_STATUS, HOUR, NOW + HOUR - 1);
    history_is(f, a, "");
    /* the page is there: what was seen before counts no more */
    g_assert_true(articles_page_stands(f->store, a, NOW + HOUR, NULL));
    sign(f, a, WITHDRAWAL_HOME, HOUR, NOW + 2 * HOUR);
    history_is(f, a, "");
    /* a fault of the portal is no sign, and begins none */
    sign(f, a, WITHDRAWAL_STATUS, WITHDRAWAL_NEVER, NOW + 4 * HOUR);
    history_is(f, a, "");
    sign(f, a, WITHDRAWAL_STATUS, HOUR, NOW + 5 * HOUR);
    sign(f, a, WITHDRAWAL_STATUS, HOUR, NOW + 6 * HOUR);
    history_is(f, a, "-1 at 18000");
    g_assert_true(articles_page_stands(f->store, a, NOW + 9 * HOUR, NULL));
    history_is(f, a, "-1 at 18000, +1 at 32400");
    sign(f, a, WITHDRAWAL_STATUS, 0, NOW + 10 * HOUR); /* 410 */
    history_is(f, a, "-1 at 18000, +1 at 32400, -1 at 36000");
    int64_t b = article_with_page(f, "b", NOW);
    sign(f, b, WITHDRAWAL_STATUS, WITHDRAWAL_NEVER, NOW);
    sign(f, b, WITHDRAWAL_STATUS, HOUR, NOW + 5 * HOUR);
    history_is(f, b, "");
}

/* A page does not refute a list, nor a list a page. */
static void
test_list(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = article_with_page(f, "a", NOW), b = article_with_page(f, "b", NOW);
    sign(f, a, WITHDRAWAL_UNLISTED, HOUR, NOW + 1);
    g_assert_true(articles_page_stands(f->store, a, NOW + 2, NULL));
    sign(f, a, WITHDRAWAL_UNLISTED, HOUR, NOW + HOUR + 1);
    history_is(f, a, "-6 at 3601");
    g_assert_true(articles_page_stands(f->store, a, NOW + 2 * HOUR, NULL));
    history_is(f, a, "-6 at 3601");
    g_autoptr(GArray) lacking = withdrawals_unlisted(f->store, f->source);
    g_assert_cmpuint(lacking->len, ==, 1);
    g_assert_true(withdrawals_saw_listed(f->store, a, "http://a.example/", NOW + 3 * HOUR, NULL));
    history_is(f, a, "-6 at 3601, +6 at 10800");
    sign(f, b, WITHDRAWAL_STATUS, 0, NOW + HOUR);
    g_assert_true(withdrawals_saw_listed(f->store, b, "http://a.example/", NOW + 2 * HOUR, NULL));
    history_is(f, b, "-1 at 3600");
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_array_append_val(order, b);
    g_array_append_val(order, a);
    g_assert_true(withdrawals_put_list(f->store, f->source, order, NULL));
    g_autoptr(GArray) back = withdrawals_list(f->store, f->source);
    g_assert_cmpmem(back->data, back->len * sizeof(int64_t), order->data,
                    order->len * sizeof(int64_t));
}

/* A portal that was rebuilt: its new pages say nothing of the old ones. */
static void
test_rebuilt(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = article_with_page(f, "a", NOW);
    sign(f, a, WITHDRAWAL_STATUS, HOUR, NOW + HOUR);
    article_with_page(f, "new", NOW + HOUR);
    g_assert_true(store_exec(f->store,
                             "UPDATE articles SET first_seen = first_seen + 3600"
                             " WHERE title = 'new'",
                             NULL));
    g_autoptr(GPtrArray) none = withdrawals_witnesses(f->store, f->source, 10);
    g_assert_cmpuint(none->len, ==, 0);
    article_with_page(f, "old", NOW - 1);
    g_autoptr(GPtrArray) one = withdrawals_witnesses(f->store, f->source, 10);
    g_assert_cmpuint(one->len, ==, 1);
    /* an address that led to its folder when the text was read */
    g_assert_true(articles_page_was_at(f->store, a, "http://a.example/a"));
    g_assert_false(articles_page_was_at(f->store, a, "http://a.example/"));
}

#define TEXT \
    "<p>The bridge over the river opens again on Monday after two months of repair works.</p>"
#define MENU \
    "<a href=/1>a</a><a href=/2>b</a><a href=/3>c</a><a href=/4>d</a><a href=/5>e</a><a href=/6>f</a>"

/* What a page says beside its text is said of something else. */
static void
test_beside(struct fixture *f, gconstpointer data)
{
    (void)f;
    (void)data;
    static const struct {
        const char *page;
        enum withdrawal sign;
    } cases[] = {
        {"<title>Bridge opens</title>" MENU "<h1>Bridge opens</h1><article>" TEXT TEXT
         "</article><div class=comments><p>Page not found</p></div>",
         WITHDRAWAL_NONE},
        {"<title>Bridge opens</title>" MENU "<h1>Page not found</h1><article>" TEXT "</article>",
         WITHDRAWAL_SAYS},
        {"<title>Town</title>" MENU "<div><p>Page not found</p></div>", WITHDRAWAL_SAYS},
    };
    const struct parse_rules rules = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(parse_result_free)
        struct parse_result *result =
            parse_article(cases[i].page, strlen(cases[i].page), "text/html; charset=utf-8",
                          "http://a.example/n/1.html", "http://a.example/n/1.html", &rules);
        g_test_message("case %zu", i);
        g_assert_cmpint(result->page->absence, ==, cases[i].sign);
    }
}

/* --- whose turn it is --------------------------------------------------------------------- */

static guint
due(struct fixture *f, int64_t now)
{
    g_autoptr(GPtrArray) list = withdrawals_due(f->store, f->source, NOW - 1, now);
    return list->len;
}

static void
test_due(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = article_with_page(f, "a", NOW);
    article_with_page(f, "old", NOW - 2);
    int times = 0;
    for (int hour = 0; hour <= 7 * 24; hour++) {
        if (!due(f, NOW + (int64_t)hour * HOUR))
            continue;
        g_assert_cmpint(hour, >=, 4);
        times++;
        g_assert_true(articles_page_stands(f->store, a, NOW + (int64_t)hour * HOUR, NULL));
    }
    g_assert_cmpint(times, >=, 4);
    g_assert_cmpint(times, <=, 7);
    /* a doubt is looked at after an hour */
    int64_t now = NOW + 8 * 24 * HOUR;
    sign(f, a, WITHDRAWAL_SAYS, HOUR, now);
    g_assert_cmpuint(due(f, now + HOUR - 1), ==, 0);
    g_assert_cmpuint(due(f, now + HOUR), ==, 1);
    g_autoptr(GPtrArray) witnesses = withdrawals_witnesses(f->store, f->source, 10);
    g_assert_cmpuint(witnesses->len, ==, 1); /* the old one: this is doubted */
}

/* How often a page that is wanted is asked for in so many hours, each of which it fails in. */
static int
failures(struct fixture *f, int64_t article, int64_t from, int hours)
{
    struct page_values values = {
        .url = "http://a.example/a", .error = "HTTP 403", .permanent = true};
    int times = 0;
    for (int hour = 0; hour <= hours; hour++) {
        int64_t now = from + (int64_t)hour * HOUR;
        if (!due(f, now))
            continue;
        times++;
        g_assert_true(articles_put_page(f->store, article, &values, now, NULL));
    }
    return times;
}

/*
 * A page of which a title tells that it is another is asked for until it answers, be its error one
 * that lasts; it waits from its first failure on, not from when the title came.
 */
static void
test_wanted(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = article_with_page(f, "a", NOW), late = NOW + 100 * 24 * HOUR;
    g_assert_true(articles_page_stands(f->store, a, NOW + 60, NULL));
    g_assert_true(withdrawals_want_page(f->store, a, NOW + 120, NULL));
    g_assert_cmpuint(due(f, NOW + HOUR), ==, 0);
    g_assert_cmpuint(due(f, NOW + HOUR + 60), ==, 1);
    g_assert_cmpint(failures(f, a, late, 16), ==, 6); /* in the hours 0, 1, 2, 4, 8 and 16 */
    g_assert_true(articles_page_stands(f->store, a, late + 32 * HOUR, NULL));
    g_assert_cmpuint(due(f, late + 33 * HOUR), ==, 0);
    /* a sign that is a fault of the portal is a failure too */
    g_assert_true(withdrawals_want_page(f->store, a, late + 40 * HOUR, NULL));
    sign(f, a, WITHDRAWAL_STATUS, WITHDRAWAL_NEVER, 2 * late - NOW);
    g_assert_cmpuint(due(f, 2 * late - NOW + HOUR), ==, 1);
}

void
add_tests(void)
{
    g_test_add("/withdrawals/said", struct fixture, NULL, set_up, test_said, tear_down);
    g_test_add("/withdrawals/addresses", struct fixture, NULL, set_up, test_addresses, tear_down);
    g_test_add("/withdrawals/doubts", struct fixture, NULL, set_up, test_doubts, tear_down);
    g_test_add("/withdrawals/list", struct fixture, NULL, set_up, test_list, tear_down);
    g_test_add("/withdrawals/rebuilt", struct fixture, NULL, set_up, test_rebuilt, tear_down);
    g_test_add("/withdrawals/beside", struct fixture, NULL, set_up, test_beside, tear_down);
    g_test_add("/withdrawals/due", struct fixture, NULL, set_up, test_due, tear_down);
    g_test_add("/withdrawals/wanted", struct fixture, NULL, set_up, test_wanted, tear_down);
}
