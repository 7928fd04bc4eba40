/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages that only send their readers elsewhere: refreshes, scripts that set the location, frames.
 */
#include "config.h"

#include "portal/interstitial.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"
#include "portal/attachments.h"

#include <string.h>

#define MAX_SCRIPT 20000 /* bytes of a script in which a location is looked for */

/* "0; url=/a.html" */
static char *
refresh_of(const xmlNode *meta)
{
    g_autofree char *kind = html_attribute(meta, "http-equiv");
    g_autofree char *content =
        kind && !g_ascii_strcasecmp(kind, "refresh") ? html_attribute(meta, "content") : NULL;
    static GRegex *regex;
    regex_once(&regex, "^\\s*(?:\\d{1,2})(?:\\.\\d*)?\\s*[;,]\\s*(?:url\\s*=\\s*)?['\"]?([^'\"]+)");
    g_autoptr(GMatchInfo) match = NULL;
    return content && g_regex_match(regex, content, 0, &match) ? g_match_info_fetch(match, 1)
                                                               : NULL;
}

static char *
location_of(const xmlNode *script)
{
    static GRegex *regex;
    const char *text = script->children ? (const char *)script->children->content : NULL;
    regex_once(
        &regex,
        "(?:window|document|self|top|parent)?\\.?\\blocation(?:\\.href)?\\s*(?:=|\\.(?:replace|assign)\\s*\\()\\s*['\"]([^'\"]+)['\"]");
    g_autoptr(GMatchInfo) match = NULL;
    return text && strlen(text) < MAX_SCRIPT && g_regex_match(regex, text, 0, &match)
               ? g_match_info_fetch(match, 1)
               : NULL;
}

/* The URL of a reference, if it is not that of the page itself. */
static char *
elsewhere(const struct page *page, const char *reference)
{
    g_autofree char *own = page->url ? url_identity(page->url) : NULL;
    g_autofree char *url = reference ? page_resolve(page, reference) : NULL;
    g_autofree char *identity = url ? url_identity(url) : NULL;
    return url && (!own || !g_str_equal(own, identity)) ? g_steal_pointer(&url) : NULL;
}

char *
interstitial_refresh(struct page *page)
{
    g_autoptr(GPtrArray) metas = page_elements(page, "meta");
    for (guint i = 0; i < metas->len; i++) {
        g_autofree char *target = refresh_of(g_ptr_array_index(metas, i));
        char *url = elsewhere(page, target);
        if (url)
            return url;
    }
    return NULL;
}

char *
interstitial_target(struct page *page)
{
    g_autofree char *frame = NULL;
    int frames = 0;
    g_autoptr(GPtrArray) nodes = page_elements(page, "meta script iframe frame");
    for (guint i = 0; i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        g_autofree char *target = node_is(node, "meta")     ? refresh_of(node)
                                  : node_is(node, "script") ? location_of(node)
                                                            : NULL;
        if (node_is(node, "iframe frame") && !attachments_is_document(node)) {
            g_autofree char *src = html_attribute(node, "src");
            g_autofree char *url = src ? page_resolve(page, src) : NULL;
            if (url && ++frames == 1)
                frame = g_steal_pointer(&url);
        }
        char *url = elsewhere(page, target);
        if (url)
            return url;
    }
    return frames == 1 ? elsewhere(page, frame) : NULL;
}
