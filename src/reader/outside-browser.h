/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The role that shows an address by the program of the setting ui.browser, and watches it: for
 * reader/outside.c; and which program that is.
 */
#pragma once

#include "config/context.h"

/* Begins the names of folders with copies of what is kept. */
#define OUTSIDE_COPY "crier-"

/*
 * The program that a command of ui.browser starts, newly allocated; where that of the default is
 * not there, another one that needs the terminal; NULL: there is none.
 */
char *outside_browser_program(const char *command);
/* That there is none, as an error. */
void outside_browser_missing(const char *program, GError **error);

/*
 * arguments: the command, which has to be the one of the configuration; an address or a copy;
 * "terminal", when the program gets the terminal, or "".  fds: nothing of use, the answer, which
 * comes when the program has ended.  data: the context.
 */
int outside_be_browser(const GPtrArray *arguments, const int *fds, guint count, gpointer data);
