/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue: which portal files there are. */
#pragma once

#include "config/portal.h"

/*
 * The paths of all portal files, the user's folder before the installed catalogue; a file
 * in the former hides one of the same name in the latter.
 */
GPtrArray *catalogue_paths(const char *config_dir);

/* Loads the portal `id` from those folders. */
struct portal *catalogue_open(const char *config_dir, const char *id, GError **error);
