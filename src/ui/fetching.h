/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fetch that the reader runs: one at a time.  What is asked for meanwhile is kept and fetched
 * after it; what is due is fetched without being asked for, if the setting fetch.auto says so.
 */
#pragma once

#include "ui/app.h"

/* Asks for a fetch of a source, or of all (0); the user is told when it has to wait. */
void fetching_ask(struct app *app, int64_t source);
/* The same of all, for who may not have meant so many: how many that are is said. */
void fetching_ask_all(struct app *app);
/*
 * Asks for a fetch of the sources that a listing is of; those of marked articles where it has only
 * such, and of a query those that it names.  What any source may bring is asked of all.
 */
void fetching_ask_listing(struct app *app, const struct listing *listing);
/* Asks for a fetch of several sources (of int64_t). */
void fetching_ask_several(struct app *app, const GArray *sources);

/* Asks for those that nobody has fetched yet; true when that has to wait for a fetch that runs. */
bool fetching_ask_new(struct app *app);

/*
 * Ends what runs, fetches and questions for one page, and forgets what waits for them; where there
 * is nothing of these, a sync.
 */
void fetching_stop(struct app *app);

/* Whether what nobody has asked for runs, and nobody has asked for anything behind it. */
bool fetching_beside(const struct app *app);

/* Fetches what is due, if its time has come; what comes of it is said only if something does. */
void fetching_due(struct app *app);

/* The milliseconds after which fetching_due() has something to do; -1: never. */
int fetching_timeout(struct app *app);
