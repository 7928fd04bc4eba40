/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal: the only file that knows curses.  It paints grids and names keys. */
#pragma once

#include "ui/grid.h"

/* Takes the terminal; false and error when there is none that can be used. */
bool term_start(bool color, GError **error);
void term_stop(void);

void term_size(int *width, int *height);

/* Paints what differs from what is shown; `all` repaints everything. */
void term_paint(const struct grid *grid, bool all);

/*
 * The next key that waits, without blocking: its name (reader/actions.h) in `name`, or
 * "Resize"; false if there is none.
 */
bool term_key(char name[16]);

/* Whether every character of text can be shown, each in one cell. */
bool term_can_show(const char *text);
