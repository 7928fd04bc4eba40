/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting lines back into a `urls` file in which others have written since they were taken out. */
#include "config.h"

#include "base/url.h"
#include "config/urls.h"

#include <string.h>

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
    return count || !*line || g_str_equal(line, "\r");
}

/* Whether others have subscribed to what a line names. */
static bool
is_there(const struct urls *urls, const char *line)
{
    const char *why = NULL;
    g_autoptr(GPtrArray) words = urls_split_line(line, &why);
    const char *name = words && words->len ? g_ptr_array_index(words, 0) : "";
    g_autofree char *url = url_is_web(name) ? url_ascii(name) : g_strdup(name);
    return urls_find(urls, url) != NULL;
}

/* Behind the nearest of the lines above it that is still there, else in front of all. */
static guint
place_of(const GPtrArray *lines, char *const *before, guint index)
{
    while (index-- > 0)
        for (guint i = *before[index] ? lines->len : 0; i-- > 0;)
            if (g_str_equal(g_ptr_array_index(lines, i), before[index]))
                return i + 1;
    return 0;
}

char *
urls_put_back(const char *config_dir, const char *now, const char *with, const char *without)
{
    g_auto(GStrv) current = g_strsplit(now, "\n", -1), before = g_strsplit(with, "\n", -1),
                  after = g_strsplit(without, "\n", -1);
    AUTO(urls_free) struct urls *urls = urls_parse(config_dir, "urls", now);
    g_autoptr(GHashTable) old = count_lines(before), kept = count_lines(after);
    g_autoptr(GPtrArray) lines = g_ptr_array_new(); /* borrows */
    for (char **line = current; *line; line++)
        g_ptr_array_add(lines, *line);
    for (char **line = after; *line; line++) {
        guint index;
        if (!count_off(old, *line) &&
            g_ptr_array_find_with_equal_func(lines, *line, g_str_equal, &index))
            g_ptr_array_remove_index(lines, index); /* the rest of a line that comes back */
    }
    for (guint i = 0; before[i]; i++)
        if (!count_off(kept, before[i]) && !is_there(urls, before[i]))
            g_ptr_array_insert(lines, (gint)place_of(lines, before, i), before[i]);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}
