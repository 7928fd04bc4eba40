/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue: which portals there are, in files and in tables. */
#pragma once

#include "config/portal.h"

/*
 * The paths of all portal files, the user's folder before the installed catalogue; a file
 * in the former hides one of the same name in the latter.
 */
GPtrArray *catalogue_paths(const char *config_dir);

/*
 * All portals, of files and tables, in the order of their ids; owned struct portal *.  The user's
 * own hides an installed one of the same id, and a file one of a table.  One that is wrong is left
 * out, and *problems (owned char *, may be NULL) says why.
 */
GPtrArray *catalogue_portals(const char *config_dir, GPtrArray *problems);

/* Whether there is a portal `id`, be its file right or wrong. */
bool catalogue_has(const char *config_dir, const char *id);

/* Loads the portal `id`, from its file or a table. */
struct portal *catalogue_open(const char *config_dir, const char *id, GError **error);

/*
 * The profiles that are installed or the user's own, in the order of their names; owned struct
 * portal *.  One that is wrong is left out, and *problems (owned char *, may be NULL) says why.
 */
GPtrArray *catalogue_profiles(const char *config_dir, GPtrArray *problems);

/* The first profile whose fingerprint a page's source bears, or NULL. Borrowed. */
const struct portal *catalogue_match(const GPtrArray *profiles, const char *source);

/*
 * What is looked through for a portal: its id, its names in all languages, how they are spelt
 * otherwise, its region and the names of its country.  Newly allocated.
 */
char *catalogue_search_text(const struct portal *portal);

/* Whether all words that were typed stand there, whatever their case, accents, script variant. */
bool catalogue_matches(const struct portal *portal, const char *typed);
