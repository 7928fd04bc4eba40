/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event loop: the terminal, the children, the store; one thread. */
#include "config.h"

#include "ui/ui.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "ui/app.h"
#include "ui/script.h"
#include "ui/term.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define MARK_TIMEOUT 20 /* ms that a mark waits for a fetch before it is queued */

static char *script_file;
static volatile sig_atomic_t asked_to_end;

const GOptionEntry ui_options[] = {
    {"script", 0, 0, G_OPTION_ARG_FILENAME, &script_file, N_("replay keys and print screens, without a terminal"), N_("FILE")},
    {NULL},
};

static void
on_end(int number)
{
    asked_to_end = number;
}

static void
loop(struct app *app)
{
    app_draw(app);
    term_paint(app->grid, false);
    while (!app->quit && !asked_to_end) {
        struct pollfd polls[3] = {{.fd = STDIN_FILENO, .events = POLLIN}};
        int fds[2];
        int count = app_descriptors(app, fds);
        for (int i = 0; i < count; i++)
            polls[i + 1] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        bool marks = app->session->pending->len > 0;
        poll(polls, (nfds_t)(count + 1), marks ? 50 : 1000);
        if (polls[0].revents & (POLLHUP | POLLERR))
            asked_to_end = SIGHUP;
        char key[16];
        while (!app->quit && term_key(key)) {
            if (g_str_equal(key, "Resize")) {
                int width, height;
                term_size(&width, &height);
                app_resize(app, width, height);
            } else {
                app_key(app, key);
            }
        }
        app_poll(app);
        app_draw(app);
        bool all = app->repaint;
        app->repaint = false;
        term_paint(app->grid, all);
    }
}

/* Marks that wait for a running fetch are written before crier ends. */
static void
flush_marks(struct session *session)
{
    for (int i = 0; i < 100 && session->store && session->pending->len; i++) {
        g_autoptr(GError) error = NULL;
        if (session_flush(session, &error) || !g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY)) {
            if (error)
                message_error("%s", error->message);
            return;
        }
        g_usleep(50000);
    }
    if (session->pending->len)
        message_error(_("%u marks could not be written: the store is in use"), session->pending->len);
}

static int
run_terminal(struct session *session)
{
    const struct settings *settings = session->context->settings;
    const char *no_color = g_getenv("NO_COLOR");
    bool color = g_str_equal(settings_string(settings, SETTING_UI_COLOR, NULL, NULL), "auto") && !(no_color && *no_color);
    g_autoptr(GError) error = NULL;
    if (!term_start(color, &error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    int width, height;
    term_size(&width, &height);
    AUTO(app_free) struct app *app = app_new(session, width, height, &error);
    if (!app) {
        term_stop();
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    if (!term_can_show("│●★Δ✗…·"))
        app->ascii = true;
    signal(SIGTERM, on_end);
    signal(SIGHUP, on_end);
    signal(SIGINT, SIG_IGN);
    app_reload(app);
    loop(app);
    term_stop();
    flush_marks(session);
    return asked_to_end ? 128 + asked_to_end : STATUS_OK;
}

int
ui_main(struct context *context, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    g_autoptr(GError) error = NULL;
    AUTO(session_close) struct session *session = session_open(context, false, MARK_TIMEOUT, &error);
    if (!session) {
        message_error("%s", error->message);
        return error->domain == STORE_ERROR ? STATUS_STORE : STATUS_USAGE;
    }
    if (script_file) {
        int status = script_run(session, script_file);
        flush_marks(session);
        return status;
    }
    return run_terminal(session);
}
