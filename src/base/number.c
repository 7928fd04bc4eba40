/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checked parser of decimal numbers that all foreign text goes through. */
#include "config.h"

#include "base/number.h"

bool
number_prefix(const char *text, gint64 max, gint64 *out, const char **end)
{
    const char *at = text;
    gint64 number = 0;
    for (; g_ascii_isdigit(*at); at++) {
        int digit = *at - '0';
        number = number > (max - digit) / 10 || digit > max ? max : number * 10 + digit;
    }
    if (end)
        *end = at;
    if (at == text)
        return false;
    *out = number;
    return true;
}

/* The digits below zero: their range is one larger than above it. */
static bool
parse_negative(const char *digits, gint64 min, gint64 *out)
{
    gint64 number = 0;
    const char *at = digits;
    for (; g_ascii_isdigit(*at); at++) {
        int digit = *at - '0';
        if (number < (G_MININT64 + digit) / 10)
            return false;
        number = number * 10 - digit;
    }
    *out = number;
    return at > digits && !*at && number >= min;
}

bool
number_parse(const char *text, gint64 min, gint64 max, gint64 *out)
{
    gint64 number = 0;
    if (min < 0 && *text == '-') {
        if (!parse_negative(text + 1, min, &number) || number > max)
            return false;
        *out = number;
        return true;
    }
    const char *at = min < 0 && *text == '+' ? text + 1 : text, *digits = at;
    for (; g_ascii_isdigit(*at); at++) {
        int digit = *at - '0';
        if (number > (G_MAXINT64 - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    if (at == digits || *at || number < min || number > max)
        return false;
    *out = number;
    return true;
}
