/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pass before libxml2, whose recovery deletes what it does not understand: a bare '&',
 * HTML entities, '<' in prose.
 */
#include "config.h"

#include "feed/repair.h"
#include "document/html.h"

#include <stdbool.h>
#include <string.h>

struct repair {
    GString *out;
    const char *start;
    int line; /* of the first repair */
    GHashTable *entities; /* names that an internal subset declares */
    GHashTable *html;     /* names asked of HTML so far -> text or NULL */
};

static void
repaired(struct repair *r, const char *at)
{
    if (r->line)
        return;
    r->line = 1;
    for (const char *p = r->start; p < at; p++)
        r->line += *p == '\n';
}

static bool
is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

/* Skips <!-- -->, <![CDATA[ ]]>, <? ?> as they are; returns the end, or NULL. */
static const char *
verbatim_end(const char *p, const char *end)
{
    static const struct {
        const char *open, *close;
    } kinds[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        size_t length = strlen(kinds[i].open);
        if ((size_t)(end - p) >= length && !strncmp(p, kinds[i].open, length)) {
            const char *close = g_strstr_len(p + length, end - p - (gssize)length, kinds[i].close);
            return close ? close + strlen(kinds[i].close) : end;
        }
    }
    return NULL;
}

static void
append_xml_char(GString *out, gunichar c)
{
    if (c == '&')
        g_string_append(out, "&amp;");
    else if (c == '<')
        g_string_append(out, "&lt;");
    else
        g_string_append_unichar(out, c);
}

static gunichar
windows_c1(gunichar c)
{
    static const guint16 map[32] = {0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021,
                                    0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
                                    0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                    0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};
    return c >= 0x80 && c <= 0x9f ? map[c - 0x80] : c;
}

/* At an '&': writes what it means and returns the position after it. */
static const char *
take_reference(struct repair *r, const char *p, const char *end)
{
    if (p[1] == '#') {
        bool hex = p[2] == 'x' || p[2] == 'X';
        const char *q = p + 2 + hex;
        guint64 value = 0;
        const char *digits = q;
        while (q < end && (hex ? g_ascii_isxdigit(*q) : g_ascii_isdigit(*q)) && q - digits < 9) {
            value = value * (hex ? 16 : 10) + (guint64)g_ascii_xdigit_value(*q);
            q++;
        }
        if (q > digits && q < end && *q == ';') {
            gunichar c = windows_c1((gunichar)value);
            bool fine = g_unichar_validate(c) && (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') &&
                        (c & 0xfffe) != 0xfffe;
            if (fine)
                append_xml_char(r->out, c);
            else
                repaired(r, p);
            return q + 1;
        }
        repaired(r, p);
        g_string_append(r->out, "&amp;");
        return p + 1;
    }
    const char *q = p + 1;
    while (q < end && (g_ascii_isalnum(*q) || *q == '_' || *q == '-' || *q == '.' || *q == ':') && q - p < 40)
        q++;
    if (q > p + 1 && q < end && *q == ';') {
        g_autofree char *name = g_strndup(p + 1, q - p - 1);
        static const char *const predefined[] = {"amp", "lt", "gt", "quot", "apos", NULL};
        if (g_strv_contains(predefined, name) || (r->entities && g_hash_table_contains(r->entities, name))) {
            g_string_append_len(r->out, p, q + 1 - p);
            return q + 1;
        }
        gpointer known;
        if (!g_hash_table_lookup_extended(r->html, name, NULL, &known)) {
            known = html_entity(name);
            g_hash_table_insert(r->html, g_strdup(name), known);
        }
        if (known) {
            repaired(r, p);
            for (const char *c = known; *c; c = g_utf8_next_char(c))
                append_xml_char(r->out, g_utf8_get_char(c));
            return q + 1;
        }
    }
    repaired(r, p);
    g_string_append(r->out, "&amp;");
    return p + 1;
}

static void
append_clean(struct repair *r, const char *p, const char *end)
{
    for (; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) {
            repaired(r, p);
            continue;
        }
        if (c == 0xef && end - p > 2 && (unsigned char)p[1] == 0xbf && ((unsigned char)p[2] & 0xfe) == 0xbe) {
            repaired(r, p); /* U+FFFE, U+FFFF */
            p += 2;
            continue;
        }
        g_string_append_c(r->out, *p);
    }
}

