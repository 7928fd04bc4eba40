/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML feeds: repaired text through libxml2 in its recovering mode, then the reader for the
 * root element.  Entities are not expanded from outside, no DTD is loaded, depth and
 * expansion are libxml2's own limits.
 */
#include "config.h"

#include "base/i18n.h"
#include "document/html.h"
#include "feed/formats.h"
#include "feed/repair.h"
#include "feed/value.h"

#include <libxml/parser.h>
#include <string.h>

static xmlDoc *
parse(const char *text, gsize length, struct feed *feed)
{
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    if (!ctxt)
        return NULL;
    int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                  XML_PARSE_COMPACT;
    xmlDoc *doc = length <= G_MAXINT ? xmlCtxtReadMemory(ctxt, text, (int)length, NULL, "UTF-8", options) : NULL;
    const xmlError *last = xmlCtxtGetLastError(ctxt);
    if (last && last->level >= XML_ERR_ERROR) {
        g_autofree char *message = g_utf8_make_valid(last->message ? last->message : "", -1);
        feed_warn(feed, "malformed", last->line, "%s", g_strchomp(message));
    }
    xmlFreeParserCtxt(ctxt);
    return doc;
}

#define MAX_EXPANSION (10u << 20) /* bytes that the entities of one document may become */

/* The bytes that the entity references below node expand to, saturating above the cap. */
static gsize
expansion(const xmlNode *node, GHashTable *known, int depth)
{
    gsize total = 0;
    for (; node && total <= MAX_EXPANSION; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            total += depth ? strlen((const char *)node->content) : 0;
        } else if (node->type == XML_ENTITY_REF_NODE) {
            const xmlEntity *entity = (const xmlEntity *)(const void *)node->children;
            gpointer size = NULL;
            if (!entity || depth > 40)
                continue;
            if (!g_hash_table_lookup_extended(known, entity, NULL, &size)) {
                gsize inside = entity->children ? expansion(entity->children, known, depth + 1)
                               : entity->content ? strlen((const char *)entity->content) : 0;
                size = GSIZE_TO_POINTER(inside);
                g_hash_table_insert(known, (gpointer)entity, size);
            }
            total += GPOINTER_TO_SIZE(size);
        } else if (node->type == XML_ELEMENT_NODE) {
            total += expansion(node->children, known, depth ? depth + 1 : 0);
        }
    }
    return total;
}

/* Some feeds wrap the real root in another element. */
static const xmlNode *
find_root(const xmlNode *node, int depth)
{
    static const char *const names[] = {"rss", "feed", "RDF", "channel", NULL};
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        for (int i = 0; names[i]; i++)
            if (!g_ascii_strcasecmp(value_local_name(node), names[i]))
                return node;
        if (depth < 3) {
            const xmlNode *inner = find_root(node->children, depth + 1);
            if (inner)
                return inner;
        }
    }
    return NULL;
}

bool
feed_read_xml(struct feed *feed, const char *text, gsize length, const struct feed_options *options, GError **error)
{
    int line;
    gsize repaired_length;
    g_autofree char *repaired = repair_xml(text, length, &repaired_length, &line);
    if (line)
        feed_warn(feed, "malformed", line, "repaired before parsing");
    if (!repaired_length) {
        g_set_error(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED, _("the document is neither XML nor JSON"));
        return false;
    }
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = parse(repaired, repaired_length, feed);
    const xmlNode *top = doc ? xmlDocGetRootElement(doc) : NULL;
    const xmlNode *root = find_root(top, 0);
    if (!root) {
        if (!top)
            g_set_error(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED, _("the document is not XML"));
        else if (!g_ascii_strcasecmp((const char *)top->name, "html"))
            g_set_error(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED, _("this is an HTML page, not a feed"));
        else
            g_set_error(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED, _("<%.40s> is not the root of a feed"),
                        (const char *)top->name);
        return false;
    }
    if (doc->intSubset) {
        g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
        if (expansion(root, known, 0) > MAX_EXPANSION) {
            g_set_error(error, FEED_ERROR, FEED_ERROR_LIMIT, _("its entities expand to more than %d MiB"), (int)(MAX_EXPANSION >> 20));
            return false;
        }
    }
    if (!g_ascii_strcasecmp(value_local_name(root), "feed"))
        return feed_read_atom(feed, root, options);
    return feed_read_rss(feed, root, options, error);
}
