/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the worker's answer. */
#include "config.h"

#include "reader/discovery.h"
#include "base/clean.h"

#include <jansson.h>

static void
feed_free_item(gpointer data)
{
    struct discovered_feed *feed = data;
    g_free(feed->url);
    g_free(feed->title);
    g_free(feed->name);
    g_free(feed);
}

/* A member's text, clean; NULL when there is none. */
static char *
text_of(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text ? text_squeeze(text, -1) : NULL;
}

static char **
read_sample(const json_t *array)
{
    GStrvBuilder *builder = g_strv_builder_new();
    size_t i;
    json_t *entry;
    json_array_foreach(array, i, entry)
    {
        const char *text = json_string_value(entry);
        g_autofree char *clean = text ? text_squeeze(text, -1) : NULL;
        if (clean)
            g_strv_builder_add(builder, clean);
    }
    char **sample = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return sample;
}

static GPtrArray *
read_feeds(const json_t *array)
{
    GPtrArray *feeds = g_ptr_array_new_with_free_func(feed_free_item);
    size_t i;
    json_t *entry;
    json_array_foreach(array, i, entry)
    {
        const char *url = json_string_value(json_object_get(entry, "url"));
        const json_t *entries = json_object_get(entry, "entries");
        if (!url)
            continue;
        struct discovered_feed *feed = g_new0(struct discovered_feed, 1);
        *feed = (struct discovered_feed){
            .url = g_strdup(url),
            .title = text_of(entry, "title"),
            .name = text_of(entry, "name"),
            .comments = json_is_true(json_object_get(entry, "comments")),
            .entries = json_is_integer(entries) ? (int)json_integer_value(entries) : -1};
        g_ptr_array_add(feeds, feed);
    }
    return feeds;
}

struct discovery *
discovery_parse(const char *line)
{
    json_t *o = line ? json_loads(line, 0, NULL) : NULL;
    const char *url = json_string_value(json_object_get(o, "url"));
    const char *kind = json_string_value(json_object_get(o, "kind"));
    struct discovery *found = NULL;
    if (url && kind) {
        found = g_new0(struct discovery, 1);
        *found = (struct discovery){
            .list = g_str_equal(kind, "list"),
            .url = g_strdup(url),
            .title = text_of(o, "title"),
            .page = g_strdup(json_string_value(json_object_get(o, "page"))),
            .entries = (unsigned)json_integer_value(json_object_get(o, "entries")),
            .sample = read_sample(json_object_get(o, "sample")),
            .feeds = read_feeds(json_object_get(o, "feeds"))};
    }
    json_decref(o);
    return found;
}

void
discovery_free(struct discovery *discovery)
{
    g_free(discovery->url);
    g_free(discovery->title);
    g_free(discovery->page);
    g_strfreev(discovery->sample);
    g_ptr_array_unref(discovery->feeds);
    g_free(discovery);
}
