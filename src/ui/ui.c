/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event loop: the terminal, the children, the store; one thread. */
#include "config.h"

#include "ui/ui.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "config/enclose.h"
#include "reader/outside.h"
#include "store/watch.h"
#include "ui/end-signal.h"
#include "ui/fetching.h"
#include "ui/jobs.h"
#include "ui/keep.h"
#include "ui/linear.h"
#include "ui/mouse.h"
#include "ui/paste.h"
#include "ui/osc52.h"
#include "ui/programs.h"
#include "ui/reader.h"
#include "ui/script.h"
#include "ui/term.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define MARK_TIMEOUT  2 /* ms that a mark waits for a fetch before it is queued */
#define QUIT_PATIENCE (10 * G_USEC_PER_SEC) /* that queued marks are tried at the end */
#define LEAST_WIDTH   12 /* cells, with which the screen begins; it may shrink afterwards */
#define LEAST_HEIGHT  3
#define TELL_AFTER    (G_USEC_PER_SEC / 2)

struct options_reader ui_options;
static volatile sig_atomic_t given_up;

/* What ends the wait of the loop, and is held back while it works. */
static const int wake[] = {SIGTERM, SIGHUP, SIGWINCH, SIGCONT};

static void
on_end(int number)
{
    end_signal = number;
}

/* NO_COLOR (no-color.org) and ui.color take colours away, whatever the theme. */
static int
wanted_colors(const struct settings *settings)
{
    const char *no_color = g_getenv("NO_COLOR");
    bool never = settings->values.ui_color == UI_COLOR_NEVER;
    return never || (no_color && *no_color) ? 0 : term_colors();
}

/*
 * How pictures are shown: as pixels where the terminal has answered that it can, the settings do
 * not say cells, and colours are wanted at all.
 */
static void
apply_graphics(struct app *app)
{
    bool cells = app->session->context->settings->values.ui_pictures == UI_PICTURES_CELLS;
    app->graphics = cells || !app->colors ? (struct graphics_way){0} : term_graphics();
    term_set_graphics(&app->graphics);
}

/* Asks when there are pictures first, and something is seen already. */
static void
ask_graphics(struct app *app)
{
    bool cells = app->session->context->settings->values.ui_pictures == UI_PICTURES_CELLS;
    if (app->due & APP_ASK && !cells && app->colors && osc52_way() == OSC52_DIRECT)
        term_ask_graphics();
    app->due &= ~(unsigned)APP_ASK;
}

/* The last theme that could be read. */
struct current_theme {
    bool is_set;
    struct theme theme;
    const char *name; /* interned: the one that was wanted last, of which all has been said */
};

/*
 * Applies the settings that say how the screen looks.  A theme that cannot be read leaves the
 * current one.
 */
static void
apply_theme(struct app *app, struct current_theme *current)
{
    const struct settings *settings = app->session->context->settings;
    const char *name = settings->values.ui_theme;
    g_autoptr(GError) error = NULL;
    struct theme wanted;
    bool read = theme_load(&wanted, app->session->context->config_dir, name, &error);
    bool is_new = g_strcmp0(name, current->name) != 0;
    if (read || !current->is_set) {
        current->is_set = true;
        current->theme = wanted;
    }
    if (!read && is_new)
        app_show_error(app, "%s", error->message);
    current->name = g_intern_string(name);
    app->colors = wanted_colors(settings);
    app->light = theme_is_light(&current->theme);
    apply_graphics(app);
    term_set_theme(&current->theme, app->colors);
    term_set_mouse(settings->values.ui_mouse);
    term_set_ambiguous(settings->values.ui_ambiguous == UI_AMBIGUOUS_WIDE);
    app->ascii_terminal = !term_can_show("│┃●★Δ✗…·▸");
    app->ascii = app->ascii_terminal || settings->values.ui_ascii;
    app->due = (app->due & ~(unsigned)APP_THEME) | APP_REPAINT;
}

static void
take_event(struct app *app, const struct term_event *event)
{
    int width, height;
    switch (event->kind) {
    case TERM_KEY:
        reader_key(app, event->key);
        break;
    case TERM_PASTE:
        paste_take(app, event->pasted);
        break;
    case TERM_RESIZE:
        term_size(&width, &height);
        app_resize(app, width, height);
        apply_graphics(app);
        break;
    case TERM_ANSWER:
        apply_graphics(app);
        break;
    case TERM_CLICK:
        mouse_event(app, MOUSE_CLICK, event->x, event->y);
        break;
    case TERM_WHEEL_UP:
    case TERM_WHEEL_DOWN:
        mouse_event(app, event->kind == TERM_WHEEL_UP ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, event->x,
                    event->y);
        break;
    }
}

