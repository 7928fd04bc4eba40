/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON that jansson refuses -> JSON that it reads: one that was cut is ended after its last
 * whole member, and half a surrogate pair, which is no character (RFC 8259 §8.2), becomes
 * U+FFFD.
 */
#include "config.h"

#include "feed/formats.h"

#include <string.h>

struct json_repair {
    const char *p, *end;
    GString *out;
    GString *open; /* the brackets that wait for their ends, as these ends */
    gsize whole;   /* bytes of out that only lack the ends of `open` */
};

/* The value of four hexadecimal digits after "\u" at p, -1 if it is not there. */
static int
unicode_escape(const char *p, const char *end)
{
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    int value = 0;
    for (int i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(p[i]))
            return -1;
        value = value * 16 + g_ascii_xdigit_value(p[i]);
    }
    return value;
}

/* At a backslash within a string. */
static void
take_escape(struct json_repair *r)
{
    int unit = unicode_escape(r->p, r->end);
    int next = unit >= 0xd800 && unit <= 0xdbff ? unicode_escape(r->p + 6, r->end) : -1;
    gsize length = unit < 0 ? 2 : next >= 0xdc00 && next <= 0xdfff ? 12 : 6;
    length = MIN(length, (gsize)(r->end - r->p));
    if (length == 6 && unit >= 0xd800 && unit <= 0xdfff)
        g_string_append(r->out, "\\ufffd");
    else
        g_string_append_len(r->out, r->p, (gssize)length);
    r->p += length;
}

static void
take_string(struct json_repair *r)
{
    g_string_append_c(r->out, *r->p++);
    while (r->p < r->end && *r->p != '"') {
        gsize run = 0;
        while (r->p + run < r->end && r->p[run] != '"' && r->p[run] != '\\')
            run++;
        g_string_append_len(r->out, r->p, (gssize)run);
        r->p += run;
        if (r->p < r->end && *r->p == '\\')
            take_escape(r);
    }
    if (r->p < r->end)
        g_string_append_c(r->out, *r->p++);
}

static void
take_sign(struct json_repair *r)
{
    char c = *r->p++;
    if (c == ',')
        r->whole = r->out->len;
    g_string_append_c(r->out, c);
    if (c == '{' || c == '[')
        g_string_append_c(r->open, c == '{' ? '}' : ']');
    else if ((c == '}' || c == ']') && r->open->len)
        g_string_truncate(r->open, r->open->len - 1);
    else
        return;
    r->whole = r->out->len;
}

char *
feed_repair_json(const char *text, gsize length)
{
    struct json_repair r = {text, text + length, g_string_sized_new(length + 16), g_string_new(NULL), 0};
    while (r.p < r.end) {
        if (*r.p == '"')
            take_string(&r);
        else
            take_sign(&r);
    }
    if (r.open->len) {
        g_string_truncate(r.out, r.whole);
        for (gsize i = r.open->len; i-- > 0;)
            g_string_append_c(r.out, r.open->str[i]);
    }
    g_string_free(r.open, TRUE);
    return g_string_free(r.out, FALSE);
}
