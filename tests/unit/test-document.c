/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML to blocks, the stored form, layout. */
#include "config.h"

#include "document/html.h"
#include "document/html-import.h"
#include "document/html-limit.h"
#include "document/layout.h"
#include "text/cells.h"
#include "unit/kit.h"

#include <libxml/HTMLtree.h>

static void
plain_is(const char *html, const char *expected)
{
    AUTO(document_free) struct document *document =
        html_import_fragment(html, "http://example.org/a/b.html");
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
    plain_is("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
             "a\tb\n1\t2");
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
        "<tr><td>3</td><td>4</td><td>5</td></tr></table><img src='http://x.example/p.png' alt='pic'>",
        NULL);
    g_autoptr(GBytes) bytes = document_serialize(document);
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    AUTO(document_free) struct document *again = document_deserialize(data, length);
    g_assert_nonnull(again);
    g_autofree char *a = document_html(document);
    g_autofree char *b = document_html(again);
    g_assert_cmpstr(a, ==, b);
    g_autofree char *plain = document_plain(document),
                    *stored = document_stored_plain(data, length);
    g_assert_cmpstr(stored, ==, plain);
    /* cut or changed anywhere it is refused or read, never a crash */
    for (gsize i = 0; i < length; i++) {
        g_assert_null(document_stored_plain(data, i));
        g_assert_false(document_is_stored(data, i));
        struct document *cut = document_deserialize(data, i);
        g_assert_null(cut);
        g_autofree guint8 *copy = g_memdup2(data, length);
        copy[i] ^= 0xff;
        struct document *changed = document_deserialize(copy, length);
        g_assert_true(document_is_stored(copy, length) == (changed != NULL));
        g_autofree char *text = document_stored_plain(copy, length);
        g_autofree char *same = changed ? document_plain(changed) : NULL;
        g_assert_true(!changed || g_str_equal(text, same));
        if (changed)
            document_free(changed);
    }
}

/* In which quotations blocks stand, and where those begin, is stored. */
static void
test_quotations(void)
{
    static const struct {
        enum block_type type;
        guint quotes, shared;
    } blocks[] = {{BLOCK_QUOTE, 1, 0},   {BLOCK_QUOTE, 1, 1}, {BLOCK_QUOTE, 1, 0},
                  {BLOCK_HEADING, 1, 0}, {BLOCK_ITEM, 2, 1},  {BLOCK_QUOTE, 2, 1},
                  {BLOCK_TABLE, 1, 1},   {BLOCK_PRE, 2, 0},   {BLOCK_PARAGRAPH, 0, 0}};
    AUTO(document_free) struct document *document = html_import_fragment(
        "<blockquote><p>a</p><p>b</p></blockquote><blockquote>c</blockquote><blockquote></blockquote>"
        "<blockquote><h2>d</h2><blockquote><ul><li>e</li></ul></blockquote><blockquote>f</blockquote>"
        "<table><tr><td>g</td><td>h</td></tr></table></blockquote><blockquote><blockquote><pre>i</pre></blockquote></blockquote>"
        "<p>j</p>",
        NULL);
    g_autoptr(GBytes) bytes = document_serialize(document);
    AUTO(document_free) struct document *again =
        document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_assert_cmpuint(again->blocks->len, ==, G_N_ELEMENTS(blocks));
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
        const struct block *block = g_ptr_array_index(again->blocks, i),
                           *before = i ? g_ptr_array_index(again->blocks, i - 1) : NULL;
        g_assert_cmpuint(block->type, ==, blocks[i].type);
        g_assert_cmpuint(block_quotations(block), ==, blocks[i].quotes);
        g_assert_cmpuint(block_shared_quotations(block, before), ==, blocks[i].shared);
    }
}

static struct document *
of_hex(const char *hex)
{
    GByteArray *bytes = g_byte_array_new();
    for (const char *p = hex; *p; p += 2) {
        guint8 byte = (guint8)(g_ascii_xdigit_value(p[0]) << 4 | g_ascii_xdigit_value(p[1]));
        g_byte_array_append(bytes, &byte, 1);
    }
    struct document *document = document_deserialize(bytes->data, bytes->len);
    g_byte_array_unref(bytes);
    return document;
}

