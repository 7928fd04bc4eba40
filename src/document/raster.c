/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rasters as bytes, and what is believed of them. */
#include "config.h"

#include "document/raster.h"

#include <string.h>

static gsize live;
static guint last_serial;

static gsize
size_of(const struct raster *raster)
{
    return (gsize)raster->width * raster->height;
}

struct raster *
raster_new(guint width, guint height)
{
    struct raster *raster = g_rc_box_alloc0(sizeof *raster + (gsize)width * height);
    raster->width = width;
    raster->height = height;
    raster->serial = ++last_serial;
    live += size_of(raster);
    return raster;
}

static void
forget(gpointer raster)
{
    live -= size_of(raster);
}

gsize
raster_live(void)
{
    return live;
}

struct raster *
raster_ref(struct raster *raster)
{
    return g_rc_box_acquire(raster);
}

void
raster_unref(struct raster *raster)
{
    if (raster)
        g_rc_box_release_full(raster, forget);
}

void
raster_put(GByteArray *out, const struct raster *raster)
{
    wire_put_number(out, raster ? raster->width : 0);
    if (!raster)
        return;
    wire_put_number(out, raster->height);
    wire_put_number(out, raster->count);
    wire_put_bytes(out, raster->colors, sizeof *raster->colors * raster->count);
    wire_put_bytes(out, raster->pixels, size_of(raster));
}

/* What is read into a raster of its size. */
static bool
read_raster(struct wire_input *in, struct raster *raster, guint most)
{
    gsize size = size_of(raster), length;
    raster->count = (guint)wire_get_number(in, 0, most);
    const guint8 *colors = wire_get_bytes(in, sizeof raster->colors, &length);
    if (!colors || length != sizeof *raster->colors * raster->count)
        return false;
    memcpy(raster->colors, colors, length);
    for (guint i = 0; i < raster->count; i++)
        if (raster->colors[i] > 0xffffff)
            return false;
    const guint8 *pixels = wire_get_bytes(in, size, &length);
    if (!pixels || length != size)
        return false;
    memcpy(raster->pixels, pixels, size);
    for (gsize i = 0; i < size; i++)
        if (pixels[i] > raster->count)
            return false;
    return true;
}

struct raster *
raster_get(struct wire_input *in, guint width, guint height, guint colors)
{
    guint columns = (guint)wire_get_number(in, 0, width);
    if (in->bad || !columns)
        return NULL;
    guint rows = (guint)wire_get_number(in, 1, height);
    if (in->bad || (guint64)columns * rows > RASTER_MAX_PIXELS) {
        in->bad = true;
        return NULL;
    }
    struct raster *raster = raster_new(columns, rows);
    if (read_raster(in, raster, MIN(colors, RASTER_MAX_COLORS)))
        return raster;
    raster_unref(raster);
    in->bad = true;
    return NULL;
}
