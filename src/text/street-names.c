/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line without the names in it that say where: what is left of "Concert on Market Street" says
 * what.  A name of a street is one beside a word for its kind.
 */
#include "config.h"

#include "text/street-parts.h"

#include <string.h>

#define WORDS_BEFORE 2 /* of a name: "Большая Торговая улица" */
#define WORDS_BEHIND 3 /* "rue du Vieux Marché" */

struct word {
    const char *start, *end;
    bool upper, number, left_out;
    unsigned before, behind; /* kinds of streets that it says there */
    bool suffix;             /* its end does */
};

static bool
is_of_word(const char *p)
{
    return g_unichar_isalnum(g_utf8_get_char(p)) || g_unichar_ismark(g_utf8_get_char(p));
}

static GArray *
words_of(const char *line)
{
    GArray *words = g_array_new(FALSE, TRUE, sizeof(struct word));
    for (const char *p = line; *p;) {
        if (!is_of_word(p)) {
            p = g_utf8_next_char(p);
            continue;
        }
        struct word word = {.start = p,
                            .upper = g_unichar_isupper(g_utf8_get_char(p)),
                            .number = g_unichar_isdigit(g_utf8_get_char(p))};
        while (*p && is_of_word(p))
            p = g_utf8_next_char(p);
        word.end = p;
        g_autofree char *text = g_strndup(word.start, (gsize)(p - word.start));
        g_autoptr(GArray) tokens = street_tokens(text);
        const struct street_token *token = token_at(tokens, 0);
        if (token && token->kind == TOKEN_WORD) {
            gsize length;
            word.before = token->before;
            /* "Mill Close", but roads close */
            word.behind = word.upper || !street_is_latin(token->text) ? token->behind : 0;
            word.suffix = word.upper && street_suffix(token->text, &length);
        }
        g_array_append_val(words, word);
    }
    return words;
}

static struct word *
word_at(GArray *words, guint i)
{
    return i < words->len ? &g_array_index(words, struct word, i) : NULL;
}

/* Whether nothing but blanks, and the stop of what is shortened, is between two words. */
static bool
is_joined(const struct word *one, const struct word *other)
{
    if (!one || !other)
        return false;
    const char *p = one->end;
    p += *p == '.' && other->start - one->end < 4 && other->start - p > 0;
    while (p < other->start && (*p == ' ' || *p == '-' || g_str_has_prefix(p, "\xc2\xa0")))
        p += *p == '\xc2' ? 2 : 1;
    return p >= other->start;
}

/* "du", "de la", "der"; "2-я" */
static bool
is_particle(const struct word *word)
{
    return word->number || (!word->upper && word->end - word->start <= 3);
}

/* The name behind a word for its kind; whether there is one. */
static bool
leave_out_behind(GArray *words, guint kind)
{
    guint first = kind + 1, end;
    while (first < kind + WORDS_BEHIND && word_at(words, first) &&
           is_particle(word_at(words, first)) &&
           is_joined(word_at(words, first - 1), word_at(words, first)))
        first++;
    for (end = first;
         end < first + WORDS_BEHIND && word_at(words, end) && word_at(words, end)->upper &&
         is_joined(word_at(words, end - 1), word_at(words, end));
         end++)
        word_at(words, end)->left_out = true;
    return end > first;
}

static bool
leave_out_before(GArray *words, guint kind)
{
    guint first = kind;
    for (; first && first + WORDS_BEFORE > kind && word_at(words, first - 1)->upper &&
           is_joined(word_at(words, first - 1), word_at(words, first));
         first--)
        word_at(words, first - 1)->left_out = true;
    return first < kind;
}

static void
leave_out_street(GArray *words, guint i)
{
    struct word *word = word_at(words, i), *next = word_at(words, i + 1);
    if (word->left_out)
        return;
    if ((word->before && leave_out_behind(words, i)) ||
        (word->behind && leave_out_before(words, i)) ||
        (word->suffix && next && next->number && is_joined(word, next)))
        word->left_out = true;
}

/* Words with a capital, unless it is that of a sentence: "Закрыта ул. Мира". */
static void
leave_out_names(GArray *words)
{
    for (guint i = 0; i < words->len; i++) {
        struct word *word = word_at(words, i), *next = word_at(words, i + 1);
        bool sentence = !i && next && !next->upper && !next->number && is_joined(word, next);
        word->left_out |= word->upper && !sentence;
    }
}

char *
street_leave_out(const char *line, bool place)
{
    g_autoptr(GArray) words = words_of(line);
    for (guint i = 0; i < words->len; i++)
        leave_out_street(words, i);
    if (place)
        leave_out_names(words);
    GString *rest = g_string_new(NULL);
    const char *p = line;
    for (guint i = 0; i < words->len; i++) {
        const struct word *word = word_at(words, i);
        g_string_append_len(rest, p, (word->left_out ? word->start : word->end) - p);
        p = word->end;
    }
    g_string_append(rest, p);
    return g_string_free(rest, FALSE);
}
