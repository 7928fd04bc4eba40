/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels as a raster: fewer of them, and in few colours. */
#pragma once

#include "document/drawn.h"
#include "picture/decode.h"

/*
 * How large it is in cells of the request's size: in proportion, and no larger than it was made;
 * false where no pixels are asked for.
 */
bool picture_scale_size(const struct pixels *pixels, const struct drawn_request *request,
                        guint *width, guint *height);
/* So large; NULL where none are asked for, and where they are too many. */
struct raster *picture_scale(const struct pixels *pixels, const struct drawn_request *request);
