/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate through which every foreign string passes before it is stored or shown. */
#include "config.h"

#include "base/clean.h"

#include <stdbool.h>
#include <string.h>

static gboolean
is_dropped(gunichar c)
{
    if (c < 0x20 || (c >= 0x7f && c <= 0x9f))
        return TRUE;
    switch (c) {
    case 0x00ad:
    case 0x061c:
    case 0x200b:
    case 0x200e:
    case 0x200f:
    case 0x2060:
    case 0xfeff:
        return TRUE;
    default:
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x206f) ||
               (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) ||
               (c >= 0xe0000 && c <= 0xe007f) || (c >= 0xfff9 && c <= 0xfffb);
    }
}

static gboolean
is_blank(gunichar c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

gboolean
text_is_blank(const char *text)
{
    if (!text)
        return TRUE;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (!is_blank(g_utf8_get_char(p)) && !is_dropped(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

/*
 * How many bytes at p are of characters that are neither blank, dropped nor a break, whatever
 * follows: ASCII, Cyrillic, CJK.
 */
static gsize
ordinary(const char *p, const char *end)
{
    const char *start = p;
    while (p < end) {
        guchar c = (guchar)*p;
        if (c > ' ' && c < 0x7f)
            p++;
        else if (c == 0xd0 || c == 0xd1)
            p += 2;
        else if (c >= 0xe4 && c <= 0xe9)
            p += 3;
        else
            break;
    }
    return (gsize)(p - start);
}

static gboolean
goes_on(guchar byte)
{
    return (byte & 0xc0) == 0x80;
}

/*
 * The length of the well-formed character outside ASCII at p (RFC 3629), which is *c; 0 when there
 * is none.
 */
static gsize
character(const guchar *p, const guchar *end, gunichar *c)
{
    gsize length = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 2;
    static const gunichar least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (*p < 0xc2 || *p > 0xf4 || (gsize)(end - p) < length)
        return 0;
    *c = *p & (0xffu >> (length + 1));
    for (gsize i = 1; i < length; i++) {
        if (!goes_on(p[i]))
            return 0;
        *c = *c << 6 | (p[i] & 0x3f);
    }
    return *c < least[length] || *c > 0x10ffff || (*c >= 0xd800 && *c <= 0xdfff) ? 0 : length;
}

/* Whether eight bytes are ASCII without controls. */
static gboolean
is_plain_word(const guchar *p)
{
    guint64 word, high = G_GUINT64_CONSTANT(0x8080808080808080);
    memcpy(&word, p, sizeof word);
    return !((word | (word - G_GUINT64_CONSTANT(0x2020202020202020)) |
              (word + G_GUINT64_CONSTANT(0x0101010101010101))) &
             high);
}

/* Where characters end that are ordinary Cyrillic or CJK, of which most text outside ASCII is. */
static const guchar *
behind_letters(const guchar *p, const guchar *end)
{
    for (;;) {
        while (end - p > 1 && (*p == 0xd0 || *p == 0xd1) && goes_on(p[1]))
            p += 2;
        const guchar *start = p;
        while (end - p > 2 && *p >= 0xe4 && *p <= 0xe9 && goes_on(p[1]) && goes_on(p[2]))
            p += 3;
        if (p == start)
            return p;
    }
}

/* One pass, since whoever reads documents asks it of each text of them. */
gsize
text_clean_length(const char *text, gsize length)
{
    const guchar *start = (const guchar *)text, *p = start, *end = p + length;
    while (p < end) {
        gunichar c = *p;
        if (c < 0x80) {
            bool word = end - p >= 8 && is_plain_word(p);
            if (!word && ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f))
                break;
            p += word ? 8 : 1;
            continue;
        }
        const guchar *behind = behind_letters(p, end);
        if (behind == p) {
            gsize bytes = character(p, end, &c);
            if (!bytes || is_dropped(c) || c == 0x2028 || c == 0x2029)
                break;
            behind += bytes;
        }
        p = behind;
    }
    return (gsize)(p - start);
}

gboolean
text_is_clean(const char *text, gsize length)
{
    return text_clean_length(text, length) == length;
}

/*
 * to: p itself, or room for as many bytes as there are from p to end; returns the end of what was
 * written.
 */
static char *
clean_into(char *to, const char *p, const char *end)
{
    while (p < end) {
        gsize plain = ordinary(p, end);
        if (plain) {
            memmove(to, p, plain);
            to += plain;
            p += plain;
            continue;
        }
        const char *next = g_utf8_next_char(p);
        gunichar c = g_utf8_get_char(p);
        if (c == '\r') {
            if (next == end || *next != '\n')
                *to++ = '\n';
        } else if (c == 0x85 || c == 0x2028 || c == 0x2029) {
            *to++ = '\n';
        } else if (c == '\n' || c == '\t' || !is_dropped(c)) {
            memmove(to, p, (size_t)(next - p));
            to += next - p;
        }
        p = next;
    }
    return to;
}

char *
text_clean(const char *text, gssize length)
{
    if (!text)
        return NULL;
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    g_autofree char *valid =
        g_utf8_validate_len(text, size, NULL) ? NULL : g_utf8_make_valid(text, (gssize)size);
    const char *p = valid ? valid : text, *end = valid ? valid + strlen(valid) : text + size;
    char *out = g_malloc((gsize)(end - p) + 1); /* never longer than what it is made of */
    *clean_into(out, p, end) = '\0';
    return out;
}

void
text_clean_valid(GString *text)
{
    g_string_truncate(text,
                      (gsize)(clean_into(text->str, text->str, text->str + text->len) - text->str));
}

static char *
collapse(const char *text, gssize length, gboolean drop)
{
    if (!text)
        return NULL;
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    g_autofree char *valid =
        g_utf8_validate_len(text, size, NULL) ? NULL : g_utf8_make_valid(text, (gssize)size);
    const char *p = valid ? valid : text, *end = valid ? valid + strlen(valid) : text + size;
    /* never longer than what it is made of */
    char *out = g_malloc((gsize)(end - p) + 1), *to = out;
    gboolean gap = FALSE;
    while (p < end) {
        if (*p == ' ' || *p == '\n' || *p == '\t') { /* runs of them indent the source of pages */
            gap = to > out;
            p++;
            continue;
        }
        const char *next = p + ordinary(p, end);
        gunichar c = 0;
        if (next == p) {
            next = g_utf8_next_char(p);
            c = g_utf8_get_char(p);
        }
        if (c && is_blank(c)) {
            gap = to > out;
        } else if (!c || !drop || !is_dropped(c)) {
            if (gap)
                *to++ = ' ';
            gap = FALSE;
            memcpy(to, p, (size_t)(next - p));
            to += next - p;
        }
        p = next;
    }
    *to = '\0';
    return out;
}

char *
text_squeeze(const char *text, gssize length)
{
    return collapse(text, length, TRUE);
}

char *
text_collapse(const char *text, gssize length)
{
    return collapse(text, length, FALSE);
}

char *
text_beginning(const char *text, gsize length, gsize most)
{
    gsize end = MIN(length, most);
    while (end < length && end && ((guchar)text[end] & 0xc0) == 0x80)
        end--;
    return g_strndup(text, end);
}
