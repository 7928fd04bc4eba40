/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cutting text into tokens.  Full-width digits and signs count as their ASCII forms; the
 * names of months are known in many languages by their first letters.
 */
#include "config.h"

#include "text/date-tokens.h"

#include <string.h>

/* One line per month: English, Russian, Ukrainian, German, French, Spanish, ... prefixes. */
static const char *const months[12] = {
    "jan янв січ gen ene sty ιαν",
    "feb фев лют fév fev lut φεβ febr",
    "mar мар бер mär mrz mrt maa μαρ márc",
    "apr апр кві avr abr kwi απρ ápr",
    "may май мая тра mai mag mei maj μαΐ μάι μάϊ μαϊ máj mayo",
    "jun июн чер juin giu cze ιουν jún",
    "jul июл лип juil lug lip ιουλ júl",
    "aug авг сер aoû aou ago sie αυγ",
    "sep сен вер set wrz σεπ szept",
    "oct окт жов okt ott out paź οκτ",
    "nov ноя лис lis νοε",
    "dec дек гру dez déc dic gru δεκ",
};

static int
month_of_word(const char *word)
{
    static const struct {
        const char *word;
        int month;
    } exact[] = {{"juin", 6}, {"juillet", 7}, {"juil", 7}, {"листопада", 11}, {"листопад", 11},
                 {"липня", 7}, {"липень", 7}, {"mars", 3}, {"marzo", 3}, {"maggio", 5},
                 {"maj", 5}, {"maja", 5}, {"mai", 5}, {"listopada", 11}, {"lipca", 7}, {"sept", 9},
                 {"settembre", 9}, {"agosto", 8}};
    static const char *const never[] = {"market", "mark", "march.", "marking", "maritime", "mary",
                                        "decision", "decree", "department", "section", "mayor",
                                        "major", "octane", "general", "november.",
                                        "seven", "mayors", "service",
                                        "manager", "mais", "setting", "settings", "settlement", "outside", "output", "outlet"};
    for (size_t i = 0; i < G_N_ELEMENTS(exact); i++)
        if (g_str_equal(exact[i].word, word))
            return exact[i].month;
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
        if (g_str_equal(never[i], word))
            return 0;
    for (int m = 0; m < 12; m++) {
        const char *p = months[m];
        while (*p) {
            size_t length = strcspn(p, " ");
            if (!strncmp(word, p, length))
                return m + 1;
            p += length;
            p += strspn(p, " ");
        }
    }
    return 0;
}

static gunichar
fold_sign(gunichar c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xfee0;
    switch (c) {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: case 0x30fc:
        return '-';
    case 0x2236: case 0xfe55:
        return ':';
    case 0x00b7: case 0x3002:
        return '.';
    default:
        return c;
    }
}

static bool
is_word_char(gunichar c)
{
    return g_unichar_isalpha(c) && !(c >= 0x1100 && c <= 0x11ff) && !(c >= 0x2e80 && c <= 0xd7ff) &&
           !(c >= 0xf900 && c <= 0xfaff);
}

GArray *
date_tokens(const char *text)
{
    GArray *tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    bool space = false;
    const char *p = text;
    while (*p && tokens->len < 4000) {
        gunichar c = fold_sign(g_utf8_get_char(p));
        struct token t = {.start = (gsize)(p - text), .space = space};
        if (g_unichar_isspace(c) || c == 0xa0 || c == 0x3000) {
            space = true;
            p = g_utf8_next_char(p);
            continue;
        }
        if (c >= '0' && c <= '9') {
            t.kind = NUMBER;
            while (c >= '0' && c <= '9') {
                if (t.digits < 9)
                    t.value = t.value * 10 + (int)(c - '0');
                t.digits++;
                p = g_utf8_next_char(p);
                c = fold_sign(g_utf8_get_char(p));
            }
        } else if (is_word_char(c)) {
            t.kind = WORD;
            gsize length = 0;
            while (is_word_char(c)) {
                char utf8[6];
                int n = g_unichar_to_utf8(g_unichar_tolower(c), utf8);
                if (length + n < sizeof t.word) {
                    memcpy(t.word + length, utf8, n);
                    length += n;
                }
                p = g_utf8_next_char(p);
                c = fold_sign(g_utf8_get_char(p));
            }
            t.value = length >= 3 ? month_of_word(t.word) : 0;
        } else {
            t.kind = SIGN;
            t.sign = c;
            p = g_utf8_next_char(p);
            if (c == '-') /* "2017——04——12": a run of dashes is one */
                while (fold_sign(g_utf8_get_char(p)) == '-')
                    p = g_utf8_next_char(p);
        }
        t.end = (gsize)(p - text);
        g_array_append_val(tokens, t);
        space = false;
    }
    struct token end = {.kind = END, .start = (gsize)(p - text), .end = (gsize)(p - text)};
    g_array_append_val(tokens, end);
    return tokens;
}
