/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parser (recursive descent) and compiler of the query language in one pass. */
#include "config.h"

#include "store/query.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/near.h"
#include "base/number.h"
#include "config/settings.h"
#include "store/query-text.h"
#include "store/search.h"
#include "text/fold.h"
#include "text/street.h"
#include "text/typed-sign.h"

#include <string.h>

#define MAX_TERMS  200
#define MAX_VALUES 850 /* of them: listings have parameters of their own from 900 on */
#define MAX_DEPTH  30
#define ZONES      86400 /* seconds: further no zone is from UTC */

struct parser {
    const char *p;
    struct query *query;
    GString *sql;
    GPtrArray *words;
    int64_t now;
    int terms, depth;
    GString *match, *title_match; /* as far as the words go */
    GString *patterns, *title_patterns;
    bool exact;   /* the index alone answers for all words */
    bool more;    /* the query says more than words that must all be there */
    bool of_more; /* than of source, language and reading */
    bool unread, read, picks;
    bool either; /* something stands in an OR */
    GString *sources;
    bool of_sources; /* a term of them says something */
    int negations;
    GError **error;
};

static bool fail(struct parser *in, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool
fail(struct parser *in, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(in->error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("query: %s"), why);
    return false;
}

static bool
fail_field(struct parser *in, const char *name)
{
    struct near best = query_text_near(name);
    g_autofree char *what = g_strdup_printf(_("unknown field '%s:'"), name),
                    *sentence = near_sentence(&best, what);
    return fail(in, "%s", sentence);
}

static void
free_set(gpointer data)
{
    struct query_set *set = data;
    g_free(set->select);
    g_free(set);
}

static void
value(struct parser *in, const char *text)
{
    g_ptr_array_add(in->query->values, g_strdup(text));
}

/* One pattern as the value of a crier_matches(). */
static void
value_joined(struct parser *in, const char *pattern)
{
    GString *joined = g_string_new(NULL);
    search_join(joined, pattern);
    g_ptr_array_add(in->query->values, g_string_free(joined, FALSE));
}

/*
 * What a term finds is among what a SELECT finds; the first of its values, which follow, are that
 * SELECT's.
 */
static void among(struct parser *in, guint values, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
among(struct parser *in, guint values, const char *format, ...)
{
    if (in->negations)
        return;
    struct query_set *set = g_new0(struct query_set, 1);
    va_list args;
    va_start(args, format);
    set->select = g_strdup_vprintf(format, args);
    va_end(args);
    set->from = in->query->values->len;
    set->count = values;
    set->words = g_str_equal(set->select, SEARCH_FOUND) ||
                 g_str_equal(set->select, SEARCH_MAYBE_FOUND);
    g_ptr_array_add(in->query->sets, set);
}

static void
add_match(GString *to, const char *match)
{
    g_string_append(to, to->len ? " AND " : "");
    g_string_append(to, match);
}

static bool
text_term(struct parser *in, const char *text, bool phrase, bool title_only)
{
    in->of_more = in->picks = true;
    g_ptr_array_add(in->words, g_strdup(text));
    AUTO(search_term_clear) struct search_term term = search_term(text, phrase, title_only);
    if (!term.match) { /* signs alone: the index knows none */
        g_string_append(in->sql, SEARCH_READ_LAST);
        value_joined(in, term.pattern);
        in->more = true;
        return true;
    }
    AUTO(search_term_clear) struct search_term in_title = search_term(text, phrase, true);
    add_match(in->match, term.match);
    add_match(in->title_match, in_title.match);
    search_join(in->patterns, term.pattern);
    search_join(in->title_patterns, in_title.pattern);
    in->exact &= term.exact;
    in->query->prefix |= term.prefix;
    among(in, term.exact ? 2 : 1, "%s", term.exact ? SEARCH_FOUND : SEARCH_MAYBE_FOUND);
    g_string_append(in->sql, !term.exact     ? "(" SEARCH_MAY_HAVE " AND " SEARCH_READ_LAST ")"
                             : in->negations ? SEARCH_HAS_NOT
                                             : SEARCH_HAS);
    value(in, term.match);
    value_joined(in, term.pattern);
    return true;
}

/* "5" or "5..9" */
static bool
id_term(struct parser *in, const char *text)
{
    g_auto(GStrv) ends = g_strsplit(text, "..", 2);
    gint64 first = 0, last;
    bool fine = number_parse(ends[0], 1, G_MAXINT64, &first);
    last = first;
    if (fine && ends[1])
        fine = number_parse(ends[1], first, G_MAXINT64, &last);
    if (!fine)
        return fail(in,
                    _("'id:%s' is neither the number of an article nor a range of them as id:5..9"),
                    text);
    g_string_append(in->sql, "a.id BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)");
    g_ptr_array_add(in->query->values, g_strdup_printf("%" G_GINT64_FORMAT, first));
    g_ptr_array_add(in->query->values, g_strdup_printf("%" G_GINT64_FORMAT, last));
    return true;
}

/* "5": what article 5 cites by the number of a document, and what cites its own. */
static bool
related_term(struct parser *in, const char *text)
{
    gint64 number;
    if (!number_parse(text, 1, G_MAXINT64, &number))
        return fail(in, _("'related:%s' is not the number of an article"), text);
    g_string_append(
        in->sql,
        "a.id IN (SELECT o.article FROM citations c CROSS JOIN citations o ON o.key = c.key"
        " WHERE c.article = CAST(? AS INTEGER) AND o.article <> c.article AND (o.own OR c.own))");
    g_ptr_array_add(in->query->values, g_strdup_printf("%" G_GINT64_FORMAT, number));
    return true;
}

/* "7d": what is still to be done or begins within that time, today included. */
static bool
due_term(struct parser *in, const char *text)
{
    int64_t until;
    g_autoptr(GError) why = NULL;
    if (!query_moment_ahead(text, in->now, &until, &why))
        return fail(in, "%s", why->message);
    g_autofree char *due = g_strdup_printf("SELECT article FROM agenda WHERE at > %" G_GINT64_FORMAT
                                           " - 86400 AND at < %" G_GINT64_FORMAT
                                           " AND (precision = 1 OR at >= %" G_GINT64_FORMAT ")",
                                           query_today(in->now), until, in->now);
    g_string_append_printf(in->sql, "a.id IN (%s)", due);
    among(in, 0, "%s", due);
    return true;
}

/* Whether a term can be asked of a row of `languages`: listing-count.c. */
static bool
is_counted(const char *name, const char *text)
{
    static const char *const counted[] = {"lang", "portal", "source", NULL};
    return g_strv_contains(counted, name) ||
           (g_str_equal(name, "is") && (g_str_equal(text, "unread") || g_str_equal(text, "read") ||
                                        g_str_equal(text, "former")));
}

/* Whether an index holds what a term finds, and nothing else. */
static bool
is_of_few(const char *name, const char *text)
{
    static const char *const few[] = {"id",   "tag",     "portal",  "source", "has",     "state",
                                      "seen", "changed", "address", "due",    "related", NULL};
    return g_strv_contains(few, name) ||
           (g_str_equal(name, "is") &&
            (g_str_equal(text, "starred") || g_str_equal(text, "revised") ||
             g_str_equal(text, "withdrawn") || g_str_equal(text, "former") ||
             g_str_equal(text, "deleted")));
}

/* Whether few articles have it, in any store. */
static bool
is_rare(const char *name, const char *text)
{
    return g_str_equal(name, "id") || g_str_equal(name, "related") ||
           (g_str_equal(name, "is") &&
            (g_str_equal(text, "starred") || g_str_equal(text, "deleted")));
}

/*
 * An address, which the index knows by a word of its street; the rest is read.
 */
static bool
address_term(struct parser *in, const char *text)
{
    AUTO(street_free) struct street_address *address = street_parse(text);
    if (!address)
        return fail(in, _("'address:%s' names no street"), text);
    if (!street_is_address(address))
        return fail(in, _("a house is missing in '%s'"), text);
    const char *word = street_word(address);
    AUTO(search_term_clear) struct search_term term = search_term(word, false, false);
    g_ptr_array_add(in->words, g_strdup(word));
    g_string_append(in->sql, "(");
    if (term.match) {
        among(in, 1, SEARCH_MAYBE_FOUND);
        g_string_append(in->sql, SEARCH_MAY_HAVE " AND ");
        value(in, term.match);
        in->query->prefix |= term.prefix;
    }
    g_string_append(in->sql, "crier_address(a.title, " TEXT_OF ", ?))");
    value(in, text);
    return true;
}

/*
 * A source by number, address or name; by its portal's name; by both, as where names are told apart
 * (store/source-names.h).
 */
static void
put_source(struct parser *in, const char *text)
{
    g_autofree char *folded = text_fold(text);
    g_string_append(
        in->sql,
        "a.source IN (SELECT id FROM sources WHERE CAST(id AS TEXT) = ? OR url = ?"
        " OR crier_fold(coalesce(title, feed_title, '')) = ? OR crier_named(title_names, ?)"
        " OR crier_fold(coalesce(portal_name, '')) = ? OR crier_named(portal_names, ?)");
    value(in, text);
    value(in, text);
    for (int i = 0; i < 4; i++)
        value(in, folded);
    const char *colon = strstr(text, ": ");
    if (colon && colon > text) {
        g_autofree char *owner = g_strndup(text, (gsize)(colon - text)),
                        *folded_owner = text_fold(owner), *name = text_fold(colon + 2);
        g_string_append(
            in->sql,
            " OR ((crier_fold(coalesce(portal_name, '')) = ? OR crier_named(portal_names, ?)"
            " OR (portal IS NULL AND instr(url, ? || '/') > 0))"
            " AND (crier_fold(coalesce(title, feed_title, '')) = ? OR crier_named(title_names, ?)))");
        value(in, folded_owner);
        value(in, folded_owner);
        value(in, owner);
        value(in, name);
        value(in, name);
    }
    g_string_append_c(in->sql, ')');
}

/* Of what indexes hold no others. */
static void
among_state(struct parser *in, const char *state)
{
    static const struct {
        const char *state, *select;
    } sets[] = {{"revised", "articles INDEXED BY articles_revised WHERE revisions > 1"},
                {"withdrawn", "articles INDEXED BY articles_withdrawn WHERE withdrawn IS NOT NULL"},
                {"attachment", "articles INDEXED BY articles_attached WHERE attachments > 0"}};
    for (size_t i = 0; i < G_N_ELEMENTS(sets); i++)
        if (g_str_equal(sets[i].state, state))
            among(in, 0, "SELECT id AS article FROM %s", sets[i].select);
    if (g_str_equal(state, "date"))
        among(in, 0, "SELECT article FROM agenda");
}

static bool
field_term(struct parser *in, const char *name, const char *text)
{
    in->more |= !g_str_equal(name, "title");
    if (!*text)
        return fail(in, _("'%s:' needs a value"), name);
    in->of_more |= !is_counted(name, text);
    in->picks |= is_of_few(name, text);
    in->query->rare |= is_rare(name, text) && !in->negations;
    if (g_str_equal(name, "is")) {
        static const struct {
            const char *word, *sql;
        } states[] = {{"unread", "coalesce(m.read, 0) = 0"},
                      {"read", "coalesce(m.read, 0) = 1"},
                      {"starred", "a.id IN (SELECT article FROM marks WHERE starred = 1)"},
                      {"unstarred", "coalesce(m.starred, 0) = 0"},
                      {"revised", "a.revisions > 1"},
                      {"withdrawn", "a.withdrawn IS NOT NULL"},
                      {"former", "a.source IN (SELECT id FROM sources WHERE active = 0)"},
                      {"deleted", "a.id IN (SELECT article FROM marks WHERE deleted = 1)"}};
        for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
            if (g_str_equal(states[i].word, text)) {
                g_string_append(in->sql, states[i].sql);
                among_state(in, text);
                in->query->deleted |= g_str_equal(text, "deleted");
                in->unread |= g_str_equal(text, "unread") && !in->negations;
                in->read |= g_str_equal(text, "read") && !in->negations;
                return true;
            }
        }
        return fail(
            in,
            _("'is:%s' is not one of unread, read, starred, unstarred, revised, withdrawn, former, deleted"),
            text);
    }
    if (g_str_equal(name, "state")) {
        if (g_str_equal(text, "withdrawn"))
            g_string_append(in->sql, "a.withdrawn IS NOT NULL");
        else if (g_str_equal(text, "revised"))
            g_string_append(in->sql, "a.revisions > 1");
        else
            return fail(in, _("'state:%s' is not one of withdrawn, revised"), text);
        among_state(in, text);
        return true;
    }
    if (g_str_equal(name, "has")) {
        if (g_str_equal(text, "attachment"))
            g_string_append(in->sql, "a.attachments > 0");
        else if (g_str_equal(text, "date"))
            g_string_append(in->sql, "a.id IN (SELECT article FROM agenda)");
        else
            return fail(in, _("'has:%s' is not one of attachment, date"), text);
        among_state(in, text);
        return true;
    }
    if (g_str_equal(name, "since") || g_str_equal(name, "before")) {
        int64_t time = 0;
        bool day;
        g_autoptr(GError) why = NULL;
        if (!query_moment_or_day(text, in->now, &time, &day, &why))
            return fail(in, "%s", why->message);
        const char *sign = *name == 's' ? ">=" : "<";
        if (day) /* the index knows no zones: first all that may be meant */
            g_string_append_printf(in->sql,
                                   "(a.sort %s %" G_GINT64_FORMAT
                                   " AND a.sort + a.published_offset * 60 %s %" G_GINT64_FORMAT ")",
                                   sign, *name == 's' ? time - ZONES : time + ZONES, sign, time);
        else
            g_string_append_printf(in->sql, "a.sort %s %" G_GINT64_FORMAT, sign, time);
        among(in, 0, "SELECT id AS article FROM articles WHERE sort %s %" G_GINT64_FORMAT, sign,
              !day           ? time
              : *name == 's' ? time - ZONES
                             : time + ZONES);
        return true;
    }
    if (g_str_equal(name, "seen") || g_str_equal(name, "changed")) {
        int64_t time;
        g_autoptr(GError) why = NULL;
        if (!query_moment(text, in->now, &time, &why))
            return fail(in, "%s", why->message);
        g_string_append_printf(
            in->sql,
            *name == 's' ? "a.first_seen >= %" G_GINT64_FORMAT
                         : "a.id IN (SELECT article FROM changes WHERE at >= %" G_GINT64_FORMAT ")",
            time);
        among(in, 0,
              *name == 's'
                  ? "SELECT id AS article FROM articles WHERE first_seen >= %" G_GINT64_FORMAT
                  : "SELECT article FROM changes WHERE at >= %" G_GINT64_FORMAT,
              time);
        return true;
    }
    if (g_str_equal(name, "related"))
        return related_term(in, text);
    if (g_str_equal(name, "due"))
        return due_term(in, text);
    if (g_str_equal(name, "title"))
        return text_term(in, text, false, true);
    if (g_str_equal(name, "id"))
        return id_term(in, text);
    if (g_str_equal(name, "address"))
        return address_term(in, text);
    if (g_str_equal(name, "lang")) {
        if (!g_regex_match_simple("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", text,
                                  G_REGEX_DOLLAR_ENDONLY, 0))
            return fail(in, _("'lang:%s' is not a language as lang:ru, lang:zh-TW"), text);
        g_string_append(
            in->sql,
            "(lower(coalesce(a.language, s.language, '')) = lower(?) OR"
            " substr(lower(coalesce(a.language, s.language, '')), 1, length(?) + 1) = lower(?) || '-')");
        value(in, text);
        value(in, text);
        value(in, text);
        if (!in->negations) {
            g_free(in->query->language);
            in->query->language = g_strdup(text);
        }
        return true;
    }
    if (g_str_equal(name, "tag")) {
        among(
            in, 2,
            "SELECT article FROM tags WHERE tag = ? UNION ALL SELECT id FROM articles WHERE source IN"
            " (SELECT id FROM sources WHERE instr(tags, char(10) || ? || char(10)) > 0)");
        g_string_append(
            in->sql,
            "(a.id IN (SELECT article FROM tags WHERE tag = ?)"
            " OR a.source IN (SELECT id FROM sources WHERE instr(tags, char(10) || ? || char(10)) > 0))");
        value(in, text);
        value(in, text);
        return true;
    }
    if (g_str_equal(name, "portal")) {
        g_string_append(in->sql,
                        "a.source IN (SELECT id FROM sources WHERE portal = ? COLLATE NOCASE)");
        value(in, text);
        return true;
    }
    g_autofree char *folded = text_fold(text);
    if (g_str_equal(name, "section")) {
        g_string_append(
            in->sql,
            "(s.section = ? OR crier_fold(coalesce(a.section, s.title, '')) = ? OR crier_named(s.title_names, ?))");
        value(in, text);
        value(in, folded);
        value(in, folded);
        return true;
    }
    if (g_str_equal(name, "source")) {
        put_source(in, text);
        return true;
    }
    return fail_field(in, name);
}

/* --- which sources may have something ---------------------------------------------------- */

/*
 * What a term of the article says of its source: one of a source says that, as if it were asked of
 * the source; of any other it may be so, and where it is negated it may not.
 */
static void
term_of_source(struct parser *in, const char *name, const char *text)
{
    g_autofree char *folded = text_fold(text);
    if (g_str_equal(name, "source")) {
        g_string_append(in->sources, "coalesce(CAST(s.id AS TEXT) = ? OR s.url = ?"
                                     " OR crier_fold(coalesce(s.title, s.feed_title, '')) = ?"
                                     " OR crier_named(s.title_names, ?), 0)");
        for (int i = 0; i < 4; i++)
            g_ptr_array_add(in->query->source_values, g_strdup(i < 2 ? text : folded));
    } else if (g_str_equal(name, "portal")) {
        g_string_append(in->sources, "coalesce(s.portal, '') = ? COLLATE NOCASE");
        g_ptr_array_add(in->query->source_values, g_strdup(text));
    } else if (g_str_equal(name, "lang") && in->negations % 2 == 0) {
        /* one that states no language, or has had an article in it, may have others */
        g_string_append(in->sources,
                        "(s.language IS NULL OR lower(s.language) = lower(?)"
                        " OR substr(lower(s.language), 1, length(?) + 1) = lower(?) || '-'"
                        " OR EXISTS (SELECT 1 FROM articles a WHERE a.source = s.id AND"
                        " lower(a.language) = lower(?)))");
        for (int i = 0; i < 4; i++)
            g_ptr_array_add(in->query->source_values, g_strdup(text));
    } else {
        g_string_append_c(in->sources, in->negations % 2 ? '0' : '1');
        return;
    }
    in->of_sources = true;
}

/* What joins terms is the same of articles and of sources. */
static void
join(struct parser *in, const char *sql)
{
    g_string_append(in->sql, sql);
    g_string_append(in->sources, sql);
}

/* --- the grammar -------------------------------------------------------------------------- */

static bool parse_or(struct parser *in);

static char *
read_quoted(struct parser *in)
{
    char *text = query_text_quoted(&in->p);
    if (!text)
        fail(in, _("a quotation mark is missing"));
    return text;
}

/* A field and its value from in->p on, which has moved behind the colon. */
static bool
parse_field(struct parser *in, const char *name)
{
    g_autofree char *text = NULL;
    if (query_text_is_quoted(in->p)) {
        text = read_quoted(in);
    } else {
        gsize length = query_text_length(in->p, true, in->depth > 0);
        text = query_text_value(name, in->p, length);
        in->p += length;
    }
    if (!text || !field_term(in, name, text))
        return false;
    term_of_source(in, name, text);
    return true;
}

static bool
parse_term(struct parser *in)
{
    const char *next;
    if (++in->terms > MAX_TERMS || in->query->values->len > MAX_VALUES)
        return fail(in, _("more than %d terms"), in->terms - 1);
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
            return fail(in, _("more than %d parentheses inside each other"), MAX_DEPTH);
        in->p = next;
        join(in, "(");
        if (!parse_or(in))
            return false;
        if (!query_text_has(in->p, ')', &next))
            return fail(in, _("a ')' is missing"));
        in->p = next;
        in->depth--;
        join(in, ")");
        return true;
    }
    if (query_text_is_quoted(in->p)) {
        g_autofree char *phrase = read_quoted(in);
        term_of_source(in, "", "");
        return phrase &&
               (*phrase ? text_term(in, phrase, true, false) : fail(in, _("an empty phrase")));
    }
    gsize length = query_text_length(in->p, false, in->depth > 0);
    const char *value = NULL;
    g_autofree char *name = query_text_field(in->p, length, &value);
    if (name) {
        in->p = value;
        return parse_field(in, name);
    }
    if (length == 0)
        return fail(in, _("unexpected '%c'"), *in->p);
    g_autofree char *word = g_strndup(in->p, length);
    in->p += length;
    term_of_source(in, "", "");
    if (g_str_equal(word, "all")) { /* the word itself is written as a phrase */
        in->more = true;
        g_string_append_c(in->sql, '1');
        return true;
    }
    return text_term(in, word, false, false);
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
    return fail(in, _("what is not to be found has a minus before it: -%s, not NOT %s"),
                *term ? term : "x", *term ? term : "x");
}

