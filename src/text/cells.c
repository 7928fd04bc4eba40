/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cell widths, grapheme clusters and line breaking. */
#include "config.h"

#include "text/cells.h"

#include <stdbool.h>
#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <wchar.h>

int
cells_of_char(gunichar c)
{
    if (c >= 0x20 && c < 0x7f)
        return 1;
    int width = wcwidth((wchar_t)c);
    return width < 0 ? 1 : width;
}

gsize
cells_next_cluster(const char *p, int *cells)
{
    unsigned char first = (unsigned char)p[0], second = first ? (unsigned char)p[1] : 0;
    if (first == 0) {
        *cells = 0;
        return 0;
    }
    if (first < 0x80 && second < 0x80) {
        *cells = 1;
        return 1;
    }
    /* a cluster longer than this is cut: hostile text piles up marks */
    gsize length = strnlen(p, 64);
    const char *end = p + length;
    if (length == 64)
        while (end > p + 1 && ((unsigned char)*end & 0xc0) == 0x80)
            end--;
    const char *next = (const char *)u8_grapheme_next((const uint8_t *)p, (const uint8_t *)end);
    if (!next)
        next = g_utf8_next_char(p);
    int width = 0;
    for (const char *q = p; q < next; q = g_utf8_next_char(q))
        width = MAX(width, cells_of_char(g_utf8_get_char(q)));
    *cells = width;
    return next - p;
}

int
cells_width(const char *text, gssize length)
{
    const char *end = length < 0 ? text + strlen(text) : text + length;
    int total = 0;
    for (const char *p = text; p < end;) {
        int cells;
        gsize step = cells_next_cluster(p, &cells);
        if (step == 0)
            break;
        total += cells;
        p += step;
    }
    return total;
}

gsize
cells_fit(const char *text, gsize length, int cells, int *used)
{
    gsize at = 0;
    int total = 0;
    while (at < length) {
        int width;
        gsize step = cells_next_cluster(text + at, &width);
        if (step == 0 || total + width > cells)
            break;
        total += width;
        at += step;
    }
    if (used)
        *used = total;
    return MIN(at, length);
}

char *
cells_ellipsize(const char *text, int cells, const char *ellipsis)
{
    gsize length = strlen(text);
    if (cells <= 0)
        return g_strdup("");
    gsize all = cells_fit(text, length, cells, NULL);
    if (all == length)
        return g_strdup(text);
    int room = cells - cells_width(ellipsis, -1);
    if (room < 0)
        return g_strndup(text, all);
    gsize kept = cells_fit(text, length, room, NULL);
    g_autofree char *head = g_strndup(text, kept);
    return g_strconcat(g_strchomp(head), ellipsis, NULL);
}

static bool
one_of(gunichar c, const char *set)
{
    return c && c < 0x80 && strchr(set, (int)c);
}

/* What UAX #14 calls AL and HL: letters that are not set like ideographs, and some signs. */
static bool
is_alphabetic(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) || one_of(c, "#&*<=>@^_`~") : g_unichar_isalpha(c) && !g_unichar_iswide(c);
}

/*
 * What libunistring places differently from one version of Unicode to the next, by the rules of
 * the newest (16.0); the scheme of an address, which stays with the host; and the first slash of
 * a path, which stays with the path.  next is what comes after c.
 */
static void
settle_break(char *at, gunichar third, gunichar second, gunichar last, gunichar c, const char *next)
{
    bool number = g_unichar_isdigit(second);
    bool begun = !second || second == ' ', word = is_alphabetic(c);
    bool never = (one_of(last, ".,:;") && word) ||                     /* LB29: x.html, is:unread */
                 (one_of(last, "-/") && begun && word) ||              /* LB20a: -v; /etc */
                 (last == '/' && number && one_of(c, "0123456789")) || /* LB25: 1/2 */
                 (last == '/' && second == '/' && third == ':') ||     /* https://host */
                 (one_of(last, "$%+\\") && one_of(c, "([{")) || (one_of(last, ")]}") && one_of(c, "$%+\\")) ||
                 (number && one_of(last, ".,:;/") && one_of(c, "$%+\\"));
    bool may = (last == '/' && one_of(c, "0123456789")) || (last == ' ' && c == '/' && g_ascii_isalnum(*next)) ||
               (last == ' ' && one_of(c, ".,:;") && g_ascii_isdigit(*next)); /* LB15c */
    if (never || may)
        *at = never ? UC_BREAK_PROHIBITED : UC_BREAK_POSSIBLE;
}

char *
cells_breaks(const char *text, gsize length)
{
    char *breaks = g_malloc(length + 1);
    u8_possible_linebreaks((const uint8_t *)text, length, "UTF-8", breaks);
    gunichar third = 0, second = 0, last = 0;
    for (const char *p = text; p < text + length;) {
        gunichar c = g_utf8_get_char(p);
        char *at = &breaks[p - text];
        p = g_utf8_next_char(p);
        if (last && (*at == UC_BREAK_POSSIBLE || *at == UC_BREAK_PROHIBITED))
            settle_break(at, third, second, last, c, p < text + length ? p : "");
        third = second;
        second = last;
        last = c;
    }
    return breaks;
}

gsize
cells_line(const char *text, gsize length, gsize from, const char *breaks, int cells, gsize *next)
{
    gsize at = from, candidate = 0;
    int total = 0;
    cells = MAX(cells, 1);
    while (at < length) {
        if (at > from && (breaks[at] == UC_BREAK_POSSIBLE || breaks[at] == UC_BREAK_MANDATORY))
            candidate = at;
        if (text[at] == '\n') {
            *next = at + 1;
            return at;
        }
        int width;
        gsize step = cells_next_cluster(text + at, &width);
        /* white space may hang over the edge: it is not shown there */
        if (total + width > cells && text[at] != ' ') {
            if (candidate == 0)
                candidate = at > from ? at : at + step;
            gsize end = candidate;
            while (end > from && text[end - 1] == ' ')
                end--;
            *next = candidate;
            while (*next < length && text[*next] == ' ')
                (*next)++;
            return end;
        }
        total += width;
        at += step;
    }
    *next = length;
    while (at > from && text[at - 1] == ' ')
        at--;
    return at;
}
