/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portal files: their mistakes, each kind of rule and filter, requests, and where pages lead on to.
 */
#include "config.h"

#include "config/template.h"
#include "document/diff.h"
#include "portal/article.h"
#include "portal/list.h"
#include "portal/interstitial.h"
#include "portal/pagination.h"
#include "portal/request.h"
#include "text/date-format.h"
#include "kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW 1750000000 /* 2025-06-15 */
#define HEAD \
    "[Portal]\nName=City\nHome=http://city.example/\nTimeZone=+08:00\n[Edition en]\n[Edition ru]\n"
#define SECTION HEAD "[Section en/n]\nUrl=http://city.example/list/\n"

static struct portal *
portal_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct portal *portal = portal_parse("city.portal", text, &error);
    g_assert_no_error(error);
    return portal;
}

static struct page *
page_at(const char *url, const char *text)
{
    struct charset_hints hints = {.forced = "utf-8"};
    return page_open(text, strlen(text), &hints, url);
}

static void
test_mistakes(void)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"[Edition en]\n", "city.portal: there is no [Portal] group"},
        {HEAD "[Colour]\n", ":7: unknown group [Colour]"},
        {"[Portal]\nTimeZone=noon\n", ":2: 'noon' is no zone"},
        {"[Portal]\nDelay=90\n", ":2: '90' is not a number from 0 to 60"},
        {"[Portal]\nCookies=yes\n", ":2: 'yes' is neither true nor false"},
        {"[Portal]\nHeader.Host=evil.example\n", ":2: 'Host' is not a header that may be set"},
        {"[Portal]\nHeader.X Y=1\n", ":2: 'X Y' is not a header that may be set"},
        {"[Portal]\nProfile=../../etc/passwd\n", ":2: there is no profile '../../etc/passwd'"},
        {"[Portal]\nProfile=nowhere\n", ":2: there is no profile 'nowhere'"},
        {"[Portal]\nExec=rm -rf /\n", ":2: unknown key 'Exec' in [Portal]"},
        {HEAD "[Section n]\nUrl=http://city.example/\n",
         ":7: a section is written as [Section EDITION/NAME]"},
        {HEAD "[Section fr/n]\nUrl=http://city.example/\n", ":7: there is no [Edition fr]"},
        {HEAD "[Section en/n]\nName=News\n", ":7: [Section en/n] has no Url"},
        {HEAD "[Section en/n]\nUrl=file:///etc/passwd\n",
         ":8: 'file:///etc/passwd' is not an http or https URL"},
        {HEAD "[Section en/n]\nUrl={token}\n", ":7: [Section en/n] has no Token"},
        {SECTION "Pages=index_{number}.html\n", ":9: Pages: nothing is known as {number}"},
        {SECTION "Pages.First=-1\n", ":9: '-1' is not a number from 0 to 1000000"},
        {SECTION "Kind=photos\n", ":9: 'photos' is neither feed nor list"},
        {SECTION "Format=xml\n", ":9: 'xml' is neither html nor json"},
        {SECTION "Charset=klingon\n", ":9: unknown charset 'klingon'"},
        {SECTION "Title.Capture=(a\n", ":9: Title.Capture: the regular expression is wrong: "},
        {SECTION "Drop.Title=[\n", ":9: Drop.Title: the regular expression is wrong: "},
        {SECTION "Title.Colour=red\n", ":9: unknown key 'Title.Colour' in [Section en/n]"},
        {SECTION "Title.Format=%Y\n", ":9: unknown key 'Title.Format'"},
        {SECTION "Date.Format=%Y-%B\n", ":9: Date.Format: '%B' is none of %Y %y"},
        {SECTION "Title=\n", ":9: Title is empty"},
        {SECTION "Title=a\nTitle=b\n", ":10: key 'Title' stands in line 9 already"},
        {HEAD "[Article fr]\n", ":7: there is no [Edition fr]"},
        {HEAD "[Article]\nUrl=http://city.example/{1}\n", ":7: [Article] has no Match"},
        {HEAD "[Article]\nMatch=(\\d+)\nUrl=http://city.example/{id}\n",
         ":9: Url: nothing is known as {id}"},
        {HEAD "[Article]\nMatch=(\\d+)\nCounterpart.ru=/ru/{1}\n",
         ":9: '/ru/{1}' is not an http or https URL"},
        {HEAD "[Test a]\nUrl=http://city.example/\nPage=/etc/passwd\n",
         ":9: '/etc/passwd' is not a path below"},
        {HEAD "[Test a]\nUrl=http://city.example/\nRows=none\n",
         ":9: 'none' is not a number from 1 to 10000"},
        {"[Profile]\nName=CMS\n", "[Profile] has no Fingerprint"},
        {"[Profile]\nFingerprint=x\n[Section en/n]\n", "unknown group [Section en/n]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        struct portal *portal = portal_parse("city.portal", rows[i].text, &error);
        g_assert_null(portal);
        g_assert_nonnull(error);
        if (!strstr(error->message, rows[i].message))
            g_error("%s\n  gives:  %s\n  wanted: %s", rows[i].text, error->message,
                    rows[i].message);
    }
}

