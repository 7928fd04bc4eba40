/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions, and the names of contexts. */
#include "config.h"

#include "reader/actions.h"
#include "base/i18n.h"

const struct action_info actions_table[ACTION_COUNT] = {
#define ACTION(id, name, contexts, keys, word, help) \
    [ACTION_##id] = {name, contexts, keys, word, help},
    ACTIONS_TABLE(ACTION)
#undef ACTION
};

static const struct {
    enum action_context context;
    const char *name;
} contexts[] = {{CONTEXT_SECTIONS, "sections"}, {CONTEXT_LIST, "list"},
                {CONTEXT_READER, "reader"},     {CONTEXT_PAGE, "page"},
                {CONTEXT_CHOICE, "choice"},     {CONTEXT_CHANGES, "changes"},
                {CONTEXT_BESIDE, "beside"}};

enum action
action_find(const char *name)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (g_str_equal(actions_table[i].name, name))
            return (enum action)i;
    return ACTION_NONE;
}

const char *
context_name(enum action_context context)
{
    for (size_t i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (contexts[i].context == context)
            return contexts[i].name;
    return "";
}

guint
context_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (g_str_equal(contexts[i].name, name))
            return contexts[i].context;
    return 0;
}
