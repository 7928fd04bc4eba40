/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The date parser, and dates in numbers. date-tokens.c cuts the text into numbers, words and
 * signs; at each number or month name the known orders of year, month and day are tried, then a
 * time and a zone that follow. Nothing is allocated per date but the token array.
 */
#include "config.h"

#include "text/date.h"
#include "base/clock.h"
#include "base/number.h"
#include "text/date-months.h"
#include "text/date-parser.h"

#include <string.h>

/* A number of a date that tells nothing of itself, and a sign that joins it with the next. */
static bool
is_part(const struct token *t, gunichar sign)
{
    return t->kind == NUMBER && t->digits <= 2 && (!sign || token_is_sign(t + 1, sign));
}

/* 2025-06-01, 2025/6/1, 2025.06.01, ROC 115.03.19, Iran's ۱۳۹۹/۰۷/۲۳ */
static bool
take_year_first(struct parser *p)
{
    const struct token *t = p->t;
    gunichar sign = t->kind == NUMBER && t[1].kind == SIGN ? t[1].sign : 0;
    if (sign != '-' && sign != '/' && sign != '.')
        return false;
    bool roc = t->digits == 3 && t->value >= 90 && t->value <= 199;
    if ((t->digits != 4 && !roc) || !is_part(t + 2, sign) || !is_part(t + 4, 0))
        return false;
    int m = t[2].value, d = t[4].value;
    bool persian = t->digits == 4 && t->value < 1500 &&
                   (t->persian || date_language_is_persian(p->style->language));
    if (persian)
        return parser_set_persian_day(p, t->value, m, d, t + 5);
    if (!parser_set_day(p, roc ? t->value + 1911 : t->value, m, d, t + 5))
        return false;
    if (token_is_sign(p->t, '-') && p->t[1].kind == NUMBER && token_is_sign(p->t + 2, ':'))
        p->t++; /* gov.cn: 2025-06-01-08:30:00 */
    return true;
}

/* 26.11.20, where years come first. */
static bool
take_short_year_first(struct parser *p)
{
    const struct token *t = p->t;
    bool whole = t[4].digits == 2 || (t[2].space && t[4].space); /* "26. 3. 3." */
    return p->style->order == DATE_YEAR_FIRST && t->digits == 2 && is_part(t + 4, 0) && whole &&
           parser_set_day(p, parser_full_year(t), t[2].value, t[4].value, t + 5);
}

/*
 * 01.06.2025, 1-6-2025, 6/1/2025, in the order of the document; in the other one where that
 * cannot be.
 */
static bool
take_year_last(struct parser *p)
{
    const struct token *t = p->t;
    gunichar sign = t->kind == NUMBER && t[1].kind == SIGN ? t[1].sign : 0;
    if ((sign != '.' && sign != '-' && sign != '/') || !is_part(t, sign) || !is_part(t + 2, sign) ||
        t[4].kind != NUMBER)
        return false;
    if (take_short_year_first(p))
        return true;
    if (t[4].digits != 4 && t[4].digits != 2)
        return false;
    int a = t[0].value, b = t[2].value, y = parser_full_year(&t[4]);
    bool native = t->native;
    if (t[4].digits == 2 && t[4].value >= 40 && date_language_is_thai(p->style->language))
        y = 2500 + t[4].value;
    enum date_order order = p->style->order;
    bool open = order != DATE_DAY_FIRST && order != DATE_MONTH_FIRST;
    /* those who write digits of their own put the day first */
    bool day_first = open ? sign != '/' || native : order == DATE_DAY_FIRST;
    if ((day_first ? b : a) > 12)
        day_first = !day_first;
    int d = day_first ? a : b, m = day_first ? b : a;
    bool persian = t[4].digits == 4 && y < 1500 &&
                   (t[4].persian || date_language_is_persian(p->style->language));
    if (persian ? !parser_set_persian_day(p, y, m, d, t + 5) : !parser_set_day(p, y, m, d, t + 5))
        return false;
    p->ambiguous = open && !native && sign != '.' && a <= 12 && b <= 12 && a != b;
    p->t = parser_skip_after(p->t);
    return true;
}

bool
parser_take_date(struct parser *p)
{
    static bool (*const orders[])(struct parser *) = {parser_take_cjk, take_year_first,
                                                      take_year_last, parser_take_written};
    const struct token *start = p->t;
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        parser_restart(p, start);
        if (orders[i](p)) {
            if (!p->timed)
                parser_take_time(p);
            return true;
        }
    }
    p->t = start;
    return false;
}

