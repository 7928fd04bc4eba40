/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of portals, as portal files state them. */
#include "config.h"

#include "reader/known-address.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "reader/heading.h"

#include <string.h>

void
known_address_free(struct known_address *known)
{
    g_free(known->line);
    g_free(known->name);
    g_free(known);
}

/* By which two addresses are the same page: with a slash at the end or without. */
static char *
key_of(const char *address)
{
    char *key = url_identity(address);
    gsize length = strlen(key);
    if (length && key[length - 1] == '/')
        key[length - 1] = '\0';
    return key;
}

/* What a portal has at an address: a section, else an edition, else all of it. */
struct place {
    const struct portal *portal;
    const struct portal_edition *edition;
    const struct portal_section *section;
};

struct known_places {
    const struct urls *urls;
    GPtrArray *catalogue; /* what the places of portals borrow from that urls lacks; or NULL */
    GHashTable *places;   /* by the key of their address: owned GArray of struct place */
};

/* Notes what a portal has at an address; what it had there before counts more. */
static void
note(struct known_places *known, const char *address, const struct place *place)
{
    if (!address || strchr(address, '{')) /* a template */
        return;
    g_autofree char *key = key_of(address);
    GArray *places = g_hash_table_lookup(known->places, key);
    if (!places) {
        places = g_array_new(FALSE, FALSE, sizeof(struct place));
        g_hash_table_insert(known->places, g_steal_pointer(&key), places);
    }
    if (!places->len ||
        g_array_index(places, struct place, places->len - 1).portal != place->portal)
        g_array_append_val(places, *place);
}

static void
note_portals(struct known_places *known, const GPtrArray *portals)
{
    for (guint p = 0; p < portals->len; p++) {
        struct place place = {.portal = g_ptr_array_index(portals, p)};
        const struct portal *portal = place.portal;
        for (guint i = 0; i < portal->sections->len; i++) {
            place.section = g_ptr_array_index(portal->sections, i);
            place.edition = place.section->edition;
            if (!place.section->transfer.post)
                note(known, place.section->url, &place);
        }
        place.section = NULL;
        for (guint i = 0; i < portal->editions->len; i++) {
            place.edition = g_ptr_array_index(portal->editions, i);
            note(known, place.edition->home, &place);
        }
        place.edition = NULL;
        note(known, portal->home, &place);
    }
}

static void
free_places(gpointer places)
{
    g_array_unref(places);
}

struct known_places *
known_places_new(const struct urls *urls, const char *config_dir)
{
    struct known_places *known = g_new(struct known_places, 1);
    *known =
        (struct known_places){urls, config_dir ? catalogue_portals(config_dir, NULL) : NULL,
                              g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_places)};
    note_portals(known, urls->portals);
    if (known->catalogue)
        note_portals(known, known->catalogue);
    return known;
}

void
known_places_free(struct known_places *known)
{
    g_hash_table_unref(known->places);
    g_clear_pointer(&known->catalogue, g_ptr_array_unref);
    g_free(known);
}

static bool
has_portal(const struct urls *urls, const char *id)
{
    for (guint i = 0; i < urls->portals->len; i++)
        if (g_str_equal(((const struct portal *)g_ptr_array_index(urls->portals, i))->id, id))
            return true;
    return false;
}

/* How many sections of the place are subscribed to, of those there are. */
static enum known_part
count_subscribed(const struct place *place, const struct urls *urls)
{
    const GPtrArray *sections = place->portal->sections;
    guint all = 0, known = 0;
    if (!has_portal(urls, place->portal->id))
        return KNOWN_NOTHING;
    for (guint i = 0; i < sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(sections, i);
        if ((place->section && section != place->section) ||
            (place->edition && section->edition != place->edition))
            continue;
        g_autofree char *url = g_strdup_printf("portal:%s/%s/%s", place->portal->id,
                                               section->edition->id, section->id);
        known += urls_find(urls, url) != NULL;
        all++;
    }
    return !known ? KNOWN_NOTHING : known < all ? KNOWN_PART : KNOWN_ALL;
}

enum known_part
known_part_of(const struct urls *urls, const struct portal *portal,
              const struct portal_edition *edition)
{
    return count_subscribed(&(struct place){portal, edition, NULL}, urls);
}

static bool
is_subscribed(const struct place *place, const struct urls *urls)
{
    return count_subscribed(place, urls) == KNOWN_ALL;
}

/* Of all editions one that is subscribed to is enough: it is what somebody has chosen. */
static bool
settle(struct place *place, const struct urls *urls)
{
    const GPtrArray *editions = place->portal->editions;
    if (is_subscribed(place, urls))
        return true;
    for (guint i = 0; !place->edition && i < editions->len; i++) {
        struct place chosen = {place->portal, g_ptr_array_index(editions, i), NULL};
        if (!is_subscribed(&chosen, urls))
            continue;
        *place = chosen;
        return true;
    }
    return false;
}

static struct known_address *
known_of(const struct place *place, bool subscribed)
{
    const struct portal *portal = place->portal;
    bool several = place->edition && portal->editions->len > 1;
    GString *line = g_string_new("portal:"), *name = g_string_new(portal_name(portal->names));
    g_string_append(line, portal->id);
    if (place->edition && (several || place->section))
        g_string_append_printf(line, "/%s", place->edition->id);
    if (several)
        g_string_append_printf(name, "%s%s", _(", "), heading_language(place->edition->language));
    if (place->section) {
        g_string_append_printf(line, "/%s", place->section->id);
        g_string_append_printf(name, "%s%s", _(", "), portal_name(place->section->names));
    }
    struct known_address *known = g_new(struct known_address, 1);
    *known =
        (struct known_address){g_string_free(line, FALSE), g_string_free(name, FALSE), subscribed};
    return known;
}

struct known_address *
known_places_find(const struct known_places *places, const char *address)
{
    if (urls_find(places->urls, address)) {
        struct known_address *known = g_new0(struct known_address, 1);
        known->line = g_strdup(address);
        known->subscribed = true;
        return known;
    }
    g_autofree char *key = key_of(address);
    const GArray *there = g_hash_table_lookup(places->places, key);
    for (guint i = 0; there && i < there->len; i++) {
        struct place place = g_array_index(there, struct place, i);
        if (settle(&place, places->urls))
            return known_of(&place, true);
    }
    return there && places->catalogue ? known_of(&g_array_index(there, struct place, 0), false)
                                      : NULL;
}

struct known_address *
known_address_subscribed(const struct urls *urls, const char *address)
{
    AUTO(known_places_free) struct known_places *places = known_places_new(urls, NULL);
    return known_places_find(places, address);
}

struct known_address *
known_address_find(const struct urls *urls, const char *config_dir, const char *address)
{
    AUTO(known_places_free) struct known_places *places = NULL;
    struct known_address *known = known_address_subscribed(urls, address);
    if (known) /* without a look at the catalogue, which takes longer */
        return known;
    places = known_places_new(urls, config_dir);
    return known_places_find(places, address);
}
