/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPML 1.0 and 2.0, read as leniently as feeds are. */
#include "config.h"

#include "feed/opml.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "feed/value.h"
#include "feed/xml.h"

#include <jansson.h>
#include <string.h>

static void
feed_entry_free(gpointer data)
{
    struct opml_feed *feed = data;
    g_free(feed->url);
    g_free(feed->title);
    g_free(feed->html_url);
    g_strfreev(feed->path);
    g_free(feed);
}

void
opml_free(struct opml *opml)
{
    g_free(opml->title);
    g_ptr_array_unref(opml->feeds);
    if (opml->outlines) /* else the caller has taken them */
        g_ptr_array_unref(opml->outlines);
    g_free(opml);
}

static bool
named(const struct element *node, const char *name)
{
    return !g_ascii_strcasecmp(node->name, name);
}

/* An attribute whose name matches without regard to case. */
static const char *
attribute(const struct element *node, const char *name)
{
    for (guint i = 0; i < node->attribute_count; i++)
        if (!g_ascii_strcasecmp(node->attributes[i].name, name))
            return element_attribute(node, node->attributes[i].name);
    return NULL;
}

static char *
text_attribute(const struct element *node, const char *name)
{
    const char *raw = attribute(node, name);
    return raw ? value_text(raw, value_looks_like_html(raw)) : NULL;
}

/* --- outlines as subscriptions ------------------------------------------------------------- */

/* A category that says nothing but the folders above is their path: "/City/Districts". */
static void
add_categories(struct outline *outline, const char *categories)
{
    g_auto(GStrv) parts = g_strsplit(categories ? categories : "", ",", -1);
    for (char **part = parts; *part; part++) {
        g_auto(GStrv) steps = g_strsplit(*part, "/", -1);
        for (char **step = steps; *step; step++)
            outline_add_tag(outline, *step);
    }
}

/* The rules for a page in FreshRSS's attributes, of types that a portal file can say. */
static bool
take_rules(struct outline *outline, const struct element *node, const char *type)
{
    outline->json = type && !g_ascii_strcasecmp(type, OUTLINE_TYPE_JSON);
    if (!outline->json && (!type || g_ascii_strcasecmp(type, OUTLINE_TYPE_XPATH)))
        return false;
    for (int i = 0; i < OUTLINE_RULES; i++) {
        g_autofree char *name = outline_rule_attribute((enum outline_rule)i, outline->json);
        const char *rule = element_attribute_ns(node, NS_FRESHRSS, name);
        g_autofree char *line = rule ? text_squeeze(rule, -1) : NULL;
        outline->rules[i] = line && *line ? g_steal_pointer(&line) : NULL;
    }
    return true;
}

/* Whether it lies in a line of `urls`, which says all that is in it. */
static bool
is_part(const struct element *node)
{
    return node->parent && element_attribute_ns(node->parent, NS_CRIER, "source");
}

static void
take_outline(struct opml *opml, const struct element *node, const char *title,
             const GPtrArray *path)
{
    const char *own = element_attribute_ns(node, NS_CRIER, "source"),
               *url = attribute(node, "xmlUrl"), *type = attribute(node, "type");
    bool include = !url && type && !g_ascii_strcasecmp(type, "include");
    bool nowhere = !url && !include && !own && !attribute(node, "url") &&
                   (type || attribute(node, "htmlUrl")) && !element_first(node);
    if (opml->outlines->len > OUTLINES_MAX || (!own && !url && !include && !nowhere) ||
        is_part(node))
        return;
    if (nowhere) {
        struct outline *empty = outline_new(title ? title : "", NULL, NULL);
        outline_refuse_nowhere(empty);
        g_ptr_array_add(opml->outlines, empty);
        return;
    }
    struct outline *outline = own ? outline_of_line(own, true) : NULL;
    if (outline)
        outline->own = true;
    if (outline && url && take_rules(outline, node, type)) {
        outline->page = g_strdup(url);
        outline->home = g_strdup(attribute(node, "htmlUrl"));
    } else if (!outline) {
        outline = outline_new(url ? url : attribute(node, "url"), title, NULL);
        for (guint i = 0; i < path->len; i++)
            outline_add_tag(outline, g_ptr_array_index(path, i));
        add_categories(outline, attribute(node, "category"));
        if (outline->title && g_str_equal(outline->title, outline->url))
            g_clear_pointer(&outline->title, g_free);
        outline->home = g_strdup(attribute(node, "htmlUrl"));
        if (!take_rules(outline, node, type))
            outline_refuse_type(outline, type);
        else
            outline_need_rules(outline);
        outline_settle(outline);
    }
    g_ptr_array_add(opml->outlines, outline);
}

