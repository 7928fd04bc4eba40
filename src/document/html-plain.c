/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading plain HTML in one pass: a tag is known, ends where it has to and stands where it ends
 * nothing else but a paragraph, or all of the text is left to libxml2.
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
    bool newer; /* than libxml2's rules: in a paragraph it ends none */
};

static const struct plain_element elements[] = {
    /* the first two are known by their places */
    {"p", KIND_BLOCK, false},          {"a", KIND_INLINE, false},
    {"br", KIND_EMPTY, false},         {"b", KIND_INLINE, false},
    {"strong", KIND_INLINE, false},    {"em", KIND_INLINE, false},
    {"i", KIND_INLINE, false},         {"img", KIND_EMPTY, false},
    {"div", KIND_CONTAINER, false},    {"span", KIND_INLINE, false},
    {"li", KIND_ITEM, false},          {"ul", KIND_LIST, false},
    {"ol", KIND_LIST, false},          {"h1", KIND_BLOCK, false},
    {"h2", KIND_BLOCK, false},         {"h3", KIND_BLOCK, false},
    {"h4", KIND_BLOCK, false},         {"h5", KIND_BLOCK, false},
    {"h6", KIND_BLOCK, false},         {"blockquote", KIND_CONTAINER, false},
    {"hr", KIND_RULE, false},          {"u", KIND_INLINE, false},
    {"s", KIND_INLINE, false},         {"font", KIND_INLINE, false},
    {"small", KIND_INLINE, false},     {"sup", KIND_INLINE, false},
    {"sub", KIND_INLINE, false},       {"code", KIND_INLINE, false},
    {"cite", KIND_INLINE, false},      {"figure", KIND_CONTAINER, true},
    {"figcaption", KIND_BLOCK, true},  {"pre", KIND_BLOCK, false},
    {"section", KIND_CONTAINER, true}, {"article", KIND_CONTAINER, true},
    {"mark", KIND_INLINE, false},      {"del", KIND_INLINE, false},
    {"ins", KIND_INLINE, false},       {"abbr", KIND_INLINE, false},
    {"q", KIND_INLINE, false},         {"strike", KIND_INLINE, false},
};

#define PARAGRAPH (&elements[0])
#define LINK      (&elements[1])

static const struct plain_element body = {"body", KIND_CONTAINER, false};

static bool
is_empty(const struct plain_element *element)
{
    return element->kind == KIND_EMPTY || element->kind == KIND_RULE;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

struct plain {
    const char *p, *end;
    xmlDoc *doc;
    xmlNode *node;                               /* that is open; NULL: none was begun */
    const struct plain_element *open[MAX_DEPTH]; /* and what is around it, from the body on */
    guint depth, count;
    GString *scratch;
};

/* --- the tree ------------------------------------------------------------------------------ */

static void
begin_body(struct plain *s)
{
    s->doc = htmlNewDocNoDtD(NULL, NULL);
    xmlNode *html = xmlNewDocNode(s->doc, NULL, (const xmlChar *)"html", NULL);
    xmlDocSetRootElement(s->doc, html);
    s->node = xmlAddChild(html, xmlNewDocNode(s->doc, NULL, (const xmlChar *)body.name, NULL));
    s->open[s->depth++] = &body;
}

/* Adds an element, which is open then if it holds anything. */
static xmlNode *
begin(struct plain *s, const struct plain_element *element)
{
    xmlNode *node =
        xmlAddChild(s->node, xmlNewDocNode(s->doc, NULL, (const xmlChar *)element->name, NULL));
    if (!is_empty(element)) {
        s->node = node;
        s->open[s->depth++] = element;
    }
    return node;
}

static void
end(struct plain *s)
{
    s->depth--;
    s->node = s->node->parent;
}

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
take_text(struct plain *s)
{
    const char *p = s->p, *stop = memchr(p, '<', (gsize)(s->end - p));
    s->p = stop ? stop : s->end;
    if (!s->node) {
        while (p < s->p && is_blank(*p))
            p++;
        if (p == s->p)
            return true;
        begin_body(s); /* text that comes first has a paragraph made for it */
        begin(s, PARAGRAPH);
    }
    gsize length = (gsize)(s->p - p);
    if (!text_is_clean(p, length))
        return false;
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
is_of_lines(const struct plain_element *element)
{
    return element->kind == KIND_INLINE || element->kind == KIND_EMPTY;
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
        return is_of_lines(inner) && !(inner == LINK && outer == LINK);
    }
}

/* Whether an element ends the paragraph in which it stands. */
static bool
ends_paragraph(const struct plain_element *element)
{
    return !is_of_lines(element) && element->kind != KIND_ITEM && !element->newer;
}

/* The value of an attribute: in quotation marks, or a word or number; false when it is neither. */
static bool
take_value(struct plain *s)
{
    const char *value = s->p, *close;
    char quote = s->p < s->end && (*s->p == '"' || *s->p == '\'') ? *s->p : '\0';
    if (quote) {
        value++;
        close = memchr(value, quote, (gsize)(s->end - value));
    } else {
        for (close = value; close < s->end && (g_ascii_isalnum(*close) || *close == '-');)
            close++;
        if (close == value || close == s->end || (*close != ' ' && *close != '>'))
            return false;
    }
    if (!close || !text_is_clean(value, (gsize)(close - value)) || !resolve(s, value, close))
        return false;
    s->p = close + (quote ? 1 : 0);
    return true;
}

/* An attribute that begins at s->p: a name and a value. */
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
    if (!g_ascii_islower(*name) || s->p == s->end || *s->p != '=')
        return false;
    s->p++;
    if (!take_value(s) || xmlHasProp(node, (const xmlChar *)name))
        return false;
    xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)s->scratch->str);
    return true;
}

/* Behind the name of a start tag: its attributes up to its end. */
static bool
take_attributes(struct plain *s, xmlNode *node, bool empty)
{
    for (guint count = 0;; count++) {
        const char *blank = s->p;
        while (s->p < s->end && is_blank(*s->p))
            s->p++;
        if (empty && s->end - s->p > 1 && s->p[0] == '/' && s->p[1] == '>')
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
    if (s->open[s->depth - 1] == PARAGRAPH && ends_paragraph(element))
        end(s);
    if (!may_hold(s->open[s->depth - 1], element) ||
        !take_attributes(s, begin(s, element), is_empty(element)))
        return false;
    s->p++;
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
    end(s);
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
