/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier parse` and `crier opml`: one file to JSON.  crier-parser does not link what reads
 * calendars, and has crier-worker read one.
 */
#include "config.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "config/command.h"
#include "feed/feed.h"
#include "feed/ical.h"
#include "feed/opml.h"
#include "feed/print.h"
#include "worker/commands.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Weak, so that it is there only in a program that links it by another file. */
#pragma weak ical_read

/* Has crier-worker read the bytes and print what they are; the status with which it ends. */
static int
hand_over(const struct options_parse *o, const char *bytes, gsize length)
{
    const char *folder = paths_executable_dir();
    g_autofree char *worker = g_build_filename(folder ? folder : ".", "crier-worker", NULL);
    g_autofree char *type = g_strconcat("--content-type=", o->content_type, NULL),
                    *url = g_strconcat("--url=", o->url, NULL);
    const char *arguments[8] = {worker, "parse"};
    int count = 2;
    if (o->content_type)
        arguments[count++] = type;
    if (o->url)
        arguments[count++] = url;
    arguments[count++] = "--";
    arguments[count++] = "-";
    g_autoptr(GError) error = NULL;
    GPid pid;
    int in, ended;
    if (!g_spawn_async_with_pipes(NULL, (char **)(gpointer)arguments, NULL,
                                  G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &in, NULL, NULL,
                                  &error)) {
        message_error(_("cannot start '%s': %s"), worker, error->message);
        return STATUS_INTERNAL;
    }
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    file_write_all(in, bytes, length); /* one that ends early says why */
    close(in);
    sigaction(SIGPIPE, &before, NULL);
    while (waitpid(pid, &ended, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(ended)) /* nobody reads any more, or it was stopped: so is this one */
        raise(WTERMSIG(ended));
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : STATUS_INTERNAL;
}

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
                               .url = options.url,
                               .now = clock_now(),
                               .calendars = ical_read};
    if (!how.calendars && ical_begin(bytes, length))
        return hand_over(&options, bytes, length);
    worker_fence_parse();
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
    worker_fence_parse();
    g_autoptr(GError) error = NULL;
    AUTO(opml_free) struct opml *opml = opml_parse(bytes, length, &error);
    if (!opml)
        return worker_print_error(feed_error_word(error), error->message);
    g_autofree char *json = opml_to_json(opml);
    print_raw(json);
    return STATUS_OK;
}
