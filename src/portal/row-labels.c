/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of links: texts that consist of the words in row-labels.def, numbers and signs. */
#include "config.h"

#include "portal/row.h"

#include <string.h>

#define LONGEST 120 /* bytes: what is longer says something */

static const char *const words[] = {
#define LABEL(language, text) text,
#include "portal/row-labels.def"
#undef LABEL
};

static GHashTable *
make_set(void)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_auto(GStrv) split = g_strsplit(words[i], " ", -1);
        for (char **word = split; *word; word++)
            if (**word)
                g_hash_table_add(set, g_strdup(*word));
    }
    return set;
}

static GHashTable *
set_of_words(void)
{
    static GHashTable *set;
    if (g_once_init_enter(&set)) {
        GHashTable *made = make_set();
        g_once_init_leave(&set, made);
    }
    return set;
}

static bool
is_word(const char *text, gsize length)
{
    g_autofree char *word = g_strndup(text, length);
    return g_hash_table_contains(set_of_words(), word);
}

/* Whether a run of letters is made of words of the table, one after the other: "下载附件". */
static bool
is_made_of_words(const char *text, gsize length)
{
    if (is_word(text, length))
        return true;
    if ((guchar)*text < 0xe0) /* these languages part their words */
        return false;
    for (gsize at = 0; at < length;) {
        gsize end = length;
        while (end > at && !is_word(text + at, end - at))
            end = (gsize)(g_utf8_find_prev_char(text + at, text + end) - text);
        if (end <= at)
            return false;
        at = end;
    }
    return true;
}

bool
row_is_label(const char *text)
{
    if (strlen(text) > LONGEST)
        return false;
    if (*text && !*g_utf8_next_char(text) && g_unichar_isalpha(g_utf8_get_char(text)))
        return false; /* a letter may be a name, and no word is one */
    g_autofree char *lower = g_utf8_strdown(text, -1);
    for (const char *p = lower; *p;) {
        const char *start = p;
        while (*p &&
               (g_unichar_isalpha(g_utf8_get_char(p)) || g_unichar_ismark(g_utf8_get_char(p))))
            p = g_utf8_next_char(p);
        if (p > start && !is_made_of_words(start, (gsize)(p - start)))
            return false;
        if (p == start)
            p = g_utf8_next_char(p);
    }
    return true;
}
