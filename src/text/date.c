/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The date parser.  date-tokens.c cuts the text into numbers, words and signs; at each number or
 * month name the known orders of year, month and day are tried, then a time and a zone
 * that follow.  Nothing is allocated per date but the token array.
 */
#include "config.h"

#include "text/date.h"
#include "base/clock.h"
#include "base/number.h"
#include "text/date-parser.h"

#include <string.h>

/* 2025-06-01, 2025/6/1, 2025.06.01, and ROC 115.03.19 */
static bool
take_year_first(struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != NUMBER || t[1].kind != SIGN ||
        !strchr("-/.", (int)(t[1].sign < 128 ? t[1].sign : 1)))
        return false;
    bool roc = t->digits == 3 && t->value >= 90 && t->value <= 199;
    if ((t->digits != 4 && !roc) || t[2].kind != NUMBER || t[2].digits > 2)
        return false;
    gunichar sign = t[1].sign;
    if (!token_is_sign(&t[3], sign) || t[4].kind != NUMBER || t[4].digits > 2)
        return false;
    int y = roc ? t->value + 1911 : t->value;
    if (!parser_valid_day(y, t[2].value, t[4].value))
        return false;
    *p = (struct parser){.t = t + 5, .y = y, .mo = t[2].value, .d = t[4].value};
    if (token_is_sign(p->t, '-') && p->t[1].kind == NUMBER && token_is_sign(p->t + 2, ':'))
        p->t++; /* gov.cn: 2025-06-01-08:30:00 */
    return true;
}

/* 01.06.2025, 1-6-2025 (day first); 6/1/2025 (month first unless it cannot be) */
static bool
take_year_last(struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != NUMBER || t->digits > 2 || t[1].kind != SIGN || t[2].kind != NUMBER ||
        t[2].digits > 2)
        return false;
    gunichar sign = t[1].sign;
    if ((sign != '.' && sign != '-' && sign != '/') || !token_is_sign(&t[3], sign) ||
        t[4].kind != NUMBER || (t[4].digits != 4 && t[4].digits != 2))
        return false;
    int a = t[0].value, b = t[2].value, y = parser_full_year(&t[4]);
    bool day_first = sign != '/' || a > 12;
    int d = day_first ? a : b, m = day_first ? b : a;
    if (!parser_valid_day(y, m, d))
        return false;
    *p = (struct parser){.t = t + 5, .y = y, .mo = m, .d = d};
    return true;
}

/* 1 June 2025, 1. Juni 2025, 1 июня 2025 г., 10-Jun-03 */
static bool
take_day_month(struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != NUMBER || t->digits > 2)
        return false;
    int d = t->value;
    t = parser_skip_between(t + 1);
    int m = t->kind == WORD ? t->value : parser_cjk_month(&t);
    if (!m)
        return false;
    t = parser_skip_between(t->kind == WORD ? t + 1 : t);
    if (t->kind != NUMBER || (t->digits != 4 && t->digits != 2) || token_is_sign(t + 1, ':'))
        return false;
    int y = parser_full_year(t);
    if (!parser_valid_day(y, m, d))
        return false;
    t++;
    while (token_is_word(t, "г года р року") ||
           (token_is_sign(t, '.') && token_is_word(t - 1, "г р")))
        t++;
    *p = (struct parser){.t = t, .y = y, .mo = m, .d = d};
    return true;
}

/* 2004-július-13 */
static bool
take_year_month_word(struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != NUMBER || t->digits != 4 || !token_is_sign(t + 1, '-') || t[2].kind != WORD ||
        !t[2].value || !token_is_sign(t + 3, '-') || t[4].kind != NUMBER ||
        !parser_valid_day(t->value, t[2].value, t[4].value))
        return false;
    *p = (struct parser){.t = t + 5, .y = t->value, .mo = t[2].value, .d = t[4].value};
    return true;
}

/* June 1, 2025; Jun 10 04:00:00 2003 */
static bool
take_month_day(struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != WORD || !t->value)
        return false;
    int m = t->value;
    t = parser_skip_between(t + 1);
    if (t->kind != NUMBER || t->digits > 2)
        return false;
    int d = t->value;
    struct parser clock = {.t = t + 1};
    if (parser_take_time(&clock) && clock.t->kind == NUMBER && clock.t->digits == 4) {
        int y = clock.t->value;
        if (!parser_valid_day(y, m, d))
            return false;
        clock.t++;
        clock.y = y;
        clock.mo = m;
        clock.d = d;
        *p = clock;
        return true;
    }
    t = parser_skip_between(t + 1);
    if (t->kind != NUMBER || t->digits != 4 || !parser_valid_day(t->value, m, d))
        return false;
    *p = (struct parser){.t = t + 1, .y = t->value, .mo = m, .d = d};
    return true;
}

static bool
take_date(struct parser *p)
{
    static bool (*const orders[])(struct parser *) = {parser_take_cjk, take_year_first,
                                                      take_year_last,  take_year_month_word,
                                                      take_day_month,  take_month_day};
    const struct token *start = p->t;
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        *p = (struct parser){.t = start};
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
    *p = (struct parser){.t = after,
                         .y = g_date_get_year(&date),
                         .mo = (int)g_date_get_month(&date),
                         .d = g_date_get_day(&date)};
    return true;
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
    if (y < 1900 || y > 2199 || !parser_valid_day(y, m, d))
        return false;
    *p = (struct parser){.t = t + 1, .y = y, .mo = m, .d = d};
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
        *p = (struct parser){.t = year + 1, .y = year->value, .mo = t->value, .d = 1};
        return true;
    }
    if (t->kind == NUMBER && t->digits <= 2 && t[1].kind == NUMBER && t[1].digits <= 2 &&
        t[2].kind == NUMBER && t[2].digits == 4 &&
        parser_valid_day(t[2].value, t[1].value, t->value)) {
        *p = (struct parser){.t = t + 3, .y = t[2].value, .mo = t[1].value, .d = t->value};
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
    if (!parser_valid_day(y, m, d))
        return false;
    *p = (struct parser){.t = t + 1, .y = y, .mo = m, .d = d};
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

bool
date_find(const char *text, int default_offset, struct date *out, gsize *start, gsize *end)
{
    g_autoptr(GArray) tokens = date_tokens(text);
    const struct token *all = &g_array_index(tokens, struct token, 0);
    for (const struct token *t = all; t->kind != END; t++) {
        struct parser p = {.t = t};
        if (!take_date(&p))
            continue;
        parser_finish(&p, default_offset, out);
        if (start)
            *start = t->start;
        if (end)
            *end = p.t > t ? p.t[-1].end : t->end;
        return true;
    }
    return false;
}

bool
date_parse(const char *text, int default_offset, struct date *out)
{
    g_autoptr(GArray) tokens = date_tokens(text);
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
    struct parser p = {.t = t};
    bool found;
    while (!(found = take_date(&p)) && (t->kind == SIGN || t->kind == WORD)) {
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
    parser_finish(&p, default_offset, out);
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
    g_autoptr(GArray) tokens = date_tokens(text);
    struct parser p = {.t = &g_array_index(tokens, struct token, 0)};
    if (!parser_take_zone(&p) || p.t->kind != END)
        return false;
    *minutes = p.offset;
    return true;
}
