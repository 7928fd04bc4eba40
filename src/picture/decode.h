/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pixels of a picture, of PNG, JPEG and, where it was built in, WebP; of one that moves the
 * first of its pictures, or nothing.  Foreign bytes: behind a fence alone.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

/* What takes more pixels is not read.  Smaller ones than the least are there to count visitors. */
#define PICTURE_MAX_PIXELS (24u << 20)
#define PICTURE_MAX_SIDE   20000u
#define PICTURE_MIN_SIDE   16u

struct pixels {
    guint width, height;
    guint8 *rgba; /* owned; four bytes each, not multiplied by the last */
};
void pixels_free(struct pixels *pixels);
DEFINE_AUTO_FREE(pixels, pixels_free)

/* NULL for what is none of these, too large or too small, or too damaged. */
struct pixels *picture_decode(const guint8 *bytes, gsize length);
