/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON that jansson refuses -> JSON that it reads.  What programs write that are none of JSON:
 * commas before an end, line breaks and tabs in strings, comments, NaN, words of Python and
 * JavaScript, names without quotation marks.  What was cut is ended after its last whole member,
 * and half a surrogate pair, which is no character (RFC 8259 §8.2), becomes U+FFFD.
 */
#include "config.h"

#include "feed/json-repair.h"

#include <stdbool.h>
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

static const char *
past_blanks(const struct json_repair *r, const char *p)
{
    while (p < r->end && g_ascii_isspace(*p))
        p++;
    return p;
}

/* Before a value or a name: the comma that was forgotten between it and the one before. */
static void
separate(struct json_repair *r)
{
    gsize length = r->out->len;
    while (length && g_ascii_isspace(r->out->str[length - 1]))
        length--;
    char last = length ? r->out->str[length - 1] : '\0';
    if (r->open->len && (strchr("}]\"", last) || g_ascii_isalnum(last)) && last)
        g_string_append_c(r->out, ',');
}

/* --- strings -------------------------------------------------------------------------------- */

/* At a backslash within a string. */
static void
take_escape(struct json_repair *r)
{
    gsize left = (gsize)(r->end - r->p);
    int unit = unicode_escape(r->p, r->end);
    if (unit >= 0) {
        int next = unit >= 0xd800 && unit <= 0xdbff ? unicode_escape(r->p + 6, r->end) : -1;
        bool pair = next >= 0xdc00 && next <= 0xdfff;
        if (!pair && unit >= 0xd800 && unit <= 0xdfff)
            g_string_append(r->out, "\\ufffd");
        else
            g_string_append_len(r->out, r->p, pair ? 12 : 6);
        r->p += pair ? 12 : 6;
    } else if (left < 2) {
        r->p = r->end;
    } else if (strchr("\"\\/bfnrt", r->p[1])) {
        g_string_append_len(r->out, r->p, 2);
        r->p += 2;
    } else if (r->p[1] == 'x' && left >= 4 && g_ascii_isxdigit(r->p[2]) &&
               g_ascii_isxdigit(r->p[3])) {
        g_string_append_printf(r->out, "\\u00%.2s", r->p + 2);
        r->p += 4;
    } else if (r->p[1] == '\n' || r->p[1] == '\r') { /* JavaScript's, to go on in the next line */
        r->p += 2;
    } else {
        r->p += 1; /* "\'": the character itself */
    }
}

/* Whether a quotation mark within a string ends it: what follows is what may follow a string. */
static bool
ends_string(const struct json_repair *r, const char *p)
{
    const char *next = past_blanks(r, p + 1);
    if (next == r->end || strchr(",:}]", *next) ||
        (*next == '/' && next + 1 < r->end && strchr("/*", next[1])))
        return true;
    /* a comma was forgotten at the end of its line */
    return *next == '"' && memchr(p, '\n', (size_t)(next - p));
}

static void
take_string(struct json_repair *r)
{
    char quote = *r->p++;
    g_string_append_c(r->out, '"');
    while (r->p < r->end && !(*r->p == quote && ends_string(r, r->p))) {
        guchar c = (guchar)*r->p;
        if (c == '\\') {
            take_escape(r);
            continue;
        }
        if (c == '"')
            g_string_append(r->out, "\\\"");
        else if (c < 0x20)
            g_string_append_printf(r->out, "\\u%04x",
                                   c == '\r' && r->p + 1 < r->end && r->p[1] == '\n' ? '\n' : c);
        else
            g_string_append_c(r->out, (char)c);
        r->p += c == '\r' && r->p + 1 < r->end && r->p[1] == '\n' ? 2 : 1;
    }
    if (r->p == r->end)
        return; /* cut */
    g_string_append_c(r->out, '"');
    r->p++;
}

/* --- what is no string ------------------------------------------------------------------------ */

