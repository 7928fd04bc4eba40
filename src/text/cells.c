/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cell widths, grapheme clusters and line breaking. */
#include "config.h"

#include "text/cells.h"

#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <unistr.h>
#include <uniwidth.h>
#include <wchar.h>

#define ZWNJ         0x200c
#define ZWJ          0x200d
#define LONG_CLUSTER 64 /* bytes */

/* Whether a character only says how the one before it is drawn. */
static bool
is_selector(gunichar c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) ||
           (c >= 0x180b && c <= 0x180f);
}

static bool ambiguous_is_wide;

void
cells_set_ambiguous(bool wide)
{
    ambiguous_is_wide = wide;
}

/* The characters that East Asian fonts draw wide and others narrow. */
static bool
is_ambiguous(gunichar c)
{
    return c >= 0x80 && uc_width(c, "UTF-8") == 1 && uc_width(c, "EUC-JP") == 2;
}

int
cells_of_char(gunichar c)
{
    if (c >= 0x20 && c < 0x7f)
        return 1;
    int width = wcwidth((wchar_t)c);
    if (ambiguous_is_wide && width == 1 && is_ambiguous(c))
        return 2;
    return width < 0 ? 1 : width;
}

static bool
is_letter(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/*
 * Whether a character that stands within a cluster is folded into what is before it: what a
 * ZWJ joins to a pictograph, and skin tones.  Letters never are.
 */
static bool
is_folded(gunichar before, gunichar c)
{
    return (c >= 0x1f3fb && c <= 0x1f3ff) || (before == ZWJ && !is_letter(c));
}

/*
 * Whether what takes no cell is shown upon what stands before it; joiners are, among letters.  One
 * behind a pictograph of which the rest is left out would join what is beside it.
 */
static bool
is_upon(gunichar before, gunichar c)
{
    return g_unichar_type(c) != G_UNICODE_FORMAT ||
           ((c == ZWJ || c == ZWNJ) && is_letter(before) && !is_selector(before));
}

/*
 * Marks beyond the number that a cell holds are decoration when they go with any script, else
 * letters.
 */
static bool
is_decoration(gunichar c)
{
    return g_unichar_get_script(c) == G_UNICODE_SCRIPT_INHERITED;
}

static void
put(char text[CELL_TEXT], gsize *kept, gunichar c)
{
    char bytes[6];
    gsize length = (gsize)g_unichar_to_utf8(c, bytes);
    if (*kept + length >= CELL_TEXT)
        return;
    memcpy(text + *kept, bytes, length);
    *kept += length;
    text[*kept] = '\0';
}

gsize
cells_split(const char *p, gsize length, int *cells, char text[CELL_TEXT])
{
    gsize at = 0, kept = 0;
    int marks = 0;
    gunichar before = 0, waiting[CELL_MARKS];
    guint waits = 0;
    *cells = 0;
    text[0] = '\0';
    while (at < length) {
        ucs4_t c;
        gsize step = (gsize)u8_mbtouc(&c, (const uint8_t *)p + at, length - at);
        int width = cells_of_char(c);
        bool folded = at && is_folded(before, c);
        if (width && *cells && !folded)
            break; /* it has a cell of its own */
        if (width && !folded) {
            *cells = width;
            put(text, &kept, g_unichar_iscntrl(c) ? ' ' : c);
            /* what was written before the character that it stands upon */
            for (guint i = 0; i < waits; i++)
                put(text, &kept, waiting[i]);
        } else if (!width && c && is_upon(before, c)) {
            if (marks == CELL_MARKS && !is_decoration(c))
                break;
            if (marks < CELL_MARKS && *cells)
                put(text, &kept, c);
            else if (marks < CELL_MARKS)
                waiting[waits++] = c;
            marks = MIN(marks + 1, CELL_MARKS);
        }
        before = c;
        at += step;
    }
    if (!*cells && waits && !is_selector(waiting[0])) { /* marks with nothing below them */
        *cells = 1;
        put(text, &kept, ' ');
        for (guint i = 0; i < waits; i++)
            put(text, &kept, waiting[i]);
    }
    return at;
}

/*
 * Whether the byte begins a character that is a cluster, whatever of its kind stands beside it:
 * ASCII, Cyrillic, Han.
 */
static bool
is_simple(guchar c)
{
    return c < 0x80 || c == 0xd0 || c == 0xd1 || (c >= 0xe4 && c <= 0xe9);
}

/* The length of the first cluster by libunistring, which parts pictographs behind a ZWJ. */
static gsize
cluster_between(const uint8_t *start, const uint8_t *end)
{
    ucs4_t c, last;
    u8_mbtouc(&c, start, (size_t)(end - start));
    bool joins = !is_letter(c);
    const uint8_t *next = u8_grapheme_next(start, end);
    while (joins && next && next < end) {
        joins = u8_prev(&last, next, start) && last == ZWJ &&
                u8_mbtouc(&c, next, (size_t)(end - next)) > 2 && !is_letter(c);
        if (joins)
            next = u8_grapheme_next(next, end);
    }
    return next ? (gsize)(next - start) : 1;
}

/* How many bytes the cluster at p has; p is not at the end. */
static gsize
cluster_length(const char *p)
{
    /* a cluster longer than this is hostile text that piles up marks: they go with it unseen */
    gsize length = strnlen(p, LONG_CLUSTER);
    bool cut = length == LONG_CLUSTER;
    while (cut && length > 1 && ((guchar)p[length] & 0xc0) == 0x80)
        length--;
    const uint8_t *start = (const uint8_t *)p;
    gsize between = cluster_between(start, start + length), taken = MAX(between, 1);
    while (cut && taken >= length && p[taken]) {
        ucs4_t c;
        int step = u8_mbtouc(&c, start + taken, strnlen(p + taken, 4));
        if (cells_of_char(c) || !g_unichar_ismark(c))
            break;
        taken += (gsize)step;
    }
    return taken;
}

gsize
cells_next_cluster(const char *p, int *cells)
{
    guchar first = (guchar)p[0], second = first ? (guchar)p[1] : 0;
    if (first == 0) {
        *cells = 0;
        return 0;
    }
    if (first < 0x80 && is_simple(second)) {
        *cells = 1;
        return 1;
    }
    if (first >= 0x80 && is_simple(first)) {
        gsize size = first < 0xe0 ? 2 : 3;
        if (strnlen(p, size) == size && is_simple((guchar)p[size])) {
            ucs4_t c;
            size = (gsize)u8_mbtouc(&c, (const uint8_t *)p, size);
            *cells = cells_of_char(c);
            return size;
        }
    }
    gsize length = cluster_length(p);
    *cells = 0;
    for (gsize at = 0; at < length;) {
        char text[CELL_TEXT];
        int width;
        at += cells_split(p + at, length - at, &width, text);
        *cells += width;
    }
    return length;
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

char *
cells_cut_middle(const char *text, int cells, const char *ellipsis)
{
    int width = cells_width(text, -1), room = cells - cells_width(ellipsis, -1);
    if (width <= cells || room < 2)
        return cells_ellipsize(text, cells, ellipsis);
    gsize head = cells_fit(text, strlen(text), room / 2, NULL);
    const char *tail = text + head;
    int cluster;
    while (*tail && cells_width(tail, -1) > room - room / 2)
        tail += cells_next_cluster(tail, &cluster);
    return g_strdup_printf("%.*s%s%s", (int)head, text, ellipsis, tail);
}

/* The signs by which the rules below go, as sets of them, since each character is asked. */
enum sign {
    SIGN_STOP = 1 << 0,   /* .,:; */
    SIGN_DASH = 1 << 1,   /* - */
    SIGN_SLASH = 1 << 2,  /* / */
    SIGN_AFFIX = 1 << 3,  /* $%+\\: of numbers and paths */
    SIGN_OPEN = 1 << 4,   /* ([{ */
    SIGN_CLOSE = 1 << 5,  /* )]} */
    SIGN_BLANK = 1 << 6,  /* a space */
    SIGN_LETTER = 1 << 7, /* what is set like one: #&*<=>@^_`~ */
};
static const guchar signs[0x80] = {
    [' '] = SIGN_BLANK,  ['.'] = SIGN_STOP,   [','] = SIGN_STOP,   [':'] = SIGN_STOP,
    [';'] = SIGN_STOP,   ['-'] = SIGN_DASH,   ['/'] = SIGN_SLASH,  ['$'] = SIGN_AFFIX,
    ['%'] = SIGN_AFFIX,  ['+'] = SIGN_AFFIX,  ['\\'] = SIGN_AFFIX, ['('] = SIGN_OPEN,
    ['['] = SIGN_OPEN,   ['{'] = SIGN_OPEN,   [')'] = SIGN_CLOSE,  [']'] = SIGN_CLOSE,
    ['}'] = SIGN_CLOSE,  ['#'] = SIGN_LETTER, ['&'] = SIGN_LETTER, ['*'] = SIGN_LETTER,
    ['<'] = SIGN_LETTER, ['='] = SIGN_LETTER, ['>'] = SIGN_LETTER, ['@'] = SIGN_LETTER,
    ['^'] = SIGN_LETTER, ['_'] = SIGN_LETTER, ['`'] = SIGN_LETTER, ['~'] = SIGN_LETTER,
};

static bool
is_sign(gunichar c, guint set)
{
    return c < 0x80 && (signs[c] & set);
}

static bool
is_digit(gunichar c)
{
    return c < 0x80 && g_ascii_isdigit((char)c);
}

/* What UAX #14 calls AL and HL: letters that are not set like ideographs, and some signs. */
static bool
is_alphabetic(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) || is_sign(c, SIGN_LETTER)
                    : g_unichar_isalpha(c) && !g_unichar_iswide(c);
}

/* What may have settle_break() say something, if it stands before the place. */
#define SIGNS_SETTLED (SIGN_STOP | SIGN_DASH | SIGN_SLASH | SIGN_AFFIX | SIGN_CLOSE | SIGN_BLANK)

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
    bool never = (is_sign(last, SIGN_STOP) && word) || /* LB29: x.html, is:unread */
                 (is_sign(last, SIGN_DASH | SIGN_SLASH) && begun && word) || /* LB20a: -v; /etc */
                 (last == '/' && number && is_digit(c)) ||                   /* LB25: 1/2 */
                 (last == '/' && second == '/' && third == ':') ||           /* https://host */
                 (is_sign(last, SIGN_AFFIX) && is_sign(c, SIGN_OPEN)) ||
                 (is_sign(last, SIGN_CLOSE) && is_sign(c, SIGN_AFFIX)) ||
                 (number && is_sign(last, SIGN_STOP | SIGN_SLASH) && is_sign(c, SIGN_AFFIX));
    bool may = (last == '/' && is_digit(c)) ||
               (last == ' ' && c == '/' && g_ascii_isalnum(*next)) ||
               (last == ' ' && is_sign(c, SIGN_STOP) && g_ascii_isdigit(*next)); /* LB15c */
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
        if (is_sign(last, SIGNS_SETTLED) &&
            (*at == UC_BREAK_POSSIBLE || *at == UC_BREAK_PROHIBITED))
            settle_break(at, third, second, last, c, p < text + length ? p : "");
        third = second;
        second = last;
        last = c;
    }
    return breaks;
}

/* Where a line ends that no break is in before `at`: not within a number in brackets, "[12]". */
static gsize
torn_at(const char *text, gsize from, gsize at, gsize length)
{
    gsize first = at, end = at;
    while (first > from && g_ascii_isdigit(text[first - 1]))
        first--;
    while (end < length && g_ascii_isdigit(text[end]))
        end++;
    bool bracket = first > from + 1 && text[first - 1] == '[' && end > first && end < length &&
                   (text[end] == ']' || text[end] == ':');
    return bracket ? first - 1 : at;
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
                candidate = at > from ? torn_at(text, from, at, length) : at + step;
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
