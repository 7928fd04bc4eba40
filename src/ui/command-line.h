/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The `:` line.  ACTION [ARGUMENT] does an action by its name, its beginning or a part of it; what
 * the action would ask for is the argument, a number is its count.  `set KEY=VALUE` changes a setting
 * until crier ends, `set KEY` shows it; a number goes to that row or line.
 */
#pragma once

#include "ui/app.h"

void command_line_open(struct app *app);
void command_line_run(struct app *app, const char *text);