/* 2003-W24-2 and 2003-W24 (ISO 8601): the week with the year's first Thursday is its first */
static bool
take_week(struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != NUMBER || t->digits != 4 || t->value < 1 || !token_is_sign(t + 1, '-') ||
        !token_is_word(t + 2, "w") || t[3].kind != NUMBER || t[3].digits != 2 || t[3].value < 1 ||
        t[3].value > 53)
        return false;
    int day = 1;
    const struct token *after = t + 4;
    if (token_is_sign(after, '-') && after[1].kind == NUMBER && after[1].digits == 1) {
        day = after[1].value;
        after += 2;
    }
    if (day < 1 || day > 7)
        return false;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, 4, G_DATE_JANUARY, (GDateYear)t->value);
    int back = (int)g_date_get_weekday(&date) - 1;
    g_date_add_days(&date, (guint)((t[3].value - 1) * 7 + day - 1 + 7));
    g_date_subtract_days(&date, (guint)(back + 7));
    return parser_set_day(p, g_date_get_year(&date), (int)g_date_get_month(&date),
                          g_date_get_day(&date), after);
}

/* hhmmss as a number, and a zone after it. */
static bool
take_digits(struct parser *p, int digits, bool seconds)
{
    p->h = digits / 10000;
    p->mi = digits / 100 % 100;
    p->s = digits % 100;
    p->timed = true;
    p->seconds = seconds;
    if (token_is_sign(p->t, '.') && p->t[1].kind == NUMBER && !p->t->space)
        p->t += 2; /* a fraction is dropped */
    struct parser zone = *p;
    if (parser_take_zone(&zone))
        *p = zone;
    return p->h < 25 && p->mi < 60 && p->s < 61;
}

/* 20240903100000, 202409031000 */
static bool
take_stamp(struct parser *p)
{
    const struct token *t = p->t;
    bool seconds = t->digits == 14;
    gint64 all = seconds ? t->all : t->all * 100, day = all / 1000000;
    int y = (int)(day / 10000), m = (int)(day / 100 % 100), d = (int)(day % 100);
    if (y < 1900 || y > 2199 || !parser_set_day(p, y, m, d, t + 1))
        return false;
    return take_digits(p, (int)(all % 1000000), seconds);
}

/*
 * What is a date only where the whole text is one: 20250601, 20250601T083000Z, "Nov. 2020", "11 04
 * 2020"
 */
static bool
take_compact(struct parser *p)
{
    const struct token *t = p->t;
    if (take_week(p))
        return true;
    if (t->kind == WORD && t->value) {
        const struct token *year = parser_skip_between(t + 1);
        if (year->kind != NUMBER || year->digits != 4)
            return false;
        const struct token *after = parser_skip_after(year + 1);
        return t->persian ? parser_set_persian_day(p, year->value, t->value, 1, after)
                          : parser_set_day(p, year->value, t->value, 1, after);
    }
    if (t->kind == NUMBER && t->digits <= 2 && t[1].kind == NUMBER && t[1].digits <= 2 &&
        t[2].kind == NUMBER && t[2].digits == 4 &&
        parser_set_day(p, t[2].value, t[1].value, t->value, t + 3)) {
        parser_take_time(p);
        return true;
    }
    if (t->kind == NUMBER && (t->digits == 12 || t->digits == 14))
        return take_stamp(p);
    if (t->kind != NUMBER || (t->digits != 8 && t->digits != 4) ||
        (t->digits == 4 && t->value < 1000))
        return false;
    int y = t->value, m = 1, d = 1;
    bool day = t->digits == 8;
    if (day) {
        y = t->value / 10000;
        m = t->value / 100 % 100;
        d = t->value % 100;
    } else if (token_is_sign(t + 1, '-') && t[2].kind == NUMBER && t[2].digits == 2) {
        m = t[2].value;
        t += 2;
    }
    if (!parser_set_day(p, y, m, d, t + 1))
        return false;
    const struct token *clock = p->t + (token_is_word(p->t, "t") || token_is_sign(p->t, '-'));
    if (day && clock->kind == NUMBER && (clock->digits == 6 || clock->digits == 4)) {
        p->t = clock + 1;
        return take_digits(p, clock->digits == 6 ? clock->value : clock->value * 100,
                           clock->digits == 6);
    }
    if (day)
        parser_take_time(p);
    return true;
}

