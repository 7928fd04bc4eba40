/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON Feed 1.0 and 1.1 (jsonfeed.org), through jansson, which gets no text that costs too much
 * memory.
 */
#include "config.h"

#include "feed/json-feed.h"
#include "base/i18n.h"
#include "feed/json-cost.h"
#include "feed/json-repair.h"
#include "feed/reference.h"
#include "feed/value.h"

#include <jansson.h>
#include <string.h>

#define MAX_MEMORY (96u << 20) /* bytes that jansson may take for one document */

static json_t *
load_bounded(const char *text, gsize length, bool *too_large, json_error_t *why)
{
    *too_large = json_cost(text, length) > MAX_MEMORY;
    return *too_large ? NULL
                      : json_loadb(text, length, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, why);
}

static json_t *
load(struct feed *feed, const char *text, gsize length, GError **error)
{
    json_error_t why, again;
    bool too_large;
    json_t *root = load_bounded(text, length, &too_large, &why);
    if (!root && !too_large) {
        g_autofree char *repaired = json_repair(text, length);
        root = load_bounded(repaired, strlen(repaired), &too_large, &again);
        if (root)
            feed_warn(feed, "malformed", why.line, "%s", why.text);
    }
    if (too_large)
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_LIMIT,
                            N_("reading it needs more than 96 MiB"));
    else if (!root)
        g_set_error(error, FEED_ERROR, FEED_ERROR_MALFORMED, "line %d: %s", why.line, why.text);
    return root;
}

static char *
string_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value)) {
        GString *text = g_string_new(NULL);
        const char *from = json_string_value(value);
        for (size_t i = 0; i < json_string_length(value); i++)
            if (from[i]) /* a NUL is no text */
                g_string_append_c(text, from[i]);
        g_strstrip(text->str);
        char *bare = reference_bare_cdata(text->str);
        if (bare && *bare) {
            g_string_free(text, TRUE);
            return bare;
        }
        g_free(bare);
        return g_string_free(text, !*text->str);
    }
    if (json_is_integer(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value))
        return g_strdup_printf("%.17g", json_real_value(value));
    return NULL;
}

static char *
text_of(const json_t *object, const char *key)
{
    g_autofree char *raw = string_of(object, key);
    return value_text(raw, false);
}

static char *
url_of(const json_t *object, const char *key, const char *base)
{
    g_autofree char *raw = string_of(object, key);
    return value_url(raw, base);
}

static gint64
number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? (gint64)json_number_value(value) : FEED_NO_NUMBER;
}

static void
add_author(GPtrArray *people, const json_t *object, const char *base)
{
    if (!json_is_object(object))
        return;
    struct feed_person *person = g_new0(struct feed_person, 1);
    *person = (struct feed_person){text_of(object, "name"), NULL, url_of(object, "url", base)};
    if (person->name || person->url)
        g_ptr_array_add(people, person);
    else
        feed_person_free(person);
}

static void
read_authors(GPtrArray *people, const json_t *object, const char *base)
{
    size_t i;
    const json_t *author;
    json_array_foreach(json_object_get(object, "authors"), i, author)
        add_author(people, author, base);
    if (!people->len)
        add_author(people, json_object_get(object, "author"), base);
}

