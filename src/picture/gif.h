/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GIF, where it was built in. */
#pragma once

#include "picture/pixels.h"

/* NULL for what is none, too large or too small, or too damaged. */
struct pixels *gif_decode(const guint8 *bytes, gsize length);
