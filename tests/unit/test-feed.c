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
    g_assert_cmpint(i->published, ==, 1055217600);
    g_assert_cmpstr(((const struct feed_person *)g_ptr_array_index(i->authors, 0))->name, ==, "Ann");
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
    g_assert_cmpint(item(feed, 0)->published, ==, 1748736000);
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
    refused("{\"a\": ", 6, FEED_ERROR_MALFORMED);
}

static void
test_hostile(void)
{
    /* entities are not expanded without bound, and no file is read */
    AUTO(feed_free) struct feed *feed = parse(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
        "<rss><channel><title>t&x;</title><item><title>&b;</title></item></channel></rss>");
    g_assert_null(strstr(feed->title, "root"));
    GString *quadratic = g_string_new("<!DOCTYPE rss [<!ENTITY a '");
    for (int i = 0; i < 100000; i++)
        g_string_append_c(quadratic, 'x');
    g_string_append(quadratic, "'>]><rss><channel><title>");
    for (int i = 0; i < 1000; i++)
        g_string_append(quadratic, "&a;");
    g_string_append(quadratic, "</title></channel></rss>");
    /* newer libxml2 stops by itself and says that the feed is malformed; older ones do not */
    struct feed_options options = {0};
    g_autoptr(GError) error = NULL;
    struct feed *bounded = feed_parse(quadratic->str, quadratic->len, &options, &error);
    g_string_free(quadratic, TRUE);
    if (bounded) {
        g_assert_cmpuint(bounded->warnings->len, >, 0);
        g_assert_cmpuint(bounded->title ? strlen(bounded->title) : 0, <, 11 << 20);
        feed_free(bounded);
    } else {
        g_assert_error(error, FEED_ERROR, FEED_ERROR_LIMIT);
    }
    GString *deep = g_string_new("<rss><channel>");
    for (int i = 0; i < 20000; i++)
        g_string_append(deep, "<x>");
    struct feed *nested = feed_parse(deep->str, deep->len, &options, NULL);
    if (nested)
        feed_free(nested);
    g_string_free(deep, TRUE);
}

static void
test_opml(void)
{
    const char *text = "<opml><head><title>Mine</title></head><body><outline text='City'><outline text='A' xmlUrl='http://a.example/'/>"
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
    g_test_add_func("/feed/opml", test_opml);
}
