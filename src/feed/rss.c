/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RSS 0.90 to 2.0 and RSS 1.0 (RDF): the channel, and what its items share with it. */
#include "config.h"

#include "feed/rss.h"
#include "feed/module.h"

#include <string.h>

void
rss_add_category(GPtrArray *categories, const struct element *node)
{
    value_add_category(categories, value_rss_text(node),
                       g_strdup(element_attribute(node, "domain")), NULL);
}

static void
read_image(struct rss_state *s, const struct element *node)
{
    struct feed_image *image = g_new0(struct feed_image, 1);
    image->width = image->height = FEED_NO_NUMBER;
    g_autofree char *base = element_base(node, s->base);
    for (const struct element *child = element_first(node); child; child = element_next(child)) {
        const char *raw = element_text(child);
        if (element_is_core(child, "url"))
            value_take(&image->url, value_url(raw, base));
        else if (element_is_core(child, "title"))
            value_take(&image->title, value_rss_text(child));
        else if (element_is_core(child, "link"))
            value_take(&image->link, value_url(raw, base));
        else if (element_is_core(child, "width"))
            image->width = value_number(raw);
        else if (element_is_core(child, "height"))
            image->height = value_number(raw);
    }
    if (s->feed->image || !(image->url || image->title || image->link))
        feed_image_free(image);
    else
        s->feed->image = image;
}

static void
read_channel(struct rss_state *s, const struct element *channel)
{
    struct feed *feed = s->feed;
    const struct feed_options *o = s->options;
    g_autofree char *t1 = NULL, *d1 = NULL, *podcast_image = NULL;
    struct date dc_date = {0};
    value_take(&feed->id, g_strdup(element_attribute_ns(channel, NS_RDF, "about")));
    for (const struct element *node = element_first(channel); node; node = element_next(node)) {
        int line = node->line;
        if (element_is_core(node, "image")) {
            read_image(s, node);
            continue;
        }
        if (element_is_core(node, "textinput") || element_is_core(node, "items"))
            continue;
        const char *raw = element_text(node);
        if (element_is_core(node, "title"))
            value_take(&feed->title, value_rss_text(node));
        else if (element_is(node, NS_DC, "title") || atom_is(node, "title"))
            value_take(&t1, value_rss_text(node));
        else if (element_is_core(node, "description"))
            value_take(&feed->description, value_rss_text(node));
        else if (element_is(node, NS_DC, "description") || module_is_podcast(node, "summary") ||
                 module_is_podcast(node, "subtitle") || atom_is(node, "subtitle"))
            value_take(&d1, value_rss_text(node));
        else if (element_is_core(node, "link")) {
            g_autofree char *own = element_base(node, o->url);
            char *url = value_url(raw, own);
            if (url)
                value_add_link(feed->links, url, "alternate");
            value_take(&feed->link, url);
        } else if (atom_is(node, "link")) {
            struct feed_link *link = atom_read_link(node, o->url);
            if (link)
                g_ptr_array_add(feed->links, link);
        } else if (atom_is(node, "id")) {
            value_take(&feed->id, g_strdup(raw));
        } else if (element_is_core(node, "language") || element_is(node, NS_DC, "language")) {
            value_take(&feed->language, raw ? g_strdelimit(g_strdup(raw), "_", '-') : NULL);
        } else if (element_is_core(node, "copyright") || element_is(node, NS_DC, "rights")) {
            value_take(&feed->rights, value_rss_text(node));
        } else if (element_is_core(node, "generator") || atom_is(node, "generator")) {
            value_take(&feed->generator, value_text(raw, false));
        } else if (element_is_core(node, "managingEditor") || element_is(node, NS_DC, "creator") ||
                   element_is(node, NS_DC, "author") || module_is_podcast(node, "author") ||
                   element_is_core(node, "author")) {
            value_add_person(feed->authors, value_person(raw));
        } else if (atom_is(node, "author")) {
            value_add_person(feed->authors, atom_read_person(node, s->base));
        } else if (element_is_core(node, "pubDate") || element_is(node, NS_DCTERMS, "issued")) {
            feed->published = value_date(feed, raw, line);
        } else if (element_is_core(node, "lastBuildDate") ||
                   element_is(node, NS_DCTERMS, "modified") || atom_is(node, "updated")) {
            feed->updated = value_date(feed, raw, line);
        } else if (element_is(node, NS_DC, "date")) {
            dc_date = value_date(feed, raw, line);
        } else if (element_is_core(node, "ttl")) {
            feed->ttl = value_number(raw);
        } else if (element_is_core(node, "skipHours") || element_is_core(node, "skipDays")) {
            for (const struct element *child = element_first(node); child;
                 child = element_next(child)) {
                const char *value = element_text(child);
                gint64 hour = value_number(value);
                if (element_is_core(node, "skipDays") && value)
                    g_ptr_array_add(feed->skip_days, g_strdup(value));
                else if (value && hour >= 0 && hour <= 24) {
                    int h = (int)hour;
                    g_array_append_val(feed->skip_hours, h);
                }
            }
        } else if (element_is_core(node, "category")) {
            rss_add_category(feed->categories, node);
        } else if (module_is_podcast(node, "image") || module_is_podcast(node, "link")) {
            value_take(&podcast_image, module_image(node, s->base));
        } else {
            module_read_category(feed->categories, node);
        }
    }
    value_take(&feed->title, g_steal_pointer(&t1));
    value_take(&feed->description, g_steal_pointer(&d1));
    feed_take_image(feed, g_steal_pointer(&podcast_image)); /* RSS's own counts first */
    if (!date_is_known(&feed->published))
        feed->published = dc_date;
    if (!date_is_known(&feed->updated))
        feed->updated = dc_date;
}

static char *
normal_version(const struct element *root)
{
    const char *version = element_attribute(root, "version");
    if (!version)
        return NULL;
    static const char *const known[] = {"0.90", "0.91", "0.92", "0.93", "0.94", NULL};
    if (g_strv_contains(known, version))
        return g_strdup(version);
    if (*version == '2')
        return g_strdup("2.0");
    return g_str_has_prefix(version, "1.0") ? g_strdup("1.0") : NULL;
}

const char *
rss_absolute_link(const struct element *node)
{
    const char *raw = element_is_core(node, "link") ? element_text(node) : NULL;
    return raw && (g_str_has_prefix(raw, "http://") || g_str_has_prefix(raw, "https://")) ? raw
                                                                                          : NULL;
}

void
rss_read_feed(struct rss_state *s, const struct element *root)
{
    struct feed *feed = s->feed;
    bool rdf = !g_ascii_strcasecmp(root->name, "RDF");
    feed->format = rdf ? "rdf" : "rss";
    feed->version = rdf ? g_strdup("1.0") : normal_version(root);
    bool old = root->default_ns == NS_RSS090;
    const struct element *channel = g_ascii_strcasecmp(root->name, "channel") ? NULL : root;
    for (const struct element *node = element_first(root); node; node = element_next(node)) {
        if (!channel && element_is_core(node, "channel"))
            channel = node;
        old |= node->ns == NS_RSS090;
    }
    if (rdf && old) {
        g_free(feed->version);
        feed->version = g_strdup("0.90");
        feed->format = "rss";
    }
    if (channel)
        read_channel(s, channel);
    for (const struct element *node = element_first(root); node && channel != root;
         node = element_next(node))
        if (element_is_core(node, "image"))
            read_image(s, node);
    atom_choose_links(feed);
    for (guint i = 0; i < feed->items->len; i++) {
        struct feed_item *item = g_ptr_array_index(feed->items, i);
        if (!item->language)
            item->language = g_strdup(feed->language);
    }
}