static void
take_feed(struct opml *opml, const struct element *node, const char *title, GPtrArray *path)
{
    const char *url = attribute(node, "xmlUrl");
    if (!url)
        return;
    struct opml_feed *feed = g_new0(struct opml_feed, 1);
    feed->url = g_strdup(url);
    feed->title = g_strdup(title);
    feed->html_url = g_strdup(attribute(node, "htmlUrl"));
    g_ptr_array_add(path, NULL);
    feed->path = g_strdupv((char **)path->pdata);
    g_ptr_array_set_size(path, (int)path->len - 1);
    g_ptr_array_add(opml->feeds, feed);
}

/* --- the tree ------------------------------------------------------------------------------ */

static void
read_outlines(struct opml *opml, const struct element *parent, GPtrArray *path)
{
    for (const struct element *node = element_first(parent); node; node = element_next(node)) {
        if (!named(node, "outline"))
            continue;
        char *title = text_attribute(node, "title");
        if (!title)
            title = text_attribute(node, "text");
        take_feed(opml, node, title, path);
        take_outline(opml, node, title, path);
        bool folder = title && path->len < OPML_MAX_DEPTH;
        if (folder)
            g_ptr_array_add(path, title);
        if (path->len < OPML_MAX_DEPTH)
            read_outlines(opml, node, path);
        else if (element_first(node))
            opml->too_deep = true;
        if (folder)
            g_ptr_array_set_size(path, (int)path->len - 1);
        g_free(title);
    }
}

struct opml *
opml_parse(const char *bytes, gsize length, GError **error)
{
    AUTO(charset_text_clear) struct charset_text decoded = {0};
    charset_decode(bytes, length, NULL, &decoded);
    AUTO(xml_document_clear) struct xml_document document;
    xml_read(decoded.text, decoded.length, NULL, NULL, &document);
    const struct element *root = document.root;
    if (document.limit) {
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_LIMIT, document.limit);
        return NULL;
    }
    if (!root || !named(root, "opml")) {
        if (length)
            g_set_error_literal(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED,
                                N_("the document is not OPML"));
        else
            g_set_error_literal(error, FEED_ERROR, FEED_ERROR_EMPTY, N_("the document is empty"));
        return NULL;
    }
    struct opml *opml = g_new0(struct opml, 1);
    opml->feeds = g_ptr_array_new_with_free_func(feed_entry_free);
    opml->outlines = outlines_new();
    g_autoptr(GPtrArray) path = g_ptr_array_new();
    for (const struct element *part = element_first(root); part; part = element_next(part)) {
        if (named(part, "head")) {
            for (const struct element *node = element_first(part); node; node = element_next(node))
                if (named(node, "title") && !opml->title)
                    opml->title = value_rss_text(node);
        } else if (named(part, "body")) {
            read_outlines(opml, part, path);
        }
    }
    return opml;
}

static json_t *
string(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

char *
opml_to_json(const struct opml *opml)
{
    json_t *o = json_object(), *feeds = json_array();
    for (guint i = 0; i < opml->feeds->len; i++) {
        const struct opml_feed *feed = g_ptr_array_index(opml->feeds, i);
        json_t *entry = json_object(), *path = json_array();
        json_object_set_new(entry, "url", string(feed->url));
        json_object_set_new(entry, "title", string(feed->title));
        json_object_set_new(entry, "html_url", string(feed->html_url));
        for (char **folder = feed->path; *folder; folder++)
            json_array_append_new(path, string(*folder));
        json_object_set_new(entry, "path", path);
        json_array_append_new(feeds, entry);
    }
    json_object_set_new(o, "title", string(opml->title));
    json_object_set_new(o, "feeds", feeds);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}
