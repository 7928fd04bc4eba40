/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding for comparison and search, by libunistring's tables and those of Han variants. */
#include "config.h"

#include "text/fold.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#define HAN_FIRST 0x4e00
#define HAN_LAST  0x9fff

static const char han_variants[] =
#include "text/han-variants.def"
    ;

/* For each ideograph what it is folded to, made when it is first asked for. */
static const guint16 *
han_forms(void)
{
    static gsize made;
    static guint16 forms[HAN_LAST - HAN_FIRST + 1];
    if (g_once_init_enter(&made)) {
        for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
            forms[i] = (guint16)(HAN_FIRST + i);
        for (const char *p = han_variants; *p; p += 6)
            forms[g_utf8_get_char(p) - HAN_FIRST] = (guint16)g_utf8_get_char(p + 3);
        g_once_init_leave(&made, 1);
    }
    return forms;
}

/*
 * Letters with a stroke or of their own, which have no decomposition, and what they are looked for
 * by.
 */
static const struct {
    gunichar letter;
    const char *plain;
} plain_letters[] = {
    {0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},  {0xfe, "th"}, {0x111, "d"},  {0x127, "h"},
    {0x131, "i"}, {0x138, "k"}, {0x142, "l"}, {0x14b, "n"}, {0x153, "oe"}, {0x167, "t"},
    {0x180, "b"}, {0x19a, "l"}, {0x1b6, "z"}, {0x1dd, "e"}, {0x1e5, "g"},  {0x223, "ou"},
    {0x237, "j"}, {0x23c, "c"}, {0x247, "e"}, {0x249, "j"}, {0x24d, "r"},  {0x24f, "y"},
    {0x253, "b"}, {0x254, "o"}, {0x256, "d"}, {0x257, "d"}, {0x259, "e"},  {0x25b, "e"},
    {0x268, "i"}, {0x272, "n"}, {0x289, "u"},
};

static bool
is_accented_script(gunichar c)
{
    return (c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff) /* Latin */ ||
           (c >= 0x370 && c <= 0x3ff) || (c >= 0x1f00 && c <= 0x1fff) /* Greek */;
}

/*
 * Marks that one may leave out: accents (of Latin and Greek, and stress in Cyrillic), vowel points.
 */
static bool
is_optional_mark(gunichar c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7 && g_unichar_ismark(c)) ||
           (c >= 0x64b && c <= 0x65f) || c == 0x670 || c == 0x640;
}

/*
 * A character as it is searched for, without its accents: é is e, ł is l.  The letters of other
 * scripts are what they are: й is no и, ї no і, が no か.
 */
static void
append_bare(GString *out, gunichar c)
{
    if (is_optional_mark(c))
        return;
    for (size_t i = 0; c < 0x300 && i < G_N_ELEMENTS(plain_letters); i++) {
        if (plain_letters[i].letter == c) {
            g_string_append(out, plain_letters[i].plain);
            return;
        }
    }
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    if (is_accented_script(c) &&
        g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts)) > 1 && parts[0] != c) {
        append_bare(out, parts[0]); /* ǿ is ø is o */
        return;
    }
    g_string_append_unichar(out, c);
}

#define LATIN_FIRST 0xc0
#define LATIN_LAST  0x24f

struct latin_form {
    char text[3]; /* "": it has none so short */
};

/*
 * What Latin letters of two bytes are searched for by, whatever stands beside them; made when it is
 * first asked for.
 */
static const struct latin_form *
latin_forms(void)
{
    static gsize made;
    static struct latin_form forms[LATIN_LAST - LATIN_FIRST + 1];
    if (g_once_init_enter(&made)) {
        for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
            char letter[8] = "";
            gsize size = 0;
            g_unichar_to_utf8(LATIN_FIRST + i, letter);
            uint8_t *folded = u8_casefold((const uint8_t *)letter, strlen(letter), NULL,
                                          UNINORM_NFKC, NULL, &size);
            g_autoptr(GString) bare = g_string_new(NULL);
            for (gsize at = 0; folded && at < size; at += (gsize)g_utf8_skip[folded[at]])
                append_bare(bare, g_utf8_get_char((const char *)folded + at));
            free(folded);
            if (bare->len < sizeof forms[i].text)
                memcpy(forms[i].text, bare->str, bare->len);
        }
        g_once_init_leave(&made, 1);
    }
    return forms;
}

/* Whether it is a dash, a quotation mark or a bullet, which fold to themselves. */
static bool
is_sign(const guchar *p)
{
    return (*p == 0xc2 && (p[1] == 0xab || p[1] == 0xbb)) || /* « » */
           (*p == 0xe2 && p[1] == 0x80 &&                    /* U+2013, U+2014, U+2018 to U+2023 */
            (p[2] == 0x93 || p[2] == 0x94 || (p[2] >= 0x98 && p[2] <= 0xa3)));
}

