/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading plain HTML in one pass: a tag is known, is written as XML would have it and stands where
 * it ends nothing else, or all of the text is left to libxml2.
 */
#include "config.h"

#include "document/html-plain.h"
#include "base/clean.h"
#include "document/html-reference.h"

#include <libxml/HTMLtree.h>
#include <stdbool.h>
#include <string.h>

#define MAX_DEPTH      60
#define MAX_ELEMENTS   20000 /* far from where pages are cut (html-limit.h) */
#define MAX_NAME       32    /* bytes of an attribute's */
#define MAX_ATTRIBUTES 16    /* of an element */

enum kind {
    KIND_INLINE,
    KIND_EMPTY,     /* holds nothing, stands in a line */
    KIND_RULE,      /* holds nothing, stands between blocks */
    KIND_BLOCK,     /* holds what stands in a line */
    KIND_CONTAINER, /* holds anything but items */
    KIND_LIST,      /* holds items */
    KIND_ITEM,      /* a container that stands in a list */
};

struct plain_element {
    const char *name;
    enum kind kind;
};

static const struct plain_element elements[] = {
    {"p", KIND_BLOCK},       {"a", KIND_INLINE},
    {"br", KIND_EMPTY},      {"b", KIND_INLINE},
    {"strong", KIND_INLINE}, {"em", KIND_INLINE},
    {"i", KIND_INLINE},      {"img", KIND_EMPTY},
    {"div", KIND_CONTAINER}, {"span", KIND_INLINE},
    {"li", KIND_ITEM},       {"ul", KIND_LIST},
    {"ol", KIND_LIST},       {"h1", KIND_BLOCK},
    {"h2", KIND_BLOCK},      {"h3", KIND_BLOCK},
    {"h4", KIND_BLOCK},      {"h5", KIND_BLOCK},
    {"h6", KIND_BLOCK},      {"blockquote", KIND_CONTAINER},
    {"hr", KIND_RULE},       {"u", KIND_INLINE},
    {"s", KIND_INLINE},      {"font", KIND_INLINE},
    {"small", KIND_INLINE},  {"sup", KIND_INLINE},
    {"sub", KIND_INLINE},    {"code", KIND_INLINE},
    {"cite", KIND_INLINE},
};

static const struct plain_element body = {"body", KIND_CONTAINER};

struct plain {
    const char *p, *end;
    xmlDoc *doc;
    xmlNode *node;                               /* that is open; NULL: none was begun */
    const struct plain_element *open[MAX_DEPTH]; /* and what is around it, from the body on */
    guint depth, count;
    GString *scratch;
};

/* --- text ---------------------------------------------------------------------------------- */

/* Text with references, in the scratch; false when one is not known. */
static bool
resolve(struct plain *s, const char *p, const char *end)
{
    g_string_truncate(s->scratch, 0);
    for (const char *at; (at = memchr(p, '&', (gsize)(end - p)));) {
        gunichar c;
        gsize length = html_reference_at(at, end, &c);
        if (!length)
            return false;
        g_string_append_len(s->scratch, p, at - p);
        g_string_append_unichar(s->scratch, c);
        p = at + length;
    }
    g_string_append_len(s->scratch, p, end - p);
    return true;
}

static bool
is_blank(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\t'))
        p++;
    return p == end;
}

static bool
take_text(struct plain *s)
{
    const char *p = s->p, *stop = memchr(p, '<', (gsize)(s->end - p));
    s->p = stop ? stop : s->end;
    if (!s->node && is_blank(p, s->p))
        return true;
    gsize length = (gsize)(s->p - p);
    if (!s->node || !text_is_clean(p, length))
        return false; /* it would have a paragraph made for it, or be repaired */
    if (memchr(p, '&', length)) {
        if (!resolve(s, p, s->p))
            return false;
        p = s->scratch->str;
        length = s->scratch->len;
    }
    xmlAddChild(s->node, xmlNewDocTextLen(s->doc, (const xmlChar *)p, (int)length));
    return true;
}

/* --- tags ---------------------------------------------------------------------------------- */

/* The known element whose name begins at s->p, which is passed; or NULL. */
static const struct plain_element *
take_name(struct plain *s)
{
    const char *name = s->p;
    while (s->p < s->end && (g_ascii_islower(*s->p) || g_ascii_isdigit(*s->p)))
        s->p++;
    gsize length = (gsize)(s->p - name);
    for (gsize i = 0; i < G_N_ELEMENTS(elements); i++)
        if (elements[i].name[0] == *name && strlen(elements[i].name) == length &&
            !memcmp(elements[i].name, name, length))
            return &elements[i];
    return NULL;
}