/* The rows of a section as "title|link|date" lines. */
static char *
list_of(const char *rules, const char *url, const char *text, char **next)
{
    g_autofree char *file = g_strconcat(SECTION, rules, NULL);
    AUTO(portal_free) struct portal *portal = portal_of(file);
    AUTO(page_free) struct page *page = page_at(url, text);
    struct list_options options = {.portal = portal,
                                   .section = portal_find_section(portal, "en", "n"),
                                   .dates = portal->dates,
                                   .now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    if (!list)
        return g_strconcat("error: ", error->message, NULL);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *e = g_ptr_array_index(list->entries, i);
        g_autofree char *date = e->published.precision == DATE_NONE ? g_strdup("")
                                                                    : date_iso(&e->published);
        g_string_append_printf(out, "%s|%s|%s\n", e->title, e->link, date);
    }
    if (next)
        *next = g_strdup(list->next);
    return g_string_free(out, FALSE);
}

static void
test_lists(void)
{
    static const struct {
        const char *rules, *text, *rows;
    } rows[] = {
        /* alternatives: the first that says something, row by row */
        {"Rows=//li\nTitle=./b\nTitle.2=./i\n",
         "<ul><li><b>One</b><a href='/1'>x</a></li><li><i>Two</i><a href='/2'>y</a></li></ul>",
         "One|http://city.example/1|\nTwo|http://city.example/2|\n"},
        /* filters: strip, capture, template, in that order */
        {"Rows=//li\nTitle=.\nTitle.Strip=^\\[\\w+\\]|\\(new\\)\nLink=./@onclick\nLink.Capture=show\\((\\d+),(\\d+)\\)\nLink.Template=/c{1}/{2}.html\n"
         "Date=./@data-d\n",
         "<ul><li onclick='show(12,345)' data-d='2025-06-01'>[top] Bridge opens (new)</li></ul>",
         "Bridge opens|http://city.example/c12/345.html|2025-06-01\n"},
        /* what the filter lets nothing through is no title: the next alternative is */
        {"Rows=//li\nTitle=./b\nTitle.2=./a\nTitle.Capture=^(\\w{4,})$\n",
         "<ul><li><b>No</b><a href='/1'>Enough</a></li></ul>", "Enough|http://city.example/1|\n"},
        {"Rows=//li\nTitle=./a/@title\nTitle.Unescape=true\n",
         "<ul><li><a href='/1' title='Parks &amp;amp; &lt;b&gt;Ponds&lt;/b&gt;'>x</a></li></ul>",
         "Parks & Ponds|http://city.example/1|\n"},
        /* a date that only the URL has, and one whose order only the portal knows */
        {"Rows=//li\nDate.FromUrl=/t(\\d{4})(\\d\\d)(\\d\\d)_\nDate.Template={1}-{2}-{3}\n",
         "<ul><li><a href='t20250512_7.html'>May</a></li></ul>",
         "May|http://city.example/list/t20250512_7.html|2025-05-12\n"},
        {"Rows=//li\nDate=./i\nDate.Format=%d/%m/%Y\nDate.Format.2=%m-%d\n",
         "<ul><li><a href='1'>A</a><i>07/06/2025</i></li><li><a href='2'>B</a><i>[12-31]</i></li><li><a href='3'>C</a><i>soon</i></li></ul>",
         "A|http://city.example/list/1|2025-06-07\nB|http://city.example/list/2|2024-12-31\nC|http://city.example/list/3|\n"},
        /* which rows are entries */
        {"Rows=//li\nKeep.Link=/news/\nDrop.Title=^(ad|tender)\n",
         "<ul><li><a href='/news/1'>one</a></li><li><a href='/shop/2'>two</a></li><li><a href='/news/3'>ad: three</a></li></ul>",
         "one|http://city.example/news/1|\n"},
        /* JSON: paths, fields in templates, numbers as text, epoch milliseconds */
        {"Format=json\nRows=data.list\nTitle=title\nLink=id\nLink.Template=/a/{cat}/{0}.html\nDate=time\n",
         "{\"data\": {\"list\": [{\"title\": \"One\", \"id\": 7, \"cat\": \"x\", \"time\": \"2025-06-01 08:00\"}, {\"title\": \"Two\", \"id\": 8, \"cat\": \"y\", \"time\": null}]}}",
         "One|http://city.example/a/x/7.html|2025-06-01T08:00:00+08:00\nTwo|http://city.example/a/y/8.html|\n"},
        {"Format=json\nRows=$\nTitle=t.0\nLink=u\n", "cb_1([{\"t\": [\"JSONP\"], \"u\": \"/1\"}]);",
         "JSONP|http://city.example/1|\n"},
        {"Format=json\nJson=var listData = (\\{.*?\\});\nRows=rows\nTitle=t\nLink=u\n",
         "<html><script>var listData = {\"rows\": [{\"t\": \"In a script\", \"u\": \"/1\"}]};</script></html>",
         "In a script|http://city.example/1|\n"},
        {"Format=json\nHtml=data.html\nRows=//li\n",
         "{\"data\": {\"html\": \"<ul><li><a href='/1'>HTML in JSON</a></li></ul>\"}}",
         "HTML in JSON|http://city.example/1|\n"},
        {"Format=json\nRows=rows\n", "{\"rows\": ",
         "error: there is no list on this page: the page's JSON cannot be read: unexpected token near end of file"},
        /* a rule that is wrong falls back on what repeats */
        {"Rows=//li[\n",
         "<ul><li><a href='/1'>A first long enough title</a> 2025-06-01</li><li><a href='/2'>A second long enough title</a> 2025-06-02</li></ul>",
         "A first long enough title|http://city.example/1|2025-06-01\nA second long enough title|http://city.example/2|2025-06-02\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *got =
            list_of(rows[i].rules, "http://city.example/list/", rows[i].text, NULL);
        if (!g_str_equal(got, rows[i].rows))
            g_error("%s\n  gives:  %s  wanted: %s", rows[i].rules, got, rows[i].rows);
    }
}

static void
test_next_pages(void)
{
    static const char items[] =
        "<ul><li><a href='/1'>A first long enough title</a> 2025-06-01</li><li><a href='/2'>A second one</a> 2025-06-02</li></ul>";
    static const struct {
        const char *rules, *url, *more, *next;
    } rows[] = {
        {"", "http://city.example/list/", "<a href='p2.html'>下一页</a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/", "<a href='#'>下一页</a>", NULL},
        {"", "http://city.example/list/", "<link rel='next' href='?page=2'>",
         "http://city.example/list/?page=2"},
        /* by words, arrows around them, names of pictures; in any language */
        {"", "http://city.example/list/", "<a href='p2.html'>Next page »</a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/",
         "<a href='p0.html'>‹ Précédent</a><a href='p2.html'>Page suivante ›</a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/", "<a href='p2.html' aria-label='Volgende'><i></i></a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/", "<a href='p2.html' title='Siguiente'>→</a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/", "<a rel='nofollow NEXT' href='p2.html'>x</a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/", "<a href='p2.html'>次へ</a><a href='p2.html'>次へ</a>",
         "http://city.example/list/p2.html"},
        {"", "http://city.example/list/", "<a href='/n/1'>Next of kin</a>", NULL},
        /* what rows say is none */
        {"", "http://city.example/list/",
         "<a href='/n/1'>Далее</a><a href='/n/2'>Далее</a><a href='/n/3'>Далее</a>", NULL},
        {"", "http://city.example/list/",
         "<a href='/n/1'>Далее</a><a href='/n/2'>Далее</a><a rel='next' href='p2.html'>2</a>",
         "http://city.example/list/p2.html"},
        /* numbers alone */
        {"", "http://city.example/list/",
         "<a href='?page=1'>1</a><a href='?page=2'>2</a><a href='?page=3'>3</a>",
         "http://city.example/list/?page=2"},
        {"", "http://city.example/list/?page=2",
         "<a href='?page=1'>1</a><a href='?page=2'>2</a><a href='?page=3'>3</a>",
         "http://city.example/list/?page=3"},
        {"", "http://city.example/list/",
         "<a href='index_1.html'>2</a><a href='index_2.html'>3</a>",
         "http://city.example/list/index_1.html"},
        {"", "http://city.example/list/index_1.html",
         "<a href='index.html'>1</a><a href='index_2.html'>3</a>",
         "http://city.example/list/index_2.html"},
        {"", "http://city.example/list/?page=3", "<a href='?page=1'>1</a><a href='?page=2'>2</a>",
         NULL},
        {"", "http://city.example/list/", "<a href='/news/2.html'>2</a>", NULL},
        /* the pagers of two systems: pages counted from 0, and from 1 */
        {"", "http://city.example/list/",
         "<script>createPageHTML(5,0,\"index\",\"html\");</script>",
         "http://city.example/list/index_1.html"},
        {"", "http://city.example/list/index_3.html",
         "<script>createPageHTML(5, 3, 'index', 'html');</script>",
         "http://city.example/list/index_4.html"},
        {"", "http://city.example/list/index_4.html",
         "<script>createPageHTML(5, 4, 'index', 'html');</script>", NULL},
        {"", "http://city.example/list/",
         "<script>createPageHTML('page_div',10,1,'zwgk','shtml',200)</script>",
         "http://city.example/list/zwgk_2.shtml"},
        {"", "http://city.example/list/zwgk_10.shtml",
         "<script>createPageHTML('page_div',10,10,'zwgk','shtml',200)</script>", NULL},
        {"", "http://city.example/list/",
         "<script>createPageHTML('d',99999999999,2147483647,'zwgk','shtml',2)</script>", NULL},
        {"", "http://city.example/list/",
         "<script>createPageHTML('d',2147483648,2147483646,'l','shtml',2)</script>",
         "http://city.example/list/l_2147483647.shtml"},
        /* counted by the portal file */
        {"Pages=index_{page}.html\nPages.First=0\n", "http://city.example/list/", "",
         "http://city.example/list/index_1.html"},
        {"Pages=index_{page}.html\n", "http://city.example/list/index_2.html", "",
         "http://city.example/list/index_3.html"},
        {"Pages=http://city.example/api?from={offset}&n=15\nPages.Size=15\n",
         "http://city.example/list/", "", "http://city.example/api?from=15&n=15"},
        {"Pages=?s={start}&e={end}\nPages.Size=10\n", "http://city.example/list/", "",
         "http://city.example/list/?s=11&e=20"},
        {"Pages=?p={page}\nPages.Step=20\nPages.First=0\n", "http://city.example/list/", "",
         "http://city.example/list/?p=20"},
        {"Post=page={page}\n", "http://city.example/list/", "", NULL},
        {"Next=//a[@class='n']/@href\n", "http://city.example/list/",
         "<a class='n' href='n.html'>x</a><a href='p2.html'>下一页</a>",
         "http://city.example/list/n.html"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html =
            g_strconcat("<html><body>", items, rows[i].more, "</body></html>", NULL);
        g_autofree char *next = NULL;
        g_free(list_of(rows[i].rules, rows[i].url, html, &next));
        if (g_strcmp0(next, rows[i].next))
            g_error("%s %s: '%s', wanted '%s'", rows[i].rules, rows[i].more, next, rows[i].next);
    }
}

static void
test_requests(void)
{
    AUTO(portal_free) struct portal *portal = portal_of(
        SECTION
        "Token=//input[@name='t']/@value\nToken.Url=http://city.example/start\nPost={\"page\": {page}, \"key\": \"{token}\"}\n"
        "Post.Type=application/json\nHeader.Referer=http://city.example/\n"
        "[Section en/found]\nUrl={token}\nToken=//a/@href\n"
        "[Article]\nMatch=/news/(\\d+)\\.html\nUrl=http://city.example/api/detail?id={1}\n");
    const struct portal_section *s = portal_find_section(portal, "en", "n"),
                                *found = portal_find_section(portal, "en", "found");
    g_assert_cmpstr(portal_name(s->names), ==, "n"); /* for want of a name */
    g_assert_cmpstr(portal_token_url(portal, s), ==, "http://city.example/start");
    g_assert_cmpstr(portal_token_url(portal, found), ==, "http://city.example/");
    AUTO(portal_request_clear) struct portal_request a = {0}, b = {0}, c = {0}, d = {0};
    g_assert_true(portal_request_page(portal, s, 2, "k7", &a));
    g_assert_cmpstr(a.url, ==, "http://city.example/list/");
    g_assert_cmpstr(a.post, ==, "{\"page\": 3, \"key\": \"k7\"}");
    g_assert_cmpstr(a.transfer->post_type, ==, "application/json");
    g_assert_cmpstr(g_ptr_array_index(a.transfer->headers, 0), ==, "Referer: http://city.example/");
    /* what a token gives is resolved, and only the web is asked */
    g_assert_true(portal_request_page(portal, found, 0, "/news/list_7.html", &b));
    g_assert_cmpstr(b.url, ==, "http://city.example/news/list_7.html");
    g_assert_false(portal_request_page(portal, found, 0, "javascript:alert(1)", &c));
    g_assert_false(portal_request_page(portal, found, 0, "file:///etc/passwd", &c));
    g_assert_true(portal_request_article(portal, "en", "http://city.example/news/42.html", &d));
    g_assert_cmpstr(d.url, ==, "http://city.example/api/detail?id=42");
    g_assert_false(portal_request_article(portal, "en", "http://city.example/other/42.html", &c));
}

static void
test_article_rules(void)
{
    AUTO(portal_free) struct portal *portal = portal_of(
        HEAD
        "[Article en/json]\nMatch=/api/(\\d+)\nFormat=json\nTitle=data.title\nDate=data.time\nBody=data.html\n"
        "[Article */html]\nMatch=/n/(\\d+)\nTitle=//h2\nSource.FromPage=var laiyuan=\"([^\"]*)\"\nDate.FromPage=fbrq = '([^']*)'\n"
        "Body=//div[@class='p']\nStop=^Editor:\nDrop=^Share\nAttachments=//ul[@id='files']//a\nCounterpart.ru=http://city.example/ru/{1}.html\n"
        "Next=//a[@id='more']/@href\n");
    struct article_options options = {
        .portal = portal, .edition = "en", .dates = {.offset = 480, .zoned = true}, .now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(page_free) struct page *json = page_at(
        "http://city.example/api/1",
        "{\"data\": {\"title\": \"From JSON\", \"time\": \"2025-06-01\", \"html\": \"<p>The first paragraph.</p><p>The <a href='/x'>second</a>.</p>\"}}");
    AUTO(article_free) struct article *a = article_extract(json, &options, &error);
    g_assert_no_error(error);
    g_autofree char *body = document_plain(a->document), *date = date_iso(&a->published);
    g_assert_cmpstr(a->title, ==, "From JSON");
    g_assert_cmpstr(body, ==, "The first paragraph.\n\nThe second.");
    g_assert_cmpstr(date, ==, "2025-06-01");
    g_assert_cmpstr(a->method, ==, "portal");

    AUTO(page_free) struct page *html = page_at(
        "http://city.example/n/42",
        "<html><script>var laiyuan=\"City Daily\"; fbrq = '2025-05-30 10:00';</script><body><a href='/ru/'>Русский</a><h2>By rules</h2>"
        "<div class='p'><p>One paragraph.</p><p>Share this</p></div><div class='p'><p>Another one.</p><p>Editor: X</p><p>Nothing after.</p></div>"
        "<ul id='files'><li><a href='/down?id=3'>Form</a></li></ul><a id='more' href='/n/42/2'>go on</a></body></html>");
    AUTO(article_free) struct article *b = article_extract(html, &options, &error);
    g_assert_no_error(error);
    g_autofree char *text = document_plain(b->document), *when = date_iso(&b->published);
    g_assert_cmpstr(text, ==, "One paragraph.\n\nAnother one.");
    g_assert_cmpstr(b->source, ==, "City Daily");
    g_assert_cmpstr(when, ==, "2025-05-30T10:00:00+08:00");
    g_assert_cmpuint(b->attachments->len, ==, 1);
    g_assert_cmpstr(((struct attachment *)g_ptr_array_index(b->attachments, 0))->url, ==,
                    "http://city.example/down?id=3");
    g_assert_cmpstr(b->next, ==, "http://city.example/n/42/2");
    g_assert_cmpuint(b->editions->len, ==, 1);
    const struct edition_link *link = g_ptr_array_index(b->editions, 0);
    g_assert_cmpstr(link->url, ==, "http://city.example/ru/42.html");
    g_assert_cmpstr(link->scope, ==, "article");
}

/* The text of an article page, by rules, on its way through the stored form. */
static struct document *
document_by(const char *rules, const char *body)
{
    g_autofree char *file = g_strconcat(HEAD "[Article]\nBody=//div\n", rules, NULL),
                    *html = g_strdup_printf(
                        "<html><body><h1>T</h1><div><p>The council met on Tuesday,"
                        " and agreed to build the bridge.</p>%s</div></body></html>",
                        body);
    AUTO(portal_free) struct portal *portal = portal_of(file);
    AUTO(page_free) struct page *page = page_at("http://city.example/n/1", html);
    struct article_options options = {.portal = portal, .now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *article = article_extract(page, &options, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) stored = document_serialize(article->document);
    gsize length;
    const void *data = g_bytes_get_data(stored, &length);
    g_assert_true(document_is_stored(data, length));
    return document_deserialize(data, length);
}

static void
test_ignored_elements(void)
{
#define RULES "Ignore.Elements=//*[@class='now']\nIgnore.Elements.2=//table\n"
    static const struct {
        const char *before, *after;
        bool differs;
    } cases[] = {
        {"<p>Warm: <b class=now>5 °C</b> today.</p>", "<p>Warm: <b class=now>7 °C</b> today.</p>",
         false},
        {"<p>Warm: <b class=now>5 °C</b> today.</p>", "<p>Warm: today.</p>", false},
        {"<p>Warm: <b class=now>5 °C</b> today.</p>", "<p>Warm: <b class=now>7 °C</b> now.</p>",
         true},
        {"<p>Warm: <b class=other>5 °C</b> today.</p>",
         "<p>Warm: <b class=other>7 °C</b> today.</p>", true},
        /* whole blocks, a link, a picture, an embedded page; some come, some go */
        {"<p>Text.</p><section class=now><p>A</p><p>B</p></section>",
         "<p>Text.</p><section class=now><p>C</p></section>", false},
        {"<p>Text.</p><p class=now><a href=/a>A</a></p>",
         "<p>Text.</p><p class=now><a href=/b>A</a></p>", false},
        {"<p>Text.</p><p class=now><img src=/a.png width=300 height=300></p>",
         "<p>Text.</p><p class=now><img src=/b.png width=300 height=300></p>", false},
        {"<p>Text.</p><p><img src=/a.png width=300 height=300></p>",
         "<p>Text.</p><p><img src=/b.png width=300 height=300></p>", true},
        {"<p>Text.</p><iframe class=now src=/a></iframe>", "<p>Text.</p>", false},
        {"<p>Text.</p><table><tr><td>USD<td>90.1<tr><td>EUR<td>98.2</table>",
         "<p>Text.</p><table><tr><td>USD<td>90.4<tr><td>EUR<td>99.0</table>", false},
        {"<p>Text.</p><ul><li>One<li class=now>Two</ul>",
         "<p>Text.</p><ul><li>One<li class=now>Three</ul>", false},
        {"<p>Text.</p><ul><li>One<li class=now>Two</ul>",
         "<p>Text.</p><ul><li>Six<li class=now>Two</ul>", true},
        {"<p>One<br><i class=now>a</i> two</p>", "<p>One<br><i class=now>b</i> two</p>", false},
        {"<p>One<br><i class=now>a</i> two</p>", "<p>Six<br><i class=now>b</i> two</p>", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(document_free) struct document *before = document_by(RULES, cases[i].before);
        AUTO(document_free) struct document *after = document_by(RULES, cases[i].after);
        AUTO(document_free) struct document *plain = document_by("", cases[i].before);
        struct diff_version old = {.document = before}, new = {.document = after};
        AUTO(diff_free) struct diff *diff = diff_new(&old, &new, NULL);
        g_test_message("case %zu", i);
        g_assert_cmpint(diff->differs, ==, cases[i].differs);
        /* it is shown all the same, and looks no other */
        g_autofree char *shown = document_html(before), *as_ever = document_html(plain),
                        *text = document_markdown(before), *same = document_markdown(plain);
        g_assert_cmpstr(shown, ==, as_ever);
        g_assert_cmpstr(text, ==, same);
    }
#undef RULES
}

/* The document's own number: by a rule, by labels; not where there are several. */
static void
test_numbers(void)
{
#define BODY "<div class=b><p>The council met on Tuesday and agreed to build the bridge.</p></div>"
#define CELL "<tr><td>Номер документа</td><td>345-п</td></tr>"
    static const struct {
        const char *rules, *page, *number;
    } cases[] = {
        {"Number=//i\n", "<i>№ 7 от 01.02.2025</i>" BODY, "№ 7 от 01.02.2025"},
        {"Number=concat('№ ', //i, ' от ', //u)\n", "<i>7</i><u>01.02.2025</u>" BODY,
         "№ 7 от 01.02.2025"},
        {"Number=//i\n", "<table>" CELL "</table>" BODY, "345-п"},
        {"", "<table><tr><td>发文字号：</td><td>北政办〔2025〕17号</td></tr></table>" BODY,
         "北政办〔2025〕17号"},
        {"", "<ul><li>文号：北政办〔2025〕17号</li></ul>" BODY, "北政办〔2025〕17号"},
        {"", "<p>发布时间：2025-06-01 文号：北政办〔2025〕17号</p>" BODY, "北政办〔2025〕17号"},
        {"", "<table>" CELL "</table>" BODY, "345-п"},
        {"", "<table>" CELL "<tr><td>Дата документа</td><td>12.03.2025</td></tr></table>" BODY,
         "№ 345-п от 12.03.2025"},
        {"", "<dl><dt>Document Number</dt><dd>2025-17</dd></dl>" BODY, "2025-17"},
        {"", "<dl><dt>Ordinance No.</dt><dd>2025-17</dd></dl>" BODY, "Ordinance No. 2025-17"},
        {"", "<table>" CELL "<tr><td>Номер документа</td><td>346-п</td></tr></table>" BODY, NULL},
        {"", "<table><tr><td>文号</td><td>无</td></tr></table>" BODY, NULL},
        {"", BODY, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = g_strconcat(HEAD "[Article]\nBody=//div[@class='b']\n",
                                            cases[i].rules, NULL),
                        *html = g_strdup_printf("<html><body><h1>T</h1>%s</body></html>",
                                                cases[i].page);
        AUTO(portal_free) struct portal *portal = portal_of(file);
        AUTO(page_free) struct page *page = page_at("http://city.example/n/1", html);
        struct article_options options = {.portal = portal, .now = NOW};
        AUTO(article_free) struct article *a = article_extract(page, &options, NULL);
        g_test_message("case %zu", i);
        g_assert_nonnull(a);
        g_assert_cmpstr(a->number, ==, cases[i].number);
    }
#undef BODY
#undef CELL
}

static void
test_parts(void)
{
    static const struct {
        const char *url, *first, *links, *next;
    } rows[] = {
        {"http://a.example/n/55.html", NULL, "<a href='55_2.html'>下一页</a>",
         "http://a.example/n/55_2.html"},
        {"http://a.example/n/55.html", NULL,
         "<a href='55.html'>【1】</a><a href='55_2.html'>【2】</a><a href='55_3.html'>【3】</a>",
         "http://a.example/n/55_2.html"},
        {"http://a.example/n/55_2.html", "http://a.example/n/55.html",
         "<a href='55_2.html'>【2】</a><a href='55_3.html'>【3】</a>",
         "http://a.example/n/55_3.html"},
        {"http://a.example/n/55.html", NULL, "<a href='55_1.html'>2</a><a href='55_2.html'>3</a>",
         "http://a.example/n/55_1.html"},
        {"http://a.example/n/55_1.html", NULL, "<a href='55_2.html'>Next page</a>",
         "http://a.example/n/55_2.html"},
        {"http://a.example/s?id=9", NULL, "<a href='s?id=9&page=2'>Next</a>",
         "http://a.example/s?id=9&page=2"},
        {"http://a.example/n/story", NULL, "<link rel='next' href='story/2'>",
         "http://a.example/n/story/2"},
        {"http://a.example/n/story", NULL, "<a href='/n/story/2'>2</a>",
         "http://a.example/n/story/2"},
        {"http://a.example/n/t55.html", NULL,
         "<script>createPageHTML(3, 0, 't55', 'html')</script>", "http://a.example/n/t55_1.html"},
        {"http://a.example/n/t55.html", NULL,
         "<script>createPageHTML(3, 0, 'index', 'html')</script>", NULL},
        /* the next article is no part of this one */
        {"http://a.example/n/55.html", NULL,
         "<a href='56.html'>下一篇</a><a href='56.html'>next</a>", NULL},
        {"http://a.example/n/5", NULL, "<a href='/n/6'>Next</a>", NULL},
        {"http://a.example/n/55_3.html", "http://a.example/n/55.html", "<a href='55_2.html'>2</a>",
         NULL},
        {NULL, NULL, "<a href='55_2.html'>2</a>", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *html = g_strconcat("<html><body>", rows[i].links, "</body></html>", NULL);
        AUTO(page_free) struct page *page = page_at(rows[i].url, html);
        g_autofree char *next = pagination_part(page, rows[i].first);
        if (g_strcmp0(next, rows[i].next))
            g_error("%s %s: '%s', wanted '%s'", rows[i].url, rows[i].links, next, rows[i].next);
    }
}

static void
test_hops(void)
{
    static const struct {
        const char *html, *hop;
    } rows[] = {
        {"<meta http-equiv='Refresh' content='0; url=/b.html'>", "http://a.example/b.html"},
        {"<meta http-equiv='refresh' content=\"3;URL='b.html'\">", "http://a.example/n/b.html"},
        {"<meta http-equiv='refresh' content='30'>", NULL},
        {"<script>window.location.href = \"/c.html\";</script>", "http://a.example/c.html"},
        {"<script>location.replace('/c.html')</script>", "http://a.example/c.html"},
        {"<body><iframe src='frame.html'></iframe>", "http://a.example/n/frame.html"},
        {"<body><iframe src='a.html'></iframe><iframe src='b.html'></iframe>", NULL},
        /* to itself, and out of the web */
        {"<meta http-equiv='refresh' content='0; url=http://a.example/n/1.html'>", NULL},
        {"<meta http-equiv='refresh' content='0; url=javascript:alert(1)'>", NULL},
        {"<iframe src='file:///etc/passwd'></iframe>", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        AUTO(page_free) struct page *page = page_at("http://a.example/n/1.html", rows[i].html);
        g_autofree char *hop = interstitial_target(page);
        if (g_strcmp0(hop, rows[i].hop))
            g_error("%s: '%s', wanted '%s'", rows[i].html, hop, rows[i].hop);
    }
}

static void
test_date_formats(void)
{
    static const struct {
        const char *text, *format, *date;
    } rows[] = {
        {"07/06/2025", "%d/%m/%Y", "2025-06-07"},
        {"on 7.6.25, late", "%d.%m.%y", "2025-06-07"},
        {"2025-06-07 18:05", "%Y-%m-%d %H:%M", "2025-06-07T18:05:00+08:00"},
        {"(06-14)", "%m-%d", "2025-06-14"},
        {"(06-20)", "%m-%d", "2024-06-20"}, /* not ahead of now */
        {"02-29", "%m-%d", "2024-02-29"},
        {"114.06.07", "%Y.%m.%d", "2025-06-07"}, /* Taiwan's count */
        {"31/02/2025", "%d/%m/%Y", NULL},
        {"12025-06-07", "%Y-%m-%d", NULL},
        {"", "%Y", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct date date;
        bool found = date_parse_format(rows[i].text, rows[i].format, DATE_AT(480), NOW, &date);
        g_autofree char *text = found ? date_iso(&date) : NULL;
        if (g_strcmp0(text, rows[i].date))
            g_error("'%s' by %s: '%s', wanted '%s'", rows[i].text, rows[i].format, text,
                    rows[i].date);
    }
}

static char *
upper(const char *name, gpointer data)
{
    (void)data;
    return g_str_equal(name, "none") ? NULL : g_ascii_strup(name, -1);
}

static void
test_template(void)
{
    g_autofree char *text = template_expand("{a}-{none}{b.0}{ c }{}{\"k\": {d_1}}", upper, NULL);
    g_assert_cmpstr(text, ==, "A-B.0{ c }{}{\"k\": D_1}");
    g_autofree char *unknown = template_unknown_name("{page}{x}", "page token", -1);
    g_assert_cmpstr(unknown, ==, "x");
    g_assert_null(template_unknown_name("{0}{12}", "", 12));
    g_autofree char *beyond = template_unknown_name("{13}", "", 12);
    g_assert_cmpstr(beyond, ==, "13");
}

static void
test_profiles(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp(NULL, &error);
    g_assert_no_error(error);
    g_autofree char *profile = g_build_filename(folder, "cms.profile", NULL);
    g_autofree char *city = g_build_filename(folder, "city.portal", NULL);
    g_assert_true(g_file_set_contents(
        profile,
        "[Profile]\nName=CMS\nFingerprint=cms-2000\n[List]\nRows=//li\nTitle=./b\nPages=index_{page}.html\n"
        "[Article]\nTitle=//h1\n",
        -1, NULL));
    g_assert_true(g_file_set_contents(city, SECTION "Title=./i\n", -1, NULL));
    AUTO(portal_free) struct portal *alone = portal_load(city, &error);
    g_assert_no_error(error);
    g_assert_false(portal_rule_given(&portal_find_section(alone, "en", "n")->rows));
    g_assert_true(g_file_set_contents(
        city,
        "[Portal]\nProfile=cms\n[Edition en]\n[Section en/n]\nUrl=http://city.example/\nTitle=./i\n[Article]\nDate=//b\n",
        -1, NULL));
    AUTO(portal_free) struct portal *portal = portal_load(city, &error);
    g_assert_no_error(error);
    const struct portal_section *s = portal_find_section(portal, "en", "n");
    g_assert_cmpstr(g_ptr_array_index(s->rows.paths, 0), ==, "//li");
    g_assert_cmpuint(s->title.paths->len, ==, 1); /* its own, not after the profile's */
    g_assert_cmpstr(g_ptr_array_index(s->title.paths, 0), ==, "./i");
    g_assert_cmpstr(s->pages, ==, "index_{page}.html");
    g_assert_nonnull(strstr(s->rows.file, "cms.profile"));
    g_assert_cmpuint(portal->articles->len, ==, 2); /* the portal's own stands first */
    g_remove(profile);
    g_remove(city);
    g_rmdir(folder);
}

void
add_tests(void)
{
    g_test_add_func("/rules/mistakes", test_mistakes);
    g_test_add_func("/rules/lists", test_lists);
    g_test_add_func("/rules/next-pages", test_next_pages);
    g_test_add_func("/rules/requests", test_requests);
    g_test_add_func("/rules/articles", test_article_rules);
    g_test_add_func("/rules/ignored-elements", test_ignored_elements);
    g_test_add_func("/rules/numbers", test_numbers);
    g_test_add_func("/rules/parts", test_parts);
    g_test_add_func("/rules/hops", test_hops);
    g_test_add_func("/rules/date-formats", test_date_formats);
    g_test_add_func("/rules/template", test_template);
    g_test_add_func("/rules/profiles", test_profiles);
}
