/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in a digest: events in the order in which they are told, by groups or as they came, and
 * their articles, one after the other.
 */
#include "config.h"

#include "reader/digest.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "store/articles.h"
#include "store/sources.h"

#include <string.h>

#define SUMMARY 300 /* characters */

/* Sources by number: their rows know what portals and sections are called. */
static GHashTable *
names_of_sources(struct store *store, GError **error)
{
    GPtrArray *list = sources_list(store, true, error);
    if (!list)
        return NULL;
    GHashTable *names =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)source_free);
    for (guint i = 0; i < list->len; i++) {
        struct source *source = g_ptr_array_index(list, i);
        g_hash_table_insert(names, &source->id, source);
    }
    g_ptr_array_set_free_func(list, NULL);
    g_ptr_array_unref(list);
    return names;
}

static char *
day_of(int64_t time)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(time);
    return moment ? g_date_time_format(moment, "%Y-%m-%d") : g_strdup("");
}

/* A section is named with its portal: all have News. */
static char *
name_of_source(const struct source *source)
{
    const char *portal = source->portal_name;
    return portal && !strstr(source->label, portal)
               ? g_strdup_printf("%s – %s", portal, source->label)
               : g_strdup(source->label);
}

/* What an article says itself is read of it. */
static char *
section_of(struct store *store, const struct change *change, const struct source *source)
{
    AUTO(article_row_free) struct article_row *row = listing_article(store, change->article, NULL);
    const char *label = source ? source->label : row ? row->source_label : "?";
    return g_strdup(row && row->section ? row->section : label);
}

static char *
group_of(struct store *store, const struct change *change, enum digest_group group,
         GHashTable *sources)
{
    const struct source *source = g_hash_table_lookup(sources, &change->source);
    switch (group) {
    case DIGEST_BY_SOURCE:
        return source ? name_of_source(source) : g_strdup("?");
    case DIGEST_BY_PORTAL:
        return g_strdup(!source ? "?" : source->portal_name ? source->portal_name : source->label);
    case DIGEST_BY_SECTION:
        return section_of(store, change, source);
    case DIGEST_BY_DAY:
        return day_of(change->at);
    case DIGEST_UNGROUPED:
        break;
    }
    return NULL;
}

/* The numbers of the events' groups, whose names are added in the order of their first. */
static GArray *
name_groups(struct store *store, struct digest *digest, enum digest_group group,
            GHashTable *sources)
{
    const GArray *events = digest->changes.events;
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *groups = g_array_sized_new(FALSE, FALSE, sizeof(guint), events->len);
    for (guint i = 0; i < events->len; i++) {
        g_autofree char *name =
            group_of(store, &g_array_index(events, struct change, i), group, sources);
        gpointer known = g_hash_table_lookup(numbers, name);
        guint number = known ? GPOINTER_TO_UINT(known) - 1 : digest->groups->len;
        if (!known) {
            g_hash_table_insert(numbers, name, GUINT_TO_POINTER(number + 1));
            g_ptr_array_add(digest->groups, g_steal_pointer(&name));
        }
        g_array_append_val(groups, number);
    }
    return groups;
}

/* Brings together what has one group: each stands where its first item does. */
static void
gather(struct store *store, struct digest *digest, enum digest_group group, GHashTable *sources)
{
    g_autoptr(GArray) groups = name_groups(store, digest, group, sources);
    g_autoptr(GArray) next = g_array_new(FALSE, TRUE, sizeof(guint));
    digest->order = g_array_sized_new(FALSE, FALSE, sizeof(guint), groups->len);
    digest->ends = g_array_new(FALSE, TRUE, sizeof(guint));
    g_array_set_size(digest->order, groups->len);
    g_array_set_size(digest->ends, digest->groups->len);
    g_array_set_size(next, digest->groups->len);
    guint *ends = (guint *)(gpointer)digest->ends->data;
    for (guint i = 0; i < groups->len; i++)
        ends[g_array_index(groups, guint, i)]++;
    for (guint n = 1; n < digest->ends->len; n++) {
        ends[n] += ends[n - 1];
        g_array_index(next, guint, n) = ends[n - 1];
    }
    for (guint i = 0; i < groups->len; i++) {
        guint *to = &g_array_index(next, guint, g_array_index(groups, guint, i));
        g_array_index(digest->order, guint, (*to)++) = i;
    }
}

