/* SPDX-License-Identifier: GPL-3.0-or-later */
/* URLs, politeness, key bindings, the grid. */
#include "config.h"

#include "base/url.h"
#include "fetch/policy.h"
#include "unit/kit.h"

static void
resolves(const char *base, const char *reference, const char *expected)
{
    g_autofree char *url = url_resolve(base, reference);
    g_assert_cmpstr(url, ==, expected);
}

static void
test_resolve(void)
{
    resolves("http://a.example/b/c.html", "../d.html", "http://a.example/d.html");
    resolves("http://a.example/b/", "./t20240512_1.html", "http://a.example/b/t20240512_1.html");
    resolves("http://a.example/", "//b.example/x", "http://b.example/x");
    resolves("http://a.example/", "x y.pdf", "http://a.example/x%20y.pdf");
    resolves("http://a.example/", "/новости", "http://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8");
    resolves("http://a.example/b?c=d", "?e=f", "http://a.example/b?e=f");
    resolves(NULL, "relative.html", "relative.html");
    resolves("http://a.example/", "", NULL);
}

static void
same(const char *a, const char *b)
{
    g_autofree char *one = url_identity(a);
    g_autofree char *two = url_identity(b);
    g_assert_cmpstr(one, ==, two);
}

static void
test_identity(void)
{
    same("http://a.example/x", "https://A.example/x#part");
    same("http://a.example/", "http://a.example/index.html");
    same("http://a.example/x?id=1&utm_source=mail", "http://a.example/x?id=1");
    same("http://a.example/x;jsessionid=AB12", "http://a.example/x");
    g_assert_false(url_is_web("javascript:alert(1)"));
    g_assert_false(url_is_web("file:///etc/passwd"));
    g_assert_true(url_is_web("https://a.example"));
}

static void
test_policy(void)
{
    struct response r = {.cache_control = (char *)"public, max-age=7200"};
    struct rhythm none = rhythm_parse(NULL), ninety = rhythm_parse("90 0 0");
    g_assert_cmpint(policy_next_success(&r, 60, &none, 1000), ==, 1000 + 7200);
    g_assert_cmpint(policy_next_success(&r, 180, &none, 1000), ==, 1000 + 180 * 60);
    r.cache_control = (char *)"no-cache";
    g_assert_cmpint(policy_next_success(&r, 60, &ninety, 1000), ==, 1000 + 90 * 60);
    r.retry_after = (char *)"120";
    g_assert_cmpint(policy_retry_after(&r, 1000), ==, 1120);
    r.retry_after = (char *)"Sat, 25 Oct 2025 01:00:00 GMT";
    g_assert_cmpint(policy_retry_after(&r, 1761350400), ==, 1761350400 + 3600);
    r.retry_after = (char *)"soon";
    g_assert_cmpint(policy_retry_after(&r, 1000), ==, 0);
    g_assert_cmpint(policy_next_failure(60, 1, 0, 7, 0), ==, 3600);
    gint64 third = policy_next_failure(60, 3, 0, 7, 0), late = policy_next_failure(60, 100, 0, 7, 0);
    g_assert_true(third >= 4 * 3600 && third < 5 * 3600);
    g_assert_true(late >= 86400 && late < 86400 * 5 / 4);
    g_assert_cmpint(policy_next_failure(60, 3, 0, 8, 0), !=, third);
    g_assert_cmpint(policy_next_failure(60, 1, 50000, 7, 0), ==, 50000);
}

/* 2025-10-25 00:00 UTC is a Saturday. */
static void
test_rhythm(void)
{
    const struct response r = {0};
    const int64_t saturday = 1761350400, hour = 3600;
    static const struct {
        struct rhythm rhythm;
        int64_t hours; /* until the next fetch, at midnight and an interval of an hour */
    } rows[] = {
        {{-1, 0, 0}, 1},
        {{-1, 1u << 1 | 1u << 2, 0}, 3},
        {{-1, 1u << 0, 0}, 1},
        {{-1, 0, 1u << 6}, 24},             /* not on Saturday */
        {{-1, 0, 1u << 6 | 1u << 0}, 48},   /* nor on Sunday */
        {{-1, 1u << 0, 1u << 6}, 25},
        {{-1, 0xffffff, 0}, 1},             /* never: nobody means that */
        {{-1, 0, 0x7f}, 1},
        {{600, 1u << 10, 0}, 11},
        {{G_MAXINT64, 0, 0}, 24},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = rhythm_format(&rows[i].rhythm);
        struct rhythm again = rhythm_parse(text);
        g_assert_cmpint(again.ttl, ==, rows[i].rhythm.ttl);
        g_assert_cmpint(policy_next_success(&r, 60, &again, saturday), ==, saturday + rows[i].hours * hour);
    }
    struct rhythm night = {-1, 1u << 1, 0};
    g_assert_cmpint(policy_next_success(&r, 90, &night, saturday), ==, saturday + 2 * hour); /* at the full hour */
}

void
add_tests(void)
{
    g_test_add_func("/url/resolve", test_resolve);
    g_test_add_func("/url/identity", test_identity);
    g_test_add_func("/policy", test_policy);
    g_test_add_func("/policy/rhythm", test_rhythm);
}
