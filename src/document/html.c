/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing HTML with libxml2 and asking elements for their text and attributes. */
#include "config.h"

#include "base/clean.h"
#include "base/memory.h"
#include "base/number.h"
#include "document/document.h"
#include "document/html.h"
#include "document/html-limit.h"
#include "document/html-plain.h"
#include "document/html-raw.h"
#include "document/html-reference.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 512
#define MAX_TEXT  (1u << 20) /* bytes of what html_text() gives: more than any page says at once */
#define MAX_LABEL (8u << 10) /* and of a link, white space counted */

void
html_set_up(void)
{
    xmlMemSetup(free, memory_new, memory_resize, memory_copy);
    xmlInitParser();
}

static void
move_children_behind(xmlNode *node)
{
    for (xmlNode *child; (child = node->last);)
        xmlAddNextSibling(node, child);
}

/*
 * One walk over a tree that was just made: texts get back what was kept from the parser (raw, may
 * be NULL); what lies deeper than MAX_DEPTH stands side by side there, as in browsers: what asks
 * for all that is around an element is done in so many steps; and what follows an <embed>, closed
 * or not, is no content of it (HTML, 13.1.2: a void element).  False when raw does not fit.
 */
static bool
settle(xmlNode *root, struct html_raw *raw)
{
    int depth = 0;
    for (xmlNode *node = root; node;) {
        bool element = node->type == XML_ELEMENT_NODE;
        bool text = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
        if (text && raw && !html_raw_give_back(raw, node))
            return false;
        if (element && (depth >= MAX_DEPTH || html_named(node, "embed")))
            move_children_behind(node);
        if (element && node->children) {
            node = node->children;
            depth++;
            continue;
        }
        for (; node != root && !node->next; node = node->parent)
            depth--;
        node = node != root ? node->next : NULL;
    }
    return !raw || raw->next == raw->parts->len;
}

static xmlDoc *
read_all(const char *text, gsize length)
{
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                  HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    htmlParserCtxt *ctxt = htmlNewParserCtxt();
    if (!ctxt)
        return NULL;
#if LIBXML_VERSION >= 21400
    options |= HTML_PARSE_HUGE;
#else
    ctxt->options |= XML_PARSE_HUGE; /* else nesting deeper than 256 ends the page */
#endif
    xmlDoc *doc = htmlCtxtReadMemory(ctxt, text, (int)length, NULL, "UTF-8", options);
    htmlFreeParserCtxt(ctxt);
    return doc;
}

/* The same of what is within the limits, without what need not be parsed as far as that can be. */
static xmlDoc *
read_limited(const char *text, const struct html_limits *limits)
{
    gsize length;
    struct html_raw raw = {text, limits->raw, 0};
    g_autofree char *rest = limits->raw ? html_raw_take(text, limits->kept, limits->raw, &length)
                                        : NULL;
    AUTO(xmlFreeDoc) struct _xmlDoc *quick = rest ? read_all(rest, length) : NULL;
    xmlNode *root = quick ? xmlDocGetRootElement(quick) : NULL;
    if (root && settle(root, &raw))
        return g_steal_pointer(&quick);
    xmlDoc *doc = read_all(text, limits->kept);
    root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root)
        settle(root, NULL);
    return doc;
}

xmlDoc *
html_parse(const char *text, gsize length)
{
    return html_parse_told(text, length, NULL);
}

xmlDoc *
html_parse_told(const char *text, gsize length, gsize *read)
{
    length = MIN(length, (gsize)G_MAXINT);
    gsize whole = length;
    xmlDoc *plain = html_plain(text, length);
    if (plain) {
        if (read)
            *read = whole;
        return plain;
    }
    g_autofree char *referenced = html_complete_references(text, length, &length);
    if (referenced) {
        text = referenced;
        length = MIN(length, (gsize)G_MAXINT);
    }
    AUTO(html_limits_clear) struct html_limits limits;
    html_limit(text, length, &limits);
    if (read) /* in bytes of what came; references that were put right are a few more */
        *read = limits.kept == length ? whole : MIN(limits.kept, whole - 1);
    return read_limited(limits.copy ? limits.copy : text, &limits);
}

const char *
html_value(const xmlNode *node, const char *name)
{
    if (node->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next)
        if (!strcmp((const char *)attr->name, name))
            return html_value_of(attr);
    return NULL;
}

char *
html_attribute(const xmlNode *node, const char *name)
{
    const char *value = html_value(node, name);
    return value ? g_utf8_make_valid(value, -1) : NULL;
}

bool
html_integer(const char *text, int *number, const char **end)
{
    gint64 size;
    const char *at = text + strspn(text, " \t\n\f\r");
    bool negative = *at == '-';
    if (!number_prefix(at + (negative || *at == '+'), negative ? -(gint64)G_MININT : G_MAXINT,
                       &size, end))
        return false;
    *number = (int)(negative ? -size : size);
    return true;
}

bool
html_integer_attribute(const xmlNode *node, const char *name, int *number)
{
    g_autofree char *value = html_attribute(node, name);
    return value && html_integer(value, number, NULL);
}

bool
html_is_embedded(const xmlNode *node)
{
    return html_named(node, "iframe object embed video audio noscript");
}

