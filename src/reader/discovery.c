/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the worker's answer. */
#include "config.h"

#include "reader/discovery.h"
#include "base/clean.h"

#include <jansson.h>

struct discovery *
discovery_parse(const char *line)
{
    json_t *o = line ? json_loads(line, 0, NULL) : NULL;
    const char *url = json_string_value(json_object_get(o, "url"));
    const char *kind = json_string_value(json_object_get(o, "kind"));
    struct discovery *found = NULL;
    if (url && kind) {
        found = g_new0(struct discovery, 1);
        found->list = g_str_equal(kind, "list");
        found->url = g_strdup(url);
        const char *title = json_string_value(json_object_get(o, "title"));
        found->title = title ? text_squeeze(title, -1) : NULL;
        found->entries = (unsigned)json_integer_value(json_object_get(o, "entries"));
        json_t *sample = json_object_get(o, "sample"), *entry;
        size_t i;
        GStrvBuilder *builder = g_strv_builder_new();
        json_array_foreach(sample, i, entry)
        {
            const char *text = json_string_value(entry);
            g_autofree char *clean = text ? text_squeeze(text, -1) : NULL;
            if (clean)
                g_strv_builder_add(builder, clean);
        }
        found->sample = g_strv_builder_end(builder);
        g_strv_builder_unref(builder);
    }
    json_decref(o);
    return found;
}

void
discovery_free(struct discovery *discovery)
{
    g_free(discovery->url);
    g_free(discovery->title);
    g_strfreev(discovery->sample);
    g_free(discovery);
}
