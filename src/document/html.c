/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing HTML with libxml2 and asking elements for their text and attributes. */
#include "config.h"

#include "document/html.h"
#include "base/clean.h"
#include "document/html-limit.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_DEPTH 512

void
html_set_up(void)
{
    xmlInitParser();
}

xmlDoc *
html_parse(const char *text, gsize length)
{
    if (length > G_MAXINT)
        length = G_MAXINT;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                  HTML_PARSE_COMPACT;
    htmlParserCtxt *ctxt = htmlNewParserCtxt();
    if (!ctxt)
        return NULL;
#if LIBXML_VERSION >= 21400
    options |= HTML_PARSE_HUGE;
#else
    ctxt->options |= XML_PARSE_HUGE; /* else nesting deeper than 256 ends the page */
#endif
    g_autofree char *limited = html_limit_attributes(text, length);
    xmlDoc *doc = htmlCtxtReadMemory(ctxt, limited ? limited : text, (int)length, NULL, "UTF-8", options);
    htmlFreeParserCtxt(ctxt);
    return doc;
}

char *
html_attribute(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, (const xmlChar *)name);
    if (!value)
        return NULL;
    char *text = g_utf8_make_valid((const char *)value, -1);
    xmlFree(value);
    return text;
}

bool
html_named(const xmlNode *node, const char *list)
{
    const char *name = (const char *)node->name;
    size_t length = strlen(name);
    for (const char *p = list; (p = strstr(p, name)); p += length)
        if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
            return true;
    return false;
}

char *
html_entity(const char *name)
{
    /* asked of the HTML parser: libxml2 deprecates the look-up itself */
    g_autofree char *reference = g_strconcat("<p>&", name, ";</p>", NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(reference, strlen(reference));
    xmlChar *content = page ? xmlNodeGetContent(xmlDocGetRootElement(page)) : NULL;
    char *text = content && *content && *content != '&' ? g_utf8_make_valid((const char *)content, -1) : NULL;
    xmlFree(content);
    return text;
}

static void
collect_text(GString *out, const xmlNode *node, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    if (node->type == XML_ATTRIBUTE_NODE) {
        for (const xmlNode *child = node->children; child; child = child->next)
            if (child->content)
                g_string_append(out, (const char *)child->content);
        return;
    }
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        g_string_append(out, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || html_named(node, "script style template"))
        return;
    bool block = html_named(node, "p div li td th tr br h1 h2 h3 h4 h5 h6 dt dd section");
    if (block)
        g_string_append_c(out, ' ');
    for (const xmlNode *child = node->children; child; child = child->next)
        collect_text(out, child, depth + 1);
    if (block)
        g_string_append_c(out, ' ');
}

char *
html_text(const xmlNode *node)
{
    g_autoptr(GString) text = g_string_new(NULL);
    collect_text(text, node, 0);
    return text_squeeze(text->str, (gssize)text->len);
}

char *
html_text_whole(const xmlNode *node)
{
    g_autoptr(GString) text = g_string_new(NULL);
    collect_text(text, node, 0);
    return text_collapse(text->str, (gssize)text->len);
}
