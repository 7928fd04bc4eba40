/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier status`. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"

#include <string.h>

static void
print_json(struct store *store, const struct source *s)
{
    json_t *o = cli_source_json(s), *warnings = json_array();
    for (guint i = 0; i < s->warnings->len; i++)
        json_array_append_new(warnings, problem_json(g_ptr_array_index(s->warnings, i)));
    json_object_set_new(o, "charset", cli_string(s->charset));
    json_object_set_new(o, "charset_evidence", cli_string(s->charset_evidence));
    json_object_set_new(o, "per_day", json_real(source_per_day(store, s->id, clock_now())));
    json_object_set_new(o, "warnings", warnings);
    cli_print_json(o);
}

static void
print_table(struct store *store, const struct source *s)
{
    struct date date = {.time = s->last_success, .precision = DATE_MINUTE};
    g_autofree char *success = s->last_success ? date_utc(date.time) : g_strdup(_("never"));
    print_textf(stdout, "%" G_GINT64_FORMAT "  %s%s%s\n", s->id, s->edition_name ? s->edition_name : "", s->edition_name ? ": " : "", s->label);
    print_textf(stdout, _("    last success %s, %.1f articles a day\n"), success, source_per_day(store, s->id, clock_now()));
    g_autofree char *error = s->last_error ? problem_sentence(s->last_error) : NULL;
    if (error)
        print_textf(stdout, _("    error: %s\n"), error);
    if (s->moved_to)
        print_textf(stdout, _("    moved for good to %s\n"), s->moved_to);
    if (s->charset)
        print_textf(stdout, _("    charset %s (%s)\n"), s->charset, s->charset_evidence ? s->charset_evidence : "");
    for (guint i = 0; i < s->warnings->len; i++) {
        g_autofree char *warning = problem_sentence(g_ptr_array_index(s->warnings, i));
        print_textf(stdout, _("    warning: %s\n"), warning);
    }
}

int
cli_status(struct context *context, int argc, char **argv)
{
    g_autofree char *format = NULL;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_("table or json"), N_("FORMAT")},
        {NULL},
    };
    int status;
    if (!command_parse(context, command_info("status"), entries, &argc, &argv, &status))
        return status;
    static const char *const formats[] = {"table", "json", NULL};
    if (!cli_choice("format", format ? format : "table", formats))
        return STATUS_USAGE;
    AUTO(session_close) struct session *session = cli_session(context, &status);
    if (!session)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = session->store ? sources_list(session->store, false, &error) : g_ptr_array_new();
    if (!list)
        return cli_fail(error);
    for (guint i = 0; i < list->len; i++) {
        if (format && g_str_equal(format, "json"))
            print_json(session->store, g_ptr_array_index(list, i));
        else
            print_table(session->store, g_ptr_array_index(list, i));
    }
    return STATUS_OK;
}
