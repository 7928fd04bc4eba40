/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen as cells.  Views write into it, term.c paints it, tests compare it with
 * pictures; nothing here knows a terminal.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/auto.h"

enum style {
    STYLE_NORMAL,
    STYLE_BAR,     /* title and status bars */
    STYLE_HINT,    /* the bar of keys */
    STYLE_DIM,
    STYLE_STRONG,
    STYLE_EMPHASIS,
    STYLE_HEADING,
    STYLE_CODE,
    STYLE_QUOTE,
    STYLE_LINK,
    STYLE_FOCUS,   /* the row or link under the cursor */
    STYLE_UNREAD,
    STYLE_MATCH,
    STYLE_ERROR,
    STYLE_COUNT
};

struct cell {
    char text[32]; /* one grapheme cluster; empty in the second cell of a wide one */
    guint8 width;  /* 1, 2, or 0 in the second cell of a wide one */
    guint8 style;
};

struct grid {
    int width, height;
    struct cell *cells;
    int cursor_x, cursor_y; /* where the terminal's cursor stands */
};

struct grid *grid_new(int width, int height);
void grid_free(struct grid *grid);
DEFINE_AUTO_FREE(grid, grid_free)
void grid_clear(struct grid *grid);

/*
 * Writes text from (x, y), at most `cells` cells and never beyond the edge; a wide
 * character that does not fit whole is not begun.  Returns the column after it.
 */
int grid_put(struct grid *grid, int x, int y, const char *text, int cells, enum style style);

/* Fills from x for `cells` cells with blanks of a style. */
void grid_fill(struct grid *grid, int x, int y, int cells, enum style style);

/* Changes the style of a stretch of cells. */
void grid_restyle(struct grid *grid, int x, int y, int cells, enum style style);

/* The picture: lines of text without blanks at their ends. */
void grid_dump(const struct grid *grid, FILE *out);

/* The second picture: a letter for each cell's style, '.' for normal. */
void grid_dump_styles(const struct grid *grid, FILE *out);

/* Whether the picture holds a text on one line. */
bool grid_contains(const struct grid *grid, const char *text);
