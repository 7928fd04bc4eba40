/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pixels of a picture, and how many there may be. */
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
/* All of them clear. */
struct pixels *pixels_new(guint width, guint height);
void pixels_free(struct pixels *pixels);
DEFINE_AUTO_FREE(pixels, pixels_free)

/* Whether a picture that says that it is so large is read. */
bool pixels_fit(guint64 width, guint64 height);
