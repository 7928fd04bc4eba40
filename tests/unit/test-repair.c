/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds that a server or a program has spoilt: what stands before them, what was escaped twice,
 * JSON that is none.
 */
#include "config.h"

#include "feed/feed.h"
#include "feed/json-repair.h"
#include "unit/kit.h"

#define RSS \
    "<rss version='2.0'><channel><title>City</title><item><title>News</title></item></channel></rss>"
#define XML "<?xml version='1.0' encoding='utf-8'?>\n"
#define JSON(items) \
    "{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"City\", \"items\": [" items "]}"

/* "TITLE|TEXT of the first item|CODES of the warnings", or the word for the error. */
static char *
parsed(const char *text)
{
    struct feed_options options = {.url = "http://example.org/feed"};
    g_autoptr(GError) error = NULL;
    AUTO(feed_free) struct feed *feed = feed_parse(text, strlen(text), &options, &error);
    if (!feed)
        return g_strdup(feed_error_word(error));
    const struct feed_item *item = feed->items->len ? g_ptr_array_index(feed->items, 0) : NULL;
    const char *html = item ? item->content_html ? item->content_html : item->summary_html : NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_append_printf(out, "%s|%s|", item && item->title ? item->title : "", html ? html : "");
    for (guint i = 0; i < feed->warnings->len; i++)
        g_string_append_printf(
            out, "%s%s", i ? " " : "",
            ((const struct feed_warning *)g_ptr_array_index(feed->warnings, i))->code);
    return g_strdup(out->str);
}

static void
check(const char *text, const char *expected)
{
    g_autofree char *got = parsed(text);
    g_assert_cmpstr(got, ==, expected);
}

static void
test_before_xml(void)
{
    static const char *const junk[] = {
        "<br />\n<b>Warning</b>: mktime() in <b>/www/x.php</b> on line <b>3</b><br />\n",
        "<script>if (1 < 2) document.write('<rss>');</script>",
        "<p>Maintenance tonight<p>and tomorrow",
        "<style>a > b {}</style><div class='ad'><a href='/x'>Buy</a></div>\n\n",
        "<br /><font size='1'><table class='xdebug-error'><tr><th>Notice</th></tr></table></font>",
        "Notice: Undefined index in /www/x.php on line 3\n",
        "<!-- cached --><br>\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(junk); i++) {
        g_autofree char *declared = g_strconcat(junk[i], XML RSS, NULL),
                        *bare = g_strconcat(junk[i], RSS, NULL);
        check(declared, "News||malformed");
        check(bare, "News||malformed");
    }
    check(
        "<br/>" XML
        "<!DOCTYPE rss [<!ENTITY city 'Beiling'>]><rss><channel><item><title>&city;</title></item></channel></rss>",
        "Beiling||malformed");
    check(
        "<b>x</b><feed xmlns='http://www.w3.org/2005/Atom'><entry><title>News</title></entry></feed>",
        "News||malformed");
    /* a wrapper is not in front */
    check("<xml><rss><channel><item><title>News</title></item></channel></rss></xml>", "News||");
    check("<!-- no rss here -->" RSS, "News||");
}

static void
test_pages(void)
{
    check(
        "<!DOCTYPE html><html><head><title>x</title></head><body><pre><rss></rss></pre></body></html>",
        "not-a-feed");
    check("<html><body><p>See <code><rss></code></p></body></html>", "not-a-feed");
    check("<title>How to write RSS</title><p>Begin with <rss> and end with </rss>", "not-a-feed");
    check("<br /><b>Warning</b>: nothing follows<br />", "not-a-feed");
    check("<div>just a part</div><p>of a page", "not-a-feed");
    check("<html><body><script>" JSON("") "</script></body></html>", "not-a-feed");
}

/* The line that is told is the line of the file. */
static void
test_lines(void)
{
    struct feed_options options = {0};
    static const char text[] =
        "<br />\n<b>Warning</b>\n" XML
        "<rss><channel><item><pubDate>never</pubDate></item></channel></rss>";
    AUTO(feed_free) struct feed *feed = feed_parse(text, strlen(text), &options, NULL);
    const struct feed_warning *date = g_ptr_array_index(feed->warnings, 0);
    g_assert_cmpstr(date->code, ==, "bad-date");
    g_assert_cmpint(date->line, ==, 4);
}