static void
paint(struct app *app)
{
    term_paint(app->grid, app->due & APP_REPAINT);
    app->due &= ~(unsigned)APP_REPAINT;
    ask_graphics(app);
    if (!app->clipboard)
        return;
    g_autofree char *sequence = osc52_sequence(app->clipboard, osc52_way());
    term_write(sequence);
    g_clear_pointer(&app->clipboard, g_free);
}

/* Lets the program run that waits for the terminal. */
static void
run_foreground(struct app *app)
{
    if (!app->foreground->len)
        return;
    term_lend();
    while (programs_run_foreground(app))
        ;
    term_take_back();
    apply_graphics(app); /* it may have answered meanwhile */
    app->due |= APP_REPAINT;
}

/* The shorter of two waits in milliseconds, of which each may have no end (-1). */
static int
sooner(int one, int other)
{
    return one < 0 || other < 0 ? MAX(one, other) : MIN(one, other);
}

/* The milliseconds after which views have something to do; -1: never. */
static int
idle_timeout(const struct app *app)
{
    int64_t due = reader_idle_due(app), now = g_get_monotonic_time();
    return due == G_MAXINT64 ? -1 : (int)CLAMP((due - now + 999) / 1000, 0, G_MAXINT);
}

/* Whether there is something else to do; data: the signals that the loop does not block. */
static bool
is_wanted(gpointer data)
{
    struct pollfd terminal = {.fd = STDIN_FILENO, .events = POLLIN};
    struct timespec now = {0};
    return ppoll(&terminal, 1, &now, data) != 0;
}

/*
 * Waits for the terminal, the children, the store, or a signal: those that the loop blocks come
 * here only, so that none is missed between a look at what it set and the wait.
 */
static void
wait_for_any(struct app *app, const struct watch *watch, const sigset_t *signals)
{
    struct pollfd polls[2 + JOBS_DESCRIPTORS] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                                 {.fd = watch_descriptor(watch), .events = POLLIN}};
    int fds[JOBS_DESCRIPTORS];
    int count = jobs_descriptors(app, fds);
    for (int i = 0; i < count; i++)
        polls[i + 2] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    int timeout = sooner(jobs_poll_timeout(app), fetching_timeout(app));
    timeout = sooner(timeout, watch_timeout(watch, g_get_monotonic_time()));
    timeout = sooner(timeout, term_timeout());
    timeout = sooner(timeout, idle_timeout(app));
    struct timespec wait = {timeout / 1000, timeout % 1000 * 1000000L};
    ppoll(polls, (nfds_t)(count + 2), timeout < 0 ? NULL : &wait, signals);
    if (polls[0].revents & (POLLHUP | POLLERR))
        end_signal = SIGHUP;
}

static void
loop(struct app *app, struct current_theme *theme, struct watch *watch)
{
    sigset_t mask, signals;
    sigemptyset(&mask);
    for (guint i = 0; i < G_N_ELEMENTS(wake); i++)
        sigaddset(&mask, wake[i]);
    sigprocmask(SIG_BLOCK, &mask, &signals);
    reader_draw(app);
    paint(app);
    while (!app->quit && !end_signal) {
        wait_for_any(app, watch, &signals);
        struct term_event event;
        bool taken = false;
        while (!app->quit && term_event(&event)) {
            take_event(app, &event);
            g_free(event.pasted);
            taken = true;
            run_foreground(app);
        }
        if (app->due & APP_THEME)
            apply_theme(app, theme);
        /* what was typed is answered first, then come previews, the children and the store */
        if (taken) {
            reader_draw_answer(app);
            if (app->due & APP_THEME) /* another one is looked at */
                apply_theme(app, theme);
            paint(app);
        }
        watch_look(watch, app->session->store, g_get_monotonic_time());
        jobs_poll(app, taken);
        if (!taken)
            fetching_due(app);
        reader_draw(app);
        paint(app);
        if (!taken && term_timeout() < 0 && idle_timeout(app) == 0) {
            reader_idle(app, is_wanted, &signals);
            reader_draw(app);
            paint(app);
        }
    }
    sigprocmask(SIG_SETMASK, &signals, NULL);
}

