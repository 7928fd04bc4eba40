/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cutting text into tokens.  Full-width signs count as their ASCII forms, the digits of all scripts
 * are digits, and what text/months.def knows as one name is one word.
 */
#include "config.h"

#include "text/date-tokens.h"
#include "text/date-months.h"

#include <string.h>

static gunichar
fold_sign(gunichar c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xfee0;
    switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
    case 0x30fc:
        return '-';
    case 0x2236:
    case 0xfe55:
        return ':';
    case 0x00b7:
    case 0x3002:
        return '.';
    case 0x60c: /* commas of Arabic, Burmese, Ethiopic, Chinese */
    case 0x104a:
    case 0x1363:
    case 0x3001:
        return ',';
    case 0x60d: /* Arabic date separator */
        return '/';
    case 0x2019:
    case 0x2bc:
    case 0x5f3: /* geresh, behind what is shortened */
        return '\'';
    case 0x970: /* the same in Devanagari */
        return '.';
    default:
        return c;
    }
}

/* Marks belong to the letters before them, as vowels do in most scripts of India. */
static bool
is_word_char(gunichar c, bool within)
{
    if (c < 0x80)
        return g_ascii_isalpha((char)c);
    bool han = (c >= 0x1100 && c <= 0x11ff) || (c >= 0x2e80 && c <= 0xd7ff) ||
               (c >= 0xf900 && c <= 0xfaff);
    return !han && (g_unichar_isalpha(c) ||
                    (within && (g_unichar_ismark(c) || c == 0x200c || c == 0x200d)));
}

/* What is written to set the direction of text. */
static bool
is_ignored(gunichar c)
{
    return c == 0x200e || c == 0x200f || c == 0x61c || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200b || c == 0xfeff;
}

static int
digit_of(gunichar c)
{
    if (c < 0x80)
        return g_ascii_isdigit((char)c) ? (int)c - '0' : -1;
    return c >= 0x660 && g_unichar_isdigit(c) ? g_unichar_digit_value(c) : -1;
}

/* The tokens while they are cut, and the last word, of which longer names may begin. */
struct cutter {
    GArray *tokens;
    const char *text;
    const struct date_style *style;
    char word[DATE_WORD_LONGEST];
    gsize length;
    guint at; /* its token */
    bool head, before_number;
};

static struct token *
token_at(struct cutter *c, guint index)
{
    return &g_array_index(c->tokens, struct token, index);
}

static const char *
cut_number(const char *p, struct token *t)
{
    t->kind = NUMBER;
    for (;;) {
        gunichar c = fold_sign(g_utf8_get_char(p));
        int digit = is_ignored(c) ? -1 : digit_of(c);
        if (digit < 0)
            return p;
        if (t->digits < 9)
            t->value = t->value * 10 + digit;
        if (t->digits < 18)
            t->all = t->all * 10 + digit;
        t->digits++;
        t->native |= c >= 0x80;
        t->persian |= c >= 0x6f0 && c <= 0x6f9;
        p = g_utf8_next_char(p);
    }
}

/* "tháng 10": the number is the month that the word before it announces. */
static bool
is_month_of_word(struct cutter *c, const struct token *number)
{
    if (!c->before_number || c->at + 1 != c->tokens->len || number->digits > 2 ||
        number->value < 1 || number->value > 12)
        return false;
    struct token *word = token_at(c, c->at);
    word->value = number->value;
    word->end = number->end;
    c->before_number = c->head = false;
    return true;
}

/* "10 сарын", "10-р сарын": makes the number before a word a month; false when there is none. */
static bool
take_number_before(struct cutter *c, gsize end)
{
    guint i = c->tokens->len;
    for (int back = 0; back < 3 && i > 0; back++, i--) {
        struct token *t = token_at(c, i - 1);
        if (t->kind == NUMBER) {
            if (t->digits > 2 || t->value < 1 || t->value > 12)
                return false;
            t->kind = WORD;
            t->word[0] = '\0';
            t->end = end;
            g_array_set_size(c->tokens, i);
            return true;
        }
        if (!(token_is_sign(t, '-') || (t->kind == WORD && t->between)))
            return false;
    }
    return false;
}

static void
set_word(struct token *t, const struct date_word *word)
{
    t->value = word->month;
    t->persian = word->persian;
    t->thai = word->month && date_language_is_thai(word->language);
    t->between = word->between;
    t->after = word->after;
}

/*
 * Joins a word with the one before it, which longer names begin with ("كانون الثاني", "ต.ค."); false
 * when the two are no name.
 */
