/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * References as feeds write them: XML's own, HTML's names, numbers that mean windows-1252 or
 * the bytes of UTF-8, and the entities of an internal subset.  What is none is text.
 */
#include "config.h"

#include "feed/reference.h"
#include "base/i18n.h"
#include "document/html.h"

#include <string.h>

#define MAX_EXPANSION (10u << 20) /* bytes that the entities of one document may become */
#define MAX_NESTING   16          /* entities within entities */
#define MAX_NAMES     4096        /* asked of HTML, which has 2231 */

void
references_init(struct references *r)
{
    *r =
        (struct references){.html = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
}

void
references_clear(struct references *r)
{
    g_clear_pointer(&r->declared, g_hash_table_unref);
    g_clear_pointer(&r->html, g_hash_table_unref);
}

gunichar
reference_windows_c1(gunichar c)
{
    static const guint16 map[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                    0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                    0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
    return c >= 0x80 && c <= 0x9f ? map[c - 0x80] : c;
}

static void
append_char(const struct sink *sink, gunichar c)
{
    GString *out = sink->out;
    if (sink->plain) {
        g_string_append_unichar(out, c);
        return;
    }
    switch (c) {
    case '&':
        g_string_append(out, "&amp;");
        break;
    case '<':
        g_string_append(out, "&lt;");
        break;
    case '>':
        g_string_append(out, "&gt;");
        break;
    case '"':
        g_string_append(out, "&quot;");
        break;
    case '\'':
        g_string_append(out, "&apos;");
        break;
    case '\r': /* as a character it would be read as the end of a line */
        g_string_append(out, "&#13;");
        break;
    default:
        g_string_append_unichar(out, c);
    }
}

/* At "&#": the number; *stop is NULL when it is no reference. */
static gunichar
reference_number(const char *p, const char *end, const char **stop)
{
    const char *q = p + 2;
    bool hex = q < end && (*q == 'x' || *q == 'X');
    q += hex;
    const char *digits = q;
    gunichar value = 0;
    while (q < end && (hex ? g_ascii_isxdigit(*q) : g_ascii_isdigit(*q)) && q - digits < 9) {
        value = value * (hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value(*q);
        q++;
    }
    *stop = q > digits && q < end && *q == ';' ? q + 1 : NULL;
    return value;
}

/* At "&#": the character, 0 for one that XML forbids; *stop is NULL when it is no reference. */
static gunichar
character_reference(const char *p, const char *end, const char **stop)
{
    gunichar value = reference_number(p, end, stop);
    if (*stop && value >= 0xd800 && value <= 0xdfff) {
        /* half of a character of UTF-16, as some programs write them; no character by itself */
        const char *after = NULL;
        gunichar low = value < 0xdc00 && end - *stop > 3 && (*stop)[0] == '&' && (*stop)[1] == '#'
                           ? reference_number(*stop, end, &after)
                           : 0;
        if (!after || low < 0xdc00 || low > 0xdfff)
            return 0xfffd;
        *stop = after;
        return 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
    }
    gunichar c = reference_windows_c1(value);
    bool fine = g_unichar_validate(c) && (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') &&
                (c & 0xfffe) != 0xfffe;
    return fine ? c : 0;
}

/*
 * "&#226;&#128;&#166;": the bytes of a UTF-8 character, each written as one.  Returns the
 * position after the last, NULL when the references at p are none.
 */
static const char *
byte_references(const char *p, const char *end, gunichar *c)
{
    guchar bytes[4];
    gsize length = 0, want = 1;
    while (length < want) {
        const char *q = p + 2, *digits = q;
        guint value = 0;
        if (end - p < 6 || p[0] != '&' || p[1] != '#')
            return NULL;
        for (; q < end && g_ascii_isdigit(*q) && q - digits < 4; q++)
            value = value * 10 + (guint)g_ascii_digit_value(*q);
        if (q == end || *q != ';' || value > 0xf4 || value < (length ? 0x80u : 0xc2u) ||
            (length && value > 0xbf))
            return NULL;
        if (!length)
            want = value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
        bytes[length++] = (guchar)value;
        p = q + 1;
    }
    *c = g_utf8_get_char_validated((const char *)bytes, (gssize)length);
    return g_unichar_validate(*c) ? p : NULL;
}

static const char *
html_text_of(struct references *r, const char *name)
{
    gpointer known;
    if (!g_hash_table_lookup_extended(r->html, name, NULL, &known)) {
        if (g_hash_table_size(r->html) > MAX_NAMES)
            return NULL;
        known = html_entity(name);
        g_hash_table_insert(r->html, g_strdup(name), known);
    }
    return known;
}

/* amp, lt, gt, quot, apos: XML's own; 0 for any other name */
static char
predefined(const char *name, gsize length)
{
    switch (length) {
    case 2:
        return name[1] != 't' ? '\0' : name[0] == 'l' ? '<' : name[0] == 'g' ? '>' : '\0';
    case 3:
        return memcmp(name, "amp", 3) ? '\0' : '&';
    case 4:
        return !memcmp(name, "quot", 4) ? '"' : !memcmp(name, "apos", 4) ? '\'' : '\0';
    default:
        return '\0';
    }
}

static const char *take_reference(struct references *r, const struct sink *sink, const char *p,
                                  const char *end, int depth);

/* An entity of the internal subset: its text may hold markup and further references. */
static void
expand(struct references *r, const struct sink *sink, const char *text, int depth)
{
    const char *end = text + strlen(text);
    for (const char *p = text; p < end && !r->limit;) {
        if (*p == '&') {
            p = take_reference(r, sink, p, end, depth + 1);
            continue;
        }
        if (sink->in_tag && strchr("<>\"'", *p))
            append_char(sink, (guchar)*p);
        else
            g_string_append_c(sink->out, *p);
        p++;
        if (++r->expanded > MAX_EXPANSION)
            r->limit = N_("its entities expand to more than 10 MiB");
    }
}

/* A reference by name; the position after it, or NULL when nothing knows the name. */
static const char *
take_named(struct references *r, const struct sink *sink, const char *p, const char *end, int depth)
{
    const char *q = p + 1;
    while (q < end && reference_is_name_char(*q) && q - p < 40)
        q++;
    if (q == p + 1 || q == end || *q != ';')
        return NULL;
    char c = predefined(p + 1, (gsize)(q - p - 1));
    if (c) {
        append_char(sink, (guchar)c);
        return q + 1;
    }
    char name[48];
    memcpy(name, p + 1, (size_t)(q - p - 1));
    name[q - p - 1] = '\0';
    const char *text = r->declared ? g_hash_table_lookup(r->declared, name) : NULL;
    if (text) {
        if (depth < MAX_NESTING)
            expand(r, sink, text, depth);
        else
            r->limit = N_("its entities expand to more than 10 MiB");
        return q + 1;
    }
    if (!(text = html_text_of(r, name)))
        return NULL;
    r->repaired = true;
    for (; *text; text = g_utf8_next_char(text))
        append_char(sink, g_utf8_get_char(text));
    return q + 1;
}

/* Writes what the reference at p means and returns the position after it. */
static const char *
take_reference(struct references *r, const struct sink *sink, const char *p, const char *end,
               int depth)
{
    const char *stop = NULL;
    if (p + 1 < end && p[1] == '#') {
        gunichar c = 0;
        if ((stop = byte_references(p, end, &c)))
            r->repaired = true;
        else
            c = character_reference(p, end, &stop);
        if (stop && (c == 0xfffd || memchr(p + 2, '&', (size_t)(stop - p - 2)))) /* of UTF-16 */
            r->repaired = true;
        if (stop && c)
            append_char(sink, c);
        else
            r->repaired = true;
    } else {
        stop = take_named(r, sink, p, end, depth);
    }
    if (stop)
        return stop;
    r->repaired = true;
    append_char(sink, '&');
    return p + 1;
}

const char *
reference_take(struct references *r, const struct sink *sink, const char *p, const char *end)
{
    return take_reference(r, sink, p, end, 0);
}

void
reference_declare(struct references *r, const char *p, const char *end)
{
    while (p < end && g_ascii_isspace(*p))
        p++;
    const char *name = p;
    while (p < end && reference_is_name_char(*p))
        p++;
    if (p == name || p - name > 40)
        return; /* a parameter entity, or nothing that a reference here could mean */
    g_autofree char *key = g_strndup(name, (gsize)(p - name));
    while (p < end && g_ascii_isspace(*p))
        p++;
    GString *text = g_string_new(NULL);
    if (p < end && (*p == '"' || *p == '\'')) {
        char quote = *p++;
        while (p < end && *p != quote) {
            const char *stop = NULL;
            gunichar c =
                *p == '&' && p + 1 < end && p[1] == '#' ? character_reference(p, end, &stop) : 0;
            if (stop && c)
                g_string_append_unichar(text, c);
            else if (!g_ascii_iscntrl(*p) || *p == '\t' || *p == '\n' || *p == '\r')
                g_string_append_c(text, *p);
            p = stop ? stop : p + 1;
        }
    } else {
        r->repaired = true; /* an external entity is never read */
    }
    if (!r->declared)
        r->declared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (g_hash_table_contains(r->declared, key)) /* the first declaration is binding */
        g_string_free(text, TRUE);
    else
        g_hash_table_insert(r->declared, g_steal_pointer(&key), g_string_free(text, FALSE));
}

char *
reference_bare_cdata(const char *text)
{
    static const char open[] = "<![CDATA[", close[] = "]]>", escaped_open[] = "&lt;![CDATA[",
                      escaped_close[] = "]]&gt;";
    text += strspn(text, " \t\r\n");
    const char *from = g_str_has_prefix(text, escaped_open) ? text + strlen(escaped_open) : text;
    if (from == text && !strstr(text, open))
        return NULL;
    GString *out = g_string_new(NULL);
    for (const char *at; (at = strstr(from, open));) {
        g_string_append_len(out, from, at - from);
        from = at + strlen(open);
        const char *end = strstr(from, close);
        g_string_append_len(out, from, end ? end - from : (gssize)strlen(from));
        from = end ? end + strlen(close) : from + strlen(from);
    }
    g_string_append(out, from);
    g_strchomp(out->str);
    out->len = strlen(out->str);
    if (g_str_has_prefix(text, escaped_open) && g_str_has_suffix(out->str, escaped_close))
        g_string_truncate(out, out->len - strlen(escaped_close));
    return g_strstrip(g_string_free(out, FALSE));
}
