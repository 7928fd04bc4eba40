/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader can do: the table of actions.def, and the contexts in which it can be done. */
#pragma once

#include <glib.h>

#include "reader/actions-table.h"

enum action {
    ACTION_NONE = -1,
#define ACTION(id, ...) ACTION_##id,
    ACTIONS_TABLE(ACTION)
#undef ACTION
        ACTION_COUNT
};

enum action_context {
    CONTEXT_SECTIONS = 1 << 0,
    CONTEXT_LIST = 1 << 1,
    CONTEXT_READER = 1 << 2,
    CONTEXT_PAGE = 1 << 3,
    CONTEXT_CHOICE = 1 << 4, /* characters are typed there */
    CONTEXT_CHANGES = 1 << 5,
    CONTEXT_BESIDE = 1 << 6,
    CONTEXT_KEYED = 127,     /* those above have keys of their own */
    CONTEXT_AGENDA = 1 << 7, /* it has those of lists */
    CONTEXT_ALL = 255,
    CONTEXT_VIEWS = CONTEXT_ALL & ~CONTEXT_CHOICE,
};

struct action_info {
    const char *name;
    guint contexts; /* enum action_context, or-ed */
    const char *keys;
    const char *word, *help; /* untranslated */
};

extern const struct action_info actions_table[ACTION_COUNT];

enum action action_find(const char *name);
const char *context_name(enum action_context context); /* "list" */

/* The context of a name by which keys are bound, 0 when there is none. */
guint context_find(const char *name);