static bool
join_word(struct cutter *c, const char *folded, gsize length, gsize end)
{
    guint count = c->tokens->len;
    bool next = c->head && (c->at + 1 == count ||
                            (c->at + 2 == count && token_is_sign(token_at(c, c->at + 1), '.')));
    if (!next || c->length + 1 + length > DATE_WORD_LONGEST)
        return false;
    c->word[c->length] = '_';
    memcpy(c->word + c->length + 1, folded, length);
    const struct date_word joined = date_word_find(c->word, c->length + 1 + length, c->style);
    if (!joined.month && !joined.between && !joined.head)
        return false;
    g_array_set_size(c->tokens, c->at + 1);
    struct token *t = token_at(c, c->at);
    set_word(t, &joined);
    t->end = end;
    c->length += 1 + length;
    c->head = joined.head;
    return true;
}

/* Thai, Lao, Burmese, Khmer: scripts without blanks between words. */
static bool
is_written_together(gunichar c)
{
    return (c >= 0xe00 && c < 0xf00) || (c >= 0x1000 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800);
}

/* "ខែតុលា": a month and a word that may stand before or behind it, as one. */
static struct date_word
find_within(const struct cutter *c, const char *folded, gsize length)
{
    gsize step;
    for (gsize at = 0; at < length; at += step) {
        step = (gsize)g_utf8_skip[(guchar)folded[at]];
        if (!at)
            continue;
        const struct date_word first = date_word_find(folded, at, c->style);
        if (!first.month && !first.between)
            continue;
        const struct date_word rest = date_word_find(folded + at, length - at, c->style);
        if (first.between ? rest.month : rest.between)
            return first.month ? first : rest;
    }
    return (struct date_word){0};
}

static const char *
cut_word(struct cutter *c, const char *p, struct token *t)
{
    char folded[DATE_WORD_LONGEST];
    gsize length = 0, kept = 0;
    t->kind = WORD;
    for (gunichar at = fold_sign(g_utf8_get_char(p)); is_word_char(at, true);
         p = g_utf8_next_char(p), at = fold_sign(g_utf8_get_char(p))) {
        char utf8[6];
        gsize n = (gsize)g_unichar_to_utf8(g_unichar_tolower(at), utf8);
        if (kept + n < sizeof t->word) {
            memcpy(t->word + kept, utf8, n);
            kept += n;
        }
        date_word_append(folded, &length, at);
    }
    gsize end = (gsize)(p - c->text);
    if (join_word(c, folded, length, end))
        return p;
    struct date_word word = date_word_find(folded, length, c->style);
    if (!word.month && !word.between && !word.head && length < DATE_WORD_LONGEST / 2 &&
        is_written_together(g_utf8_get_char(c->text + t->start)))
        word = find_within(c, folded, length);
    if (word.behind_number && take_number_before(c, end))
        return p;
    set_word(t, &word);
    t->end = end;
    memcpy(c->word, folded, length);
    c->length = length;
    c->head = word.head;
    c->before_number = word.before_number;
    c->at = c->tokens->len;
    g_array_append_val(c->tokens, *t);
    return p;
}

GArray *
date_tokens(const char *text, const struct date_style *style)
{
    GArray *tokens = g_array_sized_new(FALSE, TRUE, sizeof(struct token), 16);
    struct cutter cutter = {.tokens = tokens, .text = text, .style = style};
    bool space = false;
    const char *p = text;
    while (*p && tokens->len < 4000) {
        gunichar c = fold_sign(g_utf8_get_char(p));
        struct token t = {.start = (gsize)(p - text), .space = space};
        if (g_unichar_isspace(c) || c == 0xa0 || c == 0x3000 || is_ignored(c)) {
            space |= !is_ignored(c);
            p = g_utf8_next_char(p);
            continue;
        }
        space = false;
        if (is_word_char(c, false)) {
            p = cut_word(&cutter, p, &t);
            continue;
        }
        if (digit_of(c) >= 0) {
            p = cut_number(p, &t);
            t.end = (gsize)(p - text);
            if (is_month_of_word(&cutter, &t))
                continue;
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
    }
    struct token end = {.kind = END, .start = (gsize)(p - text), .end = (gsize)(p - text)};
    g_array_append_val(tokens, end);
    return tokens;
}

bool
token_is_sign(const struct token *token, gunichar sign)
{
    return token->kind == SIGN && token->sign == sign;
}

bool
token_is_word(const struct token *token, const char *list)
{
    if (token->kind != WORD || !*token->word) /* a month that was a number has no word */
        return false;
    size_t length = strlen(token->word);
    for (const char *p = list; (p = strstr(p, token->word)); p += length)
        if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
            return true;
    return false;
}
