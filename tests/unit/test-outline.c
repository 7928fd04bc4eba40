/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subscriptions in other readers' files, newsboat's filters among them, and as OPML. */
#include "config.h"

#include "config/newsboat.h"
#include "config/outline.h"
#include "config/settings.h"
#include "feed/opml.h"
#include "unit/kit.h"

static void
filter(const char *filter, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *query = newsboat_translate(filter, &error);
    if (!expected) {
        g_assert_cmpstr(query, ==, NULL);
        g_assert_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX);
        return;
    }
    g_assert_no_error(error);
    g_assert_cmpstr(query, ==, expected);
    g_assert_true(newsboat_is_filter(filter));
    g_assert_false(newsboat_is_filter(query));
}

static void
test_filters(void)
{
    filter("unread = \"yes\"", "is:unread");
    filter("unread=\"no\"", "is:read");
    filter("unread != \"yes\"", "is:read");
    filter("title =~ \"snow\"", "title:snow");
    filter("title !~ \"snow\"", "-title:snow");
    filter("title =~ \"снег|lo d\"", "(title:снег OR title:\"lo d\")");
    filter("title !~ \"(a|b)\"", "-(title:a OR title:b)");
    filter("tags # \"city\"", "tag:city");
    filter("tags !# \"two words\"", "-tag:\"two words\"");
    filter("age < 7", "since:7d");
    filter("age <= 7", "since:8d");
    filter("age > 7", "-since:8d");
    filter("age >= 7", "-since:7d");
    filter("age between 2:5", "since:6d -since:2d");
    filter("age between 0:5", "since:6d");
    filter("feedtitle = \"City \\\"A\\\"\"", "source:\"City \\\"A\\\"\"");
    filter("rssurl != \"http://a.example/\"", "-source:http://a.example/");
    filter("unread = \"yes\" and (tags # \"a\" or age < 2)", "is:unread (tag:a OR since:2d)");
    filter("(unread = \"yes\")", "(is:unread)");
}

/* What would list other articles than it did in newsboat. */
static void
test_filters_refused(void)
{
    filter("title =~ \"^snow\"", NULL);
    filter("title = \"snow\"", NULL);
    filter("title =~ \"a||b\"", NULL);
    filter("title =~ \"\"", NULL);
    filter("content =~ \"snow\"", NULL);
    filter("flags # \"s\"", NULL);
    filter("unread = \"maybe\"", NULL);
    filter("age = 7", NULL);
    filter("age < x", NULL);
    filter("age < 99999999999999999999", NULL);
    filter("age between 5:2", NULL);
    filter("unread = \"yes\" and tags # \"a\" or tags # \"b\"", NULL);
    filter("unread = \"yes\" and", NULL);
    filter("unread = \"yes\" tags # \"a\"", NULL);
    filter("(unread = \"yes\"", NULL);
    filter("unread", NULL);
    filter("", NULL);
    g_autofree char *deep = g_strnfill(1000, '(');
    filter(deep, NULL);
}

/* "URL|TITLE|TAG,TAG" or "URL!WHY" for what is refused, a line each. */
static void
lists(GPtrArray *outlines, const char *expected)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autofree char *tags = g_strjoinv(",", outline->tags);
        if (outline->why)
            g_string_append_printf(out, "%s!%s\n", outline->url, outline->why);
        else
            g_string_append_printf(out, "%s|%s|%s\n", outline->url,
                                   outline->title ? outline->title : "", tags);
    }
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
    g_ptr_array_unref(outlines);
}

static void
test_lines(void)
{
    lists(outlines_of_urls("\xef\xbb\xbf# mine\n\nhttp://a.example/ \"city\" \"~A \\\"b\\\"\"\r\n"
                           "feed:https://b.example/ \"!\"\nfeed://c.example/ \"!quiet\"\n"
                           "portal:beiling/ru\n",
                           true),
          "http://a.example/|A \"b\"|city\nhttps://b.example/||hidden\n"
          "http://c.example/||quiet,hidden\nportal:beiling/ru||\n");
    lists(outlines_of_urls("\"query:New:unread = \\\"yes\\\"\"\n\"query:Own:is:starred\"\n"
                           "\"query:Odd:author =~ \\\"x\\\"\"\n",
                           true),
          "query:New:is:unread||\nquery:Own:is:starred||\n"
          "query:Odd:author =~ \"x\"!crier's query language cannot say 'author =~ \"x\"'\n");
    lists(
        outlines_of_urls(
            "exec:~/x\n\"filter:x:http://a.example/\"\nfile:///etc/passwd\n/etc/x\nnews/rss.xml\n"
            "http://a.example/\xff\nhttp://a.example/ \"x\nhttps://u:***@a.example/\n",
            true),
        "exec:~/x!it would run a command\nfilter:x:http://a.example/!it would run a command\n"
        "file:///etc/passwd!it is a file of this machine, which only 'crier add' subscribes to\n"
        "/etc/x!it is a file of this machine, which only 'crier add' subscribes to\n"
        "news/rss.xml!it is no address of the web\nhttp://a.example/\xef\xbf\xbd!the line is not UTF-8\n"
        "http://a.example/ \"x!a quotation mark is missing\n"
        "https://u:***@a.example/!a secret was left out of it when it was written\n");
}

