/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines as lines of `urls`, and as OPML 2.0. */
#include "config.h"

#include "config/outline.h"

#include <string.h>

static void
append_quoted(GString *out, const char *mark, const char *word)
{
    g_string_append_printf(out, "\"%s", mark);
    for (const char *p = word; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

char *
outline_line(const struct outline *outline)
{
    GString *out = g_string_new(NULL);
    const char *url = outline->url;
    /* what ends a word or a line is quoted too, and refused when it is read */
    if (!*url || strpbrk(url, "\\#") == url || strpbrk(url, " \t\r\n\""))
        append_quoted(out, "", url);
    else
        g_string_append(out, url);
    for (char *const *tag = outline->tags; *tag; tag++) {
        g_string_append_c(out, ' ');
        append_quoted(out, "", *tag);
    }
    if (outline->title && *outline->title) {
        g_string_append_c(out, ' ');
        append_quoted(out, "~", outline->title);
    }
    return g_string_free(out, FALSE);
}

char *
outlines_to_urls(const GPtrArray *outlines)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < outlines->len; i++) {
        g_autofree char *line = outline_line(g_ptr_array_index(outlines, i));
        g_string_append_printf(out, "%s\n", line);
    }
    return g_string_free(out, FALSE);
}

/* --- OPML ---------------------------------------------------------------------------------- */

static void
append_attribute(GString *out, const char *name, const char *value)
{
    g_autofree char *escaped = value ? g_markup_escape_text(value, -1) : NULL;
    if (escaped)
        g_string_append_printf(out, " %s=\"%s\"", name, escaped);
}

/* The tags as categories: separated by commas, which a tag cannot have there, nor a slash. */
static char *
category_of(const struct outline *outline)
{
    char *joined = g_strjoinv("\n", outline->tags);
    return g_strdelimit(g_strdelimit(joined, ",/", ' '), "\n", ',');
}

/* What other programs show of it: never nothing. */
static char *
text_of(const struct outline *outline)
{
    if (outline->title)
        return g_strdup(outline->title);
    if (outline->shown)
        return g_strdup(outline->shown);
    if (!g_str_has_prefix(outline->url, "query:"))
        return g_strdup(outline->url);
    const char *title = outline->url + strlen("query:"), *colon = strchr(title, ':');
    return g_strndup(title, colon ? (gsize)(colon - title) : strlen(title));
}

/* As FreshRSS has them. */
static void
append_rules(GString *out, const struct outline *outline)
{
    for (int i = 0; i < OUTLINE_RULES; i++) {
        g_autofree char *attribute = outline_rule_attribute((enum outline_rule)i, outline->json),
                        *name = g_strconcat("frss:", attribute, NULL);
        append_attribute(out, name, outline->rules[i]);
    }
}

/* What a program that is not crier reads of it, and nothing of crier's. */
static void
append_page(GString *out, const struct outline *outline, const char *text)
{
    const char *type = outline->json                  ? OUTLINE_TYPE_JSON
                       : outline->rules[OUTLINE_ITEM] ? OUTLINE_TYPE_XPATH
                                                      : "rss";
    append_attribute(out, "title", text);
    append_attribute(out, "type", type);
    append_attribute(out, "xmlUrl", outline->page ? outline->page : outline->url);
    append_attribute(out, "htmlUrl", outline->home);
    append_rules(out, outline);
}

/* A page that other programs can only show. */
static void
append_link(GString *out, const struct outline *outline)
{
    append_attribute(out, "type", outline->home ? "link" : NULL);
    append_attribute(out, "url", outline->home);
}

/* The sections of a line, which lie in it as in a folder: crier goes by the line alone. */
static void
append_parts(GString *out, const struct outline *outline, int depth)
{
    g_string_append(out, ">\n");
    for (guint i = 0; i < outline->parts->len; i++) {
        const struct outline *part = g_ptr_array_index(outline->parts, i);
        g_autofree char *text = text_of(part);
        g_string_append_printf(out, "%*s<outline", (depth + 1) * 2, "");
        append_attribute(out, "text", text);
        if (part->page)
            append_page(out, part, text);
        else
            append_link(out, part);
        g_string_append(out, "/>\n");
    }
    g_string_append_printf(out, "%*s</outline>\n", depth * 2, "");
}

static void
append_outline(GString *out, const struct outline *outline, int depth)
{
    bool feed = !g_str_has_prefix(outline->url, "portal:") &&
                !g_str_has_prefix(outline->url, "query:");
    g_autofree char *text = text_of(outline), *line = outline_line(outline),
                    *category = category_of(outline);
    g_string_append_printf(out, "%*s<outline", depth * 2, "");
    append_attribute(out, "text", text);
    if (feed || outline->page) {
        append_page(out, outline, text);
    } else if (!outline->parts->len) {
        append_link(out, outline);
    }
    append_attribute(out, "category", *category ? category : NULL);
    append_attribute(out, "crier:source", line);
    if (outline->parts->len)
        append_parts(out, outline, depth);
    else
        g_string_append(out, "/>\n");
}

/* The tag whose folder it lies in, or NULL; "list" says what kind of page it is. */
static const char *
folder_of(const struct outline *outline)
{
    for (char *const *tag = outline->tags; *tag; tag++)
        if (!g_str_equal(*tag, "list"))
            return *tag;
    return NULL;
}

char *
outlines_to_opml(const GPtrArray *outlines, const char *title)
{
    GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<opml version=\"2.0\" xmlns:crier=\"" OUTLINE_NAMESPACE "\""
                                " xmlns:frss=\"" OUTLINE_FRESHRSS "\">\n"
                                "  <head>\n");
    g_autofree char *escaped = g_markup_escape_text(title, -1);
    g_string_append_printf(out, "    <title>%s</title>\n  </head>\n  <body>\n", escaped);
    const char *open = NULL;
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        const char *folder = folder_of(outline);
        /* folders open and close as the lines have them, whose order is kept so */
        if (open && g_strcmp0(open, folder))
            g_string_append(out, "    </outline>\n");
        if (folder && g_strcmp0(open, folder)) {
            g_string_append(out, "    <outline");
            append_attribute(out, "text", folder);
            append_attribute(out, "title", folder);
            g_string_append(out, ">\n");
        }
        open = folder;
        append_outline(out, outline, folder ? 3 : 2);
    }
    g_string_append_printf(out, "%s  </body>\n</opml>\n", open ? "    </outline>\n" : "");
    return g_string_free(out, FALSE);
}