/* Whether a text may hold a number: no script before Arabic has digits but ASCII's. */
static bool
may_hold_number(const char *text)
{
    for (const guchar *p = (const guchar *)text; *p; p++)
        if (g_ascii_isdigit(*p) || *p >= 0xd9)
            return true;
    return false;
}

bool
date_find(const char *text, const struct date_style *style, struct date *out, gsize *start,
          gsize *end)
{
    if (!may_hold_number(text))
        return false;
    g_autoptr(GArray) tokens = date_tokens(text, style);
    const struct token *all = &g_array_index(tokens, struct token, 0);
    for (const struct token *t = all; t->kind != END; t++) {
        struct parser p = {.t = t, .style = style};
        if (!parser_take_date(&p))
            continue;
        parser_finish(&p, out);
        if (start)
            *start = t->start;
        if (end)
            *end = p.t > t ? p.t[-1].end : t->end;
        return true;
    }
    return false;
}

bool
date_parse(const char *text, const struct date_style *style, struct date *out)
{
    g_autoptr(GArray) tokens = date_tokens(text, style);
    const struct token *t = &g_array_index(tokens, struct token, 0);
    /* seconds or milliseconds */
    if (t->kind == NUMBER && (t->digits == 10 || t->digits == 13) && t[1].kind == END) {
        gint64 number = 0;
        number_prefix(text + t->start, G_MAXINT64, &number, NULL);
        *out = (struct date){.time = t->digits == 13 ? number / 1000 : number,
                             .zoned = true,
                             .precision = DATE_SECOND};
        return number > 0;
    }
    /* weekdays and labels, as "Tue," "mar.," "发布时间：" "Опубликовано:" */
    struct parser p = {.t = t, .style = style};
    bool found;
    while (!(found = parser_take_date(&p)) && (t->kind == SIGN || t->kind == WORD)) {
        p.t = t;
        if (take_compact(&p) && p.t->kind == END) {
            found = true;
            break;
        }
        p.t = ++t;
    }
    if (!found) {
        p.t = t;
        if (!take_compact(&p) || p.t->kind != END)
            return false;
    }
    /* "99:99", "+00:zz", "T09:xx": what looks like more of the date and is not */
    if (p.t->kind == NUMBER || token_is_sign(p.t, ':') || token_is_sign(p.t, '+') ||
        (token_is_sign(p.t, '-') && !p.t->space) || token_is_word(p.t, "t"))
        return false;
    parser_finish(&p, out);
    return true;
}

int
date_compare(const struct date *a, const struct date *b)
{
    if (!date_is_known(a) || !date_is_known(b))
        return (int)date_is_known(a) - (int)date_is_known(b);
    return a->time < b->time ? -1 : a->time > b->time;
}

bool
date_is_plausible(const struct date *date, int64_t now)
{
    /* a clock that is not set judges no date */
    return date->time >= 631152000 &&
           date->time <= (now < CLOCK_FLOOR ? 4102444800 : now + 2 * 86400);
}

/* RFC 3339 has four digits for a year, which %Y of some libraries has not. */
static char *
format(GDateTime *moment, const char *rest)
{
    g_autofree char *tail = g_date_time_format(moment, rest);
    return tail ? g_strdup_printf("%04d%s", g_date_time_get_year(moment), tail) : NULL;
}

char *
date_utc(int64_t time)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
    return moment ? format(moment, "-%m-%dT%H:%M:%SZ") : NULL;
}

char *
date_iso(const struct date *date)
{
    g_autoptr(GDateTime)
        moment = g_date_time_new_from_unix_utc(date->time + (int64_t)date->offset * 60);
    if (!moment || date->precision == DATE_NONE)
        return NULL;
    if (date->precision == DATE_DAY)
        return format(moment, "-%m-%d");
    g_autofree char *local = format(moment, "-%m-%dT%H:%M:%S");
    int minutes = ABS(date->offset);
    return g_strdup_printf("%s%c%02d:%02d", local, date->offset < 0 ? '-' : '+', minutes / 60,
                           minutes % 60);
}

bool
date_parse_offset(const char *text, int *minutes)
{
    g_autoptr(GArray) tokens = date_tokens(text, NULL);
    struct parser p = {.t = &g_array_index(tokens, struct token, 0), .style = DATE_AT(0)};
    if (!parser_take_zone(&p) || p.t->kind != END)
        return false;
    *minutes = p.offset;
    return true;
}
