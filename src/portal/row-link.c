/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where elements lead: by href, by the attributes that scripts read, by what a script opens. */
#include "config.h"

#include "base/regex.h"
#include "document/html.h"
#include "portal/file-format.h"
#include "portal/row.h"

#include <string.h>

/*
 * The address among the arguments of a script: "openNews('/n/1.html')",
 * "location.href='a.php?id=1'"; NULL for none.
 */
static char *
address_in(const char *script)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "['\"]((?:https?:)?//[^'\"\\s]+|\\.{0,2}/[^'\"\\s]+|#!?/[^'\"\\s]+|\\?[^'\"\\s]+=[^'\"\\s]*|"
        "[\\w%.~-][\\w%./~-]*\\.(?:s?html?|xhtml|php\\d?|aspx?|jspx?|jhtml|do|action|cgi|pdf|docx?)(?:[?#][^'\"\\s]*)?)['\"]");
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, script, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

static bool
is_address(const char *href)
{
    return *href && strcmp(href, "#") && (*href != '#' || href[1] == '/' || href[1] == '!') &&
           g_ascii_strncasecmp(href, "javascript:", 11);
}

bool
row_is_link(const xmlNode *node)
{
    static const char *const attributes[] = {"data-href", "data-url", "data-link", "onclick"};
    if (node->type != XML_ELEMENT_NODE || !node->properties)
        return false;
    if (node_is(node, "a"))
        return true;
    if (!node_is(node, "li tr td div p span article section h2 h3 h4 dd dt button"))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
        if (xmlHasProp((xmlNode *)node, (const xmlChar *)attributes[i]))
            return true;
    return false;
}

bool
row_is_hidden(const xmlNode *node)
{
    static GRegex *regex;
    g_autofree char *style = html_attribute(node, "style");
    return style &&
           g_regex_match(regex_once(&regex, "(?:visibility\\s*:\\s*hidden|display\\s*:\\s*none)"),
                         style, 0, NULL);
}

char *
row_href(const xmlNode *node)
{
    static const char *const data[] = {"data-href", "data-url", "data-link"};
    if (!row_is_link(node) || row_is_hidden(node))
        return NULL;
    g_autofree char *href = node_is(node, "a") ? html_attribute(node, "href") : NULL,
                    *onclick = html_attribute(node, "onclick");
    if (href)
        g_strstrip(href);
    if (href && is_address(href))
        return g_steal_pointer(&href);
    for (size_t i = 0; i < G_N_ELEMENTS(data); i++) {
        g_autofree char *value = html_attribute(node, data[i]);
        if (value && is_address(g_strstrip(value)))
            return g_steal_pointer(&value);
    }
    char *opened = href ? address_in(href) : NULL;
    return opened ? opened : onclick ? address_in(onclick) : NULL;
}

bool
row_is_file(const char *href)
{
    g_autofree char *format = file_format_of_url(href);
    return format != NULL;
}
