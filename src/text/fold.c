/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding for comparison and search, by libunistring's tables and those of Han variants. */
#include "config.h"

#include "text/fold.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#define HAN_FIRST 0x4e00
#define HAN_LAST 0x9fff

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
 * Most text is of characters that NFKC leaves alone and whose case is a matter of addition:
 * ASCII, Cyrillic, unified ideographs and the punctuation among them.  Folds as many as stand
 * at p, up to end, and returns how many bytes these are.  han: NULL or the forms of ideographs.
 */
static gsize
fold_simple(const guchar *p, const guchar *end, const guint16 *han, GString *out)
{
    const guchar *start = p;
    gsize length = out->len;
    g_string_set_size(out, length + (gsize)(end - p)); /* none becomes longer */
    char *to = out->str + length;
    while (p < end) {
        if (*p < 0x80) {
            *to++ = g_ascii_tolower((char)*p++);
        } else if (*p == 0xd0 || *p == 0xd1) { /* U+0400 to U+047F */
            gunichar c = ((gunichar)(*p & 0x1f) << 6) | (p[1] & 0x3f);
            if (c > 0x45f)
                break;
            c += c < 0x410 ? 0x50 : c < 0x430 ? 0x20 : 0;
            c = c == 0x451 ? 0x435 : c; /* ё */
            *to++ = (char)(0xc0 | c >> 6);
            *to++ = (char)(0x80 | (c & 0x3f));
            p += 2;
        } else if (*p >= 0xe4 && *p <= 0xe9) { /* U+4000 to U+9FFF: ideographs, and a few hexagrams */
            gunichar c = ((gunichar)(*p & 0x0f) << 12) | ((gunichar)(p[1] & 0x3f) << 6) | (p[2] & 0x3f);
            if (han && c >= HAN_FIRST)
                c = han[c - HAN_FIRST];
            *to++ = (char)(0xe0 | c >> 12);
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
            *to++ = (char)(0x80 | (c & 0x3f));
            p += 3;
        } else if (*p == 0xe3 && p[1] == 0x80 && p[2] >= 0x81 && p[2] <= 0x91) { /* U+3001 to U+3011 */
            memcpy(to, p, 3);
            to += 3;
            p += 3;
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
           (*p == 0xe3 && p[1] == 0x80 && p[2] >= 0x81 && p[2] <= 0x91);
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
