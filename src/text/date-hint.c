/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a date may stand in a text, by its bytes: a number with the name of a month, a month's
 * sign or another number beside it.  Most texts and nearly all rows of tables have numbers of other
 * kinds.
 */
#include "config.h"

#include "text/date-scan.h"
#include "text/date-days.h"
#include "text/date-months.h"

#include <string.h>

#define DIGITS "0123456789"

/* Whether the letters from p to end are a month; *between: what may stand before one. */
static bool
is_month(const char *p, const char *end, const struct date_style *style, bool *between)
{
    char word[DATE_WORD_LONGEST];
    gsize length = 0;
    for (; p < end; p = g_utf8_next_char(p))
        date_word_append(word, &length, g_utf8_get_char(p));
    const struct date_word found = date_word_find(word, length, style);
    *between = found.between;
    return found.month || found.head || found.before_number || found.behind_number;
}

static bool
is_letter(const char *p)
{
    guchar c = (guchar)*p;
    /* all that is written with two bytes, and Latin and Greek with more accents */
    return g_ascii_isalpha(*p) || (c >= 0xc3 && c < 0xe0) || (c == 0xe1 && (guchar)p[1] >= 0xb8);
}

static const char *
past_letters(const char *p)
{
    while (is_letter(p))
        p = g_utf8_next_char(p);
    return p;
}

/* What may stand between a number and a word or number of the same date. */
static const char *
past_joint(const char *p)
{
    for (int i = 0; i < 4; i++) {
        guchar c = (guchar)*p;
        if (c == ' ' || c == '.' || c == ',' || c == '-' || c == '/' || c == '\'' || c == '"' ||
            c == '\n')
            p++;
        else if (c == 0xc2) /* ª º and the blank that does not break */
            p += 2;
        else if (c == 0xe2) /* dashes */
            p += 3;
    }
    return p;
}

/* "June 10": whether the word before a number is a month. */
static bool
follows_month(const char *text, const char *p, const struct date_style *style)
{
    for (int i = 0; i < 2 && p > text && (p[-1] == ' ' || p[-1] == '.'); i++)
        p--;
    const char *end = p;
    while (p > text && is_letter(g_utf8_prev_char(p)))
        p = g_utf8_prev_char(p);
    bool between;
    return p < end && is_month(p, end, style, &between);
}

/* "10 June", "10th of June", "10-го июня" */
static bool
leads_to_month(const char *p, const struct date_style *style)
{
    bool between = true;
    for (int words = 0; words < 4 && between; words++) {
        p = past_joint(p);
        const char *end = past_letters(p);
        if (end == p)
            return false;
        /* Roman numerals stand between signs */
        gsize numeral = strspn(p, "IVXivx");
        if (numeral && strchr(".-/", p[-1]) && p[numeral] && strchr(".-/", p[numeral]))
            return true;
        if (is_month(p, end, style, &between))
            return true;
        between |= g_str_has_prefix(p, "day of"); /* "26th day of August" */
        p = end;
    }
    return false;
}

/* "10.06", "2025-06-10", "10/06/25" at a number; *end: behind what was looked at */
static bool
is_numeric(const char *p, const char *end)
{
    gsize digits = (gsize)(end - p);
    guint first = (guint)(p[0] - '0') * (digits > 1 ? 10 : 1) +
                  (digits > 1 ? (guint)(p[1] - '0') : 0);
    /* years of Taiwan have three digits */
    if (digits > 4 || (digits <= 2 && first > 31) || (digits == 3 && *p > '1'))
        return false;
    const char *second = past_joint(end);
    gsize more = strspn(second, DIGITS);
    if (second == end || !more || more > 2)
        return false;
    const char *third = past_joint(second + more);
    bool whole = third > second + more && g_ascii_isdigit(*third);
    bool pair = *end == '.' && second == end + 1 && digits == 2 && more == 2 &&
                (*second == '0' || (*second == '1' && second[1] <= '2'));
    return whole || pair;
}

/* 6月, 六月, 月底: at the sign of a month */
static bool
is_month_sign(const char *text, const char *p)
{
    static const char *const before[] = {"一", "二", "三", "四", "五", "六", "七",
                                         "八", "九", "十", "０", "１", "２", "３",
                                         "４", "５", "６", "７", "８", "９", "本"};
    if (p > text && (g_ascii_isdigit(p[-1]) || p[-1] == ' '))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(before) && p >= text + 3; i++)
        if (!memcmp(p - 3, before[i], 3))
            return true;
    return g_str_has_prefix(p + 3, "底") || g_str_has_prefix(p + 3, "末");
}

/* Those are looked for in languages that have them, or where it is not known which it is. */
static bool
has_month_sign(const char *text, const struct date_style *style)
{
    if (style->language && !date_language_is_of_signs(style->language))
        return false;
    for (const char *p = text; (p = strstr(p, "月")); p += 3)
        if (is_month_sign(text, p))
            return true;
    for (const char *p = text; (p = strstr(p, "월")); p += 3)
        if (p > text && g_ascii_isdigit(p[-1]))
            return true;
    return false;
}

bool
date_may_stand(const char *text, const struct date_style *style)
{
    const char *end;
    for (const char *p = text; (p = strpbrk(p, DIGITS)); p = end) {
        end = p + strspn(p, DIGITS);
        if (end - p <= 4 && (is_numeric(p, end) || leads_to_month(end, style) ||
                             (end - p <= 2 && follows_month(text, p, style))))
            return true;
    }
    return has_month_sign(text, style) || date_has_days(text, style);
}
