/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds: the formats, the repairs, what is refused. */
#include "config.h"

#include "feed/feed.h"
#include "feed/opml.h"
#include "unit/kit.h"

static struct feed *
parse(const char *text)
{
    struct feed_options options = {.url = "http://example.org/feed"};
    g_autoptr(GError) error = NULL;
    struct feed *feed = feed_parse(text, strlen(text), &options, &error);
    g_assert_no_error(error);
    return feed;
}

static const struct feed_item *
item(const struct feed *feed, guint index)
{
    g_assert_cmpuint(feed->items->len, >, index);
    return g_ptr_array_index(feed->items, index);
}

static void
test_rss(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<channel><title>City</title><link>http://example.org/</link><item><title>A &lt;b&gt;bold&lt;/b&gt; step</title>"
        "<link>/a</link><guid>http://example.org/a</guid><description>short</description>"
        "<content:encoded><![CDATA[<p>long</p>]]></content:encoded><dc:creator>Ann</dc:creator>"
        "<pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate><enclosure url='/f.pdf' type='application/pdf' length='12'/>"
        "</item></channel></rss>");
    g_assert_cmpstr(feed->format, ==, "rss");
    g_assert_cmpstr(feed->version, ==, "2.0");
    const struct feed_item *i = item(feed, 0);
    g_assert_cmpstr(i->title, ==, "A bold step");
    g_assert_cmpstr(i->link, ==, "http://example.org/a");
    g_assert_cmpstr(i->summary_html, ==, "short");
    g_assert_cmpstr(i->content_html, ==, "<p>long</p>");
    g_assert_cmpint(i->published.time, ==, 1055217600);
    g_assert_cmpstr(((const struct feed_person *)g_ptr_array_index(i->authors, 0))->name, ==,
                    "Ann");
    const struct feed_enclosure *e = g_ptr_array_index(i->enclosures, 0);
    g_assert_cmpstr(e->url, ==, "http://example.org/f.pdf");
    g_assert_cmpint(e->length, ==, 12);
}

static void
test_atom(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://base.example/'><title type='html'>A &amp;amp; B</title>"
        "<author><name>Office</name></author><entry><id>tag:1</id><title>T</title><link href='x.html'/>"
        "<updated>2025-06-01T08:30:00+08:00</updated><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>hi</p></div></content>"
        "</entry></feed>");
    g_assert_cmpstr(feed->title, ==, "A & B");
    const struct feed_item *i = item(feed, 0);
    g_assert_cmpstr(i->link, ==, "http://base.example/x.html");
    g_assert_cmpstr(i->content_html, ==, "<p>hi</p>");
    g_assert_cmpuint(i->authors->len, ==, 1); /* inherited: RFC 4287 §4.2.1 */
}

static void
test_rdf(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='http://e.example/'><title>R</title></channel>"
        "<item rdf:about='http://e.example/1'><title>One</title><link>http://e.example/1</link><dc:date>2025-06-01</dc:date></item></rdf:RDF>");
    g_assert_cmpstr(feed->format, ==, "rdf");
    g_assert_cmpstr(item(feed, 0)->id, ==, "http://e.example/1");
    g_assert_cmpint(item(feed, 0)->published.time, ==, 1748736000);
}

static void
test_json(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"J\", \"items\": [{\"id\": 7, \"content_text\": \"a < b\"}]}");
    g_assert_cmpstr(feed->version, ==, "1.1");
    g_assert_cmpstr(item(feed, 0)->id, ==, "7");
    g_assert_cmpstr(item(feed, 0)->content_html, ==, "a &lt; b");
}

static void
test_repair(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "\n\n<?xml version='1.0' encoding='utf-16'?><rss><channel><title>A & B &nbsp;&mdash; C</title>"
        "<item><title>x < y</title><yandex:full-text>whole</yandex:full-text></item><item><title>cut");
    g_assert_cmpstr(feed->title, ==, "A & B — C");
    g_assert_cmpstr(item(feed, 0)->title, ==, "x < y");
    g_assert_cmpstr(item(feed, 0)->content_html, ==, "whole");
    g_assert_cmpstr(item(feed, 1)->title, ==, "cut");
    g_assert_cmpuint(feed->warnings->len, >, 0);
}

static void
refused(const char *text, gsize length, enum feed_error code)
{
    struct feed_options options = {0};
    g_autoptr(GError) error = NULL;
    g_assert_null(feed_parse(text, length, &options, &error));
    g_assert_error(error, FEED_ERROR, (int)code);
}

