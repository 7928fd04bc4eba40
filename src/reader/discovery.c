/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the worker's answer. */
#include "config.h"

#include "reader/discovery.h"
#include "text/clean.h"

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
    }
    json_decref(o);
    return found;
}

void
discovery_free(struct discovery *discovery)
{
    g_free(discovery->url);
    g_free(discovery->title);
    g_free(discovery);
}
