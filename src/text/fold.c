/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding for search, by libunistring's tables. */
#include "config.h"

#include "text/fold.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

char *
text_fold(const char *text)
{
    gsize given = strlen(text), length = 0;
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
