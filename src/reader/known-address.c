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

static bool
is_at(const char *address, const char *key)
{
    if (!address || strchr(address, '{')) /* a template */
        return false;
    g_autofree char *own = key_of(address);
    return g_str_equal(own, key);
}

/* What a portal has at an address: a section, else an edition, else all of it. */
struct place {
    const struct portal *portal;
    const struct portal_edition *edition;
    const struct portal_section *section;
};

static bool
find_place(const struct portal *portal, const char *key, struct place *place)
{
    *place = (struct place){.portal = portal};
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        if (section->transfer.post || !is_at(section->url, key))
            continue;
        place->section = section;
        place->edition = section->edition;
        return true;
    }
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        if (!is_at(edition->home, key))
            continue;
        place->edition = edition;
        return true;
    }
    return is_at(portal->home, key);
}

/* Whether all sections of the place, of which there is one, are subscribed to. */
static bool
is_subscribed(const struct place *place, const struct urls *urls)
{
    const GPtrArray *sections = place->portal->sections;
    bool any = false;
    for (guint i = 0; i < sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(sections, i);
        if ((place->section && section != place->section) ||
            (place->edition && section->edition != place->edition))
            continue;
        g_autofree char *url = g_strdup_printf("portal:%s/%s/%s", place->portal->id,
                                               section->edition->id, section->id);
        if (!urls_find(urls, url))
            return false;
        any = true;
    }
    return any;
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

/* What those portals have at an address, what is subscribed to before the others; or NULL. */
static struct known_address *
find_among(const GPtrArray *portals, const struct urls *urls, const char *key, bool others)
{
    struct place first = {0};
    for (guint i = 0; i < portals->len; i++) {
        struct place place;
        if (!find_place(g_ptr_array_index(portals, i), key, &place))
            continue;
        if (settle(&place, urls))
            return known_of(&place, true);
        if (!first.portal)
            first = place;
    }
    return first.portal && others ? known_of(&first, false) : NULL;
}

struct known_address *
known_address_subscribed(const struct urls *urls, const char *address)
{
    g_autofree char *key = key_of(address);
    if (!urls_find(urls, address))
        return find_among(urls->portals, urls, key, false);
    struct known_address *known = g_new0(struct known_address, 1);
    known->line = g_strdup(address);
    known->subscribed = true;
    return known;
}

struct known_address *
known_address_find(const struct urls *urls, const char *config_dir, const char *address)
{
    struct known_address *known = known_address_subscribed(urls, address);
    if (known)
        return known;
    g_autofree char *key = key_of(address);
    g_autoptr(GPtrArray) portals = catalogue_portals(config_dir, NULL);
    return find_among(portals, urls, key, true);
}
