/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines around the views: titles above, state and keys below. */
#pragma once

#include "ui/panes.h"

void bars_draw_titles(const struct app *app, const struct panes *panes, int y);
void bars_draw_status(const struct app *app, int y);

/* The most useful keys of the view that has them, or those that go on from what was typed. */
void bars_draw_hints(const struct app *app, int y);
