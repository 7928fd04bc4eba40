/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokens of a text. */
#include "config.h"

#include "store/tokenizer.h"
#include "text/fold.h"

#include <string.h>

static bool
is_cjk(gunichar c)
{
    return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff) || c == 0x3005 || c == 0x3007;
}

/* The characters of one and two bytes, of which most words are. */
#define SHORT 0x800

static bool
is_word(gunichar c)
{
    return c < 0x80 ? g_ascii_isalnum((char)c)
                    : !is_cjk(c) && (g_unichar_isalnum(c) || g_unichar_ismark(c));
}

static const bool *
short_words(void)
{
    static gsize made;
    static bool words[SHORT];
    if (g_once_init_enter(&made)) {
        for (gunichar c = 0; c < SHORT; c++)
            words[c] = is_word(c);
        g_once_init_leave(&made, 1);
    }
    return words;
}

/* The character at *p, of valid UTF-8, which is passed. */
static inline gunichar
next_character(const char **p)
{
    const guchar *at = (const guchar *)*p;
    if (at[0] < 0x80) {
        *p += 1;
        return at[0];
    }
    if (at[0] < 0xe0) {
        *p += 2;
        return ((gunichar)(at[0] & 0x1f) << 6) | (at[1] & 0x3f);
    }
    if (at[0] < 0xf0) {
        *p += 3;
        return ((gunichar)(at[0] & 0x0f) << 12) | ((gunichar)(at[1] & 0x3f) << 6) | (at[2] & 0x3f);
    }
    *p += 4;
    return ((gunichar)(at[0] & 0x07) << 18) | ((gunichar)(at[1] & 0x3f) << 12) |
           ((gunichar)(at[2] & 0x3f) << 6) | (at[3] & 0x3f);
}

/* The end of the word of which a character ends at p. */
static const char *
word_end(const char *p, const bool *words)
{
    for (;;) {
        const char *next = p;
        gunichar c = next_character(&next);
        if (c < SHORT ? !words[c] : !is_word(c))
            return p;
        p = next;
    }
}

bool
tokens_each(const char *folded, bool query, token_func each, gpointer data)
{
    const bool *words = short_words();
    const char *p = folded;
    bool inside = false; /* of a run, behind a pair */
    while (*p) {
        const char *start = p;
        gunichar c = next_character(&p);
        if (c < SHORT ? words[c] : is_word(c)) {
            p = word_end(p, words);
            struct token token = {start, (gsize)(p - start), false, false, false};
            if (!each(&token, data))
                return false;
        } else if (c >= SHORT && is_cjk(c)) {
            const char *end = p;
            bool pair = is_cjk(next_character(&end));
            struct token token = {start, (gsize)((pair ? end : p) - start), !pair && inside, !pair,
                                  pair};
            if (!(token.tail && query) && !each(&token, data))
                return false;
            inside = pair;
        }
    }
    return true;
}

bool
tokens_begin(const char *folded, const char *at)
{
    return at == folded || is_cjk(g_utf8_get_char(at)) ||
           !is_word(g_utf8_get_char(g_utf8_prev_char(at)));
}

/* --- joined ------------------------------------------------------------------------------- */

/* To begin with, a power of two: for a title, and at most for a text of 8 KiB. */
#define FEW_PLACES  64
#define MANY_PLACES 1024

/* Where a token is written; length 0: nowhere. */
struct place {
    guint32 start, length, hash;
};

/*
 * Tokens as they are written, each once.  Where they are is found by open addressing, half of it
 * free: a table of GLib's takes four times as long for a few bytes.
 */
struct joined {
    char *out;
    gsize length;
    struct place *places;
    guint32 mask, count; /* places but one, those that are taken */
};

/* FNV-1a */
static guint32
hash_of(const struct token *token)
{
    guint32 hash = 2166136261u;
    for (gsize i = 0; i < token->length; i++)
        hash = (hash ^ (guchar)token->text[i]) * 16777619u;
    return hash;
}

static void
double_places(struct joined *j)
{
    g_autofree struct place *old = j->places;
    guint32 mask = j->mask;
    j->mask = mask * 2 + 1;
    j->places = g_new0(struct place, (gsize)j->mask + 1);
    for (guint32 i = 0; i <= mask; i++) {
        guint32 at = old[i].hash & j->mask;
        while (old[i].length && j->places[at].length)
            at = (at + 1) & j->mask;
        if (old[i].length)
            j->places[at] = old[i];
    }
}

static bool
join(const struct token *token, gpointer data)
{
    struct joined *j = data;
    guint32 hash = hash_of(token), at = hash & j->mask;
    for (const struct place *p; (p = &j->places[at])->length; at = (at + 1) & j->mask)
        if (p->hash == hash && p->length == token->length &&
            !memcmp(j->out + p->start, token->text, token->length))
            return true;
    j->places[at] = (struct place){(guint32)j->length, (guint32)token->length, hash};
    memcpy(j->out + j->length, token->text, token->length);
    j->length += token->length;
    j->out[j->length++] = ' ';
    if (++j->count > j->mask / 2)
        double_places(j);
    return true;
}

/* A token of the title: as one of any place, and as one of titles. */
static bool
join_of_title(const struct token *token, gpointer data)
{
    gsize mark = strlen(TOKEN_OF_TITLE);
    g_autofree char *marked = g_malloc(mark + token->length);
    memcpy(marked, TOKEN_OF_TITLE, mark);
    memcpy(marked + mark, token->text, token->length);
    struct token of_title = {.text = marked, .length = mark + token->length};
    return join(token, data) && join(&of_title, data);
}

char *
tokens_joined(const char *title, const char *text)
{
    g_autofree char *folded_title = text_search_form(title), *folded = text_search_form(text);
    gsize size = strlen(folded), title_size = strlen(folded_title);
    /*
     * a character has two bytes with what follows it, or three and stands in two tokens; of a title
     * it is written twice
     */
    guint32 places = size < 8 * FEW_PLACES ? FEW_PLACES : MANY_PLACES;
    struct joined j = {.out = g_malloc(size / 3 * 7 + title_size * 6 + 32),
                       .places = g_new0(struct place, places),
                       .mask = places - 1};
    tokens_each(folded_title, false, join_of_title, &j);
    tokens_each(folded, false, join, &j);
    g_free(j.places);
    j.out[j.length] = '\0';
    return g_realloc(j.out, j.length + 1);
}
