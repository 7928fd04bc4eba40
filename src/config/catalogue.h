/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue: which portal files there are. */
#pragma once

#include "config/portal.h"

/*
 * The paths of all portal files, the user's folder before the installed catalogue; a file
 * in the former hides one of the same name in the latter.
 */
GPtrArray *catalogue_paths(const char *config_dir);

/* Whether there is a file of the portal `id` in those folders, be it right or wrong. */
bool catalogue_has(const char *config_dir, const char *id);

/* Loads the portal `id` from those folders. */
struct portal *catalogue_open(const char *config_dir, const char *id, GError **error);

/*
 * The profiles that are installed or the user's own, in the order of their names; owned struct
 * portal *.  One that is wrong is left out, and *problems (owned char *, may be NULL) says why.
 */
GPtrArray *catalogue_profiles(const char *config_dir, GPtrArray *problems);

/* The first profile whose fingerprint a page's source bears, or NULL. Borrowed. */
const struct portal *catalogue_match(const GPtrArray *profiles, const char *source);
