/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which feeds stand for portals on a server. */
#include "config.h"

#include "sync/published.h"
#include "base/url.h"

#include <string.h>

static void
published_free(gpointer data)
{
    struct published *feed = data;
    g_free(feed->url);
    g_free(feed->identity);
    g_free(feed);
}

const struct published *
published_of(const GPtrArray *published, const struct subscription *sub)
{
    for (guint i = 0; sub->portal && i < published->len; i++) {
        const struct published *feed = g_ptr_array_index(published, i);
        if (g_str_equal(feed->portal, sub->portal->id))
            return feed;
    }
    return NULL;
}

const struct published *
published_find(const GPtrArray *published, const char *identity)
{
    for (guint i = 0; i < published->len; i++) {
        const struct published *feed = g_ptr_array_index(published, i);
        if (g_str_equal(feed->identity, identity))
            return feed;
    }
    return NULL;
}

GPtrArray *
published_portals(const struct urls *urls, const char *base)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(published_free);
    for (guint i = 0; *base && i < urls->subscriptions->len; i++) {
        const struct subscription *sub = g_ptr_array_index(urls->subscriptions, i);
        if (!sub->section || sub->section->kind == PORTAL_FEED || published_of(list, sub))
            continue;
        struct published *feed = g_new0(struct published, 1);
        feed->url = g_strconcat(base, g_str_has_suffix(base, "/") ? "" : "/", sub->portal->id,
                                ".atom", NULL);
        feed->identity = url_identity(feed->url);
        feed->portal = sub->portal->id;
        feed->title = portal_name(sub->portal->names);
        feed->folder = sub->tags[0];
        g_ptr_array_add(list, feed);
    }
    return list;
}