static void
test_sfeedrc(void)
{
    const char *text =
        "#sfeedpath=\"$HOME/feeds\"\nfeeds() {\n"
        "\tfeed 'City news' 'http://a.example/rss' 'http://a.example' 'koi8-r'\n"
        "  feed \"B\" https://b.example/ # later\n\t# feed 'C' 'http://c.example/'\n"
        "\tfeed 'D' \"$BASE/d\"\n\tfeed 'E\n\tfeed 'F'\n}\nfetch() { curl \"$2\"; }\n";
    g_assert_cmpstr(outlines_guess(text), ==, "sfeedrc");
    lists(
        outlines_of_sfeedrc(text),
        "http://a.example/rss|City news|\nhttps://b.example/|B|\n"
        "$BASE/d!only a shell knows what this stands for\n"
        "feed 'E!it is not written as feed 'name' 'url'\nfeed 'F'!it is not written as feed 'name' 'url'\n");
    g_assert_cmpstr(outlines_guess("http://a.example/ feed\n"), ==, "urls");
    g_assert_cmpstr(outlines_guess("  <?xml?><opml/>"), ==, "opml");
    g_assert_cmpstr(outlines_guess("\xef\xbb\xbf{\"link\": 1}"), ==, "state");
    g_assert_cmpstr(outlines_guess(""), ==, "urls");
}

static GPtrArray *
of_opml(const char *text)
{
    g_autoptr(GError) error = NULL;
    AUTO(opml_free) struct opml *opml = opml_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    return g_steal_pointer(&opml->outlines);
}

static void
test_opml(void)
{
    lists(
        of_opml(
            "<opml version='1.0'><body><outline text='City'><outline text='District'>"
            "<outline title='A &amp;lt;b' xmlUrl='http://a.example/?x=1&amp;y=2' category='/Snow/Ice,Rain'/>"
            "</outline><outline text='http://b.example/' xmlurl='feed://b.example/'/></outline>"
            "<outline text='I' type='include' url='http://c.example/x.opml'/>"
            "<outline text='X' type='HTML+XPath' xmlUrl='http://d.example/'/>"
            "<outline text='F' xmlUrl='file:///x'/><outline text='R' xmlUrl='rss.xml'/>"
            "<outline text='L' type='link' url='http://e.example/'/></body></opml>"),
        "http://a.example/?x=1&y=2|A <b|City,District,Snow,Ice,Rain\n"
        "http://b.example/|http://b.example/|City\n"
        "http://c.example/x.opml!it includes another list, which is not asked for\n"
        "http://d.example/!xPathItem is missing\n"
        "file:///x!it is a file of this machine, which only 'crier add' subscribes to\n"
        "rss.xml!it is no address of the web\n");
}

/* Whatever a line says comes back, in its place. */
static void
test_round_trip(void)
{
    const char *urls =
        "http://a.example/?x=1&y=2 \"city, big\" \"list\" \"~A <b> \\\"c\\\" \\\\\"\n"
        "http://b.example/\nportal:beiling/ru \"city, big\" \"a/b\"\n"
        "\"query:New:is:unread title:\\\"two words\\\"\"\n"
        "https://c.example/ \"x\"\nhttps://d.example/ \"x\" \"y\"\n"
        "https://e.example/ \"x\"\n\"http://f.example/\\\"\"\n";
    g_autoptr(GPtrArray) first = outlines_of_urls(urls, false);
    ((struct outline *)g_ptr_array_index(first, 1))->shown = g_strdup("Not the user's");
    ((struct outline *)g_ptr_array_index(first, 2))->home = g_strdup("http://beiling.example/?a&b");
    g_autofree char *same = outlines_to_urls(first), *opml = outlines_to_opml(first, "a & b");
    g_assert_cmpstr(same, ==, urls);
    g_autoptr(GPtrArray) second = of_opml(opml);
    g_autofree char *back = outlines_to_urls(second);
    g_assert_cmpstr(back, ==, urls);
    for (guint i = 0; i < second->len; i++) {
        struct outline *outline = g_ptr_array_index(second, i);
        g_autofree char *json = outline_to_json(outline), *line = outline_line(outline);
        struct outline *other = outline_from_json(json);
        g_autofree char *again = outline_line(other);
        g_assert_cmpstr(again, ==, line);
        outline_free(other);
    }
    g_assert_null(outline_from_json("{\"url\": 1}"));
    g_assert_null(outline_from_json("["));
}

void
add_tests(void)
{
    g_test_add_func("/outline/filters", test_filters);
    g_test_add_func("/outline/filters-refused", test_filters_refused);
    g_test_add_func("/outline/lines", test_lines);
    g_test_add_func("/outline/sfeedrc", test_sfeedrc);
    g_test_add_func("/outline/opml", test_opml);
    g_test_add_func("/outline/round-trip", test_round_trip);
}
