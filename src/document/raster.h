/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A drawn picture as pixels, for terminals that show them: each the number of a colour or none.
 * Whatever its bytes, there is nothing in it but colours, so that who encodes it for a terminal
 * writes nothing that a stranger said.
 */
#pragma once

#include "base/auto.h"
#include "base/wire.h"

#define RASTER_MAX_COLORS 255 /* the number after the last one is none: clear */
#define RASTER_MAX_PIXELS (4u << 20)

struct raster {
    guint width, height;
    guint cell_width, cell_height;     /* of the cells in whose place it stands */
    guint serial;                      /* no other of this process has the same */
    guint count;                       /* of colours */
    guint32 colors[RASTER_MAX_COLORS]; /* 0xrrggbb */
    guint8 pixels[];                   /* a row after the other; each <= count */
};

struct raster *raster_new(guint width, guint height);
struct raster *raster_ref(struct raster *raster);
void raster_unref(struct raster *raster); /* NULL is none */

/* How many pixels all of this process have. */
gsize raster_live(void);

/* Whether a pixel is clear. */
static inline bool
raster_is_clear(const struct raster *raster, guint8 pixel)
{
    return pixel >= raster->count;
}

void raster_put(GByteArray *out, const struct raster *raster); /* or NULL */
/* NULL where none was put, and when it is larger than `width` by `height`, or bad. */
struct raster *raster_get(struct wire_input *in, guint width, guint height, guint colors);