static void
add_older(struct digest *digest, GHashTable *sources)
{
    const GArray *older = digest->changes.older;
    for (guint i = 0; i < older->len; i++) {
        const struct changes_older *o = &g_array_index(older, struct changes_older, i);
        const struct source *source = g_hash_table_lookup(sources, &o->source);
        g_autofree char *name = source ? name_of_source(source) : g_strdup("?");
        digest->older_count += o->count;
        g_ptr_array_add(
            digest->older,
            g_strdup_printf(ngettext("%u article from before came with the subscription to “%s”",
                                     "%u articles from before came with the subscription to “%s”",
                                     o->count),
                            o->count, name));
    }
}

struct digest *
digest_new(struct store *store, struct changes *changes, enum digest_group group, GError **error)
{
    g_autoptr(GHashTable) sources = names_of_sources(store, error);
    if (!sources)
        return NULL;
    struct digest *digest = g_new0(struct digest, 1);
    digest->changes = *changes;
    changes->events = changes->older = NULL;
    digest->groups = g_ptr_array_new_with_free_func(g_free);
    digest->older = g_ptr_array_new_with_free_func(g_free);
    digest->count = digest->changes.events->len;
    for (guint i = 0; i < digest->count; i++)
        digest->kinds[g_array_index(digest->changes.events, struct change, i).kind]++;
    if (group != DIGEST_UNGROUPED)
        gather(store, digest, group, sources);
    add_older(digest, sources);
    return digest;
}

void
digest_free(struct digest *digest)
{
    changes_clear(&digest->changes);
    g_ptr_array_unref(digest->groups);
    g_clear_pointer(&digest->order, g_array_unref);
    g_clear_pointer(&digest->ends, g_array_unref);
    g_ptr_array_unref(digest->older);
    g_free(digest);
}

struct digest_cursor
digest_items(struct store *store, const struct digest *digest)
{
    return (struct digest_cursor){.store = store, .digest = digest};
}

void
digest_cursor_clear(struct digest_cursor *cursor)
{
    g_clear_pointer(&cursor->item.row, article_row_free);
}

/* Goes on by one event; false at the end. */
static bool
step(struct digest_cursor *cursor)
{
    const struct digest *digest = cursor->digest;
    const GArray *events = digest->changes.events;
    if (cursor->place >= events->len)
        return false;
    guint place = cursor->place++, event = place;
    const char *group = NULL;
    if (digest->order) {
        event = g_array_index(digest->order, guint, place);
        while (place >= g_array_index(digest->ends, guint, cursor->group))
            cursor->group++;
        group = g_ptr_array_index(digest->groups, cursor->group);
    }
    cursor->begins = group && (cursor->begins || cursor->item.group != group);
    cursor->item =
        (struct digest_item){.change = g_array_index(events, struct change, event), .group = group};
    return true;
}

const struct digest_item *
digest_next(struct digest_cursor *cursor, GError **error)
{
    cursor->begins = false;
    digest_cursor_clear(cursor);
    while (step(cursor)) {
        g_autoptr(GError) why = NULL;
        cursor->item.row = listing_article(cursor->store, cursor->item.change.article, &why);
        if (cursor->item.row)
            return &cursor->item;
        if (!g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN)) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
    }
    return NULL;
}

char *
digest_summary(const struct document *document)
{
    g_autofree char *plain = document_plain(document), *text = text_squeeze(plain, -1);
    if (!*text || g_utf8_strlen(text, -1) <= SUMMARY)
        return *text ? g_steal_pointer(&text) : NULL;
    char *end = g_utf8_offset_to_pointer(text, SUMMARY);
    *end = '\0';
    char *blank = strrchr(text, ' '); /* none in Chinese, or far back in a table of such */
    if (blank && end - blank < SUMMARY / 4)
        *blank = '\0';
    return g_strconcat(text, "…", NULL);
}

bool
digest_difference(struct store *store, const struct change *change, struct diff_stat *stat)
{
    if (!change->previous)
        return false;
    AUTO(comparison_free)
    struct comparison *c =
        revisions_compare(store, change->article, change->previous, change->revision, NULL, NULL);
    if (c)
        *stat = c->diff->stat;
    return c != NULL;
}
