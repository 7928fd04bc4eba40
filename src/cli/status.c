/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier status`. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "fence/fence.h"

#include <string.h>

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

static json_t *
as_json(struct store *store, const struct source *s)
{
    json_t *o = cli_source_json(s), *warnings = json_array();
    for (guint i = 0; i < s->warnings->len; i++)
        json_array_append_new(warnings, problem_json(g_ptr_array_index(s->warnings, i)));
    json_object_set_new(o, "charset", cli_string(s->charset));
    json_object_set_new(o, "charset_evidence", cli_string(s->charset_evidence));
    json_object_set_new(o, "per_day", json_real(store ? per_day(store, s) : 0));
    json_object_set_new(o, "warnings", warnings);
    json_object_set_new(o, "sandbox", fence_json());
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
        json_t *o = as_json(NULL, &s);
        json_object_set_new(o, "line", json_integer(problem->line));
        cli_print_json(o);
    } else {
        print_textf(stdout, "-  %s\n", *subject ? subject : "urls");
        g_autofree char *text = url_public(problem->text);
        print_textf(stdout, _("    error: %s\n"), text);
    }
}

static void
print_table(struct store *store, const struct source *s)
{
    struct date date = {.time = s->last_success, .precision = DATE_MINUTE};
    g_autofree char *success = s->last_success ? date_utc(date.time) : g_strdup(_("never"));
    print_textf(stdout, "%" G_GINT64_FORMAT "  %s%s%s\n", s->id,
                s->edition_name ? s->edition_name : "", s->edition_name ? ": " : "", s->label);
    print_textf(stdout, _("    last success %s, %.1f articles a day\n"), success,
                source_per_day(store, s->id, clock_now()));
    g_autofree char *error = s->last_error ? problem_sentence(s->last_error) : NULL;
    if (error)
        print_textf(stdout, _("    error: %s\n"), error);
    if (s->moved_to) {
        g_autofree char *moved = url_shown(s->moved_to);
        print_textf(stdout, _("    moved for good to %s\n"), moved);
    }
    if (s->charset)
        print_textf(stdout, _("    charset %s (%s)\n"), s->charset,
                    s->charset_evidence ? s->charset_evidence : "");
    for (guint i = 0; i < s->warnings->len; i++) {
        g_autofree char *warning = problem_sentence(g_ptr_array_index(s->warnings, i));
        print_textf(stdout, _("    warning: %s\n"), warning);
    }
}

/* What keeps this process in. */
static void
print_fence(void)
{
    const struct fence_state *holds = fence_state();
    g_autofree char *text = fence_state_text(holds);
    if (holds->landlock && holds->seccomp)
        print_textf(stdout, _("fence: %s\n"), text);
    else
        print_textf(stdout, _("fence: %s: this kernel or this build has no more\n"), text);
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
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = g_new0(char *, argc);
    for (int i = 1; i < argc; i++)
        names[i - 1] = message_decode_argument(argv[i]);
    if (!session->store && argc > 1) {
        message_error(_("nothing is subscribed to"));
        return STATUS_USAGE;
    }
    g_autoptr(GPtrArray) list = argc > 1         ? sources_named(session->store, names, &error)
                                : session->store ? sources_list(session->store, false, &error)
                                                 : g_ptr_array_new();
    if (!list)
        return cli_fail(error);
    bool json = g_strcmp0(options.format, "json") == 0;
    for (guint i = 0; i < list->len; i++) {
        if (json)
            cli_print_json(as_json(session->store, g_ptr_array_index(list, i)));
        else
            print_table(session->store, g_ptr_array_index(list, i));
    }
    for (guint i = 0; argc < 2 && i < session->urls->problems->len; i++)
        print_problem(g_ptr_array_index(session->urls->problems, i), json);
    if (argc < 2 && !json)
        print_fence();
    return STATUS_OK;
}
