/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Candidates for paths: whoever asks tries them on the page and takes the first that fits.
 *
 * A class or an id is taken for a name that stays if it is a word; what programs number
 * ("item-4711", "css-1x2y3z") or what only says how something looks ("col-md-6") comes last.
 */
#include "config.h"

#include "base/regex.h"
#include "document/html.h"
#include "portal/draft-parts.h"

#include <string.h>

#define MAX_PATHS  150
#define MAX_LOOK   400 /* nodes of a row */
#define MAX_TOKENS 4   /* of an element's classes */
#define MAX_NODES  60  /* of a row, whose classes tell it from others */
#define MAX_UP     8   /* elements around rows that may name them */

GPtrArray *
draft_paths_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

bool
draft_paths_full(const GPtrArray *paths)
{
    return paths->len >= MAX_PATHS;
}

void
draft_paths_add(GPtrArray *paths, char *path)
{
    if (draft_paths_full(paths) || g_ptr_array_find_with_equal_func(paths, path, g_str_equal, NULL))
        g_free(path);
    else
        g_ptr_array_add(paths, path);
}

/* --- names of elements -------------------------------------------------------------------- */

static bool
is_numbered(const char *token)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "\\d{3}|\\d+[a-z]+\\d|^(?:css|sc|jsx|ng|_)-?|^(?:odd|even|first|last|active|row\\d|item\\d)$"),
        token, 0, NULL);
}

static bool
is_of_looks(const char *token)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "^(?:col|row|container|clear|float|text|bg|border|font|mt|mb|ml|mr|mx|my|pt|pb|pl|pr|px|py|p|m|d|w|h|flex|grid|"
            "align|justify|order|hidden|visible|left|right|center|small|large|wow|fade|animated|lazy|even|odd|first|last|table|striped|bordered|hover|condensed|responsive|clearfix)"
            "(?:[-_].*|fix)?$"),
        token, 0, NULL);
}

/* What makes a token a bad name: 0 nothing, 1 it is of looks, 2 it is numbered. */
static int
badness(const char *token)
{
    return is_numbered(token) ? 2 : is_of_looks(token) ? 1 : 0;
}

/* The classes of an element that can stand in a path, the better names first. */
static GPtrArray *
tokens_of(const xmlNode *node)
{
    GPtrArray *tokens = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *class = html_attribute(node, "class");
    g_auto(GStrv) all = g_strsplit_set(class ? class : "", " \t\r\n\f", -1);
    for (int bad = 0; bad <= 2; bad++)
        for (char **token = all; *token && tokens->len < MAX_TOKENS; token++)
            if (**token && !strpbrk(*token, "'\"") && badness(*token) == bad)
                g_ptr_array_add(tokens, g_strdup(*token));
    return tokens;
}

static char *
with_token(const xmlNode *node, const char *token)
{
    return g_strdup_printf("%s[contains(concat(' ',normalize-space(@class),' '),' %s ')]",
                           (const char *)node->name, token);
}

/* The element with its id, or NULL when it has none that stays. */
static char *
with_id(const xmlNode *node)
{
    g_autofree char *id = html_attribute(node, "id");
    return id && *id && !strpbrk(id, "'\"\n") && !is_numbered(id)
               ? g_strdup_printf("%s[@id='%s']", (const char *)node->name, id)
               : NULL;
}

/* Its microdata, which is written for programs. */
static char *
with_property(const xmlNode *node)
{
    g_autofree char *property = html_attribute(node, "itemprop");
    return property && *property && !strpbrk(property, "'\"\n")
               ? g_strdup_printf("%s[@itemprop='%s']", (const char *)node->name, property)
               : NULL;
}

/* The place of an element among its siblings of one name. */
static guint
place_of(const xmlNode *node)
{
    guint place = 1;
    for (const xmlNode *n = node->prev; n; n = n->prev)
        place += n->type == XML_ELEMENT_NODE && g_str_equal(n->name, node->name);
    return place;
}

/* --- within a row ------------------------------------------------------------------------- */

static char *
join(const char *from, const char *step, const char *rest, const char *attribute)
{
    return g_strconcat(from, "//", step, rest ? "/" : "", rest ? rest : "", attribute ? "/@" : "",
                       attribute ? attribute : "", NULL);
}

