/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines that changed, word by word.  UAX #29 has each character of Chinese, Japanese and Thai text
 * be a word of its own, as a cluster of what stands upon it.
 */
#include "config.h"

#include "document/align.h"
#include "document/diff-parts.h"

#include <string.h>
#include <unistr.h>
#include <uniwbrk.h>

/* --- tokens ------------------------------------------------------------------------------- */

static bool
is_blank(const char *p)
{
    return g_unichar_isspace(g_utf8_get_char(p));
}

static bool
has_letters(const char *text, gsize length)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            return true;
    return false;
}

/* "12:00" is one word: of a time no half is told. */
static bool
within_time(const char *text, gsize at)
{
    return (text[at] == ':' && g_ascii_isdigit(text[at - 1]) && g_ascii_isdigit(text[at + 1])) ||
           (at > 1 && text[at - 1] == ':' && g_ascii_isdigit(text[at]) &&
            g_ascii_isdigit(text[at - 2]));
}

/* Several blanks are one token with every version of libunistring. */
GArray *
diff_tokens(const char *text)
{
    gsize length = strlen(text);
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct diff_token));
    g_autofree char *breaks = g_malloc0(length + 1);
    u8_wordbreaks((const uint8_t *)text, length, breaks);
    for (gsize at = 0; at < length;) {
        gsize end = at + 1;
        while (end < length && (!breaks[end] || within_time(text, end) ||
                                (is_blank(text + at) && is_blank(text + end))))
            end++;
        struct diff_token token = {(guint)at, has_letters(text + at, end - at)};
        g_array_append_val(tokens, token);
        at = end;
    }
    struct diff_token end = {(guint)length, false};
    g_array_append_val(tokens, end);
    return tokens;
}

guint
diff_count_words(const char *text)
{
    g_autoptr(GArray) tokens = diff_tokens(text);
    guint count = 0;
    for (guint i = 0; i < tokens->len; i++)
        count += g_array_index(tokens, struct diff_token, i).word;
    return count;
}

static bool
has_no_spaces(gunichar c)
{
    switch (g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
        return true;
    default:
        return false;
    }
}

guint
diff_count_words_quickly(const char *text)
{
    guint count = 0;
    bool inside = false;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool letter = c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c);
        bool alone = letter && c >= 0x80 && has_no_spaces(c);
        count += letter && (alone || !inside);
        inside = letter && !alone;
    }
    return count;
}

void
diff_sketch(struct sketch *sketch, const char *text)
{
    g_autoptr(GArray) tokens = diff_tokens(text);
    for (guint i = 0; i + 1 < tokens->len; i++) {
        const struct diff_token *token = &g_array_index(tokens, struct diff_token, i);
        if (!token->word)
            continue;
        guint32 hash = 2166136261u; /* FNV-1a */
        for (guint k = token->start; k < token[1].start; k++)
            hash = (hash ^ (guint8)text[k]) * 16777619u;
        hash = (hash ^ hash >> 15) % SKETCH_BITS;
        sketch->bits[hash / 64] |= (guint64)1 << hash % 64;
    }
}

/* --- pieces ------------------------------------------------------------------------------- */

struct side {
    const char *text;
    GArray *tokens; /* struct diff_token */
    guint count;
    guint *elements;
    guint8 *changed;
};

static void
number_tokens(struct side *side, GHashTable *numbers, GString *key)
{
    side->tokens = diff_tokens(side->text);
    side->count = side->tokens->len - 1;
    side->elements = g_new(guint, side->count + 1);
    side->changed = g_malloc0(side->count + 1);
    for (guint i = 0; i < side->count; i++) {
        const struct diff_token *token = &g_array_index(side->tokens, struct diff_token, i);
        g_string_truncate(key, 0);
        g_string_append_len(key, side->text + token->start, token[1].start - token->start);
        gpointer number = g_hash_table_lookup(numbers, key->str);
        if (!number) {
            number = GUINT_TO_POINTER(g_hash_table_size(numbers) + 1);
            g_hash_table_insert(numbers, g_strdup(key->str), number);
        }
        side->elements[i] = GPOINTER_TO_UINT(number);
    }
}

static void
side_clear(struct side *side)
{
    g_array_unref(side->tokens);
    g_free(side->elements);
    g_free(side->changed);
}

