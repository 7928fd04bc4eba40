/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages without feeds: articles and lists, with and without rules. */
#include "config.h"

#include "portal/article.h"
#include "portal/discover.h"
#include "portal/list.h"
#include "unit/kit.h"

#define NOW 1761350400

static struct page *
open_page(const char *html)
{
    return page_open(html, strlen(html), NULL, "http://city.example/news/1.html");
}

static struct article *
extract(struct page *page)
{
    struct article_options options = {.dates = {.offset = 480, .zoned = true}, .now = NOW};
    return article_extract(page, &options, NULL);
}

static void
test_standard(void)
{
    AUTO(page_free) struct page *page = open_page(
        "<html lang='zh'><head><title>x</title><meta name='ArticleTitle' content='供热通知'><meta name='pubdate' content='2024-01-01 10:00'>"
        "<meta name='ColumnName' content='公告'></head><body><div class='nav'>首页</div><h1>供热通知</h1>"
        "<p>发布时间：2025-09-18 09:00 来源：市住建局 【打印】</p><div class='TRS_Editor'><p>今年冬季供热自十月十五日开始，至次年四月十五日结束，室内温度不低于二十度。</p>"
        "<p>附件：<a href='/f/a.pdf'>时间表</a></p><p>责任编辑：某某</p></div><div class='foot'>版权所有</div></body></html>");
    AUTO(article_free) struct article *a = extract(page);
    g_assert_nonnull(a);
    g_assert_cmpstr(a->title, ==, "供热通知");
    g_assert_cmpstr(a->section, ==, "公告");
    g_assert_cmpstr(a->source, ==, "市住建局");
    g_assert_cmpstr(a->method, ==, "standard");
    g_autofree char *date = date_iso(&a->published);
    g_assert_cmpstr(date, ==, "2025-09-18T09:00:00+08:00"); /* a labelled date outranks PubDate */
    g_autofree char *body = document_plain(a->document);
    g_assert_true(g_str_has_prefix(body, "今年冬季"));
    g_assert_null(strstr(body, "责任编辑"));
    g_assert_null(strstr(body, "版权所有"));
    g_assert_cmpuint(a->attachments->len, ==, 1);
    g_assert_cmpstr(((const struct attachment *)g_ptr_array_index(a->attachments, 0))->url, ==,
                    "http://city.example/f/a.pdf");
}

static void
test_empty(void)
{
    AUTO(page_free) struct page *page = open_page(
        "<html><head><title>t</title></head><body><div id='content'></div><div class='foot'>Sponsored by: the office of the city "
        "government, all rights reserved, for the whole of the year and the next one too.</div></body></html>");
    struct article_options options = {.now = NOW};
    g_autoptr(GError) error = NULL;
    g_assert_null(article_extract(page, &options, &error));
    g_assert_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY);
}

static void
test_editions(void)
{
    AUTO(page_free) struct page *page = open_page(
        "<html lang='en'><body><a href='http://ru.city.example/'>Russian version</a> <a href='/zh/news/1.html'>中文版</a> "
        "<a href='javascript:tran()'>繁体</a> <a href='https://translate.google.com/x'>Deutsch</a>"
        "<p>A paragraph that is long enough to be the text of the article, with commas, and an end.</p></body></html>");
    AUTO(article_free) struct article *a = extract(page);
    g_assert_nonnull(a);
    g_assert_cmpuint(a->editions->len, ==, 2);
    const struct edition_link *ru = g_ptr_array_index(a->editions, 0);
    const struct edition_link *zh = g_ptr_array_index(a->editions, 1);
    g_assert_cmpstr(ru->language, ==, "ru");
    g_assert_cmpstr(ru->scope, ==, "home");
    g_assert_cmpstr(zh->scope, ==, "article");
}

static const char filler[] =
    "<p>The council met on Tuesday, and after a long debate it agreed to build the bridge, which many had asked for.</p>"
    "<p>Work begins in spring, the mayor said, and ends before winter; the old bridge stays open until then, for walkers too.</p>";

static struct article *
extract_text(const char *html)
{
    AUTO(page_free) struct page *page = open_page(html);
    return extract(page);
}

