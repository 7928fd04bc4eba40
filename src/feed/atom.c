/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom 1.0 (RFC 4287, with RFC 4685 threads and RFC 5005 paging) and Atom 0.3. */
#include "config.h"

#include "feed/atom.h"
#include "feed/formats.h"

#include <string.h>

bool
atom_is(const xmlNode *node, const char *name)
{
    if (node->type != XML_ELEMENT_NODE || g_ascii_strcasecmp(value_local_name(node), name))
        return false;
    enum feed_ns ns = value_ns(node);
    return ns == NS_ATOM || ns == NS_ATOM03;
}

/* In an Atom document an element without or of an unknown default namespace counts too. */
static bool
is(const xmlNode *node, const char *name)
{
    return atom_is(node, name) || value_is(node, NS_NONE, name) ||
           (value_is(node, NS_OTHER, name) && node->ns && !node->ns->prefix);
}

struct feed_link *
atom_read_link(const xmlNode *node, const char *document_base)
{
    g_autofree char *base = value_base(node, document_base);
    g_autofree char *href = value_attribute(node, "href");
    if (!href)
        href = value_raw(node);
    char *url = value_url(href, base);
    if (!url && !node->properties)
        return NULL;
    struct feed_link *link = g_new0(struct feed_link, 1);
    g_autofree char *length = value_attribute(node, "length");
    *link = (struct feed_link){url, value_attribute(node, "rel"), value_attribute(node, "type"),
                               value_attribute(node, "title"), value_attribute(node, "hreflang"),
                               value_number(length)};
    if (!link->rel)
        link->rel = g_strdup("alternate");
    static const char *const iana[] = {"http://www.iana.org/assignments/relation/", NULL};
    if (g_str_has_prefix(link->rel, iana[0])) {
        char *rel = g_strdup(link->rel + strlen(iana[0]));
        g_free(link->rel);
        link->rel = rel;
    }
    return link;
}

void
atom_add_item_link(struct feed_item *item, const xmlNode *node, const char *document_base)
{
    struct feed_link *link = atom_read_link(node, document_base);
    if (!link)
        return;
    g_ptr_array_add(item->links, link);
    xmlChar *count = xmlGetNsProp((xmlNode *)node, (const xmlChar *)"count", (const xmlChar *)"http://purl.org/syndication/thread/1.0");
    if (count && item->comments_count == FEED_NO_NUMBER)
        item->comments_count = value_number((const char *)count);
    xmlFree(count);
}

static const char *
construct_type(const xmlNode *node, char **owned)
{
    g_autofree char *type = value_attribute(node, "type");
    g_autofree char *mode = value_attribute(node, "mode");
    g_autofree char *lower = type ? g_ascii_strdown(type, -1) : NULL;
    *owned = g_steal_pointer(&lower);
    if (value_ns(node) == NS_ATOM03 || mode) {
        if (mode && g_str_equal(mode, "escaped"))
            return *owned && g_str_equal(*owned, "text/plain") ? "text" : "html";
        if (mode && g_str_equal(mode, "base64"))
            return "base64";
        if (*owned && strstr(*owned, "html"))
            return strstr(*owned, "xhtml") ? "xhtml" : "html";
        return "text";
    }
    if (!*owned || g_str_equal(*owned, "text"))
        return "text";
    if (g_str_equal(*owned, "html") || g_str_equal(*owned, "text/html"))
        return "html";
    if (g_str_has_prefix(*owned, "xhtml") || g_str_equal(*owned, "application/xhtml+xml"))
        return "xhtml";
    if (g_str_has_prefix(*owned, "text/"))
        return "text";
    if (g_str_has_suffix(*owned, "xml"))
        return "xhtml";
    return "base64";
}

static char *
decode_base64(const xmlNode *node)
{
    g_autofree char *raw = value_raw(node);
    if (!raw)
        return NULL;
    gsize length;
    g_autofree guchar *bytes = g_base64_decode(raw, &length);
    /* a type that only looks like one of binary content: the text is what it is */
    return g_utf8_validate_len((const char *)bytes, length, NULL) && length ? g_strndup((const char *)bytes, length)
                                                                            : g_steal_pointer(&raw);
}

