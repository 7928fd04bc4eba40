/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that somebody types on the terminal while the reader has left it. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Asks on the terminal, by Enter; the line without its end.  `keys`: keys are read one by one, so
 * that Esc and ^G leave as they leave the prompts of the screen; else the terminal edits the line.
 * False when it is left, or there is no terminal.
 */
bool outside_ask_line(const char *question, bool keys, char *line, gsize size);
