/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier parse` and `crier opml`: one file to JSON. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/command.h"
#include "feed/feed.h"
#include "feed/opml.h"
#include "feed/print.h"
#include "worker/commands.h"

int
worker_parse(struct context *context, int argc, char **argv)
{
    AUTO(options_parse_clear) struct options_parse options = {0};
    int status;
    if (!command_parse(context, COMMAND_PARSE, &options, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        message_error(_("'%s' takes one file"), "parse");
        return STATUS_USAGE;
    }
    gsize length;
    g_autofree char *bytes = worker_read(argv[1], &length);
    if (!bytes)
        return STATUS_USAGE;
    struct feed_options how = {.charset = {.content_type = options.content_type},
                               .url = options.url};
    g_autoptr(GError) error = NULL;
    AUTO(feed_free) struct feed *feed = feed_parse(bytes, length, &how, &error);
    if (!feed)
        return worker_print_error(feed_error_word(error), error->message);
    feed_print(feed, stdout);
    return STATUS_OK;
}

int
worker_opml(struct context *context, int argc, char **argv)
{
    int status;
    if (!command_parse(context, COMMAND_OPML, NULL, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        message_error(_("'%s' takes one file"), "opml");
        return STATUS_USAGE;
    }
    gsize length;
    g_autofree char *bytes = worker_read(argv[1], &length);
    if (!bytes)
        return STATUS_USAGE;
    g_autoptr(GError) error = NULL;
    AUTO(opml_free) struct opml *opml = opml_parse(bytes, length, &error);
    if (!opml)
        return worker_print_error(feed_error_word(error), error->message);
    g_autofree char *json = opml_to_json(opml);
    print_raw(json);
    return STATUS_OK;
}