static void
test_escaped_cdata(void)
{
    check(
        "<rss><channel><item><title>&lt;![CDATA[Tom &amp; Ann]]&gt;</title><description>&lt;![CDATA[some text]]&gt;</description></item></channel></rss>",
        "Tom & Ann|some text|");
    check(
        "<rss><channel><item><title><![CDATA[<![CDATA[News]]]]><![CDATA[>]]></title><description>&lt;![CDATA[&lt;p&gt;a&lt;/p&gt;]]&gt;</description>"
        "</item></channel></rss>",
        "News|<p>a</p>|");
    check(
        "<rss><channel><item><title>News</title><description><![CDATA[&lt;![CDATA[<p>a</p>]]&gt;]]></description></item></channel></rss>",
        "News|<p>a</p>|");
    check(JSON("{\"title\": \"<![CDATA[News]]>\", \"content_html\": \"<![CDATA[<p>a</p>]]>\"}"),
          "News|<p>a</p>|");
    /* a text that speaks of them keeps them */
    check(
        "<rss><channel><item><title>News</title><description><![CDATA[<pre>&lt;![CDATA[x]]&gt;</pre>]]></description></item></channel></rss>",
        "News|<pre>&lt;![CDATA[x]]&gt;</pre>|");
}

static void
check_content(const char *content, const char *expected)
{
    g_autofree char *feed = g_strdup_printf(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>News</title>%s</entry></feed>",
        content);
    g_autofree char *wanted = g_strdup_printf("News|%s|", expected);
    check(feed, wanted);
}

static void
test_atom_types(void)
{
    check_content("<content type='text/html; charset=utf-8'>&lt;p&gt;a&lt;/p&gt;</content>",
                  "<p>a</p>");
    check_content("<content type='TEXT/HTML;charset=UTF-8'>&lt;p&gt;a&lt;/p&gt;</content>",
                  "<p>a</p>");
    check_content("<content type='application/xhtml+xml'>&lt;p&gt;a&lt;/p&gt;</content>",
                  "<p>a</p>");
    check_content("<content type='xhtml'>&lt;p&gt;a&lt;/p&gt;</content>", "<p>a</p>");
    check_content(
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>&lt;p&gt; is a tag</div></content>",
        "&lt;p&gt; is a tag");
    check_content("<content type='text/plain; charset=utf-8'>1 &lt; 2</content>", "1 &lt; 2");
}

static void
test_json(void)
{
    static const char *const broken[] = {
        JSON("{\"title\": \"News\", \"content_html\": \"a\",},"),
        JSON(
            "{\"title\": \"News\", \"x\": NaN, \"y\": -Infinity, \"z\": undefined, \"t\": True, \"content_html\": \"a\"}"),
        JSON("// the news\n{\"title\": \"News\", /* and */ \"content_html\": \"a\"}"),
        JSON("{title: 'News', content_html: 'a'}"),
        JSON("{\"title\": \"News\"\n\"content_html\": \"a\"}"),
        JSON("{\"title\": \"News\", \"id\": 007, \"content_html\": \"a\"},,"),
        "show(" JSON("{\"title\": \"News\", \"content_html\": \"a\"}") ");",
        "/**/ page.show && page.show(" JSON("{\"title\": \"News\", \"content_html\": \"a\"}") ");",
        "var feed = " JSON("{\"title\": \"News\", \"content_html\": \"a\"}") ";",
        ")]}'\n" JSON("{\"title\": \"News\", \"content_html\": \"a\"}"),
        "while(1);" JSON("{\"title\": \"News\", \"content_html\": \"a\"}"),
        "<br />\n<b>Notice</b>: x<br />\n" JSON("{\"title\": \"News\", \"content_html\": \"a\"}"),
        "Notice: x in /www/x.php\n" JSON("{\"title\": \"News\", \"content_html\": \"a\"}"),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
        check(broken[i], "News|a|malformed");
    check("\xef\xbb\xbf" JSON("{\"title\": \"News\"}"), "News||");
    check(JSON("{\"title\": \"New\ns\t!\", \"content_html\": \"a\\qb\"}"), "New s !|aqb|malformed");
    check(JSON("{\"title\": \"He said \"no\" twice\"}"), "He said \"no\" twice||malformed");
    check("[1, 2, 3", "malformed");
    check("show([1, 2, 3])", "not-a-feed");
}

static void
test_repaired_json(void)
{
    g_autofree char *a = json_repair("[.5, +1, 5., 0x1f, 1e400]", 25);
    g_assert_cmpstr(a, ==, "[0.5, 1, 5, 31, null]");
    g_autofree char *b = json_repair("{\"a\": [1, 2", 11);
    g_assert_cmpstr(b, ==, "{\"a\": [1]}");
    g_autofree char *c = json_repair("{\"a\": \"x\\x41\\'\"} trailing", 25);
    g_assert_cmpstr(c, ==, "{\"a\": \"x\\u0041'\"}");
    g_autofree char *d = json_repair("", 0);
    g_assert_cmpstr(d, ==, "");
}

void
add_tests(void)
{
    g_test_add_func("/repair/before-xml", test_before_xml);
    g_test_add_func("/repair/pages", test_pages);
    g_test_add_func("/repair/lines", test_lines);
    g_test_add_func("/repair/escaped-cdata", test_escaped_cdata);
    g_test_add_func("/repair/atom-types", test_atom_types);
    g_test_add_func("/repair/json", test_json);
    g_test_add_func("/repair/repaired-json", test_repaired_json);
}
