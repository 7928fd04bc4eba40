/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps that the readers of dates share: years, what stands between parts, times, zones, the
 * result.
 */
#include "config.h"

#include "text/date-parser.h"
#include "text/date-tokens.h"

bool
parser_valid_day(int y, int m, int d)
{
    return y >= 1000 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 &&
           d <= g_date_get_days_in_month((GDateMonth)m, (GDateYear)y);
}

int
parser_full_year(const struct token *t)
{
    if (t->digits == 4)
        return t->value;
    if (t->digits == 2)
        return t->value <= 69 ? 2000 + t->value : 1900 + t->value;
    return 0;
}

const struct token *
parser_skip_between(const struct token *t)
{
    for (int skipped = 0; skipped < 8; skipped++) {
        bool colon = token_is_sign(t, ':') && token_is_word(t + 1, "e a"); /* "den 14:e oktober" */
        /* "2020(e)ko" */
        bool inner = token_is_sign(t, '(') && token_is_word(t + 1, "e a") &&
                     token_is_sign(t + 2, ')');
        t += inner ? 2 : 0;
        if (!colon && !inner && !(t->kind == WORD && t->between) && !token_is_sign(t, '.') &&
            !token_is_sign(t, ',') && !token_is_sign(t, '-') && !token_is_sign(t, '/') &&
            !token_is_sign(t, '\''))
            break;
        t++;
    }
    return t;
}

const struct token *
parser_skip_after(const struct token *t)
{
    while (t->kind == WORD && t->after)
        t += 1 + token_is_sign(t + 1, '.');
    return t;
}

/* --- days -------------------------------------------------------------------------------- */

bool
parser_set_day(struct parser *p, int y, int m, int d, const struct token *t)
{
    if (y >= 2443 && y < 2643) /* 1900 to 2099 of Thailand */
        y -= 543;
    /*
     * what is written as 1442 is of the Islamic calendar, of which nobody says which months begin
     * when
     */
    if (y < 1500 || !parser_valid_day(y, m, d))
        return false;
    parser_restart(p, t);
    p->y = y;
    p->mo = m;
    p->d = d;
    return true;
}

/*
 * The calendar repeats its leap years every 33 years from 1178 to 1633, which is what the observed
 * equinox gives in that time.
 */
bool
parser_set_persian_day(struct parser *p, int y, int m, int d, const struct token *t)
{
    if (y < 1200 || y > 1500 || m < 1 || m > 12 || d < 1 || d > (m <= 6 ? 31 : 30))
        return false;
    int years = y + 1595;
    int days = -355668 + 365 * years + years / 33 * 8 + (years % 33 + 3) / 4 + d +
               (m <= 7 ? (m - 1) * 31 : (m - 7) * 30 + 186);
    GDate date; /* counts from the first of January of the year 1, which is 366 days later */
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(days - 365));
    return parser_set_day(p, g_date_get_year(&date), (int)g_date_get_month(&date),
                          g_date_get_day(&date), t);
}

bool
parser_take_zone(struct parser *p)
{
    const struct date_local local = {p->y, p->mo, p->d, p->h, p->mi, p->s};
    if (!date_zone(&p->t, &local, &p->offset, &p->meanings))
        return false;
    p->zoned = true;
    return true;
}

/* --- times ------------------------------------------------------------------------------- */

/* Where a time begins behind what may stand between it and a date. */
static const struct token *
skip_before_time(const struct token *t)
{
    for (int skipped = 0; skipped < 6; skipped++) {
        if (token_is_sign(t, ',') || token_is_sign(t, '(') || token_is_sign(t, ')') ||
            token_is_sign(t, '[') || token_is_sign(t, ']') || token_is_sign(t, '|') ||
            token_is_word(
                t,
                "t at в um à о об y om uhr kl alle às klo lúc ob v u pukul ore ora kell kello val la las saat na"))
            t++;
        else if (token_is_sign(t, 0x661f) && token_is_sign(t + 1, 0x671f)) /* 星期 */
            t += t[2].kind == SIGN ? 3 : 2;
        else if (token_is_sign(t, '-') && t->space && t[1].kind == NUMBER &&
                 token_is_sign(t + 2, ':'))
            t++;
        else
            break;
    }
    return t;
}

