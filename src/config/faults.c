/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mistakes, and the error that is made of them in the end. */
#include "config.h"

#include "config/faults.h"
#include "config/settings.h"

GPtrArray *
faults_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

void
faults_take(GPtrArray *faults, GError **why)
{
    if (*why)
        g_ptr_array_add(faults, g_strdup((*why)->message));
    g_clear_error(why);
}

bool
faults_none(const GPtrArray *faults, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < faults->len; i++)
        g_string_append_printf(text, "%s%s", i ? "\n" : "",
                               (const char *)g_ptr_array_index(faults, i));
    if (faults->len)
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, text->str);
    return !faults->len;
}

bool
faults_none_in_line(const GPtrArray *faults, GError **error)
{
    if (faults->len)
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, g_ptr_array_index(faults, 0));
    return !faults->len;
}
