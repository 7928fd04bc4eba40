/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier fetch`: the worker, and then the watches and a sync, each in a process of its own, `crier
 * watch run` and crier-sync, which a starter that was forked before the fence starts.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "reader/child.h"
#include "reader/outside.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

/*
 * Reads the options of a fetch, which the worker reads again, from a copy; *status is what to exit
 * with when it fails.
 */
static bool
look_at_fetch(struct context *context, int argc, char **argv, struct options_fetch *options,
              int *status)
{
    g_autofree char **copy = g_new0(char *, (gsize)argc + 1);
    char **words = copy;
    int count = 0;
    for (int i = 0; i < argc; i++)
        if (!g_str_equal(argv[i],
                         "--wait")) /* alone it has no value, which GOption would look for */
            copy[count++] = argv[i];
    return command_parse(context, COMMAND_FETCH, options, &count, &words, status);
}

/* Where the lines go that people read: not into a stream of events, nor where nothing is wanted. */
static int
open_output(const struct options_fetch *options)
{
    const char *mode = options->progress ? options->progress : "auto";
    if (g_str_equal(mode, "none"))
        return open("/dev/null", O_WRONLY | O_CLOEXEC);
    return fcntl(g_str_equal(mode, "json") ? STDERR_FILENO : STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
}

static void
run_after(const char *what, const char *how, const char *named, const struct options_fetch *options)
{
    g_autofree char *why = NULL;
    const char *const arguments[] = {what, how, NULL};
    int ends[2], out = open_output(options);
    if (out < 0 || !g_unix_open_pipe(ends, FD_CLOEXEC, NULL))
        return;
    pid_t pid = outside_start_worker(arguments, (const int[]){out, STDERR_FILENO, ends[1]}, &why);
    close(ends[1]);
    close(out);
    if (pid > 0)
        outside_wait(pid);
    else
        message_error(_("cannot start '%s': %s"), named, why);
    close(ends[0]);
}

/* There is no worker to hand them to; the starter ends what runs when this program is gone. */
static void
end_on_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction before;
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            signal(numbers[i], SIG_DFL);
}

int
cli_fetch(struct context *context, int argc, char **argv)
{
    AUTO(options_fetch_clear) struct options_fetch options = {0};
    int status;
    int64_t since = clock_now();
    if (!look_at_fetch(context, argc, argv, &options, &status))
        return status;
    /* what is wrong with the configuration the worker says */
    bool loaded = context_load(context, NULL) && !options.dry_run;
    bool watched = loaded && context->watches->len;
    bool synced = loaded && context->settings->values.sync_auto &&
                  *context->settings->values.sync_server;
    if ((watched || synced) && !outside_begin(context))
        return STATUS_INTERNAL;
    status = child_run(context, "crier-worker", argv);
    watched = watched && (status == STATUS_OK || status == STATUS_SOME || status == STATUS_ALL);
    synced = synced && (status == STATUS_OK || status == STATUS_SOME);
    if (!watched && !synced)
        return status;
    end_on_signals();
    g_autofree char *time = g_strdup_printf("%" G_GINT64_FORMAT, since);
    if (watched)
        run_after("watch", time, "crier watch run", &options);
    if (synced)
        run_after("sync", "table", "crier-sync", &options);
    return status;
}
