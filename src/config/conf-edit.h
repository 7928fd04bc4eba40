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
