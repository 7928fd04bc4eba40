/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands behind the name of an action, as in "delete 3" and "tag water": the number of a row
 * or link, how often, or what the action would ask for.  Anything else is refused in words, so that
 * nothing is done to what was not meant.
 */
#pragma once

#include "ui/app.h"

struct action_argument {
    int64_t row;      /* on which it acts, from 1; 0: the one under the cursor */
    int count;        /* how often, or which link; 0: not stated */
    const char *text; /* that answers what it asks for, borrowed; "": none */
};

/* Whether a number can be meant by who types one with an action of the view that is on. */
bool action_takes_number(const struct app *app, enum action action);
/* Whether digits before the key of an action say something to it: how often, which row or link. */
bool action_takes_count(const struct app *app, const struct view *view, enum action action);

/* Reads the argument of an action of the view that is on; false: it is refused, which is said. */
bool action_argument_read(struct app *app, enum action action, const char *text,
                          struct action_argument *argument);
