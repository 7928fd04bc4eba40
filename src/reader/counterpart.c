/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages say of their editions, joined with what is subscribed to. */
#include "config.h"

#include "reader/counterpart.h"
#include "reader/heading.h"
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

/* An edition in the language of who reads stands first, as in the first view. */
static void
add_edition(GPtrArray *editions, struct source *s)
{
    guint own = 0;
    while (own < editions->len) {
        const struct source *other = g_ptr_array_index(editions, own);
        if (!other->language || !heading_is_own(other->language))
            break;
        own++;
    }
    bool first = heading_has_language() && s->language && heading_is_own(s->language);
    g_ptr_array_insert(editions, first ? (int)own : -1, s);
}

GPtrArray *
counterpart_editions(const GPtrArray *sources, const char *portal)
{
    GPtrArray *editions = g_ptr_array_new();
    for (guint i = 0; portal && i < sources->len; i++) {
        struct source *s = g_ptr_array_index(sources, i);
        bool known = g_strcmp0(s->portal, portal) != 0;
        for (guint k = 0; !known && k < editions->len; k++) {
            const struct source *other = g_ptr_array_index(editions, k);
            known = !g_strcmp0(other->edition, s->edition);
        }
        if (!known)
            add_edition(editions, s);
    }
    return editions;
}

/* Where a language stands among editions, behind all others if none is of it. */
static guint
place_of(const GPtrArray *editions, const char *language)
{
    guint place = editions->len;
    for (guint i = 0; i < editions->len; i++) {
        const struct source *s = g_ptr_array_index(editions, i);
        if (s->language && !g_ascii_strcasecmp(s->language, language))
            return i;
        if (s->language && place == editions->len && language_is_of(language, s->language))
            place = i;
    }
    return place;
}

/* editions: counterpart_editions(). */
static int
compare_languages(const char *one, const char *other, const GPtrArray *editions)
{
    int by_place = (int)place_of(editions, one) - (int)place_of(editions, other);
    return by_place ? by_place : g_ascii_strcasecmp(one, other);
}

static int
compare_stored(gconstpointer a, gconstpointer b, gpointer editions)
{
    const struct stored_edition *one = *(const struct stored_edition *const *)a,
                                *other = *(const struct stored_edition *const *)b;
    return compare_languages(one->language, other->language, editions);
}

GPtrArray *
counterpart_stored(struct store *store, const struct article_row *row)
{
    GPtrArray *stored = articles_editions(store, row->id);
    g_autoptr(GPtrArray) sources = row->portal && stored->len > 1 ? sources_list(store, false, NULL)
                                                                  : NULL;
    g_autoptr(GPtrArray) editions = sources ? counterpart_editions(sources, row->portal) : NULL;
    if (editions)
        g_ptr_array_sort_with_data(stored, compare_stored, editions);
    return stored;
}

static void
free_counterpart(gpointer counterpart)
{
    counterpart_free(counterpart);
}

static void
add_language(GPtrArray *ways, struct store *store, const struct article_row *row,
             const char *language)
{
    bool known = !language || !*language;
    for (guint i = 0; !known && i < ways->len; i++)
        known = !g_strcmp0(((const struct counterpart *)g_ptr_array_index(ways, i))->language,
                           language);
    struct counterpart *c = known ? NULL : counterpart_find(store, row, language);
    if (c)
        g_ptr_array_add(ways, c);
}

static int
compare_ways(gconstpointer a, gconstpointer b, gpointer editions)
{
    const struct counterpart *one = *(const struct counterpart *const *)a,
                             *other = *(const struct counterpart *const *)b;
    int rank = one->article   ? 0
               : one->section ? 1
                              : 2,
        other_rank = other->article   ? 0
                     : other->section ? 1
                                      : 2;
    return rank != other_rank ? rank - other_rank
                              : compare_languages(one->language, other->language, editions);
}

struct counterpart *
counterpart_next(struct store *store, const struct article_row *row, const char *after)
{
    g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func(free_counterpart),
                         stored = articles_editions(store, row->id),
                         sources = row->portal ? sources_list(store, false, NULL) : NULL,
                         editions = sources ? counterpart_editions(sources, row->portal)
                                            : g_ptr_array_new();
    struct counterpart *own = g_new0(struct counterpart, 1);
    *own = (struct counterpart){.language = g_strdup(row->language ? row->language : ""),
                                .article = row->id};
    g_ptr_array_add(ways, own);
    for (guint i = 0; i < stored->len; i++)
        add_language(ways, store, row,
                     ((const struct stored_edition *)g_ptr_array_index(stored, i))->language);
    for (guint i = 0; i < editions->len; i++)
        add_language(ways, store, row,
                     ((const struct source *)g_ptr_array_index(editions, i))->language);
    g_ptr_array_sort_with_data(ways, compare_ways, editions);
    guint at = 0;
    for (guint i = 0; i < ways->len; i++)
        if (!g_strcmp0(((const struct counterpart *)g_ptr_array_index(ways, i))->language,
                       after ? after : own->language))
            at = i;
    do
        at = (at + 1) % ways->len;
    while (ways->len > 1 && g_ptr_array_index(ways, at) == own);
    return ways->len > 1 ? g_ptr_array_steal_index(ways, at) : NULL;
}

static int
compare(gconstpointer a, gconstpointer b, gpointer editions)
{
    return compare_languages(*(const char *const *)a, *(const char *const *)b, editions);
}

char **
counterpart_languages(const struct article_row *row, const GPtrArray *sources)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(row->others ? row->others : "", ",", -1);
    for (char **part = parts; *part; part++)
        if (**part)
            g_ptr_array_add(all, g_strdup(*part));
    if (all->len > 1) {
        g_autoptr(GPtrArray) editions = counterpart_editions(sources, row->portal);
        g_ptr_array_sort_with_data(all, compare, editions);
    }
    g_ptr_array_add(all, NULL);
    return (char **)g_ptr_array_steal(all, NULL);
}