static bool
parse_and(struct parser *in)
{
    bool first = true;
    for (const char *end;;) {
        skip_space(in);
        if (at_word(in->p, "AND", &end) && (!first || is_followed(end))) {
            in->p = end; /* all terms are wanted anyway */
            skip_space(in);
            if (first || !*in->p || query_text_has(in->p, ')', &end) || at_or(in, &end))
                return fail(in, _("a term is missing"));
        }
        if (!*in->p || at_or(in, &end) ||
            (query_text_has(in->p, ')', &end) && (*in->p == ')' || in->depth)))
            break;
        if (at_word(in->p, "NOT", &end) && is_followed(end))
            return fail_not(in, end);
        if (!first)
            join(in, " AND ");
        first = false;
        if (!parse_term(in))
            return false;
    }
    return !first || fail(in, _("a term is missing"));
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
    query->sets = g_ptr_array_new_with_free_func(free_set);
    g_autoptr(GString) sources = g_string_new(NULL);
    g_autoptr(GString) match = g_string_new(NULL);
    g_autoptr(GString) title_match = g_string_new(NULL);
    g_autoptr(GString) patterns = g_string_new(NULL);
    g_autoptr(GString) title_patterns = g_string_new(NULL);
    g_autofree char *valid = g_utf8_make_valid(query->text, -1);
    struct parser in = {.p = valid,
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
            ok = fail(&in, _("unexpected '%c'"), *in.p);
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
    g_ptr_array_unref(query->sets);
    g_ptr_array_unref(query->values);
    g_ptr_array_unref(query->source_values);
    g_strfreev(query->words);
    g_free(query);
}
