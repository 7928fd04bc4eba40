/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parser (recursive descent) and compiler of the query language in one pass. */
#include "config.h"

#include "store/query.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "config/settings.h"
#include "store/query-parts.h"
#include "store/query-text.h"
#include "text/typed-sign.h"

#include <string.h>

#define MAX_TERMS  200
#define MAX_VALUES 850 /* of them: listings have parameters of their own from 900 on */
#define MAX_DEPTH  30

bool
query_fail(struct parser *in, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(in->error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("query: %s"), why);
    return false;
}

static void
free_source(gpointer data)
{
    struct query_source *source = data;
    g_free(source->value);
    g_free(source);
}

static void
free_set(gpointer data)
{
    struct query_set *set = data;
    g_free(set->select);
    g_free(set);
}

/* What joins terms is the same of articles and of sources. */
static void
join(struct parser *in, const char *sql)
{
    g_string_append(in->sql, sql);
    g_string_append(in->sources, sql);
}

static bool parse_or(struct parser *in);

static char *
read_quoted(struct parser *in)
{
    char *text = query_text_quoted(&in->p);
    if (!text)
        query_fail(in, _("a quotation mark is missing"));
    return text;
}

static void
note_source(const struct parser *in, const char *term, const char *value)
{
    struct query_source *source = g_new(struct query_source, 1);
    *source = (struct query_source){(gsize)(term - in->start), (gsize)(in->p - in->start),
                                    g_strdup(value)};
    g_ptr_array_add(in->query->named, source);
}

/* A field and its value from in->p on, which has moved behind the colon of a term. */
static bool
parse_field(struct parser *in, const char *term, const char *name)
{
    g_autofree char *text = NULL;
    if (query_text_is_quoted(in->p)) {
        text = read_quoted(in);
    } else {
        gsize length = query_text_length(in->p, true, in->depth > 0);
        text = query_text_value(name, in->p, length);
        in->p += length;
    }
    if (text && g_str_equal(name, "source"))
        note_source(in, term, text);
    return text && query_field_term(in, name, text);
}

static bool
parse_term(struct parser *in)
{
    const char *next;
    if (++in->terms > MAX_TERMS || in->query->values->len > MAX_VALUES)
        return query_fail(in, _("more than %d terms"), in->terms - 1);
    if (query_text_has(in->p, '-', &next) && *next && typed_sign(next, NULL) != ' ') {
        in->p = next;
        join(in, "NOT ");
        guint words = in->words->len;
        gsize title = in->title_match->len, patterns = in->title_patterns->len;
        in->more = true;
        in->negations++;
        bool ok = parse_term(in);
        in->negations--;
        g_ptr_array_set_size(in->words, (int)words); /* what is excluded is not shown */
        g_string_truncate(in->title_match, title);
        g_string_truncate(in->title_patterns, patterns);
        return ok;
    }
    if (query_text_has(in->p, '(', &next)) {
        if (++in->depth > MAX_DEPTH)
            return query_fail(in, _("more than %d parentheses inside each other"), MAX_DEPTH);
        in->p = next;
        join(in, "(");
        if (!parse_or(in))
            return false;
        if (!query_text_has(in->p, ')', &next))
            return query_fail(in, _("a ')' is missing"));
        in->p = next;
        in->depth--;
        join(in, ")");
        return true;
    }
    if (query_text_is_quoted(in->p)) {
        g_autofree char *phrase = read_quoted(in);
        return phrase &&
               (*phrase ? query_text_term(in, phrase, true) : query_fail(in, _("an empty phrase")));
    }
    gsize length = query_text_length(in->p, false, in->depth > 0);
    const char *value = NULL;
    g_autofree char *name = query_text_field(in->p, length, &value);
    if (name) {
        const char *term = in->p;
        in->p = value;
        return parse_field(in, term, name);
    }
    if (length == 0)
        return query_fail(in, _("unexpected '%c'"), *in->p);
    g_autofree char *word = g_strndup(in->p, length);
    in->p += length;
    if (g_str_equal(word, "all")) { /* the word itself is written as a phrase */
        query_any_source(in);
        in->more = true;
        g_string_append_c(in->sql, '1');
        return true;
    }
    return query_text_term(in, word, false);
}

static void
skip_space(struct parser *in)
{
    for (const char *end; g_ascii_isspace(typed_sign(in->p, &end));)
        in->p = end;
}

/* Whether a word of the grammar comes next, in either width; *end: what is behind it. */
static bool
at_word(const char *p, const char *word, const char **end)
{
    for (; *word; word++, p = *end)
        if (!query_text_has(p, *word, end))
            return false;
    char sign = typed_sign(p, NULL);
    return !*p || g_ascii_isspace(sign) || sign == '(';
}

static bool
at_or(const struct parser *in, const char **end)
{
    return at_word(in->p, "OR", end);
}

/* Whether a term follows a word of the grammar that ended there. */
static bool
is_followed(const char *p)
{
    for (const char *end; g_ascii_isspace(typed_sign(p, &end));)
        p = end;
    return *p && typed_sign(p, NULL) != ')';
}

/* "NOT x" is how others write -x; NOT alone is a word. */
static bool
fail_not(struct parser *in, const char *p)
{
    for (const char *end; g_ascii_isspace(typed_sign(p, &end));)
        p = end;
    bool shown = typed_sign(p, NULL) != '(' && !query_text_is_quoted(p);
    g_autofree char *term = g_strndup(p, shown ? query_text_length(p, false, true) : 0);
    return query_fail(in, _("what is not to be found has a minus before it: -%s, not NOT %s"),
                      *term ? term : "x", *term ? term : "x");
}