static void
test_refused(void)
{
    refused("", 0, FEED_ERROR_EMPTY);
    refused(" \n", 2, FEED_ERROR_EMPTY);
    refused("<html><body>no</body></html>", 28, FEED_ERROR_NOT_A_FEED);
    refused("plain text", 10, FEED_ERROR_NOT_A_FEED);
    refused("{\"a\": 1}", 8, FEED_ERROR_NOT_A_FEED);
    refused("{\"a\" 1}", 7, FEED_ERROR_MALFORMED);
}

/* Repetitions of unit between prefix and suffix. */
static GString *
repeated(const char *prefix, const char *unit, guint count, const char *suffix)
{
    GString *text = g_string_new(prefix);
    for (guint i = 0; i < count; i++)
        g_string_append(text, unit);
    return g_string_append(text, suffix);
}

static void
limited(GString *text)
{
    refused(text->str, text->len, FEED_ERROR_LIMIT);
    g_string_free(text, TRUE);
}

static void
test_hostile(void)
{
    /* entities are expanded, no file is read, and nothing grows without bound */
    AUTO(feed_free) struct feed *feed = parse(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c '<i>&#38;amp;</i>'>]>"
        "<rss><channel><title>t&x;</title><item><title a='&b;'>&b;&c;</title></item></channel></rss>");
    g_assert_cmpstr(feed->title, ==, "t");
    g_assert_cmpstr(item(feed, 0)->title, ==, "haha&");
    GString *laughs = g_string_new("<!DOCTYPE rss [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 14; i++)
        g_string_append_printf(laughs, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;'>", i, i - 1, i - 1,
                               i - 1, i - 1);
    limited(g_string_append(laughs, "]><rss><channel><title x='&a13;'>t</title></channel></rss>"));
    limited(g_string_new("<!DOCTYPE rss [<!ENTITY a '&a;'>]><rss><channel><title>&a;"));
    limited(repeated("<rss><channel>", "<x>", 20000, ""));
    limited(repeated("<rss><channel><title>", "title", 3 << 20, "</title>"));
    limited(repeated("<rss><channel><title><![CDATA[", "title", 3 << 20, "]]></title>"));
    limited(repeated("<rss><channel><title>", "&lt;b&gt;", 2 << 20, "</title>"));
    limited(repeated("<", "a", 2 << 20, ">"));
    limited(repeated("<rss ", "a='' ", 300, ">"));
    limited(repeated("<rss><channel>", "<item/>", 300000, ""));
    limited(repeated("<rss><channel>", "<a/>", 2000000, ""));
    limited(repeated("{\"version\": \"1\", \"items\": [", "0,", 8 << 20, "0]}"));
}

static void
test_deep(void)
{
    /* what is deeper than a reader needs gives its text, and what follows is not lost */
    GString *text =
        repeated("<rss><channel><item><title>x</title><description>", "<b>", 3000, "deep");
    g_string_append(text, "</description></item><item><title>y</title></item></channel></rss>");
    AUTO(feed_free) struct feed *feed = parse(text->str);
    g_assert_cmpstr(item(feed, 1)->title, ==, "y");
    g_assert_nonnull(strstr(item(feed, 0)->summary_html, "deep"));
    g_string_free(text, TRUE);
}

static void
test_balance(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "<rss><channel><item><title>one</b></title><description>a<br>b</description><link>/1</item>"
        "<item><title>two</title><item><title>three</title></channel></rss>");
    g_assert_cmpuint(feed->items->len, ==, 3);
    g_assert_cmpstr(item(feed, 0)->title, ==, "one");
    g_assert_cmpstr(item(feed, 0)->summary_html, ==, "a<br>b</br>");
    g_assert_cmpstr(item(feed, 0)->link, ==, "http://example.org/1");
    g_assert_cmpstr(item(feed, 1)->title, ==, "two");
    g_assert_cmpstr(item(feed, 2)->title, ==, "three");
    g_assert_cmpstr(((const struct feed_warning *)g_ptr_array_index(feed->warnings, 0))->code, ==,
                    "malformed");
}

static void
test_stream(void)
{
    /* items that come before what they depend on */
    AUTO(feed_free) struct feed *feed = parse(
        "<rss><channel><item><link>a</link></item><link>https://city.example/news/</link></channel></rss>");
    g_assert_cmpuint(feed->items->len, ==, 1);
    g_assert_cmpstr(item(feed, 0)->link, ==, "https://city.example/news/a");
    /* text longer than any buffer, cut anywhere */
    GString *text = repeated("<rss><channel><item><description>",
                             "&lt;p&gt;длинно &amp;amp; 长&lt;/p&gt;\r\n", 9000,
                             "<![CDATA[\r\n<hr>\xc2\x92]]>");
    g_string_append(text, "</description></item></channel></rss>");
    AUTO(feed_free) struct feed *long_feed = parse(text->str);
    GString *want = repeated("", "<p>длинно &amp; 长</p>\n", 9000, "\n<hr>’");
    g_assert_cmpstr(item(long_feed, 0)->summary_html, ==, want->str);
    g_string_free(text, TRUE);
    g_string_free(want, TRUE);
}

