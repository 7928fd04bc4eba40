/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a list that were selected: single ones, and those from where a range was begun to the
 * cursor.
 */
#pragma once

#include "reader/window.h"

struct selection {
    GHashTable *ids; /* int64_t articles -> int64_t places at which they were taken in */
    int64_t anchor;  /* the place where a range was begun, or -1 */
    int64_t article; /* that stood there */
};

void selection_init(struct selection *selection);
void selection_free(struct selection *selection);
void selection_clear(struct selection *selection);

bool selection_has(const struct selection *selection, int64_t article, int64_t place,
                   int64_t cursor);
int64_t selection_size(const struct selection *selection, int64_t cursor);
/*
 * The rows that are selected and lie together around the cursor, without a selection its row alone:
 * [*from, *to), which is empty where other rows are selected.
 */
void selection_block(const struct selection *selection, struct window *window, int64_t cursor,
                     int64_t *from, int64_t *to);
/*
 * Takes the row at the cursor in, or out of what is selected, an open range too, which ends with
 * it.  Whether it is selected then.
 */
bool selection_toggle(struct selection *selection, struct window *window, int64_t article,
                      int64_t cursor);

/*
 * Takes over where its articles stand now, after the rows have changed; place_of() says -1 of those
 * that are no longer there.  last: the last place that there is.
 */
typedef int64_t selection_place_func(gpointer data, int64_t article);
void selection_follow(struct selection *selection, int64_t last, selection_place_func *place_of,
                      gpointer data);

/* Begins a range at the cursor; ends one by taking its rows in. */
void selection_toggle_range(struct selection *selection, struct window *window, int64_t cursor);

/* Takes the rows of an open range in and ends it, before other rows come to stand there. */
void selection_close_range(struct selection *selection, struct window *window, int64_t cursor);

/* What is selected, from the top on, else the row at the cursor; owned struct article_row *. */
GPtrArray *selection_rows(struct selection *selection, struct window *window, int64_t cursor);
