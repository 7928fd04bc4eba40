/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of a date that is being read, and the steps that its readers share.  Inside this room
 * only.
 */
#pragma once

#include "text/date-zone.h"

struct parser {
    const struct token *t;          /* the current token */
    const struct date_style *style; /* of the document */
    int y, mo, d, h, mi, s;
    int offset;
    const struct date_zone_meaning *meanings; /* of a zone's name that has several, else NULL */
    bool zoned, timed, seconds, korean, ambiguous;
    bool persian; /* day and month are of Iran's calendar */
};

/* Years have four digits: what is written below is how some programs put that there is no date. */
bool parser_valid_day(int y, int m, int d);
int parser_full_year(const struct token *t); /* of two or four digits; 0: it is none */

/* What may stand between the parts of a date; what may stand behind it, as "г.", "roku". */
const struct token *parser_skip_between(const struct token *t);
const struct token *parser_skip_after(const struct token *t);

/* A zone at p->t: its offset, and what else its name may mean. */
bool parser_take_zone(struct parser *p);
/* A time and a zone at p->t, with what may stand between a date and them. */
bool parser_take_time(struct parser *p);
void parser_finish(const struct parser *p, struct date *out);

/* Goes back to a token, with nothing read. */
static inline void
parser_restart(struct parser *p, const struct token *t)
{
    *p = (struct parser){.t = t, .style = p->style};
}

/*
 * Takes a day, when there is such a one, and continues at t.  A year of the Buddhist count is made
 * one of ours.
 */
bool parser_set_day(struct parser *p, int y, int m, int d, const struct token *t);
/* The same of Iran's solar calendar. */
bool parser_set_persian_day(struct parser *p, int y, int m, int d, const struct token *t);

/* A date with its year, and a time behind it; p->t stays where there is none. */
bool parser_take_date(struct parser *p);
/* A day without a year: 20 Nov, 11月20日, 20.11. (the order of numbers is the style's). */
bool parser_take_day(struct parser *p);

/* With the name of a month: 1. Juni 2025, June 1, 2025, 2020. gada 14. oktobris. */
bool parser_take_written(struct parser *p);

/* 2025年6月1日, 二〇二五年六月一日, 民國115年3月19日, 令和6年3月1日, R6.3.1, 2004년 05월 28일 */
bool parser_take_cjk(struct parser *p);
/* 六月, 6月, 5월: the month, and *t after it; 0 if it is none. */
int parser_cjk_month(const struct token **t);
/* 6, 六, 二十一, 二〇二五: the number, and *t after it; -1 if it is none. */
int parser_cjk_number(const struct token **t);
