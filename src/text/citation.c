/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding numbers of documents by the forms of a language. */
#include "config.h"

#include "text/citation.h"
#include "base/regex.h"
#include "text/cues.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/script.h"

#include <string.h>

#define LINES_OF_HEAD 12 /* in which a text says its own number */
#define BESIDE        18 /* letters that may stand in a line beside it: a day, a place */

struct form {
    const char *language, *key, *pattern;
};

#define FORM(language, key, pattern) {language, key, pattern},
static const struct form forms[] = {
#include "text/citation.def"
};
#undef FORM

/*
 * What stands before a number in Chinese and is no part of who gives it: wherever it stands, and
 * what may also be part of a name.
 */
static const char *const leading[] = {
    "根据", "按照", "依据", "依照", "参照", "关于", "执行", "印发", "贯彻", "落实", "转发",
    "废止", "修改", "修订", "延长", "以及", "文件", "公布", "标准", "按",   "由",   "据"};
static const char *const first[] = {"以", "即", "见", "和", "与", "及", "的", "原", "经", "将"};

static const GRegex *
regex_of(size_t form)
{
    static GRegex *compiled[G_N_ELEMENTS(forms)];
    if (g_once_init_enter(&compiled[form])) {
        g_autoptr(GError) error = NULL;
        GRegex *made =
            g_regex_new(forms[form].pattern, G_REGEX_CASELESS | G_REGEX_DUPNAMES, 0, &error);
        if (!made)
            g_error("text/citation.def: %s: %s", forms[form].pattern, error->message);
        g_once_init_leave(&compiled[form], made);
    }
    return compiled[form];
}

/* --- a key ------------------------------------------------------------------------------- */

/* Who gives a number, without the words before it. */
static const char *
bare_org(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(leading); i++) {
        const char *last = g_strrstr(text, leading[i]),
                   *after = last ? last + strlen(leading[i]) : text;
        if (g_utf8_strlen(after, -1) >= 2)
            text = after;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
        if (g_str_has_prefix(text, first[i]) && g_utf8_strlen(text, -1) > 3)
            return text + strlen(first[i]);
    return text;
}