static const xmlNode *
only_element(const xmlNode *node, const char *name)
{
    const xmlNode *found = NULL;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            if (found)
                return NULL;
            found = child;
        }
    }
    return found && !g_ascii_strcasecmp(value_local_name(found), name) ? found : NULL;
}

char *
atom_html(const xmlNode *node)
{
    g_autofree char *owned = NULL;
    const char *type = construct_type(node, &owned);
    if (g_str_equal(type, "xhtml")) {
        const xmlNode *div = only_element(node, "div");
        return value_inner_xml(div ? div : node);
    }
    if (g_str_equal(type, "base64"))
        return decode_base64(node);
    g_autofree char *raw = value_markup(node);
    if (!raw)
        return NULL;
    if (g_str_equal(type, "html"))
        return g_steal_pointer(&raw);
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return g_steal_pointer(&raw); /* markup where text was declared */
    return value_escape(raw);
}

char *
atom_text(const xmlNode *node)
{
    g_autofree char *html = atom_html(node);
    return html ? value_text(html, true) : NULL;
}

struct feed_person *
atom_read_person(const xmlNode *node, const char *document_base)
{
    struct feed_person *person = g_new0(struct feed_person, 1);
    bool structured = false;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        structured = true;
        g_autofree char *base = value_base(child, document_base);
        g_autofree char *raw = value_raw(child);
        if (is(child, "name"))
            value_take(&person->name, value_text(raw, false));
        else if (is(child, "email"))
            value_take(&person->email, value_text(raw, false));
        else if (is(child, "uri") || is(child, "url") || is(child, "homepage"))
            value_take(&person->url, value_url(raw, base));
    }
    if (!structured) {
        feed_person_free(person);
        g_autofree char *raw = value_raw(node);
        return value_person(raw);
    }
    if (!person->name && !person->email && !person->url) {
        feed_person_free(person);
        return NULL;
    }
    return person;
}

static void
add_person(GPtrArray *people, struct feed_person *person)
{
    if (person)
        g_ptr_array_add(people, person);
}

static bool
is_html_type(const char *type)
{
    return !type || g_str_has_prefix(type, "text/html") || g_str_has_prefix(type, "application/xhtml");
}

static const char *
alternate(const GPtrArray *links)
{
    const char *first = NULL;
    for (guint i = 0; i < links->len; i++) {
        const struct feed_link *link = g_ptr_array_index(links, i);
        if (!g_str_equal(link->rel, "alternate") || !link->url)
            continue;
        if (link->type && is_html_type(link->type))
            return link->url;
        if (!first)
            first = link->url;
    }
    return first;
}

static void
take_rel(const GPtrArray *links, const char *rel, char **to)
{
    for (guint i = 0; i < links->len && !*to; i++) {
        const struct feed_link *link = g_ptr_array_index(links, i);
        if (g_str_equal(link->rel, rel))
            *to = g_strdup(link->url);
    }
}

void
atom_choose_links(struct feed *feed)
{
    if (!feed->link)
        feed->link = g_strdup(alternate(feed->links));
    take_rel(feed->links, "self", &feed->self);
    take_rel(feed->links, "next", &feed->next);
    take_rel(feed->links, "hub", &feed->hub);
}

static void
add_category(GPtrArray *categories, const xmlNode *node)
{
    g_autofree char *term = value_attribute(node, "term");
    g_autofree char *label = value_attribute(node, "label");
    if (!term)
        term = value_raw(node);
    value_add_category(categories, value_text(term, false), value_attribute(node, "scheme"), value_text(label, false));
}

static char *
language_of(const xmlNode *node)
{
    xmlChar *lang = xmlNodeGetLang((xmlNode *)node);
    char *copy = lang && *lang ? g_strdelimit(g_strdup((const char *)lang), "_", '-') : NULL;
    xmlFree(lang);
    return copy;
}

static void
read_source(struct feed *feed, struct feed_item *item, GPtrArray *authors, const xmlNode *source,
            const struct feed_options *o)
{
    item->has_source = true;
    for (const xmlNode *child = source->children; child; child = child->next) {
        g_autofree char *raw = child->type == XML_ELEMENT_NODE ? value_raw(child) : NULL;
        if (is(child, "id"))
            value_take(&item->source_id, g_strdup(raw));
        else if (is(child, "title"))
            value_take(&item->source_title, atom_text(child));
        else if (is(child, "updated") || is(child, "modified"))
            item->source_updated = value_time(feed, raw, o, (int)xmlGetLineNo(child), NULL);
        else if (is(child, "author"))
            add_person(authors, atom_read_person(child, o->url));
        else if (is(child, "link")) {
            struct feed_link *link = atom_read_link(child, o->url);
            if (link && g_str_equal(link->rel, "alternate"))
                value_take(&item->source_link, g_strdup(link->url));
            if (link) {
                g_free(link->url);
                g_free(link->rel);
                g_free(link->type);
                g_free(link->title);
                g_free(link->hreflang);
                g_free(link);
            }
        }
    }
}