/* Paths by what names an element; rest: the steps from there to the node, or NULL. */
static void
add_named(GPtrArray *paths, const char *from, const xmlNode *node, const char *rest,
          const char *attribute)
{
    g_autofree char *property = with_property(node);
    if (property)
        draft_paths_add(paths, join(from, property, rest, attribute));
    g_autoptr(GPtrArray) tokens = tokens_of(node);
    for (guint i = 0; i < tokens->len; i++) {
        g_autofree char *step = with_token(node, g_ptr_array_index(tokens, i));
        draft_paths_add(paths, join(from, step, rest, attribute));
    }
}

/* "./td[2]/a": the steps from the root to the node, with places where there are several. */
static char *
path_by_place(const char *from, const xmlNode *root, const xmlNode *node, const char *attribute)
{
    g_autofree char *path = g_strdup("");
    for (const xmlNode *n = node; n != root; n = n->parent) {
        char *longer = node_is(n, "td th") || place_of(n) > 1
                           ? g_strdup_printf("/%s[%u]%s", (const char *)n->name, place_of(n), path)
                           : g_strdup_printf("/%s%s", (const char *)n->name, path);
        g_free(path);
        path = longer;
    }
    return g_strconcat(from, path, attribute ? "/@" : "", attribute ? attribute : "", NULL);
}

/* Whether an element is the only one of its name within another, or the first link. */
static bool
is_only(const xmlNode *root, const xmlNode *node)
{
    guint count = 0, nodes = 0;
    const xmlNode *first = NULL;
    for (const xmlNode *n = node_next(root, root); n && count < 2 && nodes < MAX_LOOK;
         n = node_next(n, root), nodes++)
        if (n->type == XML_ELEMENT_NODE && g_str_equal(n->name, node->name) && !count++)
            first = n;
    return first == node && (count == 1 || node_is(node, "a"));
}

void
draft_paths_to(GPtrArray *paths, const char *from, const xmlNode *root, const xmlNode *node,
               const char *attribute)
{
    const char *name = (const char *)node->name;
    if (node == root) {
        draft_paths_add(paths,
                        attribute ? g_strconcat(from, "/@", attribute, NULL) : g_strdup(from));
        return;
    }
    add_named(paths, from, node, NULL, attribute);
    if (node_is(node, "h1 h2 h3 h4 h5 h6 time"))
        draft_paths_add(paths, join(from, name, NULL, attribute));
    const xmlNode *parent = node->parent;
    if (parent != root) {
        add_named(paths, from, parent, name, attribute);
        if (node_is(parent, "h1 h2 h3 h4 h5 h6"))
            draft_paths_add(paths, join(from, (const char *)parent->name, name, attribute));
        if (parent->parent != root) {
            g_autofree char *rest = g_strconcat((const char *)parent->name, "/", name, NULL);
            add_named(paths, from, parent->parent, rest, attribute);
        }
    }
    if (is_only(root, node))
        draft_paths_add(paths, join(from, name, NULL, attribute));
    draft_paths_add(paths, path_by_place(from, root, node, attribute));
}

/* --- of the page -------------------------------------------------------------------------- */

/* The innermost element around all rows. */
static const xmlNode *
around_all(const GPtrArray *rows)
{
    const xmlNode *around = ((const xmlNode *)g_ptr_array_index(rows, 0))->parent;
    for (guint i = 1; i < rows->len && around; i++) {
        const xmlNode *row = g_ptr_array_index(rows, i);
        for (bool within = false; around && !within;) {
            for (const xmlNode *up = row->parent; up && !within; up = up->parent)
                within = up == around;
            if (!within)
                around = around->parent;
        }
    }
    return around && around->type == XML_ELEMENT_NODE ? around : NULL;
}

/* Whether all rows have a class, and the name of the first. */
static bool
all_have(const GPtrArray *rows, const char *token)
{
    const xmlNode *first = g_ptr_array_index(rows, 0);
    for (guint i = 0; i < rows->len; i++) {
        const xmlNode *row = g_ptr_array_index(rows, i);
        g_autofree char *class = html_attribute(row, "class");
        g_auto(GStrv) all = g_strsplit_set(class ? class : "", " \t\r\n\f", -1);
        if (!g_strv_contains((const char *const *)all, token) ||
            !g_str_equal(row->name, first->name))
            return false;
    }
    return true;
}

/* The steps that may name a row: with each class that all have, then its name alone. */
static GPtrArray *
steps_of_rows(const GPtrArray *rows)
{
    GPtrArray *steps = g_ptr_array_new_with_free_func(g_free);
    const xmlNode *first = g_ptr_array_index(rows, 0);
    g_autoptr(GPtrArray) tokens = tokens_of(first);
    for (guint i = 0; i < tokens->len; i++)
        if (badness(g_ptr_array_index(tokens, i)) < 2 &&
            all_have(rows, g_ptr_array_index(tokens, i)))
            g_ptr_array_add(steps, with_token(first, g_ptr_array_index(tokens, i)));
    g_ptr_array_add(steps, g_strdup((const char *)first->name));
    return steps;
}

