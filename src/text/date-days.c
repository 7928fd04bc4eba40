/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days in words are read before the name of a month only, and before another such day: everywhere
 * else "second" and "пятого" are no dates.
 */
#include "config.h"

#include "text/date-days.h"
#include "text/date-moment.h"
#include "text/date-months.h"

#include <string.h>

#define DAYS_OF_MONTH 31
#define NONE          G_MAXSIZE

static const struct language {
    const char *tag, *joint, *signs, *days[DAYS_OF_MONTH];
} languages[] = {
#define DAYS(language, joint, signs, ...) {language, joint, signs, {__VA_ARGS__}},
#include "text/days.def"
#undef DAYS
};

/* --- the words of a day ------------------------------------------------------------------- */

static bool
is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x2bc;
}

static gunichar
fold(gunichar c)
{
    if (is_apostrophe(c))
        return '\'';
    c = g_unichar_tolower(c);
    return c == 0x451 ? 0x435 : c; /* ё */
}

static bool
is_joint(gunichar c)
{
    return c == ' ' || c == '-' || c == 0xa0 || c == 0x2010 || c == 0x2011;
}

/* Where joints that end at `end` begin; where there are none, NONE. */
static const char *
before_joints(const char *text, const char *end)
{
    const char *p = end;
    while (p > text && is_joint(g_utf8_get_char(g_utf8_prev_char(p))))
        p = g_utf8_prev_char(p);
    return p < end ? p : NULL;
}

/* Where a form begins that ends at a place of a text: a whole word; else NULL. */
static const char *
begin_of(const char *text, const char *end, const char *form, gsize length)
{
    const char *f = form + length, *p = end;
    while (f > form && p) {
        f = g_utf8_prev_char(f);
        if (*f == '_') {
            p = before_joints(text, p);
            continue;
        }
        if (p == text)
            return NULL;
        p = g_utf8_prev_char(p);
        if (fold(g_utf8_get_char(p)) != g_utf8_get_char(f))
            return NULL;
    }
    if (!p || p == text)
        return p;
    gunichar before = g_utf8_get_char(g_utf8_prev_char(p));
    bool within = g_unichar_isalnum(before) || before == '-' || is_apostrophe(before);
    return within ? NULL : p;
}

/* The day whose words end at a place of a text, and where they begin; 0: there is none. */
static int
day_before(const struct language *language, const char *text, const char *end, const char **begin)
{
    int day = 0;
    for (int i = 0; i < DAYS_OF_MONTH; i++) {
        gsize length;
        for (const char *form = language->days[i]; *form; form += length + (form[length] == ' ')) {
            length = strcspn(form, " ");
            const char *start = begin_of(text, end, form, length);
            if (!start || (day && start >= *begin)) /* "twenty-fifth" is more than "fifth" */
                continue;
            *begin = start;
            day = i + 1;
        }
    }
    return day;
}

/* --- tokens ------------------------------------------------------------------------------- */

struct days {
    GArray *tokens;
    const char *text;
    const struct language *language;
};

static struct token *
token_at(const struct days *days, guint index)
{
    return &g_array_index(days->tokens, struct token, index);
}

/*
 * Makes a number of the words that end with a token, and of the English article before them, which
 * is no part of what is said of the day; its place, or NONE.
 */
static gsize
join_at(const struct days *days, guint last)
{
    const char *begin;
    const struct token *end = token_at(days, last);
    int day = end->kind == WORD
                  ? day_before(days->language, days->text, days->text + end->end, &begin)
                  : 0;
    if (!day)
        return NONE;
    guint first = last;
    while (days->text + token_at(days, first)->start > begin)
        first--;
    first -= first && token_is_word(token_at(days, first - 1), "the");
    struct token number = {.kind = NUMBER,
                           .start = token_at(days, first)->start,
                           .end = end->end,
                           .value = day,
                           .all = day,
                           .digits = 2,
                           .space = token_at(days, first)->space};
    *token_at(days, first) = number;
    if (last > first)
        g_array_remove_range(days->tokens, first + 1, last - first);
    return first;
}

/* "с пятого по десятое", "vom fünften bis zum zehnten", "sixth and seventh": the day before. */
static void
join_first_of_two(const struct days *days, gsize second)
{
    gsize at = second;
    at -= at && token_is_word(token_at(days, (guint)at - 1), "zum dem den el le");
    if (at < 2)
        return;
    const struct token *t = token_at(days, (guint)at - 1);
    if (token_is_sign(t, '-') || token_is_sign(t, '~') || token_is_sign(t, ',') ||
        token_is_word(t,
                      "по на до to through thru until till bis au al hasta and und и і та й et y"))
        join_at(days, (guint)at - 2);
}