void
atom_take_replies(struct feed_item *item)
{
    for (guint i = 0; i < item->links->len; i++) {
        const struct feed_link *link = g_ptr_array_index(item->links, i);
        if (!g_str_equal(link->rel, "replies") || !link->url)
            continue;
        value_take(link->type && is_html_type(link->type) ? &item->comments : &item->comments_feed, g_strdup(link->url));
    }
}

static void
links_of_item(struct feed_item *item)
{
    item->link = g_strdup(alternate(item->links));
    for (guint i = 0; i < item->links->len; i++) {
        const struct feed_link *link = g_ptr_array_index(item->links, i);
        if (g_str_equal(link->rel, "enclosure") && link->url) {
            struct feed_enclosure *e = g_new0(struct feed_enclosure, 1);
            *e = (struct feed_enclosure){g_strdup(link->url), g_strdup(link->type), g_strdup(link->title), NULL,
                                         link->length, FEED_NO_NUMBER, FEED_NO_NUMBER, FEED_NO_NUMBER};
            g_ptr_array_add(item->enclosures, e);
        }
    }
    atom_take_replies(item);
}

static void
read_entry(struct feed *feed, const xmlNode *entry, const struct feed_options *o)
{
    struct feed_item *item = feed_add_item(feed);
    g_autoptr(GPtrArray) source_authors = g_ptr_array_new_with_free_func(feed_person_free);
    g_autofree char *module_title = NULL, *module_summary = NULL, *module_content = NULL;
    item->language = language_of(entry);
    for (const xmlNode *node = entry->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        int line = (int)xmlGetLineNo(node);
        g_autofree char *raw = value_raw(node);
        g_autofree char *base = value_base(node, o->url);
        if (is(node, "id"))
            value_take(&item->id, g_strdup(raw));
        else if (is(node, "title"))
            value_take(&item->title, atom_text(node));
        else if (is(node, "link")) {
            atom_add_item_link(item, node, o->url);
        } else if (is(node, "published") || is(node, "issued")) {
            if (item->published == FEED_NO_TIME || is(node, "issued"))
                item->published = value_time(feed, raw, o, line, &item->published_offset);
        } else if (is(node, "created")) {
            if (item->published == FEED_NO_TIME)
                item->published = value_time(feed, raw, o, line, &item->published_offset);
        } else if (is(node, "updated") || is(node, "modified")) {
            if (item->updated == FEED_NO_TIME)
                item->updated = value_time(feed, raw, o, line, NULL);
        } else if (is(node, "summary")) {
            if (!item->summary_html && (item->summary_html = atom_html(node)))
                item->summary_base = g_strdup(base);
        } else if (is(node, "content")) {
            g_autofree char *src = value_attribute(node, "src");
            if (src)
                value_take(&item->content_src, value_url(src, base));
            else if (!item->content_html && (item->content_html = atom_html(node)))
                item->content_base = g_strdup(base);
        } else if (is(node, "author")) {
            add_person(item->authors, atom_read_person(node, o->url));
        } else if (is(node, "category")) {
            add_category(item->categories, node);
        } else if (is(node, "rights") || is(node, "copyright")) {
            value_take(&item->rights, atom_text(node));
        } else if (is(node, "source")) {
            read_source(feed, item, source_authors, node, o);
        } else if (value_is(node, NS_THR, "total")) {
            item->comments_count = value_number(raw);
        } else if (value_is(node, NS_SLASH, "comments")) {
            if (item->comments_count == FEED_NO_NUMBER)
                item->comments_count = value_number(raw);
        } else if (value_is(node, NS_WFW, "commentRss")) {
            value_take(&item->comments_feed, value_url(raw, base));
        } else if (value_is(node, NS_FEEDBURNER, "origLink")) {
            value_take(&item->orig_link, value_url(raw, base));
        } else if (value_is(node, NS_DC, "creator")) {
            add_person(item->authors, value_person(raw));
        } else if (value_is(node, NS_DC, "subject")) {
            value_add_category(item->categories, value_text(raw, false), NULL, NULL);
        } else if (value_is(node, NS_DC, "title") || value_is(node, NS_MEDIA, "title")) {
            value_take(&module_title, value_rss_text(node));
        } else if (value_is(node, NS_CONTENT, "encoded")) {
            value_take(&module_content, value_markup(node));
        } else if (value_is(node, NS_DC, "description")) {
            value_take(&module_summary, value_markup(node));
        } else if (value_is(node, NS_MEDIA, "thumbnail")) {
            g_autofree char *url = value_attribute(node, "url");
            value_take(&item->image, value_url(url, base));
        }
    }
    links_of_item(item);
    value_take(&item->title, g_steal_pointer(&module_title));
    value_take(&item->summary_html, g_steal_pointer(&module_summary));
    value_take(&item->content_html, g_steal_pointer(&module_content));
    if (!item->authors->len) /* RFC 4287 §4.1.2: the source's authors, else the feed's */
        while (source_authors->len)
            g_ptr_array_add(item->authors, g_ptr_array_steal_index(source_authors, 0));
}