static void
read_item(struct feed *feed, const json_t *object, const char *base)
{
    struct feed_item *item = feed_add_item(feed);
    item->id = string_of(object, "id");
    item->title = text_of(object, "title");
    item->link = url_of(object, "url", base);
    if (!item->link)
        item->link = url_of(object, "external_url", base);
    item->content_html = string_of(object, "content_html");
    if (!item->content_html) {
        item->content_plain = string_of(object, "content_text");
        item->content_html = item->content_plain ? value_escape(item->content_plain) : NULL;
    }
    if (item->content_html)
        item->content_base = g_strdup(base);
    item->summary_plain = string_of(object, "summary");
    if (item->summary_plain) {
        item->summary_html = value_escape(item->summary_plain);
        item->summary_base = g_strdup(base);
    }
    g_autofree char *published = string_of(object, "date_published");
    g_autofree char *modified = string_of(object, "date_modified");
    item->published = value_date(feed, published, 0);
    item->updated = value_date(feed, modified, 0);
    item->image = url_of(object, "image", base);
    if (!item->image)
        item->image = url_of(object, "banner_image", base);
    item->language = string_of(object, "language");
    read_authors(item->authors, object, base);
    size_t i;
    const json_t *value;
    json_array_foreach(json_object_get(object, "tags"), i, value) value_add_category(
        item->categories,
        json_is_string(value) ? value_text(json_string_value(value), false) : NULL, NULL, NULL);
    json_array_foreach(json_object_get(object, "attachments"), i, value)
    {
        char *url = url_of(value, "url", base);
        if (!url)
            continue;
        struct feed_enclosure *e = g_new0(struct feed_enclosure, 1);
        *e = (struct feed_enclosure){url,
                                     string_of(value, "mime_type"),
                                     text_of(value, "title"),
                                     NULL,
                                     number_of(value, "size_in_bytes"),
                                     number_of(value, "duration_in_seconds"),
                                     FEED_NO_NUMBER,
                                     FEED_NO_NUMBER};
        g_ptr_array_add(item->enclosures, e);
    }
}

static bool
is_feed(const json_t *root, char **version)
{
    if (!json_is_object(root) || !json_is_array(json_object_get(root, "items")))
        return false;
    g_autofree char *stated = string_of(root, "version");
    if (!stated) {
        *version = NULL;
        return json_object_get(root, "title") != NULL;
    }
    if (strstr(stated, "jsonfeed.org"))
        *version = g_strdup(strstr(stated, "1.1") ? "1.1" : "1.0");
    else if (g_str_equal(stated, "1") || g_str_equal(stated, "1.0"))
        *version = g_strdup("1.0");
    else if (g_str_equal(stated, "1.1"))
        *version = g_strdup("1.1");
    else
        return false;
    return true;
}

bool
json_feed_read(struct feed *feed, const char *text, gsize length, const struct feed_options *o,
               GError **error)
{
    guint before = feed->warnings->len;
    json_t *root = load(feed, text, length, error);
    if (!root)
        return false;
    if (!is_feed(root, &feed->version)) {
        json_decref(root);
        const struct feed_warning *repaired =
            feed->warnings->len > before ? g_ptr_array_index(feed->warnings, before) : NULL;
        if (repaired)
            g_set_error(error, FEED_ERROR, FEED_ERROR_MALFORMED, "line %d: %s", repaired->line,
                        repaired->message);
        else
            g_set_error_literal(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED,
                                N_("this JSON is not a JSON Feed"));
        return false;
    }
    feed->format = "json";
    feed->title = text_of(root, "title");
    feed->description = text_of(root, "description");
    feed->link = url_of(root, "home_page_url", o->url);
    const char *base = o->url ? o->url : feed->link;
    feed->self = url_of(root, "feed_url", base);
    feed->next = url_of(root, "next_url", base);
    feed->icon = url_of(root, "favicon", base);
    feed->language = string_of(root, "language");
    if (feed->language)
        g_strdelimit(feed->language, "_", '-');
    feed_take_image(feed, url_of(root, "icon", base));
    read_authors(feed->authors, root, base);
    size_t i;
    const json_t *value;
    json_array_foreach(json_object_get(root, "hubs"), i, value)
        value_take(&feed->hub, url_of(value, "url", base));
    json_array_foreach(json_object_get(root, "items"), i, value)
    {
        if (!json_is_object(value))
            continue;
        read_item(feed, value, base);
        struct feed_item *item = g_ptr_array_index(feed->items, feed->items->len - 1);
        if (!item->authors->len)
            read_authors(item->authors, root, base);
        if (!item->language)
            item->language = g_strdup(feed->language);
    }
    json_decref(root);
    return true;
}
