/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What raised and lowered text becomes on the line. */
#include "config.h"

#include "text/raised.h"

#include <langinfo.h>
#include <string.h>

#define MAX_MARKED 60 /* characters; what is longer is no exponent */

static const struct {
    gunichar plain, raised, lowered;
} signs[] = {
    {'0', 0x2070, 0x2080}, {'1', 0xb9, 0x2081},   {'2', 0xb2, 0x2082},   {'3', 0xb3, 0x2083},
    {'4', 0x2074, 0x2084}, {'5', 0x2075, 0x2085}, {'6', 0x2076, 0x2086}, {'7', 0x2077, 0x2087},
    {'8', 0x2078, 0x2088}, {'9', 0x2079, 0x2089}, {'+', 0x207a, 0x208a}, {'-', 0x207b, 0x208b},
    {'=', 0x207c, 0x208c}, {'(', 0x207d, 0x208d}, {')', 0x207e, 0x208e},
};

gunichar
raised_sign(gunichar c, bool raised)
{
    if (c == 0x2212 || c == 0x2013) /* minus, and the dash that stands for it */
        c = '-';
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (signs[i].plain == c)
            return raised ? signs[i].raised : signs[i].lowered;
    return c;
}

gunichar
raised_base(gunichar c, bool *raised)
{
    if (c < 0xb2 || (c > 0xb9 && c < 0x2070) || c > 0x208e)
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (signs[i].raised != c && signs[i].lowered != c)
            continue;
        *raised = signs[i].raised == c;
        return signs[i].plain;
    }
    return 0;
}

/* Whether text is one of words separated by blanks, whatever its case. */
static bool
is_one_of(const char *text, gsize length, const char *words)
{
    g_autofree char *lower = g_utf8_strdown(text, (gssize)length);
    gsize size = strlen(lower);
    for (const char *p = words; size && (p = strstr(p, lower)); p += size)
        if ((p == words || p[-1] == ' ') && (p[size] == ' ' || !p[size]))
            return true;
    return false;
}

/* Letters alone, of which Unicode has raised forms that few terminals show. */
static bool
is_word(const char *text, gsize length)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
        if (!g_unichar_isalpha(g_utf8_get_char(p)))
            return false;
    return length > 0;
}

/* Digits, and what stands between the numbers of footnotes. */
static bool
is_numbers(const char *text, gsize length)
{
    bool digit = false;
    for (const char *p = text; p < text + length; p++) {
        digit |= g_ascii_isdigit(*p);
        if (!g_ascii_isdigit(*p) && !strchr(", ;", *p))
            return false;
    }
    return digit;
}

static bool
has_signs(const char *text, gsize length, bool raised)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_raised = !raised;
        if (raised_sign(c, raised) == c && !(raised_base(c, &is_raised) && is_raised == raised))
            return false;
    }
    return length > 0;
}

/* The word at the end of what the line holds. */
static const char *
last_word(const char *text, gsize length, gsize *size)
{
    const char *p = text + length;
    while (p > text) {
        const char *previous = g_utf8_prev_char(p);
        if (!g_unichar_isalnum(g_utf8_get_char(previous)))
            break;
        p = previous;
    }
    *size = (gsize)(text + length - p);
    return p;
}

/* 1st, 2nd, 1er, 3ème, 2º, 5-й, XXe, Mme, nº: what is raised there for looks alone. */
static bool
is_ordinal(const char *before, gsize before_length, const char *text, gsize length)
{
    gsize size;
    const char *word = last_word(before, before_length, &size);
    if (!is_word(text, length) || !size)
        return false;
    gunichar first = g_utf8_get_char(text);
    bool digits = g_ascii_isdigit(word[size - 1]), roman = strspn(word, "IVXLCDM") >= size;
    if (digits && first >= 0x400 && first < 0x530) /* Cyrillic */
        return length <= 8;
    if (is_one_of(text, length, "º ª"))
        return true;
    if (digits &&
        is_one_of(text, length, "os as ro ra do da to ta mo ma vo va no na es te ste d de nd nde"))
        return true;
    if ((digits || roman) &&
        is_one_of(text, length, "st nd rd th e er ère re ème eme ième ier ière"))
        return true;
    if (size == 1 && strchr("DMPS", *word) && is_one_of(text, length, "r"))
        return true;
    return !digits && is_one_of(text, length, "me mes lle lles gr mgr ve os re ra ta to");
}

/* A sign that is the whole of it, or NULL. */
static const char *
sign_of(const char *before, gsize before_length, const char *text, gsize length)
{
    char last = before_length ? before[before_length - 1] : ' ';
    bool abbreviated = last == '.' && before_length > 1 &&
                       g_ascii_isalnum(before[before_length - 2]);
    if (is_one_of(text, length, "tm ™"))
        return "™";
    if (is_one_of(text, length, "sm"))
        return "℠";
    if (length != 1 || (!g_ascii_isdigit(last) && last != 'n' && last != 'N' && !abbreviated))
        return NULL;
    return *text == 'o' ? "º" : *text == 'a' && (g_ascii_isdigit(last) || abbreviated) ? "ª" : NULL;
}

enum raised_form
raised_form(const char *before, gsize before_length, const char *text, gsize length, bool raised,
            const char **sign)
{
    *sign = raised ? sign_of(before, before_length, text, length) : NULL;
    if (*sign)
        return RAISED_SIGN;
    if (has_signs(text, length, raised) || (raised && is_numbers(text, length) && before_length &&
                                            !g_ascii_isdigit(before[before_length - 1])))
        return RAISED_SIGNS;
    gunichar last = before_length ? g_utf8_get_char(g_utf8_prev_char(before + before_length)) : ' ';
    GUnicodeType type = g_unichar_type(last);
    bool attached = !g_unichar_isspace(last) && type != G_UNICODE_OPEN_PUNCTUATION &&
                    type != G_UNICODE_INITIAL_PUNCTUATION;
    char first = *text, end = text[length - 1];
    bool bracketed = first == '[' || (first == '(' && end == ')');
    if (!attached || bracketed || g_utf8_strlen(text, (gssize)length) > MAX_MARKED)
        return RAISED_AS_IS;
    bool alnum = false;
    for (const char *p = text; p < text + length && !alnum; p = g_utf8_next_char(p))
        alnum = g_unichar_isalnum(g_utf8_get_char(p));
    if (!alnum)
        return RAISED_AS_IS; /* *, †, ®, °: these are raised already */
    if (raised && is_ordinal(before, before_length, text, length))
        return RAISED_AS_IS;
    return RAISED_MARKED;
}

bool
raised_is_shown(void)
{
    const char *codeset = nl_langinfo(CODESET);
    return !g_ascii_strncasecmp(codeset, "UTF", 3) || !g_ascii_strcasecmp(codeset, "GB18030");
}

char *
raised_ascii(const char *text, char before)
{
    GString *out = NULL;
    bool open = false, was_raised = false;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        bool raised = false;
        gunichar base = (guchar)*p < 0xc2 ? 0 : raised_base(g_utf8_get_char(p), &raised);
        if (base && !out)
            out = g_string_new_len(text, p - text);
        if (base) {
            char last = out->len ? out->str[out->len - 1] : before;
            if (last && !g_ascii_isspace(last) && !(open && raised == was_raised))
                g_string_append_c(out, raised ? '^' : '_');
            g_string_append_c(out, (char)base);
            was_raised = raised;
        } else if (out) {
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
        }
        open = base != 0;
    }
    return out ? g_string_free(out, FALSE) : NULL;
}
