/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that the readers of dates share: years, what stands between parts, times, zones, the result. */
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
    while (token_is_sign(t, '.') || token_is_sign(t, ',') || token_is_sign(t, '-') || token_is_sign(t, '/') ||
           token_is_word(t, "of de del di th st nd rd er º"))
        t++;
    return t;
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

bool
parser_take_time(struct parser *p)
{
    const struct token *t = p->t;
    /* what may stand between date and time */
    for (int skipped = 0; skipped < 6; skipped++) {
        if (token_is_sign(t, ',') || token_is_sign(t, '(') || token_is_sign(t, ')') || token_is_sign(t, '[') || token_is_sign(t, ']') ||
            token_is_sign(t, '|') || token_is_word(t, "t at в um à о y om uhr kl alle às"))
            t++;
        else if (token_is_sign(t, 0x661f) && token_is_sign(t + 1, 0x671f)) /* 星期 */
            t += t[2].kind == SIGN ? 3 : 2;
        else if (token_is_sign(t, '-') && t->space && t[1].kind == NUMBER && token_is_sign(t + 2, ':'))
            t++;
        else
            break;
    }
    bool after_t = t > p->t && token_is_word(t - 1, "t");
    int half = 0;
    if ((token_is_sign(t, 0x4e0a) || token_is_sign(t, 0x4e0b)) && token_is_sign(t + 1, 0x5348)) { /* 上午 下午 */
        half = token_is_sign(t, 0x4e0b) ? 2 : 1;
        t += 2;
    } else if (token_is_sign(t, 0xc624) && (token_is_sign(t + 1, 0xc804) || token_is_sign(t + 1, 0xd6c4))) { /* 오전 오후 */
        half = token_is_sign(t + 1, 0xd6c4) ? 2 : 1;
        p->korean = true;
        t += 2;
    }
    if (t->kind != NUMBER || t->digits > 2)
        return false;
    int h = t->value, mi = 0, s = 0;
    bool seconds = false;
    if ((token_is_sign(t + 1, ':') || (token_is_sign(t + 1, '.') && t[2].digits == 2 && t->space)) &&
        t[2].kind == NUMBER && t[2].digits <= 2) {
        gunichar colon = t[1].sign;
        mi = t[2].value;
        t += 3;
        if (token_is_sign(t, colon) && t[1].kind == NUMBER && t[1].digits <= 2) {
            s = t[1].value;
            seconds = true;
            t += 2;
            if ((token_is_sign(t, '.') || token_is_sign(t, ',')) && t[1].kind == NUMBER && !t[1].space && !t->space)
                t += 2; /* a fraction is dropped */
        }
    } else if (token_is_word(t + 1, "h") && !t[1].space && t[2].kind == NUMBER && t[2].digits == 2 && !t[2].space) {
        mi = t[2].value; /* 10h15 */
        t += 3;
    } else if (token_is_sign(t + 1, 0x65f6) || token_is_sign(t + 1, 0x6642) || token_is_sign(t + 1, 0x70b9) ||
               token_is_sign(t + 1, 0x9ede) || token_is_sign(t + 1, 0xc2dc)) { /* 时 時 点 點 시 */
        t += 2;
        if (t->kind == NUMBER && (token_is_sign(t + 1, 0x5206) || token_is_sign(t + 1, 0xbd84))) {
            mi = t->value;
            t += 2;
            if (t->kind == NUMBER && (token_is_sign(t + 1, 0x79d2) || token_is_sign(t + 1, 0xcd08))) {
                s = t->value;
                seconds = true;
                t += 2;
            }
        }
    } else if (token_is_word(t + 1, "am pm") || (after_t && (token_is_sign(t + 1, '+') || token_is_sign(t + 1, '-')))) {
        t++; /* 2014-11-05T19+0100 */
    } else {
        return false;
    }
    if (token_is_word(t, "am pm a p") || half) {
        bool pm = half ? half == 2 : t->word[0] == 'p';
        if (h <= 12)
            h = h % 12 + (pm ? 12 : 0);
        if (!half) {
            bool dotted = t->word[1] == '\0';
            t++;
            if (dotted && token_is_sign(t, '.') && token_is_word(t + 1, "m"))
                t += token_is_sign(t + 2, '.') ? 3 : 2;
        }
    } else if (token_is_word(t, "uhr")) {
        t++;
    }
    if (h > 24 || mi > 59 || s > 60 || (h == 24 && (mi || s)))
        return false;
    p->t = t;
    p->h = h;
    p->mi = mi;
    p->s = s;
    p->timed = true;
    p->seconds = seconds;
    struct parser zone = *p;
    if (token_is_sign(zone.t, '(') || zone.t->kind == WORD || token_is_sign(zone.t, '+') || token_is_sign(zone.t, '-'))
        if (parser_take_zone(&zone))
            *p = zone;
    if (p->zoned && token_is_sign(p->t, '(') && p->t[1].kind == WORD && token_is_sign(p->t + 2, ')'))
        p->t += 3; /* "+0800 (CST)" */
    return true;
}

/* The offset of a zone; where its name has several meanings, the one at which the source is said to be. */
static int
offset_of(const struct parser *p, int default_offset)
{
    for (const struct date_zone_meaning *m = p->meanings; m && m->name; m++)
        if (m->minutes == default_offset)
            return default_offset;
    return p->offset;
}

void
parser_finish(const struct parser *p, int default_offset, struct date *out)
{
    out->zoned = p->zoned;
    out->offset = p->zoned ? offset_of(p, default_offset) : p->korean && default_offset == 0 ? 540 : default_offset;
    out->precision = !p->timed ? DATE_DAY : p->seconds ? DATE_SECOND : DATE_MINUTE;
    g_autoptr(GDateTime) midnight = g_date_time_new_utc(p->y, p->mo, p->d, 0, 0, 0);
    int64_t time = midnight ? g_date_time_to_unix(midnight) : 0;
    out->time = time + p->h * 3600 + p->mi * 60 + p->s - (int64_t)out->offset * 60;
}
