/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replaying keys and dumping screens. */
#include "config.h"

#include "ui/script.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define PATIENCE (30 * G_USEC_PER_SEC)

static bool
wait_for(struct app *app, const char *what)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (g_get_monotonic_time() < end) {
        app_poll(app);
        app_draw(app);
        if (g_str_equal(what, "idle") ? app_idle(app) : grid_contains(app->grid, what))
            return true;
        int fds[2];
        int count = app_descriptors(app, fds);
        struct pollfd polls[2];
        for (int i = 0; i < count; i++)
            polls[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        poll(polls, (nfds_t)count, count ? 1000 : 20);
    }
    return false;
}

static bool
run_line(struct app *app, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    const char *rest = words[0] && words[1] ? words[1] : "";
    if (g_str_equal(words[0], "size")) {
        int width = 0, height = 0;
        if (sscanf(rest, "%d %d", &width, &height) != 2 || width < 1 || height < 1 || width > 1000 || height > 1000)
            return false;
        app_resize(app, width, height);
        app_draw(app);
    } else if (g_str_equal(words[0], "keys")) {
        g_auto(GStrv) keys = g_strsplit(rest, " ", -1);
        for (char **key = keys; *key; key++) {
            if (!**key)
                continue;
            app_key(app, *key);
            app_draw(app);
        }
    } else if (g_str_equal(words[0], "type")) {
        for (const char *p = rest; *p; p = g_utf8_next_char(p)) {
            g_autofree char *key = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
            app_key(app, g_str_equal(key, " ") ? "Space" : g_str_equal(key, "\\") ? "Backslash" : key);
        }
        app_draw(app);
    } else if (g_str_equal(words[0], "wait")) {
        return wait_for(app, rest);
    } else if (g_str_equal(words[0], "dump")) {
        app_poll(app);
        app_draw(app);
        grid_dump(app->grid, stdout);
    } else if (g_str_equal(words[0], "styles")) {
        app_draw(app);
        grid_dump_styles(app->grid, stdout);
    } else {
        return false;
    }
    return true;
}

int
script_run(struct session *session, const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error) || !g_utf8_validate(text, -1, NULL)) {
        message_error(_("cannot read '%s': %s"), path, error ? error->message : _("the file is not UTF-8"));
        return STATUS_USAGE;
    }
    AUTO(app_free) struct app *app = app_new(session, 80, 24, &error);
    if (!app) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] && !app->quit; i++) {
        const char *line = g_strchomp(lines[i]);
        if (!*line || *line == '#')
            continue;
        if (!run_line(app, line)) {
            app_draw(app);
            grid_dump(app->grid, stderr);
            message_error(_("%s: line %d: '%s' failed"), path, i + 1, line);
            return STATUS_INTERNAL;
        }
    }
    return STATUS_OK;
}