static void
test_furniture(void)
{
    g_autofree char *html = g_strconcat(
        "<html><head><title>New bridge agreed - City Herald</title></head><body><div class='menu'><a href='/a'>Home</a> <a href='/b'>News</a></div>"
        "<div class='story'><h2>Politics</h2><h1>New bridge agreed</h1><p>By Ann Writer</p><p>June 1, 2025</p>",
        filler, "<p><a href='/other'>Read also: the tunnel that was never built</a></p>", filler,
        "<div class='related'><p>Another article, with commas, and text that is long enough to be taken for a paragraph of this.</p></div>"
        "<p>Share this article</p><p>Sign up for our newsletter</p></div></body></html>",
        NULL);
    AUTO(article_free) struct article *a = extract_text(html);
    g_assert_cmpstr(a->title, ==, "New bridge agreed");
    g_autofree char *body = document_body(a->document);
    g_assert_true(g_str_has_prefix(body, "The council met"));
    g_assert_true(g_str_has_suffix(body, "for walkers too."));
    g_assert_null(strstr(body, "tunnel"));
    g_assert_null(strstr(body, "Another article"));
    g_autofree char *day = date_iso(&a->published);
    g_assert_cmpstr(day, ==, "2025-06-01");
}

/* The date that is found in a page of one text with these parts; "" for none. */
static char *
date_of(const char *head, const char *before, const char *within, const char *after)
{
    g_autofree char *html = g_strconcat("<html><head><title>New bridge agreed</title>", head,
                                        "</head><body><h1>New bridge agreed</h1>", before,
                                        "<div id='story'>", within, filler, "</div>", after,
                                        "</body></html>", NULL);
    AUTO(article_free) struct article *a = extract_text(html);
    g_autofree char *iso = a->published.precision == DATE_NONE ? g_strdup("")
                                                               : date_iso(&a->published);
    return g_strndup(iso, 10);
}

