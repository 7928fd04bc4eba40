/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists that are found without rules, on whole pages: which elements are rows, which of several
 * groups is the list, what is said of doubts.
 */
#include "config.h"

#include "portal/list.h"
#include "unit/kit.h"

#include <string.h>

#define NOW 1795600800 /* 2026-11-25T10:00:00Z */

/* The entries of a page as "title|link|day" lines, and the codes of its warnings in brackets. */
static char *
lines_of(const char *language, const char *body)
{
    g_autofree char *html = g_strdup_printf(
        "<!doctype html><html lang='%s'><head><title>T</title></head><body>%s</body></html>",
        language, body);
    AUTO(page_free)
    struct page *page = page_open(html, strlen(html), NULL, "http://city.example/news/");
    struct list_options options = {.dates = {.offset = 0, .zoned = true}, .now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    GString *out = g_string_new(error ? error->message : NULL);
    for (guint i = 0; list && i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        g_autofree char *iso =
            entry->published.precision == DATE_NONE ? g_strdup("") : date_iso(&entry->published);
        const char *link = g_str_has_prefix(entry->link, "http://city.example")
                               ? entry->link + strlen("http://city.example")
                               : entry->link;
        g_string_append_printf(out, "%s|%s|%.16s\n", entry->title, link, iso);
    }
    for (guint i = 0; i < page->warnings->len; i++)
        g_string_append_printf(out, "[%s]\n",
                               ((struct page_warning *)g_ptr_array_index(page->warnings, i))->code);
    return g_string_free(out, FALSE);
}

struct page_case {
    const char *language, *body, *lines;
};

static void
check_pages(const struct page_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *lines = lines_of(cases[i].language, cases[i].body);
        if (!g_str_equal(lines, cases[i].lines))
            g_test_fail_printf("%s\n  gives:\n%s  wanted:\n%s", cases[i].body, lines,
                               cases[i].lines);
    }
}

#define TITLES \
    "Bridge over the mill stream closed|/n/1|2026-11-20\n" \
    "New hours of the town library|/n/2|2026-11-19\n" \
    "Budget hearing in the old school|/n/3|2026-11-18\n"