/*
 * Puts a term that has no values before the others: SQLite asks marks in the order in which they
 * are asked for, and a text behind them only of what they leave (SEARCH_LAST).
 */
static void
put_first(struct parser *in, gsize all, gsize term)
{
    g_autofree char *sql = g_strconcat(in->sql->str + term, " AND ", NULL);
    g_string_truncate(in->sql, term - strlen(" AND "));
    g_string_insert(in->sql, (gssize)all, sql);
}

static bool
parse_and(struct parser *in)
{
    bool first = true;
    gsize all = in->sql->len;
    for (const char *end;;) {
        skip_space(in);
        if (at_word(in->p, "AND", &end) && (!first || is_followed(end))) {
            in->p = end; /* all terms are wanted anyway */
            skip_space(in);
            if (first || !*in->p || query_text_has(in->p, ')', &end) || at_or(in, &end))
                return query_fail(in, _("a term is missing"));
        }
        if (!*in->p || at_or(in, &end) ||
            (query_text_has(in->p, ')', &end) && (*in->p == ')' || in->depth)))
            break;
        if (at_word(in->p, "NOT", &end) && is_followed(end))
            return fail_not(in, end);
        if (!first)
            join(in, " AND ");
        first = false;
        gsize term = in->sql->len;
        guint values = in->query->values->len;
        if (!parse_term(in))
            return false;
        if (term > all && in->query->values->len == values)
            put_first(in, all, term);
    }
    return !first || query_fail(in, _("a term is missing"));
}

static bool
parse_or(struct parser *in)
{
    join(in, "(");
    if (!parse_and(in))
        return false;
    for (const char *end; at_or(in, &end);) {
        in->more = in->either = true;
        in->p = end;
        join(in, ") OR (");
        if (!parse_and(in))
            return false;
    }
    join(in, ")");
    return true;
}

struct query *
query_parse(const char *text, int64_t now, GError **error)
{
    AUTO(query_free) struct query *query = g_new0(struct query, 1);
    query->text = g_strdup(text ? text : "");
    query->now = now;
    query->values = g_ptr_array_new_with_free_func(g_free);
    query->source_values = g_ptr_array_new_with_free_func(g_free);
    query->named = g_ptr_array_new_with_free_func(free_source);
    query->sets = g_ptr_array_new_with_free_func(free_set);
    g_autoptr(GString) sources = g_string_new(NULL);
    g_autoptr(GString) match = g_string_new(NULL);
    g_autoptr(GString) title_match = g_string_new(NULL);
    g_autoptr(GString) patterns = g_string_new(NULL);
    g_autoptr(GString) title_patterns = g_string_new(NULL);
    g_autofree char *valid = g_utf8_make_valid(query->text, -1);
    struct parser in = {.start = valid,
                        .p = valid,
                        .query = query,
                        .sql = g_string_new(NULL),
                        .words = g_ptr_array_new_with_free_func(g_free),
                        .now = now,
                        .match = match,
                        .title_match = title_match,
                        .patterns = patterns,
                        .title_patterns = title_patterns,
                        .exact = true,
                        .sources = sources,
                        .error = error};
    skip_space(&in);
    bool ok = true;
    if (*in.p) {
        ok = parse_or(&in);
        if (ok && *in.p)
            ok = query_fail(&in, _("unexpected '%c'"), *in.p);
    } else {
        g_string_append(in.sql, "1");
    }
    query->condition = g_string_free(in.sql, FALSE);
    g_ptr_array_add(in.words, NULL);
    query->words = (char **)g_ptr_array_free(in.words, FALSE);
    query->match = match->len && !in.more ? g_strdup(match->str) : NULL;
    query->title_match = title_match->len ? g_strdup(title_match->str) : NULL;
    query->patterns = g_strdup(patterns->str);
    query->title_patterns = g_strdup(title_patterns->str);
    query->of_sources = in.of_sources ? g_strdup(sources->str) : NULL;
    query->exact = in.exact;
    query->of_counters = !in.of_more;
    query->unread = in.unread && !in.either;
    query->read = in.read && !in.either;
    query->picks = in.picks;
    if (in.either) {
        g_clear_pointer(&query->language, g_free);
        query->rare = false;
        g_ptr_array_set_size(query->sets, 0);
    }
    return ok ? g_steal_pointer(&query) : NULL;
}

struct query *
query_narrowed(const struct query *query, const char *more, GError **error)
{
    g_autofree char *both = query && !text_is_blank(query->text)
                                ? g_strdup_printf("(%s) %s", query->text, more)
                                : g_strdup(more);
    return query_parse(both, query ? query->now : 0, error);
}

void
query_free(struct query *query)
{
    g_free(query->text);
    g_free(query->condition);
    g_free(query->language);
    g_free(query->match);
    g_free(query->title_match);
    g_free(query->patterns);
    g_free(query->title_patterns);
    g_free(query->of_sources);
    g_ptr_array_unref(query->named);
    g_ptr_array_unref(query->sets);
    g_ptr_array_unref(query->values);
    g_ptr_array_unref(query->source_values);
    g_strfreev(query->words);
    g_free(query);
}