/* What changed between two stretches that stayed: tokens [old, old_end) became [new, new_end). */
struct change {
    guint old, old_end, new, new_end;
    guint gone, fresh; /* bytes that are no blanks */
};

static guint
weight(const struct side *side, guint from, guint to)
{
    guint bytes = 0;
    for (guint i = from; i < to; i++) {
        const struct diff_token *token = &g_array_index(side->tokens, struct diff_token, i);
        if (!is_blank(side->text + token->start))
            bytes += token[1].start - token->start;
    }
    return bytes;
}

/*
 * Adds a change; what stayed before it becomes part of it when that says less than the changes on
 * both of its sides: words that two sentences share by chance make neither readable.
 */
static void
add_change(GArray *changes, const struct side sides[2], struct change c)
{
    c.gone = weight(&sides[0], c.old, c.old_end);
    c.fresh = weight(&sides[1], c.new, c.new_end);
    while (changes->len) {
        const struct change *before = &g_array_index(changes, struct change, changes->len - 1);
        guint stayed = weight(&sides[0], before->old_end, c.old);
        if (stayed &&
            (stayed >= MAX(before->gone, before->fresh) || stayed >= MAX(c.gone, c.fresh)))
            break;
        c = (struct change){before->old,
                            c.old_end,
                            before->new,
                            c.new_end,
                            before->gone + stayed + c.gone,
                            before->fresh + stayed + c.fresh};
        g_array_set_size(changes, changes->len - 1);
    }
    g_array_append_val(changes, c);
}

static GArray *
changes_of(const struct side sides[2])
{
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct change));
    for (guint i = 0, j = 0; i < sides[0].count || j < sides[1].count;) {
        struct change c = {.old = i, .old_end = i, .new = j, .new_end = j};
        while (c.old_end < sides[0].count && sides[0].changed[c.old_end])
            c.old_end++;
        while (c.new_end < sides[1].count && sides[1].changed[c.new_end])
            c.new_end++;
        if (c.old_end > i || c.new_end > j)
            add_change(changes, sides, c);
        i = c.old_end + 1;
        j = c.new_end + 1;
    }
    return changes;
}

/* Tokens as a piece; how many of them are words. */
static guint
add_piece(GArray *pieces, enum diff_kind kind, const struct side *side, guint from, guint to)
{
    guint words = 0;
    for (guint i = from; i < to; i++)
        words += g_array_index(side->tokens, struct diff_token, i).word;
    guint start = g_array_index(side->tokens, struct diff_token, from).start;
    struct diff_piece piece = {kind, side->text + start,
                               g_array_index(side->tokens, struct diff_token, to).start - start};
    if (piece.length)
        g_array_append_val(pieces, piece);
    return words;
}

GArray *
diff_pieces(const char *old, const char *new, struct diff_stat *stat)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct diff_piece));
    g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GString *key = g_string_new(NULL);
    struct side sides[2] = {{.text = old}, {.text = new}};
    for (int i = 0; i < 2; i++)
        number_tokens(&sides[i], numbers, key);
    struct align_sequence before = {sides[0].elements, sides[0].count, sides[0].changed},
                          after = {sides[1].elements, sides[1].count, sides[1].changed};
    align(&before, &after);
    g_autoptr(GArray) changes = changes_of(sides);
    guint at = 0;
    for (guint i = 0; i < changes->len; i++) {
        const struct change *c = &g_array_index(changes, struct change, i);
        guint stayed = add_piece(pieces, DIFF_EQUAL, &sides[1], at, c->new),
              gone = add_piece(pieces, DIFF_DELETE, &sides[0], c->old, c->old_end),
              fresh = add_piece(pieces, DIFF_INSERT, &sides[1], c->new, c->new_end);
        stat->words_old += stayed + gone;
        stat->words_new += stayed + fresh;
        stat->words_removed += gone;
        stat->words_added += fresh;
        at = c->new_end;
    }
    guint stayed = add_piece(pieces, DIFF_EQUAL, &sides[1], at, sides[1].count);
    stat->words_old += stayed;
    stat->words_new += stayed;
    for (int i = 0; i < 2; i++)
        side_clear(&sides[i]);
    g_string_free(key, TRUE);
    return pieces;
}
