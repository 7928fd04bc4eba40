/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML to blocks, the stored form, layout. */
#include "config.h"

#include "document/html.h"
#include "document/html-import.h"
#include "document/html-limit.h"
#include "document/layout.h"
#include "text/cells.h"
#include "unit/kit.h"

static void
plain_is(const char *html, const char *expected)
{
    AUTO(document_free) struct document *document = html_import_fragment(html, "http://example.org/a/b.html");
    g_autofree char *plain = document_plain(document);
    g_assert_cmpstr(plain, ==, expected);
}

static void
test_import(void)
{
    plain_is("<p>one\n  two</p><p> three</p>", "one two\n\nthree");
    plain_is("one<br><br>two", "one\n\ntwo");
    plain_is("<script>x</script><p style='display: none'>hidden</p><p>seen</p>", "seen");
    plain_is("<p>\xe3\x80\x80\xe3\x80\x80开头</p>", "开头");
    plain_is("<ul><li>a<ul><li>b</li></ul></li></ul>", "a\n\nb");
    plain_is("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a\tb\n1\t2");
    plain_is("<p>dash &#151; here</p>", "dash — here");
    plain_is("<p>a\033[2Jb</p>", "a[2Jb");
    plain_is("", "");
}

static void
test_links(void)
{
    AUTO(document_free) struct document *document = html_import_fragment(
        "<p><a href='../c.html'>rel</a> <a href='javascript:alert(1)'>script</a> <a href='file:///etc/passwd'>file</a></p>",
        "http://example.org/a/b.html");
    g_assert_cmpuint(document->links->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(document->links, 0), ==, "http://example.org/c.html");
}

static void
test_depth(void)
{
    GString *html = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append(html, "<div>");
    g_string_append(html, "deep");
    AUTO(document_free) struct document *document = html_import_fragment(html->str, NULL);
    g_assert_nonnull(document);
    g_string_free(html, TRUE);
}

static void
test_serialize(void)
{
    AUTO(document_free) struct document *document = html_import_fragment(
        "<h2>t</h2><p>a <b>bold</b> <a href='http://x.example/'>l</a></p><table><tr><td>1</td><td colspan=2>2</td></tr>"
        "<tr><td>3</td><td>4</td><td>5</td></tr></table><img src='http://x.example/p.png' alt='pic'>", NULL);
    g_autoptr(GBytes) bytes = document_serialize(document);
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    AUTO(document_free) struct document *again = document_deserialize(data, length);
    g_assert_nonnull(again);
    g_autofree char *a = document_html(document);
    g_autofree char *b = document_html(again);
    g_assert_cmpstr(a, ==, b);
    /* cut or changed anywhere it is refused or read, never a crash */
    for (gsize i = 0; i < length; i++) {
        struct document *cut = document_deserialize(data, i);
        g_assert_null(cut);
        g_autofree guint8 *copy = g_memdup2(data, length);
        copy[i] ^= 0xff;
        struct document *changed = document_deserialize(copy, length);
        if (changed)
            document_free(changed);
    }
}

static char *
laid_out(const char *html, int width, bool ascii)
{
    AUTO(document_free) struct document *document = html_import_fragment(html, "http://example.org/");
    struct layout_options options = {.width = width, .ascii = ascii};
    AUTO(layout_free) struct layout *layout = layout_new(document, &options);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < layout->lines->len; i++)
        g_string_append_printf(out, "%s\n", ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
    return g_string_free(out, FALSE);
}

static void
test_layout(void)
{
    g_autofree char *list = laid_out("<ol><li>first thing</li><li>second</li></ol>", 10, false);
    g_assert_cmpstr(list, ==, "1. first\n   thing\n2. second\n");
    g_autofree char *quote = laid_out("<blockquote>a b</blockquote>", 20, false);
    g_assert_cmpstr(quote, ==, "│ a b\n");
    g_autofree char *ascii = laid_out("<blockquote>a</blockquote><ul><li>b</li></ul>", 20, true);
    g_assert_cmpstr(ascii, ==, "| a\n\n* b\n");
    g_autofree char *link = laid_out("<p><a href='/x'>there</a></p>", 20, false);
    g_assert_cmpstr(link, ==, "there[1]\n");
}

static void
test_table(void)
{
    const char *html = "<table><tr><th>Day</th><th>Street</th><th>Hours</th></tr><tr><td>16</td><td>Zhongshan Street and Riverside Road</td><td>8-12</td></tr></table>";
    g_autofree char *wide = laid_out(html, 80, false);
    g_assert_cmpstr(wide, ==, "Day │ Street                              │ Hours\n"
                              "────┼─────────────────────────────────────┼──────\n"
                              "16  │ Zhongshan Street and Riverside Road │ 8-12\n");
    g_autofree char *nearly = laid_out(html, 40, false);
    g_assert_nonnull(strstr(nearly, "16  │ Zhongshan Street and"));
    g_autofree char *narrow = laid_out(html, 16, false);
    g_assert_cmpstr(narrow, ==, "Day: 16\nStreet:\n  Zhongshan\n  Street and\n  Riverside Road\nHours: 8-12\n");
}

