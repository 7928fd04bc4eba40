/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A feed as the JSON object of the `crier parse` contract. */
#include "config.h"

#include "feed/print.h"
#include "text/date.h"

#include <jansson.h>
#include <string.h>

static json_t *
string(const char *text)
{
    if (!text || !*text)
        return json_null();
    json_t *value = json_string(text);
    return value ? value : json_null();
}

static json_t *
time_of(const struct date *date)
{
    g_autofree char *text = date_is_known(date) ? date_utc(date->time) : NULL;
    return string(text);
}

/* When something takes place: in its own zone, and of whole days the day. */
static json_t *
event_time(const struct date *date)
{
    g_autofree char *text = date_is_known(date) ? date_iso(date) : NULL;
    return string(text);
}

static json_t *
number(gint64 value)
{
    return value == FEED_NO_NUMBER ? json_null() : json_integer(value);
}

static void
set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *
people(const GPtrArray *list)
{
    json_t *array = json_array();
    for (guint i = 0; i < list->len; i++) {
        const struct feed_person *person = g_ptr_array_index(list, i);
        json_t *o = json_object();
        set(o, "name", string(person->name));
        set(o, "email", string(person->email));
        set(o, "url", string(person->url));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *
author_line(const GPtrArray *list)
{
    GString *line = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const struct feed_person *person = g_ptr_array_index(list, i);
        const char *name = person->name ? person->name : person->email;
        if (name)
            g_string_append_printf(line, "%s%s", line->len ? ", " : "", name);
    }
    json_t *value = string(line->str);
    g_string_free(line, TRUE);
    return value;
}

static json_t *
categories(const GPtrArray *list)
{
    json_t *array = json_array();
    for (guint i = 0; i < list->len; i++) {
        const struct feed_category *category = g_ptr_array_index(list, i);
        json_t *o = json_object();
        set(o, "term", string(category->term));
        set(o, "scheme", string(category->scheme));
        set(o, "label", string(category->label));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *
links(const GPtrArray *list)
{
    json_t *array = json_array();
    for (guint i = 0; i < list->len; i++) {
        const struct feed_link *link = g_ptr_array_index(list, i);
        json_t *o = json_object();
        set(o, "url", string(link->url));
        set(o, "rel", string(link->rel));
        set(o, "type", string(link->type));
        set(o, "title", string(link->title));
        set(o, "hreflang", string(link->hreflang));
        set(o, "length", number(link->length));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *
enclosures(const GPtrArray *list, bool media)
{
    json_t *array = json_array();
    for (guint i = 0; i < list->len; i++) {
        const struct feed_enclosure *e = g_ptr_array_index(list, i);
        json_t *o = json_object();
        set(o, "url", string(e->url));
        set(o, "type", string(e->type));
        if (media)
            set(o, "medium", string(e->medium));
        set(o, "length", number(e->length));
        if (media) {
            set(o, "width", number(e->width));
            set(o, "height", number(e->height));
        } else {
            set(o, "title", string(e->title));
        }
        set(o, "duration", number(e->duration));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *
item_object(gconstpointer data)
{
    const struct feed_item *item = data;
    json_t *o = json_object();
    set(o, "id", string(item->id));
    set(o, "id_is_permalink",
        item->id_is_permalink < 0 ? json_null() : json_boolean(item->id_is_permalink));
    set(o, "title", string(item->title));
    set(o, "link", string(item->link));
    set(o, "orig_link", string(item->orig_link));
    set(o, "links", links(item->links));
    set(o, "author", author_line(item->authors));
    set(o, "authors", people(item->authors));
    set(o, "published", time_of(&item->published));
    set(o, "updated", time_of(&item->updated));
    set(o, "starts", event_time(&item->event.starts));
    set(o, "ends", event_time(&item->event.ends));
    set(o, "place", string(item->event.place));
    set(o, "summary_html", string(item->summary_html));
    set(o, "summary_base", item->summary_html ? string(item->summary_base) : json_null());
    set(o, "content_html", string(item->content_html));
    set(o, "content_base", item->content_html ? string(item->content_base) : json_null());
    set(o, "content_src", string(item->content_src));
    set(o, "language", string(item->language));
    set(o, "rights", string(item->rights));
    set(o, "categories", categories(item->categories));
    set(o, "enclosures", enclosures(item->enclosures, false));
    set(o, "media", enclosures(item->media, true));
    set(o, "image", string(item->image));
    set(o, "comments", string(item->comments));
    set(o, "comments_feed", string(item->comments_feed));
    set(o, "comments_count", number(item->comments_count));
    json_t *source = json_null();
    if (item->has_source) {
        source = json_object();
        set(source, "id", string(item->source_id));
        set(source, "title", string(item->source_title));
        set(source, "link", string(item->source_link));
        set(source, "updated", time_of(&item->source_updated));
    }
    set(o, "source", source);
    set(o, "duration", number(item->duration));
    set(o, "explicit",
        item->explicit_content < 0 ? json_null() : json_boolean(item->explicit_content));
    return o;
}

static json_t *
warning_object(gconstpointer data)
{
    const struct feed_warning *warning = data;
    json_t *o = json_object();
    set(o, "code", string(warning->code));
    set(o, "line", json_integer(warning->line));
    set(o, "message", string(warning->message));
    return o;
}

static json_t *
image_object(const struct feed_image *image)
{
    if (!image)
        return json_null();
    json_t *o = json_object();
    set(o, "url", string(image->url));
    set(o, "title", string(image->title));
    set(o, "link", string(image->link));
    set(o, "width", number(image->width));
    set(o, "height", number(image->height));
    return o;
}

/* Items are printed one by one: all at once would take several times the memory of the feed. */
static void
print_list(FILE *out, const char *key, const GPtrArray *list, json_t *(*object)(gconstpointer))
{
    fprintf(out, ",\"%s\":[", key);
    for (guint i = 0; i < list->len; i++) {
        json_t *o = object(g_ptr_array_index(list, i));
        if (i)
            putc(',', out);
        json_dumpf(o, out, JSON_COMPACT);
        json_decref(o);
    }
    putc(']', out);
}

void
feed_print(const struct feed *feed, FILE *out)
{
    json_t *o = json_object();
    set(o, "format", string(feed->format));
    set(o, "version", string(feed->version));
    set(o, "encoding", string(feed->encoding));
    set(o, "id", string(feed->id));
    set(o, "title", string(feed->title));
    set(o, "description", string(feed->description));
    set(o, "link", string(feed->link));
    set(o, "self", string(feed->self));
    set(o, "next", string(feed->next));
    set(o, "hub", string(feed->hub));
    set(o, "links", links(feed->links));
    set(o, "language", string(feed->language));
    set(o, "rights", string(feed->rights));
    set(o, "generator", string(feed->generator));
    set(o, "authors", people(feed->authors));
    set(o, "categories", categories(feed->categories));
    set(o, "published", time_of(&feed->published));
    set(o, "updated", time_of(&feed->updated));
    set(o, "ttl", number(feed->ttl));
    json_t *hours = json_array(), *days = json_array();
    for (guint i = 0; i < feed->skip_hours->len; i++)
        json_array_append_new(hours, json_integer(g_array_index(feed->skip_hours, int, i)));
    for (guint i = 0; i < feed->skip_days->len; i++)
        json_array_append_new(days, string(g_ptr_array_index(feed->skip_days, i)));
    set(o, "skip_hours", hours);
    set(o, "skip_days", days);
    set(o, "image", image_object(feed->image));
    set(o, "icon", string(feed->icon));
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    fwrite(text, 1, strlen(text) - 1, out); /* its '}' comes after the lists */
    free(text);
    print_list(out, "items", feed->items, item_object);
    print_list(out, "warnings", feed->warnings, warning_object);
    fputs("}\n", out);
}
