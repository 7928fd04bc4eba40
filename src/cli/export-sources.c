/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --what=sources`: the lines of `urls`, without their secrets. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/url.h"
#include "cli/export.h"
#include "config/outline.h"
#include "config/urls.h"
#include "store/query.h"

#include <string.h>

/* Takes a password out of an address, and leaves the name; whether there was one. */
static bool
hide_secrets(struct outline *outline)
{
    g_autofree char *login = NULL, *bare = url_without_login(outline->url, &login);
    char *colon = login ? strchr(login, ':') : NULL;
    if (colon)
        *colon = '\0';
    g_autofree char *public = url_public(bare);
    bool secret = login || !g_str_equal(public, bare);
    g_free(outline->url);
    outline->url = colon && *login ? url_with_login(public, login) : g_steal_pointer(&public);
    return secret;
}

/* Has an outline say what a section's page is, unless a secret is in the address. */
static bool
take_page(struct outline *outline, const struct portal_section *section)
{
    g_autofree char *login = NULL, *bare = url_without_login(section->url, &login),
                    *public = url_public(bare);
    if (!g_str_equal(public, bare) || strchr(bare, '{') || !outline_take_section(outline, section))
        return false;
    outline->page = g_steal_pointer(&bare);
    return true;
}

/* The pages of a portal's line, for programs that lack its portal file. */
static void
take_pages(const struct portal *portal, const char *name, struct outline *outline)
{
    g_autoptr(GPtrArray) sections = g_ptr_array_new();
    for (guint i = 0; i < portal->sections->len; i++) {
        struct portal_section *section = g_ptr_array_index(portal->sections, i);
        g_autofree char *full =
            g_strdup_printf("%s/%s/%s", portal->id, section->edition->id, section->id);
        if (g_str_has_prefix(full, name) && strchr("/", full[strlen(name)]))
            g_ptr_array_add(sections, section);
    }
    const struct portal_section *first = sections->len ? sections->pdata[0] : NULL;
    if (sections->len == 1 && take_page(outline, first) && portal->sections->len > 1) {
        g_autofree char *whole = g_steal_pointer(&outline->shown); /* of which it is a part */
        outline->shown = g_strdup_printf("%s: %s", whole, portal_plain_name(first->names));
    }
    for (guint i = 0; sections->len > 1 && i < sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(sections, i);
        struct outline *part = outline_new("", NULL, NULL);
        part->shown = g_strdup_printf("%s: %s", portal_plain_name(section->edition->names),
                                      portal_plain_name(section->names));
        part->home = g_strdup(outline->home);
        if (take_page(part, section))
            g_ptr_array_add(outline->parts, part);
        else
            outline_free(part);
    }
}

/* What is known of it beside its line: what it calls itself, the page that belongs to it. */
static void
describe(const struct session *session, const GPtrArray *sources, struct outline *outline)
{
    const char *name = g_str_has_prefix(outline->url, "portal:") ? outline->url + strlen("portal:")
                                                                 : NULL;
    for (guint i = 0; name && i < session->urls->portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(session->urls->portals, i);
        gsize length = strlen(portal->id);
        if (strncmp(name, portal->id, length) || (name[length] && name[length] != '/'))
            continue;
        outline->shown = g_strdup(portal_plain_name(portal->names));
        outline->home = g_strdup(portal->home);
        take_pages(portal, name, outline);
    }
    for (guint i = 0; !name && i < sources->len; i++) {
        const struct source *source = g_ptr_array_index(sources, i);
        if (!g_str_equal(source->url, outline->url))
            continue;
        outline->shown = source->title ? url_public(source->title) : NULL;
        outline->home = source->home && url_is_web(source->home) ? url_public(source->home) : NULL;
    }
}

/* Names sources in a saved query by what they are known by elsewhere, too. */
static void
take_addresses(struct store *store, struct outline *outline)
{
    const char *title = outline->url + strlen("query:"), *colon = strchr(title, ':');
    if (!colon)
        return;
    g_autofree char *query = query_of_addresses(store, colon + 1);
    char *url = g_strdup_printf("query:%.*s:%s", (int)(colon - title), title, query);
    g_free(outline->url);
    outline->url = url;
}

/* The lines of `urls` that are used. */
static GPtrArray *
own_outlines(const struct session *session, GError **error)
{
    g_autofree char *path = g_build_filename(session->context->config_dir, "urls", NULL),
                    *text = urls_read(path, error);
    g_autoptr(GPtrArray) sources = session->store ? sources_list(session->store, false, error)
                                                  : g_ptr_array_new();
    if (!text || !sources)
        return NULL;
    GPtrArray *outlines = outlines_of_urls(text, false);
    guint secrets = 0;
    for (guint i = 0; i < outlines->len;) {
        struct outline *outline = g_ptr_array_index(outlines, i);
        if (outline->why || g_str_has_prefix(outline->url, "exec:") ||
            g_str_has_prefix(outline->url, "filter:")) {
            g_ptr_array_remove_index(outlines, i);
            continue;
        }
        if (g_str_has_prefix(outline->url, "query:"))
            take_addresses(session->store, outline);
        describe(session, sources, outline);
        secrets += hide_secrets(outline);
        i++;
    }
    if (secrets)
        message_warning(ngettext("the secret of %u address is left out",
                                 "the secrets of %u addresses are left out", secrets),
                        secrets);
    return outlines;
}

int
export_sources(struct session *session, const struct options_export *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) outlines = own_outlines(session, &error);
    if (!outlines)
        return cli_fail(error);
    guint left_out = 0;
    g_autofree char *text = !g_strcmp0(options->format, "urls") ? outlines_to_urls(outlines)
                            : !g_strcmp0(options->format, "newsboat")
                                ? outlines_to_newsboat(outlines, &left_out)
                                : outlines_to_opml(outlines, "crier");
    if (left_out)
        message_warning(ngettext("%u line is left out, which newsboat could not read",
                                 "%u lines are left out, which newsboat could not read", left_out),
                        left_out);
    return export_deliver(options->output, text);
}
