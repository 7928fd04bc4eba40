/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of the catalogue: portals that need no rules, a line each, in one file a country
 * (DK.tsv, by ISO 3166-1), and words.tsv, the names of countries, sections and languages.
 * crier-portal(5) describes both.
 *
 * The first line names the columns: Id, Kind, Region, Name, Name[LANGUAGE], Spellings, Home,
 * TimeZone, Sections, Origin, Verified.  A line that begins with # and an empty one say
 * nothing.
 */
#pragma once

#include "config/portal.h"

#include <glib.h>

/*
 * The portals of a table, or those of one id (NULL: all), owned struct portal *, added to `portals`
 * unless an id is in `seen` (a set; keys are owned) already.  What is wrong with a line is appended
 * to `problems` (owned char *; may be NULL), and the line is left out.
 */
void catalogue_table_read(const char *path, const char *id, GPtrArray *portals, GHashTable *seen,
                          GPtrArray *problems);

/*
 * What words.tsv calls a thing ("country.DK", "region.黑龙江省", "section.news",
 * "language.da"), language -> word, or
 * NULL.  Borrowed, for as long as the program runs.
 */
GHashTable *catalogue_words(const char *thing);

/* A country's name in the user's language; its code if there is none. Borrowed. */
const char *catalogue_country(const char *code);
/* The same of a region, which a table names as its people do; that if words.tsv has no other. */
const char *catalogue_region(const char *region);
