/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scrolling, the same for all views.  Rows (of a list) have a cursor, which is kept in sight; lines
 * (of a text) have none, and what moves is the line on top.
 *
 *     scroller_fit(&view->scroll, area->height);
 *     for (int i = 0; i < scroller_shown(&view->scroll); i++)
 *         draw_row(view, view->scroll.top + i, area->y + view->scroll.first + i);
 */
#pragma once

#include "reader/actions.h"

#include <stdbool.h>
#include <stdint.h>

struct scroller {
    bool lines;     /* there is no cursor: `top` moves */
    int64_t cursor; /* the row under the cursor; unused for lines */
    int64_t top;    /* the row or line that is shown first */
    int64_t count;  /* how many there are */
    int height;     /* how many there is room for; 0 before the first picture */
    int first;      /* the line of the view's area on which they begin */
};

/* Where one is: the cursor, or the line on top. */
int64_t scroller_position(const struct scroller *scroller);
void scroller_go(struct scroller *scroller, int64_t to);

/*
 * Brings the cursor and the top into the limits that count and height set, and the cursor into
 * sight.
 */
void scroller_fit(struct scroller *scroller, int height);

/* How many rows or lines stand on the screen. */
int scroller_shown(const struct scroller *scroller);

/* Goes where a motion leads, `count` times (0: once); false when the action is no motion. */
bool scroller_move(struct scroller *scroller, enum action action, int count);

/* Sets the cursor on the row at a line of the area; false when there is none. */
bool scroller_click(struct scroller *scroller, int y);

/*
 * The place from `from` on in steps of 1 or -1 (that one too when `here`), round the end, whose
 * text holds `words`; -1: none.  text_at() gives the text of a place, borrowed.
 */
int64_t scroller_find(const struct scroller *scroller, int64_t from, int step, bool here,
                      const char *words, const char *(*text_at)(const void *data, int64_t place),
                      const void *data);

/* How much of the lines has been seen, for people; newly allocated. */
char *scroller_percent(const struct scroller *scroller);