/* A name as "Первого Мая": where months are written small, a large letter makes one. */
static bool
is_name(const struct days *days, const struct token *month)
{
    const char *p = days->text + month->start;
    bool small = !g_str_equal(days->language->tag, "en") && !g_str_equal(days->language->tag, "de");
    return small && g_unichar_isupper(g_utf8_get_char(p)) &&
           g_unichar_islower(g_utf8_get_char(g_utf8_next_char(p)));
}

/* A year in words behind the month is not read, and it is not the year that would be assumed. */
static bool
has_year_in_words(const struct token *behind)
{
    static const char *const begins[] = {"две",      "дві",  "тысяч",    "тисяч", "two",
                                         "nineteen", "zwei", "neunzehn", "deux",  "mil"};
    behind += token_is_sign(behind, ',');
    behind += token_is_word(behind, "de del of");
    for (size_t i = 0; i < G_N_ELEMENTS(begins) && behind->kind == WORD; i++)
        if (g_str_has_prefix(behind->word, begins[i]))
            return true;
    return false;
}

static bool
is_possessive(const struct token *behind)
{
    return token_is_sign(behind, '\'') && !behind->space && token_is_word(behind + 1, "s");
}

/* The token before a month where its day may end, past the joint; NONE: none can. */
static gsize
end_of_day(const struct days *days, guint month)
{
    gsize at = month;
    if (*days->language->joint) {
        if (!at || !token_is_word(token_at(days, (guint)--at), days->language->joint))
            return NONE;
        at -= at && token_is_word(token_at(days, (guint)at - 1), "day");
    }
    return at ? at - 1 : NONE;
}

/* The same before a token that begins "of this month" or a month; NONE: it begins neither. */
static gsize
end_before(const struct days *days, guint i)
{
    const struct token *t = token_at(days, i);
    if (t->kind != WORD)
        return NONE;
    if (moment_past_this_month(t) > t)
        return i - 1;
    bool month = t->value && *t->word && !is_name(days, t) && !has_year_in_words(t + 1) &&
                 !is_possessive(t + 1);
    return month ? end_of_day(days, i) : NONE;
}

static void
join_days_of(const struct days *days)
{
    for (guint i = days->tokens->len; i-- > 1;) {
        gsize end = end_before(days, i), day = end == NONE ? NONE : join_at(days, (guint)end);
        if (day == NONE)
            continue;
        join_first_of_two(days, day);
        i = MIN(i, days->tokens->len - 1);
    }
}

static bool
is_of(const struct language *language, const struct date_style *style)
{
    return !style || !style->language || date_language_is(style->language, language->tag);
}

void
date_join_days(GArray *tokens, const char *text, const struct date_style *style)
{
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        struct days days = {tokens, text, &languages[i]};
        if (is_of(&languages[i], style))
            join_days_of(&days);
    }
}

/* --- whether there are any ------------------------------------------------------------------- */

/* Whether a day stands before the month, of which this is the first letter. */
static bool
is_day_of(const struct language *language, const char *text, const char *month,
          const struct date_style *style)
{
    char word[DATE_WORD_LONGEST];
    gsize length = 0;
    const char *begin, *end = before_joints(text, month);
    for (const char *p = month; g_unichar_isalpha(g_utf8_get_char(p)); p = g_utf8_next_char(p))
        date_word_append(word, &length, g_utf8_get_char(p));
    if (!end || !date_word_find(word, length, style).month)
        return false;
    gsize joint = strlen(language->joint);
    if (joint && (gsize)(end - text) > joint)
        end = before_joints(text, end - joint);
    if (end && end - text > 4 && joint && g_str_has_prefix(end - 4, " day"))
        end -= 4;
    return end && day_before(language, text, end, &begin);
}

static bool
has_days_of(const struct language *language, const char *text, const struct date_style *style)
{
    gsize length;
    for (const char *sign = language->signs; *sign; sign += length + (sign[length] == '|')) {
        length = strcspn(sign, "|");
        g_autofree char *wanted = g_strndup(sign, length);
        gsize month = (gsize)(strrchr(wanted, ' ') + 1 - wanted);
        for (const char *p = text; (p = strstr(p, wanted)); p++)
            if (is_day_of(language, text, p + month, style))
                return true;
    }
    return false;
}

bool
date_has_days(const char *text, const struct date_style *style)
{
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
        if (is_of(&languages[i], style) && has_days_of(&languages[i], text, style))
            return true;
    return false;
}
