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

/* What is to be said of what other programs do not get; of sections the owned names, portal:… */
struct notes {
    guint secrets;       /* addresses without theirs */
    GPtrArray *logins;   /* the same of sections */
    GPtrArray *withheld; /* a secret is in the address, which stays here */
    GPtrArray *changing; /* it has another address each time */
    GPtrArray *unruled;  /* it has neither a feed nor rules that they take */
};

static void
notes_clear(struct notes *notes)
{
    g_ptr_array_unref(notes->logins);
    g_ptr_array_unref(notes->withheld);
    g_ptr_array_unref(notes->changing);
    g_ptr_array_unref(notes->unruled);
}
DEFINE_AUTO_CLEAR(notes, notes_clear)

/* Notes it once, be it of several lines. */
static void
note(GPtrArray *names, const struct portal *portal, const struct portal_section *section)
{
    g_autofree char *name =
        g_strdup_printf("portal:%s/%s/%s", portal->id, section->edition->id, section->id);
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, g_steal_pointer(&name));
}

/*
 * Has an outline say what a section's page is and how it is read, unless a secret is in the
 * address; where other programs cannot read it, that it is a page.  That is noted.
 */
static void
take_page(struct outline *outline, const struct portal_section *section,
          const struct portal *portal, struct notes *notes)
{
    const struct portal_edition *edition = section->edition;
    g_autofree char *login = NULL, *bare = url_without_login(section->url, &login),
                    *public = url_public(bare);
    bool changing = strchr(bare, '{') != NULL, plain = g_str_equal(public, bare) && !changing,
         told = plain && outline_take_section(outline, section);
    outline->withheld = !g_str_equal(public, bare);
    g_free(outline->home);
    outline->home = plain && !told ? g_strdup(bare)
                                   : g_strdup(edition->home ? edition->home : portal->home);
    if (told)
        outline->page = g_steal_pointer(&bare);
    if (outline->withheld)
        note(notes->withheld, portal, section);
    else if (!told)
        note(changing ? notes->changing : notes->unruled, portal, section);
    if (login && plain)
        note(notes->logins, portal, section);
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
take_pages(const struct portal *portal, const char *name, struct outline *outline,
           struct notes *notes)
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
        take_page(outline, first, portal, notes);
    if (sections->len == 1 && portal->sections->len > 1) {
        g_autofree char *whole = g_steal_pointer(&outline->shown); /* of which it is a part */
        outline->shown = g_strdup_printf("%s: %s", whole, portal_plain_name(first->names));
    }
    for (guint i = 0; sections->len > 1 && i < sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(sections, i);
        struct outline *part = outline_new("", NULL, NULL);
        part->shown = g_strdup_printf("%s: %s", portal_plain_name(section->edition->names),
                                      portal_plain_name(section->names));
        take_page(part, section, portal, notes);
        g_ptr_array_add(outline->parts, part);
    }
}

