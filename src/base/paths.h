/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where files lie: the XDG Base Directory folders, what is installed, and what stands beside the
 * executable.  A program that is run from a build tree uses the tree's data and translations: the
 * folder of its executable says by a file that it is one (data/crier-build-tree.in), which is never
 * installed.  The current folder is asked for nothing.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

char *paths_config_dir(void); /* $XDG_CONFIG_HOME/crier */
/*
 * The folders of the system's configuration, the one with the say first: $CRIER_SYSCONFDIR alone
 * if set (empty: none), else crier in those of $XDG_CONFIG_DIRS if set, then SYSCONFDIR/crier.
 * Newly allocated.
 */
char **paths_system_configs(void);

/*
 * Whether a file of the system is there for this user; one that he may not read is not, which is
 * noted.
 */
bool paths_is_for_all(const char *path);
char *paths_store_file(void); /* $XDG_DATA_HOME/crier/articles.db */
char *paths_state_dir(void);  /* $XDG_STATE_HOME/crier */
char *paths_marks_file(
    void); /* $XDG_DATA_HOME/crier/marks.db: of one's own, on a store of others */

/*
 * Finds the running executable, by /proc, else as the shell found argv[0].  Called first of all,
 * by the main thread; without it everything counts as installed.
 */
void paths_init(const char *argv0);

/* The folder of the running executable, without symbolic links, or NULL; borrowed. */
const char *paths_executable_dir(void);

/*
 * The file that argv[0] names, through $PATH where it has no slash, without symbolic links; NULL if
 * there is none.
 */
char *paths_program(const char *argv0);

struct build_tree {
    char *data, *locale; /* folders; owned */
};

/* Whether that folder is a build tree whose sources are there too, and what is used from it. */
bool paths_build_tree(const char *folder, struct build_tree *tree);

/*
 * A data folder ("portals"): $CRIER_DATADIR/name if set, else that of the build tree the program
 * lies in, else the installed one.
 */
char *paths_data(const char *name);

/*
 * The folder of message catalogues: $CRIER_LOCALEDIR, the build tree's or the installed one;
 * borrowed.
 */
const char *paths_locale(void);

/*
 * The file KIND/NAME.SUFFIX ("themes", "dark", "theme"): the user's own where there is one, else
 * the installed one, else NULL.  A name that is empty or has a slash names no file.
 */
char *paths_find(const char *config_dir, const char *kind, const char *name, const char *suffix);

/* The names for which there is such a file, and the one that is built in, sorted; owned char *. */
GPtrArray *paths_names(const char *config_dir, const char *kind, const char *suffix,
                       const char *built_in);

/* The same as text for people: "dark, default, light". */
char *paths_names_text(const char *config_dir, const char *kind, const char *suffix,
                       const char *built_in);
