/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels of a fair size. */
#include "config.h"

#include "picture/pixels.h"

void
pixels_free(struct pixels *pixels)
{
    g_free(pixels->rgba);
    g_free(pixels);
}

bool
pixels_fit(guint64 width, guint64 height)
{
    return width >= PICTURE_MIN_SIDE && height >= PICTURE_MIN_SIDE && width <= PICTURE_MAX_SIDE &&
           height <= PICTURE_MAX_SIDE && width * height <= PICTURE_MAX_PIXELS;
}

struct pixels *
pixels_new(guint width, guint height)
{
    struct pixels *pixels = g_new0(struct pixels, 1);
    pixels->width = width;
    pixels->height = height;
    pixels->rgba = g_malloc0((gsize)width * height * 4);
    return pixels;
}
