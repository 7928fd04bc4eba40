/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier --plain`: the same views and actions line by line, for screen readers, serial consoles
 * and braille.  A line is an action's name or key, with a count or an argument; a number opens that
 * row or link.
 */
#pragma once

#include "reader/session.h"

/* Reads standard input until it ends or says quit; an exit status. */
int linear_run(struct session *session);
