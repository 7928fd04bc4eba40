/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier sync`: the server and its login, the store, its fence; then both halves of the sync. */
#include "config.h"

#include "sync/command.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/url.h"
#include "config/command.h"
#include "config/credentials.h"
#include "config/enclose.h"
#include "fetch/roles.h"
#include "store/lock.h"
#include "store/own-marks.h"
#include "store/sources.h"
#include "sync/run.h"

#include <string.h>
#include <unistd.h>

#define WRITER_TIMEOUT 10000    /* ms that a write waits for a fetch or a reader */
#define LOCK           "\nsync" /* no cursor's name has a line in it */

/* With whom, and as whom. */
struct account {
    char *address; /* without the login */
    char *login;   /* "user:password" */
};

static void
account_clear(struct account *account)
{
    g_free(account->address);
    g_free(account->login);
}
DEFINE_AUTO_CLEAR(account, account_clear)

static void
free_line(gpointer data)
{
    struct sync_line *line = data;
    g_free(line->url);
    g_free(line->folder);
    g_free(line);
}

/* What is wrong with it is reported. */
static bool
find_account(const struct context *context, const char *stated, struct account *account)
{
    const char *server = stated ? stated : context->settings->values.sync_server;
    if (!*server) {
        message_error(_("no server is named: sync.server in crier.conf, or --server"));
        return false;
    }
    if (!url_is_web(server)) {
        message_error(_("'%s' is no address of the web"), server);
        return false;
    }
    account->address = url_without_login(server, &account->login);
    if (account->login)
        return true;
    g_autoptr(GError) error = NULL;
    AUTO(credentials_free) struct credentials *credentials =
        credentials_load(context->config_dir, &error);
    if (!credentials) {
        message_error("%s", error->message);
        return false;
    }
    account->login = g_strdup(credentials_find(credentials, account->address));
    if (account->login)
        return true;
    g_autofree char *authority = url_authority(account->address);
    bool plain = g_str_has_prefix(account->address, "http:");
    message_error(
        _("there is no login for '%s': a line \"machine %s%s login NAME password PASSWORD\" in '%s/credentials'"),
        account->address, plain ? "http://" : "", authority, context->config_dir);
    return false;
}

/* Marks that lie beside a store that many read are not in it, and so no sync can tell them. */
static bool
has_marks_apart(const struct context *context)
{
    const char *store = context->store_file;
    bool foreign = access(store, F_OK) == 0 && access(store, W_OK) < 0 &&
                   context->settings->values.store_marks != STORE_MARKS_SHARED;
    if (!foreign && !own_marks_wanted(context))
        return false;
    g_autofree char *marks = paths_marks_file();
    message_error(
        _("marks on '%s' are kept apart, in '%s', and are not synced: that takes a store of your own, or marks in common (store.marks = shared)"),
        store, marks);
    return true;
}

/* What is wrong with the address of feeds that are published is reported. */
static bool
has_fair_feeds(const struct context *context)
{
    const char *feeds = context->settings->values.sync_feeds;
    if (!*feeds || url_is_web(feeds))
        return true;
    message_error(_("'%s' is no address of the web"), feeds);
    return false;
}

static int
fail(const GError *error)
{
    message_error("%s", error->message);
    return error->domain == STORE_ERROR ? STATUS_STORE : STATUS_USAGE;
}

/* The lock, which close() gives back; -1, reported. */
static int
take_lock(const struct context *context, int *status)
{
    g_autoptr(GError) error = NULL;
    int lock = lock_cursor(context->store_file, LOCK, &error);
    if (lock >= 0)
        return lock;
    if (g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED)) {
        message_error(_("another sync is running on '%s'"), context->store_file);
        *status = STATUS_BUSY;
    } else {
        *status = fail(error);
    }
    return -1;
}

/* What the reader's bar and the next run know of this one. */
static bool
note_end(struct sync_run *run, const struct problem *problem, GError **error)
{
    g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, clock_now()),
                    *text = problem ? problem_format(problem) : NULL;
    if (run->dry)
        return true;
    return (problem || store_set_meta(run->store, "sync_last", now, error)) &&
           store_set_meta(run->store, "sync_problem", text, error);
}

/*
 * name: of the server and account.  What the store knows of another one is forgotten when this one
 * has let us in, and not to see what would be done.
 */
static bool
sync_both(struct sync_run *run, const char *name, struct problem **problem, GError **error)
{
    *problem = server_log_in(run->server);
    if (*problem)
        return false;
    g_autofree char *former = sync_server(run->store);
    if (run->dry && former && !g_str_equal(former, name)) {
        g_set_error_literal(
            error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
            _("a dry run is for the server of the last sync: with another one that would be forgotten"));
        return false;
    }
    return sync_begin(run->store, name, error) && sync_subscriptions(run, problem, error) &&
           sync_marks(run, problem, error);
}

static void
report_problem(const struct problem *problem)
{
    g_autofree char *sentence = problem_sentence(problem);
    const char *advice = problem_advice(problem->code);
    message_error("%s", sentence);
    if (advice)
        print_textf(stderr, "    %s\n", advice);
}

static int
status_of(const struct sync_run *run, const struct problem *problem)
{
    if (problem)
        return (int)problem_status(problem->code);
    return run->refused || sync_count(run, SYNC_REFUSED) ? STATUS_SOME : STATUS_OK;
}

static int
run_sync(struct sync_run *run, const struct account *account, bool json)
{
    g_autoptr(GError) error = NULL;
    const char *colon = strchr(account->login, ':');
    g_autofree char *name = g_strdup_printf(
        "%s\n%.*s", account->address,
        (int)(colon ? colon - account->login : (long)strlen(account->login)), account->login);
    AUTO(problem_free) struct problem *problem = NULL;
    if (!sources_sync(run->store, run->urls, &error))
        return fail(error);
    sync_both(run, name, &problem, &error);
    if (!error)
        note_end(run, problem ? problem : run->refusal, &error);
    if (json)
        sync_print_json(run, account->address, problem ? problem : run->refusal);
    else
        sync_print(run, account->address, problem);
    if (problem || run->refusal)
        report_problem(problem ? problem : run->refusal);
    return error ? fail(error) : status_of(run, problem);
}

static int
sync_with(struct context *context, const struct options_sync *options,
          const struct account *account)
{
    int status, lock = take_lock(context, &status);
    if (lock < 0)
        return status;
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store =
        store_open(context->store_file, STORE_WRITE, WRITER_TIMEOUT, &error);
    struct urls *urls = store ? urls_load(context->config_dir, &error) : NULL;
    if (!urls) {
        close(lock);
        return fail(error);
    }
    AUTO(server_free) struct server *server =
        server_new(context, roles_starter(), account->address, account->login);
    struct sync_run run = {.context = context,
                           .store = store,
                           .urls = urls,
                           .server = server,
                           .dry = options->dry_run,
                           .yes = options->yes,
                           .prune = options->prune,
                           .lines = g_ptr_array_new_with_free_func(free_line)};
    status = run_sync(&run, account, !g_strcmp0(options->format, "json"));
    g_ptr_array_unref(run.lines);
    urls_free(run.urls);
    if (run.refusal)
        problem_free(run.refusal);
    close(lock);
    return status;
}

int
sync_command(struct context *context, int argc, char **argv)
{
    AUTO(options_sync_clear) struct options_sync options = {0};
    g_autoptr(GError) error = NULL;
    int status;
    if (!command_parse(context, COMMAND_SYNC, &options, &argc, &argv, &status))
        return status;
    g_auto(GStrv) words = command_option_words(COMMAND_SYNC, "format");
    if (argc > 1) {
        message_error(_("'%s' takes no argument"), "sync");
        return STATUS_USAGE;
    }
    if (options.format && !g_strv_contains((const char *const *)words, options.format)) {
        g_autofree char *list = g_strjoinv(", ", words);
        message_error(_("--%s: '%s' is not one of %s"), "format", options.format, list);
        return STATUS_USAGE;
    }
    AUTO(account_clear) struct account account = {NULL, NULL};
    if (!context_load(context, &error))
        return fail(error);
    if (!has_fair_feeds(context) || has_marks_apart(context) ||
        !find_account(context, options.server, &account))
        return STATUS_USAGE;
    context_enclose(context, FENCE_WRITE, ENCLOSE_STORE | ENCLOSE_CREATE | ENCLOSE_CHANGE, NULL,
                    NULL);
    return sync_with(context, &options, &account);
}