void
draft_predicates(GPtrArray *predicates, const xmlNode *row, const char *const *common)
{
    static const char *const shapes[] = {
        "[.//a/@href]", "[td]",    "[td[2]]",         "[td[3]]",  "[.//time]",     "[.//h2]",
        "[.//h3]",      "[.//h4]", "[.//p]",          "[@class]", "[not(@class)]", "[@id]",
        "[.//img]",     "[.//b]",  "[count(.//a)=1]", "[.//span]"};
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
        draft_paths_add(predicates, g_strdup(shapes[i]));
    for (; *common; common++)
        draft_paths_add(predicates, g_strdup_printf("[.//a[contains(@href,'%s')]]", *common));
    guint nodes = 0;
    for (const xmlNode *n = row; n && nodes < MAX_NODES; n = node_next(n, row), nodes++) {
        g_autoptr(GPtrArray) tokens = n == row || n->type != XML_ELEMENT_NODE ? NULL : tokens_of(n);
        for (guint i = 0; tokens && i < tokens->len; i++) {
            g_autofree char *step = with_token(n, g_ptr_array_index(tokens, i));
            if (badness(g_ptr_array_index(tokens, i)) < 2)
                draft_paths_add(predicates, g_strdup_printf("[.//%s]", step));
        }
    }
}

/* Adds "//anchor//step" and, for a child, "//anchor/step". */
static void
add_anchored(GPtrArray *paths, const char *anchor, const GPtrArray *steps, bool child)
{
    for (guint i = 0; i < steps->len; i++) {
        const char *step = g_ptr_array_index(steps, i);
        if (child)
            draft_paths_add(paths, g_strconcat("//", anchor, "/", step, NULL));
        draft_paths_add(paths, g_strconcat("//", anchor, "//", step, NULL));
    }
}

void
draft_paths_of_rows(GPtrArray *paths, const GPtrArray *rows)
{
    g_autoptr(GPtrArray) steps = steps_of_rows(rows);
    for (guint i = 0; i + 1 < steps->len; i++)
        draft_paths_add(paths, g_strconcat("//", g_ptr_array_index(steps, i), NULL));
    const xmlNode *parent = ((const xmlNode *)g_ptr_array_index(rows, 0))->parent;
    const xmlNode *around = around_all(rows);
    for (int up = 0; around && around->type == XML_ELEMENT_NODE && up < MAX_UP;
         around = around->parent, up++) {
        g_autofree char *id = with_id(around);
        if (id)
            add_anchored(paths, id, steps, around == parent);
        g_autoptr(GPtrArray) tokens = tokens_of(around);
        for (guint i = 0; i < tokens->len; i++) {
            g_autofree char *anchor = with_token(around, g_ptr_array_index(tokens, i));
            add_anchored(paths, anchor, steps, around == parent);
        }
        if (node_is(around, "main article"))
            add_anchored(paths, (const char *)around->name, steps, around == parent);
    }
}

void
draft_paths_of(GPtrArray *paths, const xmlNode *node, const char *attribute)
{
    g_autofree char *rel = html_attribute(node, "rel"), *id = with_id(node);
    if (rel && *rel && !strpbrk(rel, "'\"\n"))
        draft_paths_add(paths, g_strdup_printf("//%s[@rel='%s']/@%s", (const char *)node->name, rel,
                                               attribute));
    if (id)
        draft_paths_add(paths, g_strdup_printf("//%s/@%s", id, attribute));
    add_named(paths, "", node, NULL, attribute);
    const xmlNode *up = node->parent;
    for (int n = 0; up && up->type == XML_ELEMENT_NODE && n < 2; up = up->parent, n++)
        add_named(paths, "", up, (const char *)node->name, attribute);
    g_autofree char *title = html_attribute(node, "title"), *text = html_text(node);
    if (title && *title && !strpbrk(title, "'\"\n"))
        draft_paths_add(paths, g_strdup_printf("//%s[@title='%s']/@%s", (const char *)node->name,
                                               title, attribute));
    if (*text && strlen(text) < 60 && !strpbrk(text, "'\"\n"))
        draft_paths_add(paths, g_strdup_printf("//%s[normalize-space(.)='%s']/@%s",
                                               (const char *)node->name, text, attribute));
}
