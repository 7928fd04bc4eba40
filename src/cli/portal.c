/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier portal list|show|check|new`: the catalogue, and the workbench for its files. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "cli/cli.h"
#include "config/catalogue.h"

#include <string.h>

struct line {
    char *id, *editions, *name;
};

static void
line_free(gpointer data)
{
    struct line *line = data;
    g_free(line->id);
    g_free(line->editions);
    g_free(line->name);
    g_free(line);
}

static struct line *
line_of(const struct portal *portal)
{
    GString *editions = g_string_new(NULL);
    for (guint i = 0; i < portal->editions->len; i++)
        g_string_append_printf(
            editions, "%s%s", i ? " " : "",
            ((const struct portal_edition *)g_ptr_array_index(portal->editions, i))->id);
    struct line *line = g_new0(struct line, 1);
    *line = (struct line){g_strdup(portal->id), g_string_free(editions, FALSE),
                          g_strdup(portal_name(portal->names))};
    return line;
}

static int
list(const struct context *context)
{
    int status = STATUS_OK, ids = 0, editions = 0;
    cli_fence(context, ENCLOSE_CONFIG);
    g_autoptr(GPtrArray) paths = catalogue_paths(context->config_dir);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GError) error = NULL;
        AUTO(portal_free) struct portal *portal = portal_load(g_ptr_array_index(paths, i), &error);
        if (!portal) {
            message_error("%s", error->message);
            status = STATUS_SOME;
            continue;
        }
        struct line *line = line_of(portal);
        g_ptr_array_add(lines, line);
        ids = MAX(ids, (int)strlen(line->id));
        editions = MAX(editions, (int)strlen(line->editions));
    }
    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = g_ptr_array_index(lines, i);
        print_textf(stdout, "%-*s  %-*s  %s\n", ids, line->id, editions, line->editions,
                    line->name);
    }
    if (!paths->len) {
        g_autofree char *own = g_build_filename(context->config_dir, "portals", NULL),
                        *installed = paths_data("portals");
        message_error(_("the catalogue is empty: there are no portal files in '%s' or '%s'"), own,
                      installed);
    }
    return status;
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
    struct options_portal options = {0}; /* which the worker reads */
    int status;
    g_auto(GStrv) whole = g_strdupv(argv);
    if (!command_parse(context, COMMAND_PORTAL, &options, &argc, &argv, &status))
        return status;
    if (argc == 2 && g_str_equal(argv[1], "list"))
        return list(context);
    if (argc == 3 && g_str_equal(argv[1], "show"))
        return show(context, argv[2]);
    if (argc == 3 && (g_str_equal(argv[1], "check") || g_str_equal(argv[1], "new")))
        return cli_worker(context, argc, whole);
    message_error(_("'crier portal' takes list, show ID, check FILE or new URL"));
    return STATUS_USAGE;
}
