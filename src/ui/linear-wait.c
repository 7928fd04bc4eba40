/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Until what a line has started has ended: how far it is, and a line that stops it. */
#include "config.h"

#include "base/i18n.h"
#include "ui/end-signal.h"
#include "ui/fetching.h"
#include "ui/jobs.h"
#include "ui/linear-parts.h"
#include "ui/progress.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#define TELL_AFTER       (10 * G_USEC_PER_SEC) /* that something has run without a word */
#define PROGRAM_PATIENCE G_USEC_PER_SEC /* that a program beside is waited for: most have ended */

static void
say_progress(struct linear *l)
{
    g_autofree char *text = progress_text(l->app);
    linear_say(l, text);
    fflush(stdout);
}

/* Stops what was started by the last line and has a name for who waits: fetches. */
static void
stop(struct linear *l)
{
    static const enum job_slot others[] = {JOB_DISCOVER, JOB_WORK};
    struct app *app = l->app;
    fetching_stop(app);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (job_runs(&app->jobs[others[i]])) {
            job_abandon(&app->jobs[others[i]]);
            app_say(app, "%s", _("the fetch was stopped"));
        }
    linear_say_message(l);
    fflush(stdout);
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
        g_autofree char *line = g_strstrip(g_strdup(at->data)), *key = linear_key(app, line);
        if (linear_action(app, key, line) != ACTION_CANCEL)
            continue;
        g_free(at->data);
        g_queue_delete_link(input->lines, at);
        stop(l);
        return;
    }
}

/* Whether nothing runs but programs beside the reader, which may go on for hours. */
static bool
only_programs(const struct app *app)
{
    bool other = app->session->pending->len > 0;
    for (int i = 0; i < JOB_PROGRAM; i++)
        other |= job_runs(&app->jobs[i]);
    return !other;
}

/*
 * Until nothing runs that was started by the last line; now and then it is said how far it is, and
 * at once unless the line was answered (`said`).
 */
void
linear_wait(struct linear *l, struct line_input *input, bool said)
{
    struct app *app = l->app;
    gint64 begun = g_get_monotonic_time(), told = begun;
    jobs_poll(app, false);
    if (job_runs(&app->jobs[JOB_FETCH]) && !said && !app->message)
        say_progress(l);
    while (!jobs_idle(app) && !end_signal) {
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
        jobs_poll(app, false);
        if (job_runs(&app->jobs[JOB_FETCH]) && g_get_monotonic_time() - told > TELL_AFTER) {
            say_progress(l);
            told = g_get_monotonic_time();
        }
        if (!count) /* marks that meet another program wait with the next line */
            return;
        if (only_programs(app) && g_get_monotonic_time() - begun > PROGRAM_PATIENCE)
            return; /* what it comes to is told with a later line */
    }
}