static void
inherit_authors(struct feed *feed)
{
    for (guint i = 0; i < feed->items->len; i++) {
        struct feed_item *item = g_ptr_array_index(feed->items, i);
        for (guint a = 0; a < feed->authors->len && (a || !item->authors->len); a++) {
            const struct feed_person *from = g_ptr_array_index(feed->authors, a);
            if (a && item->authors->len != a)
                break;
            struct feed_person *copy = g_new0(struct feed_person, 1);
            *copy = (struct feed_person){g_strdup(from->name), g_strdup(from->email), g_strdup(from->url)};
            g_ptr_array_add(item->authors, copy);
        }
    }
}

bool
feed_read_atom(struct feed *feed, const xmlNode *root, const struct feed_options *o)
{
    feed->format = "atom";
    g_autofree char *version = value_attribute(root, "version");
    bool old = value_ns(root) == NS_ATOM03 || (version && g_str_equal(version, "0.3"));
    feed->version = g_strdup(old ? "0.3" : "1.0");
    feed->language = language_of(root);
    for (const xmlNode *node = root->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        int line = (int)xmlGetLineNo(node);
        g_autofree char *base = value_base(node, o->url);
        if (is(node, "entry")) {
            read_entry(feed, node, o);
            continue;
        }
        g_autofree char *raw = value_raw(node);
        if (is(node, "id"))
            value_take(&feed->id, g_strdup(raw));
        else if (is(node, "title"))
            value_take(&feed->title, atom_text(node));
        else if (is(node, "subtitle") || is(node, "tagline"))
            value_take(&feed->description, atom_text(node));
        else if (is(node, "link")) {
            struct feed_link *link = atom_read_link(node, o->url);
            if (link)
                g_ptr_array_add(feed->links, link);
        } else if (is(node, "updated") || is(node, "modified")) {
            feed->updated = value_time(feed, raw, o, line, NULL);
        } else if (is(node, "author")) {
            add_person(feed->authors, atom_read_person(node, o->url));
        } else if (is(node, "category")) {
            add_category(feed->categories, node);
        } else if (is(node, "rights") || is(node, "copyright")) {
            value_take(&feed->rights, atom_text(node));
        } else if (is(node, "generator")) {
            value_take(&feed->generator, value_text(raw, false));
        } else if (is(node, "icon")) {
            value_take(&feed->icon, value_url(raw, base));
        } else if (is(node, "logo") && !feed->image) {
            char *url = value_url(raw, base);
            if (url) {
                feed->image = g_new0(struct feed_image, 1);
                *feed->image = (struct feed_image){url, NULL, NULL, FEED_NO_NUMBER, FEED_NO_NUMBER};
            }
        }
    }
    atom_choose_links(feed);
    inherit_authors(feed);
    for (guint i = 0; i < feed->items->len; i++) {
        struct feed_item *item = g_ptr_array_index(feed->items, i);
        if (!item->language)
            item->language = g_strdup(feed->language);
    }
    return true;
}
