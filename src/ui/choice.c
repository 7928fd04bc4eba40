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
    *choice = (struct choice){.text = g_strdup(text),
                              .detail = g_strdup(detail),
                              .more = g_strdup(more),
                              .value = g_strdup(value)};
    return choice;
}

struct choice *
choice_new_address(const char *text, const char *address, const char *value)
{
    struct choice *choice = choice_new(text, address, NULL, value);
    choice->address = true;
    return choice;
}