enum half { WHOLE_DAY, MORNING, AFTERNOON };

/* 上午, 下午, 오전, 오후: the half of the day that stands before a time. */
static enum half
take_half(struct parser *p, const struct token **t)
{
    if ((token_is_sign(*t, 0x4e0a) || token_is_sign(*t, 0x4e0b)) && token_is_sign(*t + 1, 0x5348)) {
        *t += 2;
        return token_is_sign(*t - 2, 0x4e0b) ? AFTERNOON : MORNING;
    }
    /* 晚, 晚上, 早, 早上 */
    if (token_is_sign(*t, 0x665a) || token_is_sign(*t, 0x65e9)) {
        enum half half = token_is_sign(*t, 0x665a) ? AFTERNOON : MORNING;
        *t += 1 + token_is_sign(*t + 1, 0x4e0a);
        return half;
    }
    if (token_is_sign(*t, 0xc624) &&
        (token_is_sign(*t + 1, 0xc804) || token_is_sign(*t + 1, 0xd6c4))) {
        p->korean = true;
        *t += 2;
        return token_is_sign(*t - 1, 0xd6c4) ? AFTERNOON : MORNING;
    }
    return WHOLE_DAY;
}

struct clock {
    int hour, minute, second;
    bool seconds; /* they are told */
};

/* 8:30, 08:30:15, 08:30:15.123, 8.30; the hour stands at *t, as in what follows. */
static bool
take_colons(const struct token **at, struct clock *clock)
{
    const struct token *t = *at;
    bool dotted = token_is_sign(t + 1, '.') && t[2].digits == 2 && t->space;
    if (!(token_is_sign(t + 1, ':') || dotted) || t[2].kind != NUMBER || t[2].digits > 2)
        return false;
    gunichar colon = t[1].sign;
    clock->minute = t[2].value;
    t += 3;
    if (token_is_sign(t, colon) && t[1].kind == NUMBER && t[1].digits <= 2) {
        clock->second = t[1].value;
        clock->seconds = true;
        t += 2;
        bool fraction = token_is_sign(t, '.') || token_is_sign(t, ',');
        if (fraction && t[1].kind == NUMBER && !t[1].space && !t->space)
            t += 2; /* it is dropped */
    }
    *at = t;
    return true;
}

/* 10h15 */
static bool
take_h(const struct token **at, struct clock *clock)
{
    const struct token *t = *at;
    if (!token_is_word(t + 1, "h") || t[1].space || t[2].kind != NUMBER || t[2].digits != 2 ||
        t[2].space)
        return false;
    clock->minute = t[2].value;
    *at = t + 3;
    return true;
}

/* 8时, 8時30分, 8点30分15秒, 8시 30분 */
static bool
take_cjk_clock(const struct token **at, struct clock *clock)
{
    const struct token *t = *at;
    static const gunichar hours[] = {0x65f6, 0x6642, 0x70b9, 0x9ede, 0xc2dc}; /* 时 時 点 點 시 */
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(hours) && !found; i++)
        found = token_is_sign(t + 1, hours[i]);
    if (!found)
        return false;
    t += 2;
    /* 点半; 分 분 */
    if (token_is_sign(t, 0x534a)) {
        clock->minute = 30;
        t++;
    } else if (t->kind == NUMBER &&
               (token_is_sign(t + 1, 0x5206) || token_is_sign(t + 1, 0xbd84))) {
        clock->minute = t->value;
        t += 2;
        /* 秒 초 */
        if (t->kind == NUMBER && (token_is_sign(t + 1, 0x79d2) || token_is_sign(t + 1, 0xcd08))) {
            clock->second = t->value;
            clock->seconds = true;
            t += 2;
        }
    }
    *at = t;
    return true;
}

/* 7 pm, and behind a T 2014-11-05T19+0100 */
static bool
take_bare_hour(const struct token **at, bool after_t)
{
    const struct token *next = *at + 1;
    bool zone = after_t && (token_is_sign(next, '+') || token_is_sign(next, '-'));
    bool dotted = token_is_word(next, "a p") && token_is_sign(next + 1, '.') &&
                  token_is_word(next + 2, "m"); /* 7 p.m. */
    if (!token_is_word(next, "am pm") && !dotted && !zone)
        return false;
    *at = next;
    return true;
}

