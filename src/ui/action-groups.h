/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions in the order in which people look for them, for the help and the menu. */
#pragma once

#include "reader/keymap.h"

#include <stdbool.h>

struct action_group {
    const char *title;                     /* untranslated */
    enum action actions[ACTION_COUNT + 1]; /* up to the first ACTION_NONE */
};

#define ACTION_GROUPS 9

/*
 * The actions of a context, group by group; a group may be empty, and the last one has all that the
 * others do not.  `plain`: without those that do something only where there is a screen.
 */
void action_groups(enum action_context context, bool plain,
                   struct action_group groups[ACTION_GROUPS]);

/* Whether it does something only where there is a screen. */
bool action_is_of_screen(enum action action);

/* A kind of view, as the place where something acts. */
const char *action_place(enum action_context context);

/* Where an action acts but `here`, "an article, a list of articles"; newly allocated, or NULL. */
char *action_places(enum action action, enum action_context here);

/* What it does, in words for a screen or for lines that are read out. */
const char *action_help(enum action action, bool plain);

/*
 * What of an action's keys (keymap_keys()) can be typed as a line: a character, or the characters
 * of a sequence; newly allocated, or NULL.
 */
char *action_typed_key(const struct keymap *keymap, enum action_context context,
                       enum action action);

/* What somebody needs first in a view of that kind, up to ACTION_NONE. */
const enum action *action_first_needs(enum action_context context);
