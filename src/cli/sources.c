/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier remove` and `crier sources`. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "reader/outside.h"
#include "text/cells.h"

#include <string.h>

/* The line of a portal that cannot be read, where it is what is named; or NULL. */
static const char *
missing_line(const struct session *session, const char *name, const GPtrArray *sources)
{
    bool bare = !g_str_has_prefix(name, "portal:");
    g_autofree char *line = g_strconcat(bare ? "portal:" : "", name, NULL),
                    *head = g_strconcat(line, "/", NULL);
    const struct urls_missing *missing = urls_find_missing(session->urls, line);
    const struct source *first = sources ? g_ptr_array_index(sources, 0) : NULL;
    /* something else may be called so */
    bool meant = !bare || !first || g_str_has_prefix(first->url, head);
    return meant && missing && g_str_equal(missing->name, line) ? missing->name : NULL;
}

/* A portal's name stands for all of its sections that are subscribed to. */
static int
unsubscribe(struct session *session, const char *name)
{
    g_autoptr(GError) error = NULL, unknown = NULL;
    g_autoptr(GPtrArray)
        sources = sources_named(session->store, (char *[]){(char *)name, NULL}, &unknown);
    /* its sections are known to its file alone */
    g_autofree char *line = g_strdup(missing_line(session, name, sources));
    if (line) {
        if (!outside_unsubscribe(session->context->config_dir, (char *[]){line, NULL}, &error) ||
            !session_follow(session, &error))
            return cli_fail(error);
        print_textf(stdout, _("unsubscribed: %s; its articles stay\n"), line);
        return STATUS_OK;
    }
    if (!sources)
        return cli_fail(unknown);
    g_autoptr(GPtrArray) urls = g_ptr_array_new();
    for (guint i = 0; i < sources->len; i++)
        g_ptr_array_add(urls, ((const struct source *)g_ptr_array_index(sources, i))->url);
    g_ptr_array_add(urls, NULL);
    if (!outside_unsubscribe(session->context->config_dir, (char **)urls->pdata, &error) ||
        !session_follow(session, &error))
        return cli_fail(error);
    for (guint i = 0; i < sources->len; i++)
        print_textf(stdout, _("unsubscribed: %s; its articles stay\n"),
                    ((const struct source *)g_ptr_array_index(sources, i))->name);
    return STATUS_OK;
}

int
cli_remove(struct context *context, int argc, char **argv)
{
    int status;
    if (!command_parse(context, COMMAND_REMOVE, NULL, &argc, &argv, &status))
        return status;
    if (argc < 2) {
        message_error(_("which source is missing"));
        return STATUS_USAGE;
    }
    if (!outside_begin(context))
        return STATUS_INTERNAL;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    if (!session->store) {
        message_error(_("nothing is subscribed to"));
        return STATUS_USAGE;
    }
    for (int i = 1; i < argc; i++) {
        g_autofree char *name = message_decode_argument(argv[i]);
        int one = unsubscribe(session, name);
        status = one ? one : status;
    }
    return status;
}

int
cli_sources(struct context *context, int argc, char **argv)
{
    AUTO(options_sources_clear) struct options_sources options = {0};
    int status;
    if (!command_parse(context, COMMAND_SOURCES, &options, &argc, &argv, &status))
        return status;
    if (!cli_takes_nothing("sources", argc) ||
        !cli_choice(COMMAND_SOURCES, "format", options.format))
        return STATUS_USAGE;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = session->store ? sources_list(session->store, false, &error)
                                               : g_ptr_array_new();
    if (!list)
        return cli_fail(error);
    sources_tell_missing(list, session->urls);
    for (guint i = 0; i < session->urls->problems->len; i++)
        message_warning(
            "%s",
            ((const struct urls_problem *)g_ptr_array_index(session->urls->problems, i))->text);
    if (!list->len && !options.format)
        cli_say_unsubscribed();
    bool json = g_strcmp0(options.format, "json") == 0, tsv = g_strcmp0(options.format, "tsv") == 0;
    int width = cli_width();
    for (guint i = 0; i < list->len; i++) {
        const struct source *s = g_ptr_array_index(list, i);
        if (json) {
            cli_print_json(cli_source_json(s, session->urls));
        } else if (tsv) {
            g_autofree char *url = cli_tsv_field(s->public_url), *title = cli_tsv_field(s->title);
            print_rawf("%" G_GINT64_FORMAT "\t%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n",
                       s->id, url, title, s->unread, s->total);
        } else {
            const struct subscription *sub = urls_find(session->urls, s->url);
            const char *file = sub ? sub->file : NULL; /* of the system */
            g_autofree char *shown = url_shown(s->public_url), *name = source_full_name(s);
            g_autofree char *line = g_strdup_printf(
                "%3" G_GINT64_FORMAT "  %5" G_GINT64_FORMAT "/%-5" G_GINT64_FORMAT "  %s  %s%s%s%s",
                s->id, s->unread, s->total, name, shown, file ? " (" : "", file ? file : "",
                file ? ")" : "");
            g_autofree char *cut = width ? cells_ellipsize(line, width, "…") : g_strdup(line);
            print_textf(stdout, "%s\n", cut);
        }
    }
    return STATUS_OK;
}
