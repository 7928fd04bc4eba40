/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things to choose from. */
#include "config.h"

#include "ui/choice.h"

void
choice_free(gpointer data)
{
    struct choice *choice = data;
    g_free(choice->text);
    g_free(choice->detail);
    g_free(choice->more);
    g_free(choice->value);
    g_free(choice->folded);
    g_free(choice);
}

struct choice *
choice_new(const char *text, const char *detail, const char *more, const char *value)
{
    struct choice *choice = g_new0(struct choice, 1);
    *choice =
        (struct choice){g_strdup(text), g_strdup(detail), g_strdup(more), g_strdup(value), NULL};
    return choice;
}
