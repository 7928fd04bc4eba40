/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linear mode: what a view says after each line. */
#include "config.h"

#include "ui/linear.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "ui/end-signal.h"
#include "ui/jobs.h"
#include "ui/reader.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_LINE  8192
#define MAX_COUNT 1000000
#define ROWS      20 /* of a list that are said at once */

static void
say(const char *text)
{
    print_textf(stdout, "%s", text);
}

/* What is on now: title and content, unless that was what was said last. */
static void
say_view(struct app *app, char **said)
{
    struct view *view = app_top(app);
    GString *text = g_string_new(NULL);
    app_refresh(app, view);
    struct view_info info = {0};
    view->ops->describe(view, app, &info);
    const char *position = info.position ? info.position : "";
    view->ops->to_text(view, app, text);
    if (g_strcmp0(text->str, *said))
        print_textf(stdout, "\n%s%s%s%s\n%s", info.title, *position ? " (" : "", position,
                    *position ? ")" : "", text->str);
    view_info_clear(&info);
    g_free(*said);
    *said = g_string_free(text, FALSE);
}

static void
say_message(struct app *app)
{
    if (app->message)
        print_textf(stdout, app->message_is_error ? _("error: %s\n") : "%s\n", app->message);
    g_clear_pointer(&app->message, g_free);
}

static void
say_prompt(const struct app *app)
{
    say(app->prompt.active ? app->prompt.request.label : "> ");
    fflush(stdout);
}

/* Until nothing runs that was started by the last line; its progress is said by its end alone. */
static void
wait_for_children(struct app *app)
{
    while (!jobs_idle(app) && !end_signal) {
        struct pollfd polls[JOB_COUNT];
        int fds[JOB_COUNT];
        int count = jobs_descriptors(app, fds);
        for (int i = 0; i < count; i++)
            polls[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        if (count)
            poll(polls, (nfds_t)count, 100);
        jobs_poll(app, false);
        if (!count) /* marks that meet another program wait with the next line */
            return;
    }
}

/* A line to a choice narrows it down, or names a row; an empty one takes the first. */
static void
choose(struct app *app, const char *line)
{
    struct view *view = app_top(app);
    gint64 number;
    const char *end;
    if (g_str_equal(line, "q") || g_str_equal(line, actions_table[ACTION_LEAVE].name)) {
        reader_act(app, ACTION_LEAVE, 0);
    } else if (number_prefix(line, MAX_COUNT, &number, &end) && !*end && number) {
        reader_act(app, ACTION_PREVIOUS_CHOICE, MAX_COUNT);
        if (number > 1)
            reader_act(app, ACTION_NEXT_CHOICE, (int)number - 1);
        reader_act(app, ACTION_CHOOSE, 0);
    } else {
        view->ops->type(view, app, "^U");
        for (const char *p = line; *p; p = g_utf8_next_char(p)) {
            g_autofree char *key = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
            view->ops->type(view, app, g_str_equal(key, " ") ? "Space" : key);
        }
        if (!*line || strchr(line, '.')) /* an address is taken at once */
            reader_act(app, ACTION_CHOOSE, 0);
    }
}

static void
take_line(struct app *app, char *line)
{
    g_strstrip(line);
    if (app->prompt.active) {
        prompt_answer(&app->prompt, line);
        return;
    }
    if (app_top(app)->ops->context == CONTEXT_CHOICE) {
        choose(app, line);
        return;
    }
    bool more;
    g_autofree char *key = g_strdup(!*line                    ? "Space"
                                    : g_str_equal(line, "\\") ? "Backslash"
                                                              : line);
    gint64 number;
    const char *end;
    if (number_prefix(line, MAX_COUNT, &number, &end) && !*end)
        reader_act(app, ACTION_OPEN, (int)number);
    else if (keymap_action(app->keymap, app_top(app)->ops->context, key, &more) != ACTION_NONE)
        reader_key(app, key);
    else
        reader_run_command(app, line);
}

int
linear_run(struct session *session)
{
    g_autoptr(GError) error = NULL;
    AUTO(app_free) struct app *app = reader_new(session, 80, ROWS + 3, &error);
    if (!app) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    app->layout = 1;
    char line[MAX_LINE];
    g_autofree char *said = NULL;
    say_view(app, &said);
    say_message(app);
    say_prompt(app);
    bool gone;
    while (!app->quit && !end_signal && !message_output_fails(&gone) &&
           fgets(line, sizeof line, stdin)) {
        g_autofree char *text = message_decode_argument(line);
        take_line(app, text);
        if (app->quit)
            break;
        wait_for_children(app);
        if (!app->prompt.active)
            say_view(app, &said);
        say_message(app);
        say_prompt(app);
    }
    say("\n");
    return STATUS_OK;
}
