/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles by structure: trails, titles, days and ends where no name tells. */
#include "config.h"

#include "portal/article.h"
#include "unit/kit.h"

#define NOW 1761350400

/* Two paragraphs of text, as short articles have. */
#define TEXT \
    "<p>The council met on Tuesday, and after a long debate it agreed to build the bridge.</p>" \
    "<p>Work begins in spring, the mayor said, and ends before winter; the old bridge stays.</p>"
#define FIRST "The council met on Tuesday, and after a long debate it agreed to build the bridge."
#define LAST  "Work begins in spring, the mayor said, and ends before winter; the old bridge stays."

static struct article *
extract(const char *html)
{
    AUTO(page_free) struct page *page =
        page_open(html, strlen(html), NULL, "http://town.example/news/show.php?id=7");
    struct article_options options = {.now = NOW};
    return article_extract(page, &options, NULL);
}

static void
test_trails(void)
{
    static const struct {
        const char *trail, *section;
    } rows[] = {
        {"<p><a href='/'>Home</a> &gt; <a href='/n'>News</a></p>", "News"},
        {"<font><a href='/'>Home</a>&gt;&gt;<a href='/n'>News</a>&gt;&gt;New bridge</font><br>",
         "News"},
        {"<div>You are here: <a href='/'>Town</a> / <a href='/n'>News</a> / New bridge</div>",
         "News"},
        {"<td>当前位置：<a href='/'>首页</a> &gt; <a href='/n'>本地新闻</a> &gt; 正文</td>",
         "本地新闻"},
        {"<span>Вы здесь: <a href='/'>Главная</a> » <a href='/n'>Новости</a></span><br>",
         "Новости"},
        {"<p><a href='/'>Startseite</a> → Rathaus</p>", "Rathaus"},
        {"<table><tr><td>You are here:</td><td><a href='/'>Home</a>&gt;<a href='/n'>News</a></td></tr></table>",
         "News"},
        {"<ul><li><a href='/'>Inicio</a></li><li><a href='/n'>Noticias</a></li><li>New bridge</li></ul>",
         "Noticias"},
        {"<h2>You are here</h2><p><a href='/'>Home</a> | <a href='/n'>News</a></p>", "News"},
        {"<p><a href='/x/'>Town</a> › <a href='/x/n/'>News</a></p>", "News"},
        {"<p><a href='/'><img src='h.png'>Home</a> :: <a href='/n'>News</a> :: New brid...</p>",
         "News"},
        /* menus */
        {"<p><a href='/'>Home</a> | <a href='/n'>News</a> | <a href='/c'>Contact</a></p>", NULL},
        {"<ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li><li><a href='/c'>Contact</a></li></ul>",
         NULL},
        {"<p><a href='/a'>Older</a> &gt; <a href='/b'>Newer</a></p>", NULL},
        /* a class of layout, with a whole menu in it */
        {"<div class='position-relative'><ul><li><a href='/a'>Town hall and all its many departments</a></li><li><a href='/b'>Schools and kindergartens of the town</a></li>"
         "<li><a href='/c'>Culture, sports and all that is free of charge</a></li><li><a href='/d'>Building, traffic and what else there is to plan</a></li>"
         "<li><a href='/e'>Taxes, fees and what people pay for by the month</a></li><li><a href='/f'>Water, heating, electricity and their outages</a></li>"
         "<li><a href='/g'>Business, investment and the harbour's free zone</a></li><li><a href='/h'>Tourism, hotels and museums, the old town's walls</a></li>"
         "<li><a href='/i'>Documents, decrees and the official journal here</a></li></ul></div>",
         NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html = g_strconcat("<html><head><title>New bridge</title></head><body>",
                                            rows[i].trail, "<div><h1>New bridge</h1>", TEXT,
                                            "</div></body></html>", NULL);
        AUTO(article_free) struct article *a = extract(html);
        g_test_message("%s", rows[i].trail);
        g_assert_cmpstr(a->section, ==, rows[i].section);
    }
}

static void
test_titles(void)
{
    static const struct {
        const char *name, *above, *title;
    } rows[] = {
        {"New bridge agreed_local_Town Daily", "<h1>Town Daily</h1><div><h2>New bridge agreed</h2>",
         "New bridge agreed"},
        {"Town of Lee - New bridge agreed", "<h1>Town of Lee</h1><div><h1>New bridge agreed</h1>",
         "New bridge agreed"},
        {"Forms and procedures - For residents", "<div><h1>New bridge agreed</h1>",
         "New bridge agreed"},
        {"Welcome", "<div><p align=center><b>New bridge agreed</b></p>", "New bridge agreed"},
        {"Untitled", "<div><font size=5>New bridge agreed</font><br>", "New bridge agreed"},
        {"",
         "<div><p style='text-align:center'><span style='font-size:18.0pt'>New bridge<br>agreed</span></p>",
         "New bridge agreed"},
        {"Town",
         "<b>News</b><p>2020-05-01</p><p><a href='/x'>Another</a></p><div><p><strong>New bridge agreed</strong></p><p>Source: Gazette 2020-05-02</p>",
         "New bridge agreed"},
        /* a cell beside the text holds what is louder */
        {"Town",
         "<div><table><tr><td><h3>Ferry stops for a week</h3></td><td><p align=center><b>New bridge agreed</b></p>",
         "New bridge agreed"},
        /* a table of contents is no menu of the site */
        {"New bridge agreed",
         "<div><h1>New bridge agreed</h1><ul><li><a href='#a'>Plans</a></li><li><a href='#b'>Money</a></li><li><a href='#c'>Time</a></li>"
         "<li><a href='#d'>Traffic</a></li></ul><h2>What was decided</h2>",
         "New bridge agreed"},
        /* <title> names section and site; the title looks like all else, but for its place */
        {"News-Town Council of Lee on the River",
         "<div><div>You are here: <a href='/'>Home</a> › <a href='/n'>News</a></div><div>New bridge agreed on after all</div><div>2020-05-02</div>",
         "New bridge agreed on after all"},
        {"Town Council of Lee on the River",
         "<div><p><a href='/'>Home</a> -&gt; <a href='/n'>News</a> -&gt; Text</p><table><tr><td>New bridge agreed on after all</td></tr></table>",
         "New bridge agreed on after all"},
        {"News",
         "<div><h2>News</h2><p>You are here: <a href='/'>Home</a> &gt; <a href='/n'>News</a></p><div>New bridge agreed on after all</div>",
         "New bridge agreed on after all"},
        {"Untitled Document",
         "<p><a href='/a'>Town</a> | <a href='/b'>Council</a></p><div><div>New bridge agreed on after all</div>",
         "New bridge agreed on after all"},
        {"Town Council of Lee on the River",
         "<h1>Town Council of Lee on the River</h1><p><a href='/a'>Town</a> <a href='/b'>Council</a> <a href='/c'>Taxes</a> <a href='/d'>Schools</a></p>"
         "<div><p>You are here: <a href='/'>Home</a></p><div>New bridge agreed on after all</div>",
         "New bridge agreed on after all"},
        {"News-Town Council of Lee on the River",
         "<div><h2>News</h2><div><a href='/'>Home</a></div><div>New bridge agreed on after all</div>",
         "New bridge agreed on after all"},
        /* a title that is as long as a sentence */
        {"Town Council of Lee on the River",
         "<div><p>You are here: <a href='/'>Home</a></p><div>On the construction of the new bridge between the northern and the southern part of the town, and on "
         "the way in which the council is to pay for the works in the coming years</div><p>What the mayor of the town said on Tuesday, after the council had met for hours, was that there is no money "
         "for a bridge of that kind, that nobody had asked for it, and that it will be built all the same.</p>" TEXT
             TEXT,
         "On the construction of the new bridge between the northern and the southern part of the town, and on "
         "the way in which the council is to pay for the works in the coming years"},
        /* a line above the title is louder, but <title> begins with the title */
        {"New bridge agreed on (Lee, councils, bridges)",
         "<div><p>You are here: <a href='/'>Home</a> &gt; <a href='/n'>News</a></p><font size=5>Old bridges of Lee</font><p align=center>New bridge agreed on</p>",
         "New bridge agreed on"},
        /* a kicker in the heading */
        {"New bridge agreed | Town Daily",
         "<div><h1><span class=k>Traffic</span> New bridge agreed</h1>", "New bridge agreed"},
        /* a heading of one word says less than <title> */
        {"The new bridge has been agreed on", "<div><h1>Lorem</h1>",
         "The new bridge has been agreed on"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html = g_strconcat("<html><head><title>", rows[i].name,
                                            "</title></head><body>", rows[i].above, TEXT,
                                            "</body></html>", NULL);
        AUTO(article_free) struct article *a = extract(html);
        g_test_message("%s", rows[i].above);
        g_assert_cmpstr(a->title, ==, rows[i].title);
        g_autofree char *body = document_plain(a->document);
        const char *begins = strstr(rows[i].above, "<h2>What")  ? "What was decided"
                             : strstr(rows[i].above, "<p>What") ? "What the mayor"
                                                                : FIRST;
        g_test_message("%s", body);
        g_assert_true(g_str_has_prefix(body, begins));
    }
}

static void
test_days(void)
{
    static const struct {
        const char *top, *above, *below, *after, *day, *updated;
    } rows[] = {
        /* a clock above all, and the day above the title in its own element */
        {"<div><div class='date'>14.10.2020</div></div>", "<div>09.10.20 15:57 | City | 133</div>",
         "", "", "2020-10-09", NULL},
        {"<div class='fulldate'>15.10.2020, 03:44</div>", "", "", "", NULL, NULL},
        {"<div class='wrap'><div><div class='date'>14.10.2020</div></div><p><a href='/1'>Town</a> <a href='/2'>Council</a> <a href='/3'>Taxes</a> "
         "<a href='/4'>Schools</a> <a href='/5'>Roads</a> <a href='/6'>Parks</a></p>",
         "", "", "", NULL, NULL},
        /* teasers */
        {"", "", "",
         "<div><a href='/1'>Ferry stops for a week <span class='date'>13.10.2020</span></a></div>",
         NULL, NULL},
        {"", "", "",
         "<div><div><a href='/1'>Ferry stops for a whole week</a> <span class='post-date'>13.10.2020</span></div></div>",
         NULL, NULL},
        /* below the text, labelled without a colon */
        {"", "", "", "<ul><li><b>Date</b> 08.10.2020</li><li><b>Author</b> A. Writer</li></ul>",
         "2020-10-08", NULL},
        {"", "", "", "<p>Published: 08.10.2020</p>", "2020-10-08", NULL},
        /* of the last change */
        {"", "", "<p>Last updated: 11.02.2021</p>", "", NULL, "2021-02-11"},
        {"", "", "", "<div>Sist oppdatert: 11.02.2021</div>", NULL, "2021-02-11"},
        {"", "", "", "<div>Zuletzt aktualisiert am 11.02.2021</div><div>Datum: 10.02.2021</div>",
         "2021-02-10", "2021-02-11"},
        {"", "", "<p>Последнее обновление: 11.02.2021</p>", "", NULL, "2021-02-11"},
        {"", "", "<p>最后更新：2021-02-11</p>", "", NULL, "2021-02-11"},
        {"", "", "<p>Updated : 2021-02-11</p>", "", "2021-02-11", NULL},
        {"", "", "<p>2021-02-11 10:30 Source: Gazette</p>", "", "2021-02-11", NULL},
        /* of a teaser above, and beside a counter below */
        {"", "<div><a href='/1'>Ferry stops for a whole week</a><div>13.10.2020</div></div>", "",
         "<div>7 October 2020 Views: 1447</div>", "2020-10-07", NULL},
        /* of an event */
        {"", "", "<p>Fecha de inicio</p><p>28.10.2020</p>", "", NULL, NULL},
        {"", "", "<p>Event date: 28.10.2020</p>", "", NULL, NULL},
        {"", "", "<p>活动时间：2020-10-28</p>", "", NULL, NULL},
        /* day and month exchanged in what is for machines */
        {"<meta name=date content='2020-01-11'>", "", "", "<p>Erstellt am: 01.11.2020</p>",
         "2020-11-01", NULL},
        {"<meta name=date content='2020-01-11'>", "", "",
         "<p>Erstellt am: 11.01.2020</p><p>Print 01.11.2020</p>", "2020-01-11", NULL},
        {"<p>成文日期：2020-01-02</p>", "", "", "", NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html =
            g_strconcat("<html><head><title>New bridge agreed</title></head><body>", rows[i].top,
                        "<div>", rows[i].above, "<h1>New bridge agreed</h1>", rows[i].below,
                        "<div>", TEXT, "</div>", rows[i].after, "</div></body></html>", NULL);
        AUTO(article_free) struct article *a = extract(html);
        g_autofree char *day = date_is_known(&a->published) ? date_iso(&a->published) : NULL,
                        *updated = date_is_known(&a->updated) ? date_iso(&a->updated) : NULL;
        g_test_message("row %zu", i);
        if (day)
            day[10] = '\0';
        g_assert_cmpstr(day, ==, rows[i].day);
        g_assert_cmpstr(updated, ==, rows[i].updated);
    }
}

#define COMMENT(name, time) \
    "<div><div>" name "</div><p>09.10.2020 " time \
    "</p><div>I do not think so, and neither does my neighbour, who knows it all.</div></div>"

static void
test_ends(void)
{
    static const struct {
        const char *after;
        bool ends; /* what follows is not the article's */
    } rows[] = {
        {"<div><h1 class=t>Ferry stops</h1><p>14.10.2020 17:48</p><p>The ferry stops for a week, said the harbour office, because of repairs.</p></div>",
         true},
        {COMMENT("ann", "13:44") COMMENT("ben", "13:50") COMMENT("cy", "14:06"), true},
        {"<h3>Ferry stops for a week</h3><p>13.10.2020</p><h3><a href='/2'>Market hall opens again</a></h3><p>12.10.2020</p>"
         "<h3><a href='/3'>Council publishes its budget</a></h3><p>11.10.2020</p><h3><a href='/4'>Buses take another way</a></h3><p>10.10.2020</p>",
         true},
        {"<div><i style='font-weight:bold;font-size:18px'>Help us to stay independent with three coins a month!</i><br><div><a href='/give'><b>Give now</b></a></div></div>",
         true},
        {"<p><a href='javascript:window.print()'>[Print]</a> <a href='#'>Top</a></p>", true},
        {"<div><b>Hot news</b></div><ul><li><a href='/2'>Market hall opens again</a></li><li><a href='/3'>Council publishes its budget</a></li>"
         "<li><a href='/4'>Buses take another way</a></li></ul><center>All rights reserved: Town of Lee</center>",
         true},
        {"<div class='share'><p><a href='/f'>Facebook</a></p><p><a href='/t'>Twitter</a></p><p><a href='/w'>WhatsApp</a></p></div>"
         "<div><a href='/'>Town Daily</a><p>Town Daily is made in Lee, and read by most who live there.</p></div>",
         true},
        {"<p>Previous: <a href='/1'>Ferry stops for a week</a></p><p>Next: none</p>", true},
        {"<p>下一篇：没有了</p>", true},
        {"<p>Responsible for this page: Town hall, office of works</p><p><a href='/k'>Contact</a></p>",
         true},
        {"<table><tr><td>2020-10-15</td><td>Source: Gazette</td><td>Hits: 7</td></tr></table><p>Editor: A. Writer</p>",
         true},
        {"<p>[2020-10-15] [Source: Gazette]</p>", true},
        {"<p>(Author: A. Writer)</p>", false},
        {"<p>*Town Press</p>", false},
        {"<p>（作者：王小明）</p>", false},
        {"<p>Date: 12.10.2020</p><p>Place: Town hall</p>", false},
        {"<p>Next: the council meets again on Monday at noon.</p>", false},
        {"<p>Is this page a lie? Nobody knew.</p>", false},
        {"<p>The plans and the decision can be found here:</p><ul><li><a href='/p/1'>The plan of the northern part</a></li><li><a href='/p/2'>The plan of the southern part</a></li>"
         "<li><a href='/p/3'>The decision of the council</a></li></ul>",
         false},
        {"<p><a name='end'>The bridge is named after an engineer</a></p><p><a name='x'></a>She built the first one.</p>",
         false},
        {"<p>What was said on the days before:</p><p>The mayor spoke at 09:30, the engineer at 10:15, and both answered questions.</p>",
         false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html = g_strconcat(
            "<html><head><title>New bridge agreed</title></head><body><div><div><h1 class=t>New bridge agreed</h1>"
            "<p>15.10.2020 10:00</p>",
            TEXT, TEXT, "<p>" LAST "</p>", rows[i].after, "</div></div></body></html>", NULL);
        AUTO(article_free) struct article *a = extract(html);
        g_autofree char *body = document_plain(a->document);
        g_test_message("row %zu: %s", i, body);
        g_assert_true(g_str_has_suffix(body, LAST) == rows[i].ends);
    }
}

static void
test_icons(void)
{
    AUTO(article_free) struct article *a = extract(
        "<html><body><h1>New bridge agreed</h1><div>" TEXT
        "<ul><li><a href='a.pdf'><img src='pdf.gif'></a> Decision of the council</li></ul>"
        "<table><tr><td><a href='b.pdf'><img src='pdf.gif' alt='PDF'></a></td><td>Annex with the map</td></tr></table></div></body></html>");
    g_assert_cmpuint(a->attachments->len, ==, 2);
    const struct attachment *one = g_ptr_array_index(a->attachments, 0),
                            *two = g_ptr_array_index(a->attachments, 1);
    g_assert_cmpstr(one->title, ==, "Decision of the council");
    g_assert_cmpstr(two->title, ==, "Annex with the map");
}

void
add_tests(void)
{
    g_test_add_func("/article/trails", test_trails);
    g_test_add_func("/article/titles-by-looks", test_titles);
    g_test_add_func("/article/days", test_days);
    g_test_add_func("/article/ends", test_ends);
    g_test_add_func("/article/icons", test_icons);
}
