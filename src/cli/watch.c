/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier watch`: watches added, listed, removed and run. */
#include "config.h"

#include "base/clean.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "cli/cli.h"
#include "config/watches.h"
#include "reader/child.h"
#include "reader/digest-mail.h"
#include "reader/nearby.h"
#include "reader/outside.h"
#include "reader/watcher.h"
#include "store/changes.h"
#include "store/failures.h"

#include <string.h>

/* --- add ------------------------------------------------------------------------------------ */

/* The addresses of the command line as terms of a query, one of which has to hold. */
static char *
address_terms(char *const *addresses)
{
    g_autoptr(GPtrArray) decoded = g_ptr_array_new_with_free_func(g_free);
    for (char *const *address = addresses; address && *address; address++)
        g_ptr_array_add(decoded, message_decode_argument(*address));
    g_ptr_array_add(decoded, NULL);
    return nearby_terms((char *const *)decoded->pdata);
}

/* What is asked for, with all that has to hold of it. */
static char *
whole_query(const char *query, char *const *addresses)
{
    g_autofree char *terms = address_terms(addresses);
    if (!*terms || text_is_blank(query))
        return g_strdup(*terms ? terms : query);
    const char *around = strstr(query, "OR") ? "()" : "",
               *either = strstr(terms, " OR ") ? "()" : "";
    return g_strdup_printf("%.1s%s%s %.1s%s%s", around, query, *around ? around + 1 : "", either,
                           terms, *either ? either + 1 : "");
}

/* A program that is named by where it lies is found from everywhere. */
static char *
whole_command(const char *text, GError **error)
{
    g_auto(GStrv) argv = watch_argv(text, error);
    if (!argv)
        return NULL;
    gsize length = strlen(argv[0]);
    if (!strchr(argv[0], '/') || !strncmp(text, argv[0], length))
        return g_strdup(text);
    GString *out = g_string_new(NULL);
    for (char **word = argv; *word; word++) {
        g_autofree char *quoted = g_shell_quote(*word);
        g_string_append_printf(out, "%s%s", out->len ? " " : "", quoted);
    }
    return g_string_free(out, FALSE);
}

/* What is wrong with it is said before anything is written. */
static struct watch_rule *
rule_of(const struct options_watch *o, int argc, char **argv, GError **error)
{
    AUTO(watch_rule_free) struct watch_rule *rule = g_new0(struct watch_rule, 1);
    g_autofree char *words = message_join_arguments(argc - 2, argv + 2),
                    *command = o->exec ? message_decode_argument(o->exec) : NULL;
    rule->name = message_decode_argument(argv[2]);
    rule->query = whole_query(g_strstrip(words), o->address);
    rule->mail = o->mail ? message_decode_argument(o->mail) : NULL;
    rule->exec = command ? whole_command(command, error) : NULL;
    if (command && !rule->exec)
        return NULL;
    AUTO(query_free) struct query *query = query_parse(rule->query, clock_now(), error);
    return query ? g_steal_pointer(&rule) : NULL;
}

/* It tells what comes from now on.  A digest's cursor of that name stays where it is. */
static int
begin(struct session *session, const struct watch_rule *rule, GError **error)
{
    struct changes_place place;
    bool found;
    struct store *store = session->store;
    if (!store || session->absent) /* the first fetch begins it */
        return STATUS_OK;
    bool fine = cursor_get(store, rule->name, &place, &found, error) &&
                (found || (changes_end(store, &place, error) &&
                           cursor_put(store, rule->name, &place, clock_now(), error)));
    return fine ? STATUS_OK : session_status(*error);
}

static int
add(struct context *context, const struct options_watch *options, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    cli_fence(context, ENCLOSE_CHANGE | ENCLOSE_STORE);
    if (argc < 3 || (argc < 4 && !options->address)) {
        message_error(_("'watch add' needs a name and a query"));
        return STATUS_USAGE;
    }
    AUTO(watch_rule_free) struct watch_rule *rule = rule_of(options, argc, argv, &error);
    if (!rule || !watch_add(context->config_dir, rule, &error))
        return cli_fail(error);
    int status;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    status = begin(session, rule, &error);
    if (error)
        message_error("%s", error->message);
    return status;
}

static int
end_watch(struct context *context, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    cli_fence(context, ENCLOSE_CHANGE | ENCLOSE_STORE);
    if (argc != 3) {
        message_error(_("which watch is missing"));
        return STATUS_USAGE;
    }
    g_autofree char *name = message_decode_argument(argv[2]);
    if (!watch_remove(context->config_dir, name, &error))
        return cli_fail(error);
    int status;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    if (session->store && !session->absent &&
        (!cursor_forget(session->store, name, &error) ||
         !watch_failure_forget(session->store, name, &error)))
        return cli_fail(error);
    return STATUS_OK;
}

/* --- list ----------------------------------------------------------------------------------- */

static void
print_json(const struct watch_rule *rule, const struct watch_failure *failure)
{
    json_t *o = json_object();
    json_object_set_new(o, "name", json_string(rule->name));
    json_object_set_new(o, "query", json_string(rule->query));
    json_object_set_new(o, "exec", cli_string(rule->exec));
    json_object_set_new(o, "mail", cli_string(rule->mail));
    json_object_set_new(o, "failures", json_integer(failure ? failure->failures : 0));
    json_object_set_new(o, "failing_since", cli_time(failure ? failure->since : 0));
    json_object_set_new(o, "last_failure", cli_time(failure ? failure->last : 0));
    json_object_set_new(o, "error", failure ? problem_json(failure->problem) : json_null());
    cli_print_json(o);
}

static void
print_tsv(const struct watch_rule *rule)
{
    g_autofree char *query = cli_tsv_field(rule->query), *exec = cli_tsv_field(rule->exec),
                    *mail = cli_tsv_field(rule->mail);
    print_rawf("%s\t%s\t%s\t%s\n", rule->name, query, exec, mail);
}

static void
print_table(const struct watch_rule *rule, const struct watch_failure *failure)
{
    print_textf(stdout, "%s  %s\n", rule->name, rule->query);
    if (rule->exec)
        print_textf(stdout, _("    program: %s\n"), rule->exec);
    if (rule->mail)
        print_textf(stdout, _("    mail to %s\n"), rule->mail);
    if (failure) {
        g_autofree char *sentence = problem_sentence(failure->problem);
        print_textf(stdout, _("    error: %s\n"), sentence);
    }
}

static int
list(struct context *context, const struct options_watch *options, int argc)
{
    int status;
    if (!cli_takes_nothing("watch list", argc - 1) ||
        !cli_choice(COMMAND_WATCH, "format", options->format))
        return STATUS_USAGE;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) failures = session->store ? watch_failures(session->store, &error)
                                                   : g_ptr_array_new();
    if (!failures)
        return cli_fail(error);
    for (guint i = 0; i < context->watches->len; i++) {
        const struct watch_rule *rule = g_ptr_array_index(context->watches, i);
        const struct watch_failure *failure = watch_failures_find(failures, rule->name);
        if (g_strcmp0(options->format, "json") == 0)
            print_json(rule, failure);
        else if (g_strcmp0(options->format, "tsv") == 0)
            print_tsv(rule);
        else
            print_table(rule, failure);
    }
    return STATUS_OK;
}

/* --- run ------------------------------------------------------------------------------------ */

/* What came of the watches so far. */
struct run {
    struct session *session;
    struct watch_since since;
    char *from;   /* of mail */
    bool several; /* each is said whose hits follow */
    guint told, failed, busy;
};

static void
fail(struct run *run, const struct watch_rule *rule, const char *text)
{
    message_error(_("watch %s: %s"), rule->name, text);
    run->failed++;
}

/* For who asks for them: they are told when they are written. */
static bool
print_hits(struct run *run, const struct watch_hits *hits, GError **error)
{
    int terminal = cli_width(), measure = run->session->context->settings->values.read_measure;
    const struct digest_style style = {.form = DIGEST_TEXT,
                                       .body = DIGEST_SUMMARY,
                                       .width = terminal ? MIN(terminal, measure) : measure};
    bool gone;
    g_autofree char *text = digest_print(run->session->store, hits->digest, &style, error);
    if (text)
        print_text(stdout, text);
    return text && fflush(stdout) == 0 && !message_output_fails(&gone);
}

static void
print_count(const struct watch_rule *rule, const struct digest *digest)
{
    guint count = digest->count + digest->changes.more;
    print_textf(stdout, ngettext("watch %s: %u new\n", "watch %s: %u new\n", count), rule->name,
                count);
}

/* Whether it is told to somebody; false, and an error or none, when it has to be told again. */
static bool
tell(struct run *run, const struct watch_rule *rule, const struct watch_hits *hits, GError **error)
{
    AUTO(problem_free) struct problem *problem = NULL;
    if (run->since.look || !(rule->exec || rule->mail)) {
        if (run->several)
            print_textf(stdout, _("watch %s: "), rule->name);
        return print_hits(run, hits, error);
    }
    if (!watcher_tell(run->session, rule, hits, run->from, &problem, error))
        return false;
    if (!problem)
        return true;
    g_autofree char *sentence = problem_sentence(problem);
    fail(run, rule, sentence);
    return false;
}

static void
run_one(struct run *run, const struct watch_rule *rule)
{
    g_autoptr(GError) error = NULL;
    AUTO(watch_hits_clear) struct watch_hits hits = {.lock = -1};
    struct watch_since since = run->since;
    since.of_fetch = since.fetched && !rule->exec && !rule->mail;
    bool fine = watcher_look(run->session, rule, &since, &hits, &error);
    if (!fine && g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED)) {
        message_error(_("watch %s: another crier runs it"), rule->name);
        run->busy++;
        return;
    }
    bool any = fine && hits.digest->count > 0;
    bool runs = fine && run->since.fetched && !run->since.look && watch_runs_empty(rule);
    run->told += any || runs;
    if (any && since.of_fetch)
        print_count(rule, hits.digest);
    else if (any || runs)
        fine = tell(run, rule, &hits, &error);
    if (fine && hits.lock >= 0)
        watcher_told(run->session, rule, &hits, &error);
    if (error)
        fail(run, rule, error->message);
}

static int
status_of(const struct run *run)
{
    return run->failed               ? STATUS_SOME
           : run->busy && !run->told ? STATUS_BUSY
           : run->told               ? STATUS_OK
                                     : STATUS_NOTHING;
}

/* After a fetch began, if there was one; the child of a hook is not to take it for its own. */
static int64_t
time_of_fetch(void)
{
    const char *text = g_getenv(CHILD_FETCHED);
    gint64 time = 0;
    if (text)
        number_parse(text, 0, G_MAXINT64, &time);
    g_unsetenv(CHILD_FETCHED);
    return time;
}

static int
run_watches(struct context *context, const struct options_watch *options, int argc, char **argv)
{
    struct run run = {.since = {.fetched = time_of_fetch(), .look = options->dry_run}};
    g_autofree char *from = digest_own_address(),
                    *name = argc > 2 ? message_decode_argument(argv[2]) : NULL;
    if (argc > 3) {
        message_error(_("'%s' takes one name"), "watch run");
        return STATUS_USAGE;
    }
    int status;
    if (!outside_begin(context))
        return STATUS_INTERNAL;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    if (name && !watch_rules_find(context->watches, name)) {
        message_error(_("there is no watch '%s'"), name);
        return STATUS_USAGE;
    }
    if (!session->store || session->absent)
        return STATUS_NOTHING;
    if (!store_takes_marks(session->store) && !options->dry_run) {
        message_error(_("'%s' cannot be written: a cursor cannot move"),
                      store_path(session->store));
        return STATUS_STORE;
    }
    run.session = session;
    run.from = from;
    run.several = !name && context->watches->len > 1;
    for (guint i = 0; i < context->watches->len; i++) {
        const struct watch_rule *rule = g_ptr_array_index(context->watches, i);
        if (!name || g_str_equal(rule->name, name))
            run_one(&run, rule);
    }
    return status_of(&run);
}

int
cli_watch(struct context *context, int argc, char **argv)
{
    AUTO(options_watch_clear) struct options_watch options = {0};
    int status;
    if (!command_parse(context, COMMAND_WATCH, &options, &argc, &argv, &status))
        return status;
    const char *what = argc > 1 ? argv[1] : "";
    bool adds = g_str_equal(what, "add"), runs = g_str_equal(what, "run");
    if ((!adds && (options.exec || options.mail || options.address)) ||
        (!runs && options.dry_run) || (options.format && !g_str_equal(what, "list"))) {
        message_error(_("'watch %s' does not take all of these options"), what);
        return STATUS_USAGE;
    }
    if (adds)
        return add(context, &options, argc, argv);
    if (runs)
        return run_watches(context, &options, argc, argv);
    if (g_str_equal(what, "list"))
        return list(context, &options, argc);
    if (g_str_equal(what, "remove"))
        return end_watch(context, argc, argv);
    message_error(
        _("'watch' adds, lists, removes or runs: add NAME QUERY, list, remove NAME, run"));
    return STATUS_USAGE;
}
