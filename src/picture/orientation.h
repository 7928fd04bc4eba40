/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turning the pixels of a photograph as the camera says that it was held. */
#pragma once

#include "picture/pixels.h"

/* What Exif says, from 1 (as it is) to 8; 1 where it says nothing, or nothing that can be read. */
guint orientation_of_jpeg(const guint8 *bytes, gsize length);

void orientation_apply(struct pixels *pixels, guint orientation);
