/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recursive descent over newsboat's filter expressions, which writes crier's as it goes.  What
 * would mean something else in crier is refused and named: a filter that lists other articles than
 * it did is worse than none.
 */
#include "config.h"

#include "config/newsboat.h"
#include "base/i18n.h"
#include "base/number.h"
#include "config/settings.h"

#include <string.h>

#define MAX_DEPTH 20
#define MAX_DAYS  100000

struct parser {
    const char *p;
    int depth;
    GError **error;
};

bool
newsboat_is_filter(const char *query)
{
    return g_regex_match_simple(
        "(?:^|[\\s(])(?:age|articleindex|author|content|date|description|enclosure_type|enclosure_url|feeddate|"
        "feedindex|feedlink|feedtitle|flags|guid|latest_article_age|link|read|rssurl|tags|title|total_count|type|"
        "unread|unread_count)\\s*(?:[=!]~|[=!<>]=|[=<>]|!?#|\\s[=!<>~#]+\\s|between\\s)",
        query, 0, 0);
}

static bool fail(struct parser *in, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool
fail(struct parser *in, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_propagate_error(in->error,
                      g_error_new_valist(CONFIG_ERROR, CONFIG_ERROR_SYNTAX, format, args));
    va_end(args);
    return false;
}

static void
skip_blanks(struct parser *in)
{
    in->p += strspn(in->p, " \t");
}

/* An attribute, its operator and its value, as they stand in the filter. */
struct comparison {
    const char *begin; /* borrowed: where it stands */
    char *attribute, *sign, *value;
};

static void
comparison_clear(struct comparison *c)
{
    g_free(c->attribute);
    g_free(c->sign);
    g_free(c->value);
}
DEFINE_AUTO_CLEAR(comparison, comparison_clear)

static bool
cannot_say(struct parser *in, const struct comparison *c)
{
    g_autofree char *text = g_strndup(c->begin, (gsize)(in->p - c->begin));
    return fail(in, _("crier's query language cannot say '%s'"), g_strchomp(text));
}

static char *
read_word(struct parser *in, const char *letters)
{
    gsize length = strspn(in->p, letters);
    char *word = g_strndup(in->p, length);
    in->p += length;
    skip_blanks(in);
    return word;
}

static char *
read_value(struct parser *in)
{
    if (*in->p != '"')
        return read_word(in, "0123456789:");
    GString *text = g_string_new(NULL);
    for (in->p++; *in->p && *in->p != '"'; in->p++) {
        if (*in->p == '\\' && (in->p[1] == '"' || in->p[1] == '\\'))
            in->p++;
        g_string_append_c(text, *in->p);
    }
    in->p += *in->p == '"';
    skip_blanks(in);
    return g_string_free(text, FALSE);
}

static void
append_term(GString *out, bool negated, const char *field, const char *value)
{
    g_string_append_printf(out, "%s%s", negated ? "-" : "", field);
    bool plain = *value && !strpbrk(value, " \t()\"\\");
    if (plain) {
        g_string_append(out, value);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *p = value; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

/* A regular expression that is a word, or a choice of words: "snow", "snow|ice", "(snow|ice)". */
static bool
append_title(struct parser *in, GString *out, const struct comparison *c, bool negated)
{
    gsize length = strlen(c->value);
    bool enclosed = length > 2 && c->value[0] == '(' && c->value[length - 1] == ')';
    g_autofree char *inner = g_strndup(c->value + enclosed, length - 2 * (gsize)enclosed);
    if (strpbrk(inner, ".[]()*+?{}^$\\"))
        return cannot_say(in, c);
    g_auto(GStrv) words = g_strsplit(inner, "|", -1);
    for (char **word = words; *word; word++)
        if (!*g_strstrip(*word))
            return cannot_say(in, c);
    if (!words[0])
        return cannot_say(in, c);
    bool several = words[1] != NULL;
    if (several)
        g_string_append(out, negated ? "-(" : "(");
    for (char **word = words; *word; word++) {
        g_string_append(out, word > words ? " OR " : "");
        append_term(out, negated && !several, "title:", *word);
    }
    if (several)
        g_string_append_c(out, ')');
    return true;
}

/* Days since an article was published. */
static bool
append_age(struct parser *in, GString *out, const struct comparison *c)
{
    const char *end;
    gint64 from, to;
    if (!number_prefix(c->value, MAX_DAYS, &from, &end) || from >= MAX_DAYS)
        return cannot_say(in, c);
    if (g_str_equal(c->sign, "between")) {
        if (*end != ':' || !number_parse(end + 1, from, MAX_DAYS, &to))
            return cannot_say(in, c);
        g_string_append_printf(out, "since:%" G_GINT64_FORMAT "d", to + 1);
        if (from)
            g_string_append_printf(out, " -since:%" G_GINT64_FORMAT "d", from);
        return true;
    }
    static const struct {
        const char *sign, *format;
        int more; /* whole days: what is at most one day old is less than two */
    } forms[] = {
        {"<", "since:", 0}, {"<=", "since:", 1}, {">", "-since:", 1}, {">=", "-since:", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(forms) && !*end; i++) {
        if (g_str_equal(forms[i].sign, c->sign)) {
            g_string_append_printf(out, "%s%" G_GINT64_FORMAT "d", forms[i].format,
                                   from + forms[i].more);
            return true;
        }
    }
    return cannot_say(in, c);
}

static bool
append_comparison(struct parser *in, GString *out, const struct comparison *c)
{
    bool negated = *c->sign == '!', equal = strstr(c->sign, "=") && !strstr(c->sign, "~"),
         match = strstr(c->sign, "~") != NULL, holds = strstr(c->sign, "#") != NULL;
    bool plain = equal && !strpbrk(c->sign, "<>");
    if (g_str_equal(c->attribute, "unread") && plain) {
        bool yes = g_str_equal(c->value, "yes");
        if (!yes && !g_str_equal(c->value, "no"))
            return cannot_say(in, c);
        g_string_append(out, yes != negated ? "is:unread" : "is:read");
        return true;
    }
    if (g_str_equal(c->attribute, "title") && match)
        return append_title(in, out, c, negated);
    if (g_str_equal(c->attribute, "tags") && holds && *c->value) {
        append_term(out, negated, "tag:", c->value);
        return true;
    }
    if ((g_str_equal(c->attribute, "feedtitle") || g_str_equal(c->attribute, "rssurl")) && plain &&
        *c->value) {
        append_term(out, negated, "source:", c->value);
        return true;
    }
    if (g_str_equal(c->attribute, "age"))
        return append_age(in, out, c);
    return cannot_say(in, c);
}

static bool parse_all(struct parser *in, GString *out);

static bool
parse_one(struct parser *in, GString *out)
{
    skip_blanks(in);
    if (*in->p == '(') {
        if (++in->depth > MAX_DEPTH)
            return fail(in, _("more than %d parentheses inside each other"), MAX_DEPTH);
        in->p++;
        g_string_append_c(out, '(');
        if (!parse_all(in, out))
            return false;
        if (*in->p != ')')
            return fail(in, _("a ')' is missing"));
        in->p++;
        in->depth--;
        skip_blanks(in);
        g_string_append_c(out, ')');
        return true;
    }
    AUTO(comparison_clear) struct comparison c = {.begin = in->p};
    c.attribute = read_word(in, "abcdefghijklmnopqrstuvwxyz_");
    c.sign = g_str_has_prefix(in->p, "between") ? read_word(in, "between")
                                                : read_word(in, "=!<>~#");
    c.value = read_value(in);
    if (!*c.attribute || !*c.sign)
        return fail(in, _("'%s' is no filter of newsboat"), c.begin);
    return append_comparison(in, out, &c);
}

/* "and" or "or"; "" for none. */
static const char *
read_link(struct parser *in)
{
    static const char *const links[] = {"and", "or"};
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
        gsize length = strlen(links[i]);
        if (g_str_has_prefix(in->p, links[i]) && strchr(" \t(", in->p[length])) {
            in->p += length;
            return links[i];
        }
    }
    return "";
}

static bool
parse_all(struct parser *in, GString *out)
{
    const char *first = NULL;
    for (;;) {
        if (!parse_one(in, out))
            return false;
        const char *link = read_link(in);
        if (!*link)
            return true;
        /* which of the two binds closer has changed between versions of newsboat */
        if (first && !g_str_equal(first, link))
            return fail(in, "%s", _("'and' and 'or' stand beside each other without parentheses"));
        first = link;
        g_string_append(out, g_str_equal(link, "or") ? " OR " : " ");
    }
}

char *
newsboat_translate(const char *filter, GError **error)
{
    struct parser in = {.p = filter, .error = error};
    g_autoptr(GString) out = g_string_new(NULL);
    if (!parse_all(&in, out))
        return NULL;
    if (*in.p) {
        fail(&in, _("'%s' is no filter of newsboat"), in.p);
        return NULL;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
