/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier status`. */
#include "config.h"

#include "base/clock.h"
#include "base/detail.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "cli/status.h"
#include "config/watches.h"
#include "fence/fence.h"
#include "reader/condition.h"
#include "reader/trouble.h"
#include "store/failures.h"
#include "text/date.h"

#include <string.h>
#include <unistd.h>

/* To two digits: it is an estimate. */
static double
per_day(struct store *store, const struct source *s)
{
    return (double)(int64_t)(source_per_day(store, s->id, clock_now()) * 100 + 0.5) / 100;
}

static json_t *
fence_json(void)
{
    const struct fence_state *holds = fence_state();
    json_t *o = json_object();
    json_object_set_new(o, "landlock", json_integer(holds->landlock));
    json_object_set_new(o, "network", json_boolean(holds->network));
    json_object_set_new(o, "seccomp", json_boolean(holds->seccomp));
    return o;
}

/* An answer's redirect for good, without what `urls` or the portal may have of secrets. */
static json_t *
public_json(const char *url)
{
    g_autofree char *text = url ? url_public(url) : NULL;
    return cli_string(text);
}

/* What monitors ask for; store: NULL for a line of `urls`. */
static void
add_health(json_t *o, const struct status_row *row)
{
    const struct source *s = row->source;
    int64_t due = MAX(s->next_due, row->health.waits_until);
    json_object_set_new(o, "state", json_string(source_state_word(row->health.state)));
    json_object_set_new(o, "failures", json_integer(s->failures));
    json_object_set_new(o, "failing_since", cli_time(s->failing_since));
    json_object_set_new(o, "last_attempt", cli_time(s->last_attempt));
    json_object_set_new(o, "next_due", cli_time(due));
    json_object_set_new(o, "retry_after", cli_time(row->health.waits_until));
    json_object_set_new(o, "last_new", cli_time(s->last_new));
    json_object_set_new(o, "http_status",
                        s->http_status ? json_integer(s->http_status) : json_null());
    json_object_set_new(o, "error_class",
                        cli_string(s->last_error ? problem_class(s->last_error->code) : NULL));
    json_object_set_new(o, "moved_to", public_json(s->moved_to));
    json_object_set_new(o, "certificate_expires", cli_time(s->certificate_expires));
}

static json_t *
as_json(struct store *store, const struct urls *urls, const struct status_row *row)
{
    const struct source *s = row->source;
    json_t *o = cli_source_json(s, urls), *warnings = json_array();
    for (guint i = 0; i < s->warnings->len; i++)
        json_array_append_new(warnings, problem_json(g_ptr_array_index(s->warnings, i)));
    json_object_set_new(o, "charset", cli_string(s->charset));
    json_object_set_new(o, "charset_evidence", cli_string(s->charset_evidence));
    json_object_set_new(o, "per_day", json_real(store ? per_day(store, s) : 0));
    json_object_set_new(o, "warnings", warnings);
    add_health(o, row);
    json_object_set_new(o, "sandbox", fence_json());
    json_object_set_new(o, "withdrawn", json_integer(row->changes.withdrawn));
    json_object_set_new(o, "revised", json_integer(row->changes.revised));
    return o;
}

/* A line of `urls` that makes no source is told as one that has no number and fails. */
static void
print_problem(const struct urls_problem *problem, bool json)
{
    char *none[] = {NULL};
    g_autofree char *subject = url_public(problem->subject);
    AUTO(problem_free) struct problem *error =
        problem_new(PROBLEM_URLS_LINE, subject, problem->line, NULL);
    g_autoptr(GPtrArray) warnings = problems_new();
    struct source s = {.public_url = subject,
                       .title = subject,
                       .last_error = error,
                       .tags = none,
                       .warnings = warnings};
    if (json) {
        struct status_row row = {.source = &s, .health = {.state = SOURCE_FAILING}};
        json_t *o = as_json(NULL, NULL, &row);
        json_object_set_new(o, "line", json_integer(problem->line));
        cli_print_json(o);
    } else {
        print_textf(stdout, "-  %s\n", *subject ? subject : "urls");
        g_autofree char *text = url_public(problem->text);
        print_textf(stdout, _("    error: %s\n"), text);
    }
}

/*
 * The last days as columns; empty without room, in charsets that have none, and where nobody sees
 * them.
 */
static char *
sparkline(struct store *store, const struct source *s)
{
    enum { LINE = 50 + HEALTH_DAYS }; /* what stands before it, with it */
    guint days[HEALTH_DAYS];
    int width = cli_width();
    if (!isatty(STDOUT_FILENO) || (width && width < LINE) || !g_get_charset(NULL))
        return g_strdup("");
    condition_days(store, s->id, clock_now(), days);
    return condition_sparkline(days);
}

static char *
when(int64_t time)
{
    return time ? date_utc(time) : g_strdup(_("never"));
}

/* Why it is not as it should be, and what comes next. */
static void
print_health(const struct status_row *row, int64_t now)
{
    const struct source *s = row->source;
    int64_t due = MAX(s->next_due, row->health.waits_until);
    g_autofree char *since = when(s->failing_since), *next = when(due),
                    *waits = when(row->health.waits_until);
    if (s->failures)
        print_textf(stdout, _("    failing since %s; next fetch %s\n"), since, next);
    if (row->health.waits_until)
        print_textf(stdout, _("    no fetch before %s, as its host asks (Retry-After)\n"), waits);
    if (status_is_expiring(s, now)) {
        g_autofree char *expires = when(s->certificate_expires);
        print_textf(stdout, _("    warning: the certificate of its server expires %s\n"), expires);
    }
    if (row->health.state == SOURCE_STALE) {
        g_autofree char *gap = message_decimal((double)row->health.usual_gap / 86400);
        print_textf(stdout, _("    nothing new for %d days, usually %s days apart\n"),
                    (int)((now - row->health.last_sign) / 86400), gap);
    }
}

/* That the source itself works, where what failed is a part of it. */
static char *
advise(const struct source *source, const struct problem *warning, gpointer store)
{
    return g_strdup(trouble_advice(store, source, warning));
}

static void
print_table(struct store *store, const struct status_row *row)
{
    const struct source *s = row->source;
    g_autofree char *success = when(s->last_success), *days = sparkline(store, s);
    const char *state = condition_text(row->health.state);
    g_autofree char *name = source_full_name(s);
    print_textf(stdout, "%" G_GINT64_FORMAT "  %s%s%s%s\n", s->id, name, state ? " [" : "",
                state ? state : "", state ? "]" : "");
    g_autofree char *a_day = message_decimal(source_per_day(store, s->id, clock_now())),
                    *line = s->last_success
                                ? g_strdup_printf(_("    last success %s, %s articles a day\n"),
                                                  success, a_day)
                                : g_strdup_printf(_("    last success %s\n"), success);
    print_textf(stdout, "%s%s%s\n", g_strchomp(line), *days ? "  " : "", days);
    if (row->changes.withdrawn || row->changes.revised)
        print_textf(stdout, _("    articles withdrawn: %d, changed: %d\n"),
                    (int)row->changes.withdrawn, (int)row->changes.revised);
    print_health(row, clock_now());
    g_autofree char *error = s->last_error ? problem_sentence(s->last_error) : NULL;
    if (error)
        print_textf(stdout, _("    error: %s\n"), error);
    if (s->moved_to) {
        g_autofree char *moved = url_shown(s->moved_to);
        print_textf(stdout, _("    moved for good to %s\n"), moved);
    }
    g_autofree char *charset = s->charset ? detail_charset(s->charset, s->charset_evidence) : NULL;
    if (charset)
        print_textf(stdout, _("    charset %s\n"), charset);
    g_autoptr(GPtrArray) troubles = troubles_of(s, advise, store);
    for (guint i = 0; i < troubles->len; i++) {
        const struct trouble *trouble = g_ptr_array_index(troubles, i);
        print_textf(stdout, _("    warning: %s\n"), trouble->words);
        if (trouble->advice)
            print_textf(stdout, "        %s\n", trouble->advice);
    }
}

/* As fence_state_text(), in the language of who reads. */
static char *
fence_words(const struct fence_state *holds)
{
    g_autofree char *landlock =
        !holds->landlock
            ? g_strdup(_("no landlock"))
            : g_strdup_printf(holds->network ? _("landlock %d with network") : "landlock %d",
                              holds->landlock);
    return g_strconcat(landlock, _(", "), holds->seccomp ? "seccomp" : _("no seccomp"), NULL);
}

/* What keeps this process in. */
static void
print_fence(void)
{
    const struct fence_state *holds = fence_state();
    g_autofree char *text = fence_words(holds);
    if (holds->landlock && holds->seccomp)
        print_textf(stdout, _("fence: %s\n"), text);
    else
        print_textf(stdout, _("fence: %s: this kernel or this build has no more\n"), text);
}

/* --- watches -------------------------------------------------------------------------------- */

/* One that could not tell its hits, of those that there are. */
static void
print_watch(const struct watch_failure *failure, bool json)
{
    g_autofree char *since = when(failure->since), *sentence = problem_sentence(failure->problem);
    if (!json) {
        print_textf(stdout, _("watch %s\n"), failure->name);
        print_textf(stdout,
                    ngettext("    failing since %s, %d time\n", "    failing since %s, %d times\n",
                             failure->failures),
                    since, failure->failures);
        print_textf(stdout, _("    error: %s\n"), sentence);
        return;
    }
    json_t *o = json_object();
    json_object_set_new(o, "watch", json_string(failure->name));
    json_object_set_new(o, "state", json_string("failing"));
    json_object_set_new(o, "failures", json_integer(failure->failures));
    json_object_set_new(o, "failing_since", cli_time(failure->since));
    json_object_set_new(o, "last_attempt", cli_time(failure->last));
    json_object_set_new(o, "last_error", problem_json(failure->problem));
    cli_print_json(o);
}

/* Those of watches that there still are; owned struct watch_failure *. */
static GPtrArray *
failing_watches(struct session *session, GError **error)
{
    GPtrArray *all = session->store ? watch_failures(session->store, error) : g_ptr_array_new();
    for (guint i = 0; all && i < all->len;) {
        const struct watch_failure *failure = g_ptr_array_index(all, i);
        if (watch_rules_find(session->context->watches, failure->name))
            i++;
        else
            g_ptr_array_remove_index(all, i);
    }
    return all;
}

/* How each source is doing; owned struct status_row *, which borrow from the list. */
static GPtrArray *
read_rows(struct session *session, const GPtrArray *list, GError **error)
{
    int64_t now = clock_now();
    g_autoptr(GHashTable) hosts = session->store ? sources_waiting_hosts(session->store, now, error)
                                                 : NULL;
    if (session->store && !hosts)
        return NULL;
    g_autoptr(GHashTable) changes = session->store ? sources_changes(session->store, error) : NULL;
    if (session->store && !changes)
        return NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < list->len; i++) {
        struct status_row *row = g_new0(struct status_row, 1);
        row->source = g_ptr_array_index(list, i);
        row->health = source_health(session->store, row->source,
                                    urls_find(session->urls, row->source->url), hosts, now);
        const struct source_changes *of = changes ? g_hash_table_lookup(changes, &row->source->id)
                                                  : NULL;
        if (of)
            row->changes = *of;
        g_ptr_array_add(rows, row);
    }
    return rows;
}

/* Whether a state is one of those that are asked for; without options all that are no good one. */
static bool
is_wanted(const struct options_status *options, enum source_state state)
{
    bool any = !options->failing && !options->stale;
    return ((any || options->failing) && source_state_fails(state)) ||
           ((any || options->stale) && source_state_is_silent(state));
}

/*
 * lines: of `urls` that cannot be used, and watches that fail, each of which counts as a source
 * that fails.
 */
static int
exit_status(const struct options_status *options, const GPtrArray *rows, guint lines)
{
    guint bad = is_wanted(options, SOURCE_FAILING) ? lines : 0;
    for (guint i = 0; i < rows->len; i++)
        bad += is_wanted(options,
                         ((const struct status_row *)g_ptr_array_index(rows, i))->health.state);
    return !bad ? STATUS_OK : bad == rows->len + lines ? STATUS_ALL : STATUS_SOME;
}

static void
print_rows(struct session *session, const struct options_status *options, const GPtrArray *rows,
           const GPtrArray *watches, bool all)
{
    bool json = g_strcmp0(options->format, "json") == 0;
    bool filtered = options->failing || options->stale;
    for (guint i = 0; i < rows->len; i++) {
        const struct status_row *row = g_ptr_array_index(rows, i);
        if (filtered && !is_wanted(options, row->health.state))
            continue;
        if (json)
            cli_print_json(as_json(session->store, session->urls, row));
        else
            print_table(session->store, row);
    }
    for (guint i = 0; all && (!filtered || options->failing) && i < session->urls->problems->len;
         i++)
        print_problem(g_ptr_array_index(session->urls->problems, i), json);
    for (guint i = 0; (!filtered || options->failing) && i < watches->len; i++)
        print_watch(g_ptr_array_index(watches, i), json);
    if (all && !json && !cli_is_subscribed(session))
        cli_say_unsubscribed();
    if (all && !json && !filtered)
        print_fence();
}

/* Tells how the sources are doing.  all: none of them was named. */
static int
tell(struct session *session, const struct options_status *options, GPtrArray *list, bool all,
     GError **error)
{
    sources_tell_missing(list, session->urls);
    g_autoptr(GPtrArray) rows = read_rows(session, list, error);
    if (!rows)
        return session_status(*error);
    g_autoptr(GPtrArray) watches = all ? failing_watches(session, error) : g_ptr_array_new();
    if (!watches)
        return session_status(*error);
    guint lines = all ? session->urls->problems->len : 0;
    if (!g_strcmp0(options->format, "nagios"))
        return rows->len + lines ? (int)status_print_nagios(rows, lines, clock_now())
                                 : (int)status_print_unknown("nothing is subscribed to");
    if (!g_strcmp0(options->format, "prometheus"))
        status_print_prometheus(rows, lines, session->store, clock_now());
    else
        print_rows(session, options, rows, watches, all);
    return options->exit ? exit_status(options, rows, lines + watches->len) : STATUS_OK;
}

/* The sources that are named, or all. */
static GPtrArray *
find_sources(struct session *session, int argc, char **argv, GError **error)
{
    g_auto(GStrv) names = g_new0(char *, argc);
    for (int i = 1; i < argc; i++)
        names[i - 1] = message_decode_argument(argv[i]);
    return argc > 1         ? sources_named(session->store, names, error)
           : session->store ? sources_list(session->store, false, error)
                            : g_ptr_array_new();
}

int
cli_status(struct context *context, int argc, char **argv)
{
    AUTO(options_status_clear) struct options_status options = {0};
    int status;
    if (!command_parse(context, COMMAND_STATUS, &options, &argc, &argv, &status))
        return status;
    if (!cli_choice(COMMAND_STATUS, "format", options.format))
        return STATUS_USAGE;
    bool nagios = !g_strcmp0(options.format, "nagios");
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return nagios ? (int)status_print_unknown("the store cannot be read") : status;
    g_autoptr(GError) error = NULL;
    if (!session->store && argc > 1) {
        message_error(_("nothing is subscribed to"));
        return nagios ? (int)status_print_unknown("nothing is subscribed to") : STATUS_USAGE;
    }
    g_autoptr(GPtrArray) list = find_sources(session, argc, argv, &error);
    status = list ? tell(session, &options, list, argc < 2, &error) : session_status(error);
    if (error)
        message_error("%s", error->message);
    return error && nagios ? (int)status_print_unknown("the sources cannot be read") : status;
}
