/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fetch.header.NAME: the settings that are in no table, since their names are the user's; and what
 * all files of settings need, since they stand above this one.
 */
#include "config.h"

#include "base/i18n.h"
#include "config/header.h"
#include "config/settings-scope.h"

#include <string.h>

G_DEFINE_QUARK(crier_config_error, config_error)

static void
header_free(gpointer data)
{
    struct header_setting *header = data;
    g_free(header->name);
    g_free(header->value);
    g_free(header->origin);
    g_free(header);
}

GPtrArray *
settings_headers_new(void)
{
    return g_ptr_array_new_with_free_func(header_free);
}

/* Names of headers are the same in any case. */
static gboolean
has_name(gconstpointer header, gconstpointer name)
{
    return !g_ascii_strcasecmp(((const struct header_setting *)header)->name, name);
}

bool
settings_header_put(GPtrArray *headers, const char *name, const char *value, const char *origin,
                    GError **error)
{
    const char *own = name + strlen(SETTING_HEADER);
    if (!header_may_be_set(own)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is not a header that may be set"), own);
        return false;
    }
    if (!header_is_value(value)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("the value of '%s' cannot stand in a line"), name);
        return false;
    }
    guint at;
    if (g_ptr_array_find_with_equal_func(headers, own, has_name, &at))
        g_ptr_array_remove_index(headers, at);
    struct header_setting *header = g_new(struct header_setting, 1);
    *header = (struct header_setting){g_strdup(own), g_strdup(value), g_strdup(origin)};
    g_ptr_array_add(headers, header);
    return true;
}

void
settings_headers_add(GPtrArray *found, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++) {
        struct header_setting *header = g_ptr_array_index(more, i);
        if (!g_ptr_array_find_with_equal_func(found, header->name, has_name, NULL))
            g_ptr_array_add(found, header);
    }
}
