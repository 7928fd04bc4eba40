/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where sentences end. */
#include "config.h"

#include "text/sentence.h"
#include "text/date-tokens.h"

#include <string.h>

/* What is written with a stop and goes on: "ул. Ленина", "St. Mary", "Art. 5". */
static bool
is_abbreviation(const char *word, gsize length)
{
    static const char *const known[] = {
        "ул",   "пр",  "просп", "пер",  "пл",   "наб", "обл", "стр",   "корп", "кв",
        "тел",  "руб", "тыс",   "млн",  "млрд", "каб", "им",  "рис",   "табл", "см",
        "ст",   "пп",  "чел",   "мин",  "час",  "эт",  "no",  "nos",   "st",   "mr",
        "mrs",  "ms",  "dr",    "art",  "sec",  "ave", "rd",  "blvd",  "tel",  "nr",
        "str",  "ca",  "bzw",   "vgl",  "abs",  "jan", "feb", "mar",   "apr",  "jun",
        "jul",  "aug", "sep",   "sept", "oct",  "nov", "dec", "янв",   "февр", "авг",
        "сент", "окт", "нояб",  "дек",  "вул",  "буд", "грн", "approx"};
    if (g_utf8_strlen(word, (gssize)length) <= 1)
        return true; /* "д.", "п.", initials */
    g_autofree char *folded = g_utf8_strdown(word, (gssize)length);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_equal(folded, known[i]))
            return true;
    return false;
}

/* "1. Juli" goes on, "1. Bring" does not. */
static bool
begins_with_month(const char *text)
{
    g_autofree char *word = g_strndup(text, strcspn(text, " \n"));
    g_autoptr(GArray) tokens = date_tokens(word, NULL);
    const struct token *first = &g_array_index(tokens, struct token, 0);
    return first->kind == WORD && first->value;
}

/* Whether the full stop at p ends the sentence that begins at text. */
static bool
stops(const char *text, const char *p)
{
    const char *next = p + 1;
    if (*next != ' ' && *next != '\0')
        return false;
    while (*next == ' ' || *next == '"')
        next++;
    gunichar c = g_utf8_get_char(next);
    if (*next && !g_unichar_isupper(c) && !g_unichar_isdigit(c) && c < 0x2000)
        return false;
    const char *word = p;
    while (word > text) {
        const char *before = g_utf8_prev_char(word);
        if (!g_unichar_isalpha(g_utf8_get_char(before)))
            break;
        word = before;
    }
    if (word == p) /* behind a number */
        return !begins_with_month(next) && !g_unichar_isdigit(c);
    /* "2025 г. Заявки": the year ends it, an initial does not */
    if (g_str_has_prefix(word, "г.") && word > text + 1 && word[-1] == ' ' &&
        g_ascii_isdigit(word[-2]))
        return g_unichar_isupper(c);
    return !is_abbreviation(word, (gsize)(p - word)) && !g_unichar_isdigit(c);
}

const char *
sentence_end(const char *text)
{
    const char *p = text;
    for (; *p && *p != '\n'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '!' || c == '?') {
            if (p[1] == ' ' || p[1] == '\n')
                return p + 1;
        } else if (c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0x964) { /* 。！？। */
            return g_utf8_next_char(p);
        } else if (c == '.' && stops(text, p)) {
            return p + 1;
        }
    }
    return p;
}
