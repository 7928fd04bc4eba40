/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain HTML of feeds makes the same tree as libxml2's parser makes of it, or is left to it. */
#include "config.h"

#include "document/html.h"
#include "document/html-plain.h"
#include "unit/kit.h"

#include <libxml/HTMLtree.h>

/* A tree, written so that two can be compared. */
static void
write_tree(GString *out, const xmlNode *node)
{
    for (; node; node = node->next) {
        g_string_append_printf(out, "(%d %s", node->type, (const char *)node->name);
        const xmlAttr *attr = node->type == XML_ELEMENT_NODE ? node->properties : NULL;
        for (; attr; attr = attr->next)
            g_string_append_printf(out, " %s=[%s]", (const char *)attr->name, html_value_of(attr));
        if (node->type == XML_ELEMENT_NODE)
            write_tree(out, node->children);
        else
            g_string_append_printf(out, " [%s]", (const char *)node->content);
        g_string_append_c(out, ')');
    }
}

/* What libxml2 makes of it, which is left everything that begins with a comment. */
static void
same_as_libxml2(const char *html, const xmlDoc *plain)
{
    g_autofree char *parsed = g_strconcat("<!---->", html, NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(parsed, strlen(parsed));
    g_autoptr(GString) one = g_string_new(NULL), other = g_string_new(NULL);
    write_tree(one, xmlDocGetRootElement(plain));
    write_tree(other, xmlDocGetRootElement(page));
    g_assert_cmpstr(one->str, ==, other->str);
}

static void
test_plain_html(void)
{
    static const char *const taken[] = {
        "<p>Новый <b>мост</b> &mdash; &#171;да&#187; <a href=\"/a?x=1&amp;y=2\" title='\"'>тут</a></p>\n<p>two",
        "\n<ul>\n<li>one <i>x</i> <i>y</i>\n</li> <li><p>two</p><ol><li>a</li></ol></li></ul> end ",
        "<div class=\"\"><h2>市</h2><img src='a.png' alt=\"a &lt; b\" /><br/><hr>text<blockquote>q</blockquote></div>",
        "text",
        " \n text <b>first</b> and <br> more<p>one<p>two<ul><li><p>x<h3>y</h3></li></ul>",
        "<pre>\na\n b</pre><figure><img src=x width=20><figcaption>&copy; y</figcaption></figure>"};
    static const char *const left[] = {"",

                                       "<p><div>x</div></p>",
                                       "<b>x</p>",
                                       "<b><i>x</b></i>",
                                       "<a href='x'><a href='y'>z</a></a>",
                                       "<P>x</P>",
                                       "<p hidden>x</p>",

                                       "<p id='x' id='y'>z</p>",
                                       "<p>&unknown; x</p>",
                                       "<p>a & b</p>",
                                       "<p>a\u00ad\u00ad</p>",
                                       "<p>a < b</p>",
                                       "<p>x</p><!-- y -->",
                                       "<table><tr><td>x</table>",
                                       "<script>x</script>",
                                       "<li>x</li>",
                                       "<p/>x",
                                       "<img/src='x'>",
                                       "<p><section>x</section></p>",
                                       "text<figure>x</figure>",
                                       "<p id=a.b>x",
                                       "<p",
                                       "<p id='x",
                                       "</p>"};
    for (size_t i = 0; i < G_N_ELEMENTS(taken); i++) {
        AUTO(xmlFreeDoc) struct _xmlDoc *plain = html_plain(taken[i], strlen(taken[i]));
        g_assert_nonnull(plain);
        same_as_libxml2(taken[i], plain);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(left); i++)
        g_assert_null(html_plain(left[i], strlen(left[i])));
}

/* The same of what is put together by chance. */
static void
test_plain_by_chance(void)
{
    static const char *const pieces[] = {"<p>",
                                         "</p>",
                                         "<b>",
                                         "</b>",
                                         "<a href='/x'>",
                                         "</a>",
                                         "<div>",
                                         "</div>",
                                         "<ul>",
                                         "<li>",
                                         "</li>",
                                         "</ul>",
                                         "<br>",
                                         "<img src=\"\">",
                                         "<hr/>",
                                         "<h1>",
                                         "</h1>",
                                         " ",
                                         "\n",
                                         "слово",
                                         "一 ",
                                         "&nbsp;",
                                         "&quot; ",
                                         "<sup>",
                                         "</sup>",
                                         "<span class='a'>",
                                         "</span>"};
    g_autoptr(GRand) random = g_rand_new_with_seed(16);
    guint found = 0;
    for (int n = 0; n < 20000; n++) {
        g_autoptr(GString) html = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 1, 9); i > 0; i--)
            g_string_append(html, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        AUTO(xmlFreeDoc) struct _xmlDoc *plain = html_plain(html->str, html->len);
        if (plain)
            same_as_libxml2(html->str, plain);
        found += plain != NULL;
    }
    g_assert_cmpuint(found, >, 500);
}

void
add_tests(void)
{
    g_test_add_func("/plain/html", test_plain_html);
    g_test_add_func("/plain/by-chance", test_plain_by_chance);
}
