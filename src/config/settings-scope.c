/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scopes by source, tag and host, and the order in which they hold. */
#include "config.h"

#include "config/settings-scope.h"
#include "base/i18n.h"
#include "base/url.h"

#include <string.h>

static void
scope_free(gpointer data)
{
    struct scope *scope = data;
    for (int i = 0; i < SETTING_COUNT; i++) {
        g_free(scope->texts[i]);
        g_free(scope->origins[i]);
    }
    g_ptr_array_unref(scope->headers);
    g_free(scope);
}

void
scopes_init(struct settings *settings)
{
    GHashTable **tables[] = {&settings->sources, &settings->sections, &settings->hosts};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        *tables[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, scope_free);
}

#define BELOW "*." /* before a host: those that are below it */

/* Whether it is an address as url_host() has it, or a name in ASCII. */
static bool
is_host(const char *name)
{
    if (g_hostname_is_ip_address(name))
        return true;
    return *name && *name != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(name);
}

char *
settings_host(const char *name)
{
    bool below = g_str_has_prefix(name, BELOW);
    name += below ? strlen(BELOW) : 0;
    gsize length = strlen(name);
    g_autofree char *bare =
        *name == '[' && name[length - 1] == ']' ? g_strndup(name + 1, length - 2) : g_strdup(name);
    g_autofree char *ascii = g_hostname_to_ascii(bare);
    g_autofree char *host = ascii ? g_ascii_strdown(ascii, -1) : NULL;
    if (!host || !is_host(host))
        return NULL;
    return g_strconcat(below ? BELOW : "", host, NULL);
}

bool
settings_host_is_of(const char *name, const char *url)
{
    g_autofree char *host = url_host(url);
    if (!host)
        return false;
    /* with its dot, and something before it */
    const char *tail = g_str_has_prefix(name, BELOW) ? name + 1 : NULL;
    return tail ? g_str_has_suffix(host, tail) && strlen(host) > strlen(tail)
                : g_str_equal(host, name);
}

struct scope *
scope_of(struct settings *settings, const char *group, GError **error)
{
    const struct {
        const char *kind;
        GHashTable *scopes;
    } kinds[] = {{"source ", settings->sources}, {"section ", settings->sections}};
    const char *name = strchr(group, ' ') + 1;
    GHashTable *scopes = settings->hosts;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(group, kinds[i].kind))
            scopes = kinds[i].scopes;
    g_autofree char *key = scopes == settings->hosts ? settings_host(name) : g_strdup(name);
    if (!key) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is no host as town.example or *.town.example"), name);
        return NULL;
    }
    struct scope *scope = g_hash_table_lookup(scopes, key);
    if (!scope) {
        scope = g_new0(struct scope, 1);
        scope->headers = settings_headers_new();
        g_hash_table_insert(scopes, g_steal_pointer(&key), scope);
    }
    return scope;
}

static void
add(GPtrArray *found, GHashTable *scopes, const char *name)
{
    struct scope *scope = name ? g_hash_table_lookup(scopes, name) : NULL;
    if (scope)
        g_ptr_array_add(found, scope);
}

/* Those of the host itself, then of "*." and each of the names that it is below. */
static void
add_hosts(GPtrArray *found, const struct settings *settings, const char *url)
{
    g_autofree char *host = url && g_hash_table_size(settings->hosts) ? url_host(url) : NULL;
    if (!host)
        return;
    add(found, settings->hosts, host);
    for (const char *dot = strchr(host, '.'); dot; dot = strchr(dot + 1, '.')) {
        g_autofree char *below = g_strconcat("*", dot, NULL);
        add(found, settings->hosts, below);
    }
}

GPtrArray *
scopes_for(const struct settings *settings, const struct settings_subject *subject)
{
    GPtrArray *found = g_ptr_array_new();
    add(found, settings->sources, subject->source);
    for (char *const *tag = subject->tags; tag && *tag; tag++)
        add(found, settings->sections, *tag);
    add_hosts(found, settings, subject->address ? subject->address : subject->source);
    return found;
}
