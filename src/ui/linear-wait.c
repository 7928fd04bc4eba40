/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Until what a line has started has ended: how far it is, and a line that stops it. */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/message.h"
#include "ui/end-signal.h"
#include "ui/fetching.h"
#include "ui/jobs.h"
#include "ui/linear-parts.h"
#include "ui/progress.h"
#include "text/typed-sign.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#define TELL_AFTER       (10 * G_USEC_PER_SEC) /* that something has run without a word */
#define TELL_FIRST       G_USEC_PER_SEC        /* the same of what mostly ends sooner */
#define PROGRAM_PATIENCE G_USEC_PER_SEC /* that a program beside is waited for: most have ended */

/* A fetch that is waited for. */
static bool
fetches(const struct app *app)
{
    return job_runs(&app->jobs[JOB_FETCH]) && !fetching_beside(app);
}

/*
 * Whether a job runs that somebody has asked for.  A fetch of what is due is none, nor is what
 * follows it.
 */
static bool
is_asked_for(const struct app *app, int slot)
{
    const struct job *job = &app->jobs[slot];
    bool follows = app->fetch.automatic && (slot == JOB_WATCH || (slot == JOB_SYNC && job->data));
    return slot == JOB_FETCH ? fetches(app) : job_runs(job) && !follows;
}

/* Whether there is nothing to wait for, but for jobs from a slot on. */
static bool
is_idle(const struct app *app, int slots)
{
    bool other = app->session->pending->len > 0;
    for (int i = 0; i < slots; i++)
        other |= is_asked_for(app, i);
    return !other;
}

/* What is called a fetch, whatever it fetches. */
static bool
is_fetching(const struct app *app)
{
    return fetches(app) || job_runs(&app->jobs[JOB_DISCOVER]) || job_runs(&app->jobs[JOB_WORK]);
}

/* What can be stopped by a line. */
static bool
can_be_stopped(const struct app *app)
{
    return is_fetching(app) || is_asked_for(app, JOB_SYNC);
}

/* What is waited for, or NULL. */
static char *
work_in_words(const struct app *app)
{
    return fetches(app)                         ? progress_text(app)
           : job_runs(&app->jobs[JOB_DISCOVER]) ? g_strdup(_("the address is being looked at"))
           : job_runs(&app->jobs[JOB_WORK])     ? g_strdup(_("it is being fetched"))
           : job_runs(&app->jobs[JOB_SYNC])     ? g_strdup(_("the sync runs"))
                                                : NULL;
}

/* How far it is; at first also how it is stopped. */
static void
say_progress(struct linear *l, bool first)
{
    g_autofree char *work = work_in_words(l->app);
    if (!work)
        return;
    g_autofree char *text = first && can_be_stopped(l->app)
                                ? g_strdup_printf(fetches(l->app) && app_fetch_follows(l->app)
                                                      ? _("%s; '%s' ends the waiting")
                                                      : _("%s; '%s' stops it"),
                                                  work, actions_table[ACTION_CANCEL].name)
                                : NULL;
    linear_say(l, text ? text : work);
    fflush(stdout);
}

/* Stops what was started by the last line and has a name for who waits: fetches. */
static void
stop(struct linear *l)
{
    fetching_stop(l->app);
    linear_say_message(l);
    fflush(stdout);
}

/*
 * Lines that were typed before the one that stops are for what is stopped: an impatient empty one
 * would begin it anew.  That none of them is done is said where that is news.
 */
static void
drop_lines_before(struct linear *l, struct line_input *input, const GList *at)
{
    bool words = false;
    while (input->lines->head != at) {
        g_autofree char *line = g_queue_pop_head(input->lines);
        words |= !text_is_blank(line);
    }
    if (words)
        linear_say(l, _("what was typed before is not done"));
}

/*
 * A line that stops what runs is not kept for later.  Who types may have typed others before; in a
 * file each is for what was done by those before it.
 */
static void
take_cancel(struct linear *l, struct line_input *input)
{
    const struct app *app = l->app;
    for (GList *at = input->lines->head; at; at = app->terminal ? at->next : NULL) {
        g_autofree char *typed = message_decode_argument(at->data), *text = linear_pressed(typed),
                        *line = typed_sign_line(text), *key = linear_key(app, line);
        if (linear_action(app, key, line) != ACTION_CANCEL)
            continue;
        drop_lines_before(l, input, at);
        g_free(at->data);
        g_queue_delete_link(input->lines, at);
        stop(l);
        return;
    }
}

/*
 * What ^C does while something runs: it stops that; false: nothing is waited for any more.  What
 * nobody can stop, a program beside as any other, goes on: the next line is asked for, and what ^C
 * does there is told.  The second time it ends crier.
 */
