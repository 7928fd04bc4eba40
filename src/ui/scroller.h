/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scrolling through rows or lines, which lists and pages share: where a motion leads, and where a
 * text stands next.
 */
#pragma once

#include "reader/actions.h"

#include <stdbool.h>
#include <stdint.h>

/* The new place for an action, in [0, last]; -1 when the action is no motion. */
int64_t scroller_motion(enum action action, int64_t at, int64_t last, int page, int count);
