/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of elements. */
#include "config.h"

#include "feed/element.h"
#include "base/url.h"
#include "feed/reference.h"

#include <string.h>

/* URIs without scheme and trailing slash, lower case; prefixes for undeclared ones. */
static const struct {
    enum feed_ns ns;
    const char *uri, *prefix;
} namespaces[] = {
    {NS_RSS090, "my.netscape.com/rdf/simple/0.9", NULL},
    {NS_RSS090, "channel.netscape.com/rdf/simple/0.9", NULL},
    {NS_NONE, "purl.org/rss/1.0", NULL},
    {NS_NONE, "backend.userland.com/rss", NULL},
    {NS_NONE, "backend.userland.com/rss2", NULL},
    {NS_NONE, "blogs.law.harvard.edu/tech/rss", NULL},
    {NS_NONE, "my.netscape.com/publish/formats/rss-0.91.dtd", NULL},
    {NS_NONE, "purl.org/net/rss1.1#", NULL},
    {NS_ATOM, "www.w3.org/2005/atom", "atom"},
    {NS_ATOM03, "purl.org/atom/ns#", NULL},
    {NS_RDF, "www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
    {NS_DC, "purl.org/dc/elements/1.1", "dc"},
    {NS_DC, "purl.org/dc/elements/1.0", NULL},
    {NS_DCTERMS, "purl.org/dc/terms", "dcterms"},
    {NS_CONTENT, "purl.org/rss/1.0/modules/content", "content"},
    {NS_MEDIA, "search.yahoo.com/mrss", "media"},
    {NS_ITUNES, "www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    {NS_ITUNES, "example.com/dtds/podcast-1.0.dtd", NULL},
    {NS_GOOGLEPLAY, "www.google.com/schemas/play-podcasts/1.0", "googleplay"},
    {NS_SLASH, "purl.org/rss/1.0/modules/slash", "slash"},
    {NS_WFW, "wellformedweb.org/commentapi", "wfw"},
    {NS_THR, "purl.org/syndication/thread/1.0", "thr"},
    {NS_FEEDBURNER, "rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    {NS_YANDEX, "news.yandex.ru", "yandex"},
    {NS_XHTML, "www.w3.org/1999/xhtml", "xhtml"},
    {NS_NEWS, "www.google.com/schemas/sitemap-news/0.9", "news"},
    {NS_NEWS, "www.google.com/schemas/sitemap-news/0.84", NULL},
    {NS_IMAGE, "www.google.com/schemas/sitemap-image/1.1", "image"},
    {NS_EVENT, "purl.org/rss/1.0/modules/event", "ev"},
    {NS_XCAL, "urn:ietf:params:xml:ns:xcal", "xcal"},
    {NS_CRIER, "urn:crier:outline", "crier"},
    {NS_FRESHRSS, "freshrss.org/opml", "frss"},
    {NS_XML, "www.w3.org/xml/1998/namespace", "xml"},
};

enum feed_ns
element_ns(const char *uri, const char *prefix)
{
    if (!uri) {
        for (size_t i = 0; prefix && i < G_N_ELEMENTS(namespaces); i++)
            if (!g_strcmp0(namespaces[i].prefix, prefix))
                return namespaces[i].ns;
        return prefix ? NS_OTHER : NS_NONE;
    }
    g_autofree char *lower = g_ascii_strdown(uri, -1);
    const char *bare = lower;
    if (g_str_has_prefix(bare, "http://"))
        bare += strlen("http://");
    else if (g_str_has_prefix(bare, "https://"))
        bare += strlen("https://");
    size_t length = strlen(bare);
    if (length && bare[length - 1] == '/')
        lower[bare - lower + (ptrdiff_t)length - 1] = '\0';
    if (g_str_has_prefix(bare, "purl.org/atom/ns"))
        return NS_ATOM03;
    for (size_t i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (g_str_equal(namespaces[i].uri, bare))
            return namespaces[i].ns;
    return NS_OTHER;
}

static const struct element *
skip_text(const struct element *e)
{
    while (e && !e->name)
        e = e->next;
    return e;
}

const struct element *
element_first(const struct element *parent)
{
    return skip_text(parent->children);
}

const struct element *
element_next(const struct element *element)
{
    return skip_text(element->next);
}

static bool
same(const char *a, const char *b)
{
    return g_ascii_tolower(*a) == g_ascii_tolower(*b) && !g_ascii_strcasecmp(a, b);
}

bool
element_is(const struct element *e, enum feed_ns ns, const char *name)
{
    return (e->ns == ns || (ns == NS_NONE && e->ns == NS_RSS090)) && same(e->name, name);
}

bool
element_is_core(const struct element *e, const char *name)
{
    return (e->ns == NS_NONE || e->ns == NS_RSS090 || (e->ns == NS_OTHER && !e->prefixed)) &&
           same(e->name, name);
}

static const char *
trimmed(struct arena *arena, const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    gsize length = strlen(text);
    if (!length)
        return NULL;
    gsize kept = length;
    while (g_ascii_isspace(text[kept - 1]))
        kept--;
    return kept < length ? arena_copy(arena, text, kept) : text;
}

const char *
element_attribute_ns(const struct element *e, enum feed_ns ns, const char *name)
{
    for (guint i = 0; i < e->attribute_count; i++)
        if (e->attributes[i].ns == ns && g_str_equal(e->attributes[i].name, name))
            return trimmed(e->arena, e->attributes[i].value);
    return NULL;
}

const char *
element_attribute(const struct element *e, const char *name)
{
    return element_attribute_ns(e, NS_NONE, name);
}

static void
collect_text(GString *out, const struct element *e)
{
    for (const struct element *child = e->children; child; child = child->next) {
        if (child->name)
            collect_text(out, child);
        else
            g_string_append(out, child->text);
    }
}

const char *
element_text(const struct element *e)
{
    if (!e->children)
        return NULL;
    if (e->children == e->last && !e->children->name) {
        g_autofree char *bare = reference_bare_cdata(e->children->text);
        return bare ? trimmed(e->arena, arena_copy(e->arena, bare, strlen(bare)))
                    : trimmed(e->arena, e->children->text);
    }
    g_autoptr(GString) all = g_string_new(NULL);
    collect_text(all, e);
    g_strstrip(all->str);
    return *all->str ? arena_copy(e->arena, all->str, strlen(all->str)) : NULL;
}

static void
append_escaped(GString *out, const char *text, const char *escaped)
{
    for (;;) {
        size_t run = strcspn(text, escaped);
        g_string_append_len(out, text, (gssize)run);
        text += run;
        if (!*text)
            return;
        g_string_append(out, *text == '&'   ? "&amp;"
                             : *text == '<' ? "&lt;"
                             : *text == '>' ? "&gt;"
                                            : "&quot;");
        text++;
    }
}

static void
serialize(GString *out, const struct element *e)
{
    if (!e->name) {
        append_escaped(out, e->text, "&<>");
        return;
    }
    g_string_append_c(out, '<');
    g_string_append(out, e->name);
    for (guint i = 0; i < e->attribute_count; i++) {
        if (e->attributes[i].ns != NS_NONE)
            continue;
        g_string_append_c(out, ' ');
        g_string_append(out, e->attributes[i].name);
        g_string_append(out, "=\"");
        append_escaped(out, e->attributes[i].value, "&<>\"");
        g_string_append_c(out, '"');
    }
    static const char *const empty[] = {"br",  "hr",    "img", "input", "area",
                                        "col", "embed", "wbr", NULL};
    if (!e->children && g_strv_contains(empty, e->name)) {
        g_string_append(out, "/>");
        return;
    }
    g_string_append_c(out, '>');
    for (const struct element *child = e->children; child; child = child->next)
        serialize(out, child);
    g_string_append(out, "</");
    g_string_append(out, e->name);
    g_string_append_c(out, '>');
}

char *
element_inner_xml(const struct element *e)
{
    GString *out = g_string_new(NULL);
    for (const struct element *child = e->children; child; child = child->next)
        serialize(out, child);
    char *text = g_strstrip(g_string_free(out, FALSE));
    if (!*text)
        g_clear_pointer(&text, g_free);
    return text;
}

char *
element_markup(const struct element *e)
{
    return element_first(e) ? element_inner_xml(e) : g_strdup(element_text(e));
}

static bool
usable_base(const char *url)
{
    g_autofree char *scheme = g_uri_parse_scheme(url);
    return !scheme ||
           (g_ascii_strcasecmp(scheme, "javascript") && g_ascii_strcasecmp(scheme, "data"));
}

char *
element_base(const struct element *e, const char *document_base)
{
    if (!e->has_base)
        return g_strdup(document_base);
    const char *own = NULL;
    while (e && e->has_base && !own) {
        own = element_attribute_ns(e, NS_XML, "base");
        e = e->parent;
    }
    g_autofree char *outer = e ? element_base(e, document_base) : g_strdup(document_base);
    char *next = own && usable_base(own) ? url_resolve(outer, own) : NULL;
    return next ? next : g_steal_pointer(&outer);
}

char *
element_language(const struct element *e)
{
    for (; e && e->has_language; e = e->parent) {
        const char *language = element_attribute_ns(e, NS_XML, "lang");
        if (language)
            return g_strdelimit(g_strdup(language), "_", '-');
    }
    return NULL;
}
