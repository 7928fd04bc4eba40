/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys that were pressed before Enter: a terminal that waits for lines gives their characters,
 * which nobody has typed.  They are named as if their names had been.
 */
#include "config.h"

#include "ui/linear-parts.h"

#include <string.h>

#define ESCAPE '\033'

/* What stands behind "ESC [" or "ESC O" (ECMA-48, DEC); NULL: no key that has a name. */
static const char *
name_of(const char *sequence)
{
    static const char *const keys[][2] = {
        {"A", "Up"},      {"B", "Down"},  {"C", "Right"}, {"D", "Left"},  {"H", "Home"},
        {"F", "End"},     {"1~", "Home"}, {"4~", "End"},  {"7~", "Home"}, {"8~", "End"},
        {"3~", "Delete"}, {"5~", "PgUp"}, {"6~", "PgDn"}, {"Z", "S-Tab"}, {"P", "F1"},
        {"Q", "F2"},      {"R", "F3"},    {"S", "F4"},    {"[A", "F1"},   {"[B", "F2"},
        {"[C", "F3"},     {"[D", "F4"},   {"[E", "F5"},   {"11~", "F1"},  {"12~", "F2"},
        {"13~", "F3"},    {"14~", "F4"},  {"15~", "F5"},  {"17~", "F6"},  {"18~", "F7"},
        {"19~", "F8"},    {"20~", "F9"},  {"21~", "F10"}, {"23~", "F11"}, {"24~", "F12"}};
    if (*sequence != '[' && *sequence != 'O')
        return *sequence ? NULL : "Esc";
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (g_str_equal(keys[i][0], sequence + 1))
            return keys[i][1];
    return NULL;
}

/* One key, pressed once or several times: its name, or with how often; NULL: several keys. */
static char *
pressed(const char *line)
{
    if (!line[1])
        return g_strdup("Esc");
    g_auto(GStrv) keys = g_strsplit(line + 1, "\033", -1);
    const char *name = name_of(keys[0]);
    guint count = g_strv_length(keys);
    for (guint i = 1; i < count; i++)
        if (!g_str_equal(keys[i], keys[0]))
            return NULL;
    if (!name || count < 2)
        return g_strdup(name);
    return g_strdup_printf("%s %u", name, count);
}

/* What no terminal shows, as in "^[[25~". */
static char *
spelt(const char *line)
{
    GString *text = g_string_new(NULL);
    for (const char *p = line; *p; p++) {
        bool control = g_ascii_iscntrl(*p) && *p != '\177';
        if (control)
            g_string_append_c(text, '^');
        g_string_append_c(text, control ? (char)(*p + '@') : *p);
    }
    return g_string_free(text, FALSE);
}

char *
linear_pressed(const char *line)
{
    bool single = line[0] && !line[1];
    if (single && *line == '\t')
        return g_strdup("Tab");
    if (single && g_ascii_iscntrl(*line) && *line != ESCAPE && *line != '\r')
        return spelt(line);
    char *text = g_strstrip(g_strdup(line));
    if (*text == ESCAPE) {
        char *key = pressed(text);
        key = key ? key : spelt(text);
        g_free(text);
        return key;
    }
    return text;
}
