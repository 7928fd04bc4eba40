/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changing crier.conf: keys are set or taken out in the groups that hold them; comments, the order,
 * the ends of lines, and of the file its mode and the links that lead to it, stay.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct conf_change {
    char *key, *value; /* value: NULL takes the key out */
};

/*
 * Makes the changes in each of the groups ("settings", "source URL", "section TAG"), which are made
 * where they are not there, while no other crier may write the file.  What comes of it is read as
 * the file would be, and refused if it could not be used: then nothing is changed.
 * CONFIG_ERROR_UNKNOWN for a key to be taken out that is in none of the groups.
 */
bool conf_edit(const char *config_dir, char *const *groups, const struct conf_change *changes,
               guint count, GError **error);

/*
 * A text of crier.conf with one change; newly allocated.  *found: whether the key was there.  Pure.
 */
char *conf_edited(const char *text, const char *group, const struct conf_change *change,
                  bool *found);

/*
 * Adds a group with these values at the end, in one turn: CONFIG_ERROR_EXISTS when it is there.
 * Read as the file would be, as above.
 */
bool conf_add_group(const char *config_dir, const char *group, const struct conf_change *values,
                    guint count, GError **error);

/* Takes a group out with all that stands in it; CONFIG_ERROR_UNKNOWN when it is not there. */
bool conf_remove_group(const char *config_dir, const char *group, GError **error);

/* A text of crier.conf without a group; newly allocated.  *found: whether there was one.  Pure. */
char *conf_without_group(const char *text, const char *group, bool *found);