/* What the first version stored is read as long as there are such stores. */
static void
test_first_version(void)
{
    AUTO(document_free) struct document *document = of_hex(
        "0102076d61696c746f3a11687474703a2f2f782e6578616d706c652f0502020000000154000001000000000a6120626f6c64206d206c030204010007010001090100020003"
        "0102312e0000016900000600000000000002020101000131000201000132000301010001330001010001340001010001350007000016687474703a2f2f782e6578616d706c"
        "652f702e706e6703706963000000");
    g_assert_nonnull(document);
    g_autofree char *html = document_html(document);
    g_assert_cmpstr(
        html, ==,
        "<h2>T</h2>\n<p>a <strong>bold</strong> <a href=\"mailto:\">m</a> <a href=\"http://x.example/\">l</a></p>\n<ol><li value=\"1\">i</li></ol>\n"
        "<table>\n<tr><td>1</td><td colspan=\"2\">2</td></tr>\n<tr><td>3</td><td>4</td><td>5</td></tr>\n</table>\n"
        "<figure><img src=\"http://x.example/p.png\" alt=\"pic\"></figure>\n");
}

/* A store may be anybody's: what no document of this program holds is refused whole. */
static void
test_refused(void)
{
    static const char *const whole[] = {"01"
                                        "00"
                                        "01"
                                        "01"
                                        "00"
                                        "000000"
                                        "04"
                                        "61c3a962"
                                        "00"
                                        "00",
                                        "01"
                                        "00"
                                        "01"
                                        "01"
                                        "00"
                                        "000000"
                                        "04"
                                        "61c3a962"
                                        "01"
                                        "01020100"
                                        "00"};
    for (gsize i = 0; i < G_N_ELEMENTS(whole); i++) {
        AUTO(document_free) struct document *document = of_hex(whole[i]);
        g_assert_nonnull(document);
    }
    static const char *const refused[] = {
        /* a span from within a character */
        "01"
        "00"
        "01"
        "01"
        "00"
        "000000"
        "04"
        "61c3a962"
        "01"
        "02010100"
        "00",
        /* and to within one */
        "01"
        "00"
        "01"
        "01"
        "00"
        "000000"
        "04"
        "61c3a962"
        "01"
        "00020100"
        "00",
        /* a style that there is not */
        "01"
        "00"
        "01"
        "01"
        "00"
        "000000"
        "04"
        "61c3a962"
        "01"
        "00018010"
        "00"
        "00",
        /* a control */
        "01"
        "00"
        "01"
        "01"
        "00"
        "000000"
        "03"
        "611b62"
        "00"
        "00",
        /* a bidirectional override */
        "01"
        "00"
        "01"
        "01"
        "00"
        "000000"
        "05"
        "61e280ae62"
        "00"
        "00",
        /* a kind that there is not */
        "01"
        "00"
        "01"
        "0d"
        "00"
        "000000"
        "00"
        "00"
        "00",
        "01"
        "00"
        "01"
        "03"
        "ffffffff07"
        "01"
        "2d"
        "0000"
        "00"
        "00"
        "00", /* a level */
        /* javascript:j() */
        "01"
        "01"
        "0d"
        "6a6176617363726970743a6a2829"
        "00",
        /* file:///x */
        "01"
        "01"
        "09"
        "66696c653a2f2f2f78"
        "00",
        /* a line break in a URL */
        "01"
        "01"
        "0c"
        "687474703a2f2f782f0a2f61"
        "00",
        /* a picture of another scheme */
        "01"
        "00"
        "01"
        "07"
        "00"
        "00"
        "04"
        "783a2f2f"
        "00"
        "00"
        "00"
        "00",
        /* what is embedded is somewhere */
        "01"
        "00"
        "01"
        "0b"
        "00"
        "000000"
        "00"
        "00"
        "00",
        /* a cell of 65535 columns */
        "01"
        "00"
        "01"
        "06"
        "00"
        "000000"
        "00"
        "00"
        "01"
        "01"
        "ffff03"
        "01"
        "00"
        "00"
        "00",
        /* another version */
        "02"
        "00"
        "00",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_test_message("%s", refused[i]);
        g_assert_null(of_hex(refused[i]));
    }
    /* mail that would attach a file is read without that */
    AUTO(document_free) struct document *mail =
        of_hex("01"
               "01"
               "16"
               "6d61696c746f3a61406f2e753f6174746163683d2f78"
               "00");
    g_assert_nonnull(mail);
    g_assert_cmpstr(g_ptr_array_index(mail->links, 0), ==, "mailto:a@o.u");
}

