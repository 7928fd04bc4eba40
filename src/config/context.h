/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the global options and crier.conf say: where the files are, the settings, the key
 * bindings.  Both programs build one at start and pass it down.
 */
#pragma once

#include "config/settings.h"

struct binding {   /* one line of a [keys CONTEXT] group */
    char *context; /* "list", "reader", …; "" for every one */
    char *keys;
    char *action;
    char *origin; /* "/home/ann/.config/crier/crier.conf:12" */
};

struct conf_group { /* [source URL], [section TAG] or [host NAME] */
    char *name;
    char *file; /* as origins name it */
    int line;
};

struct context {
    char *config_dir;
    /* folders whose crier.conf and urls lie below those of config_dir; the first has the say */
    char **system_dirs;
    char *store_file;
    bool store_is_stated; /* by --store: then a file that is not there is a mistake */
    struct settings *settings;
    GPtrArray *bindings; /* owned struct binding * */
    GPtrArray *globals;  /* owned char *: the global options as given, for the worker */
    GPtrArray *groups;   /* owned struct conf_group *, of all files crier.conf */
    GPtrArray *watches;  /* owned struct watch_rule * (config/watches.h) */
    GPtrArray *programs; /* owned struct program_rule * (config/programs.h) */
    GPtrArray *profiles; /* of context_load_profiles(), else NULL: owned struct portal * */
};

struct context *context_new(void);
void context_free(struct context *context);
DEFINE_AUTO_FREE(context, context_free)

/*
 * Reads crier.conf in the folders of the system and in config_dir, where there is one, each over
 * those before.  Values set before by --set stay.
 */
bool context_load(struct context *context, GError **error);

/*
 * Whether a text could be used as the crier.conf of the folder; the error names it `name`.
 */
bool context_try(const char *config_dir, const char *name, const char *text, GError **error);

/* The [keys] groups of a file that holds nothing else; owned struct binding *. */
GPtrArray *context_load_keys(const char *path, GError **error);

/*
 * Reads the profiles of the catalogue; what is wrong with one is reported, and the others are used.
 */
void context_load_profiles(struct context *context);

/* An origin "crier.conf:12" with the whole path of the user's file; newly allocated. */
char *context_path(const struct context *context, const char *origin);

/* Whether the theme and the keymap that are set are there. */
bool context_check(const struct context *context, GError **error);

/* "KEY=VALUE" of --set. */
bool context_set(struct context *context, const char *assignment, GError **error);
