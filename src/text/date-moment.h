/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The days and hours of dates in prose, from which stretches are put together.  Inside this room
 * only.
 */
#pragma once

#include "text/date-parser.h"
#include "text/date-tokens.h"

struct scan {
    const char *text;
    const struct token *first; /* of the text */
    const struct date_style *style;
    int year, month, day; /* of the reference */
    bool month_first;     /* "June 10", which else is none */
    bool pairs;           /* "15.06", which else is a number */
};

/* A moment as it is read: parser.y to parser.s, and what was written of it. */
struct moment {
    struct parser p; /* p.t: behind it */
    bool known, assumed;
    bool opening; /* its hour is one from which on: "с 10:00" */
    bool rough;   /* the end of a month or a year */
};

/* A day at a token, with the hours that follow it; to: of hours, the last. */
bool moment_take(const struct scan *scan, const struct token *t, struct moment *m,
                 struct moment *to);
/* "9:00", "9 часов", "2 pm"; bare: a lone number too, where another that says more follows. */
bool moment_take_hour(struct parser *p, bool bare);
/* Behind a whole date that is too old to bind, else t. */
const struct token *moment_past_old(const struct scan *scan, const struct token *t);
/* Hours behind a day, or before it: one, or from one to another, for which `to` is set. */
bool moment_take_hours(struct moment *from, struct moment *to);

/* A year of four digits, and *t behind it and its word; 0: there is none. */
int moment_take_year(const struct token **t);
bool moment_is_zh_day(const struct token *t); /* 日 号 號 일 */
/* Behind "of this month", which stands behind a day; else t. */
const struct token *moment_past_this_month(const struct token *t);
/* A weekday beside a date, which says nothing new. */
bool moment_is_weekday(const struct token *t);
/* The token behind what stands in brackets at t, if it is short: "(пятница)", "（星期五）"; else t. */
const struct token *moment_past_brackets(const struct token *t);
/* The token behind one of the words of a list; behind what joins the ends of a stretch; else t. */
const struct token *moment_past_word(const struct token *t, const char *words);
const struct token *moment_past_connector(const struct token *t);
