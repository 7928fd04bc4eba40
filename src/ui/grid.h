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
#include "document/raster.h"
#include "text/cells.h"

/* What a cell is for; a theme (ui/theme.h) says how it looks. */
enum style {
    STYLE_NORMAL,
    STYLE_BAR,   /* title and status bars */
    STYLE_TITLE, /* in a bar, what is current: the pane with the focus, the edition */
    STYLE_HINT,  /* the bar of keys */
    STYLE_DIM,
    STYLE_STRONG,
    STYLE_EMPHASIS,
    STYLE_HEADING,
    STYLE_CODE,
    STYLE_QUOTE,
    STYLE_LINK,
    STYLE_FOCUS, /* the row or link under the cursor */
    STYLE_UNREAD,
    STYLE_MATCH,
    STYLE_FOUND, /* the match on which one is, in a text without a cursor */
    STYLE_ERROR,
    STYLE_STAR,
    STYLE_SELECTED, /* a row of a selection */
    STYLE_BORDER,   /* between panes */
    STYLE_DELETED,  /* what the portal has taken away, in marks of its own */
    STYLE_INSERTED, /* what it has put there */
    STYLE_COUNT
};

/* A part of the screen, in cells. */
struct area {
    int x, y, width, height;
};

struct cell {
    /* a character and what stands upon it; empty in the second cell of a wide one */
    char text[CELL_TEXT];
    guint8 width; /* 1, 2, or 0 in the second cell of a wide one */
    guint8 style;
    bool picture; /* part of a picture */
    guint32 ink,
        paper; /* of pictures: DRAWN_COLOR and a colour (document/drawn.h); 0: the style's */
};

/* A stretch of cells that leads somewhere, for terminals that know OSC 8. */
struct hyperlink {
    int x, y, cells;
    char *url; /* owned */
};

/* Rows of a picture, from its row `first` on, that may be shown as pixels in place of its cells. */
struct grid_graphic {
    int x, y, columns, rows, first;
    struct raster *raster; /* a reference */
};

struct grid {
    int width, height;
    struct cell *cells;
    int cursor_x, cursor_y; /* where the terminal's cursor stands */
    GArray *hyperlinks;     /* of struct hyperlink; grid_clear() empties it */
    GArray *graphics;       /* of struct grid_graphic; the same */
};

struct grid *grid_new(int width, int height);
void grid_free(struct grid *grid);
DEFINE_AUTO_FREE(grid, grid_free)
void grid_clear(struct grid *grid);

/*
 * Writes text from (x, y), at most `cells` cells and never beyond the edge; a wide
 * character, or a cluster of several, that does not fit whole is not begun.  Any bytes may be put;
 * what is no UTF-8 is shown as U+FFFD.  Returns the column after it.
 */
int grid_put(struct grid *grid, int x, int y, const char *text, int cells, enum style style);

/*
 * Writes a paragraph of that width from line y on, above line `end`; the line after it.  grid may
 * be NULL.
 */
int grid_put_paragraph(struct grid *grid, int x, int y, int cells, int end, const char *text,
                       enum style style);

/* One cell of a picture: a character of one cell, in colours of its own. */
void grid_put_symbol(struct grid *grid, int x, int y, gunichar symbol, guint32 ink, guint32 paper);

/* An array of struct grid_graphic that owns its references. */
GArray *grid_graphics_new(void);
/* Notes that the cells of a row of a picture, which are put as well, may be shown as pixels. */
void grid_put_graphic(struct grid *grid, int x, int y, int columns, int row, struct raster *raster);
/* Whether it is all on the grid, and nothing was put over it. */
bool grid_shows_graphic(const struct grid *grid, const struct grid_graphic *graphic);

/* Fills from x for `cells` cells with blanks of a style. */
void grid_fill(struct grid *grid, int x, int y, int cells, enum style style);

/* The same for a row that is set off: what is a match in it stays one. */
void grid_set_off(struct grid *grid, int x, int y, int cells, enum style style);

/* Changes the style of a stretch of cells. */
void grid_restyle(struct grid *grid, int x, int y, int cells, enum style style);

/* Notes that a stretch leads to a URL; one with control characters is not noted. */
void grid_hyperlink(struct grid *grid, int x, int y, int cells, const char *url);

/* Whether wide characters are whole and the cursor is inside: what must hold whatever was put. */
bool grid_is_consistent(const struct grid *grid);

/* Sets off where a text that was put at (x, y) holds a word, as find does. */
void grid_restyle_matches(struct grid *grid, int x, int y, const char *text, const char *word,
                          enum style style);

/* The picture: lines of text without blanks at their ends. */
void grid_dump(const struct grid *grid, FILE *out);

/* The second picture: a letter for each cell's style, '.' for normal. */
void grid_dump_styles(const struct grid *grid, FILE *out);

/* The letter of a style in the second picture. */
char grid_style_letter(enum style style);

/* Whether the picture holds a text on one line. */
bool grid_contains(const struct grid *grid, const char *text);
