/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions and the keys that are bound to them.  A key is written as its character, or as
 * one of Space Enter Esc Tab S-Tab Backspace Backslash Up Down Left Right PgUp PgDn Home
 * End F1..F12, or as ^X.
 */
#pragma once

#include "config/context.h"

enum action {
    ACTION_NONE = -1,
#define ACTION(id, ...) ACTION_##id,
#include "reader/actions.def"
#undef ACTION
    ACTION_COUNT
};

enum action_context {
    CONTEXT_SECTIONS = 1 << 0,
    CONTEXT_LIST = 1 << 1,
    CONTEXT_READER = 1 << 2,
    CONTEXT_PAGE = 1 << 3,
    CONTEXT_ALL = 15,
};

struct action_info {
    const char *name;
    guint contexts; /* enum action_context, or-ed */
    const char *keys;
    const char *help; /* untranslated */
};

extern const struct action_info actions_table[ACTION_COUNT];

enum action action_find(const char *name);
const char *context_name(enum action_context context); /* "list" */

struct keymap;

/* The defaults and, over them, the [keys] groups of crier.conf. */
struct keymap *keymap_new(const struct context *context, GError **error);
void keymap_free(struct keymap *keymap);
DEFINE_AUTO_FREE(keymap, keymap_free)

/*
 * The action of a key.  A Cyrillic letter that nothing is bound to counts as the Latin one
 * on the same key of a Russian keyboard.
 */
enum action keymap_action(const struct keymap *keymap, enum action_context context, const char *key);

/* The keys of an action in a context, separated by blanks; newly allocated, may be empty. */
char *keymap_keys(const struct keymap *keymap, enum action_context context, enum action action);
