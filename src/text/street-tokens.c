/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line as words, numbers and signs, with what streets.def says of them. */
#include "config.h"

#include "base/number.h"
#include "text/fold.h"
#include "text/street-parts.h"

#include <string.h>

#define MAX_NUMBER 99999

enum place { BEFORE, BEHIND, EITHER, SUFFIX, SEVERAL };

static const struct {
    unsigned kind;
    enum place place;
    const char *words;
} street_rows[] = {
#define STREET(kind, place, words) {KIND_##kind, place, words},
#define WORDS(use, words)
#define HAN(use, words)
#include "text/streets.def"
#undef STREET
#undef WORDS
};

static const struct {
    enum street_use use;
    const char *words;
} use_rows[] = {
#define STREET(kind, place, words)
#define WORDS(use, words) {USE_##use, words},
#include "text/streets.def"
#undef STREET
#undef WORDS
#undef HAN
};

/* What is known of a word; all zero for most. */
struct meaning {
    unsigned uses, before, behind, several;
};

static struct meaning *
meaning_of(GHashTable *words, const char *word)
{
    struct meaning *meaning = g_hash_table_lookup(words, word);
    if (!meaning) {
        meaning = g_new0(struct meaning, 1);
        g_hash_table_insert(words, g_strdup(word), meaning);
    }
    return meaning;
}

/* By word; made once. */
static GHashTable *
meanings(void)
{
    static GHashTable *table;
    if (!g_once_init_enter(&table))
        return table;
    GHashTable *words = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < G_N_ELEMENTS(use_rows); i++) {
        g_auto(GStrv) list = g_strsplit(use_rows[i].words, " ", -1);
        for (char **word = list; *word; word++)
            meaning_of(words, *word)->uses |= 1u << use_rows[i].use;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(street_rows); i++) {
        g_auto(GStrv) list = g_strsplit(street_rows[i].words, " ", -1);
        enum place place = street_rows[i].place;
        for (char **word = list; *word && place != SUFFIX; word++) {
            struct meaning *meaning = meaning_of(words, *word);
            if (place == SEVERAL)
                meaning->several |= street_rows[i].kind;
            if (place == BEFORE || place == EITHER)
                meaning->before |= street_rows[i].kind;
            if (place == BEHIND || place == EITHER)
                meaning->behind |= street_rows[i].kind;
        }
    }
    g_once_init_leave(&table, words);
    return table;
}

unsigned
street_suffix(const char *word, gsize *length)
{
    unsigned kinds = 0;
    *length = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(street_rows); i++) {
        if (street_rows[i].place != SUFFIX)
            continue;
        g_auto(GStrv) list = g_strsplit(street_rows[i].words, " ", -1);
        for (char **suffix = list; *suffix; suffix++) {
            gsize size = strlen(*suffix);
            if (!g_str_has_suffix(word, *suffix) || strlen(word) < size + 3 || size < *length)
                continue;
            kinds = street_rows[i].kind;
            *length = size;
        }
    }
    return kinds;
}

/* --- tokens --------------------------------------------------------------------------------- */

static void
clear_token(gpointer data)
{
    g_free(((struct street_token *)data)->text);
}

static bool
is_letter(gunichar c)
{
    return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static const char *
end_of_word(const char *p)
{
    while (*p && is_letter(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    return p;
}

static bool
is_hyphen(const char *p)
{
    gunichar c = g_utf8_get_char(p);
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* A capital, and behind it small letters or nothing. */
static bool
is_title(const char *from, const char *end)
{
    const char *next = g_utf8_next_char(from);
    return g_unichar_isupper(g_utf8_get_char(from)) &&
           (next == end || !g_unichar_isupper(g_utf8_get_char(next)));
}

/* Endings of ordinal numbers. */
static bool
is_ordinal_end(const char *folded)
{
    static const char *const ends[] = {"я",  "й",  "ая", "ый", "ой", "го", "му",
                                       "ую", "st", "nd", "rd", "th", NULL};
    return g_strv_contains(ends, folded);
}

/* An abbreviation with a hyphen in it, as "пр-т"; where it ends, or the end of the word alone. */
static const char *
end_of_abbreviation(const char *from, const char *end)
{
    if (!*end || !is_hyphen(end))
        return end;
    const char *next = g_utf8_next_char(end), *last = end_of_word(next);
    g_autofree char *raw =
        g_strdup_printf("%.*s-%.*s", (int)(end - from), from, (int)(last - next), next);
    g_autofree char *whole = text_search_form(raw);
    return last > next && g_hash_table_contains(meanings(), whole) ? last : end;
}

static const char *
read_word(const char *p, struct street_token *token)
{
    const char *end = end_of_abbreviation(p, end_of_word(p));
    g_autofree char *raw = g_strndup(p, (gsize)(end - p));
    token->kind = TOKEN_WORD;
    token->text = text_search_form(raw);
    token->upper = g_unichar_isupper(g_utf8_get_char(p));
    token->title = is_title(p, end);
    const struct meaning *meaning = g_hash_table_lookup(meanings(), token->text);
    if (meaning) {
        token->uses = meaning->uses;
        token->before = meaning->before;
        token->behind = meaning->behind;
        token->several = meaning->several;
    }
    return end;
}

/* "24", or "2-я" and "2nd", which are words. */
static const char *
read_number(const char *p, struct street_token *token)
{
    const char *end = p;
    while (g_ascii_isdigit(*end))
        end++;
    g_autofree char *digits = g_strndup(p, (gsize)(end - p));
    const char *word = *end && is_hyphen(end) ? g_utf8_next_char(end) : end,
               *last = end_of_word(word);
    g_autofree char *raw = g_strndup(word, (gsize)(last - word)), *folded = text_search_form(raw);
    number_prefix(digits, MAX_NUMBER, &token->number, NULL);
    token->ordinal = is_ordinal_end(folded);
    token->kind = token->ordinal ? TOKEN_WORD : TOKEN_NUMBER;
    token->text = token->ordinal ? g_strconcat(digits, "-", NULL) : g_steal_pointer(&digits);
    return token->ordinal ? last : end;
}

static const char *
read_sign(const char *p, struct street_token *token)
{
    gunichar c = g_utf8_get_char(p);
    const char *next = g_utf8_next_char(p);
    token->kind = TOKEN_SIGN;
    if (c == 0x2116) { /* № */
        token->kind = TOKEN_WORD;
        token->text = g_strdup("no");
        token->uses = 1u << USE_HOUSE;
    } else if (c == '&') {
        token->text = g_strdup("&");
        token->uses = 1u << USE_AND;
    } else {
        token->text = is_hyphen(p) ? g_strdup("-") : g_strndup(p, (gsize)(next - p));
    }
    return next;
}

GArray *
street_tokens(const char *line)
{
    GArray *tokens = g_array_new(FALSE, TRUE, sizeof(struct street_token));
    g_array_set_clear_func(tokens, clear_token);
    bool joined = false;
    for (const char *p = line; *p;) {
        gunichar c = g_utf8_get_char(p);
        if (c != '\t' && (g_unichar_isspace(c) || c == 0xa0)) {
            joined = false;
            p = g_utf8_next_char(p);
            continue;
        }
        struct street_token token = {.joined = joined};
        p = is_letter(c)          ? read_word(p, &token)
            : g_ascii_isdigit(*p) ? read_number(p, &token)
                                  : read_sign(p, &token);
        g_array_append_val(tokens, token);
        joined = c != '\t';
    }
    return tokens;
}
