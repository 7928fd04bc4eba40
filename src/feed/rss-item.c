/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An RSS item.  Each element is offered to groups of readers (text, identity, times,
 * people, media, discussion); what several elements may say is kept by rank until the
 * whole item has been read.
 */
#include "config.h"

#include "feed/rss.h"

#include <string.h>

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

/* What an item is made of while it is read. */
struct rss_item {
    struct rss_state *s;
    struct feed_item *item;
    char *titles[3]; /* of modules, by rank */
    struct ranked summary, content;
    GPtrArray *authors[3]; /* by rank */
    int64_t dc_date;
};

/* One element with what most readers need of it. */
struct element {
    const xmlNode *node;
    const char *raw, *base;
    int line;
};

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
read_media_content(struct rss_item *in, const xmlNode *node, int depth)
{
    struct feed_item *item = in->item;
    g_autofree char *base = rss_base(in->s, node);
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
            value_take(&in->titles[1], value_rss_text(child));
        else if (value_is(child, NS_MEDIA, "description"))
            offer(&in->summary, 6, escape_if_text(value_markup(child)), base);
        else if (value_is(child, NS_MEDIA, "thumbnail"))
            value_take(&item->image, value_url(url, base));
        else if (value_is(child, NS_MEDIA, "content"))
            read_media_content(in, child, depth + 1);
        else
            rss_read_category(item->categories, child, raw);
    }
}

static void
read_enclosure(struct feed_item *item, const xmlNode *node, const char *base)
{
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

/* Of several links the first web one counts. */
static void
take_link(struct feed_item *item, char *url)
{
    if (!url)
        return;
    if (!item->link || (g_str_has_prefix(url, "http") && !g_str_has_prefix(item->link, "http"))) {
        g_free(item->link);
        item->link = url;
    } else {
        g_free(url);
    }
}

static bool
read_text(struct rss_item *in, const struct element *e)
{
    static const struct {
        enum feed_ns ns;
        const char *name;
        int rank;
        bool content;
    } bodies[] = {
        {NS_DC, "description", 1, false},     {NS_MEDIA, "description", 6, false},
        {NS_CONTENT, "encoded", 0, true},     {NS_YANDEX, "full-text", 4, true},
    };
    static const struct {
        const char *name;
        int rank;
    } podcast[] = {{"summary", 3}, {"subtitle", 4}, {"description", 5}};
    const xmlNode *n = e->node;
    if (rss_is(n, "title")) {
        value_take(&in->item->title, value_rss_text(n));
    } else if (value_is(n, NS_DC, "title") || atom_is(n, "title")) {
        value_take(&in->titles[0], value_rss_text(n));
    } else if (value_is(n, NS_MEDIA, "title")) {
        value_take(&in->titles[1], value_rss_text(n));
    } else if (rss_is_podcast(n, "title")) {
        value_take(&in->titles[2], value_rss_text(n));
    } else if (rss_is(n, "description")) {
        offer(&in->summary, 0, escape_if_text(value_markup(n)), e->base);
    } else if (rss_is(n, "fullitem")) {
        offer(&in->content, 3, escape_if_text(value_markup(n)), e->base);
    } else if (atom_is(n, "summary")) {
        offer(&in->summary, 2, atom_html(n), e->base);
    } else if (atom_is(n, "content")) {
        offer(&in->content, 1, atom_html(n), e->base);
    } else if (value_is(n, NS_XHTML, "body") || value_is(n, NS_XHTML, "div")) {
        offer(&in->content, 2, value_inner_xml(n), e->base);
    } else {
        for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
            if (value_is(n, bodies[i].ns, bodies[i].name)) {
                offer(bodies[i].content ? &in->content : &in->summary, bodies[i].rank, escape_if_text(value_markup(n)), e->base);
                return true;
            }
        }
        for (size_t i = 0; i < G_N_ELEMENTS(podcast); i++) {
            if (rss_is_podcast(n, podcast[i].name)) {
                offer(&in->summary, podcast[i].rank, escape_if_text(value_markup(n)), e->base);
                return true;
            }
        }
        return false;
    }
    return true;
}

