/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pixels of a picture, of PNG, JPEG and, where they were built in, WebP and GIF; of one that
 * moves the first of its pictures, or nothing.  Foreign bytes: behind a fence alone.
 */
#pragma once

#include "picture/pixels.h"

/* NULL for what is none of these, too large or too small, or too damaged. */
struct pixels *picture_decode(const guint8 *bytes, gsize length);
