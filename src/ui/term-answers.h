/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal is asked, once, of how it shows pixels, and its answers, which come among the
 * keys that are typed: each character passes here until the last answer came, is held while it may
 * be one of an answer, and is a key when it is none.  Nothing here reads or writes a terminal.
 */
#pragma once

#include "ui/graphics.h"

#include <stdbool.h>

/* Whether Kitty's way is known; the size of a cell; colours; last what every terminal answers. */
#define ANSWERS_QUESTION "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\\033[16t\033[?1;1;0S\033[c"
#define ANSWERS_LENGTH   128 /* characters of an answer */

struct answers {
    bool asked, whole;                     /* whether it was asked; and the last answer came */
    bool sixel, kitty;                     /* what it can */
    guint cell_width, cell_height, colors; /* 0: not known */

    gunichar held[ANSWERS_LENGTH]; /* keys, and behind them what may be an answer */
    guint length, keys, given;     /* of all; of the keys; of those that were taken back */
    gint64 since;                  /* microseconds: when that answer began */
    guint late; /* where what was read after its time begins, which may have been typed; or 0 */
};

/* Whether characters have to pass here. */
bool answers_are_due(const struct answers *answers);

/* Takes a character; true when that ended the last answer. */
bool answers_take(struct answers *answers, gunichar c, gint64 now);
/* What is held is no answer: somebody pressed another kind of key. */
void answers_release(struct answers *answers);
/* The same, if it does not end in time.  Half an answer, which nobody types, is forgotten. */
void answers_expire(struct answers *answers, gint64 now);
/* Milliseconds until answers_expire() has something to do; -1: never. */
int answers_timeout(const struct answers *answers, gint64 now);
/* The next character that was held and is a key. */
bool answers_next_key(struct answers *answers, gunichar *c);

/* How large the terminal says that it is, in cells and pixels; 0: it does not. */
struct answers_size {
    guint columns, rows, width, height;
};
/* The way to show pixels; none where the last answer did not come, or no size is known. */
struct graphics_way answers_way(const struct answers *answers, const struct answers_size *size);