static bool
read_identity(struct rss_item *in, const struct element *e)
{
    const xmlNode *n = e->node;
    struct feed_item *item = in->item;
    if (rss_is(n, "link")) {
        take_link(item, value_url(e->raw, e->base));
    } else if (atom_is(n, "link")) {
        atom_add_item_link(item, n, in->s->base);
    } else if (rss_is(n, "guid")) {
        if (item->id || !e->raw)
            return true;
        item->id = g_strdup(e->raw);
        g_autofree char *permalink = value_attribute(n, "isPermaLink");
        bool absolute = g_str_has_prefix(e->raw, "http://") || g_str_has_prefix(e->raw, "https://");
        item->id_is_permalink = absolute && !(permalink && !g_ascii_strcasecmp(permalink, "false"));
    } else if (atom_is(n, "id")) {
        value_take(&item->id, g_strdup(e->raw));
    } else if (value_is(n, NS_FEEDBURNER, "origLink")) {
        value_take(&item->orig_link, value_url(e->raw, e->base));
    } else if (rss_is(n, "source")) {
        g_autofree char *url = value_attribute(n, "url");
        item->has_source = url || e->raw;
        value_take(&item->source_title, value_rss_text(n));
        value_take(&item->source_link, value_url(url, e->base));
    } else if (value_is(n, NS_DC, "language")) {
        value_take(&item->language, e->raw ? g_strdelimit(g_strdup(e->raw), "_", '-') : NULL);
    } else if (value_is(n, NS_DC, "rights") || rss_is(n, "copyright") || value_is(n, NS_MEDIA, "copyright")) {
        value_take(&item->rights, value_rss_text(n));
    } else {
        return false;
    }
    return true;
}

static bool
read_times(struct rss_item *in, const struct element *e)
{
    const xmlNode *n = e->node;
    struct feed_item *item = in->item;
    int64_t *to;
    int *offset = NULL;
    if (rss_is(n, "pubDate") || value_is(n, NS_DCTERMS, "issued") || value_is(n, NS_DCTERMS, "created") || atom_is(n, "published")) {
        to = &item->published;
        offset = &item->published_offset;
    } else if (value_is(n, NS_DC, "date")) {
        to = &in->dc_date;
        offset = &item->published_offset;
    } else if (value_is(n, NS_DCTERMS, "modified") || atom_is(n, "updated")) {
        to = &item->updated;
    } else {
        return false;
    }
    if (*to == FEED_NO_TIME)
        *to = value_time(in->s->feed, e->raw, in->s->options, e->line, offset);
    return true;
}

static bool
read_people(struct rss_item *in, const struct element *e)
{
    const xmlNode *n = e->node;
    if (rss_is(n, "author")) {
        bool structured = false;
        for (const xmlNode *child = n->children; child; child = child->next)
            structured |= child->type == XML_ELEMENT_NODE;
        rss_add_person(in->authors[0], structured ? atom_read_person(n, in->s->base) : value_person(e->raw));
    } else if (value_is(n, NS_DC, "creator") || value_is(n, NS_DC, "author")) {
        rss_add_person(in->authors[1], value_person(e->raw));
    } else if (atom_is(n, "author")) {
        rss_add_person(in->authors[1], atom_read_person(n, in->s->base));
    } else if (rss_is_podcast(n, "author")) {
        rss_add_person(in->authors[2], value_person(e->raw));
    } else {
        return false;
    }
    return true;
}

