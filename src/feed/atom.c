/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom 1.0 (RFC 4287, with RFC 4685 threads and RFC 5005 paging) and Atom 0.3. */
#include "config.h"

#include "feed/atom.h"
#include "feed/module.h"

#include <string.h>

#define SOURCE_RANK 2 /* of the authors that atom:source names */

bool
atom_is(const struct element *node, const char *name)
{
    return element_is(node, NS_ATOM, name) || element_is(node, NS_ATOM03, name);
}

bool
atom_is_core(const struct element *node, const char *name)
{
    return atom_is(node, name) || element_is_core(node, name);
}

struct feed_link *
atom_read_link(const struct element *node, const char *document_base)
{
    g_autofree char *base = element_base(node, document_base);
    const char *href = element_attribute(node, "href");
    if (!href)
        href = element_text(node);
    char *url = value_url(href, base);
    if (!url && !node->attribute_count)
        return NULL;
    struct feed_link *link = g_new0(struct feed_link, 1);
    const char *length = element_attribute(node, "length");
    static const char iana[] = "http://www.iana.org/assignments/relation/";
    const char *rel = element_attribute(node, "rel");
    if (!rel)
        rel = "alternate";
    else if (g_str_has_prefix(rel, iana))
        rel += strlen(iana);
    *link = (struct feed_link){url,
                               g_strdup(rel),
                               g_strdup(element_attribute(node, "type")),
                               g_strdup(element_attribute(node, "title")),
                               g_strdup(element_attribute(node, "hreflang")),
                               value_number(length)};
    return link;
}

void
atom_add_item_link(struct feed_item *item, const struct element *node, const char *document_base)
{
    struct feed_link *link = atom_read_link(node, document_base);
    if (!link)
        return;
    if (item->links->len < MAX_LIST)
        g_ptr_array_add(item->links, link);
    else
        feed_link_free(link);
    if (item->comments_count == FEED_NO_NUMBER)
        item->comments_count = value_number(element_attribute_ns(node, NS_THR, "count"));
}

