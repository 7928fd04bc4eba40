/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed between two revisions as lines of the screen: in one column, what is gone before
 * what is new, or the old and the new text beside each other, line by line.
 */
#pragma once

#include "store/revisions.h"
#include "ui/columns.h"

/* The lines of a change, the last one excluded. */
struct diff_place {
    int64_t first, end;
};

struct diff_lines {
    struct columns columns;
    GArray *changes; /* struct diff_place, in order */
};

/* Whether it is one text alone, which is shown as it was. */
bool diff_is_of_one(const struct comparison *comparison);

/* beside: in two columns of that width, else in one. */
struct diff_lines *diff_lines_new(const struct comparison *comparison, int width, bool beside,
                                  bool ascii);
void diff_lines_free(struct diff_lines *lines);
DEFINE_AUTO_FREE(diff_lines, diff_lines_free)

/* When something was, for people, in their zone: "2025-10-25 04:00". */
char *diff_time(int64_t time);

/* "Text 1, 2025-10-25 04:00"; of none that it is withdrawn; newly allocated. */
char *diff_text_name(const struct revision *text);

/*
 * How many bytes of a line of a step are for readers: the digest of an attachment is where nothing
 * else of it changed.
 */
gsize diff_shown_length(const struct diff_step *step, const struct diff_line *line);

/* How much changed, without signs: for who hears it; newly allocated. */
char *diff_size_words(const struct diff_stat *stat);
