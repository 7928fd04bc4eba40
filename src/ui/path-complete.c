/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completing paths by the names in their folders, which are read outside of the fence. */
#include "config.h"

#include "ui/path-complete.h"
#include "reader/outside.h"

#include <string.h>

char *
path_typed(const char *text)
{
    g_autofree char *path = g_strstrip(g_strdup(text));
    return g_str_has_prefix(path, "~/") ? g_build_filename(g_get_home_dir(), path + 2, NULL)
                                        : g_steal_pointer(&path);
}

GPtrArray *
path_complete(struct app *app, const char *text)
{
    (void)app;
    GPtrArray *candidates = g_ptr_array_new_with_free_func(g_free);
    const char *slash = strrchr(text, '/'), *begun = slash ? slash + 1 : text;
    g_autofree char *head = g_strndup(text, (gsize)(begun - text)), *folder = path_typed(head);
    g_auto(GStrv) names = outside_names(*folder ? folder : ".");
    for (char **name = names; name && *name; name++)
        if (g_str_has_prefix(*name, begun))
            g_ptr_array_add(candidates, g_strconcat(head, *name, NULL));
    return candidates;
}
