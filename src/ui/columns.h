/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of the screen in one column, or in two beside each other, in which what belongs together
 * stands on the same height.
 */
#pragma once

#include "document/layout-lines.h"
#include "ui/app.h"
#include "ui/grid.h"

#define COLUMNS_GAP    3   /* cells between two columns */
#define COLUMNS_BESIDE 120 /* cells from which there is room for two of changes, with their marks */

struct columns {
    struct layout *sides[2]; /* owned, of equal length; the second NULL: there is one */
    int width;               /* cells of each */
};

/* beside: two columns of that width, else one. */
void columns_init(struct columns *columns, int width, bool beside);
void columns_clear(struct columns *columns);

/* Makes both equally long, so that what comes next stands beside each other. */
void columns_level(struct columns *columns);
/* The same, and a line without text. */
void columns_blank(struct columns *columns);

int64_t columns_count(const struct columns *columns);
const char *columns_text(const struct columns *columns, int side, int64_t line);

/* The cells that a column has in an area, and where the first begins (*left). */
int columns_measure(const struct app *app, const struct area *area, bool beside, int *left);

/* Draws a line of all columns, the first at x, and what the view searches for in it. */
void columns_draw(const struct columns *columns, const struct app *app, struct grid *grid, int x,
                  int y, int64_t line, const struct view *view);
