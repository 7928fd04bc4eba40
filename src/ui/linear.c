/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linear mode from line to line: it is read, done, waited for, and answered by words. */
#include "config.h"

#include "ui/linear.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "ui/answer.h"
#include "ui/choice.h"
#include "ui/end-signal.h"
#include "ui/fetching.h"
#include "ui/keep.h"
#include "ui/linear-parts.h"
#include "ui/osc52.h"
#include "ui/programs.h"
#include "ui/reader.h"
#include "ui/term.h"
#include "ui/typed-number.h"
#include "text/typed-sign.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define AGAIN_SOON (5 * G_USEC_PER_SEC) /* two ^C in that time are for crier, not for two lines */

void
linear_say_message(struct linear *l)
{
    struct app *app = l->app;
    if (app->message) {
        g_autofree char *error =
            app->message_is_error ? g_strdup_printf(_("error: %s"), app->message) : NULL;
        linear_say(l, error ? error : app->message);
        l->message = true;
    }
    g_clear_pointer(&app->message, g_free);
}

/* Beside the words: a screen reader's terminal may have a clipboard too. */
static void
copy(struct app *app)
{
    g_autofree char *text = g_steal_pointer(&app->clipboard);
    g_autofree char *sequence = text ? osc52_sequence(text, osc52_way()) : NULL;
    if (sequence)
        print_raw(sequence);
}

static volatile sig_atomic_t goes_on; /* it was stopped, as by ^Z, and goes on */
static sigset_t while_waiting; /* signals that are held back but while a line is waited for */

static void
on_continue(int number)
{
    goes_on = number;
}

static volatile sig_atomic_t interrupts; /* ^C, which the terminal makes of it */

static void
on_interrupt(int number)
{
    (void)number;
    interrupts = 1;
}

bool
linear_is_interrupted(void)
{
    return interrupts != 0;
}

bool
linear_take_interrupt(void)
{
    bool any = interrupts != 0;
    interrupts = 0;
    return any;
}

/* Whether there is something to read; false at a signal too. */
static bool
wait_for_input(const struct timespec *most)
{
    struct pollfd one = {STDIN_FILENO, POLLIN, 0};
    return ppoll(&one, 1, most, &while_waiting) > 0;
}

/* What is asked; that more of a page follows; or that a line is waited for. */
static void
say_prompt(const struct linear *l)
{
    const struct prompt *prompt = &l->app->prompt;
    const char *label = prompt->request.label;
    if (prompt->active && g_str_equal(label, ":"))
        label = _("Action: "); /* a sign is no question */
    if (prompt->active && prompt->text->len)
        print_textf(stdout, _("%s[an empty line: %s; a full stop: not at all] "), label,
                    prompt->text->str);
    else if (prompt->active && prompt->request.kind == PROMPT_CONFIRM)
        print_textf(stdout, _("%s[an empty line: no] "), label);
    else if (prompt->active)
        print_textf(stdout, _("%s[a full stop: not at all] "), label);
    else
        print_textf(stdout, "%s", linear_waits(l) ? _("an empty line reads on > ") : "> ");
    fflush(stdout);
}

/* The question is left: for another search the one that there was stays, but for an empty line. */
static void
leave_prompt(struct app *app, bool empty)
{
    struct prompt *prompt = &app->prompt;
    struct view *view = app_top(app);
    bool finds = prompt->request.kind == PROMPT_FIND;
    g_autofree char *found = finds ? g_strdup(view->find) : NULL;
    prompt_key(prompt, "Esc");
    if (finds) {
        g_free(view->find);
        view->find = empty ? NULL : g_strdup(found);
    }
    app_say(app, "%s", empty && found ? _("the search has ended") : _("nothing was done"));
}

/* The answer to what is asked. */
static void
answer(struct app *app, const char *line)
{
    struct prompt *prompt = &app->prompt;
    g_autofree char *fallback = g_strdup(prompt->text->str);
    bool asks_once = prompt->request.kind == PROMPT_CONFIRM;
    if (typed_sign_is(line, '.') ||
        (asks_once ? answer_of(line) != ANSWER_YES : !*line && !*fallback)) {
        leave_prompt(app, !*line);
    } else {
        prompt_answer(prompt, *line ? line : fallback);
    }
}

/* What was said of the line before is over. */
static void
begin_answer(struct linear *l)
{
    l->spoke = l->message = false;
    l->action = ACTION_NONE;
    l->app->told = 0;
    g_clear_pointer(&l->typed, g_free);
}

static void
take_line(struct linear *l, const char *typed)
{
    struct app *app = l->app;
    g_autofree char *pressed = linear_pressed(typed), *line = typed_sign_line(pressed);
    begin_answer(l);
    bool escape = *typed == '\033' && g_str_equal(line, "Esc"); /* leaves what is asked */
    if (app->prompt.active) {
        l->action = app->prompt.request.kind == PROMPT_FIND ? ACTION_FIND : ACTION_NONE;
        answer(app, escape ? "." : line);
        return;
    }
    if (!*line && linear_read_on(l))
        return;
    linear_forget(l);
    if (app_top(app)->ops->context == CONTEXT_CHOICE)
        linear_choose(l, escape ? "." : line);
    else if (typed_number_is(line))
        linear_open_number(l, line);
    else
        linear_take_command(l, line);
}

