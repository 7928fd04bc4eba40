/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RSS 0.90 to 2.0 and RSS 1.0 (RDF): the channel, and what its items share with it. */
#include "config.h"

#include "feed/rss.h"
#include "base/i18n.h"
#include "feed/formats.h"

#include <string.h>

bool
rss_is(const xmlNode *node, const char *name)
{
    return value_is(node, NS_NONE, name) || (value_is(node, NS_OTHER, name) && node->ns && !node->ns->prefix);
}

bool
rss_is_podcast(const xmlNode *node, const char *name)
{
    return value_is(node, NS_ITUNES, name) || value_is(node, NS_GOOGLEPLAY, name);
}

char *
rss_base(const struct rss_state *s, const xmlNode *node)
{
    return value_base(node, s->base);
}

void
rss_add_person(GPtrArray *people, struct feed_person *person)
{
    if (!person)
        return;
    for (guint i = 0; i < people->len; i++) {
        const struct feed_person *other = g_ptr_array_index(people, i);
        if (!g_strcmp0(other->name, person->name) && !g_strcmp0(other->email, person->email)) {
            feed_person_free(person);
            return;
        }
    }
    g_ptr_array_add(people, person);
}

static void
add_keywords(GPtrArray *categories, const char *raw)
{
    g_auto(GStrv) words = g_strsplit(raw ? raw : "", ",", -1);
    for (char **word = words; *word; word++)
        value_add_category(categories, value_text(*word, false), g_strdup("http://www.itunes.com/"), NULL);
}

static void
add_podcast_category(GPtrArray *categories, const xmlNode *node, int depth)
{
    g_autofree char *text = value_attribute(node, "text");
    value_add_category(categories, value_text(text, false), g_strdup("http://www.itunes.com/"), NULL);
    for (const xmlNode *child = node->children; child && depth < 8; child = child->next)
        if (child->type == XML_ELEMENT_NODE && rss_is_podcast(child, "category"))
            add_podcast_category(categories, child, depth + 1);
}

bool
rss_read_category(GPtrArray *categories, const xmlNode *node, const char *raw)
{
    if (rss_is(node, "category")) {
        value_add_category(categories, value_rss_text(node), value_attribute(node, "domain"), NULL);
    } else if (value_is(node, NS_DC, "subject")) {
        value_add_category(categories, value_text(raw, false), NULL, NULL);
    } else if (rss_is_podcast(node, "category")) {
        add_podcast_category(categories, node, 0);
    } else if (rss_is_podcast(node, "keywords")) {
        add_keywords(categories, raw);
    } else if (value_is(node, NS_MEDIA, "category")) {
        g_autofree char *scheme = value_attribute(node, "scheme");
        if (!scheme)
            scheme = g_strdup("http://search.yahoo.com/mrss/category_schema");
        value_add_category(categories, value_text(raw, false), g_steal_pointer(&scheme), value_attribute(node, "label"));
    } else {
        return false;
    }
    return true;
}

static void
read_image(struct rss_state *s, const xmlNode *node)
{
    struct feed_image *image = g_new0(struct feed_image, 1);
    image->width = image->height = FEED_NO_NUMBER;
    g_autofree char *base = rss_base(s, node);
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *raw = value_raw(child);
        if (rss_is(child, "url"))
            value_take(&image->url, value_url(raw, base));
        else if (rss_is(child, "title"))
            value_take(&image->title, value_rss_text(child));
        else if (rss_is(child, "link"))
            value_take(&image->link, value_url(raw, base));
        else if (rss_is(child, "width"))
            image->width = value_number(raw);
        else if (rss_is(child, "height"))
            image->height = value_number(raw);
    }
    if (s->feed->image || !(image->url || image->title || image->link)) {
        g_free(image->url);
        g_free(image->title);
        g_free(image->link);
        g_free(image);
        return;
    }
    s->feed->image = image;
}

