/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages say of their editions, joined with what is subscribed to. */
#include "config.h"

#include "reader/counterpart.h"
#include "store/articles.h"
#include "store/sources.h"
#include "text/language.h"

#include <string.h>

void
counterpart_free(struct counterpart *c)
{
    g_free(c->language);
    g_free(c->url);
    if (c->section)
        source_free(c->section);
    g_free(c);
}

/* The last part of "portal:ID/EDITION/SECTION". */
static const char *
section_name(const char *url)
{
    const char *slash = strrchr(url, '/');
    return slash && g_str_has_prefix(url, "portal:") ? slash + 1 : "";
}

/* The section of the same portal in that language: the same one if there is, else the first. */
static struct source *
find_section(struct store *store, const struct article_row *row, const char *language)
{
    g_autoptr(GPtrArray) sources = row->portal ? sources_list(store, false, NULL) : NULL;
    const struct source *own = NULL;
    guint best = G_MAXUINT;
    for (guint i = 0; sources && i < sources->len; i++) {
        const struct source *s = g_ptr_array_index(sources, i);
        if (s->id == row->source)
            own = s;
    }
    for (guint i = 0; sources && i < sources->len; i++) {
        const struct source *s = g_ptr_array_index(sources, i);
        if (g_strcmp0(s->portal, row->portal) || !language_is_of(s->language, language) ||
            g_strcmp0(s->edition, row->edition) == 0)
            continue;
        bool same = own && g_str_equal(section_name(own->url), section_name(s->url));
        if (same || best == G_MAXUINT)
            best = i;
        if (same)
            break;
    }
    return best == G_MAXUINT ? NULL : g_ptr_array_steal_index(sources, best);
}

struct counterpart *
counterpart_find(struct store *store, const struct article_row *row, const char *language)
{
    AUTO(counterpart_free) struct counterpart *c = g_new0(struct counterpart, 1);
    g_autoptr(GPtrArray) editions = articles_editions(store, row->id);
    for (guint i = 0; i < editions->len; i++) {
        const struct stored_edition *e = g_ptr_array_index(editions, i);
        if (!language_is_of(e->language, language) || e->article == row->id || c->article)
            continue;
        c->article = e->article;
        g_free(c->url);
        c->url = g_strdup(e->url);
        g_free(c->language);
        c->language = g_strdup(e->language);
    }
    if (!c->article)
        c->section = find_section(store, row, language);
    if (!c->language && !c->section)
        return NULL;
    if (!c->language)
        c->language = g_strdup(c->section->language);
    return g_steal_pointer(&c);
}

static int
compare(gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_language(GPtrArray *languages, const struct article_row *row, const char *language)
{
    if (language && *language && g_strcmp0(language, row->language) &&
        !g_ptr_array_find_with_equal_func(languages, language, g_str_equal, NULL))
        g_ptr_array_add(languages, g_strdup(language));
}

struct counterpart *
counterpart_next(struct store *store, const struct article_row *row)
{
    g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) editions = articles_editions(store, row->id);
    for (guint i = 0; i < editions->len; i++)
        add_language(languages, row,
                     ((const struct stored_edition *)g_ptr_array_index(editions, i))->language);
    g_autoptr(GPtrArray) sources = row->portal ? sources_list(store, false, NULL) : NULL;
    for (guint i = 0; sources && i < sources->len; i++) {
        const struct source *s = g_ptr_array_index(sources, i);
        if (!g_strcmp0(s->portal, row->portal))
            add_language(languages, row, s->language);
    }
    g_ptr_array_sort(languages, compare);
    /*
     * they go round from the article's own; whole articles come before sections, these before
     * addresses
     */
    guint start = 0;
    while (start < languages->len && row->language &&
           g_ascii_strcasecmp(g_ptr_array_index(languages, start), row->language) < 0)
        start++;
    struct counterpart *best = NULL;
    for (guint i = 0; i < languages->len; i++) {
        struct counterpart *c = counterpart_find(
            store, row, g_ptr_array_index(languages, (start + i) % languages->len));
        int rank = !c ? 0 : c->article ? 3 : c->section ? 2 : 1;
        int before = !best ? 0 : best->article ? 3 : best->section ? 2 : 1;
        struct counterpart *other = rank > before ? best : c;
        if (rank > before)
            best = c;
        if (other)
            counterpart_free(other);
    }
    return best;
}

static int
compare_wanted(gconstpointer a, gconstpointer b, gpointer wanted)
{
    const char *one = *(const char *const *)a, *other = *(const char *const *)b;
    int by_rank = language_rank(one, wanted) - language_rank(other, wanted);
    return by_rank ? by_rank : g_ascii_strcasecmp(one, other);
}

char **
counterpart_languages(const struct article_row *row, const char *wanted)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(row->others ? row->others : "", ",", -1);
    for (char **part = parts; *part; part++)
        if (**part)
            g_ptr_array_add(all, g_strdup(*part));
    g_ptr_array_sort_with_data(all, compare_wanted, (gpointer)wanted);
    g_ptr_array_add(all, NULL);
    return (char **)g_ptr_array_steal(all, NULL);
}
