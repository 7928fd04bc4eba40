/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RSS 0.90 to 2.0 and RSS 1.0 (RDF), with the modules that portals use. */
#include "config.h"

#include "base/i18n.h"
#include "feed/atom.h"
#include "feed/formats.h"

#include <string.h>

/* An element of RSS itself: no namespace, an RSS one, or an unknown default one. */
static bool
is(const xmlNode *node, const char *name)
{
    return value_is(node, NS_NONE, name) || (value_is(node, NS_OTHER, name) && node->ns && !node->ns->prefix);
}

static bool
is_podcast(const xmlNode *node, const char *name)
{
    return value_is(node, NS_ITUNES, name) || value_is(node, NS_GOOGLEPLAY, name);
}

struct state {
    struct feed *feed;
    const struct feed_options *options;
    const char *base; /* of the channel: its absolute link, else the document's URL */
};

static char *
base_of(const struct state *s, const xmlNode *node)
{
    return value_base(node, s->base);
}

static void
add_person(GPtrArray *people, struct feed_person *person)
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
        if (child->type == XML_ELEMENT_NODE && is_podcast(child, "category"))
            add_podcast_category(categories, child, depth + 1);
}

/* What channel and item have in common; true when the element was one of these. */
static bool
read_category(GPtrArray *categories, const xmlNode *node, const char *raw)
{
    if (is(node, "category")) {
        value_add_category(categories, value_rss_text(node), value_attribute(node, "domain"), NULL);
    } else if (value_is(node, NS_DC, "subject")) {
        value_add_category(categories, value_text(raw, false), NULL, NULL);
    } else if (is_podcast(node, "category")) {
        add_podcast_category(categories, node, 0);
    } else if (is_podcast(node, "keywords")) {
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
read_image(struct state *s, const xmlNode *node)
{
    struct feed_image *image = g_new0(struct feed_image, 1);
    image->width = image->height = FEED_NO_NUMBER;
    g_autofree char *base = base_of(s, node);
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *raw = value_raw(child);
        if (is(child, "url"))
            value_take(&image->url, value_url(raw, base));
        else if (is(child, "title"))
            value_take(&image->title, value_rss_text(child));
        else if (is(child, "link"))
            value_take(&image->link, value_url(raw, base));
        else if (is(child, "width"))
            image->width = value_number(raw);
        else if (is(child, "height"))
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
read_media(struct state *s, struct feed_item *item, const xmlNode *node, char **title, char **description, int depth)
{
    g_autofree char *base = base_of(s, node);
    if (value_is(node, NS_MEDIA, "content")) {
        g_autofree char *raw_url = value_attribute(node, "url");
        char *url = value_url(raw_url, base);
        g_autofree char *medium = value_attribute(node, "medium");
        g_autofree char *type = value_attribute(node, "type");
        if (url && !item->image && ((medium && g_str_equal(medium, "image")) || (type && g_str_has_prefix(type, "image/") && !medium)))
            item->image = g_strdup(url);
        if (url) {
            struct feed_enclosure *media = g_new0(struct feed_enclosure, 1);
            g_autofree char *size = value_attribute(node, "fileSize");
            g_autofree char *width = value_attribute(node, "width");
            g_autofree char *height = value_attribute(node, "height");
            g_autofree char *duration = value_attribute(node, "duration");
            *media = (struct feed_enclosure){url, g_steal_pointer(&type), NULL, g_steal_pointer(&medium),
                                             value_number(size), value_duration(duration), value_number(width),
                                             value_number(height)};
            g_ptr_array_add(item->media, media);
        }
    } else if (!value_is(node, NS_MEDIA, "group")) {
        return;
    }
    for (const xmlNode *child = node->children; child && depth < 4; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *raw = value_raw(child);
        g_autofree char *url = value_attribute(child, "url");
        if (value_is(child, NS_MEDIA, "title"))
            value_take(title, value_rss_text(child));
        else if (value_is(child, NS_MEDIA, "description"))
            value_take(description, value_markup(child));
        else if (value_is(child, NS_MEDIA, "thumbnail"))
            value_take(&item->image, value_url(url, base));
        else if (value_is(child, NS_MEDIA, "content"))
            read_media(s, item, child, title, description, depth + 1);
        else
            read_category(item->categories, child, raw);
    }
}

static void
read_enclosure(struct state *s, struct feed_item *item, const xmlNode *node)
{
    g_autofree char *base = base_of(s, node);
    g_autofree char *raw = value_attribute(node, "url");
    char *url = value_url(raw, base);
    if (!url)
        return;
    g_autofree char *length = value_attribute(node, "length");
    struct feed_enclosure *e = g_new0(struct feed_enclosure, 1);
    *e = (struct feed_enclosure){url, value_attribute(node, "type"), NULL, NULL, value_number(length),
                                 FEED_NO_NUMBER, FEED_NO_NUMBER, FEED_NO_NUMBER};
    g_ptr_array_add(item->enclosures, e);
    struct feed_link *link = g_new0(struct feed_link, 1);
    *link = (struct feed_link){g_strdup(url), g_strdup("enclosure"), g_strdup(e->type), NULL, NULL, e->length};
    g_ptr_array_add(item->links, link);
}

/* Summaries and bodies by rank: a better element replaces a worse one wherever it stands. */
struct ranked {
    char *html, *base;
    int rank;
};

static void
offer(struct ranked *slot, int rank, char *html, const char *base)
{
    if (!html)
        return;
    if (slot->html && slot->rank <= rank) {
        g_free(html);
        return;
    }
    g_free(slot->html);
    g_free(slot->base);
    *slot = (struct ranked){html, g_strdup(base), rank};
}

static char *
escape_if_text(char *raw)
{
    if (!raw || value_looks_like_html(raw))
        return raw;
    char *escaped = value_escape(raw);
    g_free(raw);
    return escaped;
}

static void
read_link(struct state *s, struct feed_item *item, const char *raw, const char *base)
{
    char *url = value_url(raw, base);
    if (!url)
        return;
    bool web = g_str_has_prefix(url, "http");
    if (!item->link || (web && !g_str_has_prefix(item->link, "http"))) {
        g_free(item->link);
        item->link = url;
    } else {
        g_free(url);
    }
    (void)s;
}

static void
read_item(struct state *s, const xmlNode *root)
{
    struct feed *feed = s->feed;
    struct feed_item *item = feed_add_item(feed);
    g_autofree char *t1 = NULL, *t2 = NULL, *t3 = NULL;
    struct ranked summary = {0}, content = {0};
    g_autofree char *about = NULL, *media_description = NULL;
    int64_t dc_date = FEED_NO_TIME;
    GPtrArray *authors[3];
    for (int i = 0; i < 3; i++)
        authors[i] = g_ptr_array_new_with_free_func(feed_person_free);
    xmlChar *rdf_about = xmlGetNsProp((xmlNode *)root, (const xmlChar *)"about",
                                      (const xmlChar *)"http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    if (rdf_about)
        about = g_strstrip(g_utf8_make_valid((const char *)rdf_about, -1));
    xmlFree(rdf_about);
    for (const xmlNode *node = root->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        int line = (int)xmlGetLineNo(node);
        g_autofree char *raw = value_raw(node);
        g_autofree char *base = base_of(s, node);
        if (is(node, "title"))
            value_take(&item->title, value_rss_text(node));
        else if (value_is(node, NS_DC, "title") || atom_is(node, "title"))
            value_take(&t1, value_rss_text(node));
        else if (value_is(node, NS_MEDIA, "title"))
            value_take(&t2, value_rss_text(node));
        else if (is_podcast(node, "title"))
            value_take(&t3, value_rss_text(node));
        else if (is(node, "link"))
            read_link(s, item, raw, base);
        else if (atom_is(node, "link")) {
            struct feed_link *link = atom_read_link(node, s->base);
            if (link)
                g_ptr_array_add(item->links, link);
        } else if (is(node, "guid")) {
            if (!item->id && raw) {
                item->id = g_strdup(raw);
                g_autofree char *permalink = value_attribute(node, "isPermaLink");
                bool absolute = g_str_has_prefix(raw, "http://") || g_str_has_prefix(raw, "https://");
                item->id_is_permalink = absolute && !(permalink && !g_ascii_strcasecmp(permalink, "false"));
            }
        } else if (atom_is(node, "id")) {
            value_take(&item->id, g_strdup(raw));
        } else if (is(node, "description")) {
            offer(&summary, 0, escape_if_text(value_markup(node)), base);
        } else if (value_is(node, NS_DC, "description")) {
            offer(&summary, 1, escape_if_text(value_markup(node)), base);
        } else if (atom_is(node, "summary")) {
            offer(&summary, 2, atom_html(node), base);
        } else if (is_podcast(node, "summary")) {
            offer(&summary, 3, escape_if_text(value_markup(node)), base);
        } else if (is_podcast(node, "subtitle")) {
            offer(&summary, 4, escape_if_text(value_markup(node)), base);
        } else if (is_podcast(node, "description")) {
            offer(&summary, 5, escape_if_text(value_markup(node)), base);
        } else if (value_is(node, NS_MEDIA, "description")) {
            offer(&summary, 6, escape_if_text(value_markup(node)), base);
        } else if (value_is(node, NS_CONTENT, "encoded")) {
            offer(&content, 0, escape_if_text(value_markup(node)), base);
        } else if (atom_is(node, "content")) {
            offer(&content, 1, atom_html(node), base);
        } else if (value_is(node, NS_XHTML, "body") || value_is(node, NS_XHTML, "div")) {
            offer(&content, 2, value_inner_xml(node), base);
        } else if (is(node, "fullitem")) {
            offer(&content, 3, escape_if_text(value_markup(node)), base);
        } else if (value_is(node, NS_YANDEX, "full-text")) {
            offer(&content, 4, escape_if_text(value_markup(node)), base);
        } else if (is(node, "pubDate")) {
            if (item->published == FEED_NO_TIME)
                item->published = value_time(feed, raw, s->options, line, &item->published_offset);
        } else if (value_is(node, NS_DC, "date") || value_is(node, NS_DC, "date.Taken")) {
            if (dc_date == FEED_NO_TIME)
                dc_date = value_time(feed, raw, s->options, line, &item->published_offset);
        } else if (value_is(node, NS_DCTERMS, "issued") || value_is(node, NS_DCTERMS, "created") || atom_is(node, "published")) {
            if (item->published == FEED_NO_TIME)
                item->published = value_time(feed, raw, s->options, line, &item->published_offset);
        } else if (value_is(node, NS_DCTERMS, "modified") || atom_is(node, "updated")) {
            if (item->updated == FEED_NO_TIME)
                item->updated = value_time(feed, raw, s->options, line, NULL);
        } else if (is(node, "author")) {
            bool structured = false;
            for (const xmlNode *child = node->children; child; child = child->next)
                structured |= child->type == XML_ELEMENT_NODE;
            add_person(authors[0], structured ? atom_read_person(node, s->base) : value_person(raw));
        } else if (value_is(node, NS_DC, "creator") || value_is(node, NS_DC, "author")) {
            add_person(authors[1], value_person(raw));
        } else if (atom_is(node, "author")) {
            add_person(authors[1], atom_read_person(node, s->base));
        } else if (is_podcast(node, "author")) {
            add_person(authors[2], value_person(raw));
        } else if (is(node, "enclosure")) {
            read_enclosure(s, item, node);
        } else if (value_is(node, NS_MEDIA, "content") || value_is(node, NS_MEDIA, "group")) {
            read_media(s, item, node, &t2, &media_description, 0);
        } else if (value_is(node, NS_MEDIA, "thumbnail")) {
            g_autofree char *url = value_attribute(node, "url");
            value_take(&item->image, value_url(url, base));
        } else if (is_podcast(node, "image")) {
            g_autofree char *href = value_attribute(node, "href");
            value_take(&item->image, value_url(href ? href : raw, base));
        } else if (is(node, "comments")) {
            value_take(&item->comments, value_url(raw, base));
        } else if (value_is(node, NS_WFW, "commentRss")) {
            value_take(&item->comments_feed, value_url(raw, base));
        } else if (value_is(node, NS_SLASH, "comments") || value_is(node, NS_THR, "total")) {
            item->comments_count = value_number(raw);
        } else if (value_is(node, NS_FEEDBURNER, "origLink")) {
            value_take(&item->orig_link, value_url(raw, base));
        } else if (is(node, "source")) {
            g_autofree char *url = value_attribute(node, "url");
            item->has_source = url || raw;
            value_take(&item->source_title, value_rss_text(node));
            value_take(&item->source_link, value_url(url, base));
        } else if (value_is(node, NS_DC, "language")) {
            value_take(&item->language, raw ? g_strdelimit(g_strdup(raw), "_", '-') : NULL);
        } else if (value_is(node, NS_DC, "rights") || is(node, "copyright") || value_is(node, NS_MEDIA, "copyright")) {
            value_take(&item->rights, value_rss_text(node));
        } else if (is_podcast(node, "duration")) {
            item->duration = value_duration(raw);
        } else if (is_podcast(node, "explicit")) {
            if (raw && (!g_ascii_strcasecmp(raw, "yes") || !g_ascii_strcasecmp(raw, "true")))
                item->explicit_content = 1;
            else if (raw && (!g_ascii_strcasecmp(raw, "no") || !g_ascii_strcasecmp(raw, "false") || !g_ascii_strcasecmp(raw, "clean")))
                item->explicit_content = 0;
        } else {
            read_category(item->categories, node, raw);
        }
    }
    value_take(&item->title, g_steal_pointer(&t1));
    value_take(&item->title, g_steal_pointer(&t2));
    value_take(&item->title, g_steal_pointer(&t3));
    offer(&summary, 6, escape_if_text(g_steal_pointer(&media_description)), s->base);
    item->summary_html = summary.html;
    item->summary_base = summary.base;
    item->content_html = content.html;
    item->content_base = content.base;
    if (dc_date != FEED_NO_TIME) {
        if (item->published == FEED_NO_TIME)
            item->published = dc_date;
        else if (item->updated == FEED_NO_TIME)
            item->updated = dc_date;
    }
    for (int i = 0; i < 3; i++) {
        while (authors[i]->len)
            add_person(item->authors, g_ptr_array_steal_index(authors[i], 0));
        g_ptr_array_unref(authors[i]);
    }
    for (guint i = 0; i < item->links->len && !item->link; i++) {
        const struct feed_link *link = g_ptr_array_index(item->links, i);
        if (g_str_equal(link->rel, "alternate"))
            item->link = g_strdup(link->url);
    }
    if (!item->link && item->id_is_permalink == 1)
        item->link = g_strdup(item->id);
    if (!item->id && about && *about)
        item->id = g_steal_pointer(&about);
}

static void
read_channel(struct state *s, const xmlNode *channel)
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
        if (is(node, "item")) {
            read_item(s, node);
            continue;
        }
        if (is(node, "image")) {
            read_image(s, node);
            continue;
        }
        if (is(node, "textinput") || is(node, "items"))
            continue;
        g_autofree char *raw = value_raw(node);
        g_autofree char *base = base_of(s, node);
        if (is(node, "title"))
            value_take(&feed->title, value_rss_text(node));
        else if (value_is(node, NS_DC, "title") || atom_is(node, "title"))
            value_take(&t1, value_rss_text(node));
        else if (is(node, "description"))
            value_take(&feed->description, value_rss_text(node));
        else if (value_is(node, NS_DC, "description") || is_podcast(node, "summary") || atom_is(node, "subtitle"))
            value_take(&d1, value_rss_text(node));
        else if (is(node, "link")) {
            g_autofree char *own = value_base(node, o->url);
            value_take(&feed->link, value_url(raw, own));
        } else if (atom_is(node, "link")) {
            struct feed_link *link = atom_read_link(node, o->url);
            if (link)
                g_ptr_array_add(feed->links, link);
        } else if (atom_is(node, "id")) {
            value_take(&feed->id, g_strdup(raw));
        } else if (is(node, "language") || value_is(node, NS_DC, "language")) {
            value_take(&feed->language, raw ? g_strdelimit(g_strdup(raw), "_", '-') : NULL);
        } else if (is(node, "copyright") || value_is(node, NS_DC, "rights")) {
            value_take(&feed->rights, value_rss_text(node));
        } else if (is(node, "generator")) {
            value_take(&feed->generator, value_text(raw, false));
        } else if (is(node, "managingEditor") || value_is(node, NS_DC, "creator") || value_is(node, NS_DC, "author") ||
                   is_podcast(node, "author") || is(node, "author")) {
            add_person(feed->authors, value_person(raw));
        } else if (atom_is(node, "author")) {
            add_person(feed->authors, atom_read_person(node, s->base));
        } else if (is(node, "pubDate") || value_is(node, NS_DCTERMS, "issued")) {
            feed->published = value_time(feed, raw, o, line, NULL);
        } else if (is(node, "lastBuildDate") || value_is(node, NS_DCTERMS, "modified") || atom_is(node, "updated")) {
            feed->updated = value_time(feed, raw, o, line, NULL);
        } else if (value_is(node, NS_DC, "date")) {
            dc_date = value_time(feed, raw, o, line, NULL);
        } else if (is(node, "ttl")) {
            feed->ttl = value_number(raw);
        } else if (is(node, "skipHours") || is(node, "skipDays")) {
            for (const xmlNode *child = node->children; child; child = child->next) {
                g_autofree char *value = child->type == XML_ELEMENT_NODE ? value_raw(child) : NULL;
                gint64 hour = value_number(value);
                if (is(node, "skipDays") && value)
                    g_ptr_array_add(feed->skip_days, g_steal_pointer(&value));
                else if (value && hour >= 0 && hour <= 24) {
                    int h = (int)hour;
                    g_array_append_val(feed->skip_hours, h);
                }
            }
        } else if (is_podcast(node, "image")) {
            g_autofree char *href = value_attribute(node, "href");
            char *url = value_url(href ? href : raw, base);
            if (url && !feed->image) {
                feed->image = g_new0(struct feed_image, 1);
                *feed->image = (struct feed_image){url, NULL, NULL, FEED_NO_NUMBER, FEED_NO_NUMBER};
            } else {
                g_free(url);
            }
        } else {
            read_category(feed->categories, node, raw);
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
        if (node->type != XML_ELEMENT_NODE || !is(node, "link"))
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
        if (node->type == XML_ELEMENT_NODE && is(node, "channel"))
            channel = node;
    if (!channel && !root->children) {
        g_set_error(error, FEED_ERROR, FEED_ERROR_MALFORMED, _("the feed has no channel"));
        return false;
    }
    g_autofree char *base = channel ? channel_base(channel, options->url) : g_strdup(options->url);
    struct state s = {feed, options, base};
    if (channel)
        read_channel(&s, channel);
    for (const xmlNode *node = root->children; node && channel != root; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (is(node, "item"))
            read_item(&s, node);
        else if (is(node, "image"))
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
