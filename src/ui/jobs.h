/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the reader does in the background: fetching, looking at an address, other work of the
 * worker's; and what an event loop must know of it.
 */
#pragma once

#include "ui/browser.h"

/*
 * Starts a worker in a slot that is free; false, with a word about it, when it cannot start.
 * Fetches are started by ui/fetching.h.
 */
bool jobs_start(struct app *app, enum job_slot slot, const char *const *arguments,
                const struct job *callbacks);

/*
 * Starts a sync with the server of sync.server; quietly: of one that changes nothing nothing is
 * said.
 */
void jobs_sync(struct app *app, bool quietly);

/*
 * Asks what is behind a URL.  done() gets the worker's answer, or NULL and what went wrong.  A
 * newer question takes the place of one that has not been answered.
 */
typedef void jobs_discovered_func(struct app *app, const char *answer, const char *error);
void jobs_discover(struct app *app, const char *url, bool all, jobs_discovered_func *done);

/* Stops what asks for one page or address, without a word; false when nothing does. */
bool jobs_stop_asking(struct app *app);

/*
 * Lets a worker do something beside a fetch and calls done() with its last line, NULL when it
 * failed and its words were shown.  data is freed by g_free.  False when one runs already.
 */
typedef void jobs_done_func(struct app *app, const char *answer, gpointer data);
bool jobs_run_worker(struct app *app, const char *const *arguments, jobs_done_func *done,
                     gpointer data);

#define JOBS_DESCRIPTORS (JOB_COUNT + BROWSERS_MAX)

/* Descriptors to poll; how many there are. */
int jobs_descriptors(const struct app *app, int fds[JOBS_DESCRIPTORS]);
/*
 * Reads what waits there, writes marks that wait, and looks whether the store has changed.
 * `typing`: a key has just been answered, so what may take long waits.
 */
void jobs_poll(struct app *app, bool typing);
/*
 * The milliseconds after which jobs_poll() has something to do anyway, but for a store that others
 * change; -1: never.
 */
int jobs_poll_timeout(const struct app *app);
/* Whether nothing runs and no mark waits. */
bool jobs_idle(const struct app *app);
