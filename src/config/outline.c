/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines as values, and as lines of JSON between processes. */
#include "config.h"

#include "config/outline.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"

#include <jansson.h>
#include <string.h>

#define MAX_TAGS 100 /* of one outline */

struct outline *
outline_new(const char *url, const char *title, char *const *tags)
{
    struct outline *outline = g_new0(struct outline, 1);
    outline->url = text_squeeze(url ? url : "", -1);
    outline->title = title ? text_squeeze(title, -1) : NULL;
    if (outline->title && !*outline->title)
        g_clear_pointer(&outline->title, g_free);
    outline->parts = outlines_new();
    outline->tags = g_new0(char *, 1);
    for (char *const *tag = tags; tag && *tag; tag++)
        outline_add_tag(outline, *tag);
    return outline;
}

void
outline_free(gpointer data)
{
    struct outline *outline = data;
    g_free(outline->url);
    g_free(outline->title);
    g_strfreev(outline->tags);
    g_free(outline->shown);
    g_free(outline->home);
    g_ptr_array_unref(outline->parts);
    for (int i = 0; i < OUTLINE_RULES; i++)
        g_free(outline->rules[i]);
    g_free(outline->page);
    g_free(outline->portal);
    g_free(outline->file);
    g_free(outline->why);
    g_free(outline);
}

GPtrArray *
outlines_new(void)
{
    return g_ptr_array_new_with_free_func(outline_free);
}

void
outline_refuse(struct outline *outline, const char *format, ...)
{
    if (outline->why)
        return;
    va_list args;
    va_start(args, format);
    outline->why = g_strdup_vprintf(format, args);
    va_end(args);
    outline->outcome = OUTLINE_REFUSED;
}

void
outline_add_tag(struct outline *outline, const char *tag)
{
    g_autofree char *clean = text_squeeze(tag, -1);
    const char *word = clean + strspn(clean, "~! ");
    guint count = g_strv_length(outline->tags);
    if (!*word || count >= MAX_TAGS || g_strv_contains((const char *const *)outline->tags, word))
        return;
    outline->tags = g_renew(char *, outline->tags, count + 2);
    outline->tags[count] = g_strdup(word);
    outline->tags[count + 1] = NULL;
}

void
outline_refuse_nowhere(struct outline *outline)
{
    outline_refuse(outline, "%s", _("it has no address (xmlUrl)"));
}

void
outline_refuse_type(struct outline *outline, const char *type)
{
    if (!type)
        return;
    if (!g_ascii_strcasecmp(type, "include"))
        outline_refuse(outline, "%s", _("it includes another list, which is not asked for"));
    else if (strchr(type, '+')) /* "XML+XPath" and its like, of FreshRSS */
        outline_refuse(
            outline,
            _("its type is '%s', by rules for a page: 'crier portal new' drafts a portal file of it"),
            type);
}

void
outline_settle(struct outline *outline)
{
    static const char *const wrappers[] = {"feed:", "pcast:", "itpc:", "podcast:"};
    char *url = outline->url;
    for (size_t i = 0; i < G_N_ELEMENTS(wrappers); i++) {
        if (g_ascii_strncasecmp(url, wrappers[i], strlen(wrappers[i])))
            continue;
        const char *rest = url + strlen(wrappers[i]);
        outline->url = g_str_has_prefix(rest, "//") ? g_strconcat("http:", rest, NULL)
                                                    : g_strdup(rest);
        g_free(url);
        break;
    }
    url = outline->url;
    if (strstr(url, "***"))
        outline_refuse(outline, "%s", _("a secret was left out of it when it was written"));
    if (g_str_has_prefix(url, "portal:") || g_str_has_prefix(url, "query:") || url_is_web(url))
        return;
    if (g_str_has_prefix(url, "exec:") || g_str_has_prefix(url, "filter:"))
        outline_refuse(outline, "%s", _("it would run a command"));
    else if (url_is_file(url) || *url == '/')
        outline_refuse(outline, "%s",
                       _("it is a file of this machine, which only 'crier add' subscribes to"));
    else
        outline_refuse(outline, "%s", _("it is no address of the web"));
}

/* --- JSON ---------------------------------------------------------------------------------- */

char *
outline_to_json(const struct outline *outline)
{
    json_t *o = json_object(), *tags = json_array();
    for (char **tag = outline->tags; *tag; tag++)
        json_array_append_new(tags, json_string(*tag));
    json_object_set_new(o, "url", json_string(outline->url));
    json_object_set_new(o, "title", outline->title ? json_string(outline->title) : json_null());
    json_object_set_new(o, "tags", tags);
    if (outline->page)
        json_object_set_new(o, "page", json_string(outline->page));
    if (outline->portal)
        json_object_set_new(o, "portal", json_string(outline->portal));
    if (outline->own)
        json_object_set_new(o, "own", json_true());
    json_object_set_new(o, "why", outline->why ? json_string(outline->why) : json_null());
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}

struct outline *
outline_from_json(const char *line)
{
    json_t *o = json_loads(line, 0, NULL);
    const char *url = json_string_value(json_object_get(o, "url")),
               *why = json_string_value(json_object_get(o, "why"));
    struct outline *outline = NULL;
    if (url) {
        size_t i;
        json_t *tag;
        outline = outline_new(url, json_string_value(json_object_get(o, "title")), NULL);
        json_array_foreach(json_object_get(o, "tags"), i, tag)
        {
            if (json_is_string(tag))
                outline_add_tag(outline, json_string_value(tag));
        }
        outline->page = g_strdup(json_string_value(json_object_get(o, "page")));
        outline->portal = g_strdup(json_string_value(json_object_get(o, "portal")));
        outline->own = json_is_true(json_object_get(o, "own"));
        g_autofree char *clean = why ? text_squeeze(why, -1) : NULL;
        if (clean)
            outline_refuse(outline, "%s", clean);
    }
    json_decref(o);
    return outline;
}
