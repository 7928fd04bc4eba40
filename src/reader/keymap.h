/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which keys do what in which context.  A key is written as its character, or as one of Space
 * Enter Esc Tab S-Tab Backspace Backslash Delete Up Down Left Right PgUp PgDn Home End F1..F12, or
 * as ^X, or as M-x with Alt.  Keys pressed one after another are written together, names among them in <>: "Sd",
 * "g<Enter>".
 */
#pragma once

#include "config/context.h"
#include "reader/actions.h"

struct keymap;

/*
 * The defaults, over them the preset that ui.keymap names, over that the [keys] groups of
 * crier.conf.
 */
struct keymap *keymap_new(const struct context *context, GError **error);
void keymap_free(struct keymap *keymap);
DEFINE_AUTO_FREE(keymap, keymap_free)

/* What of crier.conf takes other keys away, sentences with file and line: owned char *. */
const GPtrArray *keymap_warnings(const struct keymap *keymap);

/*
 * A key may do several actions: commands as they are typed after `:` (ui/command-line.h), with full
 * names.  Such a macro has a number from ACTION_COUNT on where a binding has its action.
 */
#define KEYMAP_SEPARATOR ";"

/* Its commands, NULL-terminated, borrowed; NULL: it is an action, or none. */
char *const *keymap_macro(const struct keymap *keymap, enum action action);

/*
 * The action of keys pressed one after another, separated by blanks.  ACTION_NONE: nothing is
 * bound to them; *more tells whether bindings go on from them.  What nothing is bound to counts as
 * the key of an American keyboard that it shares: Cyrillic letters (ЙЦУКЕН), and the full-width
 * letters and Chinese punctuation of an input method.
 */
enum action keymap_action(const struct keymap *keymap, enum action_context context,
                          const char *keys, bool *more);

/* Keys separated by blanks as people are told them: "Sd", "g<Enter>"; newly allocated. */
char *keymap_written(const char *keys);

/* Whether keys begin a sequence somewhere, in whichever context. */
bool keymap_begins(const struct keymap *keymap, const char *keys);

/* One way to go on from the keys typed so far. */
struct continuation {
    char *key;
    enum action action; /* ACTION_NONE: more keys follow */
};

/* What the bar says of it; borrowed: the action's word, the macro, or that more keys follow. */
const char *keymap_word(const struct keymap *keymap, enum action action);

/* The macros of a context with all of their keys, as written: owned struct continuation *. */
GPtrArray *keymap_macros(const struct keymap *keymap, enum action_context context);

/* Owned struct continuation *, in the order of the table of actions. */
GPtrArray *keymap_continuations(const struct keymap *keymap, enum action_context context,
                                const char *keys);

/*
 * The keys of an action in a context, separated by blanks, those of a sequence together; newly
 * allocated, may be empty.
 */
char *keymap_keys(const struct keymap *keymap, enum action_context context, enum action action);

/*
 * A text with the keys of a context in it: {ACTION} is the first key of that action, or how it is
 * typed (":fetch") where none is bound to it; of one that is unknown there, the key elsewhere.  Other braces stay.  Newly allocated.
 */
char *keymap_text(const struct keymap *keymap, enum action_context context, const char *text);