/* What is known of it beside its line: what it calls itself, the page that belongs to it. */
static void
describe(const struct session *session, const GPtrArray *sources, struct outline *outline,
         struct notes *notes)
{
    const char *name = g_str_has_prefix(outline->url, "portal:") ? outline->url + strlen("portal:")
                                                                 : NULL;
    for (guint i = 0; name && i < session->urls->portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(session->urls->portals, i);
        gsize length = strlen(portal->id);
        if (strncmp(name, portal->id, length) || (name[length] && name[length] != '/'))
            continue;
        outline->shown = g_strdup(portal_plain_name(portal->names));
        take_pages(portal, name, outline, notes);
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
own_outlines(const struct session *session, struct notes *notes, GError **error)
{
    g_autofree char *path = g_build_filename(session->context->config_dir, "urls", NULL),
                    *text = urls_read(path, error);
    g_autoptr(GPtrArray) sources = session->store ? sources_list(session->store, false, error)
                                                  : g_ptr_array_new();
    if (!text || !sources)
        return NULL;
    GPtrArray *outlines = outlines_of_urls(text, false);
    for (guint i = 0; i < outlines->len;) {
        struct outline *outline = g_ptr_array_index(outlines, i);
        if (outline->why || g_str_has_prefix(outline->url, "exec:") ||
            g_str_has_prefix(outline->url, "filter:")) {
            g_ptr_array_remove_index(outlines, i);
            continue;
        }
        if (g_str_has_prefix(outline->url, "query:"))
            take_addresses(session->store, outline);
        describe(session, sources, outline, notes);
        notes->secrets += hide_secrets(outline);
        i++;
    }
    return outlines;
}

/* Where there are more than are named. */
#define MORE(sections) ((sections)->len > NAMED ? ", …" : "")

/* The first of the sections by their names. */
static char *
first_names(const GPtrArray *sections)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < MIN(sections->len, NAMED); i++)
        g_string_append_printf(names, "%s%s", i ? _(", ") : "",
                               (const char *)g_ptr_array_index(sections, i));
    return g_string_free(names, FALSE);
}

/* Says what stays here. */
static void
tell_secrets(const struct notes *notes, bool pages)
{
    guint secrets = notes->secrets + (pages ? notes->logins->len : 0);
    g_autofree char *names = first_names(notes->withheld);
    if (secrets)
        message_warning(ngettext("the secret of %u address is left out",
                                 "the secrets of %u addresses are left out", secrets),
                        secrets);
    if (pages && notes->withheld->len)
        message_warning(
            ngettext("the address of %u section is left out, since it holds a secret: %s%s",
                     "the addresses of %u sections are left out, since they hold secrets: %s%s",
                     notes->withheld->len),
            notes->withheld->len, names, MORE(notes->withheld));
}

/* Says which sections are in OPML for crier alone. */
static void
tell_alone(const struct notes *notes)
{
    g_autofree char *unruled = first_names(notes->unruled),
                    *changing = first_names(notes->changing);
    if (notes->unruled->len)
        message_warning(
            ngettext(
                "%u section is there for crier alone, since it has neither a feed nor rules that other readers take: %s%s",
                "%u sections are there for crier alone, since they have neither feeds nor rules that other readers take: %s%s",
                notes->unruled->len),
            notes->unruled->len, unruled, MORE(notes->unruled));
    if (notes->changing->len)
        message_warning(
            ngettext("%u section is there for crier alone, since its address changes: %s%s",
                     "%u sections are there for crier alone, since their addresses change: %s%s",
                     notes->changing->len),
            notes->changing->len, changing, MORE(notes->changing));
}

/* Says what newsboat does not get. */
static void
tell_left_out(guint lines, guint sections)
{
    if (lines)
        message_warning(ngettext("%u line is left out, which newsboat could not read",
                                 "%u lines are left out, which newsboat could not read", lines),
                        lines);
    if (sections)
        message_warning(ngettext("%u section is left out, which newsboat could not read",
                                 "%u sections are left out, which newsboat could not read",
                                 sections),
                        sections);
}

int
export_sources(struct session *session, const struct options_export *options)
{
    g_autoptr(GError) error = NULL;
    AUTO(notes_clear)
    struct notes notes = {
        0, g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free),
        g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(GPtrArray) outlines = own_outlines(session, &notes, &error);
    if (!outlines)
        return cli_fail(error);
    guint left_out = 0, parts_left_out = 0;
    bool opml = !options->format || g_str_equal(options->format, "opml"),
         urls = !g_strcmp0(options->format, "urls");
    g_autofree char *text = urls   ? outlines_to_urls(outlines)
                            : opml ? outlines_to_opml(outlines, "crier")
                                   : outlines_to_newsboat(outlines, &left_out, &parts_left_out);
    tell_secrets(&notes, !urls);
    tell_left_out(left_out, parts_left_out);
    if (opml)
        tell_alone(&notes);
    return export_deliver(options->output, text);
}
