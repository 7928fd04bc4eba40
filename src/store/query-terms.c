/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms of queries as SQL: words and fields, and what each says of sources. */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/near.h"
#include "base/number.h"
#include "config/settings.h"
#include "store/query-parts.h"
#include "store/query-text.h"
#include "store/search.h"
#include "text/fold.h"
#include "text/street.h"

#include <string.h>

#define ZONES 86400 /* seconds: further no zone is from UTC */

static bool
fail_field(struct parser *in, const char *name)
{
    struct near best = query_text_near(name);
    g_autofree char *what = g_strdup_printf(_("unknown field '%s:'"), name),
                    *sentence = near_sentence(&best, what);
    return query_fail(in, "%s", sentence);
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
        return query_fail(
            in, _("'id:%s' is neither the number of an article nor a range of them as id:5..9"),
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
        return query_fail(in, _("'related:%s' is not the number of an article"), text);
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
        return query_fail(in, "%s", why->message);
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
        return query_fail(in, _("'address:%s' names no street"), text);
    if (!street_is_address(address))
        return query_fail(in, _("a house is missing in '%s'"), text);
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
    g_string_append(in->sql, SEARCH_LAST("crier_address(a.title, " TEXT_OF ", ?)") ")");
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
        return query_fail(in, _("'%s:' needs a value"), name);
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
        return query_fail(
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
            return query_fail(in, _("'state:%s' is not one of withdrawn, revised"), text);
        among_state(in, text);
        return true;
    }
    if (g_str_equal(name, "has")) {
        if (g_str_equal(text, "attachment"))
            g_string_append(in->sql, "a.attachments > 0");
        else if (g_str_equal(text, "date"))
            g_string_append(in->sql, "a.id IN (SELECT article FROM agenda)");
        else
            return query_fail(in, _("'has:%s' is not one of attachment, date"), text);
        among_state(in, text);
        return true;
    }
    if (g_str_equal(name, "since") || g_str_equal(name, "before")) {
        int64_t time = 0;
        bool day;
        g_autoptr(GError) why = NULL;
        if (!query_moment_or_day(text, in->now, &time, &day, &why))
            return query_fail(in, "%s", why->message);
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
            return query_fail(in, "%s", why->message);
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
            return query_fail(in, _("'lang:%s' is not a language as lang:ru, lang:zh-TW"), text);
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

/* --- what the grammar asks for ------------------------------------------------------------ */

bool
query_text_term(struct parser *in, const char *text, bool phrase)
{
    term_of_source(in, "", "");
    return text_term(in, text, phrase, false);
}

bool
query_field_term(struct parser *in, const char *name, const char *text)
{
    if (!field_term(in, name, text))
        return false;
    term_of_source(in, name, text);
    return true;
}

void
query_any_source(struct parser *in)
{
    term_of_source(in, "", "");
}
