/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules that are drafted from a page: they are paths that a person would write, and give what
 * repetition has found there.
 */
#include "config.h"

#include "portal/draft.h"
#include "portal/list.h"
#include "unit/kit.h"

#define NOW 1761350400 /* 2025-10-25 */

static struct page *
page_of(const char *html)
{
    struct charset_hints hints = {.forced = "utf-8"};
    return page_open(html, strlen(html), &hints, "http://town.example/news/list.html");
}

#define HAS(name, token) name "[contains(concat(' ',normalize-space(@class),' '),' " token " ')]"

static const char *const titles[] = {
    "The council votes on the tram to the harbour", "A new school opens in the customs house",
    "Water is cut off in Mill Street on Friday", "The market moves to the square of the castle",
    "The ferry resumes with four crossings a day"};

/* A text with @N (number), @T (title), @D and @M (two digits of the day and of the month) in it. */
static void
append_row(GString *html, const char *row, guint n)
{
    for (const char *p = row; *p; p++) {
        if (*p != '@' || !p[1]) {
            g_string_append_c(html, *p);
            continue;
        }
        switch (*++p) {
        case 'N':
            g_string_append_printf(html, "%u", n + 1);
            break;
        case 'T':
            g_string_append(html, titles[n % G_N_ELEMENTS(titles)]);
            break;
        case 'D':
            g_string_append_printf(html, "%02u", 9 - n);
            break;
        case 'M':
            g_string_append(html, "10");
            break;
        default:
            g_string_append_printf(html, "@%c", *p);
        }
    }
}

static char *
page_with(const char *before, const char *row, const char *after)
{
    g_autoptr(GString) html = g_string_new(before);
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
        append_row(html, row, i);
    g_string_append(html, after);
    return g_strdup(html->str);
}

/* Checks that the draft of a page is `lines` and gives all five entries with their days. */
static void
drafts(const char *before, const char *row, const char *after, const char *lines)
{
    g_autofree char *html = page_with(before, row, after);
    AUTO(page_free) struct page *page = page_of(html);
    struct list_options options = {.now = NOW, .want_path = true};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(list->entries->len, ==, G_N_ELEMENTS(titles));
    AUTO(list_draft_free) struct list_draft *draft = list_draft(page, list, &options);
    g_autofree char *written = list_draft_lines(draft);
    g_assert_cmpstr(written, ==, lines);
    g_assert_cmpuint(draft->list->entries->len, ==, list->entries->len);
    g_assert_cmpuint(draft->same, ==, list->entries->len);
    const struct list_entry *last = g_ptr_array_index(draft->list->entries, 4);
    g_autofree char *day = date_iso(&last->published);
    g_assert_cmpstr(last->title, ==, titles[4]);
    g_assert_cmpstr(last->link, ==, "http://town.example/n/5.html");
    g_assert_true(g_str_has_prefix(day, "2025-10-05"));
}

static void
test_items(void)
{
    drafts(
        "<html><body><ul class='menu'><li><a href='/a'>About</a></li><li><a href='/b'>Contact</a></li></ul><ul class='news clearfix'>",
        "<li><a href='/n/@N.html'>@T</a> <span class='date'>2025-@M-@D</span></li>",
        "</ul><p><a class='page' href='list_2.html'>2</a> <a class='next' href='list_2.html'>Next</a></p></body></html>",
        "Rows=//" HAS("ul", "news") "/li\n"
                                    "Title=.//a\n"
                                    "Date=.//" HAS("span",
                                                   "date") "\n"
                                                           "Next=//" HAS("a", "next") "/@href\n");
}

static void
test_cards(void)
{
    drafts(
        "<html><body><main><div class='row'>",
        "<div class='col-md-4 card item-@N'><a href='/n/@N.html'><img src='@N.jpg'></a><div class='body'><time datetime='2025-@M-@DT09:00:00+00:00'>@D</time>"
        "<h3><a href='/n/@N.html'>@T</a></h3><p>The text of the notice begins here, and goes on elsewhere.</p></div></div>",
        "</div></main><link rel='next' href='/news/2'></body></html>",
        "Rows=//" HAS("div", "card") "\n"
                                     "Title=.//h3\n"
                                     "Date=.//time/@datetime\n"
                                     "Next=//link[@rel='next']/@href\n");
}

static void
test_tables(void)
{
    drafts("<html><body><table id='meetings'><tr><th>Day</th><th>Meeting</th><th>Papers</th></tr>",
           "<tr><td>2025-@M-@D</td><td>@T</td><td><a href='/n/@N.html'>View</a></td></tr>",
           "</table></body></html>",
           "Rows=//table[@id='meetings']/tr\n"
           "Title=./td[2]\n"
           "Date=./td[1]\n");
}

