/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A worker that runs in the background while the screen stays alive: what it prints is handed on
 * line by line, and its end once.
 */
#pragma once

#include "reader/child.h"

struct app;

/* How a job has ended; borrowed during the call. */
struct job_end {
    int status;   /* its exit status: base/status.h, or 128 and a signal */
    bool stopped; /* job_stop() had asked it to end */
    /* the last line of its standard error, without the program's name; may be empty */
    const char *words;
    const char *answer; /* the last line of its standard output, or NULL */
};

typedef void job_line_func(struct app *app, const char *line, gpointer data);
typedef void job_end_func(struct app *app, const struct job_end *end, gpointer data);

/* All zero while nothing runs. */
struct job {
    struct child *child;    /* NULL while nothing runs */
    job_line_func *on_line; /* or NULL */
    job_end_func *on_end;
    gpointer data;            /* for both; freed with free_data after the end */
    GDestroyNotify free_data; /* or NULL */
    bool outlives;            /* job_abandon() lets it go on */
    char *answer;
};

/*
 * Starts a worker with these arguments.  Takes `data` over in any case.  False and error when it
 * cannot start.  The job must not run.
 */
bool job_start(struct job *job, const struct context *context, const char *const *arguments,
               const struct job *callbacks, GError **error);
/* The same with a child that was started.  The job must not run. */
void job_take(struct job *job, struct child *child, const struct job *callbacks);

bool job_runs(const struct job *job);

/*
 * Reads what is there; calls on_end() when the worker has ended.  The job may be started again
 * there.
 */
void job_poll(struct job *job, struct app *app);

/* Reads what is there and leaves the end to job_poll(); false when nothing more will come. */
bool job_listen(struct job *job, struct app *app);

/* Asks the worker to end; on_end() follows. */
void job_stop(struct job *job);

/* Ends the worker and waits for that, or leaves it alone; on_end() is not called. */
void job_abandon(struct job *job);
