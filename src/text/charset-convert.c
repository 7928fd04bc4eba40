/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop around iconv.  Single-byte encodings go through a table that is made once a
 * document, where the WHATWG Encoding Standard and C libraries differ corrected;
 * multi-byte ones go through iconv in blocks, which resumes one byte after an error.
 */
#include "config.h"

#include "text/charset-convert.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define MAX_QUESTIONS 1000 /* malformed sequences after which other decoders are not asked */
#define REPLACEMENT   "\xef\xbf\xbd"

/* Where the standard's index has another character than glibc's table. */
static const struct {
    const char *name;
    guchar byte;
    gunichar c;
} corrections[] = {
    {"koi8-u", 0xae, 0x45e},          {"koi8-u", 0xbe, 0x40e},
    {"macintosh", 0xc6, 0x2206},      {"macintosh", 0xbd, 0x3a9},
    {"macintosh", 0xdb, 0x20ac},      {"macintosh", 0xf0, 0xf8ff},
    {"x-mac-cyrillic", 0xa2, 0x490},  {"x-mac-cyrillic", 0xb6, 0x491},
    {"x-mac-cyrillic", 0xff, 0x20ac},
};

gsize
charset_utf8_sequence(const guchar *p, const guchar *end)
{
    guchar lead = *p;
    if (lead < 0x80)
        return 1;
    gsize length = lead >= 0xc2 && lead <= 0xdf   ? 2
                   : (lead & 0xf0) == 0xe0        ? 3
                   : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                  : 0;
    if (!length || (gsize)(end - p) < length)
        return 0;
    guchar low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    guchar high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high)
        return 0;
    for (gsize i = 2; i < length; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

static void
put(GString *out, const char *text, gsize length)
{
    if (out)
        g_string_append_len(out, text, (gssize)length);
}

static void
put_unichar(GString *out, gunichar c)
{
    if (out && c && g_unichar_validate(c))
        g_string_append_unichar(out, c);
}

/*
 * UTF-8 with everything malformed replaced, one U+FFFD for each maximal bad subpart, without NULs.
 */
static guint
convert_utf8(const char *bytes, gsize length, GString *out)
{
    const guchar *p = (const guchar *)bytes, *end = p + length;
    guint malformed = 0;
    while (p < end) {
        const guchar *run = p;
        gsize good = 0;
        while (p < end && *p && (*p < 0x80 || (good = charset_utf8_sequence(p, end))))
            p += *p < 0x80 ? 1 : good;
        put(out, (const char *)run, (gsize)(p - run));
        if (p == end)
            break;
        if (!*p) {
            p++;
            continue;
        }
        /* over the lead byte, and the continuation bytes that could follow it */
        guchar lead = *p++;
        int want = lead >= 0xf0 && lead <= 0xf4  ? 3
                   : lead >= 0xe0 && lead < 0xf0 ? 2
                   : lead >= 0xc2 && lead < 0xe0 ? 1
                                                 : 0;
        guchar low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        guchar high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        while (want-- > 0 && p < end && *p >= low && *p <= high) {
            p++;
            low = 0x80;
            high = 0xbf;
        }
        put(out, REPLACEMENT, 3);
        malformed++;
    }
    return malformed;
}

/* The first decoder that iconv has; *rest are the names after it. */
static iconv_t
open_decoder(const char *iconv_names, const char **rest)
{
    const char *p = iconv_names;
    while (*p) {
        size_t length = strcspn(p, " ");
        g_autofree char *name = g_strndup(p, length);
        p += length;
        p += strspn(p, " ");
        *rest = p;
        iconv_t cd = *name ? iconv_open("UTF-8", name) : (iconv_t)-1;
        if (cd != (iconv_t)-1)
            return cd;
    }
    return (iconv_t)-1;
}

bool
charset_convertible(const char *iconv_names)
{
    const char *rest;
    iconv_t cd = open_decoder(iconv_names, &rest);
    if (cd == (iconv_t)-1)
        return false;
    iconv_close(cd);
    return true;
}

void
charset_keep(const char *iconv_names)
{
    const char *rest;
    (void)open_decoder(iconv_names, &rest); /* closed, its module could be unloaded */
}

static bool
is_single_byte(const char *name)
{
    static const char *const multi[] = {"gbk",         "gb18030",   "big5",   "euc-jp",
                                        "iso-2022-jp", "shift_jis", "euc-kr", NULL};
    return !g_strv_contains(multi, name) && !g_str_has_prefix(name, "utf-");
}

static gunichar
character_of(iconv_t cd, const char *name, guchar byte)
{
    for (size_t i = 0; i < G_N_ELEMENTS(corrections); i++)
        if (corrections[i].byte == byte && g_str_equal(corrections[i].name, name))
            return corrections[i].c;
    char in = (char)byte, text[16], *from = &in, *to = text;
    size_t left = 1, room = sizeof text;
    iconv(cd, NULL, NULL, NULL, NULL);
    bool ok = iconv(cd, &from, &left, &to, &room) != (size_t)-1;
    iconv(cd, NULL, NULL, &to, &room); /* a character that waits for one to combine with */
    if (ok && to > text)
        return g_utf8_get_char_validated(text, to - text);
    /* what the standard keeps as a control and iconv rejects */
    return g_str_has_prefix(name, "windows-125") && byte >= 0x80 && byte <= 0x9f ? byte : 0;
}

static guint
convert_single(iconv_t cd, const char *name, const char *bytes, gsize length, GString *out)
{
    gunichar table[256];
    for (int i = 0; i < 256; i++)
        table[i] = i < 0x80 ? (gunichar)i : character_of(cd, name, (guchar)i);
    guint malformed = 0;
    /* guchar: whether a plain char can be negative differs from one processor to the next */
    const guchar *p = (const guchar *)bytes, *end = p + length;
    while (p < end) {
        const guchar *run = p;
        while (p < end && *p && *p < 0x80)
            p++;
        put(out, (const char *)run, (gsize)(p - run));
        for (; p < end && (!*p || *p >= 0x80); p++) {
            gunichar c = table[*p];
            if (c || !*p) {
                put_unichar(out, c);
            } else {
                put(out, REPLACEMENT, 3);
                malformed++;
            }
        }
    }
    return malformed;
}

/*
 * Two bytes that one decoder does not know, asked of the others ("／" is not in glibc's BIG5-HKSCS).
 */
static bool
ask_others(const char *names, const char *in, GString *out)
{
    while (*names) {
        iconv_t cd = open_decoder(names, &names);
        if (cd == (iconv_t)-1)
            return false;
        char text[16], *from = (char *)in, *to = text;
        size_t left = 2, room = sizeof text;
        bool ok = iconv(cd, &from, &left, &to, &room) != (size_t)-1 && left == 0;
        iconv_close(cd);
        /* one character, not two */
        if (ok && (guchar)*text >= 0x80 && g_utf8_next_char(text) == to) {
            put(out, text, (gsize)(to - text));
            return true;
        }
    }
    return false;
}

/*
 * How many bytes the error at in takes: a lead byte takes the trail that does not fit it, but never
 * ASCII.
 */
static gsize
error_length(const char *name, gsize unit, const char *in, gsize left)
{
    if (unit > 1)
        return MIN(unit, left);
    guchar lead = (guchar)in[0];
    bool is_lead = lead >= 0x81 && lead <= 0xfe &&
                   !(g_str_equal(name, "shift_jis") && lead >= 0xa0 && lead <= 0xdf);
    return is_lead && left > 1 && (guchar)in[1] >= 0x80 ? 2 : 1;
}

static guint
convert_blocks(iconv_t cd, const char *name, const char *others, const char *bytes, gsize length,
               GString *out)
{
    bool gb = g_str_equal(name, "gbk") || g_str_equal(name, "gb18030");
    gsize unit = g_str_has_prefix(name, "utf-16") ? 2 : g_str_has_prefix(name, "utf-32") ? 4 : 1;
    guint malformed = 0;
    char *in = (char *)bytes; /* iconv's prototype; it does not write there */
    size_t left = length;
    char buffer[8192];
    while (left > 0) {
        char *to = buffer;
        size_t room = sizeof buffer;
        size_t done = iconv(cd, &in, &left, &to, &room);
        int why = errno;
        malformed += convert_utf8(buffer, (gsize)(to - buffer), out); /* it may pass surrogates */
        if (done != (size_t)-1 || why == E2BIG)
            continue;
        gsize step = error_length(name, unit, in, left);
        if (gb && (guchar)*in == 0x80) {
            put_unichar(out, 0x20ac); /* the euro sign of Microsoft's code page 936 */
            step = 1;
        } else if (!(unit == 1 && left > 1 && (guchar)*in >= 0x80 && malformed < MAX_QUESTIONS &&
                     ask_others(others, in, out))) {
            put(out, REPLACEMENT, 3);
            malformed++;
        } else {
            step = 2;
        }
        /* cut at the end; an ASCII byte after the lead byte still counts */
        if (why == EINVAL && unit == 1)
            while (step < left && (guchar)in[step] >= 0x80)
                step++;
        in += step;
        left -= step;
        iconv(cd, NULL, NULL, NULL, NULL);
    }
    return malformed;
}

guint
charset_convert(const char *name, const char *iconv_names, const char *bytes, gsize length,
                GString *out)
{
    const char *others = "";
    iconv_t cd = g_str_equal(name, "utf-8") ? (iconv_t)-1 : open_decoder(iconv_names, &others);
    if (cd == (iconv_t)-1)
        return convert_utf8(bytes, length, out);
    guint malformed = is_single_byte(name) ? convert_single(cd, name, bytes, length, out)
                                           : convert_blocks(cd, name, others, bytes, length, out);
    iconv_close(cd);
    return malformed;
}
