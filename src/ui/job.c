/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a worker in the background. */
#include "config.h"

#include "ui/job.h"
#include "base/clean.h"

#include <string.h>

bool
job_runs(const struct job *job)
{
    return job->child != NULL;
}

static void
free_data(struct job *job)
{
    if (job->free_data && job->data)
        job->free_data(job->data);
    g_free(job->answer);
}

bool
job_start(struct job *job, const struct context *context, const char *const *arguments,
          const struct job *callbacks, GError **error)
{
    *job = *callbacks;
    job->answer = NULL;
    job->child = child_start(context, arguments, error);
    if (job->child)
        return true;
    free_data(job);
    *job = (struct job){0};
    return false;
}

void
job_take(struct job *job, struct child *child, const struct job *callbacks)
{
    *job = *callbacks;
    job->answer = NULL;
    job->child = child;
}

struct reading {
    struct job *job;
    struct app *app;
};

static void
take_line(const char *line, gpointer user)
{
    const struct reading *reading = user;
    g_free(reading->job->answer);
    reading->job->answer = g_strdup(line);
    if (reading->job->on_line)
        reading->job->on_line(reading->app, line, reading->job->data);
}

/* The last line of what a child said on its standard error, without the program's name. */
static char *
last_words(const struct child *child)
{
    g_autofree char *text = g_strchomp(g_strdup(child->errors->str));
    const char *line = strrchr(text, '\n');
    line = line ? line + 1 : text;
    if (g_str_has_prefix(line, "crier: "))
        line += strlen("crier: ");
    return text_squeeze(line, -1);
}

void
job_poll(struct job *job, struct app *app)
{
    struct reading reading = {job, app};
    if (!job->child || child_read(job->child, take_line, &reading))
        return;
    struct job ended = *job;
    *job = (struct job){0};
    g_autofree char *words = last_words(ended.child);
    struct job_end end = {.stopped = ended.child->stopping, .words = words, .answer = ended.answer};
    end.status = child_finish(ended.child);
    ended.on_end(app, &end, ended.data);
    free_data(&ended);
}

bool
job_listen(struct job *job, struct app *app)
{
    struct reading reading = {job, app};
    return job->child && child_read(job->child, take_line, &reading);
}

void
job_stop(struct job *job)
{
    if (job->child)
        child_stop(job->child);
}

void
job_abandon(struct job *job)
{
    if (!job->child)
        return;
    if (job->outlives) {
        child_leave(job->child);
    } else {
        child_stop(job->child);
        child_finish(job->child);
    }
    free_data(job);
    *job = (struct job){0};
}