/*
 * Most text is of characters that NFKC leaves alone and whose case is a matter of addition: ASCII,
 * Cyrillic, unified ideographs and the punctuation among them; and Latin letters, where their
 * accents do not count.  Folds as many as stand at p, up to end, and returns how many bytes these
 * are.  han: NULL, or the forms of ideographs where the form is the one for searching.
 */
static gsize
fold_simple(const guchar *p, const guchar *end, const guint16 *han, GString *out)
{
    const guchar *start = p;
    const struct latin_form *latin = han ? latin_forms() : NULL;
    gsize length = out->len;
    g_string_set_size(out, length + (gsize)(end - p)); /* none becomes longer */
    char *to = out->str + length;
    while (p < end) {
        if (*p < 0x80) {
            *to++ = (char)(*p >= 'A' && *p <= 'Z' ? *p + ('a' - 'A') : *p);
            p++;
        } else if (*p == 0xd0 || *p == 0xd1) { /* U+0400 to U+047F */
            gunichar c = ((gunichar)(*p & 0x1f) << 6) | (p[1] & 0x3f);
            if (c > 0x45f)
                break;
            c += c < 0x410 ? 0x50 : c < 0x430 ? 0x20 : 0;
            c = c == 0x451 ? 0x435 : c; /* ё */
            *to++ = (char)(0xc0 | c >> 6);
            *to++ = (char)(0x80 | (c & 0x3f));
            p += 2;
        } else if (*p >= 0xe4 &&
                   *p <= 0xe9) { /* U+4000 to U+9FFF: ideographs, and a few hexagrams */
            gunichar c = ((gunichar)(*p & 0x0f) << 12) | ((gunichar)(p[1] & 0x3f) << 6) |
                         (p[2] & 0x3f);
            if (han && c >= HAN_FIRST)
                c = han[c - HAN_FIRST];
            *to++ = (char)(0xe0 | c >> 12);
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
            *to++ = (char)(0x80 | (c & 0x3f));
            p += 3;
        } else if (latin && *p >= 0xc3 && *p <= 0xc9) { /* U+00C0 to U+027F */
            gunichar c = ((gunichar)(*p & 0x1f) << 6) | (p[1] & 0x3f);
            const char *form = c <= LATIN_LAST ? latin[c - LATIN_FIRST].text : "";
            if (!*form)
                break;
            while (*form)
                *to++ = *form++;
            p += 2;
        } else if (*p == 0xe3 && p[1] == 0x80 && p[2] >= 0x81 &&
                   p[2] <= 0x91) { /* U+3001 to U+3011 */
            memcpy(to, p, 3);
            to += 3;
            p += 3;
        } else if (is_sign(p)) {
            gsize width = *p == 0xc2 ? 2 : 3;
            memcpy(to, p, width);
            to += width;
            p += width;
        } else {
            break;
        }
    }
    g_string_set_size(out, (gsize)(to - out->str));
    return (gsize)(p - start);
}

/* Whether fold_simple() knows the character there. */
static bool
is_simple(const guchar *p)
{
    return *p < 0x80 || *p == 0xd0 || (*p == 0xd1 && p[1] <= 0x9f) || (*p >= 0xe4 && *p <= 0xe9) ||
           (*p == 0xe3 && p[1] == 0x80 && p[2] >= 0x81 && p[2] <= 0x91) || is_sign(p);
}

/* Any text, by the tables. */
static void
fold_any(const guchar *p, gsize length, const guint16 *han, GString *out)
{
    gsize size = 0;
    uint8_t *folded = u8_casefold(p, length, NULL, UNINORM_NFKC, NULL, &size);
    for (gsize i = 0; folded && i < size;) {
        gsize simple = fold_simple(folded + i, folded + size, han, out);
        i += simple;
        if (i < size && !simple) {
            gsize width = (gsize)g_utf8_skip[folded[i]];
            if (han) /* the form for searching */
                append_bare(out, g_utf8_get_char((const char *)folded + i));
            else
                g_string_append_len(out, (const char *)folded + i, (gssize)width);
            i += width;
        }
    }
    free(folded);
}

static char *
fold(const char *text, const guint16 *han)
{
    const guchar *p = (const guchar *)text, *end = p + strlen(text);
    GString *out = g_string_sized_new((gsize)(end - p));
    while (p < end) {
        gsize before = out->len;
        const guchar *start = p;
        p += fold_simple(p, end, han, out);
        if (p == end)
            break;
        /* a mark may join what stands before it */
        const guchar *from = p;
        if (from > start) {
            from = (const guchar *)g_utf8_prev_char((const char *)from);
            g_string_truncate(out, before);
            fold_simple(start, from, han, out);
        }
        while (p < end && !is_simple(p))
            p = (const guchar *)g_utf8_next_char((const char *)p);
        fold_any(from, (gsize)(p - from), han, out);
    }
    return g_string_free(out, FALSE);
}

char *
text_fold(const char *text)
{
    return fold(text, NULL);
}

char *
text_search_form(const char *text)
{
    return fold(text, han_forms());
}
