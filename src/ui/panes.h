/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Views side by side: sections, list, article.  Which of the open views are shown, in which
 * areas; and previews: what the one with the focus would open is opened beside it.
 */
#pragma once

#include "ui/app.h"

#define MAX_PANES 3

struct panes {
    guint count;
    struct {
        struct view *view; /* borrowed; NULL: nothing is under the cursor to its left */
        struct area area;
        bool focused;
    } panes[MAX_PANES];
};

/* How many panes there are: as wanted or by the width, as far as they can be read; to MAX_PANES. */
int panes_layout(const struct app *app);
/*
 * Goes on to the next number of panes; that which there is by the width goes by it again.  False:
 * there is room for one only.
 */
bool panes_next_layout(struct app *app);

/*
 * Looks whether what stands beside the view with the focus is what is under its cursor, and so on
 * to the right.  With `open` others are closed and the right ones opened; else they stay for now.
 */
void panes_update_previews(struct app *app, bool open);

/* Where views stand in the lines [top, top + height). */
void panes_arrange(const struct app *app, int top, int height, struct panes *panes);

/* Brings the views up to date and has them make ready what their areas show. */
void panes_lay_out(struct app *app, const struct panes *panes);

/* Changes nothing but the grid. */
void panes_draw(const struct app *app, const struct panes *panes);

/* Gives the focus to the pane to the left (-1) or right (1); false when there is none. */
bool panes_move(struct app *app, int step);
