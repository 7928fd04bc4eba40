/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which pictures of a grid the terminal shows as pixels, and what is written for others to be.
 * What costs much waits until they have come to rest, and is a picture of cells until then: all
 * of a Sixel picture, and of a Kitty one the first time, since it is kept there and moved by its
 * number.  What did not move is not written again.  Nothing here writes to a terminal.
 */
#pragma once

#include "ui/graphics.h"
#include "ui/grid.h"

#define SHOWN_PIXELS_REST 150 /* ms without a move after which pictures are at rest */

struct shown_pixels {
    struct graphics_way way;         /* how; GRAPHICS_NONE: not at all */
    GArray *wanted, *chosen, *shown; /* of struct grid_graphic */
    gint64 moved;                    /* microseconds: when others were wanted last */
    bool waits;                      /* some of them are not chosen yet */
    GArray *kept;                    /* of struct kept: what Kitty has, oldest first */
    gsize kept_bytes;
};

struct shown_pixels *shown_pixels_new(void);
void shown_pixels_free(struct shown_pixels *pixels);
DEFINE_AUTO_FREE(shown_pixels, shown_pixels_free)

/* Chooses those of a grid, on a screen of that size. */
void shown_pixels_choose(struct shown_pixels *pixels, const struct grid *grid, int width,
                         int height, gint64 now);
/* Whether a cell is covered by one that was chosen, and is to be blank. */
bool shown_pixels_cover(const struct shown_pixels *pixels, int x, int y);
/*
 * Appends what makes the terminal show those that were chosen; cleared: nothing is on its screen
 * any more, or may be.  The cursor is somewhere afterwards if anything was appended.
 */
void shown_pixels_write(struct shown_pixels *pixels, GString *out, bool cleared);
/* Text was written over some of them, which takes Sixel away: it is drawn anew. */
void shown_pixels_rewritten(struct shown_pixels *pixels);
/* Milliseconds until there is more to choose; -1: never. */
int shown_pixels_timeout(const struct shown_pixels *pixels, gint64 now);
/* The terminal is left, or all is to be as new: appends what makes it keep nothing. */
void shown_pixels_forget(struct shown_pixels *pixels, GString *out);
