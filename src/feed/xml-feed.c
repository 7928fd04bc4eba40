/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML feeds as a stream: finds the root, gives each item or entry to the reader of its
 * format as it ends, and what remains when the document has been read.
 */
#include "config.h"

#include "feed/xml-feed.h"
#include "base/i18n.h"
#include "feed/atom.h"
#include "feed/rss.h"
#include "feed/sitemap.h"
#include "feed/xml.h"

/* bytes of the trees of all entries, which is more than they take */
#define MAX_ENTRIES (160u << 20)
#define ENTRY_COST  1000 /* of one that says nothing */
#define ROOT_DEPTH  3    /* some feeds wrap the real root in other elements */

enum kind { RSS, ATOM, SITEMAP, SITEMAP_INDEX };

struct stream {
    struct feed *feed;
    const struct feed_options *options;
    const struct element *root, *channel;
    enum kind kind; /* of the root */
    struct rss_state rss;
    char *base;                   /* of RSS items */
    const struct element *looked; /* the last child of the channel that was asked for it */
    bool base_known;              /* from an earlier reading */
    gsize memory;
};

static bool
is_root(struct stream *s, const struct element *e)
{
    static const struct {
        const char *name;
        enum kind kind;
    } names[] = {{"rss", RSS},     {"feed", ATOM},      {"rdf", RSS},
                 {"channel", RSS}, {"urlset", SITEMAP}, {"sitemapindex", SITEMAP_INDEX}};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_ascii_strcasecmp(names[i].name, e->name) ||
            (names[i].kind >= SITEMAP && !s->options->sitemaps))
            continue;
        s->kind = names[i].kind;
        return true;
    }
    return false;
}

static const struct element *
find_root(struct stream *s, const struct element *e, int depth)
{
    for (; e; e = element_next(e)) {
        if (is_root(s, e))
            return e;
        const struct element *inner = depth < ROOT_DEPTH ? find_root(s, element_first(e), depth + 1)
                                                         : NULL;
        if (inner)
            return inner;
    }
    return NULL;
}

static bool
is_record(const struct element *e, void *data)
{
    struct stream *s = data;
    const struct element *parent = e->parent;
    if (!parent)
        return false;
    if (!s->root) {
        int depth = 0;
        for (const struct element *up = parent->parent; up; up = up->parent)
            depth++;
        if (depth > ROOT_DEPTH || !is_root(s, parent))
            return false;
        s->root = parent;
        if (!g_ascii_strcasecmp(parent->name, "channel"))
            s->channel = parent;
    }
    if (!s->channel && parent->parent == s->root && element_is_core(parent, "channel"))
        s->channel = parent;
    switch (s->kind) {
    case ATOM:
        return parent == s->root && atom_is_core(e, "entry");
    case SITEMAP:
        return parent == s->root && element_is_core(e, "url");
    case SITEMAP_INDEX:
        return parent == s->root && element_is_core(e, "sitemap");
    case RSS:
        break;
    }
    return (parent == s->root || parent == s->channel) && element_is_core(e, "item");
}

/* The base of the channel as far as it has been read. */
static void
update_base(struct stream *s)
{
    if (s->base_known || !s->channel)
        return;
    const struct element *e = s->looked ? element_next(s->looked) : element_first(s->channel);
    for (; e && !s->base; e = element_next(e)) {
        s->looked = e;
        s->base = g_strdup(rss_absolute_link(e));
    }
}

static const char *
record(const struct element *e, void *data)
{
    struct stream *s = data;
    switch (s->kind) {
    case ATOM:
        atom_read_entry(s->feed, e, s->options);
        break;
    case SITEMAP:
        sitemap_read_url(s->feed, e, s->options);
        break;
    case SITEMAP_INDEX:
        sitemap_read_part(s->feed, e, s->options);
        break;
    case RSS:
        update_base(s);
        s->rss.base = s->base ? s->base : s->options->url;
        rss_read_item(&s->rss, e);
    }
    s->memory += arena_used(e->arena) + ENTRY_COST;
    return s->memory > MAX_ENTRIES ? N_("its entries need more than 160 MiB") : NULL;
}

static void
read_stream(struct stream *s, const char *text, gsize length, struct xml_document *out)
{
    static const struct xml_events events = {is_record, record};
    s->root = s->channel = s->looked = NULL;
    s->memory = 0;
    xml_read(text, length, &events, s, out);
    if (!s->root && out->root)
        s->root = find_root(s, out->root, 0);
}

/* Items that came before the channel's link have been resolved against another base. */
static bool
is_base_wrong(struct stream *s)
{
    if (!s->channel || s->base || s->base_known || !s->feed->items->len)
        return false;
    update_base(s);
    return s->base != NULL;
}

static bool
refuse(const struct xml_document *document, GError **error)
{
    const struct element *top = document->root;
    if (document->limit)
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_LIMIT, document->limit);
    else if (!top)
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED,
                            N_("the document is neither XML nor JSON"));
    else if (!g_ascii_strcasecmp(top->name, "html"))
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED, N_("this is an HTML page"));
    else
        g_set_error(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED, "<%.40s> is not the root of a feed",
                    top->name);
    return false;
}

static bool
read_feed(struct stream *s, const char *text, gsize length, GError **error)
{
    struct feed *feed = s->feed;
    guint warnings = feed->warnings->len;
    AUTO(xml_document_clear) struct xml_document document;
    read_stream(s, text, length, &document);
    if (is_base_wrong(s)) {
        g_ptr_array_set_size(feed->items, 0);
        g_ptr_array_set_size(feed->warnings, (int)warnings);
        xml_document_clear(&document);
        s->base_known = true;
        read_stream(s, text, length, &document);
    }
    /* some servers wrap their feed in a page; a page that only speaks of feeds has no entries */
    bool page = s->root && document.root && !g_ascii_strcasecmp(document.root->name, "html") &&
                !feed->items->len;
    if (!s->root || page || document.limit)
        return refuse(&document, error);
    if (document.repaired_line)
        feed_warn(feed, "malformed", document.repaired_line, "repaired before parsing");
    if (document.message)
        feed_warn(feed, "malformed", document.line, "%s", document.message);
    switch (s->kind) {
    case ATOM:
        atom_read_feed(feed, s->root, s->options);
        break;
    case SITEMAP:
    case SITEMAP_INDEX:
        sitemap_finish(feed, s->kind == SITEMAP_INDEX);
        break;
    case RSS:
        update_base(s);
        s->rss.base = s->base ? s->base : s->options->url;
        rss_read_feed(&s->rss, s->root);
    }
    return true;
}

bool
xml_feed_read(struct feed *feed, const char *text, gsize length, const struct feed_options *options,
              GError **error)
{
    struct stream s = {.feed = feed, .options = options, .rss = {feed, options, NULL}};
    bool ok = read_feed(&s, text, length, error);
    g_free(s.base);
    return ok;
}