/* A tag up to its '>', with references in attribute values repaired. */
static const char *
take_tag(struct repair *r, const char *p, const char *end)
{
    char quote = '\0';
    while (p < end) {
        if (*p == '&') {
            p = take_reference(r, p, end);
            continue;
        }
        if (quote && *p == '<') {
            repaired(r, p);
            g_string_append(r->out, "&lt;");
            p++;
            continue;
        }
        append_clean(r, p, p + 1);
        if (quote) {
            if (*p == quote)
                quote = '\0';
        } else if (*p == '"' || *p == '\'') {
            quote = *p;
        } else if (*p == '>') {
            return p + 1;
        }
        p++;
    }
    return p;
}

/* <!DOCTYPE …>: kept, without what points outside; notes the entities it declares. */
static const char *
take_doctype(struct repair *r, const char *p, const char *end)
{
    int depth = 0;
    char quote = '\0';
    const char *q = p;
    for (; q < end; q++) {
        if (quote) {
            if (*q == quote)
                quote = '\0';
        } else if (*q == '"' || *q == '\'') {
            quote = *q;
        } else if (*q == '[') {
            depth++;
        } else if (*q == ']') {
            depth--;
        } else if (*q == '>' && depth <= 0) {
            q++;
            break;
        }
    }
    const char *subset = memchr(p, '[', q - p);
    if (!subset)
        return q; /* an external DTD is never loaded: nothing is lost without it */
    for (const char *e = subset; (e = g_strstr_len(e, q - e, "<!ENTITY")); e++) {
        const char *name = e + strlen("<!ENTITY");
        while (name < q && g_ascii_isspace(*name))
            name++;
        const char *stop = name;
        while (stop < q && !g_ascii_isspace(*stop))
            stop++;
        if (stop > name)
            g_hash_table_add(r->entities, g_strndup(name, stop - name));
    }
    g_string_append_len(r->out, p, q - p);
    return q;
}

char *
repair_xml(const char *text, gsize length, gsize *out_length, int *line)
{
    const char *end = text + length, *p = text;
    struct repair r = {g_string_sized_new(length + length / 16), text, 0,
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    while (p < end && *p != '<')
        p++;
    for (const char *q = text; q < p; q++) {
        if (!g_ascii_isspace(*q)) {
            repaired(&r, text);
            break;
        }
    }
    if (p > text && p < end && g_str_has_prefix(p, "<?xml"))
        repaired(&r, text); /* a declaration must stand first */
    if (p < end && g_str_has_prefix(p, "<?xml") && g_ascii_isspace(p[5])) {
        const char *close = g_strstr_len(p, end - p, "?>");
        p = close ? close + 2 : p; /* the text is UTF-8 now, whatever it declares */
    }
    while (p < end) {
        if (*p == '&') {
            p = take_reference(&r, p, end);
        } else if (*p != '<') {
            const char *q = p;
            while (q < end && *q != '<' && *q != '&')
                q++;
            append_clean(&r, p, q);
            p = q;
        } else {
            const char *stop = verbatim_end(p, end);
            if (stop) {
                if (g_str_has_prefix(p, "<?xml") && g_ascii_isspace(p[5]))
                    repaired(&r, p); /* a second declaration */
                else
                    append_clean(&r, p, stop);
                p = stop;
            } else if (end - p > 9 && !g_ascii_strncasecmp(p, "<!DOCTYPE", 9)) {
                p = take_doctype(&r, p, end);
            } else if (p + 1 < end && (is_name_start(p[1]) || p[1] == '/' || p[1] == '!')) {
                p = take_tag(&r, p, end);
            } else {
                repaired(&r, p);
                g_string_append(r.out, "&lt;");
                p++;
            }
        }
    }
    g_hash_table_unref(r.entities);
    g_hash_table_unref(r.html);
    *line = r.line;
    *out_length = r.out->len;
    return g_string_free(r.out, FALSE);
}