static void
on_give_up(int number)
{
    given_up = number;
}

/* Marks of the user's that wait; where he stopped to read is none. */
static guint
count_marks(const struct session *session)
{
    guint count = 0;
    for (guint i = 0; i < session->pending->len; i++)
        count += g_array_index(session->pending, struct mark_change, i).mark != MARK_PLACE;
    return count;
}

/*
 * Marks that wait for another program are written before crier ends, whatever ends it; SIGINT gives
 * them up.  What to exit with, `status` if all is well.
 */
static int
end_with(struct session *session, int status)
{
    guint marks = count_marks(session);
    gint64 start = g_get_monotonic_time();
    bool told = false;
    g_autoptr(GError) error = NULL;
    signal(SIGINT, on_give_up);
    while (session->store && session->pending->len) {
        g_clear_error(&error);
        if (session_flush(session, &error) ||
            !g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY))
            break;
        gint64 waited = g_get_monotonic_time() - start;
        if (given_up || waited > (marks ? QUIT_PATIENCE : QUIT_PATIENCE / 10))
            break;
        if (marks && !told && waited > TELL_AFTER && isatty(STDERR_FILENO))
            message_error(
                _("marks wait for another program that writes the store; ^C gives them up"));
        told |= waited > TELL_AFTER;
        g_usleep(50000);
    }
    if (!error || !marks)
        return status;
    message_error(
        ngettext("%u mark could not be written: %s", "%u marks could not be written: %s", marks),
        marks, error->message);
    return STATUS_STORE;
}

static int
run_terminal(struct session *session, struct watch *watch)
{
    g_autoptr(GError) error = NULL;
    if (!term_start(&error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    int width, height;
    term_size(&width, &height);
    if (width < LEAST_WIDTH || height < LEAST_HEIGHT) {
        term_stop();
        message_error(
            _("%d by %d cells are too few for the screen; make the terminal larger, or use 'crier --plain', which needs none"),
            width, height);
        return STATUS_USAGE;
    }
    struct app *app = reader_new(session, width, height, false, &error);
    if (!app) {
        term_stop();
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    struct current_theme theme = {.is_set = false};
    app->terminal = true;
    app->copies = term_copies();
    apply_theme(app, &theme);
    signal(SIGTERM, on_end);
    signal(SIGHUP, on_end);
    signal(SIGINT, SIG_IGN);
    keep_load(app);
    app_reload(app);
    loop(app, &theme, watch);
    term_stop();
    keep_save(app);
    app_free(app); /* views keep their places */
    return end_with(session, end_signal ? 128 + end_signal : STATUS_OK);
}

/* One that is stated and not there may be misspelt: no folder is made for it. */
static bool
has_place(const struct context *context)
{
    g_autofree char *folder = g_path_get_dirname(context->store_file);
    if (!context->store_is_stated || g_file_test(folder, G_FILE_TEST_IS_DIR))
        return true;
    message_error(_("there is no folder '%s' to make a store in"), folder);
    return false;
}

int
ui_main(struct context *context, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    g_autoptr(GError) error = NULL;
    const char *const script[] = {ui_options.script, NULL};
    if (!has_place(context))
        return STATUS_USAGE;
    if (!outside_begin(context))
        return STATUS_INTERNAL;
    g_autofree char *marks = paths_marks_file();
    AUTO(watch_free) struct watch *watch = watch_new(context->store_file, marks);
    g_autofree char *state = keep_folder();
    const char *const written[] = {state, NULL};
    context_enclose(context, FENCE_READER, ENCLOSE_CONFIG | ENCLOSE_STORE | ENCLOSE_CREATE, script,
                    written);
    AUTO(session_close) struct session *session = session_open(context, true, MARK_TIMEOUT, &error);
    if (!session) {
        message_error("%s", error->message);
        return error->domain == STORE_ERROR ? STATUS_STORE : STATUS_USAGE;
    }
    if (ui_options.plain || ui_options.script) {
        end_signal_catch(SIGTERM);
        end_signal_catch(SIGHUP);
        end_signal_catch(SIGINT);
        signal(SIGPIPE, SIG_IGN); /* marks are written first */
        bool gone;
        int status = ui_options.plain ? linear_run(session)
                                      : script_run(session, ui_options.script);
        if (message_output_fails(&gone) && gone)
            status = 128 + SIGPIPE;
        return end_with(session, end_signal ? 128 + end_signal : status);
    }
    return run_terminal(session, watch);
}
