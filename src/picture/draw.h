/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels as cells, by libchafa. */
#pragma once

#include "document/drawn.h"
#include "picture/decode.h"

/* At most as large as is asked for, and no larger than it is worth. */
struct drawn *picture_draw(const struct pixels *pixels, const struct drawn_request *request);
