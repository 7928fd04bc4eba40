/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on the first screen while nothing is subscribed to: a word of help and the
 * portals of the catalogue, those of the user's language first, to choose from.
 */
#pragma once

#include "ui/app.h"

struct welcome;

struct welcome *welcome_new(struct app *app);
void welcome_free(struct welcome *welcome);
void welcome_draw(struct welcome *welcome, struct app *app, struct grid *grid, int top, int height);

/* Moves the choice; false when the action is none of a welcome. */
bool welcome_act(struct welcome *welcome, enum action action, int count);

/* The id of the portal under the cursor, borrowed; NULL when the catalogue is empty. */
const char *welcome_choice(const struct welcome *welcome);
