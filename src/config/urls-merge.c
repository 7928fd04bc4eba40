/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Putting lines back into a `urls` file in which others have written since they were taken out.
 * They come back as they were where that brings what was taken out and changes nothing else; where
 * it would, what others did stays, and each thing that was taken out gets a line of its own.
 */
#include "config.h"

#include "base/file.h"
#include "config/outline.h"
#include "config/urls.h"

#include <string.h>

static bool
has_mark(const char *text)
{
    return g_str_has_prefix(text, BYTE_ORDER_MARK);
}

static const char *
line_end_of(const char *text)
{
    return strstr(text, "\r\n") ? "\r\n" : "\n";
}

/* The lines, each as it is, and an empty one behind them. */
static char **
split(const char *text)
{
    text += has_mark(text) ? strlen(BYTE_ORDER_MARK) : 0;
    bool open = *text && !g_str_has_suffix(text, "\n");
    g_autofree char *ended = g_strconcat(text, open ? line_end_of(text) : "", NULL);
    return *ended ? g_strsplit(ended, "\n", -1) : g_strdupv((char *[]){(char *)"", NULL});
}

/* Without what an editor may have put at the end of each. */
static char **
split_plain(const char *text)
{
    char **lines = split(text);
    for (char **line = lines; *line; line++)
        if (g_str_has_suffix(*line, "\r"))
            (*line)[strlen(*line) - 1] = '\0';
    return lines;
}

/* A GEqualFunc: whatever ends the one; the other is plain. */
static gboolean
is_line(gconstpointer line, gconstpointer plain)
{
    gsize length = strlen(plain);
    const char *end = (const char *)line + length;
    return !strncmp(line, plain, length) && (!*end || g_str_equal(end, "\r"));
}

/* How often each line is there; borrows. */
static GHashTable *
count_lines(char *const *lines)
{
    GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
    for (char *const *line = lines; *line; line++) {
        int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, *line));
        g_hash_table_insert(counts, *line, GINT_TO_POINTER(count + 1));
    }
    return counts;
}

/* Takes one such line away; whether there was any.  Empty ones are all alike. */
static bool
count_off(GHashTable *counts, char *line)
{
    int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, line));
    if (count)
        g_hash_table_insert(counts, line, GINT_TO_POINTER(count - 1));
    return count || !*line;
}

/* Behind the nearest of the lines above it that is still there, else in front of all. */
static guint
place_of(const GPtrArray *lines, char *const *before, guint index)
{
    while (index-- > 0) {
        guint above = 0; /* rules and headings are there more than once */
        for (guint i = 0; i <= index; i++)
            above += g_str_equal(before[i], before[index]);
        for (guint i = 0; *before[index] && i < lines->len; i++)
            if (is_line(g_ptr_array_index(lines, i), before[index]) && !--above)
                return i + 1;
    }
    return 0;
}

/* What is made of the file. */
struct merge {
    const char *config_dir, *now;
    struct urls *urls; /* what it says now */
    char **before, **after;
    char *const *names;
};

static void
put(const struct merge *merge, GPtrArray *lines, guint place, const char *line)
{
    const char *end = *line_end_of(merge->now) == '\r' ? "\r" : "";
    g_ptr_array_insert(lines, (gint)place, g_strconcat(line, end, NULL));
}

static GPtrArray *
lines_now(const struct merge *merge)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) now = split(merge->now);
    for (char **line = now; *line; line++)
        g_ptr_array_add(lines, g_strdup(*line));
    return lines;
}

static char *
join(const struct merge *merge, GPtrArray *lines, bool marked)
{
    g_ptr_array_add(lines, NULL);
    g_autofree char *text = g_strjoinv("\n", (char **)lines->pdata);
    return g_strconcat(marked || has_mark(merge->now) ? BYTE_ORDER_MARK : "", text, NULL);
}

/* With the lines as they were; NULL: what was left of them is not there any more. */
static char *
put_lines(const struct merge *merge, bool marked)
{
    g_autoptr(GPtrArray) lines = lines_now(merge);
    g_autoptr(GHashTable) old = count_lines(merge->before), kept = count_lines(merge->after);
    for (char **line = merge->after; *line; line++) {
        guint index;
        if (count_off(old, *line))
            continue;
        if (!g_ptr_array_find_with_equal_func(lines, *line, is_line, &index))
            return NULL;
        g_ptr_array_remove_index(lines, index);
    }
    for (guint i = 0; merge->before[i]; i++)
        if (!count_off(kept, merge->before[i]))
            put(merge, lines, place_of(lines, merge->before, i), merge->before[i]);
    return join(merge, lines, marked);
}

/* Whether a subscription is as others have left it. */
static bool
is_as_now(const struct merge *merge, const struct subscription *subscription)
{
    const struct subscription *now = urls_find(merge->urls, subscription->url);
    return now && !g_strcmp0(now->title, subscription->title) &&
           g_strv_equal((const char *const *)now->tags, (const char *const *)subscription->tags);
}

/* Whether a text says what the file says now and what was taken out, and nothing else. */
static bool
is_fair(const struct merge *merge, const char *text)
{
    AUTO(urls_free) struct urls *urls = urls_parse(merge->config_dir, "urls", text);
    for (char *const *name = merge->names; *name; name++)
        if (urls_has(merge->urls, *name) ||
            (!urls_has(urls, *name) && !urls_find_missing(urls, *name)))
            return false;
    guint known = 0;
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *subscription = g_ptr_array_index(urls->subscriptions, i);
        if (is_as_now(merge, subscription))
            known++;
        else if (!g_strv_contains((const char *const *)merge->names, subscription->url))
            return false;
    }
    return known == merge->urls->subscriptions->len;
}

/* With a line for each that is not there, about where it stood. */
static char *
put_names(const struct merge *merge, const struct urls *old)
{
    g_autoptr(GPtrArray) lines = lines_now(merge);
    for (guint i = g_strv_length((char **)merge->names); i-- > 0;) {
        if (urls_has(merge->urls, merge->names[i]))
            continue;
        const struct subscription *was = urls_find(old, merge->names[i]);
        char *none[] = {NULL};
        g_autofree char *line = outline_line(&(struct outline){.url = merge->names[i],
                                                               .title = was ? was->title : NULL,
                                                               .tags = was ? was->tags : none});
        guint place = was ? place_of(lines, merge->before, (guint)was->line - 1) : lines->len - 1;
        put(merge, lines, place, line);
    }
    return join(merge, lines, false);
}

char *
urls_put_back(const char *config_dir, const char *now, const char *with, const char *without,
              char *const *names)
{
    AUTO(urls_free) struct urls *urls = urls_parse(config_dir, "urls", now),
                                *old = urls_parse(config_dir, "urls", with);
    g_auto(GStrv) before = split_plain(with), after = split_plain(without);
    const struct merge merge = {config_dir, now, urls, before, after, names};
    g_autofree char *whole = put_lines(&merge, has_mark(with) && !has_mark(without));
    return whole && is_fair(&merge, whole) ? g_steal_pointer(&whole) : put_names(&merge, old);
}
