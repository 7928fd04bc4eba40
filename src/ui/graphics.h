/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pixels as terminals take them: DEC's Sixel, and the graphics of Kitty.  Written from numbers
 * alone, so that nothing which a stranger said gets to the terminal; nothing here knows one.
 */
#pragma once

#include "document/raster.h"

enum graphics { GRAPHICS_NONE, GRAPHICS_SIXEL, GRAPHICS_KITTY };

/* How a terminal shows pixels. */
struct graphics_way {
    enum graphics kind;
    guint cell_width, cell_height; /* in pixels */
    guint colors;                  /* that a picture may have */
};

/* The rows of pixels from `top` to above `end`, where the cursor stands. */
void graphics_sixel(GString *out, const struct raster *raster, guint top, guint end);

/*
 * Kitty keeps what it was sent by a number, and shows rows of it where the cursor stands as often
 * as it is placed, each time by a number too.  The cursor stays where it is.
 */
void graphics_kitty_send(GString *out, const struct raster *raster, guint id);
void graphics_kitty_place(GString *out, const struct raster *raster, guint id, guint placement,
                          guint top, guint end);
void graphics_kitty_remove(GString *out, guint id, guint placement);
void graphics_kitty_drop(GString *out, guint id); /* and it is kept no more */