static void
test_dates(void)
{
    static const struct {
        const char *head, *before, *within, *after, *day;
    } cases[] = {
        {"", "", "", "", ""},
        /* when a record was made, and when people read it */
        {"<meta name='dcterms.date' content='2022-01-21T09:43+01:00'>",
         "<time datetime='2022-01-25T08:00:00+01:00'>25.01.2022</time>", "", "", "2022-01-25"},
        {"<meta name='dcterms.date' content='2022-01-21T09:43+01:00'>", "", "", "", "2022-01-21"},
        {"", "", "<table><tr><td>2005-04-27 14:32更新 来源：x</td></tr></table>", "", "2005-04-27"},
        {"", "", "", "<p>发表于 2004年12月27日 12:40 - (阅读:3727)</p>", "2004-12-27"},
        {"", "", "", "<p>Von Christian am 03.05.2013, 11:51</p>", "2013-05-03"},
        {"", "", "", "<p>Er kam am 03.05.2013 nach Wien.</p>", ""}, /* prose */
        {"", "", "", "<p>Last updated 03.05.2013</p>", ""},         /* not when it was published */
        {"", "", "", "<span class='meta__date'>02.11.2021</span>", "2021-11-02"},
        {"", "", "", "<ul><li><span class='date'>02.11.2021</span> Another article</li></ul>", ""},
        {"<script type='application/ld+json'>{\"@type\": \"WebPage\", \"datePublished\": \"2018-02-28T15:07:03+00:00\"}</script>",
         "", "", "", "2018-02-28"},
        {"", "<div itemscope><meta itemprop='startDate' content='2019-9-13T10:00'></div>", "",
         "<span class='post-date'>August 29, 2019</span>", "2019-09-13"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *day =
            date_of(cases[i].head, cases[i].before, cases[i].within, cases[i].after);
        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpstr(day, ==, cases[i].day);
    }
}

static void
test_split_body(void)
{
    g_autofree char *html = g_strconcat(
        "<html><body><div id='a'><div class='part'>", filler,
        "</div><div class='ad'>Buy now</div><div class='part'>", filler,
        "</div><div class='part'><p>The end, at last, of a text in three parts, as it should be.</p></div></div></body></html>",
        NULL);
    AUTO(article_free) struct article *a = extract_text(html);
    g_autofree char *body = document_body(a->document);
    g_assert_nonnull(strstr(body, "The end, at last"));
    g_assert_null(strstr(body, "Buy now"));
}

static void
test_deep_page(void)
{
    GString *html = g_string_new("<html><body>");
    for (int i = 0; i < 1000; i++)
        g_string_append(html, "<div>");
    g_string_append(html, filler);
    AUTO(article_free) struct article *a = extract_text(html->str);
    g_assert_nonnull(a);
    g_string_free(html, TRUE);
}

static void
test_linked_data(void)
{
    AUTO(article_free) struct article *a = extract_text(
        "<html><head><title>x</title><script type='application/ld+json'>{\"@graph\": [{\"@type\": \"NewsArticle\", \"headline\": \"Ferry resumes\","
        "\"datePublished\": \"2025-06-01T08:30:00+08:00\", \"articleBody\": \"The ferry sails again, after a winter of repairs that took longer than "
        "anyone had thought.\\nTickets cost what they cost before, and children travel free of charge until the end of the summer, the harbour master said "
        "to reporters on Monday.\"}]}</script></head><body><div id='app'></div></body></html>");
    g_assert_cmpstr(a->title, ==, "Ferry resumes");
    g_assert_cmpstr(a->method, ==, "structured");
    g_assert_cmpuint(a->document->blocks->len, ==, 2);
}

/* "METHOD|BODY" of a page that has nothing but this articleBody. */
static char *
told(const char *body, const char *shown)
{
    g_autofree char *html = g_strconcat(
        "<html><head><title>Notice</title><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Notice\","
        "\"datePublished\": \"2025-06-01\", \"articleBody\": ",
        body, "}</script></head><body><main><h1>Notice</h1>", shown,
        "<div id='app'></div></main></body></html>", NULL);
    AUTO(page_free) struct page *page = open_page(html);
    struct article_options options = {.dates = {.offset = 480, .zoned = true}, .now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *a = article_extract(page, &options, &error);
    if (!a)
        return g_strdup(page_error_word(error));
    g_autofree char *text = document_body(a->document), *day = date_iso(&a->published);
    g_assert_cmpstr(day, ==, "2025-06-01");
    return g_strdup_printf("%s|%s", a->method, text);
}

static void
test_linked_bodies(void)
{
    static const struct {
        const char *body, *result;
    } rows[] = {
        {"\"自十一月二十五日起全市集中供热开始。\"",
         "structured|自十一月二十五日起全市集中供热开始。"},
        {"\"Heating begins on Monday, the mayor says.\"",
         "structured|Heating begins on Monday, the mayor says."},
        {"\"<p>Heating begins on Monday.</p><p>It ends in April.</p>\"",
         "structured|Heating begins on Monday.\n\nIt ends in April."},
        {"\"&lt;p&gt;Heating begins on Monday.&lt;/p&gt;&lt;p&gt;It ends in April.&lt;/p&gt;\"",
         "structured|Heating begins on Monday.\n\nIt ends in April."},
        {"\"Heating &amp; water: the rest of the year &#8211; 2025\"",
         "structured|Heating & water: the rest of the year – 2025"},
        {"\"It is 1 < 2, and that is all that we know.\"",
         "structured|It is 1 < 2, and that is all that we know."},
        {"[\"Heating begins on Monday.\", \"It ends in April.\"]",
         "structured|Heating begins on Monday.\n\nIt ends in April."},
        /* no JSON, but clear */
        {"\"Heating begins\non Monday, the mayor says.\",",
         "structured|Heating begins on Monday, the mayor says."},
        {"\"Too short\"", "empty"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *result = told(rows[i].body, "");
        g_assert_cmpstr(result, ==, rows[i].result);
    }
    /* a text that is shown is the text */
    g_autofree char *shown = told("\"Heating begins on Monday, the mayor says.\"", filler);
    g_assert_true(g_str_has_prefix(shown, "density|The council met"));
}

static void
test_captions(void)
{
    g_autofree char *html = g_strconcat("<html><body><article>", filler,
                                        "<div><img src='http://e.example/p.jpg' alt='bridge'>"
                                        "<span class='photo-caption'>The old bridge</span></div>",
                                        filler, "</article></body></html>", NULL);
    AUTO(article_free) struct article *a = extract_text(html);
    g_autofree char *body = document_body(a->document), *all = document_plain(a->document);
    g_assert_null(strstr(body, "The old bridge"));
    g_assert_nonnull(strstr(all, "The old bridge"));
}

static void
carried(const char *html, const char *carrier, const char *title, const char *link)
{
    AUTO(page_free) struct page *page = open_page(html);
    struct list_options options = {.dates = {.offset = 480, .zoned = true}, .now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(list->carrier, ==, carrier);
    g_assert_cmpuint(list->entries->len, ==, 3);
    const struct list_entry *first = g_ptr_array_index(list->entries, 0);
    g_assert_cmpstr(first->title, ==, title);
    g_assert_cmpstr(first->link, ==, link);
    g_assert_cmpint(first->published.precision, !=, DATE_NONE);
}

static void
test_carriers(void)
{
    carried(
        "<datastore><recordset><record><![CDATA[<li><a href='/1.html' title='A notice about the water supply'>A notice...</a><b>2025-05-03</b></li>]]></record>"
        "<record><![CDATA[<li><a href='/2.html'>Another notice</a><b>2025-05-02</b></li>]]></record>"
        "<record><![CDATA[<li><a href='/3.html'>A third notice</a><b>2025-05-01</b></li>]]></record></recordset></datastore>",
        "cdata", "A notice about the water supply", "http://city.example/1.html");
    carried(
        "<html><body><ul><li><a href='/menu1'>About the city</a></li><li><a href='/menu2'>Contact the office</a></li></ul>"
        "<!--<li><a href='/1.html'>A notice about water</a> 2025-05-03</li><li><a href='/2.html'>Another notice</a> 2025-05-02</li>"
        "<li><a href='/3.html'>A third notice</a> 2025-05-01</li>--></body></html>",
        "comment", "A notice about water", "http://city.example/1.html");
    carried(
        "<html><body><div id='list'>{{title}}</div><script>var data = {list: [{\"title\": \"<p>A notice</p>\", \"urls\": \"{\\\"pc\\\": \\\"/1.html\\\"}\","
        "\"pubDate\": \"2025-05-03 10:00\"}, {\"title\": \"Another\", \"url\": \"/2.html\", \"pubDate\": \"2025-05-02\"},"
        "{\"title\": \"Third\", \"url\": \"/3.html\", \"pubDate\": \"2025-05-01\"}]};</script></body></html>",
        "script", "A notice", "http://city.example/1.html");
    carried(
        "{\"code\": 0, \"data\": {\"rows\": [{\"title\": \"A notice\", \"link\": \"/1.html\", \"date\": \"2025-05-03\"},"
        "{\"title\": \"B\", \"link\": \"/2.html\", \"date\": \"2025-05-02\"}, {\"title\": \"C\", \"link\": \"/3.html\", \"date\": \"2025-05-01\"}]}}",
        "json", "A notice", "http://city.example/1.html");
}

static void
test_rules(void)
{
    g_autoptr(GError) error = NULL;
    AUTO(portal_free) struct portal *portal = portal_parse(
        "city.portal",
        "[Portal]\nName=City\nTimeZone=+03:00\n[Edition ru]\n[Section ru/n]\nUrl=http://city.example/\nRows=//div[@class='row']\n"
        "Title=.//h3\nDate=.//i\n[Article]\nTitle=//b\nBody=//div[@id='x']\nRemove=//div[@class='ad']\n",
        &error);
    g_assert_no_error(error);
    AUTO(page_free) struct page *page = open_page(
        "<html><body><b>Заголовок</b><div id='x'><p>Первый абзац статьи.</p><div class='ad'>Реклама</div><p>Второй абзац статьи.</p></div></body></html>");
    struct article_options options = {
        .portal = portal, .edition = "ru", .language = "ru", .dates = portal->dates, .now = NOW};
    AUTO(article_free) struct article *a = article_extract(page, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(a->title, ==, "Заголовок");
    g_assert_cmpstr(a->method, ==, "portal");
    g_autofree char *body = document_plain(a->document);
    g_assert_cmpstr(body, ==, "Первый абзац статьи.\n\nВторой абзац статьи.");

    AUTO(page_free) struct page *list_page = open_page(
        "<html><body><div class='row'><h3>Один</h3><a href='11.html'>далее</a><i>01.06.2025</i></div>"
        "<div class='row'><h3>Два</h3><a href='12.html'>подробности</a><i>завтра</i></div></body></html>");
    struct list_options rules = {.portal = portal,
                                 .section = portal_find_section(portal, "ru", "n"),
                                 .dates = portal->dates,
                                 .now = NOW};
    AUTO(list_free) struct list *list = list_extract(list_page, &rules, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(list->entries->len, ==, 2);
    const struct list_entry *first = g_ptr_array_index(list->entries, 0);
    g_assert_cmpstr(first->title, ==, "Один");
    g_assert_cmpstr(first->link, ==, "http://city.example/news/11.html");
}

static void
test_wrong_rule(void)
{
    AUTO(portal_free) struct portal *portal = portal_parse(
        "city.portal",
        "[Portal]\nName=City\n[Edition en]\n[Section en/n]\nUrl=http://city.example/\nRows=//div[\n",
        NULL);
    AUTO(page_free) struct page *page = open_page(
        "<html><body><ul><li><a href='21'>A first long enough title</a> 2025-06-01</li><li><a href='22'>A second long enough title</a> 2025-06-02</li></ul></body></html>");
    struct list_options options = {
        .portal = portal, .section = portal_find_section(portal, "en", "n"), .now = NOW};
    AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
    g_assert_nonnull(list); /* found by repetition, and the rule is a warning */
    const struct page_warning *warning = g_ptr_array_index(page->warnings, 0);
    g_assert_nonnull(strstr(warning->message, "city.portal:6: Rows"));
}

static void
test_list(void)
{
    AUTO(page_free) struct page *page = open_page(
        "<html><body><ul id='nav'><li><a href='/a'>A menu entry that is long</a></li><li><a href='/b'>Another menu entry here</a></li>"
        "<li><a href='/c'>A third menu entry of it</a></li></ul><ul class='list'>"
        "<li><a href='31.html' title='Buses take a different route in winter'>Buses take a diff...</a><span>2025-06-01</span></li>"
        "<li><a href='32.html'>Heating begins in October</a><span>2025-06-02</span></li></ul><a href='index_2.html'>Next page</a></body></html>");
    struct list_options options = {.now = NOW};
    AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
    g_assert_nonnull(list);
    g_assert_cmpuint(list->entries->len, ==, 2);
    const struct list_entry *first = g_ptr_array_index(list->entries, 0);
    g_assert_cmpstr(first->title, ==, "Buses take a different route in winter");
    g_assert_cmpint(first->published.precision, ==, DATE_DAY);
    g_assert_cmpstr(list->next, ==, "http://city.example/news/index_2.html");
}

static void
test_no_list(void)
{
    AUTO(page_free) struct page *page = open_page(
        "<html><body><div id='app'>{{title}}</div><script src='x.js'></script></body></html>");
    struct list_options options = {.now = NOW};
    g_autoptr(GError) error = NULL;
    g_assert_null(list_extract(page, &options, &error));
    g_assert_error(error, PAGE_ERROR, PAGE_ERROR_SCRIPT);
}

/*
 * The last parts of the addresses that are found, in order; those of comments after a '!', copies
 * after a '='.
 */
static char *
feeds_of(const char *html, const char *links)
{
    AUTO(page_free) struct page *page = open_page(html);
    g_autoptr(GPtrArray) feeds = discover_feeds(page, links);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < feeds->len; i++) {
        const struct discovered *feed = g_ptr_array_index(feeds, i);
        g_string_append_printf(out, "%s%s%s%s", i ? " " : "", feed->comments ? "!" : "",
                               feed->copy ? "=" : "", feed->url + strlen("http://city.example"));
    }
    return g_strdup(out->str);
}

static void
test_discover(void)
{
    static const struct {
        const char *html, *feeds;
    } rows[] = {
        {"<link rel='alternate' type='application/rss+xml' href='/comments/feed/'><link rel='alternate' type='application/rss+xml' href='/rss.xml' title='News'>",
         "/rss.xml !/comments/feed/"},
        {"<link rel='Alternate' type='application/rss+xml' href='/a.xml'>", "/a.xml"},
        {"<link rel='home ALTERNATE' type='application/RSS+XML; charset=utf-8' href='/a.xml'>",
         "/a.xml"},
        {"<link rel=alternate type=' text/xml ' href='/a.xml'>", "/a.xml"},
        {"<link rel='alternate' type='application/json' href='/wp-json/1'><link rel='alternate' type='application/feed+json' href='/a.json'>",
         "/a.json /wp-json/1"},
        {"<link rel='alternate' type='application/json+oembed' href='/o'><link rel='alternate' type='text/html' hreflang='ru' href='/ru/'>"
         "<link rel='alternate stylesheet' type='text/xml' href='/s.xml'><link rel='alternates' type='text/xml' href='/s.xml'>",
         ""},
        {"<link rel='feed' href='/a.xml'>", "/a.xml"},
        {"<link rel='alternate' type='application/atom+xml' title='Лента комментариев' href='/c.xml'><link rel='alternate' type='application/atom+xml' title='Новости' href='/a.xml'>",
         "/a.xml !/c.xml"},
        {"<link rel='alternate' type='application/rss+xml' title='城市 » 评论feed' href='/x/feed/'><link rel='alternate' type='application/rss+xml' href='/feed/'>",
         "/feed/ !/x/feed/"},
        {"<link rel='alternate' type='application/rss+xml' title='Kommentar-Feed' href='/k'><link rel='alternate' type='application/rss+xml' title='Flux des commentaires' href='/f'>"
         "<link rel='alternate' type='application/rss+xml' title='Feed de los comentarios' href='/e'><link rel='alternate' type='application/rss+xml' href='/n'>",
         "/n !/k !/f !/e"},
        {"<p><a href='/notices.xml'>RSS</a> <a href='/about'>About</a></p>", "/notices.xml"},
        {"<p><a href='/n1'>Лента новостей</a> <a href='/n2'>订阅</a> <a href='/n3'>Atom feed</a></p>",
         "/n1 /n2 /n3"},
        {"<p><a href='/n.xml' title='RSS'><img src='/i.png'></a> <a href='/out.php'><img src='/img/rss.png'></a></p>",
         "/n.xml /out.php"},
        {"<p><a href='/letter'>Subscribe to our letter</a> <a href='/feed/'>News</a> <a href='/rss.xml'>RSS</a></p>",
         "/rss.xml /feed/"},
        {"<p><a href='/feedback'>Feedback</a> <a href='/rss'>Everything about the reading of feeds, and how one subscribes to them, in eight parts</a></p>",
         "/rss"},
        /* one feed in two formats: by address, by title; sections are no copies of each other */
        {"<link rel='alternate' type='application/rss+xml' href='/feed/'><link rel='alternate' type='application/atom+xml' href='/feed/atom/'>",
         "/feed/atom/ =/feed/"},
        {"<link rel='alternate' type='application/rss+xml' title='City (RSS 2.0)' href='/x/1'><link rel='alternate' type='application/atom+xml' title='City (Atom 1.0)' href='/y/2'>",
         "/y/2 =/x/1"},
        {"<link rel='alternate' type='application/rss+xml' href='/?format=feed&amp;type=rss'><link rel='alternate' type='application/atom+xml' href='/?format=feed&amp;type=atom'>",
         "/?format=feed&type=atom =/?format=feed&type=rss"},
        {"<link rel='alternate' type='application/rss+xml' title='Council' href='/a/rss'><link rel='alternate' type='application/rss+xml' title='Roads' href='/b/rss'>"
         "<link rel='alternate' type='application/atom+xml' title='Schools' href='/c/atom'>",
         "/a/rss /b/rss /c/atom"},
        {"<link rel='alternate' type='application/rss+xml' title='Ward 1' href='/rss1.xml'><link rel='alternate' type='application/rss+xml' title='Ward 2' href='/rss2.xml'>",
         "/rss1.xml /rss2.xml"},
        {"<p><a href='/n/rss.xml'>RSS</a> <a href='/n/atom.xml'>Atom</a> <a href='/w/rss.xml'>RSS</a></p>",
         "/n/atom.xml /w/rss.xml =/n/rss.xml"},
        {"<link rel='alternate' type='application/rss+xml' href='/feed/'><link rel='alternate' type='application/atom+xml' href='/comments/feed/atom/'>"
         "<link rel='alternate' type='application/rss+xml' href='/comments/feed/'>",
         "/feed/ !/comments/feed/atom/ !=/comments/feed/"},
        /* the same address twice; addresses for programs of feeds */
        {"<link rel='alternate' type='application/rss+xml' href='/feed/'><a href='http://city.example/feed/'>RSS</a>",
         "/feed/"},
        {"<a href='feed:http://city.example/a.rss'>RSS</a> <a href='feed://city.example/b.rss'>RSS</a>",
         "/a.rss /b.rss"},
        {"<link rel='alternate' type='application/rss+xml' href=''><link rel='alternate' type='application/atomsvc+xml' href='/s'>",
         ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html = g_strconcat("<html><body>", rows[i].html, "</body></html>", NULL);
        g_autofree char *feeds = feeds_of(html, NULL);
        g_assert_cmpstr(feeds, ==, rows[i].feeds);
    }
}

static void
test_discover_headers(void)
{
    static const struct {
        const char *links, *feeds;
    } rows[] = {
        {"</a.xml>; rel=\"alternate\"; type=\"application/rss+xml\"; title=\"News\"", "/a.xml"},
        {"</>; rel=preload, </b?x=1,2>; REL=\"home Alternate\"; type=application/atom+xml , </c>; rel=next",
         "/b?x=1,2"},
        {"</a.xml>;rel=alternate;rel=next;type=\"application/rss+xml;charset=utf-8\";title=\"a \\\"b\\\", <c>\",</d>;rel=feed",
         "/a.xml /d"},
        {"</wp-json/>; rel=\"https://api.w.org/\", </wp-json/1>; rel=\"alternate\"; type=\"application/json\"",
         "/wp-json/1"},
        {"</a.xml; rel=feed", ""},
        {"</a.xml>; rel=\"feed", "/a.xml"},
        {"", ""},
        {"<>;<>;", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *feeds = feeds_of("<html><body><p>Town</p></body></html>", rows[i].links);
        g_assert_cmpstr(feeds, ==, rows[i].feeds);
    }
}

static void
test_discover_base(void)
{
    g_autofree char *feeds = feeds_of(
        "<html><head><base href='/x/'><link rel='alternate' type='application/rss+xml' href='feed'></head><body></body></html>",
        NULL);
    g_assert_cmpstr(feeds, ==, "/x/feed");
}

static int
by_place(gconstpointer a, gconstpointer b)
{
    return discover_compare_places(*(const struct discovered *const *)a,
                                   *(const struct discovered *const *)b);
}

/* What the feeds of a page are called, as they stand in it. */
static void
test_discover_names(void)
{
    AUTO(page_free) struct page *page = open_page(
        "<html><body><ul><li>Council <a href='/c.rss'>RSS</a></li><li><a href='/r.rss'><img src='rss.png' alt='RSS'></a> Roads</li></ul>"
        "<table><tr><td>Schools</td><td><a href='/s.rss'>RSS 2.0</a></td></tr></table><p><a href='/w.rss'>Water news feed</a></p>"
        "<div><a href='/d.rss'>RSS</a></div></body></html>");
    g_autoptr(GPtrArray) feeds = discover_feeds(page, NULL);
    static const char *const names[] = {"Council", "Roads", "Schools", "Water news feed", NULL};
    g_ptr_array_sort(feeds, by_place);
    g_assert_cmpuint(feeds->len, ==, G_N_ELEMENTS(names));
    for (guint i = 0; i < feeds->len; i++)
        g_assert_cmpstr(((const struct discovered *)g_ptr_array_index(feeds, i))->title, ==,
                        names[i]);
}

static char *
title_of(const char *html)
{
    g_autofree char *whole = g_strconcat(
        "<html>", html,
        "<p>A paragraph of an article, long enough to be taken for one by anybody, with a comma.</p>"
        "<p>Another paragraph of the same article, which says a little more, and ends.</p></body></html>",
        NULL);
    AUTO(page_free) struct page *page = open_page(whole);
    struct article_options options = {.now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *a = article_extract(page, &options, &error);
    g_assert_no_error(error);
    return g_strdup(a->title);
}

static void
test_titles(void)
{
    static const struct {
        const char *html, *title;
    } rows[] = {
        /* a kicker that <title> and og:title have and the heading shows apart */
        {"<head><title>Kenia: Nairobi von unten, Zeitung, 18.05.2026</title><meta property='og:title' content='Kenia: Nairobi von unten'></head>"
         "<body><h1>Nairobi von unten</h1>",
         "Kenia: Nairobi von unten"},
        /* a label beside the title, and a heading that says more than og:title */
        {"<head><title>Let kids be kids – Sun</title><meta property='og:title' content='Let kids be kids and leave'></head>"
         "<body><h1>Opinion | Let kids be kids and leave</h1>",
         "Let kids be kids and leave"},
        {"<head><title>Nine dollar root spray works | Us</title><meta property='og:title' content='Nine dollar root spray works'></head>"
         "<body><h1>Nine dollar root spray works: it does not transfer</h1>",
         "Nine dollar root spray works: it does not transfer"},
        /* a logo in the heading that says the site's name twice */
        {"<head><title>White House looks to its hackers - POLITICO</title><meta property='og:title' content='White House looks to its hackers'></head>"
         "<body><h1>POLITICO Politico Logo</h1>",
         "White House looks to its hackers"},
        /* no heading at all: a line of the page with which <title> begins */
        {"<head><title>顺德区大良街道一行到众创金融街调研 东区办事处_中山网</title></head><body><b>顺德区大良街道一行到众创金融街调研</b>",
         "顺德区大良街道一行到众创金融街调研"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *title = title_of(rows[i].html);
        g_assert_cmpstr(title, ==, rows[i].title);
    }
}

/*
 * A window that asks for cookies is longer than the article; the article's element has names of
 * furniture.
 */
static void
test_consent(void)
{
    g_autoptr(GString) html = g_string_new(
        "<html><head><title>A short report of the city</title></head><body><h1>A short report of the city</h1>"
        "<div class='feed-readmore enableComments'><div role='article'>");
    for (int i = 0; i < 4; i++)
        g_string_append_printf(
            html,
            "<p>Paragraph %d of the report, which is short, as reports of the city mostly are.</p>",
            i);
    g_string_append(html, "</div></div><div id='onetrust-consent-sdk'>");
    for (int i = 0; i < 40; i++)
        g_string_append_printf(
            html,
            "<p>Cookie paragraph %d, about what is stored and why, with many words, and commas.</p>",
            i);
    g_string_append(html, "</div></body></html>");
    AUTO(page_free) struct page *page = open_page(html->str);
    struct article_options options = {.now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *a = article_extract(page, &options, &error);
    g_assert_no_error(error);
    g_autofree char *body = document_plain(a->document);
    g_assert_nonnull(strstr(body, "Paragraph 3 of the report"));
    g_assert_null(strstr(body, "Cookie"));
}

void
add_tests(void)
{
    g_test_add_func("/article/standard", test_standard);
    g_test_add_func("/article/empty", test_empty);
    g_test_add_func("/article/editions", test_editions);
    g_test_add_func("/article/rules", test_rules);
    g_test_add_func("/list/wrong-rule", test_wrong_rule);
    g_test_add_func("/list/repetition", test_list);
    g_test_add_func("/list/none", test_no_list);
    g_test_add_func("/discover", test_discover);
    g_test_add_func("/discover/base", test_discover_base);
    g_test_add_func("/discover/headers", test_discover_headers);
    g_test_add_func("/discover/names", test_discover_names);
    g_test_add_func("/portal/furniture", test_furniture);
    g_test_add_func("/portal/dates", test_dates);
    g_test_add_func("/portal/split-body", test_split_body);
    g_test_add_func("/portal/deep-page", test_deep_page);
    g_test_add_func("/portal/linked-data", test_linked_data);
    g_test_add_func("/portal/linked-bodies", test_linked_bodies);
    g_test_add_func("/portal/captions", test_captions);
    g_test_add_func("/portal/carriers", test_carriers);
    g_test_add_func("/portal/titles", test_titles);
    g_test_add_func("/portal/consent", test_consent);
}
