/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shipped profiles: each knows its system by a page's source, and reads such a list or article.
 */
#include "config.h"

#include "config/catalogue.h"
#include "portal/article.h"
#include "portal/list.h"
#include "kit.h"

#include <string.h>

#define NOW    1750000000 /* 2025-06-15 */
#define DRUPAL "<script data-drupal-selector='drupal-settings-json'></script>"

static GPtrArray *
profiles(void)
{
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *data = g_build_filename(srcdir ? srcdir : ".", "data", NULL);
    g_setenv("CRIER_DATADIR", data, TRUE);
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *found = catalogue_profiles("/nonexistent", problems);
    if (problems->len)
        g_error("%s", (const char *)g_ptr_array_index(problems, 0));
    g_assert_cmpuint(found->len, >=, 12);
    return found;
}

static void
test_fingerprints(void)
{
    static const char *const rows[][2] = {
        {"trs", "<div class='TRS_Editor'>"},
        {"trs", "<script>createPageHTML(12, 0, 'index', 'html');</script>"},
        {"hanweb", "<a href='/art/2025/10/29/art_80179_11664839.html'>"},
        {"hanweb", "<datastore><totalrecord>756</totalrecord>"},
        {"ucap", "<ucapcontent><p>"},
        {"ucap-script", "<script>var listData = {articleList: []};</script>"},
        {"gkmlpt", "<a href='http://www.example.gov.cn/gkmlpt/index'>"},
        {"bitrix", "<script src='/bitrix/js/main/core/core.js'>"},
        {"civicplus", "<a href='/CivicAlerts.aspx?AID=7'>"},
        {"sharepoint", "<form id='aspnetForm' class='MSOWebPartPage'>MSOWebPartPage_Shared"},
        {"granicus", "<a href='http://city.granicus.com/ViewPublisher.php?view_id=5'>"},
        {"wordpress", "<link href='/wp-content/themes/city/style.css'>"},
        {"drupal", "<meta name='Generator' content='Drupal 10 (https://www.drupal.org)'>"},
        {"gsb", "<meta name='generator' content='Government Site Builder'>"},
        {NULL, "<html><body><h1>A page of no system that is known</h1></body></html>"},
    };
    g_autoptr(GPtrArray) all = profiles();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct portal *profile = catalogue_match(all, rows[i][1]);
        if (g_strcmp0(profile ? profile->id : NULL, rows[i][0]))
            g_error("%s is %s, not %s", rows[i][1], profile ? profile->id : "of none", rows[i][0]);
    }
}