static void
take_comment(struct json_repair *r)
{
    bool line = r->p[1] == '/';
    const char *close = line ? memchr(r->p, '\n', (size_t)(r->end - r->p))
                             : memmem(r->p + 2, (size_t)(r->end - r->p) - 2, "*/", 2);
    r->p = close ? close + (line ? 1 : 2) : r->end;
}

static bool
is_word_char(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '$' || c == '.' || c == '+' || c == '-' ||
           (guchar)c >= 0x80;
}

static bool
is_whole(double value)
{
    return value > -1e15 && value < 1e15 && value == (double)(gint64)value;
}

/* A number or a name: JSON's own as they are, others as what they mean. */
static void
take_word(struct json_repair *r)
{
    const char *start = r->p;
    while (r->p < r->end && is_word_char(*r->p))
        r->p++;
    g_autofree char *word = g_strndup(start, (gsize)(r->p - start));
    const char *next = past_blanks(r, r->p);
    if (next < r->end && *next == ':') { /* a name without quotation marks */
        g_string_append_printf(r->out, "\"%s\"", word);
        return;
    }
    static const char *const words[][2] = {{"true", "true"},  {"false", "false"}, {"null", "null"},
                                           {"True", "true"},  {"False", "false"}, {"TRUE", "true"},
                                           {"FALSE", "false"}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_str_equal(word, words[i][0])) {
            g_string_append(r->out, words[i][1]);
            return;
        }
    }
    const char *digits = word + strspn(word, "+-");
    if (!g_ascii_isdigit(*digits) && !(*digits == '.' && g_ascii_isdigit(digits[1]))) {
        g_string_append(r->out, "null"); /* NaN, Infinity, undefined, None */
        return;
    }
    char *rest;
    double value = g_ascii_strtod(word, &rest);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    bool plain = g_ascii_isdigit(*digits) && (*digits != '0' || !g_ascii_isdigit(digits[1])) &&
                 word[0] != '+' && !*rest && digits[strlen(digits) - 1] != '.';
    bool finite = !*rest && value > -1e300 && value < 1e300;
    if (finite && plain && !strchr(digits, 'x') && !strchr(digits, 'X'))
        g_string_append(r->out, word);
    else if (finite)
        g_string_append(r->out, g_ascii_formatd(number, sizeof number,
                                                is_whole(value) ? "%.0f" : "%.17g", value));
    else
        g_string_append(r->out, "null");
}

/* A comma that stood before an end, or before another one. */
static void
drop_comma(struct json_repair *r)
{
    gsize length = r->out->len;
    while (length && g_ascii_isspace(r->out->str[length - 1]))
        length--;
    if (length && r->out->str[length - 1] == ',')
        g_string_truncate(r->out, length - 1);
}

static void
take_sign(struct json_repair *r)
{
    char c = *r->p++;
    if (c == '}' || c == ']' || c == ',')
        drop_comma(r);
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
json_repair(const char *text, gsize length)
{
    struct json_repair r = {text, text + length, g_string_sized_new(length + 16),
                            g_string_new(NULL), 0};
    bool begun = false;
    while (r.p < r.end && !(begun && !r.open->len)) { /* what stands behind is no part of it */
        if (strchr("\"'{[", *r.p) || is_word_char(*r.p))
            separate(&r);
        if (*r.p == '"' || *r.p == '\'')
            take_string(&r);
        else if (*r.p == '/' && r.p + 1 < r.end && (r.p[1] == '/' || r.p[1] == '*'))
            take_comment(&r);
        else if (is_word_char(*r.p))
            take_word(&r);
        else
            take_sign(&r);
        begun |= r.open->len > 0;
    }
    if (r.open->len) {
        g_string_truncate(r.out, r.whole);
        drop_comma(&r);
        for (gsize i = r.open->len; i-- > 0;)
            g_string_append_c(r.out, r.open->str[i]);
    }
    g_string_free(r.open, TRUE);
    return g_string_free(r.out, FALSE);
}