/* Where one is, to who comes back to it from another program. */
static void
say_again_where(const struct linear *l)
{
    if (l->title && !l->app->prompt.active)
        print_textf(stdout, "\n%s\n", l->title);
    say_prompt(l);
}

/* A choice is left as by a full stop; what that has stopped says so itself. */
static void
leave_choice(struct linear *l)
{
    struct app *app = l->app;
    begin_answer(l);
    linear_forget(l);
    choice_leave(app);
    if (!app->message)
        app_say(app, _("nothing was done"));
}

/*
 * ^C while a line is waited for: the terminal has dropped what was typed of it.  It leaves what is
 * asked, stops a fetch, or when it comes again soon, ends crier.
 */
static void
take_interrupt(struct linear *l)
{
    struct app *app = l->app;
    gint64 now = g_get_monotonic_time();
    bool again = l->interrupted && now - l->interrupted < AGAIN_SOON,
         chooses = !app->prompt.active && app_top(app)->ops->context == CONTEXT_CHOICE,
         asked = app->prompt.active || chooses;
    print_textf(stdout, "\n");
    l->interrupted = asked ? 0 : now; /* that it ends crier is said before it does */
    if (app->prompt.active)
        leave_prompt(app, false);
    else if (chooses)
        leave_choice(l);
    else if (again)
        end_signal = SIGINT;
    else if (job_runs(&app->jobs[JOB_FETCH]))
        fetching_stop(app);
    else
        app_say(app, _("{quit} quits, and so does ^C once more"));
    linear_say_message(l);
    if (chooses)
        linear_say_view(l);
    if (!end_signal)
        say_prompt(l);
}

/* Waits for input; ^C ends that, also when it came just before. */
static void
wait_for_more(struct linear *l, struct line_input *input)
{
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, NULL);
    if (!interrupts)
        linear_wait_for_input(l, input, &while_waiting);
    sigprocmask(SIG_UNBLOCK, &interrupt, NULL);
}

/* Waits for a line; NULL: there are no more. */
static char *
next_line(struct linear *l, struct line_input *input)
{
    char *line = line_input_take(input);
    while (!line && !input->ended && !end_signal) {
        wait_for_more(l, input);
        line = line_input_take(input);
        if (linear_take_interrupt())
            take_interrupt(l);
        else if (goes_on && !line)
            say_again_where(l);
        goes_on = 0;
    }
    return line;
}

/* What was stopped and went on with another program is no news. */
static void
forget_stops(void)
{
    wait_for_input(&(struct timespec){0});
    goes_on = 0;
}

/* On a terminal ^C does not end crier at once, unless it is ignored. */
static void
catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = on_interrupt}, before;
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGINT, &action, NULL);
}

/* Catches that it goes on, while a line is waited for. */
static void
catch_continue(void)
{
    struct sigaction action = {.sa_handler = on_continue};
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGCONT);
    sigprocmask(SIG_BLOCK, &held, &while_waiting);
    sigaction(SIGCONT, &action, NULL);
}

int
linear_run(struct session *session)
{
    g_autoptr(GError) error = NULL;
    AUTO(app_free) struct app *app = reader_new(session, 80, LINEAR_ROWS + 3, true, &error);
    if (!app) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    app->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    app->copies = app->terminal && term_copies();
    keep_load(app);
    app->layout = 1;
    AUTO(linear_clear) struct linear l;
    linear_init(&l, app);
    l.newcomer = app_top(app)->ops->context == CONTEXT_CHOICE;
    AUTO(line_input_clear) struct line_input input;
    line_input_init(&input);
    catch_continue();
    if (app->terminal)
        catch_interrupts();
    bool gone;
    linear_say_view(&l);
    linear_say_message(&l);
    linear_fetch_due(&l);
    say_prompt(&l);
    while (!app->quit && !end_signal && !message_output_fails(&gone)) {
        g_autofree char *line = next_line(&l, &input),
                        *text = line ? message_decode_argument(line) : NULL;
        if (!text)
            break;
        l.interrupted = 0;
        linear_note_programs(&l);
        take_line(&l, text);
        programs_run_foreground(app);
        copy(app);
        if (app->quit)
            break;
        bool said = app->message != NULL;
        linear_say_message(&l); /* before what children say in its place */
        linear_wait(&l, &input, said);
        if (end_signal)
            break; /* nothing is answered any more */
        linear_say_message(&l);
        if (!app->prompt.active && !linear_waits(&l))
            linear_say_view(&l);
        forget_stops();
        linear_fetch_due(&l);
        say_prompt(&l);
    }
    print_textf(stdout, "\n");
    keep_save(app);
    return STATUS_OK;
}
