/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Subscriptions as newsboat's `urls` has them: crier's queries in its filter language, its sign for
 * what is hidden, and nothing that it would take for something else.
 */
#include "config.h"

#include "config/newsboat.h"
#include "config/outline.h"

#include <string.h>

#define MAX_DEPTH 20

struct reader {
    const char *p;
    int depth;
};

static bool write_all(struct reader *in, GString *out);

/* The rest of a term, up to a blank or a parenthesis; quotation marks hold both. */
static char *
read_value(struct reader *in)
{
    GString *value = g_string_new(NULL);
    bool quoted = *in->p == '"';
    for (in->p += quoted; *in->p && (quoted ? *in->p != '"' : !strchr(" ()", *in->p)); in->p++) {
        if (quoted && *in->p == '\\' && in->p[1])
            in->p++;
        g_string_append_c(value, *in->p);
    }
    in->p += quoted && *in->p == '"';
    return g_string_free(value, FALSE);
}

static void
append_value(GString *out, const char *before, const char *value)
{
    g_string_append_printf(out, "%s\"", before);
    for (const char *p = value; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

/* One "field:value". */
static bool
write_term(struct reader *in, bool negated, GString *out)
{
    static const struct {
        const char *field, *is, *is_not;
    } terms[] = {{"title:", "title =~ ", "title !~ "},
                 {"tag:", "tags # ", "tags !# "},
                 {"source:", "feedtitle = ", "feedtitle != "}};
    size_t i = 0;
    if (g_str_has_prefix(in->p, "is:")) {
        in->p += strlen("is:");
        g_autofree char *value = read_value(in);
        bool unread = g_str_equal(value, "unread");
        if (!unread && !g_str_equal(value, "read"))
            return false;
        g_string_append_printf(out, "unread = \"%s\"", unread != negated ? "yes" : "no");
        return true;
    }
    if (g_str_has_prefix(in->p, "since:")) {
        in->p += strlen("since:");
        g_autofree char *value = read_value(in);
        gsize digits = strspn(value, "0123456789");
        if (!digits || !g_str_equal(value + digits, "d"))
            return false;
        g_string_append_printf(out, "age %s %.*s", negated ? ">=" : "<", (int)digits, value);
        return true;
    }
    while (i < G_N_ELEMENTS(terms) && !g_str_has_prefix(in->p, terms[i].field))
        i++;
    if (i == G_N_ELEMENTS(terms))
        return false;
    in->p += strlen(terms[i].field);
    g_autofree char *value = read_value(in);
    bool title = i == 0, url = strstr(value, "://") != NULL;
    if (!*value || (title && strpbrk(value, ".[]()*+?{}^$\\|"))) /* an expression there */
        return false;
    append_value(out,
                 url && !title ? (negated ? "rssurl != " : "rssurl = ")
                 : negated     ? terms[i].is_not
                               : terms[i].is,
                 value);
    return true;
}

static bool
write_one(struct reader *in, GString *out)
{
    bool negated = *in->p == '-';
    in->p += negated;
    if (*in->p != '(')
        return write_term(in, negated, out);
    if (negated || ++in->depth > MAX_DEPTH) /* newsboat has no negated parentheses */
        return false;
    in->p++;
    g_string_append_c(out, '(');
    if (!write_all(in, out) || *in->p != ')')
        return false;
    in->p++;
    in->depth--;
    g_string_append_c(out, ')');
    return true;
}

/* Terms beside each other are all meant, with OR between them any; not both without parentheses. */
static bool
write_all(struct reader *in, GString *out)
{
    int links[2] = {0, 0};
    for (guint n = 0;; n++) {
        in->p += strspn(in->p, " ");
        if (!*in->p || *in->p == ')')
            return n && !(links[0] && links[1]);
        bool or = g_str_has_prefix(in->p, "OR ");
        if (n) {
            links[or]++;
            g_string_append(out, or ? " or " : " and ");
        }
        if (or)
            in->p += strlen("OR");
        in->p += strspn(in->p, " ");
        if (!write_one(in, out))
            return false;
    }
}

char *
newsboat_of_query(const char *query)
{
    struct reader in = {query, 0};
    g_autoptr(GString) out = g_string_new(NULL);
    return write_all(&in, out) && !*in.p ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

/* What stands first in its line; NULL for what newsboat cannot read. */
static char *
address_of(const struct outline *outline)
{
    if (g_str_has_prefix(outline->url, "query:")) {
        const char *title = outline->url + strlen("query:"), *colon = strchr(title, ':');
        g_autofree char *filter = colon ? newsboat_of_query(colon + 1) : NULL;
        return filter ? g_strdup_printf("query:%.*s:%s", (int)(colon - title), title, filter)
                      : NULL;
    }
    if (outline->rules[OUTLINE_ITEM] || g_strv_contains((const char *const *)outline->tags, "list"))
        return NULL;
    return g_str_has_prefix(outline->url, "portal:") ? g_strdup(outline->page)
                                                     : g_strdup(outline->url);
}

static void
append_line(GString *out, const char *address, const struct outline *outline)
{
    g_auto(GStrv) tags = g_strdupv(outline->tags);
    for (char **tag = tags; *tag; tag++)
        if (g_str_equal(*tag, "hidden"))
            (*tag)[0] = '!', (*tag)[1] = '\0';
    const struct outline theirs = {.url = (char *)address, .title = outline->title, .tags = tags};
    g_autofree char *line = outline_line(&theirs);
    g_string_append_printf(out, "%s\n", line);
}

char *
outlines_to_newsboat(const GPtrArray *outlines, guint *left_out, guint *parts_left_out)
{
    GString *out = g_string_new(NULL);
    *left_out = *parts_left_out = 0;
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autofree char *address = address_of(outline);
        guint parts = 0, withheld = 0;
        if (address)
            append_line(out, address, outline);
        for (guint n = 0; n < outline->parts->len; n++) {
            const struct outline *part = g_ptr_array_index(outline->parts, n);
            withheld += part->withheld;
            if (!part->page || part->rules[OUTLINE_ITEM])
                continue;
            append_line(out, part->page, outline);
            parts++;
        }
        guint lost = outline->parts->len - parts - withheld;
        *left_out += !address && !parts && !outline->withheld && (lost || !withheld);
        *parts_left_out += parts ? lost : 0;
    }
    return g_string_free(out, FALSE);
}
