/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rows of lists say: title, date, summary, link, in the many ways in which they are made. */
#include "config.h"

#include "portal/list.h"
#include "portal/row.h"
#include "unit/kit.h"

#define NOW  1795600800 /* 2026-11-25T10:00:00Z */
#define ROWS 4

static const char *const titles[ROWS] = {
    "The bridge over the river is open again", "市政府召开全市供热工作会议",
    "Ярмарка переносится на четверг", "Library extends its opening hours"};

/* A page of rows: {t} is the title, {n} the number of the row, {d} a day (20, 19, …). */
static struct page *
page_of(const char *language, const char *wrap, const char *row)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    for (int i = 0; i < ROWS; i++) {
        g_autoptr(GString) one = g_string_new(row);
        g_autofree char *number = g_strdup_printf("%d", i), *day = g_strdup_printf("%d", 20 - i);
        g_string_replace(one, "{t}", titles[i], 0);
        g_string_replace(one, "{n}", number, 0);
        g_string_replace(one, "{d}", day, 0);
        g_string_append(rows, one->str);
    }
    g_autofree char *html = g_strdup_printf(
        "<!doctype html><html lang='%s'><head><title>News</title></head><body><nav><a href='/'>Home</a> "
        "<a href='/about'>About the city</a></nav><main><h1>News</h1><%s>%s</%s></main></body></html>",
        language, wrap, rows->str, wrap);
    return page_open(html, strlen(html), NULL, "http://city.example/news/index.html");
}

static struct list *
extract(struct page *page)
{
    struct list_options options = {.dates = {.offset = 480, .zoned = true}, .now = NOW};
    g_autoptr(GError) error = NULL;
    struct list *list = list_extract(page, &options, &error);
    g_assert_no_error(error);
    return list;
}

/* Checks titles, links and days (2026-11-20, …; NULL: none), and the summary of the first row. */
static void
check(const char *language, const char *wrap, const char *row, const char *year_month,
      const char *summary)
{
    AUTO(page_free) struct page *page = page_of(language, wrap, row);
    AUTO(list_free) struct list *list = extract(page);
    g_assert_cmpuint(list->entries->len, ==, ROWS);
    for (int i = 0; i < ROWS; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        g_autofree char *link = g_strdup_printf("http://city.example/n/%d.html", i);
        g_autofree char *iso =
            entry->published.precision == DATE_NONE ? NULL : date_iso(&entry->published);
        g_autofree char *day = iso ? g_strndup(iso, 10) : NULL,
                        *wanted = year_month ? g_strdup_printf("%s-%d", year_month, 20 - i) : NULL;
        if (g_strcmp0(entry->title, titles[i]) || g_strcmp0(day, wanted) ||
            g_strcmp0(entry->link, link))
            g_test_fail_printf("%s: '%s' %s %s", row, entry->title, day ? day : "none",
                               entry->link);
    }
    const struct list_entry *first = g_ptr_array_index(list->entries, 0);
    if (g_strcmp0(first->summary, summary))
        g_test_fail_printf("%s: summary '%s'", row, first->summary ? first->summary : "none");
}

#define LINK "<a href='/n/{n}.html'>"

