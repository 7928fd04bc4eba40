/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where files lie: the XDG Base Directory folders and what stands beside the executable.
 */
#pragma once

#include <glib.h>

char *paths_config_dir(void);  /* $XDG_CONFIG_HOME/crier */
char *paths_store_file(void);  /* $XDG_DATA_HOME/crier/articles.db */
char *paths_executable_dir(void); /* the folder of the running program, or NULL */

/*
 * A data folder of the installation ("portals"): $CRIER_DATADIR/name if set, else the
 * installed one.
 */
char *paths_data(const char *name);

/* The file KIND/NAME.SUFFIX ("themes", "dark", "theme"): the user's own where there is one, else the installed one. */
char *paths_find(const char *config_dir, const char *kind, const char *name, const char *suffix);

/* The names for which there is such a file, sorted; owned char *. */
GPtrArray *paths_names(const char *config_dir, const char *kind, const char *suffix);