static const char *
construct_type(const struct element *node, char **owned)
{
    const char *type = element_attribute(node, "type");
    const char *mode = element_attribute(node, "mode");
    /* a media type may have parameters (RFC 4287 §4.1.3.1): "text/html; charset=utf-8" */
    g_autofree char *lower = type ? g_ascii_strdown(type, (gssize)strcspn(type, ";")) : NULL;
    *owned = lower ? g_strstrip(g_steal_pointer(&lower)) : NULL;
    if (node->ns == NS_ATOM03 || mode) {
        if (mode && g_str_equal(mode, "escaped"))
            return *owned && g_str_equal(*owned, "text/plain") ? "text" : "html";
        if (mode && g_str_equal(mode, "base64")) /* text/plain unless it says otherwise */
            return *owned && strstr(*owned, "html") ? "base64" : "base64 text";
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
decode_base64(const struct element *node)
{
    const char *raw = element_text(node);
    if (!raw)
        return NULL;
    gsize length;
    g_autofree guchar *bytes = g_base64_decode(raw, &length);
    /* a type that only looks like one of binary content: the text is what it is */
    return g_utf8_validate_len((const char *)bytes, length, NULL) && length
               ? g_strndup((const char *)bytes, length)
               : g_strdup(raw);
}

static const struct element *
only_element(const struct element *node, const char *name)
{
    const struct element *first = element_first(node);
    return first && !element_next(first) && !g_ascii_strcasecmp(first->name, name) ? first : NULL;
}

/* The value of a text construct (RFC 4287 §3.1), newly allocated or NULL: HTML, or *plain text. */
static char *
atom_value(const struct element *node, bool *plain)
{
    g_autofree char *owned = NULL;
    const char *type = construct_type(node, &owned);
    *plain = false;
    if (g_str_equal(type, "xhtml")) {
        const struct element *div = only_element(node, "div");
        /* without the div that RFC 4287 §3.1.1.3 wants, and escaped: type="html" was meant */
        const char *text = element_first(node) ? NULL : element_text(node);
        return text && value_looks_like_html(text) ? g_strdup(text)
                                                   : element_inner_xml(div ? div : node);
    }
    if (g_str_has_prefix(type, "base64")) {
        *plain = g_str_has_suffix(type, "text");
        return decode_base64(node);
    }
    /* markup where text was declared stays markup */
    *plain = g_str_equal(type, "text") && !element_first(node);
    return element_markup(node);
}

void
atom_offer(struct item_builder *b, struct ranked *slot, const struct element *node, int rank)
{
    g_autofree char *base = element_base(node, b->base);
    bool plain;
    char *value = atom_value(node, &plain);
    if (plain)
        item_offer_plain(slot, rank, value, false, base);
    else
        item_offer(slot, rank, value, base);
}

static char *
atom_text(const struct element *node)
{
    bool plain;
    g_autofree char *value = atom_value(node, &plain);
    return value ? value_text(value, !plain) : NULL;
}

struct feed_person *
atom_read_person(const struct element *node, const char *document_base)
{
    struct feed_person *person = g_new0(struct feed_person, 1);
    bool structured = false;
    for (const struct element *child = element_first(node); child; child = element_next(child)) {
        structured = true;
        g_autofree char *base = element_base(child, document_base);
        const char *raw = element_text(child);
        if (atom_is_core(child, "name"))
            value_take(&person->name, value_text(raw, false));
        else if (atom_is_core(child, "email"))
            value_take(&person->email, value_text(raw, false));
        else if (atom_is_core(child, "uri") || atom_is_core(child, "url") ||
                 atom_is_core(child, "homepage"))
            value_take(&person->url, value_url(raw, base));
    }
    if (!structured) {
        feed_person_free(person);
        const char *raw = element_text(node);
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
    return !type || g_str_has_prefix(type, "text/html") ||
           g_str_has_prefix(type, "application/xhtml");
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
    take_rel(feed->links, "prev-archive", &feed->older);
    take_rel(feed->links, "hub", &feed->hub);
}

static void
add_category(GPtrArray *categories, const struct element *node)
{
    const char *term = element_attribute(node, "term");
    const char *label = element_attribute(node, "label");
    if (!term)
        term = element_text(node);
    value_add_category(categories, value_text(term, false),
                       g_strdup(element_attribute(node, "scheme")), value_text(label, false));
}

void
atom_take_replies(struct feed_item *item)
{
    for (guint i = 0; i < item->links->len; i++) {
        const struct feed_link *link = g_ptr_array_index(item->links, i);
        if (!g_str_equal(link->rel, "replies") || !link->url)
            continue;
        value_take(link->type && is_html_type(link->type) ? &item->comments : &item->comments_feed,
                   g_strdup(link->url));
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
            *e = (struct feed_enclosure){
                g_strdup(link->url), g_strdup(link->type), g_strdup(link->title), NULL,
                link->length,        FEED_NO_NUMBER,       FEED_NO_NUMBER,        FEED_NO_NUMBER};
            g_ptr_array_add(item->enclosures, e);
        }
    }
    atom_take_replies(item);
}

static void
read_id(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    value_take(&b->item->id, g_strdup(element_text(element)));
}

static void
read_title(struct item_builder *b, const struct element *element, int rank)
{
    value_take(&b->titles[rank], atom_text(element));
}

static void
read_link(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    atom_add_item_link(b->item, element, b->base);
}

/* Atom 0.3: issued is meant when both are there, created only without either. */
static void
read_issued(struct item_builder *b, const struct element *element, int rank)
{
    b->item->published = (struct date){0};
    item_published(b, element, rank);
}

static void
read_summary(struct item_builder *b, const struct element *element, int rank)
{
    atom_offer(b, &b->summary, element, rank);
}

static void
read_content(struct item_builder *b, const struct element *element, int rank)
{
    g_autofree char *base = element_base(element, b->base);
    const char *src = element_attribute(element, "src");
    if (src)
        value_take(&b->item->content_src, value_url(src, base));
    else
        atom_offer(b, &b->content, element, rank);
}

static void
read_author(struct item_builder *b, const struct element *element, int rank)
{
    item_add_author(b, rank, atom_read_person(element, b->base));
}

static void
read_category(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    add_category(b->item->categories, element);
}

static void
read_rights(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    value_take(&b->item->rights, atom_text(element));
}

/* Its authors have the last rank: RFC 4287 §4.1.2 asks them only when the entry names none. */
static void
read_source(struct item_builder *b, const struct element *source, int rank)
{
    struct feed_item *item = b->item;
    item->has_source = true;
    for (const struct element *child = element_first(source); child; child = element_next(child)) {
        const char *raw = element_text(child);
        if (atom_is_core(child, "id")) {
            value_take(&item->source_id, g_strdup(raw));
        } else if (atom_is_core(child, "title")) {
            value_take(&item->source_title, atom_text(child));
        } else if (atom_is_core(child, "updated") || atom_is_core(child, "modified")) {
            item->source_updated = value_date(b->feed, raw, child->line);
        } else if (atom_is_core(child, "author") && !b->authors[0] && !b->authors[1]) {
            item_add_author(b, rank, atom_read_person(child, b->base));
        } else if (atom_is_core(child, "link")) {
            struct feed_link *link = atom_read_link(child, b->base);
            if (link && g_str_equal(link->rel, "alternate"))
                value_take(&item->source_link, g_strdup(link->url));
            if (link)
                feed_link_free(link);
        }
    }
}

void
atom_read_entry(struct feed *feed, const struct element *root, const struct feed_options *options)
{
    static const struct {
        const char *name;
        void (*read)(struct item_builder *, const struct element *, int rank);
        int rank;
    } own[] = {
        {"id", read_id, 0},
        {"title", read_title, 0},
        {"link", read_link, 0},
        {"updated", item_updated, 0},
        {"published", item_published, 0},
        {"summary", read_summary, 0},
        {"content", read_content, 1},
        {"author", read_author, 0},
        {"category", read_category, 0},
        {"rights", read_rights, 0},
        {"source", read_source, SOURCE_RANK},
        {"issued", read_issued, 0},
        {"created", item_published, 0},
        {"modified", item_updated, 0},
        {"copyright", read_rights, 0},
    };
    struct item_builder b;
    item_begin(&b, feed, options->url);
    b.item->language = element_language(root);
    for (const struct element *e = element_first(root); e; e = element_next(e)) {
        size_t i = 0;
        while (i < G_N_ELEMENTS(own) && !atom_is_core(e, own[i].name))
            i++;
        if (i < G_N_ELEMENTS(own))
            own[i].read(&b, e, own[i].rank);
        else
            module_read(&b, e);
    }
    links_of_item(b.item);
    if ((b.authors[0] || b.authors[1]) && b.authors[SOURCE_RANK])
        g_clear_pointer(&b.authors[SOURCE_RANK], g_ptr_array_unref);
    item_finish(&b);
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
            *copy = (struct feed_person){g_strdup(from->name), g_strdup(from->email),
                                         g_strdup(from->url)};
            g_ptr_array_add(item->authors, copy);
        }
    }
}