static bool
take_interrupt(struct linear *l, struct line_input *input, bool *interrupted)
{
    if (!can_be_stopped(l->app) && !*interrupted) {
        drop_lines_before(l, input, NULL);
        return false;
    }
    linear_take_interrupt();
    print_textf(stdout, "\n");
    if (*interrupted) {
        end_signal = SIGINT;
        return false;
    }
    *interrupted = true;
    drop_lines_before(l, input, NULL);
    stop(l);
    return true;
}

/* Whether nothing runs but programs beside the reader, which may go on for hours. */
static bool
only_programs(const struct app *app)
{
    return is_idle(app, JOB_PROGRAM);
}

static unsigned
programs_that_run(const struct app *app)
{
    unsigned bits = 0;
    for (int i = JOB_PROGRAM; i < JOB_COUNT; i++)
        bits |= job_runs(&app->jobs[i]) ? 1u << i : 0;
    return bits;
}

void
linear_note_programs(struct linear *l)
{
    l->programs = programs_that_run(l->app);
}

/* Of programs only those that the line has started are waited for, and not for long. */
static bool
has_patience(const struct linear *l, gint64 begun)
{
    return programs_that_run(l->app) & ~l->programs &&
           g_get_monotonic_time() - begun <= PROGRAM_PATIENCE;
}

/* A line that is typed meanwhile is answered later, which is said once. */
static void
say_that_lines_wait(struct linear *l)
{
    g_autofree char *work = work_in_words(l->app);
    if (!work)
        return;
    g_autofree char *text =
        g_strdup_printf(_("%s; what you type is answered after it, but for '%s'"), work,
                        actions_table[ACTION_CANCEL].name);
    linear_say(l, text);
    fflush(stdout);
}

/* Somebody ends the reader, and with it what runs. */
static void
say_end(const struct app *app, bool stops)
{
    const char *line = app->terminal ? "\n" : ""; /* where ^C stands before it */
    print_textf(stdout, "%s%s", line,
                stops ? _("the fetch was stopped; crier ends") : _("crier ends"));
    fflush(stdout); /* what runs may take a while to end */
}

void
linear_wait(struct linear *l, struct line_input *input, bool said)
{
    struct app *app = l->app;
    gint64 begun = g_get_monotonic_time(), told = begun;
    guint lines = g_queue_get_length(input->lines);
    jobs_poll(app, false);
    bool interrupted = false, stops = is_fetching(app), first = !fetches(app), mute = true;
    if (!first && !said && !app->message)
        say_progress(l, true);
    while (!is_idle(app, JOB_COUNT) && !end_signal &&
           !(only_programs(app) && !has_patience(l, begun))) {
        struct pollfd polls[JOBS_DESCRIPTORS + 1];
        int fds[JOBS_DESCRIPTORS];
        int count = jobs_descriptors(app, fds);
        for (int i = 0; i < count; i++)
            polls[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        if (count) {
            polls[count] =
                (struct pollfd){.fd = input->ended ? -1 : STDIN_FILENO, .events = POLLIN};
            if (poll(polls, (nfds_t)count + 1, 100) > 0 && polls[count].revents)
                line_input_read(input);
            take_cancel(l, input);
        }
        if (linear_is_interrupted() && !take_interrupt(l, input, &interrupted))
            break;
        jobs_poll(app, false);
        if (mute && app->terminal && g_queue_get_length(input->lines) > lines) {
            say_that_lines_wait(l);
            mute = false;
        }
        if (g_get_monotonic_time() - told > (first ? TELL_FIRST : TELL_AFTER)) {
            say_progress(l, first);
            told = g_get_monotonic_time();
            first = false;
        }
        if (!count) /* marks that meet another program wait with the next line */
            return;
    }
    if (end_signal)
        say_end(app, stops);
}

void
linear_wait_for_input(struct linear *l, struct line_input *input, const sigset_t *signals)
{
    struct app *app = l->app;
    struct job *fetch = &app->jobs[JOB_FETCH];
    bool speaks = fetching_beside(app) && job_listen(fetch, app);
    struct pollfd polls[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                             {.fd = speaks ? fetch->child->fd : -1, .events = POLLIN}};
    if (ppoll(polls, G_N_ELEMENTS(polls), NULL, signals) > 0 && polls[0].revents)
        line_input_read(input);
}

void
linear_fetch_due(struct linear *l)
{
    struct app *app = l->app;
    bool runs = job_runs(&app->jobs[JOB_FETCH]);
    if (!app->terminal || app->prompt.active || runs)
        return; /* what a program has typed is answered alike, whatever the network does */
    fetching_due(app);
    if (job_runs(&app->jobs[JOB_FETCH]))
        linear_say(l, _("what is due is being fetched; what has come is told with a later line"));
}
