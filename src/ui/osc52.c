/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequence, and how it gets through tmux and screen. */
#include "config.h"

#include "ui/osc52.h"

#include <string.h>

/* Bytes of a string that every screen takes: version 4.0 has room for 256. */
#define SCREEN_PIECE 240

enum osc52_way
osc52_way(void)
{
    const char *tmux = g_getenv("TMUX"), *screen = g_getenv("STY"), *type = g_getenv("TERM");
    if (tmux && *tmux)
        return OSC52_TMUX;
    if (screen && *screen)
        return OSC52_SCREEN;
    /* on another machine only the type of the terminal tells */
    if (type && g_str_has_prefix(type, "tmux"))
        return OSC52_TMUX;
    return type && g_str_has_prefix(type, "screen") ? OSC52_SCREEN : OSC52_DIRECT;
}

/* "ESC P tmux; … ESC \" with each ESC within it twice. */
static void
wrap_for_tmux(GString *out, const char *sequence)
{
    g_string_append(out, "\033Ptmux;");
    for (const char *p = sequence; *p; p++) {
        if (*p == '\033')
            g_string_append_c(out, '\033');
        g_string_append_c(out, *p);
    }
    g_string_append(out, "\033\\");
}

/* "ESC P … ESC \" for each piece. */
static void
wrap_for_screen(GString *out, const char *sequence)
{
    for (gsize length = strlen(sequence); length;) {
        gsize step = MIN(length, SCREEN_PIECE);
        g_string_append(out, "\033P");
        g_string_append_len(out, sequence, (gssize)step);
        g_string_append(out, "\033\\");
        sequence += step;
        length -= step;
    }
}

char *
osc52_sequence(const char *text, enum osc52_way way)
{
    g_autofree char *base64 = g_base64_encode((const guchar *)text, strlen(text)),
                    *sequence = g_strconcat("\033]52;c;", base64, "\a", NULL);
    GString *out = g_string_new(NULL);
    if (way != OSC52_SCREEN)
        g_string_append(out, sequence);
    if (way == OSC52_TMUX)
        wrap_for_tmux(out, sequence);
    else if (way == OSC52_SCREEN)
        wrap_for_screen(out, sequence);
    return g_string_free(out, FALSE);
}
