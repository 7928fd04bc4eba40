/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of how a fetch ended: what came, what failed and why, how far one came that was
 * stopped.  Of one that nobody asked for less is said.
 */
#pragma once

#include "ui/app.h"

void fetching_say_end(struct app *app, const struct job_end *end);

/* That what was asked for waits for another program's fetch no longer; once of each. */
void fetching_say_let_go(struct app *app);