/* A group as keys have it: days as 2025-03-12, dashes alike, without case and blanks. */
static char *
group(const GMatchInfo *match, const char *name)
{
    g_autofree char *text = g_match_info_fetch_named(match, name);
    struct date date;
    if (!text)
        return g_strdup("");
    if (g_str_equal(name, "date") && date_parse(text, DATE_AT(0), &date)) {
        char *day = date_iso(&date);
        day[MIN(strlen(day), 10u)] = '\0';
        return day;
    }
    g_autofree char *folded = text_search_form(bare_org(text));
    GString *out = g_string_new(folded);
    g_string_replace(out, "–", "-", 0);
    g_string_replace(out, " ", g_str_equal(name, "kind") ? "-" : "", 0);
    while (out->len && strchr(".-/", out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

static char *
key_of(const struct form *form, const GMatchInfo *match)
{
    GString *key = g_string_new(NULL);
    for (const char *p = form->key; *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (!end) {
            g_string_append_c(key, *p++);
            continue;
        }
        g_autofree char *name = g_strndup(p + 1, (gsize)(end - p - 1)), *text = group(match, name);
        g_string_append(key, text);
        p = end + 1;
    }
    return g_string_free(key, FALSE);
}

/* --- whose it is --------------------------------------------------------------------------- */

/* Whether a label right before a place says that what follows is the number of the text. */
static bool
is_labelled(const char *text, gsize start)
{
    static const char *const labels[] = {"发文字号", "文号",     "公文字号",
                                         "文件编号", "发布文号", "字号"};
    gsize at = start;
    while (at && strchr(" \t:", text[at - 1]))
        at--;
    if (at >= 3 && !memcmp(text + at - 3, "：", 3))
        at -= 3;
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        gsize length = strlen(labels[i]);
        if (at >= length && !memcmp(text + at - length, labels[i], length))
            return true;
    }
    return false;
}

/* Whether a line speaks of changing or ending another document before a place in it. */
static bool
is_of_another(const char *line, gsize length)
{
    static GRegex *changes;
    g_autofree char *before = g_strndup(line, length);
    return g_regex_match(
        regex_once(
            &changes,
            "изменени|дополнени|отмен|утративш|исполнени|соответстви|修改|修订|废止|印发|转发|落实|执行|贯彻|根据|amend|repeal|rescind|pursuant|under|змін|скасуван|延长|Änderung|modifi|abrog|modific|derog"),
        before, 0, NULL);
}

/* Whether it stands in a line at the head of the text with hardly anything beside it. */
static bool
is_of_head(const char *text, gsize start, gsize end)
{
    guint lines = 0;
    gsize line = 0;
    for (gsize i = 0; i < start; i++) {
        if (text[i] != '\n')
            continue;
        lines += i > line; /* that are not empty */
        line = i + 1;
    }
    gsize length = strcspn(text + line, "\n");
    glong beside = g_utf8_strlen(text + line, (gssize)(start - line)) +
                   g_utf8_strlen(text + end, (gssize)(line + length - end));
    if (memchr(text + line, '\t', length))
        return false; /* a row of a list */
    bool stops = length && strchr(".;", text[line + length - 1]);
    bool stops_cjk = length >= 3 && !memcmp(text + line + length - 3, "。", 3);
    return lines < LINES_OF_HEAD && beside <= BESIDE && !stops && !stops_cjk &&
           !is_of_another(text + line, start - line);
}

/* --- a text -------------------------------------------------------------------------------- */

void
citation_free(struct citation *citation)
{
    g_free(citation->key);
    g_free(citation->shown);
    g_free(citation);
}

static void
free_citation(gpointer data)
{
    citation_free(data);
}

static struct citation *
citation_new(char *key, char *shown, bool own)
{
    struct citation *citation = g_new(struct citation, 1);
    *citation = (struct citation){key, shown, own};
    return citation;
}

void
citations_add(GPtrArray *out, struct citation *citation)
{
    for (guint i = 0; i < out->len; i++) {
        struct citation *other = g_ptr_array_index(out, i);
        if (!strcmp(other->key, citation->key)) {
            other->own |= citation->own;
            citation_free(citation);
            return;
        }
    }
    g_ptr_array_add(out, citation);
}

static void
take_match(GPtrArray *out, const struct form *form, const GMatchInfo *match, const char *text,
           bool title)
{
    int start, end;
    g_match_info_fetch_pos(match, 0, &start, &end);
    g_autofree char *org = g_match_info_fetch_named(match, "org");
    if (org) /* what stands before it says whose it is */
        start += (int)(bare_org(org) - org);
    bool own = (title && !is_of_another(text, (gsize)start)) || is_labelled(text, (gsize)start) ||
               (!title && is_of_head(text, (gsize)start, (gsize)end));
    citations_add(out, citation_new(key_of(form, match), g_match_info_fetch(match, 0), own));
}

/* Those that begin from one place on and before another; a number may go on in the next line. */
static void
look(GPtrArray *out, size_t number, const char *text, bool title, gsize from, gsize until)
{
    gsize next = text[until] ? until + 1 + strcspn(text + until + 1, "\n") : until;
    g_autoptr(GMatchInfo) match = NULL;
    g_regex_match_full(regex_of(number), text, (gssize)next, (int)from, 0, &match, NULL);
    for (int start; g_match_info_matches(match) && out->len < CITATION_MAX;
         g_match_info_next(match, NULL)) {
        if (!g_match_info_fetch_pos(match, 0, &start, NULL) || (gsize)start >= until)
            return;
        take_match(out, &forms[number], match, text, title);
    }
}

/* Nearly all lines have none: the signs that every number of a language has with it. */
static bool
may_hold(const char *text, const char *language)
{
    if (g_str_equal(language, "zh")) {
        for (const char *p = text; (p = strstr(p, "号")); p += strlen("号"))
            if (p > text && g_ascii_isdigit(p[-1]))
                return true;
        return false;
    }
    if (g_str_equal(language, "ru") || g_str_equal(language, "uk"))
        return strstr(text, "№") || strstr(text, "-ФЗ") || strstr(text, " N ");
    /* the others announce a number, or join its parts: "No. 12", "2024-17" */
    static const char *const announced[] = {"No.",  "No ",   "Nos",   "Number", "Nr",   "n°",
                                            "nº",   "N°",    "Nº",    "№",      "#",    "plan",
                                            "Satz", "Besch", "Druck", "Vorl",   "Verg", "Akten"};
    bool any = false;
    for (const char *p = text; (p = strpbrk(p, "0123456789")); p++) {
        any = true;
        if (p[1] == '-' || p[1] == '/' || g_str_has_prefix(p + 1, "–"))
            return true;
    }
    for (size_t i = 0; any && i < G_N_ELEMENTS(announced); i++)
        if (strstr(text, announced[i]))
            return true;
    return false;
}

/* Which forms a line may have: its words are looked for. */
static const struct cues *
form_cues(void)
{
    static struct cues *made;
    if (g_once_init_enter(&made)) {
        struct cues *cues = cues_new();
        for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
            cues_add(cues, (guint)i, forms[i].pattern);
        g_once_init_leave(&made, cues);
    }
    return made;
}

static void
look_in_lines(GPtrArray *out, const char *text, bool title, const char *language)
{
    for (gsize from = 0, until; text[from]; from = until + (text[until] != '\0')) {
        until = from + strcspn(text + from, "\n");
        g_autofree char *line = g_strndup(text + from, until - from);
        if (!may_hold(line, language))
            continue;
        bool found[G_N_ELEMENTS(forms)] = {false};
        cues_find(form_cues(), line, found);
        for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
            if (found[i] && !strcmp(forms[i].language, language))
                look(out, i, text, title, from, until);
    }
}

GPtrArray *
citations_find(const char *title, const char *text, const char *tag)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(free_citation);
    g_autofree char *language = script_language(tag, text);
    if (!language)
        return out;
    look_in_lines(out, title, true, language);
    if (may_hold(text, language))
        look_in_lines(out, text, false, language);
    return out;
}

/* --- a number that is stated --------------------------------------------------------------- */

#define LONGEST_STATED 120 /* bytes: what is longer is no number */

/* The same however it is written, of one place and year. */
static char *
stated_key(const char *number, const char *place, int year)
{
    g_autofree char *folded = text_search_form(number);
    GString *key = g_string_new(place);
    g_string_append_printf(key, "/%d/", year);
    for (const char *p = folded; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)) || strchr("-/.", *p))
            g_string_append_unichar(key, g_utf8_get_char(p));
    return g_string_free(key, FALSE);
}

struct citation *
citation_stated(const char *number, const char *tag, const char *place, int year)
{
    if (!strpbrk(number, "0123456789") || strlen(number) > LONGEST_STATED)
        return NULL;
    g_autofree char *language = script_language(tag, number);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(free_citation);
    if (language)
        look_in_lines(found, number, true, language);
    if (found->len) {
        struct citation *own = g_ptr_array_steal_index(found, 0);
        own->own = true;
        return own;
    }
    return citation_new(stated_key(number, place, year), g_strdup(number), true);
}