/* Makes an hour of the half that stands before or behind it ("pm", "p.m.") one of 24. */
static void
take_noon(const struct token **at, enum half half, struct clock *clock)
{
    const struct token *t = *at;
    bool letter = token_is_word(t, "a p") &&
                  !(t[1].kind == NUMBER || token_is_word(t + 1, "las")); /* "8:00 a 14:00" */
    bool named = token_is_word(t, "am pm") || letter;
    if (!named && half == WHOLE_DAY) {
        *at = token_is_word(t, "uhr") ? t + 1 : t;
        return;
    }
    bool pm = half == WHOLE_DAY ? t->word[0] == 'p' : half == AFTERNOON;
    if (clock->hour <= 12)
        clock->hour = clock->hour % 12 + (pm ? 12 : 0);
    if (half != WHOLE_DAY)
        return;
    bool dotted = t->word[1] == '\0';
    t++;
    if (dotted && token_is_sign(t, '.') && token_is_word(t + 1, "m"))
        t += token_is_sign(t + 2, '.') ? 3 : 2;
    *at = t;
}

/* A zone behind a time, and its name in brackets behind its offset: "+0800 (CST)". */
static void
take_zone_behind(struct parser *p)
{
    struct parser zone = *p;
    bool may = token_is_sign(p->t, '(') || p->t->kind == WORD || token_is_sign(p->t, '+') ||
               token_is_sign(p->t, '-');
    if (may && parser_take_zone(&zone))
        *p = zone;
    if (p->zoned && token_is_sign(p->t, '(') && p->t[1].kind == WORD &&
        token_is_sign(p->t + 2, ')'))
        p->t += 3;
}

bool
parser_take_time(struct parser *p)
{
    const struct token *t = skip_before_time(p->t);
    bool after_t = t > p->t && token_is_word(t - 1, "t");
    enum half half = take_half(p, &t);
    if (t->kind != NUMBER || t->digits > 2)
        return false;
    struct clock clock = {.hour = t->value};
    if (!take_colons(&t, &clock) && !take_h(&t, &clock) && !take_cjk_clock(&t, &clock) &&
        !take_bare_hour(&t, after_t))
        return false;
    take_noon(&t, half, &clock);
    if (clock.hour > 24 || clock.minute > 59 || clock.second > 60 ||
        (clock.hour == 24 && (clock.minute || clock.second)))
        return false;
    p->t = t;
    p->h = clock.hour;
    p->mi = clock.minute;
    p->s = clock.second;
    p->timed = true;
    p->seconds = clock.seconds;
    take_zone_behind(p);
    return true;
}

/* --- the result -------------------------------------------------------------------------- */

/*
 * The offset of a zone; where its name has several meanings, the one at which the source is said to
 * be.
 */
static int
offset_of(const struct parser *p, int stated)
{
    for (const struct date_zone_meaning *m = p->meanings; m && m->name; m++)
        if (m->minutes == stated)
            return stated;
    return p->offset;
}

void
parser_finish(const struct parser *p, struct date *out)
{
    const struct date_local local = {p->y, p->mo, p->d, p->h, p->mi, p->s};
    int stated = date_style_local_offset(p->style, &local);
    out->zoned = p->zoned;
    out->ambiguous = p->ambiguous;
    out->offset = (int16_t)(p->zoned                                       ? offset_of(p, stated)
                            : p->korean && stated == 0 && !p->style->zoned ? 540
                                                                           : stated);
    out->precision = !p->timed ? DATE_DAY : p->seconds ? DATE_SECOND : DATE_MINUTE;
    g_autoptr(GDateTime) midnight = g_date_time_new_utc(p->y, p->mo, p->d, 0, 0, 0);
    int64_t time = midnight ? g_date_time_to_unix(midnight) : 0;
    out->time = time + p->h * 3600 + p->mi * 60 + p->s - (int64_t)out->offset * 60;
}