static void
test_mojibake(void)
{
    AUTO(feed_free) struct feed *feed =
        parse("<rss><channel><title>a&#226;&#128;&#166;b&#151;&#146;</title></channel></rss>");
    g_assert_cmpstr(feed->title, ==, "a…b—’");
}

/*
 * What is cheap to send and dear to read is refused before it is read; what follows the document
 * costs nothing.
 */
static void
test_json_limit(void)
{
    struct feed_options options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[]}");
    gsize document = text->len;
    while (text->len < 6 << 20)
        g_string_append(text, "0,");
    AUTO(feed_free) struct feed *feed = feed_parse(text->str, text->len, &options, &error);
    g_assert_no_error(error);
    g_assert_nonnull(feed);
    g_string_truncate(text, document - strlen("]}"));
    while (text->len < 6 << 20)
        g_string_append(text, "0,");
    g_string_append(text, "0]}");
    g_assert_null(feed_parse(text->str, text->len, &options, &error));
    g_assert_error(error, FEED_ERROR, FEED_ERROR_LIMIT);
}

static void
test_json_repair(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"\\ud83d\\ude00 \\ud800\",\"items\":["
        "{\"id\":\"1\",\"title\":\"a\\\\\"},{\"id\":\"2\",\"tags\":[\"x\",\"y");
    g_assert_cmpstr(feed->title, ==, "😀 \xef\xbf\xbd");
    g_assert_cmpuint(feed->items->len, ==, 2);
    g_assert_cmpstr(item(feed, 0)->title, ==, "a\\");
    g_assert_cmpstr(item(feed, 1)->id, ==, "2");
    g_assert_cmpuint(feed->warnings->len, ==, 1);
}

static void
test_atom_modules(void)
{
    AUTO(feed_free) struct feed *feed = parse(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<entry><title>T</title><media:group><media:content url='v.mp4' type='video/mp4'/><media:thumbnail url='/t.jpg'/>"
        "<media:description>about it</media:description></media:group><dc:subject>roads</dc:subject></entry></feed>");
    const struct feed_item *i = item(feed, 0);
    g_assert_cmpstr(i->image, ==, "http://example.org/t.jpg");
    g_assert_cmpstr(i->summary_html, ==, "about it");
    g_assert_cmpstr(((const struct feed_enclosure *)g_ptr_array_index(i->media, 0))->url, ==,
                    "http://example.org/v.mp4");
    g_assert_cmpstr(((const struct feed_category *)g_ptr_array_index(i->categories, 0))->term, ==,
                    "roads");
}

/* What is too large is the largest there is, and what is too small is none. */
static void
test_numbers(void)
{
    static const struct {
        const char *text;
        gint64 ttl;
    } rows[] = {{"60", 60},
                {" -5 ", -5},
                {"99999999999999999999", G_MAXINT64},
                {"-99999999999999999999", FEED_NO_NUMBER},
                {"-", FEED_NO_NUMBER},
                {"soon", FEED_NO_NUMBER}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf(
            "<rss><channel><title>T</title><ttl>%s</ttl><item><title>a</title></item></channel></rss>",
            rows[i].text);
        AUTO(feed_free) struct feed *feed = parse(text);
        g_assert_cmpint(feed->ttl, ==, rows[i].ttl);
    }
}