/* Text is text in Markdown and HTML too, whoever wrote it. */
static void
test_injection(void)
{
    AUTO(document_free) struct document *document = html_import_fragment(
        "<pre>a\n```\n&lt;script&gt;x&lt;/script&gt;</pre><p><code>a``b`</code> &lt;b&gt; &amp;lt; [x](y) # ~~z~~</p>"
        "<p><a href='http://a.example/>) &lt;i&gt;&quot;'>l]k</a></p><p># a</p><p>- b<br>1. c<br>===</p><p>+ d</p>"
        "<table><tr><td>a|b<td>c<tr><td>d<td>e<br>f</table><ul><li># g</ul><h2>h<br>i</h2><img src='http://a.example/(p).jpg' alt='![x](y)'>",
        NULL);
    g_autofree char *markdown = document_markdown(document);
    g_assert_cmpstr(
        markdown, ==,
        "````\na\n```\n<script>x</script>\n````\n\n``` a``b` ``` \\<b\\> \\&lt; \\[x\\](y) # \\~\\~z\\~\\~\n\n"
        "[l\\]k](http://a.example/%3E%29%20%3Ci%3E%22)\n\n\\# a\n\n\\- b  \n1\\. c  \n\\===\n\n\\+ d\n\n"
        "| a\\|b | c |\n| --- | --- |\n| d | e f |\n\n- \\# g\n\n## h i\n\n![!\\[x\\](y)](http://a.example/%28p%29.jpg)\n");
    g_autofree char *html = document_html(document);
    g_assert_null(strstr(html, "<script"));
    g_assert_null(strstr(html, "<i>"));
    g_autofree char *title = markdown_text("# <b>\n*x*");
    g_assert_cmpstr(title, ==, "\\# \\<b\\> \\*x\\*");
}

static char *
laid_out(const char *html, int width, bool ascii)
{
    AUTO(document_free) struct document *document =
        html_import_fragment(html, "http://example.org/");
    struct layout_options options = {.width = width, .ascii = ascii};
    AUTO(layout_free) struct layout *layout = layout_new(document, &options);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < layout->lines->len; i++)
        g_string_append_printf(
            out, "%s\n", ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
    return g_string_free(out, FALSE);
}

static void
test_layout(void)
{
    g_autofree char *list = laid_out("<ol><li>first thing</li><li>second</li></ol>", 10, false);
    g_assert_cmpstr(list, ==, "1. first\n   thing\n2. second\n");
    g_autofree char *quote = laid_out("<blockquote>a b</blockquote>", 20, false);
    g_assert_cmpstr(quote, ==, "│ a b\n");
    g_autofree char *deep =
                        laid_out("<blockquote><blockquote><blockquote><blockquote><blockquote>a"
                                 "<blockquote>b</blockquote></blockquote></blockquote></blockquote>"
                                 "</blockquote></blockquote>",
                                 20, false),
                    *wide = laid_out("<blockquote><blockquote><blockquote><blockquote><blockquote>a"
                                     "</blockquote></blockquote></blockquote></blockquote>"
                                     "</blockquote>",
                                     40, true);
    g_assert_cmpstr(deep, ==, "│ │ │ │ │ a\n\n6│ b\n");
    g_assert_cmpstr(wide, ==, "| | | | | a\n");
    g_autofree char *ascii = laid_out("<blockquote>a</blockquote><ul><li>b</li></ul>", 20, true);
    g_assert_cmpstr(ascii, ==, "| a\n\n* b\n");
    g_autofree char *link = laid_out("<p><a href='/x'>there</a></p>", 20, false);
    g_assert_cmpstr(link, ==, "there[1]\n");
}

