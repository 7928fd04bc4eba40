/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the linear mode reads out: a view when it is opened, afterwards only what has moved or
 * changed, so that each line that is typed is answered by words, and by few.
 *
 * Views of rows say them with their numbers, "3 of 12: title".  Texts are lines without breaks of
 * their own; one is read out whole, and then gone through line by line.
 */
#pragma once

#include "ui/app.h"

#define LINEAR_ROWS 20 /* of a list that are said at once */

struct linear {
    struct app *app;         /* borrowed */
    const struct view *view; /* that was said last; to be compared only */
    char *title, *row;       /* what was said of it; owned, may be NULL */
    int64_t cursor;          /* in it, then */
    GPtrArray *lines;        /* owned char *: of the text that is on */
    int64_t line;            /* which of them was read last; -1: none yet */
    GQueue *rest;            /* what is still to be read of a page that was too long for one */
    int64_t part;            /* the first row or line of what was read of it last */
    const struct view *of;   /* the view whose rows or lines stand there; to be compared only */
    bool spoke;              /* something was said since the last line that was typed */
    bool message;            /* by a message of the reader's */
    bool newcomer;           /* who has subscribed to nothing yet, and so knows no key */
    char *typed;             /* the line, if it was an action; owned, or NULL */
    enum action action;      /* that one */
    gint64 interrupted;      /* when ^C was pressed, since the last line; 0: it was not */
    unsigned programs;       /* bits of the jobs beside that ran before it */
};

void linear_init(struct linear *linear, struct app *app);
void linear_clear(struct linear *linear);
DEFINE_AUTO_CLEAR(linear, linear_clear)

/* Writes text and a line feed; longer ones by pages of plain.page lines, the rest on demand. */
void linear_say(struct linear *linear, const char *text);
/* The next page; false when there is no more. */
bool linear_read_on(struct linear *linear);
/* Whether a page waits; it is forgotten, and what of it was not read counts as not read. */
bool linear_waits(const struct linear *linear);
void linear_forget(struct linear *linear);

/* That nothing follows, and how to go on from there; newly allocated. */
char *linear_end_words(const struct app *app, bool rows);
/* What is on now, as far as it is new; some words in any case. */
void linear_say_view(struct linear *linear);
/*
 * The rows behind those that were read last (`step` 1), or those before (-1), as many as are said
 * at once; at the beginning the first ones again.
 */
void linear_turn_page(struct linear *linear, int step);

/*
 * Goes over `count` lines of a text that have words, onwards (`step` 1) or back (-1), as far as
 * there are such, and reads the one that it comes to.
 */
void linear_step(struct linear *linear, int step, guint count);
/* The first or last line; or (number) that line, from 1, of those that have words. */
void linear_go(struct linear *linear, bool last, guint number);
/* The lines of a text as they are now; one is at the same place in them, and nothing is said. */
void linear_take_again(struct linear *linear);
/* All that follows the line that was read last; false at the end. */
bool linear_say_onwards(struct linear *linear);
/* The text from its beginning; false: there is none. */
bool linear_say_again(struct linear *linear);
/*
 * The next line with words that view->find holds, or the one `count` of them further on; false:
 * there is none.
 */
bool linear_find(struct linear *linear, int step, bool here, int count);
