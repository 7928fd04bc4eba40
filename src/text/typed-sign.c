/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sign of ASCII a wide one is. */
#include "config.h"

#include "text/typed-sign.h"

#include <glib.h>
#include <string.h>

#define WIDE_FIRST      0xff01 /* "！" to "～", as ASCII has them */
#define WIDE_LAST       0xff5e
#define WIDE_BLANK      0x3000
#define WIDE_BLANK_TEXT "\u3000"

char
typed_sign(const char *text, const char **end)
{
    gunichar c = g_utf8_get_char(text);
    if (end)
        *end = *text ? g_utf8_next_char(text) : text;
    return c < 0x80                              ? (char)c
           : c >= WIDE_FIRST && c <= WIDE_LAST   ? (char)(c - WIDE_FIRST + '!')
           : c == WIDE_BLANK                     ? ' '
           : c == 0x3002 /* 。 */ || c == 0xff61 ? '.'
                                                 : '\0';
}

bool
typed_sign_is(const char *text, char sign)
{
    const char *end;
    return typed_sign(text, &end) == sign && !*end;
}

char *
typed_sign_line(const char *line)
{
    const char *at = line, *next;
    while (typed_sign(at, &next) == ' ')
        at = next;
    g_autofree char *text = g_strstrip(g_strdup(at));
    while (g_str_has_suffix(text, WIDE_BLANK_TEXT)) {
        text[strlen(text) - strlen(WIDE_BLANK_TEXT)] = '\0';
        g_strchomp(text);
    }
    for (at = text; *at && typed_sign(at, &next) != ' ';)
        at = next;
    return *at ? g_strdup_printf("%.*s %s", (int)(at - text), text, next) : g_steal_pointer(&text);
}
