/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed between two revisions as lines of the screen: in one column, what is gone before
 * what is new, or the old and the new text beside each other, line by line.
 */
#pragma once

#include "document/layout-lines.h"
#include "store/revisions.h"
#include "ui/grid.h"

#define DIFF_GAP 3 /* cells between two columns */

struct diff_lines {
    struct layout *columns[2]; /* of equal length; the second NULL: there is one */
    int width;                 /* cells of each */
    GArray *changes;           /* int64_t: the lines on which changes begin, in order */
};

/* beside: in two columns of that width, else in one. */
struct diff_lines *diff_lines_new(const struct comparison *comparison, int width, bool beside);
void diff_lines_free(struct diff_lines *lines);
DEFINE_AUTO_FREE(diff_lines, diff_lines_free)

int64_t diff_lines_count(const struct diff_lines *lines);
const char *diff_lines_text(const struct diff_lines *lines, int column, int64_t line);

/* Draws one line of a column. */
void diff_lines_draw(const struct diff_lines *lines, int column, struct grid *grid, int x, int y,
                     int64_t line);

/* When something was, for people, in their zone: "2025-10-25 04:00". */
char *diff_time(int64_t time);