static void
read_channel(struct rss_state *s, const xmlNode *channel)
{
    struct feed *feed = s->feed;
    const struct feed_options *o = s->options;
    g_autofree char *t1 = NULL, *d1 = NULL;
    int64_t dc_date = FEED_NO_TIME;
    xmlChar *about = xmlGetNsProp((xmlNode *)channel, (const xmlChar *)"about",
                                  (const xmlChar *)"http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    if (about && *about && !feed->id)
        feed->id = g_utf8_make_valid((const char *)about, -1);
    xmlFree(about);
    for (const xmlNode *node = channel->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        int line = (int)xmlGetLineNo(node);
        if (rss_is(node, "item")) {
            rss_read_item(s, node);
            continue;
        }
        if (rss_is(node, "image")) {
            read_image(s, node);
            continue;
        }
        if (rss_is(node, "textinput") || rss_is(node, "items"))
            continue;
        g_autofree char *raw = value_raw(node);
        g_autofree char *base = rss_base(s, node);
        if (rss_is(node, "title"))
            value_take(&feed->title, value_rss_text(node));
        else if (value_is(node, NS_DC, "title") || atom_is(node, "title"))
            value_take(&t1, value_rss_text(node));
        else if (rss_is(node, "description"))
            value_take(&feed->description, value_rss_text(node));
        else if (value_is(node, NS_DC, "description") || rss_is_podcast(node, "summary") || rss_is_podcast(node, "subtitle") || atom_is(node, "subtitle"))
            value_take(&d1, value_rss_text(node));
        else if (rss_is(node, "link")) {
            g_autofree char *own = value_base(node, o->url);
            value_take(&feed->link, value_url(raw, own));
        } else if (atom_is(node, "link")) {
            struct feed_link *link = atom_read_link(node, o->url);
            if (link)
                g_ptr_array_add(feed->links, link);
        } else if (atom_is(node, "id")) {
            value_take(&feed->id, g_strdup(raw));
        } else if (rss_is(node, "language") || value_is(node, NS_DC, "language")) {
            value_take(&feed->language, raw ? g_strdelimit(g_strdup(raw), "_", '-') : NULL);
        } else if (rss_is(node, "copyright") || value_is(node, NS_DC, "rights")) {
            value_take(&feed->rights, value_rss_text(node));
        } else if (rss_is(node, "generator") || atom_is(node, "generator")) {
            value_take(&feed->generator, value_text(raw, false));
        } else if (rss_is(node, "managingEditor") || value_is(node, NS_DC, "creator") || value_is(node, NS_DC, "author") ||
                   rss_is_podcast(node, "author") || rss_is(node, "author")) {
            rss_add_person(feed->authors, value_person(raw));
        } else if (atom_is(node, "author")) {
            rss_add_person(feed->authors, atom_read_person(node, s->base));
        } else if (rss_is(node, "pubDate") || value_is(node, NS_DCTERMS, "issued")) {
            feed->published = value_time(feed, raw, o, line, NULL);
        } else if (rss_is(node, "lastBuildDate") || value_is(node, NS_DCTERMS, "modified") || atom_is(node, "updated")) {
            feed->updated = value_time(feed, raw, o, line, NULL);
        } else if (value_is(node, NS_DC, "date")) {
            dc_date = value_time(feed, raw, o, line, NULL);
        } else if (rss_is(node, "ttl")) {
            feed->ttl = value_number(raw);
        } else if (rss_is(node, "skipHours") || rss_is(node, "skipDays")) {
            for (const xmlNode *child = node->children; child; child = child->next) {
                g_autofree char *value = child->type == XML_ELEMENT_NODE ? value_raw(child) : NULL;
                gint64 hour = value_number(value);
                if (rss_is(node, "skipDays") && value)
                    g_ptr_array_add(feed->skip_days, g_steal_pointer(&value));
                else if (value && hour >= 0 && hour <= 24) {
                    int h = (int)hour;
                    g_array_append_val(feed->skip_hours, h);
                }
            }
        } else if (rss_is_podcast(node, "image")) {
            g_autofree char *href = value_attribute(node, "href");
            char *url = value_url(href ? href : raw, base);
            if (url && !feed->image) {
                feed->image = g_new0(struct feed_image, 1);
                *feed->image = (struct feed_image){url, NULL, NULL, FEED_NO_NUMBER, FEED_NO_NUMBER};
            } else {
                g_free(url);
            }
        } else {
            rss_read_category(feed->categories, node, raw);
        }
    }
    value_take(&feed->title, g_steal_pointer(&t1));
    value_take(&feed->description, g_steal_pointer(&d1));
    if (dc_date != FEED_NO_TIME) {
        if (feed->published == FEED_NO_TIME)
            feed->published = dc_date;
        else if (feed->updated == FEED_NO_TIME)
            feed->updated = dc_date;
    }
}

static char *
normal_version(const xmlNode *root)
{
    g_autofree char *version = value_attribute(root, "version");
    if (!version)
        return NULL;
    static const char *const known[] = {"0.90", "0.91", "0.92", "0.93", "0.94", NULL};
    if (g_strv_contains(known, version))
        return g_steal_pointer(&version);
    if (*version == '2')
        return g_strdup("2.0");
    return g_str_has_prefix(version, "1.0") ? g_strdup("1.0") : NULL;
}

/* The channel's absolute link, which is the base of an RSS document wherever it stands. */
static char *
channel_base(const xmlNode *channel, const char *document)
{
    for (const xmlNode *node = channel->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || !rss_is(node, "link"))
            continue;
        g_autofree char *raw = value_raw(node);
        if (raw && (g_str_has_prefix(raw, "http://") || g_str_has_prefix(raw, "https://")))
            return g_steal_pointer(&raw);
    }
    return g_strdup(document);
}

bool
feed_read_rss(struct feed *feed, const xmlNode *root, const struct feed_options *options, GError **error)
{
    bool rdf = !g_ascii_strcasecmp(value_local_name(root), "RDF");
    feed->format = rdf ? "rdf" : "rss";
    feed->version = rdf ? g_strdup("1.0") : normal_version(root);
    if (rdf)
        for (const xmlNode *node = root->children; node; node = node->next)
            if (node->type == XML_ELEMENT_NODE && node->ns && strstr((const char *)node->ns->href, "simple/0.9")) {
                g_free(feed->version);
                feed->version = g_strdup("0.90");
                feed->format = "rss";
                break;
            }
    const xmlNode *channel = NULL;
    if (!g_ascii_strcasecmp(value_local_name(root), "channel"))
        channel = root;
    for (const xmlNode *node = root->children; node && !channel; node = node->next)
        if (node->type == XML_ELEMENT_NODE && rss_is(node, "channel"))
            channel = node;
    if (!channel && !root->children) {
        g_set_error(error, FEED_ERROR, FEED_ERROR_MALFORMED, _("the feed has no channel"));
        return false;
    }
    g_autofree char *base = channel ? channel_base(channel, options->url) : g_strdup(options->url);
    struct rss_state s = {feed, options, base};
    if (channel)
        read_channel(&s, channel);
    for (const xmlNode *node = root->children; node && channel != root; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (rss_is(node, "item"))
            rss_read_item(&s, node);
        else if (rss_is(node, "image"))
            read_image(&s, node);
    }
    atom_choose_links(feed);
    for (guint i = 0; i < feed->items->len; i++) {
        struct feed_item *item = g_ptr_array_index(feed->items, i);
        if (!item->language)
            item->language = g_strdup(feed->language);
    }
    return true;
}
