/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Details are met by their forms: what stands in the place of a %s is put into the translation. */
#include "config.h"

#include "base/detail.h"
#include "base/i18n.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char *const forms[] = {
#define DETAIL(text)  text,
#define LIBRARY(text) text,
#include "base/detail.def"
#undef DETAIL
#undef LIBRARY
};

/* The words of how a charset was decided on. */
static const char *const evidence_words[] = {
    N_("forced"), N_("declared"), N_("default"),         N_("used"),         N_("guess"),
    N_("bytes"),  N_("unknown"),  N_("byte order mark"), N_("malformed, so")};

/* What stands in the detail for each %s of a form; NULL-terminated, or NULL: it is another one. */
static char **
match(const char *form, const char *detail)
{
    g_auto(GStrv) pieces = g_strsplit(form, "%s", -1);
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    if (!g_str_has_prefix(detail, pieces[0]))
        return NULL;
    detail += strlen(pieces[0]);
    for (char **piece = pieces + 1; *piece; piece++) {
        bool last = !piece[1];
        const char *end = !last     ? strstr(detail, *piece)
                          : **piece ? g_strrstr(detail, *piece)
                                    : detail + strlen(detail);
        if (!end || (last && strlen(end) != strlen(*piece)))
            return NULL;
        g_ptr_array_add(values, g_strndup(detail, (gsize)(end - detail)));
        detail = end + strlen(*piece);
    }
    g_ptr_array_add(values, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&values), FALSE);
}

/* The form with the values for its %s, or %2$s, where a language has another order. */
static char *
put(const char *form, char *const *values)
{
    GString *out = g_string_new(NULL);
    guint next = 0, all = g_strv_length((char **)values);
    for (const char *p = form; *p; p++) {
        bool numbered = p[0] == '%' && g_ascii_isdigit(p[1]) && p[2] == '$' && p[3] == 's';
        if (numbered || (p[0] == '%' && p[1] == 's')) {
            guint which = numbered ? (guint)(p[1] - '1') : next++;
            g_string_append(out, which < all ? values[which] : "");
            p += numbered ? 3 : 1;
        } else {
            g_string_append_c(out, *p);
        }
    }
    return g_string_free(out, FALSE);
}

static const char *
evidence_word(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(evidence_words); i++)
        if (g_str_equal(evidence_words[i], word))
            return gettext(evidence_words[i]);
    return word;
}

/* "http: gbk" or "used: gbk (guess)": the words before the colon and in brackets are ours. */
static char *
evidence_piece(const char *piece)
{
    const char *colon = strstr(piece, ": "),
               *open = g_str_has_suffix(piece, ")") ? g_strrstr(piece, " (") : NULL;
    if (!colon)
        return g_strdup(piece);
    g_autofree char *kind = g_strndup(piece, (gsize)(colon - piece));
    if (!open || open < colon)
        return g_strdup_printf(_("%s: %s"), evidence_word(kind), colon + 2);
    g_autofree char *value = g_strndup(colon + 2, (gsize)(open - colon - 2)),
                    *why = g_strndup(open + 2, strlen(open + 2) - 1);
    return g_strdup_printf(_("%s: %s (%s)"), evidence_word(kind), value, evidence_word(why));
}

char *
detail_evidence(const char *evidence)
{
    g_auto(GStrv) pieces = g_strsplit(evidence, "; ", -1);
    for (char **piece = pieces; *piece; piece++) {
        char *shown = evidence_piece(*piece);
        g_free(*piece);
        *piece = shown;
    }
    return g_strjoinv("; ", pieces);
}

/* Whether a piece of evidence says more than that the charset is this one. */
static bool
says_other(const char *piece, const char *charset)
{
    const char *colon = strstr(piece, ": ");
    return !colon || !g_str_equal(colon + 2, charset);
}

char *
detail_charset(const char *charset, const char *evidence)
{
    g_auto(GStrv) pieces = g_strsplit(evidence ? evidence : "", "; ", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *used = NULL;
    for (char **piece = pieces; *piece; piece++) {
        const char *value = *piece + strlen("used: ");
        if (!g_str_has_prefix(*piece, "used: "))
            continue;
        used = g_str_has_suffix(*piece, ")") ? g_strrstr(*piece, " (") : NULL;
        if (used && ((gsize)(used - value) != strlen(charset) ||
                     strncmp(value, charset, strlen(charset)))) {
            g_autofree char *all = detail_evidence(evidence); /* it took two steps */
            return g_strdup_printf(_("%s (%s)"), charset, all);
        }
    }
    g_autofree char *why = used ? g_strndup(used + 2, strlen(used + 2) - 1) : NULL;
    for (char **piece = pieces; *piece; piece++) {
        gsize kind = strcspn(*piece, ":");
        bool decided = why && strlen(why) == kind && !strncmp(*piece, why, kind);
        if (g_str_has_prefix(*piece, "used: ") || !says_other(*piece, charset) ||
            (!decided && g_str_has_prefix(*piece, "default: ")))
            continue;
        g_autofree char *shown = evidence_piece(*piece);
        g_string_append_printf(out, "%s%s", out->len ? "; " : "", shown);
        if (decided)
            g_clear_pointer(&why, g_free);
    }
    if (why)
        g_string_prepend(out, out->len ? "; " : "");
    if (why)
        g_string_prepend(out, evidence_word(why));
    /* labels of GB are read as the largest of them */
    const char *name = g_str_equal(charset, "gbk") ? "gb18030" : charset;
    return out->len ? g_strdup_printf(_("%s (%s)"), name, out->str) : g_strdup(name);
}

/* How many of how many pages it is so of: "… (3/4)"; where that begins, else the end. */
static const char *
counts_of(const char *detail)
{
    const char *open = g_str_has_suffix(detail, ")") ? g_strrstr(detail, " (") : NULL;
    bool counts = open && strspn(open + 2, "0123456789/") + 3 == strlen(open);
    return counts ? open : detail + strlen(detail);
}

/* Whether a form has a value that is another detail, and which. */
static bool
holds_detail(const char *form, guint count, guint *which)
{
    bool first = g_str_has_prefix(form, "%s near ");
    *which = first ? 0 : count - 1;
    return count &&
           (first || g_str_has_prefix(form, "there is no ") || g_str_has_prefix(form, "line ") ||
            g_str_has_suffix(form, "JSON cannot be read: %s"));
}

/* Of some forms a value is in English, too: how a charset was decided on, another detail. */
static void
translate_value(const char *form, char **values)
{
    guint count = g_strv_length(values), which;
    char *words = NULL;
    if (holds_detail(form, count, &which))
        words = detail_shown(values[which]);
    else if (g_str_has_prefix(form, "%s malformed") || g_str_has_prefix(form, "the declaration"))
        words = detail_evidence(values[which]);
    else
        return;
    g_free(values[which]);
    values[which] = words;
}

char *
detail_shown(const char *detail)
{
    const char *whole = gettext(detail), *end = counts_of(detail);
    if (whole != detail)
        return g_strdup(whole);
    g_autofree char *own = g_strndup(detail, (gsize)(end - detail));
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_auto(GStrv) values = match(forms[i], own);
        if (!values)
            continue;
        translate_value(forms[i], values);
        g_autofree char *text = put(gettext(forms[i]), values);
        return g_strconcat(text, end, NULL);
    }
    return g_strdup(detail);
}