static void
test_dates_in_links(void)
{
    static const char *const rows[] = {
        "<li>" LINK "<span class='title'>{t}</span><span class='date'>2026-11-{d}</span></a></li>",
        "<li>" LINK "<em>2026-11-{d}</em>{t}</a></li>",
        "<li>" LINK "{t}<i>2026/11/{d}</i></a></li>",
        "<li>" LINK "[2026-11-{d}] {t}</a></li>",
        "<li>" LINK "【11-{d}】{t}</a></li>",
        "<li>" LINK "{t} (2026-11-{d})</a></li>",
        "<li>" LINK "{t}（2026年11月{d}日）</a></li>",
        "<li>" LINK "2026-11-{d} {t}</a></li>",
        "<li>" LINK "{d}.11.2026: {t}</a></li>",
        "<li>" LINK "{d} November 2026 – {t}</a></li>",
        "<li>" LINK "{t} 2026-11-{d}</a></li>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check("", "ul", rows[i], "2026-11", NULL);
}

static void
test_dates_beside(void)
{
    static const char *const rows[] = {
        "<li>[11-{d}] " LINK "{t}</a></li>",
        "<li><span>[2026-11-{d}]</span>" LINK "{t}</a></li>",
        "<li>" LINK "{t}</a><span>11/{d}</span></li>",
        "<li>" LINK "{t}</a><span>{d}.11.</span></li>",
        "<li>" LINK "{t}</a> <span>{d} ноября, 14:30</span></li>",
        "<li>" LINK "{t}</a> <span>Nov {d}</span></li>",
        "<li>" LINK "{t}</a><div class='meta'>Admin | {d} ноября | 5 просмотров</div></li>",
        "<li>" LINK "{t}</a><span>发布时间：2026-11-{d} 10:00</span></li>",
        "<li>" LINK "{t}</a> <time datetime='2026-11-{d}T10:00:00+08:00'>some days ago</time></li>",
        "<li>" LINK "{t}</a> <span class='date' title='2026-11-{d} 10:00'>3 days ago</span></li>",
        "<li>" LINK "<b>{t}</b></a>　　2026-11-{d}</li>",
        "<li>" LINK "<h3>{t}</h3><div class='foot'>2026-11-{d} · 来源：日报</div></a></li>",
        "<li>" LINK "{t} <span class='meta'>2026-11-{d} · 来源：日报</span></a></li>",
        "<li data-date='2026-11-{d}'>" LINK "{t}</a></li>",
        "<li><a href='/n/{n}.html' title='{t}'>详情</a><span>2026-11-{d}</span></li>",
        "<li>" LINK "{t}</a><div>Posted on November {d}, 2026 by admin</div></li>",
        "<li>" LINK "{t}</a><span>2026-11-{d}</span><span>截止 2026-12-31</span></li>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check("", "ul", rows[i], "2026-11", NULL);
    check("", "table",
          "<tr><td>{n}</td><td>" LINK
          "{t}</a></td><td>Office of works, desk 2</td><td>2026-11-{d}</td></tr>",
          "2026-11", NULL);
    check("", "div", LINK "{t}</a> 2026-11-{d}<br>", "2026-11", NULL);
    check("", "div", "2026-11-{d} " LINK "{t}</a><br>", "2026-11", NULL);
    check("", "div", "<span>" LINK "{t}</a><em>11-{d}</em></span>", "2026-11", NULL);
}

static void
test_pieces(void)
{
    static const char *const rows[] = {
        "<li><div class='date'><b>{d}</b><span>2026.11</span></div>" LINK "{t}</a></li>",
        "<li><b>{d}</b><i>2026-11</i>" LINK "{t}</a></li>",
        "<li><span>{d}</span><span>ноя</span>" LINK "{t}</a></li>",
        "<li><p>{d}</p><p>11月</p>" LINK "{t}</a></li>",
        "<li>" LINK
        "<div class='d'><span>Nov</span><span>{d}</span><span>2026</span></div><h4>{t}</h4></a></li>",
        "<li>" LINK "<p>11-{d}</p><p>2026</p><h4>{t}</h4></a></li>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check("", "ul", rows[i], "2026-11", NULL);
}

static void
test_cards(void)
{
    static const char summary[] = "What it is about, in a sentence.";
    static const char *const rows[] = {
        "<a class='card' href='/n/{n}.html'><h3>{t}</h3><p>What it is about, in a sentence.</p><span>2026-11-{d}</span></a>",
        "<article>" LINK
        "<time datetime='2026-11-{d}'>{d}.11.</time><h3>{t}</h3><p>What it is about, in a sentence.</p></a></article>",
        "<div class='col'><a href='/n/{n}.html'><img src='/i.jpg'><div><h5>{t}</h5><p>What it is about, in a sentence.</p><small>{d} November 2026</small></div></a></div>",
        "<a href='/n/{n}.html'><div class='kicker'>City</div><div class='title'>{t}</div><div class='desc'>What it is about, in a sentence.</div><div>{d}.11.2026</div></a>",
        "<a href='/n/{n}.html'><p>{t}</p><p>What it is about, in a sentence.</p><p>{d}.11.2026</p></a>",
        "<h3>" LINK
        "{t}</a></h3><p class='date'>{d}.11.2026</p><p>What it is about, in a sentence.</p>",
        "<div><h4>{t}</h4><p>What it is about, in a sentence.</p><span>2026-11-{d}</span>" LINK
        "Read more »</a></div>",
        "<article class='post'><header class='entry-header'><h2>" LINK
        "{t}</a></h2></header><div><p>What it is about, in a sentence.</p></div>"
        "<footer><time datetime='2026-11-{d}'>November {d}, 2026</time></footer></article>",
        "<div class='row'><div class='field'>" LINK
        "{t}</a></div><div class='field'>{d}.11.2026</div><div class='field'><p>What it is about, in a sentence.</p></div></div>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check("de", "div", rows[i], "2026-11", summary);
    check("", "dl", "<dt>2026-11-{d}</dt><dd>" LINK "{t}</a></dd>", "2026-11", NULL);
    check("", "div", "<dl><dt>2026-11-{d}</dt><dd>" LINK "{t}</a></dd></dl>", "2026-11", NULL);
    check("", "dl",
          "<dt>" LINK "{t}</a></dt><dd>What it is about, in a sentence.</dd><dd>2026-11-{d}</dd>",
          "2026-11", summary);
}

static void
test_links(void)
{
    static const char *const rows[] = {
        "<li><a href=\"javascript:openNews('/n/{n}.html')\">{t}</a><span>2026-11-{d}</span></li>",
        "<li><a href='javascript:void(0)' onclick=\"show('/n/{n}.html', 1)\">{t}</a><span>2026-11-{d}</span></li>",
        "<li><a href='#' onclick=\"window.location.href='/n/{n}.html';return false\">{t}</a><span>2026-11-{d}</span></li>",
        "<li onclick=\"window.open('/n/{n}.html')\"><span>{t}</span><span>2026-11-{d}</span></li>",
        "<li><a data-href='/n/{n}.html'>{t}</a><span>2026-11-{d}</span></li>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check("", "ul", rows[i], "2026-11", NULL);
    check("", "table",
          "<tr data-href='/n/{n}.html'><td>{n}</td><td>{t}</td><td>2026-11-{d}</td></tr>",
          "2026-11", NULL);
    check("", "div", "<div data-url='/n/{n}.html'><h4>{t}</h4><span>2026-11-{d}</span></div>",
          "2026-11", NULL);
}

/* Rows of these texts after the title, and the days that are read of them. */
static void
check_days(const char *language, const char *const texts[3], const char *const days[3])
{
    g_autofree char *html = g_strdup_printf(
        "<html lang='%s'><body><ul><li><a href='/n/0.html'>%s</a><span>%s</span></li><li><a href='/n/1.html'>%s</a><span>%s</span></li>"
        "<li><a href='/n/2.html'>%s</a><span>%s</span></li></ul></body></html>",
        language, titles[0], texts[0], titles[1], texts[1], titles[2], texts[2]);
    AUTO(page_free) struct page *page = page_open(html, strlen(html), NULL, "http://city.example/");
    AUTO(list_free) struct list *list = extract(page);
    for (int i = 0; i < 3; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        g_autofree char *iso = entry->published.precision == DATE_NONE
                                   ? g_strdup("none")
                                   : date_iso(&entry->published);
        g_assert_cmpstr(iso, ==, days[i]);
    }
}

static void
test_near(void)
{
    check_days("ru", (const char *const[]){"вчера, 14:30", "3 часа назад", "2 дня назад"},
               (const char *const[]){"2026-11-24T14:30:00+08:00", "2026-11-25T15:00:00+08:00",
                                     "2026-11-23"});
    check_days("zh", (const char *const[]){"3小时前", "昨天", "2026-11-18"},
               (const char *const[]){"2026-11-25T15:00:00+08:00", "2026-11-24", "2026-11-18"});
    check_days("en", (const char *const[]){"2 hours ago", "Yesterday", "3 days ago"},
               (const char *const[]){"2026-11-25T16:00:00+08:00", "2026-11-24", "2026-11-22"});
    check_days("de",
               (const char *const[]){"vor 3 Stunden", "gestern, 10:15 Uhr", "vor einer Woche"},
               (const char *const[]){"2026-11-25T15:00:00+08:00", "2026-11-24T10:15:00+08:00",
                                     "2026-11-18"});
    /* one row tells the order of all; else the language does */
    check_days("en", (const char *const[]){"03/11", "20/10", "05/09"},
               (const char *const[]){"2026-11-03", "2026-10-20", "2026-09-05"});
    check_days("en-GB", (const char *const[]){"03/11", "04/10", "05/09"},
               (const char *const[]){"2026-11-03", "2026-10-04", "2026-09-05"});
    check_days("en-US", (const char *const[]){"11/03", "10/04", "09/05"},
               (const char *const[]){"2026-11-03", "2026-10-04", "2026-09-05"});
    /* a single pair of numbers is no date */
    check_days("", (const char *const[]){"11-12", "", ""},
               (const char *const[]){"none", "none", "none"});
}

static void
check_url(const char *url, const char *day)
{
    struct date date;
    g_autofree char *iso = row_url_day(url, DATE_AT(480), NOW, &date) ? date_iso(&date) : NULL;
    g_assert_cmpstr(iso, ==, day);
}

static void
test_url_days(void)
{
    static const char *const stated[] = {
        "/202611/t20261120_1.html",     "/2026/11/20/bridge",        "/n1/2026/1120/c1001-1.html",
        "/art/2026/11/20/art_1_2.html", "/2026-11/20/content_1.htm", "/2026/11-20/1.shtml",
        "/20261120A0123.html",          "/news_20261120.html",       "/a/2026-11-20-bridge"};
    for (size_t i = 0; i < G_N_ELEMENTS(stated); i++) {
        g_autofree char *url = g_strconcat("http://city.example", stated[i], NULL);
        check_url(url, "2026-11-20");
    }
    static const char *const none[] = {"/202611/1.html", "/2026/11/", "/node/201912345678",
                                       "/20271120/", "/p/20261320/"};
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autofree char *url = g_strconcat("http://city.example", none[i], NULL);
        check_url(url, NULL);
    }
    check_url("http://20261120.example/a.html", NULL);
    AUTO(page_free) struct page *page =
        page_of("", "ul", "<li><a href='/2024/11/{d}/{n}.html'>{t}</a><span>11-{d}</span></li>");
    AUTO(list_free) struct list *list = extract(page);
    g_autofree char *day =
        date_iso(&((const struct list_entry *)g_ptr_array_index(list->entries, 0))->published);
    g_assert_cmpstr(day, ==, "2024-11-20"); /* the row does not say the year, the URL does */
}

/* Dates that are words of a title, and those that tell titles apart. */
static void
test_titles(void)
{
    AUTO(page_free) struct page *page =
        page_of("de", "ul", "<li>" LINK "Sitzung des Rates am {d}.11.2026</a></li>");
    AUTO(list_free) struct list *list = extract(page);
    const struct list_entry *first = g_ptr_array_index(list->entries, 0);
    g_assert_cmpstr(first->title, ==, "Sitzung des Rates am 20.11.2026");
    g_autofree char *spoken = date_iso(&first->published); /* no row says another */
    g_assert_cmpstr(spoken, ==, "2026-11-20");
    AUTO(page_free) struct page *same =
        page_of("en", "ul", "<li>" LINK "Audit Committee - {d}.11.2026</a></li>");
    AUTO(list_free) struct list *apart = extract(same);
    first = g_ptr_array_index(apart->entries, 0);
    g_assert_cmpstr(first->title, ==, "Audit Committee - 20.11.2026");
    g_autofree char *day = date_iso(&first->published);
    g_assert_cmpstr(day, ==, "2026-11-20");
    AUTO(page_free) struct page *both = page_of(
        "zh", "ul", "<li>" LINK "关于2026年12月{d}日停电的通知</a><span>2026-11-{d}</span></li>");
    AUTO(list_free) struct list *other = extract(both);
    first = g_ptr_array_index(other->entries, 0);
    g_assert_cmpstr(first->title, ==, "关于2026年12月20日停电的通知");
}

static void
test_cut(void)
{
    g_autoptr(GString) html = g_string_new("<html><body><ul>");
    for (int i = 0; i < 2500; i++)
        g_string_append_printf(
            html, "<li><a href='/n/%d.html'>A title that is long enough, %d</a> 2026-11-20</li>", i,
            i);
    AUTO(page_free) struct page *page =
        page_open(html->str, html->len, NULL, "http://city.example/");
    AUTO(list_free) struct list *list = extract(page);
    g_assert_cmpuint(list->entries->len, ==, 2000);
    const struct page_warning *warning = g_ptr_array_index(page->warnings, 0);
    g_assert_cmpstr(warning->code, ==, "limit");
    g_assert_cmpstr(warning->message, ==, "the first 2000 of 2500 entries were taken");
}

void
add_tests(void)
{
    g_test_add_func("/list/dates-in-links", test_dates_in_links);
    g_test_add_func("/list/dates-beside", test_dates_beside);
    g_test_add_func("/list/pieces", test_pieces);
    g_test_add_func("/list/cards", test_cards);
    g_test_add_func("/list/links", test_links);
    g_test_add_func("/list/near", test_near);
    g_test_add_func("/list/url-days", test_url_days);
    g_test_add_func("/list/titles", test_titles);
    g_test_add_func("/list/cut", test_cut);
}