static void
test_table_modes(void)
{
    const char *html = "<table><tr><th>Day</th><th>Households</th></tr><tr><td>16</td><td><a href='/x'>1240 in Riverside Road</a></td></tr></table>";
    AUTO(document_free) struct document *document = html_import_fragment(html, "http://example.org/");
    struct layout_options whole = {.width = 10, .tables = LAYOUT_TABLES_WHOLE}, records = {.width = 80, .tables = LAYOUT_TABLES_RECORDS};
    AUTO(layout_free) struct layout *drawn = layout_new(document, &whole);
    const struct layout_line *last = g_ptr_array_index(drawn->lines, 2);
    g_assert_cmpstr(last->text, ==, "16  │ 1240 in Riverside Road[1]");
    guint linked = 0; /* what leads on in a cell can be focused */
    for (guint i = 0; i < last->runs->len; i++)
        linked += g_array_index(last->runs, struct layout_run, i).link == 1 && !(g_array_index(last->runs, struct layout_run, i).style & LAYOUT_DIM);
    g_assert_cmpuint(linked, ==, 1);
    AUTO(layout_free) struct layout *told = layout_new(document, &records);
    g_assert_cmpstr(((const struct layout_line *)g_ptr_array_index(told->lines, 1))->text, ==, "Households: 1240 in Riverside Road[1]");
    /* a column is not made so narrow that a word is cut */
    for (int width = 8; width < 60; width++) {
        g_autofree char *text = laid_out(html, width, false);
        if (width >= 10)
            g_assert_nonnull(strstr(text, "Households"));
    }
    g_autofree char *rules = laid_out("<p>a</p><hr><hr><hr><p>b</p>", 4, true);
    g_assert_cmpstr(rules, ==, "a\n\n----\n\nb\n");
}

/* Whatever the width: no line begins with a closing mark or ends with an opening one, and what must not be parted is not. */
static void
test_line_ends(void)
{
    const char *html = "<p>市长说：“请阅读《北岭日报》（第五版），谢谢。”随后，他介绍了《规划》、《办法》等文件；会议结束！</p>"
                       "<p>В доме №\u00a05 по ул.\u00a0Ленина отключат воду с\u00a08:00 до 12:00, подробности\u00a0— в приложении.</p>";
    static const char *const closing[] = {"，", "。", "”", "》", "）", "、", "；", "！", "：", NULL}, *const opening[] = {"《", "“", "（", NULL};
    for (int width = 12; width < 60; width++) { /* what cannot be broken takes up to eleven cells */
        g_autofree char *text = laid_out(html, width, false);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (char **line = lines; *line; line++) {
            for (const char *const *mark = closing; *mark; mark++)
                g_assert_false(g_str_has_prefix(*line, *mark));
            for (const char *const *mark = opening; *mark; mark++)
                g_assert_false(g_str_has_suffix(*line, *mark));
            g_assert_cmpint(cells_width(*line, -1), <=, width);
            if (width >= 20) {
                g_assert_false(g_str_has_suffix(*line, "№"));
                g_assert_false(g_str_has_suffix(*line, "ул."));
                g_assert_false(g_str_has_prefix(*line, "—"));
            }
        }
    }
}

/* libxml2 compares each attribute with all others: 200 000 of them take a minute */
static void
test_attributes(void)
{
    GString *html = g_string_new("<p id='kept' ");
    for (int i = 0; i < 100000; i++)
        g_string_append_printf(html, "a%d=\"x > y\" b%d ", i, i);
    g_string_append(html, "class=late>The text</p><script>if (a<b ");
    for (int i = 0; i < 1000; i++)
        g_string_append(html, "word ");
    g_string_append(html, ") { }</script><!-- <i ");
    for (int i = 0; i < 1000; i++)
        g_string_append(html, "word ");
    g_string_append(html, "-->");
    g_autofree char *limited = html_limit_attributes(html->str, html->len);
    g_assert_nonnull(limited);
    g_assert_cmpuint(strlen(limited), ==, html->len);
    g_assert_null(strstr(limited, "a90000=")); /* surplus */
    g_assert_nonnull(strstr(limited, "id='kept'"));
    g_assert_nonnull(strstr(limited, ">The text</p><script>if (a<b word "));
    g_assert_true(g_str_has_suffix(limited, "word word -->")); /* neither script nor comment has attributes */
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(html->str, html->len);
    guint count = 0;
    const xmlNode *p = xmlDocGetRootElement(page)->children->children;
    for (const xmlAttr *a = p->properties; a; a = a->next)
        count++;
    g_assert_cmpuint(count, ==, 500);
    g_autofree char *text = html_text(p);
    g_assert_cmpstr(text, ==, "The text");
    g_assert_null(html_limit_attributes("<a href='x'>x</a><", 18));
    g_assert_null(html_limit_attributes("<a href='x", 10));
    g_assert_null(html_limit_attributes("<!--<!--<!--", 12));
    g_string_free(html, TRUE);
}

void
add_tests(void)
{
    g_test_add_func("/document/import", test_import);
    g_test_add_func("/document/links", test_links);
    g_test_add_func("/document/depth", test_depth);
    g_test_add_func("/document/attributes", test_attributes);
    g_test_add_func("/document/serialize", test_serialize);
    g_test_add_func("/layout/blocks", test_layout);
    g_test_add_func("/layout/table", test_table);
    g_test_add_func("/layout/table/modes", test_table_modes);
    g_test_add_func("/layout/line-ends", test_line_ends);
}
