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

#define NAMED 5 /* sections that a warning names */

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

/* Notes it once, be it of several lines. */
static void
note_alone(GPtrArray *alone, const struct portal *portal, const struct portal_section *section)
{
    g_autofree char *name =
        g_strdup_printf("portal:%s/%s/%s", portal->id, section->edition->id, section->id);
    if (!g_ptr_array_find_with_equal_func(alone, name, g_str_equal, NULL))
        g_ptr_array_add(alone, g_steal_pointer(&name));
}

/*
 * Has an outline say what a section's page is and how it is read, unless a secret is in the
 * address; where other programs cannot read it, that it is a page.  Those are noted in `alone`.
 */
static void
take_page(struct outline *outline, const struct portal_section *section,
          const struct portal *portal, GPtrArray *alone)
{
    const struct portal_edition *edition = section->edition;
    g_autofree char *login = NULL, *bare = url_without_login(section->url, &login),
                    *public = url_public(bare);
    bool plain = g_str_equal(public, bare) && !strchr(bare, '{'),
         told = plain && outline_take_section(outline, section);
    g_free(outline->home);
    outline->home = plain && !told ? g_strdup(bare)
                                   : g_strdup(edition->home ? edition->home : portal->home);
    if (told)
        outline->page = g_steal_pointer(&bare);
    else
        note_alone(alone, portal, section);
}

/* The page that belongs to sections: of the edition of all of them. */
static const char *
home_of(const struct portal *portal, const GPtrArray *sections)
{
    const char *home = NULL;
    for (guint i = 0; i < sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(sections, i);
        if (i && g_strcmp0(home, section->edition->home))
            return portal->home;
        home = section->edition->home;
    }
    return home ? home : portal->home;
}

/* The pages of a portal's line, for programs that lack its portal file. */
static void
take_pages(const struct portal *portal, const char *name, struct outline *outline, GPtrArray *alone)
{
    g_autoptr(GPtrArray) sections = g_ptr_array_new();
    for (guint i = 0; i < portal->sections->len; i++) {
        struct portal_section *section = g_ptr_array_index(portal->sections, i);
        g_autofree char *full =
            g_strdup_printf("%s/%s/%s", portal->id, section->edition->id, section->id);
        if (g_str_has_prefix(full, name) && strchr("/", full[strlen(name)]))
            g_ptr_array_add(sections, section);
    }
    outline->home = g_strdup(home_of(portal, sections));
    const struct portal_section *first = sections->len ? sections->pdata[0] : NULL;
    if (sections->len == 1)
        take_page(outline, first, portal, alone);
    if (sections->len == 1 && portal->sections->len > 1) {
        g_autofree char *whole = g_steal_pointer(&outline->shown); /* of which it is a part */
        outline->shown = g_strdup_printf("%s: %s", whole, portal_plain_name(first->names));
    }
    for (guint i = 0; sections->len > 1 && i < sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(sections, i);
        struct outline *part = outline_new("", NULL, NULL);
        part->shown = g_strdup_printf("%s: %s", portal_plain_name(section->edition->names),
                                      portal_plain_name(section->names));
        take_page(part, section, portal, alone);
        g_ptr_array_add(outline->parts, part);
    }
}

/* What is known of it beside its line: what it calls itself, the page that belongs to it. */
static void
describe(const struct session *session, const GPtrArray *sources, struct outline *outline,
         GPtrArray *alone)
{
    const char *name = g_str_has_prefix(outline->url, "portal:") ? outline->url + strlen("portal:")
                                                                 : NULL;
    for (guint i = 0; name && i < session->urls->portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(session->urls->portals, i);
        gsize length = strlen(portal->id);
        if (strncmp(name, portal->id, length) || (name[length] && name[length] != '/'))
            continue;
        outline->shown = g_strdup(portal_plain_name(portal->names));
        take_pages(portal, name, outline, alone);
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

/* The lines of `urls` that are used; `alone` gets the sections that other programs cannot read. */
static GPtrArray *
own_outlines(const struct session *session, GPtrArray *alone, GError **error)
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
        describe(session, sources, outline, alone);
        secrets += hide_secrets(outline);
        i++;
    }
    if (secrets)
        message_warning(ngettext("the secret of %u address is left out",
                                 "the secrets of %u addresses are left out", secrets),
                        secrets);
    return outlines;
}

/* Says which sections are in OPML for crier alone, the first of them by their names. */
static void
tell_alone(const GPtrArray *alone)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < MIN(alone->len, NAMED); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "",
                               (const char *)g_ptr_array_index(alone, i));
    if (alone->len)
        message_warning(
            ngettext(
                "%u section is there for crier alone, since it has neither a feed nor rules that other readers take: %s%s",
                "%u sections are there for crier alone, since they have neither feeds nor rules that other readers take: %s%s",
                alone->len),
            alone->len, names->str, alone->len > NAMED ? ", …" : "");
}

int
export_sources(struct session *session, const struct options_export *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) alone = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) outlines = own_outlines(session, alone, &error);
    if (!outlines)
        return cli_fail(error);
    guint left_out = 0, parts_left_out = 0;
    bool opml = !options->format || g_str_equal(options->format, "opml");
    g_autofree char *text = !g_strcmp0(options->format, "urls") ? outlines_to_urls(outlines)
                            : !g_strcmp0(options->format, "newsboat")
                                ? outlines_to_newsboat(outlines, &left_out, &parts_left_out)
                                : outlines_to_opml(outlines, "crier");
    if (left_out)
        message_warning(ngettext("%u line is left out, which newsboat could not read",
                                 "%u lines are left out, which newsboat could not read", left_out),
                        left_out);
    if (parts_left_out)
        message_warning(ngettext("%u section is left out, which newsboat could not read",
                                 "%u sections are left out, which newsboat could not read",
                                 parts_left_out),
                        parts_left_out);
    if (opml)
        tell_alone(alone);
    return export_deliver(options->output, text);
}