/* The day stands beside the rows. */
static void
test_beside(void)
{
    drafts("<html><body><div class='content'><h1>News</h1>",
           "<h3><a href='/n/@N.html'>@T</a></h3><p class='meta'>@D October 2025</p>",
           "</div></body></html>",
           "Rows=//" HAS("div", "content") "/h3\n"
                                           "Title=.\n"
                                           "Date=./following-sibling::*[1]\n");
}

/* Numbers that are to be read day first, as the whole page tells. */
static void
test_order(void)
{
    drafts("<html lang='en-GB'><body><ul class='news'>",
           "<li><a href='/n/@N.html'>@T</a> <em>@D/@M/2025</em></li>", "</ul></body></html>",
           "Rows=//" HAS("ul", "news") "/li\n"
                                       "Title=.//a\n"
                                       "Date=.//em\n");
}

/* Elements that are made like the rows, and are none. */
static void
test_others(void)
{
    drafts(
        "<html><body><div class='text'><p><a href='/'>Home</a></p>",
        "<p><a href='/n/@N.html'>@T</a> <span>2025-@M-@D</span></p>",
        "<p>All notices of the year are in the archive of the town hall.</p></div></body></html>",
        "Rows=//" HAS("div", "text") "/p[.//span]\n"
                                     "Title=.//a\n"
                                     "Date=.//span\n");
}

/* What no rule can be drafted from. */
static void
test_none(void)
{
    AUTO(page_free) struct page *page = page_of(
        "<html><body><script>var list=[{\"title\":\"The council votes on the tram\",\"url\":\"/n/1.html\",\"date\":\"2025-10-09\"},"
        "{\"title\":\"A new school opens in the house\",\"url\":\"/n/2.html\",\"date\":\"2025-10-08\"}]</script></body></html>");
    struct list_options options = {.now = NOW, .want_path = true};
    AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
    g_assert_nonnull(list);
    AUTO(list_draft_free) struct list_draft *draft = list_draft(page, list, &options);
    g_autofree char *written = list_draft_lines(draft);
    g_assert_cmpstr(written, ==, "");
}

static void
test_offers(void)
{
    AUTO(page_free) struct page *page = page_of(
        "<html><body><ul class='a'><li><a href='/1'>Roads and bridges</a></li><li><a href='/2'>Water and waste</a></li><li><a href='/3'>Schools and libraries</a></li></ul>"
        "<div class='b'><p><a href='/4'>Parks</a></p><p><a href='/5'>Harbour</a></p></div></body></html>");
    struct list_options options = {.now = NOW};
    g_assert_null(list_extract(page, &options, NULL));
    g_autoptr(GPtrArray) offers = list_offers(page, &options);
    g_assert_cmpuint(offers->len, >=, 1);
    const struct list_offer *first = g_ptr_array_index(offers, 0);
    g_assert_cmpuint(first->count, ==, 3);
    g_assert_cmpstr(first->title, ==, "Roads and bridges");
    g_autoptr(GPtrArray) rows = page_select(page, NULL, first->rows, NULL);
    g_assert_cmpuint(rows->len, ==, 3);
}

/* A page of any size is drafted from in the time that trying may take. */
static void
test_size(void)
{
    g_autoptr(GString) html = g_string_new("<html><body><div class='x'>");
    for (guint i = 0; i < 40000; i++)
        g_string_append_printf(
            html,
            "<div class='r%u'><p><a href='/n/%u.html'>Notice %u of the council on the roads</a></p><b>2025-10-%02u</b></div>",
            i % 7, i, i, i % 28 + 1);
    AUTO(page_free) struct page *page = page_of(html->str);
    struct list_options options = {.now = NOW, .want_path = true};
    AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
    g_assert_nonnull(list);
    gint64 begin = g_get_monotonic_time();
    AUTO(list_draft_free) struct list_draft *draft = list_draft(page, list, &options);
    g_assert_nonnull(draft->rows);
    g_test_message("drafted in %d ms", (int)((g_get_monotonic_time() - begin) / 1000));
}

void
add_tests(void)
{
    g_test_add_func("/draft/items", test_items);
    g_test_add_func("/draft/cards", test_cards);
    g_test_add_func("/draft/tables", test_tables);
    g_test_add_func("/draft/beside", test_beside);
    g_test_add_func("/draft/order", test_order);
    g_test_add_func("/draft/others", test_others);
    g_test_add_func("/draft/none", test_none);
    g_test_add_func("/draft/offers", test_offers);
    g_test_add_func("/draft/size", test_size);
}
