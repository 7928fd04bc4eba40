/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting browsers, lending them the terminal, and telling how they ended. */
#include "config.h"

#include "ui/browser.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/url.h"
#include "document/document.h"
#include "reader/outside-browser.h"
#include "reader/outside.h"
#include "reader/save.h"
#include "ui/term.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

/* --- which has the terminal ------------------------------------------------------------------ */

/* Whether it is one of these, by its name. */
static bool
is_among(const char *program, const char *const *known)
{
    g_autofree char *name = g_path_get_basename(program);
    return g_strv_contains(known, name);
}

static bool
draws_on_terminal(const char *program)
{
    static const char *const known[] = {"w3m",    "lynx",   "elinks",   "links", "links2",
                                        "browsh", "retawq", "carbonyl", "cha",   NULL};
    return is_among(program, known);
}

/* Whether it does so with pictures that are no part of a page, too. */
static bool
draws_pictures(const char *program)
{
    static const char *const known[] = {"browsh", "carbonyl", "cha", NULL};
    return is_among(program, known);
}

/* What runs for the command of the settings, or would if it were there; newly allocated. */
static char *
program_of(const char *command)
{
    char *program = outside_browser_program(command);
    g_auto(GStrv) words = NULL;
    if (!program && g_shell_parse_argv(command, NULL, &words, NULL))
        program = g_strdup(words[0]);
    return program ? program : g_strdup(command);
}

static bool
is_set(const char *name)
{
    const char *value = g_getenv(name);
    return value && *value;
}

/* Without a display whatever is to be seen has to be seen here. */
static bool
wants_terminal(const struct settings *settings)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return false;
    switch (settings->values.ui_browser_terminal) {
    case UI_BROWSER_TERMINAL_YES:
        return true;
    case UI_BROWSER_TERMINAL_NO:
        return false;
    default: {
        g_autofree char *program = program_of(settings->values.ui_browser);
        return draws_on_terminal(program) || (!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY"));
    }
    }
}

/* Whether nobody has chosen it. */
static bool
is_fallback(const char *browser)
{
    return g_str_equal(browser, settings_table[SETTING_UI_BROWSER].fallback);
}

bool
browser_shows(const struct app *app, enum attachment_shape shape)
{
    const struct settings *settings = app->session->context->settings;
    const char *browser = settings->values.ui_browser;
    g_autofree char *program = program_of(browser);
    bool of_pages = wants_terminal(settings) &&
                    (draws_on_terminal(program) || is_fallback(browser));
    return !of_pages || shape == ATTACHMENT_PAGE ||
           (shape == ATTACHMENT_PICTURE && draws_pictures(program));
}

