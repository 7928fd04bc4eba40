/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From where scripts take what they show: what is written out in them, and nothing else. */
#include "config.h"

#include "portal/endpoints.h"
#include "portal/list.h"
#include "unit/kit.h"

static struct page *
page_of(const char *body)
{
    g_autofree char *html = g_strdup_printf(
        "<!doctype html><html lang='en'><head><title>Town</title></head><body><h1>Meetings</h1>"
        "<p>The meetings of the council and its committees, with all that belongs to them.</p>%s"
        "</body></html>",
        body);
    return page_open(html, strlen(html), NULL, "https://town.example/council/meetings");
}

static void
test_named(void)
{
    static const struct {
        const char *body, *endpoint;
    } cases[] = {
        {"<script>fetch('/api/meetings?year=2026').then(show)</script>",
         "https://town.example/api/meetings?year=2026"},
        {"<script>axios.get(\"list.json\")</script>", "https://town.example/council/list.json"},
        {"<script>$.getJSON(`/data/news`)</script>", "https://town.example/data/news"},
        {"<script>$.ajax({type: 'GET', url: '/rest/events', success: f})</script>",
         "https://town.example/rest/events"},
        {"<script>x.open('GET', '/odata/Meetings', true)</script>",
         "https://town.example/odata/Meetings"},
        {"<script>var c = {\"apiUrl\": \"https:\\/\\/api.town.example\\/notices\"}</script>",
         "https://api.town.example/notices"},
        {"<div data-url='/news/list'></div>", "https://town.example/news/list"},
        {"<script>fetch('/api/' + id)</script>", NULL},
        {"<script>fetch(`/api/${id}`)</script>", NULL},
        {"<script>fetch('/news/app.js'); $.get('/council/meetings')</script>", NULL},
        {"<script>var l = {url: '/api/login'}</script>", NULL},
        {"<a data-url='/news/list' href='/a'>A</a>", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(page_free) struct page *page = page_of(cases[i].body);
        g_autoptr(GPtrArray) found = endpoints_find(page);
        const char *first = found->len ? g_ptr_array_index(found, 0) : NULL;
        if (g_strcmp0(first, cases[i].endpoint))
            g_test_fail_printf("%s: %s", cases[i].body, first ? first : "none");
    }
}

/* A page without a list that names one is filled by a script, and says so. */
static void
test_said(void)
{
    struct list_options options = {.now = 1795600000};
    AUTO(page_free) struct page *shell = page_of("<script>fetch('/api/meetings')</script>");
    g_autoptr(GError) error = NULL;
    g_assert_null(list_extract(shell, &options, &error));
    g_assert_cmpstr(page_error_word(error), ==, "filled-by-script");
    g_autofree char *json = page_error_to_json(shell, error);
    g_assert_nonnull(strstr(json, "\"endpoints\":[\"https://town.example/api/meetings\"]"));
    AUTO(page_free) struct page *empty = page_of("");
    g_autoptr(GError) other = NULL;
    g_assert_null(list_extract(empty, &options, &other));
    g_assert_cmpstr(page_error_word(other), ==, "empty");
}

void
add_tests(void)
{
    g_test_add_func("/endpoints/named", test_named);
    g_test_add_func("/endpoints/said", test_said);
}
