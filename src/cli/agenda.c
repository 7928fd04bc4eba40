/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier agenda`: what articles set a date for, from today on. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "reader/calendar.h"
#include "reader/heading.h"
#include "store/agenda.h"
#include "text/cells.h"

#include <string.h>

/* --- printed ----------------------------------------------------------------------------- */

static void
print_json(const struct agenda_row *row)
{
    g_autofree char *date = date_iso(&row->date);
    json_t *o = json_object();
    json_object_set_new(o, "article", json_integer(row->article));
    json_object_set_new(o, "role", json_string(agenda_role_word(row->role)));
    json_object_set_new(o, "date", json_string(date));
    json_object_set_new(o, "computed", json_boolean(row->computed));
    json_object_set_new(o, "sentence", cli_string(row->sentence));
    json_object_set_new(o, "title", cli_string(row->title));
    json_object_set_new(o, "link", cli_string(row->link));
    json_object_set_new(o, "source", cli_string(row->source));
    json_object_set_new(o, "language", cli_string(row->language));
    json_object_set_new(o, "withdrawn", cli_time(row->withdrawn));
    cli_print_json(o);
}

static void
print_cut(const char *text, int width)
{
    g_autofree char *cut = width ? cells_ellipsize(text, width, "…") : g_strdup(text);
    print_textf(stdout, "%s\n", cut);
}

/* Under each day its dates: the hour, the role, the article; and why. */
static void
print_table(const GPtrArray *rows, int width)
{
    g_autofree char *day = NULL;
    int role_width = 0;
    for (int role = 1; role < AGENDA_ROLES; role++)
        role_width = MAX(role_width, cells_width(calendar_role((enum agenda_role)role), -1));
    for (guint i = 0; i < rows->len; i++) {
        const struct agenda_row *row = g_ptr_array_index(rows, i);
        struct date whole = row->date;
        whole.precision = DATE_DAY;
        g_autofree char *own = date_iso(&whole), *moment = heading_date(&row->date);
        if (g_strcmp0(own, day))
            print_cut(own, width);
        g_free(g_steal_pointer(&day));
        day = g_steal_pointer(&own);
        const char *role = calendar_role(row->role), *hour = strchr(moment, ' ');
        g_autofree char *line = g_strdup_printf(
            "  %-5s  %s%*s  %" G_GINT64_FORMAT "  %s%s", hour ? hour + 1 : "", role,
            role_width - cells_width(role, -1), "", row->article,
            row->withdrawn ? _("(withdrawn) ") : "", *row->title ? row->title : _("(no title)"));
        g_autofree char *why =
            g_strdup_printf("         %s%s", row->computed ? "≈ " : "", row->sentence);
        print_cut(line, width);
        if (strcmp(row->sentence, row->title))
            print_cut(why, width);
    }
}

static int
print_rows(const struct session *session, const GPtrArray *rows, const char *format)
{
    if (g_str_equal(format, "ics")) {
        g_autofree char *calendar = calendar_write(rows);
        print_raw(calendar);
    } else if (g_str_equal(format, "json")) {
        for (guint i = 0; i < rows->len; i++)
            print_json(g_ptr_array_index(rows, i));
    } else if (rows->len) {
        print_table(rows, cli_width());
    }
    if (!rows->len && g_str_equal(format, "table"))
        cli_say_nothing_matched(session);
    return rows->len ? STATUS_OK : STATUS_NOTHING;
}

/* --- what is asked for ------------------------------------------------------------------- */

static bool
read_bounds(const struct options_agenda *options, int64_t now, struct agenda_request *request)
{
    g_autoptr(GError) error = NULL;
    const char *option = "--from";
    bool fine = query_moment(options->from ? options->from : "0d", now, &request->from, &error);
    if (fine && !options->from)
        request->from = query_today(now);
    request->to = G_MAXINT64;
    if (fine && options->to) {
        option = "--to";
        fine = query_moment_ahead(options->to, now, &request->to, &error);
    }
    if (!fine)
        message_error(_("%s: %s"), option, error->message);
    if (fine && request->to <= request->from) {
        message_error(_("--to=%s ends before --from=%s begins"), options->to,
                      options->from ? options->from : "today");
        fine = false;
    }
    fine = fine && cli_not_negative("limit", options->limit);
    request->limit = options->limit;
    return fine;
}

int
cli_agenda(struct context *context, int argc, char **argv)
{
    AUTO(options_agenda_clear) struct options_agenda options = {0};
    int status;
    if (!command_parse(context, COMMAND_AGENDA, &options, &argc, &argv, &status))
        return status;
    struct agenda_request request = {0};
    int64_t now = clock_now();
    if (!cli_choice(COMMAND_AGENDA, "format", options.format) ||
        !read_bounds(&options, now, &request))
        return STATUS_USAGE;
    g_autofree char *text = argc > 1 ? query_from_arguments(argc, argv) : g_strdup("");
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = query_parse(text, now, &error);
    if (!query)
        return cli_fail(error);
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    const char *format = options.format ? options.format : "table";
    if (!session->store || session->absent) {
        if (g_str_equal(format, "table"))
            cli_has_store(session);
        return STATUS_NOTHING;
    }
    request.query = query;
    g_autoptr(GPtrArray) rows = agenda_rows(session->store, &request, &error);
    return rows ? print_rows(session, rows, format) : cli_fail(error);
}
