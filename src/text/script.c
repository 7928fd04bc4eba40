/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A language by the letters of a text. */
#include "config.h"

#include "text/script.h"

#include <glib.h>
#include <string.h>

#define LOOKED_AT 2000 /* bytes, in which there are letters or none */

char *
script_language(const char *tag, const char *text)
{
    gsize length = tag ? strcspn(tag, "-_") : 0;
    if (length)
        return g_ascii_strdown(tag, (gssize)length);
    for (const char *p = text; *p && p - text < LOOKED_AT; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalpha(c))
            return g_strdup(c >= 0x4e00 && c < 0xa000 ? "zh"
                            : c >= 0x400 && c < 0x530 ? "ru"
                                                      : "en");
    }
    return NULL;
}
