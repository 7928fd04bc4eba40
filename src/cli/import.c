/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier import`: subscriptions out of another reader's file.  crier-parser reads it behind its
 * fence; what it says is checked once more, line by line, as everything that goes into `urls` is.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "config/outline.h"
#include "reader/child.h"
#include "reader/outside.h"
#include "store/query.h"

#include <string.h>

/* What the parser printed, as outlines. */
static GPtrArray *
take_outlines(const char *said)
{
    GPtrArray *outlines = outlines_new();
    g_auto(GStrv) lines = g_strsplit(said, "\n", -1);
    for (char **line = lines; *line && outlines->len < OUTLINES_MAX; line++) {
        struct outline *outline = **line ? outline_from_json(*line) : NULL;
        if (outline)
            g_ptr_array_add(outlines, outline);
    }
    return outlines;
}

/* The user's own tags, and whether a saved query is one. */
static void
complete(struct outline *outline, char *const *tags)
{
    if (!g_str_has_prefix(outline->url, "query:")) {
        for (char *const *tag = tags; tag && *tag; tag++) {
            g_autofree char *decoded = message_decode_argument(*tag);
            outline_add_tag(outline, decoded);
        }
        return;
    }
    const char *title = outline->url + strlen("query:"), *colon = strchr(title, ':');
    g_autoptr(GError) error = NULL;
    AUTO(query_free)
    struct query *query = colon ? query_parse(colon + 1, clock_now(), &error) : NULL;
    if (error)
        outline_refuse(outline, "%s", error->message);
}

/* A line an outline; an exit status. */
static int
report(const GPtrArray *outlines)
{
    guint counts[] = {0, 0, 0};
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autofree char *url = url_shown(outline->url);
        counts[outline->outcome]++;
        if (outline->outcome == OUTLINE_ADDED)
            print_textf(stdout, _("added: %s\n"), url);
        else if (outline->outcome == OUTLINE_PRESENT)
            print_textf(stdout, _("present: %s\n"), url);
        else
            print_textf(stdout, _("refused: %s: %s\n"), url, outline->why);
    }
    return counts[OUTLINE_REFUSED]  ? STATUS_SOME
           : !counts[OUTLINE_ADDED] ? STATUS_NOTHING
                                    : STATUS_OK;
}

/* Says first what comes of each, and then does it: nothing is written of what cannot be. */
static int
import_outlines(struct session *session, const struct options_import *options, const char *said)
{
    g_autoptr(GError) error = NULL;
    const char *config_dir = session->context->config_dir;
    g_autoptr(GPtrArray) outlines = take_outlines(said);
    for (guint i = 0; i < outlines->len; i++)
        complete(g_ptr_array_index(outlines, i), options->tag);
    if (!urls_import(config_dir, outlines, true, &error) ||
        (!options->dry_run &&
         (!outside_import(config_dir, outlines, &error) || !session_follow(session, &error))))
        return cli_fail(error);
    return report(outlines);
}

int
cli_import(struct context *context, int argc, char **argv)
{
    AUTO(options_import_clear) struct options_import options = {0};
    int status;
    if (!command_parse(context, COMMAND_IMPORT, &options, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        message_error(_("'%s' takes one file"), "import");
        return STATUS_USAGE;
    }
    if (!cli_choice(COMMAND_IMPORT, "format", options.format))
        return STATUS_USAGE;
    if (!outside_begin(context))
        return STATUS_INTERNAL;
    char *arguments[] = {(char *)"outlines", options.format ? options.format : (char *)"auto",
                         argv[1], NULL};
    g_autoptr(GByteArray) said = g_byte_array_new();
    status = child_capture(context, "crier-parser", arguments, OUTLINES_MAX_BYTES * 2, said);
    if (status != STATUS_OK)
        return status;
    AUTO(session_close) struct session *session = cli_session(context, !options.dry_run, &status);
    return session ? import_outlines(session, &options, (const char *)said->data) : status;
}
