/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What in a body belongs to what can be filled in or pressed: small forms, the labels of fields,
 * "Text size:" before what sets it.  The form that an old page puts around all it has is none of
 * these, nor is what a form shows in paragraphs, lists and tables.
 */
#include "config.h"

#include "document/html.h"
#include "portal/article-parts.h"
#include "portal/features.h"
#include "portal/page.h"

#include <string.h>

#define FORM_PERCENT 40  /* of the body's text: a form of more is around it */
#define FORM_MOST    150 /* weight of a small form */
#define NAME_MOST    40  /* the same of a name before fields */

/* Whether who reads the page can do something with an element. */
static bool
is_field(const xmlNode *node)
{
    if (node_is(node, "select textarea button"))
        return true;
    if (!node_is(node, "input"))
        return false;
    g_autofree char *type = html_attribute(node, "type");
    return !type || g_ascii_strcasecmp(type, "hidden") != 0;
}

static bool
has_field(const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = node_next(n, node))
        if (is_field(n))
            return true;
    return false;
}

/* Whether what a node says beside fields ends with a colon: "Text size:", and what sets it. */
static bool
ends_with_colon(const xmlNode *node)
{
    bool colon = false;
    for (const xmlNode *n = node; n;) {
        if (is_field(n)) {
            while (n != node && !n->next) /* past it */
                n = n->parent;
            n = n == node ? NULL : n->next;
            continue;
        }
        if (n->type == XML_TEXT_NODE) {
            g_autofree char *text = g_strchomp(g_strdup((const char *)n->content));
            if (*text)
                colon = g_str_has_suffix(text, ":") || g_str_has_suffix(text, "：");
        }
        n = node_next(n, node);
    }
    return colon;
}

/* A name that has nothing behind it but fields. */
static bool
is_name(const xmlNode *node)
{
    const struct features *m = features_of(node);
    return m->text && m->text <= NAME_MOST && node_is(node, "p div span section") &&
           has_field(node) && ends_with_colon(node);
}

/* Outside of forms a label may be the heading of what it opens. */
static bool
is_label(const xmlNode *node, bool form)
{
    if (!form || !node_is(node, "label"))
        return false;
    g_autofree char *of = html_attribute(node, "for");
    return of || has_field(node);
}

/* How many of a node's children say something. */
static guint
count_told(const xmlNode *node)
{
    guint told = 0;
    for (const xmlNode *n = node->children; n; n = n->next)
        told += n->type == XML_ELEMENT_NODE && features_of(n)->text;
    return told;
}

/* Whether a form shows what cannot be filled in: a row of a table, or a list, without fields. */
static bool
shows_something(const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = node_next(n, node))
        if (node_is(n, "tr ul ol dl") && count_told(n) > 1 && !has_field(n))
            return true;
    return false;
}

/* A form of few words, and no sentence, table or picture among them. */
static bool
is_small(const xmlNode *node)
{
    const struct features *m = features_of(node);
    if (!node_is(node, "form") || m->text > FORM_MOST || m->images || !has_field(node) ||
        shows_something(node))
        return false;
    g_autofree char *text = m->paragraphs ? html_text(node) : NULL;
    return !text || (!strchr(text, '.') && !strstr(text, "。"));
}

bool
article_is_of_field(const xmlNode *node, bool form, guint whole)
{
    return !features_above(features_of(node)->text, FORM_PERCENT, whole) &&
           (is_small(node) || is_label(node, form) || is_name(node));
}

bool
article_is_form(const xmlNode *node, guint whole)
{
    return node_is(node, "form") && !features_above(features_of(node)->text, FORM_PERCENT, whole);
}
