/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of people as queries. */
#include "config.h"

#include "reader/nearby.h"

char *
nearby_terms(char *const *addresses)
{
    GString *out = g_string_new(NULL);
    for (char *const *address = addresses; address && *address; address++) {
        g_string_append_printf(out, "%saddress:\"", out->len ? " OR " : "");
        for (const char *p = *address; *p; p++) {
            if (*p == '"' || *p == '\\')
                g_string_append_c(out, '\\');
            g_string_append_c(out, *p);
        }
        g_string_append_c(out, '"');
    }
    return g_string_free(out, FALSE);
}

char *
nearby_query(const char *setting)
{
    g_auto(GStrv) parts = g_strsplit(setting, ";", -1);
    g_autoptr(GPtrArray) addresses = g_ptr_array_new();
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_ptr_array_add(addresses, *part);
    if (!addresses->len)
        return NULL;
    g_ptr_array_add(addresses, NULL);
    g_autofree char *terms = nearby_terms((char *const *)addresses->pdata);
    return g_strdup_printf("(%s)", terms);
}
