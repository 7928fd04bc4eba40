/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier --script FILE`: the reader without a terminal.  A line of the script is one of
 *
 *     size WIDTH HEIGHT     keys NAME…     type TEXT     wait idle     wait TEXT
 *     dump                  styles         # comment
 *
 * dump and styles print the screen to stdout.  Waiting is for a condition, at most 30 s.
 */
#pragma once

#include "ui/app.h"

/* An exit status. */
int script_run(struct session *session, const char *path);
