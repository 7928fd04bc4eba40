/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates with the name of a month, in whichever order a language has the three parts: "14 октября 2020 г.",
 * "October 14, 2020", "2020. október 14.", "2020. gada 14. oktobris", "14.X.2020".
 */
#include "config.h"

#include "text/date-parser.h"

/* I to XII, as the month of a date whose parts are joined by signs. */
static int
roman_of(const struct token *t)
{
    static const char *const numerals[] = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                           "vii", "viii", "ix",  "x",  "xi", "xii"};
    if (t->kind != WORD || t[1].kind != SIGN ||
        !(token_is_sign(t + 1, '.') || token_is_sign(t + 1, '-') || token_is_sign(t + 1, '/')))
        return 0;
    for (int i = 0; i < (int)G_N_ELEMENTS(numerals); i++)
        if (token_is_word(t, numerals[i]))
            return i + 1;
    return 0;
}

/* A month as it stands in a date. */
struct month {
    int number;
    bool persian, thai;
};

/*
 * Takes a month, and the same by another name behind it ("أكتوبر/تشرين الأول"); false when there is
 * none.
 */
static bool
take_month(const struct token **at, struct month *month)
{
    const struct token *t = *at;
    *month = (struct month){t->value, t->persian, t->thai};
    if (t->kind != WORD || !t->value) {
        bool joined = t->kind == WORD && t[-1].kind == SIGN && !token_is_sign(t - 1, ',');
        month->number = joined ? roman_of(t) : t->kind != WORD ? parser_cjk_month(&t) : 0;
        *month = (struct month){month->number, false, false};
        *at = t->kind == WORD ? t + 1 : t;
        return month->number > 0;
    }
    const struct token *other = parser_skip_between(t + 1);
    *at = other->kind == WORD && other->value == t->value && !other->persian ? other + 1 : t + 1;
    return true;
}

/* A day and its year, whose count may be that of the month's language. */
static bool
set_day(struct parser *p, const struct token *year, const struct month *month, int day,
        const struct token *t)
{
    int y = parser_full_year(year);
    if (month->persian)
        return parser_set_persian_day(p, year->value, month->number, day, t);
    /* "14 ต.ค. 63": of the 26th century, unless that would be long ago */
    if (month->thai && year->digits == 2 && year->value >= 40)
        y = 2500 + year->value;
    return parser_set_day(p, y, month->number, day, t);
}

static bool
is_year(const struct token *t)
{
    return t->kind == NUMBER && t->digits == 4;
}

/* Whether a year follows: then what stands before is that of another date. */
static bool
leads_to_year(const struct token *t)
{
    return is_year(parser_skip_between(t)) && !token_is_sign(parser_skip_between(t) + 1, ':');
}

/* 1 June 2025, 1. Juni 2025, 1 июня 2025 г., 10-Jun-03, 14 d'octubre de 2020, 14.X.2020 */
static bool
take_day_month(struct parser *p)
{
    const struct token *t = p->t;
    if (t->digits > 2)
        return false;
    int d = t->value;
    struct month month;
    t = parser_skip_between(t + 1);
    if (!take_month(&t, &month))
        return false;
    t = parser_skip_between(t);
    if (t->kind != NUMBER || (t->digits != 4 && t->digits != 2) || token_is_sign(t + 1, ':'))
        return false;
    return set_day(p, t, &month, d, parser_skip_after(t + 1));
}

/* 2020. október 14., 2020 m. spalio 14 d., 2004-július-13 */
static bool
take_year_month(struct parser *p)
{
    const struct token *year = p->t;
    struct month month;
    const struct token *t = parser_skip_between(year + 1);
    if (!is_year(year) || !take_month(&t, &month))
        return false;
    t = parser_skip_between(t);
    bool joined = token_is_sign(t - 1, '-'); /* "2004-július-13T9:15" */
    if (t->kind != NUMBER || t->digits > 2 || token_is_sign(t + 1, ':') ||
        (!joined && leads_to_year(t + 1)))
        return false;
    const struct token *after = parser_skip_after(t + 1);
    /* "14 d.", "14-én", "14a" */
    if (after->kind == WORD && after->between && !after->space)
        after++;
    return set_day(p, year, &month, t->value, after);
}

/* 2020. gada 14. oktobris, 2020 жылғы 14 қазан */
static bool
take_year_day(struct parser *p)
{
    const struct token *year = p->t, *t = parser_skip_between(year + 1);
    bool word = false;
    for (const struct token *between = year + 1; between < t; between++)
        word |= between->kind == WORD;
    if (!is_year(year) || t->kind != NUMBER || t->digits > 2)
        return false;
    word |= token_is_sign(t + 1, '-') && t[2].kind == WORD && t[2].value; /* "2020 14-oktabr" */
    if (!word)
        return false;
    int d = t->value;
    struct month month;
    t = parser_skip_between(t + 1);
    if (!take_month(&t, &month) || leads_to_year(t))
        return false;
    return set_day(p, year, &month, d, t);
}

/* Jun 10 04:00:00 2003 */
static bool
take_clock_and_year(struct parser *p, const struct token *t, int m, int d)
{
    struct parser clock = {.t = t, .style = p->style};
    if (!parser_take_time(&clock) || !is_year(clock.t) || !parser_valid_day(clock.t->value, m, d))
        return false;
    clock.y = clock.t->value;
    clock.mo = m;
    clock.d = d;
    clock.t++;
    *p = clock;
    return true;
}

/* June 1, 2025; octubre 14 de 2020 */
static bool
take_month_day(struct parser *p)
{
    const struct token *t = p->t;
    struct month month;
    if (!t->value || !take_month(&t, &month))
        return false;
    t = parser_skip_between(t);
    if (t->kind != NUMBER || t->digits > 2)
        return false;
    int d = t->value;
    if (take_clock_and_year(p, t + 1, month.number, d))
        return true;
    t = parser_skip_between(t + 1);
    return is_year(t) && set_day(p, t, &month, d, t + 1);
}

bool
parser_take_written(struct parser *p)
{
    if (p->t->kind == WORD)
        return take_month_day(p);
    return p->t->kind == NUMBER && (take_day_month(p) || take_year_month(p) || take_year_day(p));
}