/* However deep a list is, a narrow screen keeps room for its words. */
static void
test_deep_list(void)
{
    GString *html = g_string_new(NULL);
    for (int i = 0; i < 12; i++)
        g_string_append_printf(html, "<ul><li>level %d", i);
    g_autofree char *text = laid_out(html->str, 20, false);
    g_assert_nonnull(strstr(text, "\n  • level 1\n    • level 2\n    • level 3\n"));
    g_assert_true(g_str_has_suffix(text, "\n    • level 11\n"));
    g_string_free(html, TRUE);
}

static void
test_pre(void)
{
    g_autofree char *columns = laid_out("<pre>a\tb\n  abc\td\n\n&lt;x&gt;</pre>", 40, false);
    g_assert_cmpstr(columns, ==, "a       b\n  abc   d\n\n<x>\n");
    g_autofree char *narrow = laid_out("<pre>one two three\n停水通知</pre>", 5, false);
    g_assert_cmpstr(narrow, ==, "one t\nwo th\nree\n停水\n通知\n");
}

static void
test_table(void)
{
    const char *html =
        "<table><tr><th>Day</th><th>Street</th><th>Hours</th></tr><tr><td>16</td><td>Zhongshan Street and Riverside Road</td><td>8-12</td></tr></table>";
    g_autofree char *wide = laid_out(html, 80, false);
    g_assert_cmpstr(wide, ==,
                    "Day │ Street                              │ Hours\n"
                    "────┼─────────────────────────────────────┼──────\n"
                    "16  │ Zhongshan Street and Riverside Road │ 8-12\n");
    g_autofree char *nearly = laid_out(html, 40, false);
    g_assert_nonnull(strstr(nearly, "16  │ Zhongshan Street and"));
    g_autofree char *narrow = laid_out(html, 16, false);
    g_assert_cmpstr(narrow, ==,
                    "Day: 16\nStreet:\n  Zhongshan\n  Street and\n  Riverside Road\nHours: 8-12\n");
}

/* The beginning alone is the same as that of the whole. */
static void
test_beginning(void)
{
    const char *html = "<p>one</p><hr><hr><p>two three four</p><ul><li>a<li>b</ul><p>five</p>";
    AUTO(document_free) struct document *document =
        html_import_fragment(html, "http://example.org/");
    g_autofree char *whole = laid_out(html, 8, false);
    for (guint lines = 1; lines < 20; lines++) {
        struct layout_options options = {.width = 8, .lines = lines};
        AUTO(layout_free) struct layout *layout = layout_new(document, &options);
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < layout->lines->len; i++)
            g_string_append_printf(
                text, "%s\n",
                ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
        g_assert_true(g_str_has_prefix(whole, text->str));
        bool all = layout->blocks == document->blocks->len;
        g_assert_cmpint(all, ==, g_str_equal(whole, text->str));
        g_assert_true(all || layout->lines->len >= lines);
        g_assert_true(all || layout->lines->len < lines + 4);
    }
}

/*
 * Whatever the width: no line begins with a closing mark or ends with an opening one, and what must
 * not be parted is not.
 */
