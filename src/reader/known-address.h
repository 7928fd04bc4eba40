/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether an address is one that a portal has already: its home page, that of an edition, or what a
 * section is read from.  Who subscribed to it by its address would have each story twice.
 */
#pragma once

#include "config/urls.h"

struct known_address {
    char *line;      /* what subscribes to it: portal:ID[/EDITION[/SECTION]]; else the address */
    char *name;      /* "Beiling, English, Local News"; NULL: it is no portal's */
    bool subscribed; /* to all that it stands for; of a home page of all editions to one of them */
};

/* What is subscribed to at an address, or NULL. */
struct known_address *known_address_subscribed(const struct urls *urls, const char *address);
/* The same, else what the catalogue has there, whose file is wrong left out. */
struct known_address *known_address_find(const struct urls *urls, const char *config_dir,
                                         const char *address);
void known_address_free(struct known_address *known);
DEFINE_AUTO_FREE(known_address, known_address_free)

/* How much of a portal, or of one of its editions (or NULL), is subscribed to. */
enum known_part { KNOWN_NOTHING, KNOWN_PART, KNOWN_ALL };
enum known_part known_part_of(const struct urls *urls, const struct portal *portal,
                              const struct portal_edition *edition);

/* Where all portals are, for who asks of many addresses.  config_dir: NULL without the catalogue */
struct known_places;
struct known_places *known_places_new(const struct urls *urls, const char *config_dir);
void known_places_free(struct known_places *places);
DEFINE_AUTO_FREE(known_places, known_places_free)
struct known_address *known_places_find(const struct known_places *places, const char *address);
