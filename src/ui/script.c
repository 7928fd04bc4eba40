/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replaying keys and dumping screens. */
#include "config.h"

#include "ui/script.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "ui/end-signal.h"
#include "ui/fetching.h"
#include "ui/jobs.h"
#include "ui/monkey.h"
#include "ui/mouse.h"
#include "ui/paste.h"
#include "ui/programs.h"
#include "ui/reader.h"
#include "ui/theme.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE (30 * G_USEC_PER_SEC)

static bool
wait_for(struct app *app, const char *what)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (g_get_monotonic_time() < end && !end_signal) {
        jobs_poll(app, false);
        reader_draw(app);
        if (g_str_equal(what, "idle") ? jobs_idle(app) : grid_contains(app->grid, what))
            return true;
        int fds[JOBS_DESCRIPTORS];
        int count = jobs_descriptors(app, fds);
        struct pollfd polls[JOBS_DESCRIPTORS];
        for (int i = 0; i < count; i++)
            polls[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        poll(polls, (nfds_t)count, count ? 100 : 20);
    }
    return false;
}

#define MAX_SIZE 1000 /* cells */

/* Two numbers with a blank between them; false when there is anything else. */
static bool
two_numbers(const char *text, gint64 max, int *first, int *second)
{
    gint64 one, two;
    const char *end;
    if (!number_prefix(text, max, &one, &end) || *end != ' ' ||
        !number_parse(end + 1, 0, max, &two))
        return false;
    *first = (int)one;
    *second = (int)two;
    return true;
}

static bool
set_size(struct app *app, const char *rest)
{
    int width, height;
    if (!two_numbers(rest, MAX_SIZE, &width, &height) || width < 1 || height < 1)
        return false;
    app_resize(app, width, height);
    reader_draw(app);
    return true;
}

static bool
press_keys(struct app *app, const char *rest)
{
    g_auto(GStrv) keys = g_strsplit(rest, " ", -1);
    for (char **key = keys; *key; key++) {
        if (!**key)
            continue;
        reader_key(app, *key);
        programs_run_foreground(app);
        reader_draw(app);
    }
    return true;
}

static bool
type_text(struct app *app, const char *rest)
{
    for (const char *p = rest; *p; p = g_utf8_next_char(p)) {
        g_autofree char *key = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
        reader_key(app, g_str_equal(key, " ")    ? "Space"
                        : g_str_equal(key, "\\") ? "Backslash"
                                                 : key);
    }
    reader_draw(app);
    return true;
}

/* \n: a line's end. */
static bool
paste_text(struct app *app, const char *rest)
{
    g_autofree char *text = g_strcompress(rest);
    paste_take(app, text);
    reader_draw(app);
    return true;
}

static bool
click(struct app *app, const char *rest)
{
    int x, y;
    if (!two_numbers(rest, MAX_SIZE, &x, &y))
        return false;
    mouse_event(app, MOUSE_CLICK, x, y);
    reader_draw(app);
    return true;
}

static bool
double_click(struct app *app, const char *rest)
{
    app->clicked_at = 0;
    return click(app, rest) && click(app, rest);
}

static bool
turn_wheel(struct app *app, const char *rest)
{
    int x, y;
    bool up = g_str_has_prefix(rest, "up "), down = g_str_has_prefix(rest, "down ");
    if ((!up && !down) || !two_numbers(strchr(rest, ' ') + 1, MAX_SIZE, &x, &y))
        return false;
    mouse_event(app, up ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, x, y);
    reader_draw(app);
    return true;
}

static bool
let_monkey(struct app *app, const char *rest)
{
    int seed, count;
    return two_numbers(rest, G_MAXINT, &seed, &count) && monkey_run(app, (unsigned)seed, count);
}

static bool
dump(struct app *app, const char *rest)
{
    (void)rest;
    jobs_poll(app, false);
    reader_draw(app);
    while (reader_idle_due(app) != G_MAXINT64)
        reader_idle(app, NULL, NULL);
    reader_draw(app);
    grid_dump(app->grid, stdout);
    return true;
}

/* How the styles that the screen has look on a terminal of so many colours. */
static bool
dump_looks(struct app *app, const char *rest)
{
    const char *name = app->session->context->settings->values.ui_theme;
    g_autoptr(GError) error = NULL;
    struct theme theme;
    if (!theme_load(&theme, app->session->context->config_dir, name, &error)) {
        message_error("%s", error->message);
        return false;
    }
    gint64 colors;
    if (!number_parse(rest, 0, G_MAXINT, &colors))
        return false;
    bool used[STYLE_COUNT] = {false};
    for (int i = 0; i < app->grid->width * app->grid->height; i++)
        used[app->grid->cells[i].style] = true;
    printf("%s, %s\n", name, rest);
    for (int i = 0; i < STYLE_COUNT; i++) {
        struct look look = theme_look(&theme, (enum style)i, (int)colors);
        g_autofree char *text = theme_describe(&look);
        if (used[i])
            printf("%c %s: %s\n", grid_style_letter((enum style)i), theme_style_name((enum style)i),
                   text);
    }
    return true;
}

static bool
dump_styles(struct app *app, const char *rest)
{
    (void)rest;
    reader_draw(app);
    grid_dump_styles(app->grid, stdout);
    return true;
}

/* What the event loop does when the first source is due. */
static bool
fetch_due(struct app *app, const char *rest)
{
    (void)rest;
    fetching_due(app);
    reader_draw(app);
    return true;
}

static const struct {
    const char *word;
    bool (*run)(struct app *app, const char *rest);
} commands[] = {
    {"due", fetch_due},       {"size", set_size},    {"keys", press_keys},
    {"type", type_text},      {"wait", wait_for},    {"click", click},
    {"double", double_click}, {"wheel", turn_wheel}, {"paste", paste_text},
    {"monkey", let_monkey},   {"dump", dump},        {"styles", dump_styles},
    {"looks", dump_looks},
};

static bool
run_line(struct app *app, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    const char *rest = words[0] && words[1] ? words[1] : "";
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_equal(words[0], commands[i].word))
            return commands[i].run(app, rest);
    return false;
}

int
script_run(struct session *session, const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!file_get_text(path, &text, NULL, &error) || !g_utf8_validate(text, -1, NULL)) {
        message_error(_("cannot read '%s': %s"), path,
                      error ? error->message : _("the file is not UTF-8"));
        return STATUS_USAGE;
    }
    AUTO(app_free) struct app *app = reader_new(session, 80, 24, false, &error);
    if (!app) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool gone;
    for (int i = 0; lines[i] && !app->quit && !end_signal && !message_output_fails(&gone); i++) {
        const char *line = g_strchomp(lines[i]);
        if (!*line || *line == '#')
            continue;
        if (!run_line(app, line) && !end_signal) {
            reader_draw(app);
            grid_dump(app->grid, stderr);
            message_error(_("%s:%d: '%s' failed"), path, i + 1, line);
            return STATUS_INTERNAL;
        }
    }
    return STATUS_OK;
}
