/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes surplus attributes out of a page before libxml2 sees it: its parser compares each
 * attribute of an element with all others, which a page with 200 000 of them turns into a
 * minute of work.
 */
#include "config.h"

#include "document/html-limit.h"

#include <string.h>

#define MAX_ATTRIBUTES 500 /* of an element */

/* What lies between `<script` and `</script` is no markup. */
static const char *
skip_raw(const char *name, gsize length, const char *p, const char *end)
{
    static const char *const raw[] = {"script", "style", "textarea", "title"};
    for (gsize i = 0; i < G_N_ELEMENTS(raw); i++) {
        if (strlen(raw[i]) != length || g_ascii_strncasecmp(name, raw[i], length))
            continue;
        for (const char *q = p; (q = memchr(q, '<', (gsize)(end - q))); q++)
            if ((gsize)(end - q) > length + 1 && q[1] == '/' && !g_ascii_strncasecmp(q + 2, raw[i], length))
                return q;
        return end;
    }
    return p;
}

/* The end of an attribute that begins at p. */
static const char *
attribute_end(const char *p, const char *end)
{
    while (p < end && !g_ascii_isspace(*p) && *p != '=' && *p != '>' && *p != '/')
        p++;
    const char *q = p;
    while (q < end && g_ascii_isspace(*q))
        q++;
    if (q == end || *q != '=')
        return p;
    for (q++; q < end && g_ascii_isspace(*q);)
        q++;
    if (q < end && (*q == '"' || *q == '\'')) {
        const char *close = memchr(q + 1, *q, (gsize)(end - q - 1));
        return close ? close + 1 : end;
    }
    while (q < end && !g_ascii_isspace(*q) && *q != '>')
        q++;
    return q;
}

char *
html_limit_attributes(const char *text, gsize length)
{
    const char *end = text + length;
    char *copy = NULL;
    gboolean closes = TRUE; /* whether a "-->" may follow: looked for in vain only once */
    for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p)));) {
        p++;
        if (end - p > 3 && g_str_has_prefix(p, "!--")) {
            const char *close = closes ? g_strstr_len(p, end - p, "-->") : NULL;
            closes = close != NULL;
            p = close ? close : p;
            continue;
        }
        if (p == end || !g_ascii_isalpha(*p))
            continue;
        const char *name = p;
        while (p < end && !g_ascii_isspace(*p) && *p != '>' && *p != '/')
            p++;
        gsize name_length = (gsize)(p - name);
        for (guint count = 0; p < end && *p != '>';) {
            if (g_ascii_isspace(*p) || *p == '/') {
                p++;
                continue;
            }
            const char *start = p;
            p = attribute_end(p, end);
            if (p == start)
                p++; /* a lone '=' */
            if (++count <= MAX_ATTRIBUTES)
                continue;
            if (!copy) {
                copy = g_malloc(length + 1);
                memcpy(copy, text, length);
                copy[length] = '\0';
            }
            memset(copy + (start - text), ' ', (gsize)(p - start));
        }
        p = skip_raw(name, name_length, p, end);
    }
    return copy;
}
