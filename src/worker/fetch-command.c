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
#include "fetch/roles.h"
#include "parse/convert.h"
#include "parse/helper.h"
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
    helper_stop = 1;
}

static void
catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    struct sigaction before;
    /* not under nohup(1) */
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* whoever followed the progress is gone; the fetch goes on */
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error of the write */
}

/* Enters the fence.  The files that are sources are the user's, and named by him alone. */
static void
enclose(const struct context *context, const struct urls *urls)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < urls->subscriptions->len; i++)
        g_ptr_array_add(
            all, ((const struct subscription *)g_ptr_array_index(urls->subscriptions, i))->url);
    g_auto(GStrv) files = worker_files(all);
    convert_sweep(); /* the folder for temporary files lies beyond the fence */
    worker_enclose(context, ENCLOSE_CONFIG | ENCLOSE_STORE | ENCLOSE_CREATE,
                   (const char *const *)files, NULL);
}

#define NO_END     G_MAXINT
#define LOCK_PAUSE 100000 /* microseconds between two looks at a lock */

/* The locked store; waits for another fetch so many seconds, or as long as it takes (NO_END). */
static struct store *
open_store(const struct context *context, int seconds, int *lock, GError **error)
{
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    for (;;) {
        g_autoptr(GError) why = NULL;
        struct store *store = worker_open_store(context, true, lock, &why);
        if (store)
            return store;
        bool over = seconds != NO_END && g_get_monotonic_time() >= end;
        if (over || fetch_signal || !g_error_matches(why, STORE_ERROR, STORE_ERROR_LOCKED)) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
        g_usleep(LOCK_PAUSE);
    }
}

/* What is subscribed to now; takes what was before, and frees it. */
static struct urls *
reload(const struct context *context, struct urls *before, GError **error)
{
    struct urls *urls = urls_load(context->config_dir, error);
    urls_free(before);
    if (urls)
        query_check_saved(urls, clock_now());
    return urls;
}

static int
fetch(struct context *context, struct fetch_options *options, int wait, GError **error)
{
    if (!context_load(context, error))
        return STATUS_USAGE;
    AUTO(urls_free) struct urls *urls = urls_load(context->config_dir, error);
    if (!urls)
        return STATUS_USAGE;
    query_check_saved(urls, clock_now());
    for (guint i = 0; i < urls->problems->len; i++)
        message_error("%s",
                      ((const struct urls_problem *)g_ptr_array_index(urls->problems, i))->text);
    /* every hour again is no news to a timer, but for the first time */
    bool heard = isatty(STDERR_FILENO) || message_verbose || options->all ||
                 !g_file_test(context->store_file, G_FILE_TEST_EXISTS);
    if (!urls->subscriptions->len && !urls->problems->len && heard)
        message_error(_(
            "nothing is subscribed to: 'crier add' does it, 'crier portal list' shows the catalogue"));
    enclose(context, urls);
    context_load_profiles(context);
    int lock;
    AUTO(store_close) struct store *store = open_store(context, wait, &lock, error);
    if (!store && fetch_signal) {
        g_clear_error(error);
        return 128 + fetch_signal;
    }
    if (!store)
        return worker_status_of(*error);
    /* while it waited for another fetch somebody may have subscribed to more */
    if (wait && !(urls = reload(context, urls, error)))
        return STATUS_USAGE;
    int status = sources_sync(store, urls, error) ? fetch_run(context, store, urls, options, error)
                                                  : STATUS_STORE;
    if (status == STATUS_OK && urls->problems->len)
        status = STATUS_SOME;
    close(lock);
    return status;
}

/* "--wait" alone is one without an end: GOption would take the next argument for its value. */
static void
complete_wait(int argc, char **argv)
{
    static char endless[] = "--wait=2147483647"; /* NO_END */
    for (int i = 1; i < argc && !g_str_equal(argv[i], "--"); i++)
        if (g_str_equal(argv[i], "--wait"))
            argv[i] = endless;
}

int
worker_fetch(struct context *context, int argc, char **argv)
{
    AUTO(options_fetch_clear) struct options_fetch options = {.max_time = NO_END};
    int status;
    complete_wait(argc, argv);
    if (!command_parse(context, COMMAND_FETCH, &options, &argc, &argv, &status))
        return status;
    if (options.due && options.all) {
        message_error(_("--due and --all exclude each other"));
        return STATUS_USAGE;
    }
    if (options.wait < 0 || options.max_time < 1) {
        message_error(_("--%s: a number of seconds is not below %d"),
                      options.wait < 0 ? "wait" : "max-time", options.wait < 0 ? 0 : 1);
        return STATUS_USAGE;
    }
    struct fetch_options wanted = {.all = options.all,
                                   .max_time = options.max_time == NO_END ? 0 : options.max_time,
                                   .full = options.full,
                                   .dry_run = options.dry_run,
                                   .names = argc > 1 ? argv + 1 : NULL,
                                   .starter = roles_starter()};
    if (!events_mode_parse(options.progress ? options.progress : "auto", &wanted.mode)) {
        message_error(_("'%s' is not one of auto, bar, lines, json, none"), options.progress);
        return STATUS_USAGE;
    }
    catch_signals();
    g_autoptr(GError) error = NULL;
    status = fetch(context, &wanted, options.wait, &error);
    if (error)
        message_error("%s", error->message);
    return status;
}