bool
browser_takes_mail(const struct app *app)
{
    const char *browser = app->session->context->settings->values.ui_browser;
    g_autofree char *program = program_of(browser);
    if (draws_on_terminal(program)) /* its form for mail sends nothing, with a display neither */
        return false;
    if (is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"))
        return true;
    /* what was chosen for addresses was chosen for these too */
    return !is_fallback(browser);
}

/* Waits while a program has the terminal. */
static void
wait_beside(int answer)
{
    struct term_signals before;
    struct pollfd wait = {.fd = answer, .events = POLLIN};
    term_signals_lend(&before);
    while (poll(&wait, 1, -1) < 0 && errno == EINTR)
        ;
    term_signals_take_back(&before);
}

/* --- how it ends ------------------------------------------------------------------------------ */

/* The address that could not be opened is shown to be copied, if it is still what matters. */
static void
tell_failure(struct app *app, const struct program *program, const char *why)
{
    if (app->plain) { /* who hears it hears it once */
        if (app_takes(app, ACTION_COPY_LINK))
            app_show_error(
                app,
                _("%s (%s); ui.browser in crier.conf names the program; {copy-link} copies an address"),
                why, program->url);
        else
            app_show_error(app, _("%s (%s); ui.browser in crier.conf names the program"), why,
                           program->url);
        return;
    }
    app_show_error(app, "%s (%s)", why, program->url);
    if (app->prompt.active || program->from != app_top(app))
        return;
    g_autofree char *text = g_strdup_printf(
        "#%s\n%s\n\n%s\n\n%s", _("The address could not be opened"), why, program->url,
        _("ui.browser in crier.conf names the program: firefox %u, or w3m %u where there is no display. The address above can be copied with the mouse, while Shift is held."));
    app_open(app, &(struct target){.kind = TARGET_NOTICE, .words = text});
}

static void
end(struct app *app, struct program *program)
{
    g_autoptr(GError) error = NULL;
    int answer = program->answer;
    program->answer = -1;
    if (!outside_end(program->pid, answer, &error))
        tell_failure(app, program, error->message);
    else if (program->from == app_top(app) && !(app->message && app->message_is_error))
        app_say(app, _("opened: %s"), program->url);
    program_free(program);
}

void
browser_poll(struct app *app)
{
    for (guint i = 0; i < app->programs->len;) {
        struct program *program = g_ptr_array_index(app->programs, i);
        struct pollfd ready = {.fd = program->answer, .events = POLLIN};
        if (poll(&ready, 1, 0) <= 0) {
            i++;
            continue;
        }
        g_ptr_array_steal_index(app->programs, i);
        end(app, program);
    }
}

int
browser_descriptors(const struct app *app, int fds[BROWSERS_MAX])
{
    for (guint i = 0; i < app->programs->len; i++)
        fds[i] = ((const struct program *)g_ptr_array_index(app->programs, i))->answer;
    return (int)app->programs->len;
}

/* --- how it begins ---------------------------------------------------------------------------- */

/* To who hears it, before the program speaks, and has the keys. */
static void
say_who_gets_terminal(const char *command)
{
    g_autofree char *program = program_of(command), *name = g_path_get_basename(program);
    /* TRANSLATORS: the name of a program, as "w3m" */
    print_textf(stdout, _("%s gets the terminal; when it ends, crier goes on\n"), name);
    fflush(stdout);
}

/*
 * Whether there is a program, which is known before one is started; what stands in for the default
 * is of use on a terminal only.
 */
static bool
is_startable(const char *command, bool terminal, GError **error)
{
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(command, NULL, &words, error))
        return false;
    g_autofree char *program = outside_browser_program(command);
    if (program && (terminal || g_str_equal(program, words[0])))
        return true;
    outside_browser_missing(words[0], error);
    return false;
}

/* As outside_show_url(); one that gets the terminal has ended when it comes back. */
static pid_t
show(struct app *app, const char *address, bool terminal, int *answer, GError **error)
{
    struct context *context = app->session->context;
    const char *command = context->settings->values.ui_browser;
    if (!terminal)
        return outside_show_url(context, command, address, false, answer, error);
    if (app->plain)
        say_who_gets_terminal(command);
    term_lend();
    pid_t pid = outside_show_url(context, command, address, true, answer, error);
    if (pid > 0)
        wait_beside(*answer);
    term_take_back();
    app->due |= APP_REPAINT;
    return pid;
}

/* address: of the web or of a copy. */
static void
start(struct app *app, const char *address, const char *url)
{
    struct context *context = app->session->context;
    const char *command = context->settings->values.ui_browser;
    bool terminal = wants_terminal(context->settings);
    g_autoptr(GError) error = NULL;
    int answer = -1;
    pid_t pid = is_startable(command, terminal, &error)
                    ? show(app, address, terminal, &answer, &error)
                    : -1;
    struct program *program = program_new(pid, pid < 0 ? -1 : answer, url_shown(url), app_top(app));
    if (pid < 0) {
        tell_failure(app, program, error ? error->message : g_strerror(errno));
        program_free(program);
    } else if (terminal) {
        end(app, program);
    } else {
        if (app->programs->len == BROWSERS_MAX)
            g_ptr_array_remove_index(app->programs, 0);
        g_ptr_array_add(app->programs, program);
        app_say(app, _("opening: %s"), program->url);
    }
}

void
browser_open(struct app *app, const char *url)
{
    g_autoptr(GError) error = NULL;
    /* not every address in a store is one that this program wrote */
    g_autofree char *safe = document_safe_url(url);
    /* what is kept needs no network */
    bool kept = safe && attachment_is_kept(app->session->store, url);
    g_autofree char *copy = kept ? save_attachment_copy(app->session->store, url, &error) : NULL;
    if (!safe)
        app_show_error(app, _("not an address of the web: %s"), url);
    else if (error)
        app_show_error(app, "%s", error->message);
    else if (!url_is_web(safe) && !browser_takes_mail(app))
        app_show_error(app, _("no program is known that takes %s; ui.browser names one"), url);
    else
        start(app, copy ? copy : safe, url);
}
