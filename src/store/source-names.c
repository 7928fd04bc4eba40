/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that tell sources apart. */
#include "config.h"

#include "store/source-names.h"
#include "base/i18n.h"
#include "base/url.h"
#include "store/db.h"

#include <string.h>

/* Whose a source is: a portal by its id, else a host; newly allocated, or NULL. */
static char *
owner_of(const struct source *source)
{
    return source->portal ? g_strdup(source->portal) : url_authority(source->public_url);
}

/* A name -> whose it is; "": that of several, of which none is known by it. */
static GHashTable *
owners_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
}

static void
note_owner(GHashTable *owners, const char *name, const char *owner)
{
    const char *known = name ? g_hash_table_lookup(owners, name) : NULL;
    if (known && !g_str_equal(known, owner))
        g_hash_table_replace(owners, (char *)name, g_strdup(""));
    else if (name && !known)
        g_hash_table_insert(owners, (char *)name, g_strdup(owner));
}

static bool
is_of_several(GHashTable *owners, const char *name)
{
    const char *owner = g_hash_table_lookup(owners, name);
    return owner && !*owner;
}

static void
name_apart(struct source *source, GHashTable *portals)
{
    g_autofree char *owner = owner_of(source);
    const char *portal = source->portal_name;
    const char *shown = portal && !is_of_several(portals, portal) ? portal : owner;
    if (!shown || strstr(source->label, shown))
        return;
    g_free(source->name);
    source->name = g_strconcat(shown, _(": "), source->label, NULL);
}

char *
source_names_version(struct store *store)
{
    return store_get_meta(store, "source_names");
}

void
source_names_tell_apart(struct store *store, const GPtrArray *sources, const char *version)
{
    g_autoptr(GHashTable) labels = owners_new(), portals = owners_new();
    source_names_forget(store);
    store->names_version = g_strdup(version);
    store->names = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    for (guint i = 0; i < sources->len; i++) {
        const struct source *s = g_ptr_array_index(sources, i);
        g_autofree char *owner = s->active ? owner_of(s) : NULL;
        if (!owner)
            continue;
        note_owner(labels, s->label, owner);
        note_owner(portals, s->portal_name, owner);
    }
    for (guint i = 0; i < sources->len; i++) {
        struct source *s = g_ptr_array_index(sources, i);
        if (!s->active || !is_of_several(labels, s->label))
            continue;
        name_apart(s, portals);
        g_hash_table_replace(store->names, g_memdup2(&s->id, sizeof s->id), g_strdup(s->name));
    }
}

const char *
source_names_find(struct store *store, int64_t id)
{
    if (!store->names)
        sources_read_names(store);
    return store->names ? g_hash_table_lookup(store->names, &id) : NULL;
}

void
source_names_forget(struct store *store)
{
    g_clear_pointer(&store->names, g_hash_table_unref);
    g_clear_pointer(&store->names_version, g_free);
}

bool
source_names_follow(struct store *store)
{
    g_autofree char *version = source_names_version(store);
    bool known = !store->names || (version && !g_strcmp0(version, store->names_version));
    if (!known)
        source_names_forget(store);
    return !known;
}
