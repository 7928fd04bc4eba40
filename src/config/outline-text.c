/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines out of text files: lines of `urls`, and the function calls of sfeedrc(5). */
#include "config.h"

#include "base/clean.h"
#include "base/file.h"
#include "base/i18n.h"
#include "config/newsboat.h"
#include "config/outline.h"
#include "config/urls.h"

#include <string.h>

/* "query:TITLE:FILTER" in newsboat's language becomes one in crier's. */
static void
translate_query(struct outline *outline)
{
    const char *title = outline->url + strlen("query:"), *colon = strchr(title, ':');
    if (!colon || !newsboat_is_filter(colon + 1))
        return;
    g_autoptr(GError) error = NULL;
    g_autofree char *query = newsboat_translate(colon + 1, &error);
    if (!query) {
        outline_refuse(outline, "%s", error->message);
        return;
    }
    char *url = g_strdup_printf("query:%.*s:%s", (int)(colon - title), title, query);
    g_free(outline->url);
    outline->url = url;
}

struct outline *
outline_of_line(const char *line, bool foreign)
{
    const char *why = NULL;
    g_autoptr(GPtrArray) words = urls_split_line(line, &why);
    if (words && !words->len)
        return NULL;
    if (words && !foreign && *(const char *)g_ptr_array_index(words, 0) == '-')
        return NULL; /* it hides a source, and is none */
    struct outline *outline = outline_new(words ? g_ptr_array_index(words, 0) : line, NULL, NULL);
    if (!words) {
        outline_refuse(outline, "%s", why);
        return outline;
    }
    for (guint i = 1; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);
        if (*word == '~') {
            g_free(outline->title);
            outline->title = text_squeeze(word + 1, -1);
        } else if (*word != '!' || foreign) { /* "!" and "!tag" hide a feed in newsboat's list */
            outline_add_tag(outline, word);
            if (*word == '!')
                outline_add_tag(outline, "hidden");
        }
    }
    if (outline->title && !*outline->title)
        g_clear_pointer(&outline->title, g_free);
    if (!foreign)
        return outline;
    if (g_str_has_prefix(outline->url, "query:"))
        translate_query(outline);
    else
        outline_settle(outline);
    return outline;
}

/* Each line that something can be made of; make() gives NULL for the others. */
static GPtrArray *
each_line(const char *text, bool foreign, struct outline *(*make)(const char *line, bool foreign))
{
    GPtrArray *outlines = outlines_new();
    text += g_str_has_prefix(text, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line && outlines->len <= OUTLINES_MAX; line++) {
        struct outline *outline;
        if (g_utf8_validate(*line, -1, NULL)) {
            outline = make(*line, foreign);
        } else {
            outline = outline_new(*line, NULL, NULL);
            outline_refuse(outline, "%s", _("the line is not UTF-8"));
        }
        if (outline)
            g_ptr_array_add(outlines, outline);
    }
    return outlines;
}

GPtrArray *
outlines_of_urls(const char *text, bool foreign)
{
    return each_line(text, foreign, outline_of_line);
}

/* feed 'name' 'url' 'page' 'encoding': a line of a shell's function, without the shell. */
static struct outline *
outline_of_call(const char *line, bool foreign)
{
    (void)foreign;
    const char *call = line + strspn(line, " \t");
    if (!g_str_has_prefix(call, "feed") || !strchr(" \t", call[4]) || !call[4])
        return NULL;
    g_auto(GStrv) words = NULL;
    g_autoptr(GError) error = NULL;
    int count;
    struct outline *outline;
    if (!g_shell_parse_argv(call, &count, &words, &error) || count < 3) {
        outline = outline_new(call, NULL, NULL);
        outline_refuse(outline, "%s", _("it is not written as feed 'name' 'url'"));
        return outline;
    }
    outline = outline_new(words[2], words[1], NULL);
    if (strpbrk(words[2], "$`"))
        outline_refuse(outline, "%s", _("only a shell knows what this stands for"));
    outline_settle(outline);
    return outline;
}

GPtrArray *
outlines_of_sfeedrc(const char *text)
{
    return each_line(text, true, outline_of_call);
}

const char *
outlines_guess(const char *text)
{
    text += g_str_has_prefix(text, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0;
    text += strspn(text, " \t\r\n");
    if (*text == '<')
        return "opml";
    if (*text == '{')
        return "state";
    return g_regex_match_simple("^\\s*feeds\\s*\\(\\)|^\\s*feed\\s+['\"]", text, G_REGEX_MULTILINE,
                                0)
               ? "sfeedrc"
               : "urls";
}