/* Layouts in whose classes words stand that elsewhere condemn. */
static void
test_layouts(void)
{
#define ROWS_OF(wrap, end) \
    wrap "<ul><li><a href='/n/1'>Bridge over the mill stream closed</a> 2026-11-20</li>" \
         "<li><a href='/n/2'>New hours of the town library</a> 2026-11-19</li>" \
         "<li><a href='/n/3'>Budget hearing in the old school</a> 2026-11-18</li></ul>" end
#define MENU \
    "<div class='menu'><ul><li><a href='/a'>About the town and its past</a></li>" \
    "<li><a href='/b'>Town hall</a></li><li><a href='/c'>Schools and kindergartens</a></li></ul></div>"
#define HEAD_OF(n, title, day) \
    "<div class='post'><header><h2><a href='/n/" n "'>" title "</a></h2><time>" day \
    "</time></header><div><p>The council told of it on that day in the old school.</p></div></div>"
    static const struct page_case cases[] = {
        {"en", ROWS_OF("<h1>News</h1><div class='page__body'>", "</div>"), TITLES},
        {"en", ROWS_OF("<div class='with-sidebar links'><h1>News</h1>", "</div>"), TITLES},
        {"en", ROWS_OF("<div id='content-page' class='header position'>", "</div>"), TITLES},
        {"en", ROWS_OF("<div class='dropdown-menu'>", "</div>"), TITLES},
        {"en", MENU ROWS_OF("<main>", "</main>"), TITLES},
        {"en", ROWS_OF("<aside>", "</aside>"), TITLES},
        {"en", ROWS_OF("<main>", "</main>") MENU "<footer>" MENU "</footer>", TITLES},
        /* the heads of posts */
        {"en",
         "<header><a href='/'>Town of Anne</a></header>" HEAD_OF(
             "1", "Bridge over the mill stream closed", "2026-11-20")
             HEAD_OF("2", "New hours of the town library", "2026-11-19")
                 HEAD_OF("3", "Budget hearing in the old school", "2026-11-18"),
         TITLES},
        /* a menu is one whatever its size */
        {"en", MENU MENU MENU "<p>Nothing new.</p>", "there is no list on this page"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* The row is the outermost element that repeats. */
static void
test_rows(void)
{
#define FIELDS(n, title, day) \
    "<div class='field name'><span><a href='/n/" n "'>" title "</a></span></div>" \
    "<div class='field date'><time datetime='" day "T10:00:00Z'>then</time></div>" \
    "<div class='field kind'><a href='/kind/works'>Works</a></div>"
#define ROWS3(before, after) \
    before FIELDS("1", "Bridge over the mill stream closed", "2026-11-20") \
        after before FIELDS("2", "New hours of the town library", "2026-11-19") \
            after before FIELDS("3", "Budget hearing in the old school", "2026-11-18") after
#define TIMES \
    "Bridge over the mill stream closed|/n/1|2026-11-20T10:00\n" \
    "New hours of the town library|/n/2|2026-11-19T10:00\n" \
    "Budget hearing in the old school|/n/3|2026-11-18T10:00\n"
#define TABLE_ROW(n, title, day) \
    "<tr><td><table><tr><td><a href='/n/" n \
    "' title='Open (PDF, 2 MB)'><img src='/i.gif'></a></td></tr></table></td>" \
    "<td><a href='/n/" n "'>" title "</a></td><td>" day "</td></tr>"
    static const struct page_case cases[] = {
        {"en", "<main>" ROWS3("<article class='row'>", "</article>") "</main>", TIMES},
        {"en", "<main>" ROWS3("<div class='row'>", "</div>") "</main>", TIMES},
        {"en", "<main>" ROWS3("<div><section>", "</section></div>") "</main>", TIMES},
        {"en", "<ul>" ROWS3("<li><div class='in'>", "</div></li>") "</ul>", TIMES},
        {"en",
         "<table>" TABLE_ROW("1", "Bridge over the mill stream closed", "2026-11-20")
             TABLE_ROW("2", "New hours of the town library", "2026-11-19")
                 TABLE_ROW("3", "Budget hearing in the old school", "2026-11-18") "</table>",
         TITLES},
        /* a table for each */
        {"en",
         "<div><table>" TABLE_ROW("1", "Bridge over the mill stream closed", "2026-11-20") "</table><table>" TABLE_ROW(
             "2", "New hours of the town library",
             "2026-11-19") "</table><table>" TABLE_ROW("3", "Budget hearing in the old school",
                                                       "2026-11-18") "</table></div>",
         TITLES},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Links that say only what they do: the title is in the row. */
static void
test_labels(void)
{
#define MEETING(day, name, n) \
    "<tr><td>" day "</td><td>" name "</td><td><a href='/m/" n ".htm'>View</a> <a href='/m/" n \
    ".pdf'>PDF (1.9 MB)</a></td><td><a href='/m/" n "-min.pdf'>232.0KB</a></td></tr>"
#define COUNCIL \
    "Finance Committee|/m/1.htm|2026-11-20\nTown Council|/m/2.htm|2026-11-19\n" \
    "Planning Panel|/m/3.htm|2026-11-18\n"
#define PAPER(name, bold, n, day, label) \
    "<li>" bold name "</b> <a href='/m/" n ".pdf'>" label "</a> vom " day "</li>"
    static const struct page_case cases[] = {
        {"en",
         "<table><tr><th>Day</th><th>Body</th></tr>" MEETING(
             "20 Nov 2026", "Finance Committee", "1") MEETING("19 Nov 2026", "Town Council", "2")
             MEETING("18 Nov 2026", "Planning Panel", "3") "</table>",
         COUNCIL},
        {"de",
         "<ul>" PAPER("Haushalt der Stadt Neuwerk", "<b>", "1", "20.11.2026", "19/47")
             PAPER("Brücke über den Mühlbach", "<b>", "2", "19.11.2026", "19/48")
                 PAPER("Schulweg am Markt", "<b>", "3", "18.11.2026", "19/49") "</ul>",
         "Haushalt der Stadt Neuwerk|/m/1.pdf|2026-11-20\nBrücke über den "
         "Mühlbach|/m/2.pdf|2026-11-19\nSchulweg am Markt|/m/3.pdf|2026-11-18\n"},
        /* what all links have in common is none either, though the table does not have it */
        {"de",
         "<ul>" PAPER("Haushalt der Stadt Neuwerk", "<b>", "1", "20.11.2026", "Umdruck 16/12")
             PAPER("Brücke über den Mühlbach", "<b>", "2", "19.11.2026", "Umdruck 16/13")
                 PAPER("Schulweg am Markt", "<b>", "3", "18.11.2026", "Umdruck 16/14") "</ul>",
         "Haushalt der Stadt Neuwerk|/m/1.pdf|2026-11-20\nBrücke über den "
         "Mühlbach|/m/2.pdf|2026-11-19\nSchulweg am Markt|/m/3.pdf|2026-11-18\n"},
        {"zh",
         "<ul><li><span>关于召开镇人民代表大会的通知</span><a href='/m/1.pdf'>下载附件</a><i>2026-11-20</i></li>"
         "<li><span>磨坊桥封闭施工的公告</span><a href='/m/2.pdf'>下载附件</a><i>2026-11-19</i></li></ul>",
         "关于召开镇人民代表大会的通知|/m/1.pdf|2026-11-20\n磨坊桥封闭施工的公告|/m/2.pdf|2026-11-19\n"},
        {"ru",
         "<table><tr><td>О бюджете города Мельничного</td><td>20.11.2026</td><td><a href='/m/1.doc'>Скачать "
         "(24 Кб)</a></td></tr><tr><td>О закрытии моста через ручей</td><td>19.11.2026</td><td><a "
         "href='/m/2.doc'>Скачать (31 Кб)</a></td></tr></table>",
         "О бюджете города Мельничного|/m/1.doc|2026-11-20\nО закрытии моста через "
         "ручей|/m/2.doc|2026-11-19\n"},
        /* nothing but the day tells them apart */
        {"en",
         "<table><tr><td>January 17, 2026</td><td>2:00 PM</td><td><a href='/m/1.pdf'>Meeting Notice</a></td></tr>"
         "<tr><td>February 21, 2026</td><td>2:00 PM</td><td><a href='/m/2.pdf'>Meeting Notice</a></td></tr>"
         "<tr><td>March 21, 2026</td><td>2:00 PM</td><td><a href='/m/3.pdf'>Meeting Notice</a></td></tr></table>",
         "January 17, 2026|/m/1.pdf|2026-01-17T14:00\nFebruary 21, 2026|/m/2.pdf|2026-02-21T14:00\n"
         "March 21, 2026|/m/3.pdf|2026-03-21T14:00\n"},
        /* icons: a file in a row, a picture for all there is to click */
        {"en",
         "<table><tr><td>11/20/2026</td><td>120550</td><td>Miller v. Mill Stream Town</td><td>Upper "
         "Court</td><td><a href='/m/1.pdf'><i class='pdf' aria-label='PDF link 1'></i></a></td></tr>"
         "<tr><td>11/19/2026</td><td>120551</td><td>In re Harbour Board</td><td>Upper Court</td><td><a "
         "href='/m/2.pdf'><i class='pdf'></i></a></td></tr></table>",
         "Miller v. Mill Stream Town|/m/1.pdf|2026-11-20\nIn re Harbour Board|/m/2.pdf|2026-11-19\n"},
        /* meetings that share their papers are two; a button unfolds what is listed */
        {"en",
         "<div><div class='item'><a href='#'>Tuesday, 17 November 2026</a><div><p><a href='/m/1.pdf'>Agenda - 17 "
         "November 2026</a><br><a href='/m/2.pdf'>Attachment Book - 17 November 2026</a><br><a "
         "href='/m/3.pdf'>Mayoral minute</a></p></div></div>"
         "<div class='item'><a href='#'>Tuesday, 20 October 2026</a><div><p><a href='/m/4.pdf'>Agenda - 20 "
         "October</a><br><a href='/m/5.pdf'>Attachment Book</a></p></div></div>"
         "<div class='item'><a href='#'>Tuesday, 15 September 2026</a><div><p><a href='/m/6.pdf'>Agenda - 15 "
         "September</a><br><a href='/m/7.pdf'>Attachment Book, part 2</a></p></div></div></div>",
         "Tuesday, 17 November 2026|/m/1.pdf|2026-11-17\nTuesday, 20 October 2026|/m/4.pdf|2026-10-20\n"
         "Tuesday, 15 September 2026|/m/6.pdf|2026-09-15\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Several tables, lists and sections of one kind. */
static void
test_parts(void)
{
#define NOTE(y, n) \
    "<tr><td><a href='/" y "/" n "'>Notice " n " about works in " y "</a></td><td>" y "-0" n \
    "-10</td></tr>"
#define YEAR(y) "<table>" NOTE(y, "1") NOTE(y, "2") NOTE(y, "3") "</table>"
#define OF_YEAR(y) \
    "Notice 1 about works in " y "|/" y "/1|" y "-01-10\nNotice 2 about works in " y "|/" y \
    "/2|" y "-02-10\nNotice 3 about works in " y "|/" y "/3|" y "-03-10\n"
#define EVENT(n, day, title) "<li>" day " <a href='/e/" n "'>" title "</a></li>"
    static const struct page_case cases[] = {
        {"en", "<main><h2>2024</h2>" YEAR("2024") "<h2>2023</h2>" YEAR("2023") "</main>",
         OF_YEAR("2024") OF_YEAR("2023")},
        {"en",
         "<main><section class='y y-2024'>" YEAR(
             "2024") "</section><section class='y y-2023'>" YEAR("2023") "</section></main>",
         OF_YEAR("2024") OF_YEAR("2023")},
        /* the year stands above, the day in the row; one month has but one row */
        {"en",
         "<main><h2>November 2024</h2><ul>" EVENT("1", "20 Nov",
                                                  "Bridge over the mill stream closed")
             EVENT("2", "18 Nov", "New hours of the town library") "</ul><h2>December 2023</h2><ul>" EVENT(
                 "3", "24 Dec", "Budget hearing in the old school") "</ul></main>",
         "Bridge over the mill stream closed|/e/1|2024-11-20\nNew hours of the town library|/e/2|2024-11-18\n"
         "Budget hearing in the old school|/e/3|2023-12-24\n"},
        {"en",
         "<main><div id='november' class='november'><h3>November</h3><ul>" EVENT(
             "1", "2026-11-20", "Bridge over the mill stream closed")
             EVENT(
                 "2", "2026-11-18",
                 "New hours of the town library") "</ul></div><div id='october' "
                                                  "class='october'><h3>October</h3><ul>" EVENT(
                                                      "3", "2026-10-24",
                                                      "Budget hearing in the old school") "</ul></div></main>",
         "Bridge over the mill stream closed|/e/1|2026-11-20\nNew hours of the town library|/e/2|2026-11-18\n"
         "Budget hearing in the old school|/e/3|2026-10-24\n"},
        /* boxes of two things: the first, which is larger */
        {"en",
         "<main><div id='news' class='news box'><h3>News</h3><ul>" EVENT(
             "1", "2026-11-20", "Bridge over the mill stream closed")
             EVENT("2", "2026-11-18",
                   "New hours of the town library") "</ul></div><div id='jobs' "
                                                    "class='jobs box'><h3>Jobs</h3><ul>" EVENT(
                                                        "3", "2026-10-24", "Gardener wanted")
                                                        EVENT("4", "2026-10-20",
                                                              "Baker wanted") "</ul></div></main>",
         "Bridge over the mill stream closed|/e/1|2026-11-20\nNew hours of the town library|/e/2|2026-11-18\n"},
        /* the day stands above, the time in the row */
        {"ru",
         "<div class='feed'><h3>20 ноября 2026</h3><div class='n'><span>14:30</span> <a href='/e/1'>Мост через "
         "ручей закрыт на ремонт</a></div><div class='n'><span>09:10</span> <a href='/e/2'>Новые часы работы "
         "библиотеки</a></div><h3>19 ноября 2026</h3><div class='n'><span>18:00</span> <a href='/e/3'>Слушания "
         "по бюджету в старой школе</a></div></div>",
         "Мост через ручей закрыт на ремонт|/e/1|2026-11-20T14:30\nНовые часы работы "
         "библиотеки|/e/2|2026-11-20T09:10\nСлушания по бюджету в старой школе|/e/3|2026-11-19T18:00\n"},
        /* columns of a layout are no parts of one list */
        {"en",
         "<table><tr><td><ul><li><a href='/a'>About our town</a></li><li><a href='/b'>Schools here</a></li></ul></td><td>"
         "<ul>" EVENT("1", "2026-11-20", "Bridge over the mill stream closed")
             EVENT("2", "2026-11-19", "New hours of the town library") "</ul></td></tr></table>",
         "Bridge over the mill stream closed|/e/1|2026-11-20\nNew hours of the town library|/e/2|2026-11-19\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Days in the row after, in the paragraph after, in the title. */
static void
test_days(void)
{
#define TWO(n, title, day) \
    "<tr><td rowspan='2'>" n "</td><td><a href='/n/" n "'>" title "</a></td></tr>" \
    "<tr><td>No. " n "</td><td>" day "</td></tr>"
#define THREE(n, title, day) \
    TWO(n, title, day) \
    "<tr><td><button onclick=\"location.href='/p/" n "'\">Proceedings</button></td>" \
    "<td>Office of works " n "</td></tr><tr><td colspan='2'><hr></td></tr>"
#define HEAD(n, title, day) \
    "<h3><a href='/n/" n "'>" title "</a></h3><p>Filed " day "</p><p><a href='/pdf/" n \
    "'>View opinion</a></p>"
#define LINE(n, title, day) "<p><a href='/n/" n "'>" title "</a></p><p>" day "</p>"
#define MANY(of) \
    of("1", "Bridge over the mill stream closed", "20 November 2026") \
        of("2", "New hours of the town library", "19 November 2026") \
            of("3", "Budget hearing in the old school", "18 November 2026")
    static const struct page_case cases[] = {
        {"en", "<table>" MANY(TWO) "</table>", TITLES},
        {"en", "<table>" MANY(THREE) "</table>", TITLES},
        {"en", "<div class='inside-page'><h2>Opinions</h2>" MANY(HEAD) "</div>", TITLES},
        {"en", "<div>" MANY(LINE) "</div>", TITLES},
        /* a weekday before, a time beside, a short title after */
        {"de",
         "<table><tr><td>Fr, 20.11.2026</td><td>17:00</td><td><a href='/n/1'>Markt zieht um</a></td></tr>"
         "<tr><td>Do, 19.11.2026</td><td>17:00</td><td><a href='/n/2'>Neue Öffnungszeiten der "
         "Bücherei</a></td></tr></table>",
         "Markt zieht um|/n/1|2026-11-20T17:00\nNeue Öffnungszeiten der Bücherei|/n/2|2026-11-19T17:00\n"},
        {"en",
         "<ul><li><a href='/n/1'>16 December 2025 Council meeting agenda</a></li><li><a href='/n/2'>18 November "
         "2025 Council meeting agenda</a></li><li><a href='/n/3'>21 October 2025 Council meeting agenda</a></li></ul>",
         "16 December 2025 Council meeting agenda|/n/1|2025-12-16\n18 November 2025 Council meeting "
         "agenda|/n/2|2025-11-18\n21 October 2025 Council meeting agenda|/n/3|2025-10-21\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Which of several groups is the list, which rows are none of it, and what is said of doubts. */
static void
test_choice(void)
{
#define POST(host, n) \
    "<div class='post'><a href='https://" host "/p/" n \
    "'>What people say about the bridge over the mill " \
    "stream, number " n "</a> <span>2026-11-2" n "</span></div>"
    static const struct page_case cases[] = {
        {"en",
         ROWS_OF("<main>", "</main>") "<div class='wall'>" POST("www.facebook.com", "0") POST(
             "twitter.com", "1") POST("www.facebook.com", "2") POST("twitter.com", "3") "</div>",
         TITLES},
        {"en",
         "<main><p><a href='/news/'>Back to all news of the town</a></p><p><a href='/news/1'>Bridge over the mill "
         "stream closed</a>, filed November 20, 2026</p><p><a href='/news/2'>New hours of the town library</a>, "
         "filed November 19, 2026</p><p><a href='/news/3'>Budget hearing in the old school</a>, filed November "
         "18, 2026</p></main>",
         "Bridge over the mill stream closed|/news/1|2026-11-20\nNew hours of the town "
         "library|/news/2|2026-11-19\nBudget hearing in the old school|/news/3|2026-11-18\n"},
        /* two lists as good as each other: the first, and it is said */
        {"en",
         ROWS_OF(
             "<div class='left'>",
             "</div>") "<div class='right'><dl><dt>2026-11-20</dt><dd><a href='/x/1'>Bridge over the mill stream open</a></dd>"
                       "<dt>2026-11-19</dt><dd><a href='/x/2'>Old hours of the town library</a></dd><dt>2026-11-18</dt><dd><a "
                       "href='/x/3'>Budget hearing in the new school</a></dd></dl></div>",
         TITLES "[near-tie]\n"},
        /* one of them is marked up as the contents */
        {"en",
         "<div class='right'><dl><dt>2026-11-20</dt><dd><a href='/x/1'>Bridge over the mill stream open</a></dd>"
         "<dt>2026-11-19</dt><dd><a href='/x/2'>Old hours of the town library</a></dd><dt>2026-11-18</dt><dd><a "
         "href='/x/3'>Budget hearing in the new school</a></dd></dl></div>" ROWS_OF("<main>",
                                                                                    "</main>"),
         TITLES},
        {"en",
         "<ul><li><a href='/n/1'>Bridge over the mill stream closed</a></li><li><a href='/n/2'>New hours of the town "
         "library</a></li><li><a href='/n/3'>Budget hearing in the old school</a></li></ul>",
         "Bridge over the mill stream closed|/n/1|\nNew hours of the town library|/n/2|\n"
         "Budget hearing in the old school|/n/3|\n[no-dates]\n"},
        {"en",
         "<ul><li><a href='/n/1'>Harbour front</a></li><li><a href='/n/2'>Old town wall</a></li><li><a "
         "href='/n/3'>Mill stream</a></li></ul>",
         "there is no list on this page: rows repeat, but none is one for sure[rows-seen]\n"},
        /* one name for all meetings of a council is no doubt, one title for all news is */
        {"en",
         "<ul><li><a href='/n/1'>Planning Committee</a> 2026-11-20</li><li><a href='/n/2'>Planning Committee</a> "
         "2026-10-20</li><li><a href='/n/3'>Planning Committee</a> 2026-09-20</li><li><a href='/n/4'>Planning "
         "Committee</a> 2026-08-20</li></ul>",
         "Planning Committee|/n/1|2026-11-20\nPlanning Committee|/n/2|2026-10-20\nPlanning "
         "Committee|/n/3|2026-09-20\nPlanning Committee|/n/4|2026-08-20\n"},
        {"en",
         "<ul><li><a href='/n/1'>Planning Committee</a> 2026-11-20</li><li><a href='/n/2'>Planning Committee</a> "
         "2026-11-20</li><li><a href='/n/3'>Planning Committee</a> 2026-11-20</li><li><a href='/n/4'>Planning "
         "Committee</a> 2026-11-20</li></ul>",
         "Planning Committee|/n/1|2026-11-20\nPlanning Committee|/n/2|2026-11-20\nPlanning "
         "Committee|/n/3|2026-11-20\nPlanning Committee|/n/4|2026-11-20\n[same-title]\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Titles without the rest of the card, and rows that are no entries. */
static void
test_titles_of_cards(void)
{
#define CARD(n, title, day) \
    "<div class='card'><a href='/n/" n \
    "'><span class='kicker'>Traffic news</span><span class='when'>" day "</span><strong>" title \
    "</strong><span class='teaser'>The council has said that it will be so, from " \
    "Monday.</span><span>Learn more</span></a></div>"
#define TOLD(n, title, day) \
    "<a class='card' href='/n/" n "' title='" title "'><span>Traffic news</span> <span>" day \
    "</span> " title " The council has said so. Learn more</a>"
#define UNSEEN(n, title, day) \
    "<p><a href='/n/" n "'>" title \
    "<span class='visually-hidden'> (details of it)</span></a> <i>" day "</i></p>"
#define UNLINKED(n, title, day) \
    "<div class='item'><h3>" title "</h3><p>" day "</p><a href='/n/" n \
    "'>Read the whole notice about this</a></div>"
#define SECTION(n, title, day) \
    "<section><header><h2>" title "</h2></header><p>The council has said.</p><footer><time>" day \
    "</time><a href='/n/" n "'>Read more</a></footer></section>"
#define BEFORE(n, title, day) \
    "<p><b>" title "</b></p><p>" day " - <a href='/n/" n "'>Read more</a></p>"
#define HEADED(n, title, day) "<h4>" title "</h4><p><a href='/n/" n "'>Download</a> (" day ")</p>"
#define DECREE(n, title, day) \
    "<tr><td>12" n "/2026</td><td>Resolution of the council</td><td>" title "</td><td>" day \
    "</td><td><a href='/n/" n "'>Details</a></td></tr>"
#define BEHIND(n, title, day) \
    "<tr><td>" day " – " title "</td><td><a href='/n/" n "'>Agenda</a></td></tr>"
#define FILED(n, title, day) \
    "<tr><td><a href='/n/" n "'>" title \
    "</a></td><td><a href='/d/1'>Office of works</a></td><td>" day "</td></tr>"
#define TAGGED(n, title, day) \
    "<div><article><a href='/n/" n \
    "'><img src='x'></a><div><span><a href='/c/news'>Town news and notices</a>" \
    "</span><h3><a href='/n/" n "'>" title "</a></h3><time>" day "</time></div></article></div>"
#define DASHED(n, title, day) "<li><a href='/n/" n "'>" title "</a> – " day " (PDF, 1 MB)</li>"
#define CENTRED(n, title, day) \
    "<font size='3'><b><a href='/n/" n "'>" title "</a></b></font><br><font size='1'>" day \
    "</font><br><hr>"
    static const struct page_case cases[] = {
        {"en", "<main>" MANY(CARD) "</main>", TITLES},
        {"en", "<main>" MANY(TOLD) "</main>", TITLES},
        {"en", "<main>" MANY(UNSEEN) "</main>", TITLES},
        {"en", "<main>" MANY(UNLINKED) "</main>", TITLES},
        {"en", "<main>" MANY(SECTION) "</main>", TITLES},
        {"en", "<main>" MANY(BEFORE) "</main>", TITLES},
        {"en", "<main>" MANY(HEADED) "</main>", TITLES},
        {"en", "<table>" MANY(DECREE) "</table>", TITLES},
        {"en", "<table>" MANY(BEHIND) "</table>", TITLES},
        {"en", "<center>" MANY(CENTRED) "</center>", TITLES},
        /* a menu of columns is no row, nor is a link that leads to all of a kind a title */
        {"en",
         "<table><tr><th><a href='?s=1'>Sort by the title</a></th><th><a href='?s=2'>Sort by the day</a></th></tr>" MANY(
             FILED) "</table>",
         TITLES},
        /* cards are so full of links that what is around them is like a menu */
        {"en", "<div class='page-wrapper'><section>" MANY(TAGGED) "</section></div>", TITLES},
        {"en", "<ul>" MANY(DASHED) "</ul>", TITLES},
        /* a word of a sentence is no title */
        {"en",
         "<ul><li>2026-11-20: The hearing in the old school can be seen on <a href='/n/1'>Channel 4</a>.</li>"
         "<li>2026-11-19: The tour of the harbour can be seen on <a href='/n/2'>Channel 4</a>.</li>"
         "<li>2026-11-18: The opening of the bridge can be seen on <a href='/n/3'>Channel 5</a>.</li></ul>",
         "The hearing in the old school can be seen on Channel 4.|/n/1|2026-11-20\n"
         "The tour of the harbour can be seen on Channel 4.|/n/2|2026-11-19\n"
         "The opening of the bridge can be seen on Channel 5.|/n/3|2026-11-18\n"},
        /* the paragraphs of an article are no rows */
        {"en",
         "<article><p>The council has met, as <a href='/n/1'>had been announced in the spring</a>, and has said so.</p>"
         "<p>The bridge will be closed, which <a href='/n/2'>drivers have known for some weeks</a> already.</p>"
         "<p>The library opens later, and <a href='/n/3'>readers are asked to wait outside</a> meanwhile.</p></article>",
         "there is no list on this page: rows repeat, but none is one for sure[rows-seen]\n"},
        /* a menu of long names beside rows with days */
        {"en",
         "<main><div class='box'><ul><li><a href='/s/1'>Department of works and public buildings</a></li><li><a "
         "href='/s/2'>Department of schools and kindergartens</a></li><li><a href='/s/3'>Department of finance and "
         "of the treasury</a></li><li><a href='/s/4'>Department of parks and of the harbour</a></li><li><a "
         "href='/s/5'>Department of elections and of statistics</a></li></ul></div><table>" MANY(
             BEHIND) "</table></main>",
         TITLES},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Rows whose own documents repeat, and what of them is no title. */
static void
test_meetings(void)
{
#define FILE_OF(name, n) "<div class='doc'><a href='/f/" name n ".pdf'>" name "</a></div>"
#define PAPERS(day, title, place, n, more) \
    "<tr><td>" day "</td><td>" title "</td><td>" place "</td><td>" FILE_OF("Notice", n) more \
        "</td></tr>"
#define HEADS \
    "<tr><th><a href='?by=day'>Day</a></th><th><a href='?by=name'>Meeting name</a></th>" \
    "<th>Place</th><th>Files</th></tr>"
    static const struct page_case cases[] = {
        /* three documents repeat within a row, and are no rows */
        {"en",
         "<table>" HEADS PAPERS("2026-11-20", "Works board", "Room 4 of the old town hall", "1",
                                FILE_OF("Agenda", "1") FILE_OF("Minutes", "1"))
             PAPERS("2026-11-19", "Planning board", "Room 4 of the old town hall", "2", "")
                 PAPERS("2026-11-18", "School board", "Room 4 of the old town hall", "3",
                        FILE_OF("Agenda", "3"))
                     PAPERS("2026-11-17", "Harbour board", "Room 4 of the old town hall", "4", "")
                         PAPERS("2026-11-16", "Parks board", "Room 4 of the old town hall", "5",
                                FILE_OF("Agenda", "5") FILE_OF("Minutes", "5")) "</table>",
         "Works board|/f/Notice1.pdf|2026-11-20\nPlanning board|/f/Notice2.pdf|2026-11-19\n"
         "School board|/f/Notice3.pdf|2026-11-18\nHarbour board|/f/Notice4.pdf|2026-11-17\n"
         "Parks board|/f/Notice5.pdf|2026-11-16\n"},
        /* the same in cards, of as many categories as may be */
        {"en",
         "<div><div class='row event cat1'><b>Open day of the works</b> 2026-11-20 " FILE_OF(
             "Agenda", "1") FILE_OF("Minutes", "1")
             FILE_OF(
                 "Notice",
                 "1") "</div>"
                      "<div class='row event cat2 cat3'><b>Tour of the harbour</b> 2026-11-19 " FILE_OF(
                          "Agenda",
                          "2") "</div>"
                               "<div class='row event cat2 cat3 cat4'><b>Concert in the park</b> 2026-11-18 " FILE_OF(
                                   "Agenda",
                                   "3") "</div>"
                                        "<div class='row event cat2'><b>Market at the mill</b> 2026-11-17 " FILE_OF(
                                            "Agenda", "4") "</div></div>",
         "Open day of the works|/f/Agenda1.pdf|2026-11-20\nTour of the harbour|/f/Agenda2.pdf|2026-11-19\n"
         "Concert in the park|/f/Agenda3.pdf|2026-11-18\nMarket at the mill|/f/Agenda4.pdf|2026-11-17\n"},
    /* nothing but days names them: a table each, labels side by side, some of them out of sight */
#define DAY_ROW(day, n) \
    "<table><tr><td>" day "</td><td><a href='/a" n ".pdf'>Agenda</a> " \
    "<a style='visibility:hidden' href='/none.gif'>Minutes</a> <a style='display: none' href='/no'>Video</a> " \
    "<a href='/p" n ".pdf'>Packet</a></td></tr></table>"
        {"en",
         "<main><h1>Pension board</h1>" DAY_ROW("11/20/26", "1") DAY_ROW("11/19/26", "2")
             DAY_ROW("11/18/26", "3") "</main>",
         "11/20/26|/a1.pdf|2026-11-20\n11/19/26|/a2.pdf|2026-11-19\n11/18/26|/a3.pdf|2026-11-18\n"},
    /* documents that nearly all rows have name none; nor do kinds, by the head of their column */
#define BUDGET(day, kind, n) \
    "<tr><td>" day "</td><td>" kind "</td><td><a href='/n" n ".pdf'>Notice</a></td>" \
    "<td><a href='/m" n ".pdf'>Monthly figures</a></td><td><a href='/t" n \
    ".pdf'>Levies</a></td></tr>"
        {"en",
         "<table><tr><td>Date</td><td>Type</td><td colspan='3'>Attachments</td></tr>" BUDGET(
             "November 20, 2026", "Regular", "1") BUDGET("November 19, 2026", "Cancelled", "2")
             BUDGET("November 18, 2026", "Regular", "3") "</table>",
         "November 20, 2026|/n1.pdf|2026-11-20\nNovember 19, 2026|/n2.pdf|2026-11-19\n"
         "November 18, 2026|/n3.pdf|2026-11-18\n"},
        {"de",
         "<table><tr><th>Datum</th><th>Ort</th><th>Gremium</th><th>Dokumente</th></tr>"
         "<tr><td>20.11.2026</td><td>Großer Sitzungssaal im Rathaus am Markt</td><td>Bauausschuss</td><td><a href='/1'>Einladung</a></td></tr>"
         "<tr><td>19.11.2026</td><td>Großer Sitzungssaal im Rathaus am Markt</td><td>Hauptausschuss</td><td><a href='/2'>Einladung</a></td></tr>"
         "<tr><td>18.11.2026</td><td>Aula der Grundschule in der Mühlgasse</td><td>Stadtrat</td><td><a href='/3'>Einladung</a></td></tr></table>",
         "Bauausschuss|/1|2026-11-20\nHauptausschuss|/2|2026-11-19\nStadtrat|/3|2026-11-18\n"},
    /* the link shows the day; what it explains is no title */
#define DAY_LINK(day, title, n) \
    "<div class='row'><div><a href='/m/" n "' title='" day " Council of the town, Chambers'>" day \
    "</a></div><div>" title "</div></div>"
        {"en",
         "<main>" DAY_LINK("Nov 20, 2026 6:30 PM", "Works board - Regular", "1")
             DAY_LINK("Nov 19, 2026 6:30 PM", "School board - Regular", "2")
                 DAY_LINK("Nov 18, 2026 7:00 PM", "Parks board - Special", "3") "</main>",
         "Works board - Regular|/m/1|2026-11-20T18:30\nSchool board - Regular|/m/2|2026-11-19T18:30\n"
         "Parks board - Special|/m/3|2026-11-18T19:00\n"},
        /* a box with a heading around a list of documents is no meeting */
        {"en",
         "<div class='box row'><h3>Members of the town council</h3><p>2026-01-02</p><a href='/x'>See</a></div>"
         "<div class='box row'><h3>Papers of the town council</h3><p>2026-01-03</p><table>" BUDGET(
             "November 20, 2026", "Regular", "1") BUDGET("November 19, 2026", "Special", "2")
             BUDGET("November 18, 2026", "Regular", "3")
                 BUDGET("November 17, 2026", "Regular", "4") "</table></div>",
         "Regular|/n1.pdf|2026-11-20\nSpecial|/n2.pdf|2026-11-19\nRegular|/n3.pdf|2026-11-18\n"
         "Regular|/n4.pdf|2026-11-17\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* Times beside days, rules beside links, what scripts glue to titles. */
static void
test_edges(void)
{
    static const struct page_case cases[] = {
#define CLOCKED(day, title, n) \
    "<div class='item'><div class='date'><span class='time'>21:37, </span> " day \
    " <span>/ <a href='/c'>Town</a></span></div><h2><a href='/n/" n "'>" title "</a></h2></div>"
        {"en",
         "<main>" CLOCKED("20.11.2026", "Bridge over the mill stream closed", "1")
             CLOCKED("19.11.2026", "New hours of the town library", "2")
                 CLOCKED("18.11.2026", "Budget hearing in the old school", "3") "</main>",
         "Bridge over the mill stream closed|/n/1|2026-11-20T21:37\n"
         "New hours of the town library|/n/2|2026-11-19T21:37\n"
         "Budget hearing in the old school|/n/3|2026-11-18T21:37\n"},
#define RULED(day, title, n) \
    "<a href='/n/" n "'>" title "</a><ul><li>16/519" n "</li><li>Date: " day \
    "</li></ul><hr class='divider'>"
        {"en",
         "<main>" RULED("20.11.2026", "Bridge over the mill stream closed", "1")
             RULED("19.11.2026", "New hours of the town library", "2")
                 RULED("18.11.2026", "Budget hearing in the old school", "3") "</main>",
         TITLES},
#define GLUED(day, title, n) \
    "<li><a href='/n/" n "' title='" title "PDF, 2045 KB'>" title "</a> [PDF] " day "</li>"
        {"en",
         "<ul>" GLUED("2026-11-20", "Bridge over the mill stream closed", "1")
             GLUED("2026-11-19", "New hours of the town library", "2")
                 GLUED("2026-11-18", "Budget hearing in the old school", "3") "</ul>",
         TITLES},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* What stands above, beside and behind rows, and whose pages they lead to. */
static void
test_places(void)
{
#define OPINION(n, kind, title) "<li><a href='/o/" n ".pdf'>SC20" n kind "</a> - " title "</li>"
#define BOLD(day, items)        "<p><b>Published in the journal of " day ":</b></p><ul>" items "</ul>"
    static const struct page_case cases[] = {
        /* the day of a bold line above, the name behind a number */
        {"en",
         "<main>" BOLD("11/20/2026", OPINION("1", "", "Hill v. Mill Town"))
             BOLD("11/19/2026",
                  OPINION("2", "", "Brook v. Weir") OPINION("2D", " Dissent", "Brook v. Weir"))
                 BOLD("11/18/2026", OPINION("3", "", "Estate of the miller")) "</main>",
         "SC201 - Hill v. Mill Town|/o/1.pdf|2026-11-20\nSC202 - Brook v. Weir|/o/2.pdf|2026-11-19\n"
         "SC202D Dissent - Brook v. Weir|/o/2D.pdf|2026-11-19\nSC203 - Estate of the miller|/o/3.pdf|2026-11-18\n"},
    /* records of one kind in boxes with ids of their own */
#define ITEM(n, last, title, day) \
    "<div class='itemContainer" last "'><div class='body'><div class='cat'>Town</div>" \
    "<div class='head'><h3><a href='/n/" n "'>" title "</a></h3></div><div>" day \
    "</div></div></div>"
        {"en",
         "<main><div id='leading'>" ITEM("1", " itemContainerLast", "Bridge over the mill stream closed", "2026-11-20") "</div><div id='primary'>" ITEM(
             "2", "", "New hours of the town library",
             "2026-11-19") "</div><div id=\'others\'>" ITEM("3", " itemContainerLast",
                                                            "Budget hearing in the old school",
                                                            "2026-11-18") "</div></main>",
         TITLES},
    /* many events of partners, elsewhere; few news of the town, whose year stands apart */
#define PARTNER(n, title) \
    "<li><a href='https://valley.example/e/" n "'>" title "</a> <small>2026-11-0" n "</small></li>"
#define SPLIT(n, title, day) \
    "<div class='box'><h3><a href='/n/" n "'>" title "</a></h3><span class='date-m'>" day \
    "</span> <span class='date-d'>2025</span></div>"
        {"it",
         "<div class='a'>" SPLIT("1", "Il ponte sul torrente chiuso", "20 novembre")
             SPLIT("2", "Nuovi orari della biblioteca", "19 novembre")
                 SPLIT("3", "Udienza sul bilancio",
                       "18 novembre") "</div><ul>" PARTNER("1", "Passeggiata nel bosco della valle")
                     PARTNER("2", "Concerto nella chiesa vecchia")
                         PARTNER("3", "Mercato dei prodotti della valle")
                             PARTNER("4", "Serata di poesia al mulino") "</ul>",
         "Il ponte sul torrente chiuso|/n/1|2025-11-20\nNuovi orari della biblioteca|/n/2|2025-11-19\n"
         "Udienza sul bilancio|/n/3|2025-11-18\n"},
    /* labels side by side in a line; a recording elsewhere is no page of the row */
#define IN_LINE(day, n) \
    "<p><strong>" day "</strong> <a href='https://films.example/" n "'>Video</a> | <a href='/a" n \
    ".pdf'>Agenda</a> | <a href='/m" n ".pdf'>Minutes</a></p>"
        {"en",
         "<div>" IN_LINE("November 20, 2026", "1") IN_LINE("October 21, 2026", "2")
             IN_LINE("September 16, 2026", "3") "</div>",
         "November 20, 2026|/a1.pdf|2026-11-20\nOctober 21, 2026|/a2.pdf|2026-10-21\n"
         "September 16, 2026|/a3.pdf|2026-09-16\n"},
    /* a time behind a day is of that day */
#define POSTED(n, title, day) \
    "<div class='item'><h4><a href='/n/" n "'>" title "</a></h4><p>Posted there: " day \
    " - 08:30</p></div>"
        {"en",
         "<div>" POSTED("1", "Bridge over the mill stream closed", "2026-11-20")
             POSTED("2", "New hours of the town library", "2026-11-19")
                 POSTED("3", "Budget hearing in the old school", "2026-11-18") "</div>",
         "Bridge over the mill stream closed|/n/1|2026-11-20T08:30\n"
         "New hours of the town library|/n/2|2026-11-19T08:30\n"
         "Budget hearing in the old school|/n/3|2026-11-18T08:30\n"},
        /* the year of a day stands in the words of the URL */
        {"en",
         "<ul><li>November 20 <a href='/agenda?title=works-board-november-20-2022'>Works board meets</a></li>"
         "<li>October 21 <a href='/agenda?title=planning-board-october-21-2022'>Planning board meets</a></li></ul>",
         "Works board meets|/agenda?title=works-board-november-20-2022|2022-11-20\n"
         "Planning board meets|/agenda?title=planning-board-october-21-2022|2022-10-21\n"},
        /* heads of columns, pagers, the way to all: no entries where all others have days */
        {"en",
         "<table><tr class='head'><td><a href='?s=day'>Day</a></td><td><a href='?s=title'>Title of the notice</a></td></tr>"
         "<tr><td>2026-11-20</td><td><a href='/n/1'>Bridge over the mill stream closed</a></td></tr>"
         "<tr><td>2026-11-19</td><td><a href='/n/2'>New hours of the town library</a></td></tr>"
         "<tr><td>2026-11-18</td><td><a href='/n/3'>Budget hearing in the old school</a></td></tr></table>",
         TITLES},
        {"en",
         "<ul><li><a href='/n/1'>Bridge over the mill stream closed</a> 2026-11-20</li>"
         "<li><a href='/n/2'>New hours of the town library</a> 2026-11-19</li>"
         "<li><a href='/n/3'>Budget hearing in the old school</a> 2026-11-18</li>"
         "<li><a href='?page=2'>Next page of notices</a></li></ul>",
         TITLES},
        {"en",
         "<ul><li><a href='/n/1'>Bridge over the mill stream closed</a> 2026-11-20</li>"
         "<li><a href='/n/2'>New hours of the town library</a> 2026-11-19</li>"
         "<li><a href='/n/3'>Budget hearing in the old school</a> 2026-11-18</li>"
         "<li><a href='/calendar'>Full calendar</a></li></ul>",
         TITLES},
        /* what is hidden says no day; what is pinned to the top needs none */
        {"en",
         "<ul><li><a href='/n/0'>The town hall is closed for repairs</a></li>"
         "<li><span style='display:none'>2020-01-01</span><a href='/n/1'>Bridge over the mill stream closed</a> 2026-11-20</li>"
         "<li><span style='display:none'>2020-01-02</span><a href='/n/2'>New hours of the town library</a> 2026-11-19</li>"
         "<li><span style='display:none'>2020-01-03</span><a href='/n/3'>Budget hearing in the old school</a> 2026-11-18</li></ul>",
         "The town hall is closed for repairs|/n/0|\n" TITLES},
        /* meetings to come */
        {"en",
         "<h2>December 2026</h2><ul><li><a href='/1'>3 Dec 2026</a></li><li><a href='/2'>10 Dec 2026</a></li>"
         "<li><a href='/3'>17 Dec 2026</a></li></ul>",
         "3 Dec 2026|/1|2026-12-03\n10 Dec 2026|/2|2026-12-10\n17 Dec 2026|/3|2026-12-17\n"},
    /* titles that begin with a day, in what unfolds: none loses it */
#define QUESTION(n, title) \
    "<div class='wrap'><div class='faq_question'><p>" title "</p></div><div class='answer'><p>" \
    "<a href='/a" n ".pdf'>Agenda</a></p><p><a href='/m" n ".pdf'>Minutes of meeting " n \
    ".docx</a></p></div></div>"
        {"en",
         "<main>" QUESTION("1", "Nov. 20, 2026: 9 AM in room 252 of the hall")
             QUESTION("2", "November 19, 2026 at 9:00 AM in room 310")
                 QUESTION("3", "November 18, 2026 at 8:30 AM in room 352") "</main>",
         "Nov. 20, 2026: 9 AM in room 252 of the hall|/a1.pdf|2026-11-20\n"
         "November 19, 2026 at 9:00 AM in room 310|/a2.pdf|2026-11-19T09:00\n"
         "November 18, 2026 at 8:30 AM in room 352|/a3.pdf|2026-11-18T08:30\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* What of a row says it most surely. */
static void
test_surer(void)
{
#define GRID(n, name, day, other) \
    "<tr><td>" day "</td><td>" name "</td><td><a href='/m/" n ".htm' title='" other \
    "Agenda for " day "'>View</a></td><td>St Anne Hall</td></tr>"
#define BOX(n, month, day, title) \
    "<div class='card'><div class='date'><i>" month "</i> <b>" day "</b></div><h4>" title "</h4>" \
    "<p><time>Fri, " month " " day ", 2023</time></p><a href='/m/" n ".pdf'>View agenda</a></div>"
#define COUNCIL_OF(n, day, before) \
    "<article><a href='/c/" n "'><h3>Council meeting - " day "</h3><div><ul><li>Item 1, without " \
    "debate</li><li>Item 2 - Minutes of the meeting held on " before \
    "</li></ul></div></a></article>"
#define ICONS \
    "<div class='view'><div class='row'><a href='/fares'>Fares</a></div><div class='row'><a " \
    "href='/maps'>Town maps</a></div><div class='row'><a href='/jobs'>Jobs there</a></div></div>"
#define VIEW(n, day, title) "<div class='row'><b>" day "</b> <a href='/n/" n "'>" title "</a></div>"
    static const struct page_case cases[] = {
        {"en",
         "<table>" GRID("1", "Finance Committee", "20 Nov 2026", "")
             GRID("2", "Town Council", "19 Nov 2026", "Supplement loaded at 11:35 ")
                 GRID("3", "Planning Panel", "18 Nov 2026", "") "</table>",
         COUNCIL},
        {"en",
         BOX("1", "November", "20", "Hearing on the new bridge")
             BOX("2", "October", "13", "Closed session of the board")
                 BOX("3", "October", "6", "Meeting of the library board"),
         "Hearing on the new bridge|/m/1.pdf|2023-11-20\n"
         "Closed session of the board|/m/2.pdf|2023-10-13\n"
         "Meeting of the library board|/m/3.pdf|2023-10-06\n"},
        {"en",
         COUNCIL_OF("1", "28 May 2024", "23 April 2024")
             COUNCIL_OF("2", "23 April 2024", "26 March 2024")
                 COUNCIL_OF("3", "26 March 2024", "27 February 2024"),
         "Council meeting - 28 May 2024|/c/1|2024-05-28\n"
         "Council meeting - 23 April 2024|/c/2|2024-04-23\n"
         "Council meeting - 26 March 2024|/c/3|2024-03-26\n"},
        {"en",
         ICONS "<div class='view'>" VIEW("1", "20 Nov 2026", "Bridge over the mill stream closed")
             VIEW("2", "19 Nov 2026", "New hours of the town library")
                 VIEW("3", "18 Nov 2026", "Budget hearing in the old school")
                     VIEW("4", "17 Nov 2026", "Volunteers for the fire brigade") "</div>",
         TITLES "Volunteers for the fire brigade|/n/4|2026-11-17\n"},
    };
    check_pages(cases, G_N_ELEMENTS(cases));
}

/* The path of the rows selects them and nothing else. */
static void
test_paths(void)
{
    static const struct {
        const char *body;
        guint rows;
    } pages[] = {
        {ROWS_OF("<div id='list'>", "</div>"), 3},
        {"<main><h2>2024</h2>" YEAR("2024") "<h2>2023</h2>" YEAR("2023") "</main>", 6},
        {"<main>" ROWS3("<div class='row'>", "</div>") "<div>More</div></main>", 3},
        {"<table><tr><th>Day</th></tr>" MANY(BEHIND) "</table>", 3},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *html =
            g_strdup_printf("<html lang='en'><body>%s</body></html>", pages[i].body);
        AUTO(page_free)
        struct page *page = page_open(html, strlen(html), NULL, "http://city.example/news/");
        struct list_options options = {.now = NOW, .want_path = true};
        AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
        g_assert_nonnull(list);
        g_autoptr(GPtrArray) nodes = page_select(page, NULL, list->rows, NULL);
        if (!nodes || nodes->len != pages[i].rows || list->entries->len != pages[i].rows)
            g_test_fail_printf("%s: %u by %s", pages[i].body, nodes ? nodes->len : 0, list->rows);
    }
}

void
add_tests(void)
{
    g_test_add_func("/repeat/titles-of-cards", test_titles_of_cards);
    g_test_add_func("/repeat/paths", test_paths);
    g_test_add_func("/repeat/layouts", test_layouts);
    g_test_add_func("/repeat/rows", test_rows);
    g_test_add_func("/repeat/labels", test_labels);
    g_test_add_func("/repeat/parts", test_parts);
    g_test_add_func("/repeat/days", test_days);
    g_test_add_func("/repeat/choice", test_choice);
    g_test_add_func("/repeat/meetings", test_meetings);
    g_test_add_func("/repeat/edges", test_edges);
    g_test_add_func("/repeat/places", test_places);
    g_test_add_func("/repeat/surer", test_surer);
}
