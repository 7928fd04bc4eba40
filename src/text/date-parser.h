/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of a date that is being read, and the steps that its readers share.  Inside this room
 * only.
 */
#pragma once

#include "text/date-zone.h"
#include "text/date.h"

struct parser {
    const struct token *t; /* the current token */
    int y, mo, d, h, mi, s;
    int offset;
    const struct date_zone_meaning *meanings; /* of a zone's name that has several, else NULL */
    bool zoned, timed, seconds, korean;
};

/* Years have four digits: what is written below is how some programs put that there is no date. */
bool parser_valid_day(int y, int m, int d);
int parser_full_year(const struct token *t); /* of two or four digits; 0: it is none */

/* What may stand between the parts of a date. */
const struct token *parser_skip_between(const struct token *t);

/* A zone at p->t: its offset, and what else its name may mean. */
bool parser_take_zone(struct parser *p);
/* A time and a zone at p->t, with what may stand between a date and them. */
bool parser_take_time(struct parser *p);
void parser_finish(const struct parser *p, int default_offset, struct date *out);

/* 2025年6月1日, 二〇二五年六月一日, 民國115年3月19日, 令和6年3月1日, 2004년 05월 28일 */
bool parser_take_cjk(struct parser *p);
/* 六月, 6月, 5월: the month, and *t after it; 0 if it is none. */
int parser_cjk_month(const struct token **t);
/* 6, 六, 二十一, 二〇二五: the number, and *t after it; -1 if it is none. */
int parser_cjk_number(const struct token **t);