static void
test_line_ends(void)
{
    const char *html =
        "<p>市长说：“请阅读《北岭日报》（第五版），谢谢。”随后，他介绍了《规划》、《办法》等文件；会议结束！</p>"
        "<p>В доме №\u00a05 по ул.\u00a0Ленина отключат воду с\u00a08:00 до 12:00, подробности\u00a0— в приложении.</p>";
    static const char *const closing[] = {"，", "。", "”",  "》", "）",
                                          "、", "；", "！", "：", NULL},
                             *const opening[] = {"《", "“", "（", NULL};
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
    AUTO(html_limits_clear) struct html_limits limits;
    html_limit(html->str, html->len, &limits);
    const char *limited = limits.copy;
    g_assert_nonnull(limited);
    g_assert_cmpuint(limits.kept, ==, html->len);
    g_assert_cmpuint(strlen(limited), ==, html->len);
    g_assert_null(strstr(limited, "a90000=")); /* surplus */
    g_assert_nonnull(strstr(limited, "id='kept'"));
    g_assert_nonnull(strstr(limited, ">The text</p><script>if (a<b word "));
    /* neither script nor comment has attributes */
    g_assert_true(g_str_has_suffix(limited, "word word -->"));
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(html->str, html->len);
    guint count = 0;
    const xmlNode *p = xmlDocGetRootElement(page)->children->children;
    for (const xmlAttr *a = p->properties; a; a = a->next)
        count++;
    g_assert_cmpuint(count, ==, 500);
    g_autofree char *text = html_text(p);
    g_assert_cmpstr(text, ==, "The text");
    static const char *const whole[] = {
        "<a href='x'>x</a><", "<a href='x", "<!--<!--<!--", "", "<", "</", "</p"};
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++) {
        struct html_limits none;
        html_limit(whole[i], strlen(whole[i]), &none);
        g_assert_null(none.copy);
        g_assert_null(none.raw);
        g_assert_cmpuint(none.kept, ==, strlen(whole[i]));
    }
    g_string_free(html, TRUE);
}

/* A page of nothing but tags costs no more than a large one. */
static void
test_elements(void)
{
    static const char *const units[] = {"<b>",  "<p>text", "<td>",
                                        "</p>", "</BR>",   "<!---->",
                                        "<?x>", "<!x>",    "<i a b c d e f g h>"};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *html = g_string_new("<html><body>");
        for (int n = 0; n < 300000; n++)
            g_string_append(html, units[i]);
        gsize read;
        AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse_told(html->str, html->len, &read);
        g_assert_nonnull(page);
        g_assert_cmpuint(read, <, html->len);
        g_assert_cmpint(html->str[read], ==, '<');
        g_string_free(html, TRUE);
    }
    /* what a script holds is no element */
    GString *script = g_string_new("<script>");
    for (int n = 0; n < 300000; n++)
        g_string_append(script, "<b>");
    g_string_append(script, "</script>");
    AUTO(html_limits_clear) struct html_limits limits;
    html_limit(script->str, script->len, &limits);
    g_assert_cmpuint(limits.kept, ==, script->len);
    g_assert_cmpuint(limits.elements, ==, 1);
    g_string_free(script, TRUE);
}

