/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a row's elements as it is seen, without dates; the parts into which it falls. */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/row.h"

#include <string.h>

#define MAX_TEXT 20000 /* bytes of a row that are read */

/* Whether an element is there for those alone who have the page read to them. */
static bool
is_unseen(const xmlNode *node)
{
    static GRegex *regex;
    if (!node->properties)
        return false;
    if (node_is(node, "a span") && row_is_hidden(node))
        return true;
    g_autofree char *class = html_attribute(node, "class");
    return class && strchr(class, '-') &&
           g_regex_match(
               regex_once(
                   &regex,
                   "(?:^|[\\s_-])(?:sr-only|visually-hidden|screen-reader(?:-text|-only)?|"
                   "element-invisible|off-screen|assistive-text|a11y-hidden|hidden-visually)(?:$|[\\s_-])"),
               class, 0, NULL);
}

bool
row_is_block(const xmlNode *node)
{
    return node_is(
        node,
        "p div li ul ol dl dt dd td th tr table section article header footer h1 h2 h3 h4 h5 h6 br figure figcaption blockquote");
}

static void
collect(GString *out, const xmlNode *node, GHashTable *skip, int depth)
{
    if (depth > 200 || out->len > MAX_TEXT || g_hash_table_contains(skip, node))
        return;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        g_string_append(out, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || node_is(node, "script style template") || is_unseen(node))
        return;
    bool block = row_is_block(node);
    if (block)
        g_string_append_c(out, ' ');
    for (const xmlNode *child = node->children; child; child = child->next)
        collect(out, child, skip, depth + 1);
    if (block)
        g_string_append_c(out, ' ');
}

/* Whether a text may have anything to tidy: it has a bracket, or a sign at an end. */
static bool
may_be_untidy(const char *text)
{
    const char *last = g_utf8_find_prev_char(text, text + strlen(text));
    return strpbrk(text, "[(") || strstr(text, "（") || strstr(text, "【") || strstr(text, "〔") ||
           !g_unichar_isalnum(g_utf8_get_char(text)) ||
           (last && !g_unichar_isalnum(g_utf8_get_char(last)));
}

/* What dates leave behind where they stood: "[] Title", "Title |". */
static char *
tidy(char *text)
{
    static GRegex *empty, *ends;
    if (!may_be_untidy(text))
        return text;
    regex_once(&empty, "[\\[(（【〔]\\s*[\\])）】〕]");
    regex_once(&ends, "^[\\s|｜·•–—/:：,，-]+(?=\\S)|(?<=\\S)[\\s|｜·•–—/:：,，-]+$");
    g_autofree char *bare = g_regex_replace_literal(empty, text, -1, 0, "", 0, NULL);
    g_free(text);
    g_autofree char *cut = bare ? g_regex_replace_literal(ends, bare, -1, 0, "", 0, NULL) : NULL;
    return text_squeeze(cut ? cut : "", -1);
}

char *
row_text(const xmlNode *node, GHashTable *skip)
{
    g_autoptr(GString) text = g_string_new(NULL);
    collect(text, node, skip, 0);
    char *line = text_squeeze(text->str, (gssize)text->len);
    return g_hash_table_size(skip) && *line ? tidy(line) : line;
}

bool
row_is_named_summary(const xmlNode *node)
{
    static GRegex *regex;
    return node_matches(
        node,
        regex_once(
            &regex,
            "(?:^|[^a-z])(?:desc|description|summary|intro|introtext|lead|lede|excerpt|abstract|teaser|"
            "dek|text|preview|snippet|subtitle|jj|zy|zhaiyao|jianjie|anons|announce|annotation)"
            "(?:[^a-z]|$)|summary|excerpt|descript"));
}

static void
part_free(gpointer data)
{
    struct row_part *part = data;
    g_free(part->text);
    g_free(part);
}

static void
add_part(GPtrArray *parts, GString *text, const xmlNode *node)
{
    g_autofree char *line = text_squeeze(text->str, (gssize)text->len);
    g_string_truncate(text, 0);
    g_autofree char *clean = tidy(g_steal_pointer(&line));
    if (!*clean || row_is_label(clean))
        return;
    struct row_part *part = g_new0(struct row_part, 1);
    *part = (struct row_part){g_steal_pointer(&clean), node};
    g_ptr_array_add(parts, part);
}

static void
split(GPtrArray *parts, GString *text, const xmlNode *node, GHashTable *skip, int depth)
{
    for (const xmlNode *child = node->children;
         child && depth < 50 && parts->len < 200 && text->len < MAX_TEXT; child = child->next) {
        if (g_hash_table_contains(skip, child) || node_is(child, "script style template") ||
            (child->type == XML_ELEMENT_NODE && is_unseen(child)))
            continue;
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            g_string_append(text, (const char *)child->content);
        } else if (child->type == XML_ELEMENT_NODE &&
                   (row_is_block(child) || row_is_named_summary(child))) {
            add_part(parts, text, NULL);
            split(parts, text, child, skip, depth + 1);
            add_part(parts, text, child);
        } else if (child->type == XML_ELEMENT_NODE) {
            split(parts, text, child, skip, depth + 1);
        }
    }
}

GPtrArray *
row_parts_of(const xmlNode *node, GHashTable *skip)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(part_free);
    GString *text = g_string_new(NULL);
    split(parts, text, node, skip, 0);
    add_part(parts, text, NULL);
    g_string_free(text, TRUE);
    return parts;
}