static bool
may_hold(const struct plain_element *outer, const struct plain_element *inner)
{
    switch (outer->kind) {
    case KIND_CONTAINER:
    case KIND_ITEM:
        return inner->kind != KIND_ITEM;
    case KIND_LIST:
        return inner->kind == KIND_ITEM;
    default: /* a link ends another one */
        return inner->kind == KIND_EMPTY ||
               (inner->kind == KIND_INLINE && !(*inner->name == 'a' && *outer->name == 'a'));
    }
}

/* An attribute that begins at s->p: a name, and a value in quotation marks. */
static bool
take_attribute(struct plain *s, xmlNode *node)
{
    char name[MAX_NAME + 1];
    gsize length = 0;
    for (; s->p < s->end && length < MAX_NAME &&
           (g_ascii_islower(*s->p) || g_ascii_isdigit(*s->p) || *s->p == '-');
         s->p++)
        name[length++] = *s->p;
    name[length] = '\0';
    if (!g_ascii_islower(*name) || s->end - s->p < 3 || s->p[0] != '=' ||
        (s->p[1] != '"' && s->p[1] != '\''))
        return false;
    const char *value = s->p + 2, *close = memchr(value, s->p[1], (gsize)(s->end - value));
    if (!close || !text_is_clean(value, (gsize)(close - value)) || !resolve(s, value, close) ||
        xmlHasProp(node, (const xmlChar *)name))
        return false;
    xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)s->scratch->str);
    s->p = close + 1;
    return true;
}

static void
begin_body(struct plain *s)
{
    s->doc = htmlNewDocNoDtD(NULL, NULL);
    xmlNode *html = xmlNewDocNode(s->doc, NULL, (const xmlChar *)"html", NULL);
    xmlDocSetRootElement(s->doc, html);
    s->node = xmlAddChild(html, xmlNewDocNode(s->doc, NULL, (const xmlChar *)body.name, NULL));
    s->open[s->depth++] = &body;
}

/* Behind the name of a start tag: its attributes up to its end. */
static bool
take_attributes(struct plain *s, xmlNode *node, bool empty)
{
    for (guint count = 0;; count++) {
        const char *blank = s->p;
        while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\t'))
            s->p++;
        if (empty && s->p < s->end && *s->p == '/')
            s->p++;
        if (s->p < s->end && *s->p == '>')
            return true;
        if (s->p == blank || count == MAX_ATTRIBUTES || !take_attribute(s, node))
            return false;
    }
}

static bool
take_start(struct plain *s)
{
    const struct plain_element *element = take_name(s);
    if (!element || ++s->count > MAX_ELEMENTS || s->depth == MAX_DEPTH)
        return false;
    if (!s->node)
        begin_body(s);
    if (!may_hold(s->open[s->depth - 1], element))
        return false;
    xmlNode *node =
        xmlAddChild(s->node, xmlNewDocNode(s->doc, NULL, (const xmlChar *)element->name, NULL));
    bool empty = element->kind == KIND_EMPTY || element->kind == KIND_RULE;
    if (!take_attributes(s, node, empty))
        return false;
    s->p++;
    if (!empty) {
        s->node = node;
        s->open[s->depth++] = element;
    }
    return true;
}

static bool
take_end(struct plain *s)
{
    const struct plain_element *element = take_name(s);
    if (!element || s->depth < 2 || element != s->open[s->depth - 1] || s->p == s->end ||
        *s->p != '>')
        return false;
    s->p++;
    s->depth--;
    s->node = s->node->parent;
    return true;
}

static bool
take_all(struct plain *s)
{
    while (s->p < s->end) {
        if (*s->p != '<') {
            if (!take_text(s))
                return false;
            continue;
        }
        bool ends = ++s->p < s->end && *s->p == '/';
        s->p += ends;
        if (!(ends ? take_end(s) : take_start(s)))
            return false;
    }
    return s->doc != NULL;
}

xmlDoc *
html_plain(const char *text, gsize length)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    struct plain s = {.p = text, .end = text + length, .scratch = scratch};
    if (take_all(&s))
        return s.doc;
    if (s.doc)
        xmlFreeDoc(s.doc);
    return NULL;
}
