/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feed discovery: announced feeds first, then links that look like one. */
#include "config.h"

#include "portal/discover.h"
#include "document/html.h"

#include <string.h>

static void
discovered_free(gpointer data)
{
    struct discovered *feed = data;
    g_free(feed->url);
    g_free(feed->title);
    g_free(feed);
}

static void
add(GPtrArray *feeds, struct page *page, const char *href, char *title)
{
    g_autofree char *url = href ? page_resolve(page, href) : NULL;
    bool bad = !url || strstr(url, "/comments/feed");
    for (guint i = 0; i < feeds->len && !bad; i++)
        bad = g_str_equal(((const struct discovered *)g_ptr_array_index(feeds, i))->url, url);
    if (bad) {
        g_free(title);
        return;
    }
    struct discovered *feed = g_new0(struct discovered, 1);
    *feed = (struct discovered){g_steal_pointer(&url), title};
    g_ptr_array_add(feeds, feed);
}

GPtrArray *
discover_feeds(struct page *page)
{
    GPtrArray *feeds = g_ptr_array_new_with_free_func(discovered_free);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "link"))
            continue;
        g_autofree char *rel = html_attribute(node, "rel");
        g_autofree char *type = html_attribute(node, "type");
        if (!rel || !strstr(rel, "alternate") || !type)
            continue;
        if (!strstr(type, "rss") && !strstr(type, "atom") && !strstr(type, "feed+json") && !strstr(type, "rdf"))
            continue;
        g_autofree char *href = html_attribute(node, "href");
        char *title = html_attribute(node, "title");
        if (title && strstr(title, "Comments Feed"))
            g_clear_pointer(&title, g_free);
        else
            add(feeds, page, href, title);
    }
    if (feeds->len)
        return feeds;
    g_autoptr(GRegex) looks = g_regex_new("(^|[/._?=&-])(rss|feed|atom)([/._?=&-]|$|\\.xml)", G_REGEX_CASELESS, 0, NULL);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        g_autofree char *href = node_is(node, "a") ? html_attribute(node, "href") : NULL;
        if (href && g_regex_match(looks, href, 0, NULL))
            add(feeds, page, href, html_text(node));
    }
    return feeds;
}
