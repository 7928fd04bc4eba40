/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads every <script type="application/ld+json"> and takes the first article in them. */
#include "config.h"

#include "portal/linked-data.h"
#include "base/clean.h"
#include "document/html.h"
#include "feed/json-repair.h"

#include <jansson.h>
#include <string.h>

#define MAX_DEPTH  6
#define MAX_SCRIPT (2u << 20)

static char *
string_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        value = json_object_get(value, "name");
    const char *text = json_string_value(value);
    return text && !text_is_blank(text) ? g_strdup(text) : NULL;
}

/* A text, or the paragraphs of one. */
static char *
text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_array(value))
        return string_of(object, key);
    GString *text = g_string_new(NULL);
    size_t i;
    const json_t *part;
    json_array_foreach(value, i, part) if (json_is_string(part))
        g_string_append_printf(text, "%s%s", text->len ? "\n\n" : "", json_string_value(part));
    return g_string_free(text, text_is_blank(text->str));
}

static bool
is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    size_t i = 0;
    do {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
        if (name && (strstr(name, "Article") || strstr(name, "BlogPosting") ||
                     strstr(name, "Report") || strstr(name, "Announcement")))
            return true;
    } while (json_is_array(type) && ++i < json_array_size(type));
    return json_object_get(object, "articleBody") != NULL;
}

static void
take(char **to, char *value)
{
    if (*to)
        g_free(value);
    else
        *to = value;
}

static bool
is_event(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    const char *name = json_string_value(json_is_array(type) ? json_array_get(type, 0) : type);
    return name && g_str_has_suffix(name, "Event") && json_object_get(object, "startDate");
}

/* A place by its name, with the street and the town where it has an address. */
static char *
place_of(const json_t *object)
{
    const json_t *place = json_object_get(object, "location");
    if (json_is_array(place))
        place = json_array_get(place, 0);
    if (json_is_string(place))
        return string_of(object, "location");
    const json_t *address = json_object_get(place, "address");
    g_autofree char *name = string_of(place, "name"),
                    *whole = json_is_string(address) ? string_of(place, "address") : NULL,
                    *street = string_of(address, "streetAddress"),
                    *town = string_of(address, "addressLocality");
    const char *parts[] = {name, whole ? whole : street, town};
    GString *line = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] && !strstr(line->str, parts[i]))
            g_string_append_printf(line, "%s%s", line->len ? ", " : "", parts[i]);
    return g_string_free(line, !line->len);
}

static void
read_event(const json_t *value, struct linked_data *out)
{
    if (out->events++)
        return;
    take(&out->starts, string_of(value, "startDate"));
    take(&out->ends, string_of(value, "endDate"));
    take(&out->place, place_of(value));
}

static void
read_value(const json_t *value, struct linked_data *out, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    size_t i;
    const json_t *element;
    if (json_is_array(value)) {
        json_array_foreach(value, i, element) read_value(element, out, depth + 1);
        return;
    }
    if (!json_is_object(value))
        return;
    if (is_article(value)) {
        take(&out->headline, string_of(value, "headline"));
        take(&out->body, text_of(value, "articleBody"));
        take(&out->body, text_of(value, "text"));
        take(&out->published, string_of(value, "datePublished"));
        take(&out->modified, string_of(value, "dateModified"));
        take(&out->author, string_of(value, "author"));
        take(&out->section, string_of(value, "articleSection"));
    } else if (is_event(value)) {
        read_event(value, out);
    } else {
        take(&out->page_published, string_of(value, "datePublished"));
    }
    read_value(json_object_get(value, "@graph"), out, depth + 1);
    read_value(json_object_get(value, "mainEntity"), out, depth + 1);
    read_value(json_object_get(value, "mainEntityOfPage"), out, depth + 1);
}

void
linked_data_read(struct page *page, struct linked_data *out)
{
    *out = (struct linked_data){0};
    g_autoptr(GPtrArray) nodes = page_elements(page, "script");
    for (guint i = 0; i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        g_autofree char *type = html_attribute(node, "type");
        if (!type || !g_str_equal(type, "application/ld+json"))
            continue;
        const char *text = node->children ? (const char *)node->children->content : NULL;
        if (!text || strlen(text) > MAX_SCRIPT)
            continue;
        g_autofree char *tidy = g_strdup(text);
        for (char *p = tidy; *p; p++) /* line breaks within strings are common and no JSON */
            if ((guchar)*p < 0x20)
                *p = ' ';
        json_t *root = json_loads(tidy, JSON_DISABLE_EOF_CHECK, NULL);
        if (!root) {
            g_autofree char *repaired = json_repair(tidy, strlen(tidy));
            root = json_loads(repaired, JSON_DISABLE_EOF_CHECK, NULL);
        }
        if (root)
            read_value(root, out, 0);
        json_decref(root);
    }
}

void
linked_data_clear(struct linked_data *data)
{
    char **strings[] = {&data->headline, &data->body,    &data->published,      &data->modified,
                        &data->author,   &data->section, &data->page_published, &data->starts,
                        &data->ends,     &data->place};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_clear_pointer(strings[i], g_free);
}
