/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing and reading marks. */
#include "config.h"

#include "config/mark-line.h"
#include "base/clean.h"

#include <jansson.h>
#include <string.h>

#define MAX_TEXT 8192 /* bytes */
#define MAX_TAGS 100

void
mark_line_free(struct mark_line *line)
{
    g_free(line->source);
    g_free(line->id);
    g_free(line->link);
    g_free(line->title);
    g_strfreev(line->tags);
    g_free(line);
}

char *
mark_line_to_json(const struct mark_line *line)
{
    json_t *o = json_object(), *tags = json_array();
    const struct {
        const char *name, *text;
    } texts[] = {
        {"source", line->source}, {"id", line->id}, {"link", line->link}, {"title", line->title}};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        json_object_set_new(o, texts[i].name,
                            texts[i].text ? json_string(texts[i].text) : json_null());
    for (char **tag = line->tags; tag && *tag; tag++)
        json_array_append_new(tags, json_string(*tag));
    json_object_set_new(o, "read", json_boolean(line->read));
    json_object_set_new(o, "starred", json_boolean(line->starred));
    json_object_set_new(o, "tags", tags);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *whole = g_strconcat(text, "\n", NULL);
    free(text);
    return whole;
}

/* A member as one clean line, or NULL. */
static char *
text_of(const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    char *clean = text && strlen(text) <= MAX_TEXT ? text_squeeze(text, -1) : NULL;
    if (clean && !*clean)
        g_clear_pointer(&clean, g_free);
    return clean;
}

static char **
tags_of(const json_t *array)
{
    GStrvBuilder *builder = g_strv_builder_new();
    size_t i;
    json_t *tag;
    json_array_foreach(array, i, tag)
    {
        const char *text = i < MAX_TAGS ? json_string_value(tag) : NULL;
        g_autofree char *clean = text ? text_squeeze(text, -1) : NULL;
        /* as `crier mark +TAG` takes them: no blank */
        if (clean && *clean && strlen(clean) <= MAX_TEXT)
            g_strv_builder_add(builder, g_strdelimit(clean, " ", '-'));
    }
    char **tags = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return tags;
}

struct mark_line *
mark_line_from_json(const char *text)
{
    json_t *o = json_loads(text, 0, NULL);
    struct mark_line *line = g_new0(struct mark_line, 1);
    *line = (struct mark_line){.source = text_of(o, "source"),
                               .id = text_of(o, "id"),
                               .link = text_of(o, "link"),
                               .title = text_of(o, "title"),
                               .read = json_is_true(json_object_get(o, "read")),
                               .starred = json_is_true(json_object_get(o, "starred")),
                               .tags = tags_of(json_object_get(o, "tags"))};
    json_decref(o);
    if (!line->id && !line->link)
        g_clear_pointer(&line, mark_line_free);
    return line;
}
