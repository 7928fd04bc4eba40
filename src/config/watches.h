/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Watches as data: the groups [watch NAME] of crier.conf.  A watch is a query whose new hits are
 * told to a program, sent as mail, or kept until they are asked for.  What its query says is not
 * looked at here.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct keyfile;

#define WATCH_GROUP "watch " /* what the names of groups begin with */

struct watch_rule {
    char *name;  /* watch_name_is_right() */
    char *query; /* in crier's language */
    char *exec;  /* a command line as a shell would take it, which none does; or NULL */
    char *mail;  /* an address; or NULL */
    char *file;  /* where it is read */
    int line;    /* of its group */
    char *empty; /* "yes": its program runs after each fetch, with nothing too; or "no", NULL */
};

void watch_rule_free(struct watch_rule *rule);
DEFINE_AUTO_FREE(watch_rule, watch_rule_free)

/* Owned struct watch_rule *. */
GPtrArray *watch_rules_new(void);

/* [a-z0-9._-]{1,64}, as of a cursor (store/changes.h). */
bool watch_name_is_right(const char *name);

/* The rule of that name; borrowed, or NULL. */
const struct watch_rule *watch_rules_find(const GPtrArray *rules, const char *name);

/* Whether a group is one of a watch. */
bool watch_is_group(const char *group);

/* Reads such a group. */
bool watch_read(GPtrArray *rules, const struct keyfile *file, const char *group, GError **error);

/* Whether its program runs after a fetch that brought nothing. */
bool watch_runs_empty(const struct watch_rule *rule);

/* Whether all that a rule says can be used, but for its query. */
bool watch_is_whole(const struct watch_rule *rule, GError **error);

/* Writes one into crier.conf: CONFIG_ERROR_EXISTS when there is one of its name. */
bool watch_add(const char *config_dir, const struct watch_rule *rule, GError **error);

/* Takes one out of it: CONFIG_ERROR_UNKNOWN when there is none. */
bool watch_remove(const char *config_dir, const char *name, GError **error);

/*
 * The words of a command line, owned: argv.  The program is absolute where it is named by a path:
 * "~/x" in the home folder, "./x" in the current one.
 */
char **watch_argv(const char *command, GError **error);
