/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of queries, in whatever width their signs are. */
#include "config.h"

#include "store/query-text.h"
#include "text/typed-sign.h"

#include <string.h>

static const char *const fields[] = {"address", "before", "changed", "due",     "has",     "id",
                                     "is",      "lang",   "portal",  "related", "section", "seen",
                                     "since",   "source", "state",   "tag",     "title",   NULL};

/* Fields whose values are words of the query language. */
static const char *const of_words[] = {"has", "is", "state", NULL};
/* Fields whose values are texts; those of the others are words of ASCII, dates and numbers. */
static const char *const of_text[] = {"address", "section", "source", "tag", "title", NULL};

struct near
query_text_near(const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    struct near best = {0};
    for (size_t i = 0; fields[i]; i++)
        near_try(&best, lower, fields[i]);
    return best;
}

bool
query_text_has(const char *text, char sign, const char **end)
{
    return typed_sign(text, end) == sign;
}

bool
query_text_is_quoted(const char *text)
{
    const char *end;
    return query_text_has(text, '"', &end) || (g_str_has_prefix(text, "“") && strstr(text, "”"));
}

/* Whether the mark at p closes a quotation that another one opens; *end: what is behind it. */
static bool
closes(const char *open, const char *p, const char **end)
{
    const char *mark = *open == '"' ? "\"" : g_str_has_prefix(open, "“") ? "”" : NULL;
    if (!mark)
        return query_text_has(p, '"', end);
    *end = p + strlen(mark);
    return g_str_has_prefix(p, mark);
}

char *
query_text_quoted(const char **text)
{
    g_autoptr(GString) said = g_string_new(NULL);
    const char *p = g_utf8_next_char(*text), *end;
    for (; *p && !closes(*text, p, &end); p++) {
        if (*p == '\\' && p[1])
            p++;
        g_string_append_c(said, *p);
    }
    if (!*p)
        return NULL;
    *text = end;
    return g_strdup(said->str);
}

gsize
query_text_length(const char *text, bool is_value, bool grouped)
{
    const char *p = text;
    int inside = 0; /* wide parentheses that are open */
    for (const char *end; *p; p = end) {
        char sign = typed_sign(p, &end);
        bool open = sign == '(', close = sign == ')', wide = sign != *p;
        if (g_ascii_isspace(sign) || (!wide && (open || close || (sign == '"' && !is_value))))
            break;
        if (close && !inside && grouped)
            break;
        inside = MAX(inside + open - close, 0);
    }
    return (gsize)(p - text);
}

char *
query_text_field(const char *text, gsize length, const char **value)
{
    g_autoptr(GString) name = g_string_new(NULL);
    bool wide = false, capital = false;
    const char *p = text;
    char sign = '\0';
    while (p < text + length) {
        const char *at = p;
        sign = typed_sign(p, &p);
        wide |= sign != *at;
        capital |= g_ascii_isupper(sign);
        if (!g_ascii_isalpha(sign))
            break;
        g_string_append_c(name, g_ascii_tolower(sign));
    }
    /*
     * "10:30" and "http://…" are text; texts have wide colons, before which a field must be meant,
     * and "Ref:12" is text where "Lang:ru" is not
     */
    if (sign != ':' || !name->len || g_str_has_prefix(p, "//") ||
        (wide && !g_strv_contains(fields, name->str)) ||
        (capital && !g_strv_contains(fields, name->str) &&
         (name->len < 4 || !query_text_near(name->str).name)))
        return NULL;
    *value = p;
    return g_strdup(name->str);
}

char *
query_text_value(const char *field, const char *text, gsize length)
{
    if (g_strv_contains(of_text, field))
        return g_strndup(text, length);
    GString *value = g_string_new(NULL);
    for (const char *p = text, *end; p < text + length; p = end) {
        char sign = typed_sign(p, &end);
        if (sign)
            g_string_append_c(value,
                              g_strv_contains(of_words, field) ? g_ascii_tolower(sign) : sign);
        else
            g_string_append_len(value, p, end - p);
    }
    return g_string_free(value, FALSE);
}
