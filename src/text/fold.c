/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding for search, by libunistring's tables. */
#include "config.h"

#include "text/fold.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

/*
 * Most text is of characters that NFKC leaves alone and whose case is a matter of addition:
 * ASCII, Cyrillic, unified ideographs.  NULL for any other text.
 */
static char *
fold_simple(const char *text, gsize length)
{
    char *out = g_malloc(length + 1), *to = out;
    for (const guchar *p = (const guchar *)text; *p;) {
        if (*p < 0x80) {
            *to++ = g_ascii_tolower((char)*p++);
        } else if ((*p == 0xd0 || *p == 0xd1) && p[1]) { /* U+0400 to U+047F */
            gunichar c = ((gunichar)(*p & 0x1f) << 6) | (p[1] & 0x3f);
            if (c > 0x45f)
                break;
            c += c < 0x410 ? 0x50 : c < 0x430 ? 0x20 : 0;
            c = c == 0x451 ? 0x435 : c; /* ё */
            *to++ = (char)(0xc0 | c >> 6);
            *to++ = (char)(0x80 | (c & 0x3f));
            p += 2;
        } else if (*p >= 0xe4 && *p <= 0xe9 && p[1] && p[2]) { /* U+4000 to U+9FFF: ideographs, and a few hexagrams */
            memcpy(to, p, 3);
            to += 3;
            p += 3;
        } else {
            break;
        }
        if (!*p) {
            *to = '\0';
            return out;
        }
    }
    g_free(out);
    return NULL;
}

char *
text_fold(const char *text)
{
    gsize given = strlen(text), length = 0;
    char *simple = given ? fold_simple(text, given) : NULL;
    if (simple)
        return simple;
    uint8_t *folded = u8_casefold((const uint8_t *)text, given, NULL, UNINORM_NFKC, NULL, &length);
    if (!folded)
        return g_ascii_strdown(text, -1);
    GString *out = g_string_sized_new(length);
    for (gsize i = 0; i < length; i++) {
        if (folded[i] == 0xd1 && i + 1 < length && folded[i + 1] == 0x91) { /* ё */
            g_string_append(out, "\xd0\xb5");
            i++;
        } else if (folded[i]) {
            g_string_append_c(out, (char)folded[i]);
        }
    }
    free(folded);
    return g_string_free(out, FALSE);
}