void
atom_read_feed(struct feed *feed, const struct element *root, const struct feed_options *o)
{
    feed->format = "atom";
    const char *version = element_attribute(root, "version");
    bool old = root->ns == NS_ATOM03 || (version && g_str_equal(version, "0.3"));
    feed->version = g_strdup(old ? "0.3" : "1.0");
    feed->language = element_language(root);
    for (const struct element *node = element_first(root); node; node = element_next(node)) {
        int line = node->line;
        g_autofree char *base = element_base(node, o->url);
        const char *raw = element_text(node);
        if (atom_is_core(node, "id"))
            value_take(&feed->id, g_strdup(raw));
        else if (atom_is_core(node, "title"))
            value_take(&feed->title, atom_text(node));
        else if (atom_is_core(node, "subtitle") || atom_is_core(node, "tagline"))
            value_take(&feed->description, atom_text(node));
        else if (atom_is_core(node, "link")) {
            struct feed_link *link = atom_read_link(node, o->url);
            if (link)
                g_ptr_array_add(feed->links, link);
        } else if (atom_is_core(node, "updated") || atom_is_core(node, "modified")) {
            feed->updated = value_date(feed, raw, line);
        } else if (atom_is_core(node, "author")) {
            add_person(feed->authors, atom_read_person(node, o->url));
        } else if (atom_is_core(node, "category")) {
            add_category(feed->categories, node);
        } else if (atom_is_core(node, "rights") || atom_is_core(node, "copyright")) {
            value_take(&feed->rights, atom_text(node));
        } else if (atom_is_core(node, "generator")) {
            value_take(&feed->generator, value_text(raw, false));
        } else if (atom_is_core(node, "icon")) {
            value_take(&feed->icon, value_url(raw, base));
        } else if (atom_is_core(node, "logo")) {
            feed_take_image(feed, value_url(raw, base));
        } else if (element_is(node, NS_DC, "language")) {
            value_take(&feed->language, raw ? g_strdelimit(g_strdup(raw), "_", '-') : NULL);
        }
    }
    atom_choose_links(feed);
    inherit_authors(feed);
    for (guint i = 0; i < feed->items->len; i++) {
        struct feed_item *item = g_ptr_array_index(feed->items, i);
        if (!item->language)
            item->language = g_strdup(feed->language);
    }
}