static void
test_persons(void)
{
    static const char *const forms[][3] = {
        {"jsmith@example.org (John Smith)", "John Smith", "jsmith@example.org"},
        {"John Smith (mailto:jsmith@example.org)", "John Smith", "jsmith@example.org"},
        {"\"Smith, John\" <jsmith@example.org>", "Smith, John", "jsmith@example.org"},
        {"Ken \"Caesar\" Fisher", "Ken \"Caesar\" Fisher", NULL},
        {"Ann (City)", "Ann (City)", NULL},
        {"press@city.example", NULL, "press@city.example"},
        {"\"Пётр\" <p.ivanov@city.example>", "Пётр", "p.ivanov@city.example"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *escaped = g_markup_escape_text(forms[i][0], -1);
        g_autofree char *text = g_strdup_printf(
            "<rss><channel><item><author>%s</author></item></channel></rss>", escaped);
        AUTO(feed_free) struct feed *feed = parse(text);
        const struct feed_person *person = g_ptr_array_index(item(feed, 0)->authors, 0);
        g_assert_cmpstr(person->name, ==, forms[i][1]);
        g_assert_cmpstr(person->email, ==, forms[i][2]);
    }
}

static void
test_sitemap(void)
{
    static const char map[] =
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9' "
        "xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'><url><loc>/old</loc><lastmod>2024-01-01</lastmod></url>"
        "<url><loc>http://city.example/new</loc><lastmod>2025-01-01</lastmod><i:image><i:loc>/p.jpg</i:loc></i:image><n:news><n:publication>"
        "<n:name>City</n:name><n:language>ru</n:language></n:publication><n:publication_date>2025-06-01T08:30:00+08:00</n:publication_date>"
        "<n:title>A &amp; B</n:title><n:keywords>roads, water</n:keywords></n:news></url><url><lastmod>2025-01-01</lastmod></url></urlset>";
    refused(map, strlen(map), FEED_ERROR_NOT_A_FEED); /* unless they are asked for */
    struct feed_options options = {.url = "http://city.example/sitemap.xml", .sitemaps = true};
    AUTO(feed_free) struct feed *feed = feed_parse(map, strlen(map), &options, NULL);
    g_assert_cmpstr(feed->format, ==, "sitemap");
    g_assert_cmpuint(feed->items->len, ==, 2);
    const struct feed_item *newest = item(feed, 0);
    g_assert_cmpstr(newest->link, ==, "http://city.example/new");
    g_assert_cmpstr(newest->title, ==, "A & B");
    g_assert_cmpint(newest->published.time, ==, 1748737800);
    g_assert_cmpstr(newest->image, ==, "http://city.example/p.jpg");
    g_assert_cmpstr(newest->language, ==, "ru");
    g_assert_cmpuint(newest->categories->len, ==, 2);
    g_assert_cmpstr(item(feed, 1)->link, ==, "http://city.example/old");
    static const char index[] =
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc>/a.xml</loc><lastmod>2025-01-01</lastmod></sitemap>"
        "<sitemap><loc>/news-1.xml</loc><lastmod>2024-01-01</lastmod></sitemap>"
        "<sitemap><loc>/news-2.xml</loc><lastmod>2024-02-01</lastmod></sitemap></sitemapindex>";
    AUTO(feed_free) struct feed *parts = feed_parse(index, strlen(index), &options, NULL);
    g_assert_cmpstr(parts->format, ==, "sitemapindex");
    g_assert_cmpstr(parts->next, ==, "http://city.example/news-2.xml");
}

static void
test_paging(void)
{
    AUTO(feed_free) struct feed *paged =
        parse("<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='?page=2'/></feed>");
    g_assert_cmpstr(paged->next, ==, "http://example.org/feed?page=2");
    AUTO(feed_free) struct feed *archived = parse(
        "<rss xmlns:a='http://www.w3.org/2005/Atom'><channel><a:link rel='prev-archive' href='/2024.xml'/></channel></rss>");
    g_assert_cmpstr(archived->older, ==, "http://example.org/2024.xml");
}

static void
test_opml(void)
{
    const char *text =
        "<opml><head><title>Mine</title></head><body><outline text='City'><outline text='A' xmlUrl='http://a.example/'/>"
        "</outline></body></opml>";
    AUTO(opml_free) struct opml *opml = opml_parse(text, strlen(text), NULL);
    g_assert_nonnull(opml);
    const struct opml_feed *feed = g_ptr_array_index(opml->feeds, 0);
    g_assert_cmpstr(feed->url, ==, "http://a.example/");
    g_assert_cmpstr(feed->path[0], ==, "City");
}

void
add_tests(void)
{
    g_test_add_func("/feed/rss", test_rss);
    g_test_add_func("/feed/atom", test_atom);
    g_test_add_func("/feed/rdf", test_rdf);
    g_test_add_func("/feed/json", test_json);
    g_test_add_func("/feed/repair", test_repair);
    g_test_add_func("/feed/refused", test_refused);
    g_test_add_func("/feed/hostile", test_hostile);
    g_test_add_func("/feed/deep", test_deep);
    g_test_add_func("/feed/balance", test_balance);
    g_test_add_func("/feed/stream", test_stream);
    g_test_add_func("/feed/mojibake", test_mojibake);
    g_test_add_func("/feed/json-limit", test_json_limit);
    g_test_add_func("/feed/json-repair", test_json_repair);
    g_test_add_func("/feed/atom-modules", test_atom_modules);
    g_test_add_func("/feed/numbers", test_numbers);
    g_test_add_func("/feed/persons", test_persons);
    g_test_add_func("/feed/sitemap", test_sitemap);
    g_test_add_func("/feed/paging", test_paging);
    g_test_add_func("/feed/opml", test_opml);
}
