/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier portal list|show|check|new`: the catalogue, and the workbench for its files. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "cli/cli.h"
#include "config/catalogue-table.h"
#include "config/catalogue.h"

#include <string.h>

/* Whether it is one of those that were asked for. */
static bool
is_asked(const struct portal *portal, const struct options_portal *options, const char *typed)
{
    const struct portal_place *place = &portal->place;
    return (!options->country ||
            (place->country && !g_ascii_strcasecmp(place->country, options->country))) &&
           (!options->kind || !g_strcmp0(place->kind, options->kind)) &&
           (!typed || catalogue_matches(portal, typed));
}

static char *
editions_of(const struct portal *portal)
{
    GString *editions = g_string_new(NULL);
    for (guint i = 0; i < portal->editions->len; i++)
        g_string_append_printf(
            editions, "%s%s", i ? " " : "",
            ((const struct portal_edition *)g_ptr_array_index(portal->editions, i))->id);
    return g_string_free(editions, FALSE);
}

static void
print_table(const GPtrArray *portals)
{
    int ids = 0, editions = 0;
    for (guint i = 0; i < portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(portals, i);
        g_autofree char *of = editions_of(portal);
        ids = MAX(ids, (int)strlen(portal->id));
        editions = MAX(editions, (int)strlen(of));
    }
    for (guint i = 0; i < portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(portals, i);
        const char *country = portal->place.country,
                   *region = portal->place.region ? catalogue_region(portal->place.region) : NULL;
        g_autofree char *of = editions_of(portal);
        print_textf(stdout, "%-*s  %-2s  %-*s  %s%s%s\n", ids, portal->id, country ? country : "--",
                    editions, of, portal_name(portal->names), region ? _(", ") : "",
                    region ? region : "");
    }
}

static json_t *
names_json(GHashTable *names)
{
    json_t *all = json_object();
    GHashTableIter iter;
    gpointer language, name;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &language, &name))
        if (*(const char *)language)
            json_object_set_new(all, language, cli_string(name));
    return all;
}

static void
print_json(const struct portal *portal)
{
    const struct portal_place *place = &portal->place;
    json_t *sections = json_array();
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        json_array_append_new(sections, json_pack("{s:o, s:o, s:s, s:o}", "edition",
                                                  cli_string(section->edition->id), "section",
                                                  cli_string(section->id), "kind",
                                                  section->kind == PORTAL_FEED ? "feed" : "list",
                                                  "url", cli_string(section->url)));
    }
    cli_print_json(json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", cli_string(portal->id),
        "name", cli_string(portal_plain_name(portal->names)), "names", names_json(portal->names),
        "spellings", cli_string(place->spellings), "country", cli_string(place->country), "region",
        cli_string(place->region), "kind", cli_string(place->kind), "home",
        cli_string(portal->home), "sections", sections, "origin", cli_string(place->origin),
        "verified", cli_string(place->verified)));
}

static int
list(const struct context *context, const struct options_portal *options, const char *typed)
{
    if (options->format && !cli_choice(COMMAND_PORTAL, "format", options->format))
        return STATUS_USAGE;
    cli_fence(context, ENCLOSE_CONFIG);
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) portals = catalogue_portals(context->config_dir, problems);
    for (guint i = 0; i < problems->len; i++)
        message_error("%s", (const char *)g_ptr_array_index(problems, i));
    if (!portals->len && !problems->len) {
        g_autofree char *own = g_build_filename(context->config_dir, "portals", NULL),
                        *installed = paths_data("portals");
        message_error(_("the catalogue is empty: there are no portal files in '%s' or '%s'"), own,
                      installed);
    }
    bool any = portals->len > 0;
    for (guint i = portals->len; i > 0; i--)
        if (!is_asked(g_ptr_array_index(portals, i - 1), options, typed))
            g_ptr_array_remove_index(portals, i - 1);
    if (g_strcmp0(options->format, "json"))
        print_table(portals);
    else
        g_ptr_array_foreach(portals, (GFunc)(void (*)(void))print_json, NULL);
    if (any && !portals->len && g_strcmp0(options->format, "json"))
        message_error(_("nothing matched"));
    return problems->len ? STATUS_SOME : STATUS_OK;
}

static int
show(const struct context *context, const char *id)
{
    g_autoptr(GError) error = NULL;
    cli_fence(context, ENCLOSE_CONFIG);
    AUTO(portal_free) struct portal *portal = catalogue_open(context->config_dir, id, &error);
    if (!portal)
        return cli_fail(error);
    print_textf(stdout, "%s  %s\n%s\n", portal->id, portal_name(portal->names), portal->file);
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        print_textf(stdout, "  portal:%s/%s/%s  %s: %s (%s)  %s\n", portal->id,
                    section->edition->id, section->id, portal_name(section->edition->names),
                    portal_name(section->names), section->kind == PORTAL_FEED ? "feed" : "list",
                    section->url);
    }
    return STATUS_OK;
}

int
cli_portal(struct context *context, int argc, char **argv)
{
    AUTO(options_portal_clear) struct options_portal options = {0}; /* which the worker reads */
    int status;
    g_auto(GStrv) whole = g_strdupv(argv);
    if (!command_parse(context, COMMAND_PORTAL, &options, &argc, &argv, &status))
        return status;
    if (argc >= 2 && argc <= 3 && g_str_equal(argv[1], "list"))
        return list(context, &options, argv[2]);
    if (argc == 3 && g_str_equal(argv[1], "show"))
        return show(context, argv[2]);
    if ((argc == 3 && (g_str_equal(argv[1], "check") || g_str_equal(argv[1], "new"))) ||
        (argc == 2 && g_str_equal(argv[1], "check") && (options.all || options.sample > 0)))
        return cli_worker(context, (int)g_strv_length(whole), whole);
    message_error(_("'crier portal' takes list, show ID, check FILE, check --all or new URL"));
    return STATUS_USAGE;
}