char *
html_entity(const char *name)
{
    /* asked of the HTML parser: libxml2 deprecates the look-up itself */
    g_autofree char *reference = g_strconcat("<p>&", name, ";</p>", NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(reference, strlen(reference));
    xmlChar *content = page ? xmlNodeGetContent(xmlDocGetRootElement(page)) : NULL;
    char *text = content && *content && *content != '&'
                     ? g_utf8_make_valid((const char *)content, -1)
                     : NULL;
    xmlFree(content);
    return text;
}

/* What is collected of a tree: spans only of what is raised, lowered or struck out. */
struct collection {
    struct rich_text rich;
    GString *annotations; /* of the ruby that is open, or NULL */
    gsize most;           /* bytes; what follows is left out */
    guint style;
};

/* How much of a text fits in so many bytes without a character being cut. */
static gsize
fitting(const char *text, gsize most)
{
    gsize length = strnlen(text, most + 1);
    if (length <= most)
        return length;
    for (length = most; length && ((guchar)text[length] & 0xc0) == 0x80;)
        length--;
    return length;
}

static void
add_text(struct collection *c, const char *text)
{
    gsize had = c->rich.text->len, length = had < c->most ? fitting(text, c->most - had) : 0;
    if (c->style)
        rich_append(&c->rich, text, (gssize)length, c->style, 0);
    else
        g_string_append_len(c->rich.text, text, (gssize)length);
}

static guint
style_of(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    if ((*name != 's' && *name != 'd') || !html_named(node, "sup sub s strike del"))
        return 0;
    return html_named(node, "sup")   ? SPAN_RAISED
           : html_named(node, "sub") ? SPAN_LOWERED
                                     : SPAN_DELETED;
}

static void collect_text(struct collection *c, const xmlNode *node, int depth);

static void
collect_children(struct collection *c, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child && c->rich.text->len < c->most;
         child = child->next)
        collect_text(c, child, depth + 1);
}

/* The annotations of ruby go behind all that they annotate. */
static void
collect_ruby(struct collection *c, const xmlNode *node, int depth)
{
    bool outer = c->annotations == NULL;
    if (html_named(node, "rp")) {
        for (const xmlNode *child = node->children; child; child = child->next)
            if (child->type == XML_ELEMENT_NODE)
                collect_text(c, child, depth + 1);
    } else if (html_named(node, "ruby") && outer) {
        c->annotations = g_string_new(NULL);
        collect_children(c, node, depth);
        if (c->annotations->len) {
            g_autofree char *text = text_squeeze(c->annotations->str, -1),
                            *bracketed = g_strdup_printf("(%s)", text);
            add_text(c, bracketed);
        }
        g_string_free(g_steal_pointer(&c->annotations), TRUE);
    } else if (html_named(node, "rt rtc") && !outer) {
        struct collection above = {.annotations = c->annotations, .most = c->most};
        rich_init(&above.rich);
        collect_children(&above, node, depth);
        g_string_append_len(c->annotations, above.rich.text->str, (gssize)above.rich.text->len);
        rich_clear(&above.rich);
    } else {
        collect_children(c, node, depth);
    }
}

static void
collect_text(struct collection *c, const xmlNode *node, int depth)
{
    if (depth > MAX_DEPTH || c->rich.text->len >= c->most)
        return;
    if (node->type == XML_ATTRIBUTE_NODE) {
        for (const xmlNode *child = node->children; child; child = child->next)
            if (child->content)
                add_text(c, (const char *)child->content);
        return;
    }
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        add_text(c, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || html_named(node, "script style template"))
        return;
    if (*node->name == 'r' && html_named(node, "ruby rt rp rtc")) {
        collect_ruby(c, node, depth);
        return;
    }
    bool block = html_named(node, "p div li td th tr br h1 h2 h3 h4 h5 h6 dt dd section");
    guint style = c->style;
    if (block)
        g_string_append_c(c->rich.text, ' ');
    c->style |= style & (SPAN_RAISED | SPAN_LOWERED) ? style_of(node) & SPAN_DELETED
                                                     : style_of(node);
    collect_children(c, node, depth);
    c->style = style;
    if (block)
        g_string_append_c(c->rich.text, ' ');
}

static char *
text_of(const xmlNode *node, gsize most, char *(*fold)(const char *text, gssize length))
{
    struct collection c = {.most = most};
    rich_init(&c.rich);
    collect_text(&c, node, 0);
    if (c.rich.spans->len) {
        g_autofree char *valid = g_utf8_validate(c.rich.text->str, -1, NULL)
                                     ? NULL
                                     : g_utf8_make_valid(c.rich.text->str, -1);
        if (!valid) /* libxml2's text is; whatever is not is not formed */
            rich_form(&c.rich);
    }
    char *text = fold(c.rich.text->str, (gssize)c.rich.text->len);
    rich_clear(&c.rich);
    return text;
}

char *
html_text(const xmlNode *node)
{
    return text_of(node, MAX_TEXT, text_squeeze);
}

char *
html_text_start(const xmlNode *node, gsize most)
{
    return text_of(node, most, text_squeeze);
}

char *
html_text_of_link(const xmlNode *node)
{
    return text_of(node, MAX_LABEL, text_squeeze);
}

char *
html_text_whole(const xmlNode *node)
{
    return text_of(node, G_MAXSSIZE, text_collapse);
}