/* What scripts hold does not pass the parser, and stands in the tree as if it had. */
static void
test_scripts(void)
{
    static const char *const pages[] = {
        "<script>if (a<b && \"</p>\") c();</script><style>\np > a { }\n</style><p>text",
        "<script>0</script><script>0</script><script></script><script> </script>1",
        "<script src='/a.js'/><p>text</p><script>a</script>",
        "<script src=/a/>b</script><p>text",
        "<svg><style>c</style><script type=x>d</script></svg>",
        "<!-- <script>e</script> --><script>f</script>",
        "<p title='<script>'>g</p><script>h</script>",
        "<script\"x\">i</script><script>j</script>",
        "<script>m\x01n\x7f</script><style>o\xef\xbf\xbep</style>",
        "<SCRIPT>q</SCRIPT><script>r</scripts><p></script ><p>s",
        "<script>\xe7\x94\xb3 \xd1\x8f &amp; &lt;</script><p>&amp;",
        "<p>t<script>never closed <p>u",
        "<style></style",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(pages[i], strlen(pages[i]));
        AUTO(xmlFreeDoc) struct _xmlDoc *plain =
            htmlReadMemory(pages[i], (int)strlen(pages[i]), NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
        xmlChar *ours, *theirs;
        int size;
        htmlDocDumpMemory(page, &ours, &size);
        htmlDocDumpMemory(plain, &theirs, &size);
        g_assert_cmpstr((char *)ours, ==, (char *)theirs);
        xmlFree(ours);
        xmlFree(theirs);
    }
}

static void
test_names(void)
{
    static const char html[] = "<div><town-hall>x</town-hall><a>y</a></div>";
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(html, strlen(html));
    xmlNode *div = xmlDocGetRootElement(page)->children->children, *own = div->children,
            *link = own->next;
    g_assert_true(html_named(div, "p div"));
    g_assert_false(html_named(div, "p dl"));
    g_assert_false(html_named(own, "p div a"));
    g_assert_true(html_named_any(own, "p town-hall"));
    g_assert_false(html_named_any(own, "p town"));
    g_assert_false(html_named(own->children, "p div a"));
    g_assert_true(html_named(link, "a"));
    html_rename(link, "div");
    g_assert_false(html_named(link, "a"));
    g_assert_true(html_named(link, "div"));
}

/* Runs of text that go past the parser stand where they stood. */
static void
test_marks(void)
{
    static const struct {
        const char *html, *text;
    } rows[] = {
        {"<table><td>a long run of text &amp; more of it<td>x&copy;2025 and another long run",
         "a long run of text & more of it x©2025 and another long run"},
        {"<table><td>text that is long enough &unknown; and text that is long enough",
         "text that is long enough &unknown; and text that is long enough"},
        {"<table><td>R&Übermut ist eine lange Reihe; und noch eine lange Reihe",
         "R&Übermut ist eine lange Reihe; und noch eine lange Reihe"},
        {"<table><td>\xee\x80\x80 is a character of private use, and this is long",
         "\xee\x80\x80 is a character of private use, and this is long"},
        {"<table><td>&#xe000; is the same, and long enough for a mark<td>and another one here",
         "\xee\x80\x80 is the same, and long enough for a mark and another one here"},
        {"<!-- a > in a comment <td> that holds a long run of text<p>and never ends", NULL},
        {"<table><td title='>'>a run that is long enough<script>if (a > b) text();</script>",
         "a run that is long enough"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(rows[i].html, strlen(rows[i].html));
        xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
        g_autofree char *text = root ? html_text_whole(root) : NULL;
        if (rows[i].text)
            g_assert_cmpstr(text, ==, rows[i].text);
        else
            g_assert_true(!text || !*text);
    }
}

/* A link is the one before if that is near, in a document that was stored too. */
static void
test_many_links(void)
{
    AUTO(document_free) struct document *document = document_new();
    for (guint i = 0; i < 200; i++) {
        g_autofree char *url = g_strdup_printf("http://a.example/%u", i);
        g_assert_cmpuint(document_link(document, url), ==, i + 1);
        g_assert_cmpuint(document_link(document, url), ==, i + 1);
    }
    g_assert_cmpuint(document_link(document, "http://a.example/150"), ==, 151);
    g_assert_cmpuint(document_link(document, "http://a.example/1"), ==, 201);
    g_autoptr(GBytes) bytes = document_serialize(document);
    AUTO(document_free) struct document *again =
        document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_assert_cmpuint(document_link(again, "http://a.example/199"), ==, 200);
}

void
add_tests(void)
{
    g_test_add_func("/document/import", test_import);
    g_test_add_func("/document/elements", test_elements);
    g_test_add_func("/document/scripts", test_scripts);
    g_test_add_func("/document/names", test_names);
    g_test_add_func("/document/marks", test_marks);
    g_test_add_func("/document/many-links", test_many_links);
    g_test_add_func("/document/links", test_links);
    g_test_add_func("/document/depth", test_depth);
    g_test_add_func("/document/attributes", test_attributes);
    g_test_add_func("/document/serialize", test_serialize);
    g_test_add_func("/document/quotations", test_quotations);
    g_test_add_func("/document/first-version", test_first_version);
    g_test_add_func("/document/refused", test_refused);
    g_test_add_func("/document/injection", test_injection);
    g_test_add_func("/layout/blocks", test_layout);
    g_test_add_func("/layout/deep-list", test_deep_list);
    g_test_add_func("/layout/pre", test_pre);
    g_test_add_func("/layout/table", test_table);
    g_test_add_func("/document/layout/beginning", test_beginning);
    g_test_add_func("/layout/line-ends", test_line_ends);
}
