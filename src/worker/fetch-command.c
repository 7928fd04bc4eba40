/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier fetch`: lock, store, subscriptions, then the pipeline. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/command.h"
#include "fetch/fetch.h"
#include "fetch/http.h"
#include "store/query.h"
#include "store/sources.h"
#include "worker/commands.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>


static void
on_signal(int number)
{
    fetch_signal = number;
}

static void
catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    struct sigaction before;
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* not under nohup(1) */
        sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* whoever followed the progress is gone; the fetch goes on */
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error of the write */
}

static int
fetch(struct context *context, struct fetch_options *options, GError **error)
{
    if (!context_load(context, error))
        return STATUS_USAGE;
    AUTO(urls_free) struct urls *urls = urls_load(context->config_dir, error);
    if (!urls)
        return STATUS_USAGE;
    query_check_saved(urls, clock_now());
    for (guint i = 0; i < urls->problems->len; i++)
        message_error("%s", ((const struct urls_problem *)g_ptr_array_index(urls->problems, i))->text);
    /* every hour again is no news to a timer */
    if (!urls->subscriptions->len && !urls->problems->len && (isatty(STDERR_FILENO) || message_verbose))
        message_error(_("nothing is subscribed to: 'crier add' does it, 'crier portal list' shows the catalogue"));
    context_load_profiles(context);
    int lock;
    AUTO(store_close) struct store *store = worker_open_store(context, true, &lock, error);
    if (!store)
        return worker_status_of(*error);
    int status = sources_sync(store, urls, error) ? fetch_run(context, store, urls, options, error) : STATUS_STORE;
    if (status == STATUS_OK && urls->problems->len)
        status = STATUS_SOME;
    close(lock);
    return status;
}

int
worker_fetch(struct context *context, int argc, char **argv)
{
    gboolean due = FALSE, all = FALSE, full = FALSE, dry_run = FALSE;
    g_autofree char *progress = NULL;
    const GOptionEntry entries[] = {
        {"due", 0, 0, G_OPTION_ARG_NONE, &due, N_("fetch what is due (the default)"), NULL},
        {"all", 0, 0, G_OPTION_ARG_NONE, &all, N_("fetch every source, due or not"), NULL},
        {"full", 0, 0, G_OPTION_ARG_NONE, &full, N_("fetch article pages too, known ones again"), NULL},
        {"progress", 0, 0, G_OPTION_ARG_FILENAME, &progress, N_("auto, bar, lines, json or none"), N_("MODE")},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("list what would be fetched"), NULL},
        {NULL},
    };
    int status;
    if (!command_parse(context, command_info("fetch"), entries, &argc, &argv, &status))
        return status;
    if (due && all) {
        message_error(_("--due and --all exclude each other"));
        return STATUS_USAGE;
    }
    struct fetch_options options = {.all = all, .full = full, .dry_run = dry_run, .names = argc > 1 ? argv + 1 : NULL};
    if (!events_mode_parse(progress ? progress : "auto", &options.mode)) {
        message_error(_("'%s' is not one of auto, bar, lines, json, none"), progress);
        return STATUS_USAGE;
    }
    catch_signals();
    g_autoptr(GError) error = NULL;
    status = fetch(context, &options, &error);
    if (error)
        message_error("%s", error->message);
    return status;
}
