/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mouse: clicks and the wheel go to the view on which they fall. */
#pragma once

#include "ui/app.h"

enum mouse { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

/* Something that the mouse did at a cell of the screen. */
void mouse_event(struct app *app, enum mouse what, int x, int y);
