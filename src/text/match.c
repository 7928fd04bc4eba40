/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches the folded text and maps what it finds back. */
#include "config.h"

#include "text/match.h"
#include "base/clean.h"
#include "text/fold.h"

#include <string.h>

#define FIRST_LOOK \
    4096 /* bytes in which the first match is looked for, and how much further then */
#define LONGER 8

struct folded {
    GString *text;
    GArray *origins; /* gsize: for each byte of text, and for its end, where it comes from */
};

static void
add_unit(struct folded *f, const char *unit, gsize length, gsize origin)
{
    g_autofree char *copy = g_strndup(unit, length), *form = text_search_form(copy);
    for (const char *p = form; *p; p++)
        g_array_append_val(f->origins, origin);
    g_string_append(f->text, form);
}

/* So much of a text, or a little more: a character and the marks on it are folded together. */
static struct folded
fold(const char *text, gsize most)
{
    struct folded f = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(gsize))};
    const char *p = text;
    while (*p && (gsize)(p - text) < most) {
        gsize origin = (gsize)(p - text);
        const char *next = g_utf8_next_char(p);
        if ((guchar)*p < 0x80 && (guchar)*next < 0x80) {
            g_string_append_c(f.text, g_ascii_tolower(*p));
            g_array_append_val(f.origins, origin);
        } else {
            while (*next && g_unichar_ismark(g_utf8_get_char(next)))
                next = g_utf8_next_char(next);
            add_unit(&f, p, (gsize)(next - p), origin);
        }
        p = next;
    }
    gsize end = (gsize)(p - text);
    g_array_append_val(f.origins, end);
    return f;
}

/* Whether a word can begin at p: letters of alphabets begin after something else. */
static bool
may_begin(const char *text, const char *p)
{
    gunichar c = g_utf8_get_char(p);
    if (p == text || c >= 0x2e80 || !g_unichar_isalnum(c))
        return true;
    gunichar before = g_utf8_get_char(g_utf8_prev_char(p));
    return before >= 0x2e80 || !(g_unichar_isalnum(before) || g_unichar_ismark(before));
}

static int
by_start(gconstpointer a, gconstpointer b)
{
    const struct text_range *x = a, *y = b;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->length < y->length) - (x->length > y->length);
}

/* Joins those of the ranges, which are in order, that overlap. */
static void
join(GArray *ranges)
{
    guint kept = 0;
    for (guint i = 0; i < ranges->len; i++) {
        struct text_range range = g_array_index(ranges, struct text_range, i);
        struct text_range *last = kept ? &g_array_index(ranges, struct text_range, kept - 1) : NULL;
        if (last && range.start < last->start + last->length)
            last->length = MAX(last->length, range.start + range.length - last->start);
        else
            g_array_index(ranges, struct text_range, kept++) = range;
    }
    g_array_set_size(ranges, kept);
}

/* What text_matches() finds in so many bytes at the beginning. */
static GArray *
matches_within(const char *text, gsize most, char *const *words, bool anywhere, guint limit)
{
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(struct text_range));
    struct folded f = fold(text, most);
    const gsize *origins = (const gsize *)(const void *)f.origins->data;
    for (; words && *words; words++) {
        g_autofree char *form = text_search_form(*words), *word = g_strstrip(g_strdup(form));
        gsize length = strlen(word);
        guint found = 0;
        for (const char *p = f.text->str; length && (p = strstr(p, word)); p += length) {
            gsize at = (gsize)(p - f.text->str);
            if (!anywhere && !may_begin(f.text->str, p))
                continue;
            struct text_range range = {origins[at], origins[at + length] - origins[at]};
            if (range.length)
                g_array_append_val(ranges, range);
            if (limit && ++found == limit)
                break;
        }
    }
    g_string_free(f.text, TRUE);
    g_array_unref(f.origins);
    g_array_sort(ranges, by_start);
    join(ranges);
    if (limit && ranges->len > limit)
        g_array_set_size(ranges, limit);
    return ranges;
}

GArray *
text_matches(const char *text, char *const *words, bool anywhere, guint limit)
{
    return matches_within(text, G_MAXSIZE, words, anywhere, limit);
}

/*
 * The first range, looked for in longer and longer beginnings: mostly it stands near, and folding
 * a text of a megabyte takes longer than a key may.
 */
static bool
first_match(const char *text, char *const *words, struct text_range *first)
{
    gsize length = strlen(text);
    for (gsize most = FIRST_LOOK;; most *= LONGER) {
        g_autoptr(GArray) ranges = matches_within(text, most, words, false, 1);
        if (ranges->len)
            *first = g_array_index(ranges, struct text_range, 0);
        if (ranges->len || most >= length)
            return ranges->len > 0;
    }
}

bool
text_holds(const char *text, const char *word)
{
    g_autofree char *folded = text_search_form(text), *form = text_search_form(word);
    return *form && strstr(folded, form);
}

/* As far back or on as that many characters. */
static const char *
step(const char *text, const char *p, glong characters)
{
    for (; characters < 0 && p > text; characters++)
        p = g_utf8_prev_char(p);
    for (; characters > 0 && *p; characters--)
        p = g_utf8_next_char(p);
    return p;
}

/* To the beginning of the next word, if one begins near: words of alphabets are not cut. */
static const char *
to_word(const char *p)
{
    const char *q = p;
    for (int i = 0; i < 12 && *q; i++, q = g_utf8_next_char(q))
        if (*q == ' ')
            return q + 1;
    return p;
}

char *
text_snippet(const char *text, char *const *words, guint characters)
{
    g_autofree char *line = text_squeeze(text, -1);
    struct text_range first;
    const char *match = first_match(line, words, &first) ? line + first.start : line;
    const char *from = step(line, match, -(glong)characters / 3);
    if (from > line)
        from = MIN(to_word(from), match);
    const char *end = step(line, from, (glong)characters);
    g_autofree char *cut = g_strndup(from, (gsize)(end - from));
    return g_strconcat(from > line ? "…" : "", cut, *end ? "…" : "", NULL);
}
