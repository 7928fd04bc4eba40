/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier --script FILE`: the reader without a terminal.  A line of the script is one of
 *
 *     size WIDTH HEIGHT     keys NAME…     type TEXT     wait idle     wait TEXT
 *     click X Y     double X Y     wheel up|down X Y     monkey SEED COUNT
 *     dump     styles     looks N     # comment
 *
 * dump and styles print the screen to stdout; looks tells how the styles that are on it look on a
 * terminal of N colours.  Waiting is for a condition, at most 30 s.  monkey presses keys
 * at random and fails when the screen is not consistent after one.
 */
#pragma once

#include "ui/app.h"

/* An exit status. */
int script_run(struct session *session, const char *path);
