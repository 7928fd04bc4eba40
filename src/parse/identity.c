/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity of entries, from the strongest key down: id, link, title and date, text. */
#include "config.h"

#include "parse/identity.h"
#include "base/problem.h"
#include "base/url.h"
#include "store/entry.h"

#include <string.h>

static GHashTable *
table_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/*
 * Links whose identity others have too, though they are other links, are told apart by all they
 * say.
 */
static void
settle_links(GPtrArray *entries)
{
    /* identity -> strict identity; identities */
    g_autoptr(GHashTable) first = table_new(), shared = table_new();
    g_autoptr(GPtrArray) strict = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < entries->len; i++) {
        struct entry *e = g_ptr_array_index(entries, i);
        g_ptr_array_add(strict, e->link ? url_strict_identity(e->link) : NULL);
        if (!e->link)
            continue;
        g_free(e->identity);
        e->identity = url_identity(e->link);
        const char *known = g_hash_table_lookup(first, e->identity);
        if (!known)
            g_hash_table_insert(first, g_strdup(e->identity), g_ptr_array_index(strict, i));
        else if (!g_str_equal(known, g_ptr_array_index(strict, i)))
            g_hash_table_add(shared, g_strdup(e->identity));
    }
    for (guint i = 0; i < entries->len; i++) {
        struct entry *e = g_ptr_array_index(entries, i);
        if (!e->link || !g_hash_table_contains(shared, e->identity))
            continue;
        g_free(e->identity);
        e->identity = g_strdup(g_ptr_array_index(strict, i));
    }
}

static bool
same_text(const struct entry *a, const struct entry *b)
{
    return !g_strcmp0(a->title, b->title) && !g_strcmp0(a->digest, b->digest);
}

/* Whether two entries are one that the document has twice. */
static bool
is_one(const struct entry *a, const struct entry *b, bool versions)
{
    if (g_strcmp0(a->id, b->id) || g_strcmp0(a->identity, b->identity))
        return false;
    if (versions && a->id && date_is_known(&a->updated) && date_is_known(&b->updated) &&
        date_compare(&a->updated, &b->updated))
        return true;
    if (a->id || a->identity)
        return !g_strcmp0(a->title, b->title) && !date_compare(&a->published, &b->published);
    return same_text(a, b) && !date_compare(&a->published, &b->published);
}

/* A string that is the same for entries that may be one. */
static char *
group_of(const struct entry *e)
{
    return g_strdup_printf("%s\n%s\n%s", e->id ? e->id : "", e->identity ? e->identity : "",
                           e->id || e->identity ? "" : e->title);
}

/* The newest of an entry's versions stays; of what is simply there twice, the first. */
static void
drop_doubles(GPtrArray *entries, bool versions)
{
    g_autoptr(GHashTable) groups =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < entries->len;) {
        struct entry *e = g_ptr_array_index(entries, i);
        g_autofree char *key = group_of(e);
        GPtrArray *group = g_hash_table_lookup(groups, key);
        if (!group) {
            group = g_ptr_array_new();
            g_hash_table_insert(groups, g_steal_pointer(&key), group);
        }
        struct entry *twin = NULL;
        for (guint k = 0; k < group->len && !twin; k++)
            if (is_one(g_ptr_array_index(group, k), e, versions))
                twin = g_ptr_array_index(group, k);
        if (!twin) {
            g_ptr_array_add(group, e);
            i++;
            continue;
        }
        /* the later one is the newer: it takes the place */
        if (versions && date_compare(&e->updated, &twin->updated) > 0) {
            struct entry older = *twin;
            *twin = *e;
            *e = older;
        }
        g_ptr_array_remove_index(entries, i);
    }
}

/* Counts how often each string occurs. */
static void
count(GHashTable *counts, char *key)
{
    g_hash_table_insert(counts, key,
                        GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) + 1));
}

static bool
is_shared(GHashTable *counts, const char *key)
{
    return key && GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) > 1;
}

static char *
title_and_date(const struct entry *e)
{
    return date_is_known(&e->published)
               ? g_strdup_printf("%s\n%" G_GINT64_FORMAT, e->title, e->published.time)
               : g_strconcat(e->title, "\n", NULL);
}

void
identity_settle(GPtrArray *entries, GPtrArray *warnings, bool versions)
{
    settle_links(entries);
    drop_doubles(entries, versions);
    g_autoptr(GHashTable) ids = table_new(), links = table_new(), titles = table_new();
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *e = g_ptr_array_index(entries, i);
        if (e->id)
            count(ids, g_strdup(e->id));
        if (e->identity)
            count(links, g_strdup(e->identity));
        count(titles, title_and_date(e));
    }
    for (guint i = 0; i < entries->len; i++) {
        struct entry *e = g_ptr_array_index(entries, i);
        g_autofree char *title = title_and_date(e);
        e->shared_id = is_shared(ids, e->id);
        e->shared_link = is_shared(links, e->identity);
        e->shared_title = is_shared(titles, title);
        if (e->shared_id)
            problems_add(warnings, problem_new(PROBLEM_SAME_KEY, NULL, PROBLEM_NO_NUMBER, e->id));
    }
}
