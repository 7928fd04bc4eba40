/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates with 年, 月 and 日, in digits and in numerals, and with the years of eras. */
#include "config.h"

#include "text/date-months.h"
#include "text/date-parser.h"

#define YEAR     0x5e74
#define YEAR_KO  0xb144
#define MONTH    0x6708
#define MONTH_KO 0xc6d4

/* The digit that a token is as a numeral: 〇 零 ○ O 一 … 九; -1 if it is none. */
static int
digit_of(const struct token *t)
{
    static const gunichar digits[] = {0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                      0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d};
    if (token_is_sign(t, 0x96f6) || token_is_sign(t, 0x25cb) || token_is_sign(t, 0x25ef) ||
        token_is_word(t, "o oo"))
        return 0;
    for (int i = 0; i < (int)G_N_ELEMENTS(digits); i++)
        if (token_is_sign(t, digits[i]))
            return i;
    return -1;
}

/* 十, 廿, 卅: how many tens */
static int
tens_of(const struct token *t)
{
    return token_is_sign(t, 0x5341)   ? 1
           : token_is_sign(t, 0x5eff) ? 2
           : token_is_sign(t, 0x5345) ? 3
                                      : 0;
}

int
parser_cjk_number(const struct token **t)
{
    const struct token *at = *t;
    if (at->kind == NUMBER) {
        *t = at + 1;
        return at->value;
    }
    if (token_is_sign(at, 0x5143)) { /* 元年 is the first */
        *t = at + 1;
        return 1;
    }
    int value = 0, digits = 0;
    for (; digits < 5; at++) {
        int digit = digit_of(at), tens = tens_of(at);
        if (tens && digits <= 1) /* 十二, 二十一, 廿一 */
            value = (value ? value : 1) * 10 * tens + (digit_of(at + 1) > 0 ? digit_of(at + 1) : 0);
        if (tens) {
            at += 1 + (digit_of(at + 1) > 0);
            digits++;
            break;
        }
        bool two = token_is_word(at, "oo");
        /* 二0二四, 二00四 */
        if (digit < 0 && digits && at->kind == NUMBER && at->digits <= 2 && !at->space) {
            digit = at->value;
            two = at->digits == 2;
        }
        if (digit < 0)
            break;
        value = value * (two ? 100 : 10) + digit;
        digits++;
    }
    if (!digits)
        return -1;
    *t = at;
    return value;
}

int
parser_cjk_month(const struct token **t)
{
    const struct token *at = *t;
    int month = parser_cjk_number(&at);
    if (month < 1 || month > 12 || !(token_is_sign(at, MONTH) || token_is_sign(at, MONTH_KO)))
        return 0;
    *t = at + 1;
    return month;
}

/* The year before the first of the era whose two characters stand at t; 0: none does. */
static int
era_of(const struct token *t)
{
    static const struct {
        gunichar first, second;
        int before;
    } eras[] = {{0x6c11, 0x570b, 1911},
                {0x6c11, 0x56fd, 1911},
                {0x4ee4, 0x548c, 2018},
                {0x5e73, 0x6210, 1988},
                {0x662d, 0x548c, 1925}};
    for (size_t i = 0; i < G_N_ELEMENTS(eras); i++)
        if (token_is_sign(t, eras[i].first) && token_is_sign(t + 1, eras[i].second))
            return eras[i].before;
    return 0;
}

/* "(令和2年)" behind a year, which says the same: the token behind it. */
static const struct token *
past_same_year(const struct token *t)
{
    if (!token_is_sign(t, '('))
        return t;
    for (int i = 1; i < 7 && t[i].kind != END; i++)
        if (token_is_sign(t + i, ')'))
            return t + i + 1;
    return t;
}

/* The year before the first of an era that a letter names, "R2.10.14"; 0: none does. */
static int
era_of_letter(const struct parser *p)
{
    const struct token *t = p->t;
    if (t->kind != WORD || t[1].kind != NUMBER || t[1].digits > 2 || t[1].space)
        return 0;
    bool sure = date_language_is_japanese(p->style->language) || token_is_sign(t + 2, YEAR);
    return !sure                   ? 0
           : token_is_word(t, "r") ? 2018
           : token_is_word(t, "h") ? 1988
           : token_is_word(t, "s") ? 1925
                                   : 0;
}

/* 令和2.10.14, R2/10/14: the rest of a date whose year is in numbers. */
static bool
take_era_numbers(struct parser *p, int y, const struct token *t)
{
    bool joined = token_is_sign(t, '.') || token_is_sign(t, '/') || token_is_sign(t, '-');
    return joined && t[1].kind == NUMBER && t[1].digits <= 2 && token_is_sign(t + 2, t->sign) &&
           t[3].kind == NUMBER && t[3].digits <= 2 &&
           parser_set_day(p, y, t[1].value, t[3].value, t + 4);
}

bool
parser_take_cjk(struct parser *p)
{
    const struct token *t = p->t;
    int letter = era_of_letter(p), era = letter ? letter : era_of(t);
    t += letter ? 1 : era ? 2 : 0;
    const struct token *number = t;
    int y = parser_cjk_number(&t);
    if (y < 0)
        return false;
    if (era && take_era_numbers(p, era + y, t))
        return true;
    if (!(token_is_sign(t, YEAR) || token_is_sign(t, YEAR_KO)))
        return false;
    bool korean = token_is_sign(t, YEAR_KO), digits = number->kind == NUMBER;
    t = past_same_year(t + 1);
    if (era)
        y += era;
    else if (digits)
        y = number->digits == 3 ? y + 1911 : parser_full_year(number);
    int m = parser_cjk_month(&t), d = m ? parser_cjk_number(&t) : -1;
    if (!m || d < 0)
        return false;
    /* 日 号 號 일 */
    if (token_is_sign(t, 0x65e5) || token_is_sign(t, 0x53f7) || token_is_sign(t, 0x865f) ||
        token_is_sign(t, 0xc77c))
        t++;
    if (!parser_set_day(p, y, m, d, t))
        return false;
    p->korean = korean;
    return true;
}