static bool
read_media(struct rss_item *in, const struct element *e)
{
    const xmlNode *n = e->node;
    struct feed_item *item = in->item;
    if (rss_is(n, "enclosure")) {
        read_enclosure(item, n, e->base);
    } else if (value_is(n, NS_MEDIA, "content") || value_is(n, NS_MEDIA, "group")) {
        read_media_content(in, n, 0);
    } else if (value_is(n, NS_MEDIA, "thumbnail")) {
        g_autofree char *url = value_attribute(n, "url");
        value_take(&item->image, value_url(url, e->base));
    } else if (rss_is_podcast(n, "image")) {
        g_autofree char *href = value_attribute(n, "href");
        value_take(&item->image, value_url(href ? href : e->raw, e->base));
    } else if (rss_is_podcast(n, "duration")) {
        item->duration = value_duration(e->raw);
    } else if (rss_is_podcast(n, "explicit")) {
        static const char *const yes[] = {"yes", "true", NULL}, *const no[] = {"no", "false", "clean", NULL};
        g_autofree char *word = e->raw ? g_ascii_strdown(e->raw, -1) : g_strdup("");
        if (g_strv_contains(yes, word) || g_strv_contains(no, word))
            item->explicit_content = g_strv_contains(yes, word);
    } else {
        return false;
    }
    return true;
}

static bool
read_discussion(struct rss_item *in, const struct element *e)
{
    const xmlNode *n = e->node;
    if (rss_is(n, "comments"))
        value_take(&in->item->comments, value_url(e->raw, e->base));
    else if (value_is(n, NS_WFW, "commentRss"))
        value_take(&in->item->comments_feed, value_url(e->raw, e->base));
    else if (value_is(n, NS_SLASH, "comments") || value_is(n, NS_THR, "total"))
        in->item->comments_count = value_number(e->raw);
    else
        return false;
    return true;
}

/* Puts together what was kept by rank. */
static void
finish(struct rss_item *in, const xmlNode *root)
{
    struct feed_item *item = in->item;
    for (size_t i = 0; i < G_N_ELEMENTS(in->titles); i++)
        value_take(&item->title, g_steal_pointer(&in->titles[i]));
    item->summary_html = in->summary.html;
    item->summary_base = in->summary.base;
    item->content_html = in->content.html;
    item->content_base = in->content.base;
    if (in->dc_date != FEED_NO_TIME) {
        if (item->published == FEED_NO_TIME)
            item->published = in->dc_date;
        else if (item->updated == FEED_NO_TIME)
            item->updated = in->dc_date;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(in->authors); i++) {
        while (in->authors[i]->len)
            rss_add_person(item->authors, g_ptr_array_steal_index(in->authors[i], 0));
        g_ptr_array_unref(in->authors[i]);
    }
    for (guint i = 0; i < item->links->len && !item->link; i++) {
        const struct feed_link *link = g_ptr_array_index(item->links, i);
        if (g_str_equal(link->rel, "alternate"))
            item->link = g_strdup(link->url);
    }
    atom_take_replies(item);
    if (!item->link && item->id_is_permalink == 1)
        item->link = g_strdup(item->id);
    xmlChar *about = xmlGetNsProp((xmlNode *)root, (const xmlChar *)"about",
                                  (const xmlChar *)"http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    if (!item->id && about && *about)
        item->id = g_strstrip(g_utf8_make_valid((const char *)about, -1));
    xmlFree(about);
}

void
rss_read_item(struct rss_state *s, const xmlNode *root)
{
    static bool (*const readers[])(struct rss_item *, const struct element *) = {
        read_text, read_identity, read_times, read_people, read_media, read_discussion};
    struct rss_item in = {.s = s, .item = feed_add_item(s->feed), .dc_date = FEED_NO_TIME};
    for (size_t i = 0; i < G_N_ELEMENTS(in.authors); i++)
        in.authors[i] = g_ptr_array_new_with_free_func(feed_person_free);
    for (const xmlNode *node = root->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *raw = value_raw(node);
        g_autofree char *base = rss_base(s, node);
        struct element e = {node, raw, base, (int)xmlGetLineNo(node)};
        bool known = false;
        for (size_t i = 0; i < G_N_ELEMENTS(readers) && !known; i++)
            known = readers[i](&in, &e);
        if (!known)
            rss_read_category(in.item->categories, node, raw);
    }
    finish(&in, root);
}