static void
test_lists(void)
{
    static const struct {
        const char *html, *rows, *next;
    } rows[] = {
        {"<script src='/bitrix/js/x.js'></script><div class='news-list'><p class='news-item'><span class='news-date-time'>13.06.2025</span> "
         "<a href='/news/7/'><b>Мост открыт</b></a></p><p class='news-item'><span class='news-date-time'>12.06.2025</span> <a href='/news/6/'><b>Ремонт</b></a></p></div>"
         "<a href='/news/?PAGEN_1=2'>След.</a>",
         "Мост открыт|http://city.example/news/7/|2025-06-13\nРемонт|http://city.example/news/6/|2025-06-12\n",
         "http://city.example/news/?PAGEN_1=2"},
        {"<link href='/wp-content/x.css'><article><h2 class='entry-title'><a href='/a/' rel='bookmark'>One</a></h2><time datetime='2025-06-03T10:00:00+00:00'>June</time></article>"
         "<article><h2 class='entry-title'><a href='/b/' rel='bookmark'>Two</a></h2><time datetime='2025-06-02T10:00:00+00:00'>June</time></article><a class='next' href='/page/2/'>Older</a>",
         "One|http://city.example/a/|2025-06-03T10:00:00+00:00\nTwo|http://city.example/b/|2025-06-02T10:00:00+00:00\n",
         "http://city.example/page/2/"},
        {DRUPAL
         "<div class='views-row'><a href='/n/1'>First</a><time datetime='2025-06-05T12:00:00Z'>x</time></div>"
         "<div class='views-row'><a href='/n/2'>Second</a><time datetime='2025-06-04T12:00:00Z'>x</time></div><ul><li class='pager__item pager__item--next'><a href='?page=1'>Next</a></li></ul>",
         "First|http://city.example/n/1|2025-06-05T12:00:00+00:00\nSecond|http://city.example/n/2|2025-06-04T12:00:00+00:00\n",
         "http://city.example/list/?page=1"},
        {"<p>granicus.com</p><table><tr class='listingRow'><td class='listItem' headers='Name'>Board</td><td headers='Date Board'>June 4, 2025</td><td><a href='//g.granicus.com/AgendaViewer.php?id=1'>Agenda</a></td></tr>"
         "<tr class='listingRow'><td class='listItem' headers='Name'>Committee</td><td headers='Date Committee'>June 2, 2025</td><td><a href='//g.granicus.com/AgendaViewer.php?id=2'>Agenda</a></td></tr></table>",
         "Board|http://g.granicus.com/AgendaViewer.php?id=1|2025-06-04\nCommittee|http://g.granicus.com/AgendaViewer.php?id=2|2025-06-02\n",
         NULL},
        {"<script>var listData = {\n articleList: [{\"title\": \"甲\", \"pubDate\": \"2025-06-01 10:00\", \"urls\": \"{\\\"pc\\\":\\\"/c/1.html\\\"}\"}, "
         "{\"title\": \"乙\", \"pubDate\": \"2025-05-31 09:00\", \"urls\": \"{\\\"common\\\":\\\"/c/2.html\\\"}\"}],\n};</script>",
         "甲|http://city.example/c/1.html|2025-06-01T10:00:00+08:00\n乙|http://city.example/c/2.html|2025-05-31T09:00:00+08:00\n",
         NULL},
        {"{\"x\": \"/gkmlpt/\", \"articles\": [{\"title\": \"A\", \"url\": \"/gkmlpt/content/post_1.html\", \"date\": \"2025-06-01\"}, {\"title\": \"B\", \"url\": \"/gkmlpt/content/post_2.html\", \"date\": \"2025-05-01\"}]}",
         "A|http://city.example/gkmlpt/content/post_1.html|2025-06-01\nB|http://city.example/gkmlpt/content/post_2.html|2025-05-01\n",
         NULL},
    };
    g_autoptr(GPtrArray) all = profiles();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct charset_hints hints = {.forced = "utf-8"};
        AUTO(page_free) struct page *page =
            page_open(rows[i].html, strlen(rows[i].html), &hints, "http://city.example/list/");
        struct list_options options = {
            .dates = {.offset = 480, .zoned = true}, .now = NOW, .profiles = all};
        AUTO(list_free) struct list *list = list_by_profile(page, &options);
        if (!list)
            g_error("no list: %s", rows[i].html);
        g_autoptr(GString) got = g_string_new(NULL);
        for (guint e = 0; e < list->entries->len; e++) {
            const struct list_entry *entry = g_ptr_array_index(list->entries, e);
            g_autofree char *date = entry->published.precision == DATE_NONE
                                        ? g_strdup("")
                                        : date_iso(&entry->published);
            g_string_append_printf(got, "%s|%s|%s\n", entry->title, entry->link, date);
        }
        if (!g_str_equal(got->str, rows[i].rows) || g_strcmp0(list->next, rows[i].next))
            g_error("%s\n  gives:  %s%s\n  wanted: %s%s", rows[i].html, got->str, list->next,
                    rows[i].rows, rows[i].next);
    }
}

/* Where a profile's rules find no dated rows, what repeats is better. */
static void
test_no_match(void)
{
    static const char html[] =
        "<link href='/wp-content/x.css'><ul><li><a href='/1'>A first long enough title</a> 2025-06-01</li>"
        "<li><a href='/2'>A second long enough title</a> 2025-06-02</li></ul>";
    g_autoptr(GPtrArray) all = profiles();
    struct charset_hints hints = {.forced = "utf-8"};
    AUTO(page_free) struct page *page =
        page_open(html, strlen(html), &hints, "http://city.example/");
    struct list_options options = {.now = NOW, .profiles = all};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(list->entries->len, ==, 2);
}

void
add_tests(void)
{
    g_test_add_func("/catalogue/fingerprints", test_fingerprints);
    g_test_add_func("/catalogue/lists", test_lists);
    g_test_add_func("/catalogue/no-match", test_no_match);
}
