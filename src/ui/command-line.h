/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The `:` line.  ACTION [ARGUMENT] does an action by its name, its beginning or a part of it, with
 * what ui/action-argument.h reads.  `set KEY=VALUE` changes a
 * setting until crier ends, `set KEY` shows it; a number goes to that row or line.
 */
#pragma once

#include "ui/app.h"

/* What a line asks the reader to do. */
struct command {
    enum action action;
    int count;      /* of a line that is a number */
    char *argument; /* what follows the action's name, maybe empty, owned; else NULL */
};

/*
 * Reads a line.  False when nothing is left to do: the line was empty, or wrong, which is shown, or
 * it was `set`, which is done.
 */
bool command_line_parse(struct app *app, const char *text, struct command *command);

/* The lines that a text could go on to; owned char *. */
GPtrArray *command_line_complete(struct app *app, const char *text);
