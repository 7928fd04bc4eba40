/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Character references as browsers read them.  A page is gone through twice only when it holds
 * one that is to be rewritten: within a tag "&copy=1" is a parameter and no ©, so then tags have to
 * be told from text.
 */
#include "config.h"

#include "document/html-reference.h"

#include <stdbool.h>
#include <string.h>

#define NAME_LENGTH 12

/* The names of references that HTML knows without a semicolon, sorted. */
static const char *const legacy[] = {
    "AElig",  "AMP",    "Aacute", "Acirc",  "Agrave", "Aring",  "Atilde", "Auml",   "COPY",
    "Ccedil", "ETH",    "Eacute", "Ecirc",  "Egrave", "Euml",   "GT",     "Iacute", "Icirc",
    "Igrave", "Iuml",   "LT",     "Ntilde", "Oacute", "Ocirc",  "Ograve", "Oslash", "Otilde",
    "Ouml",   "QUOT",   "REG",    "THORN",  "Uacute", "Ucirc",  "Ugrave", "Uuml",   "Yacute",
    "aacute", "acirc",  "acute",  "aelig",  "agrave", "amp",    "aring",  "atilde", "auml",
    "brvbar", "ccedil", "cedil",  "cent",   "copy",   "curren", "deg",    "divide", "eacute",
    "ecirc",  "egrave", "eth",    "euml",   "frac12", "frac14", "frac34", "gt",     "iacute",
    "icirc",  "iexcl",  "igrave", "iquest", "iuml",   "laquo",  "lt",     "macr",   "micro",
    "middot", "nbsp",   "not",    "ntilde", "oacute", "ocirc",  "ograve", "ordf",   "ordm",
    "oslash", "otilde", "ouml",   "para",   "plusmn", "pound",  "quot",   "raquo",  "reg",
    "sect",   "shy",    "sup1",   "sup2",   "sup3",   "szlig",  "thorn",  "times",  "uacute",
    "ucirc",  "ugrave", "uml",    "uuml",   "yacute", "yen",    "yuml",
};

/* Names of HTML 5 that editors write; they need their semicolon. */
static const struct {
    const char *name, *text;
} newer[] = {
    {"AMP", "&amp;"}, {"COPY", "©"},   {"GT", "&gt;"},    {"LT", "&lt;"},  {"QUOT", "&quot;"},
    {"REG", "®"},     {"Tab", "\t"},   {"NewLine", "\n"}, {"ast", "*"},    {"bsol", "\\"},
    {"check", "✓"},   {"colon", ":"},  {"comma", ","},    {"commat", "@"}, {"dash", "‐"},
    {"dollar", "$"},  {"equals", "="}, {"excl", "!"},     {"grave", "`"},  {"half", "½"},
    {"horbar", "―"},  {"hyphen", "‐"}, {"incare", "℅"},   {"lbrace", "{"}, {"lbrack", "["},
    {"lowbar", "_"},  {"lpar", "("},   {"lsqb", "["},     {"male", "♂"},   {"female", "♀"},
    {"nbhy", "‑"},    {"num", "#"},    {"numero", "№"},   {"percnt", "%"}, {"period", "."},
    {"phone", "☎"},   {"plus", "+"},   {"quest", "?"},    {"rbrace", "}"}, {"rbrack", "]"},
    {"rpar", ")"},    {"rsqb", "]"},   {"semi", ";"},     {"sol", "/"},    {"star", "☆"},
    {"starf", "★"},   {"verbar", "|"}, {"vert", "|"},
};

/* The length of the longest legacy name at p; 0 if none is there. */
static gsize
legacy_length(const char *p, const char *end)
{
    gsize most = 0;
    gsize low = 0, high = G_N_ELEMENTS(legacy);
    /* those that share more and more letters with the text are a narrower and narrower range */
    for (gsize n = 0; p + n < end && n < NAME_LENGTH && g_ascii_isalnum(p[n]); n++) {
        while (low < high && (strlen(legacy[low]) <= n || legacy[low][n] < p[n]))
            low++;
        while (high > low && legacy[high - 1][n] > p[n])
            high--;
        if (low == high)
            break;
        if (!legacy[low][n + 1])
            most = n + 1;
    }
    return most;
}

/* The number of "&#1234" or "&#x4d2" at p, and where it ends; -1 if it is none. */
static gint64
number_at(const char *p, const char *end, const char **stop)
{
    const char *q = p + 2;
    bool hex = q < end && (*q == 'x' || *q == 'X');
    q += hex;
    gint64 value = -1;
    for (; q < end && (hex ? g_ascii_isxdigit(*q) : g_ascii_isdigit(*q)); q++)
        value = MIN(MAX(value, 0) * (hex ? 16 : 10) + g_ascii_xdigit_value(*q), 0x110000);
    *stop = q + (q < end && *q == ';');
    return value;
}

gsize
html_reference_at(const char *p, const char *end, gunichar *c)
{
    static const struct {
        const char *name;
        gunichar c;
    } common[] = {{"amp;", '&'},      {"nbsp;", 0xa0},     {"lt;", '<'},       {"gt;", '>'},
                  {"quot;", '"'},     {"mdash;", 0x2014},  {"ndash;", 0x2013}, {"laquo;", 0xab},
                  {"raquo;", 0xbb},   {"ldquo;", 0x201c},  {"rdquo;", 0x201d}, {"lsquo;", 0x2018},
                  {"rsquo;", 0x2019}, {"hellip;", 0x2026}, {"copy;", 0xa9},    {"bull;", 0x2022},
                  {"middot;", 0xb7},  {"rsaquo;", 0x203a}};
    if (end - p > 3 && p[1] == '#') {
        const char *stop;
        gint64 number = number_at(p, end, &stop);
        *c = (gunichar)MAX(number, 0);
        /* no control, no surrogate, and no character that is none */
        return stop[-1] == ';' && number >= ' ' && number < 0xd800 ? (gsize)(stop - p) : 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++) {
        gsize length = strlen(common[i].name);
        *c = common[i].c;
        if ((gsize)(end - p) > length && !memcmp(p + 1, common[i].name, length))
            return length + 1;
    }
    return 0;
}

/* What is to stand instead of the reference at p, and where it ends; false when it may stay. */
static bool
rewrite(const char *p, const char *end, bool in_tag, GString *out, const char **stop)
{
    gunichar known;
    if (end - p < 3 || html_reference_at(p, end, &known)) /* as nearly all are */
        return false;
    if (p[1] == '#') {
        gint64 c = number_at(p, end, stop);
        if (c < 0 || (c && c < 0xd800) || (c > 0xdfff && c < 0x110000))
            return false;
        gint64 low = 0;
        const char *after = *stop;
        if (c >= 0xd800 && c < 0xdc00 && end - after > 3 && after[0] == '&' && after[1] == '#')
            low = number_at(after, end, &after);
        bool pair = low >= 0xdc00 && low <= 0xdfff;
        if (pair)
            *stop = after;
        if (out)
            g_string_append_printf(out, "&#x%x;",
                                   pair ? (guint)(0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00))
                                        : 0xfffd);
        return true;
    }
    const char *q = p + 1;
    while (q < end && g_ascii_isalnum(*q) && q - p <= NAME_LENGTH)
        q++;
    gsize size = (gsize)(q - p - 1), length = legacy_length(p + 1, end);
    if (length && length == size && q < end && *q == ';' && g_ascii_islower(p[1]))
        return false;
    if (q < end && *q == ';') {
        for (gsize i = 0; i < G_N_ELEMENTS(newer); i++) {
            if (newer[i].name[0] != p[1] || strlen(newer[i].name) != size ||
                memcmp(newer[i].name, p + 1, size))
                continue;
            *stop = q + 1;
            if (out)
                g_string_append(out, newer[i].text);
            return true;
        }
    }
    if (!length || p[1 + length] == ';')
        return false;
    *stop = p + 1 + length;
    bool goes_on = *stop < end && (**stop == '=' || g_ascii_isalnum(**stop));
    if (in_tag && goes_on)
        return false;
    if (!in_tag && goes_on && q < end && *q == ';' && size > length) {
        /* a longer name that the parser may know: &notin; is no ¬in; */
        return false;
    }
    /* known in small letters to the parser */
    if (out && strchr("ACGLQR", p[1]) && g_ascii_isupper(p[2])) {
        g_autofree char *name = g_ascii_strdown(p + 1, (gssize)length);
        g_string_append_printf(out, "&%s;", name);
    } else if (out) {
        g_string_append_len(out, p, (gssize)length + 1);
        g_string_append_c(out, ';');
    }
    return true;
}

/* Whether anything in the text may have to be rewritten. */
static bool
has_any(const char *text, const char *end)
{
    const char *stop;
    for (const char *p = text; (p = memchr(p, '&', (gsize)(end - p))); p++)
        if (rewrite(p, end, false, NULL, &stop))
            return true;
    return false;
}

/*
 * Where the tag or comment that begins at p ends; p + 1 when it is none.  closes: whether some
 * comment may end yet.
 */
static const char *
tag_end(const char *p, const char *end, bool *closes)
{
    if (end - p > 3 && !memcmp(p, "<!--", 4)) {
        const char *close = *closes ? g_strstr_len(p + 4, end - p - 4, "-->") : NULL;
        *closes = close != NULL;
        return close ? close + 3 : p + 1;
    }
    if (end - p < 2 || (!g_ascii_isalpha(p[1]) && p[1] != '/' && p[1] != '!' && p[1] != '?'))
        return p + 1;
    char quote = 0;
    for (const char *q = p + 1; q < end; q++) {
        if (quote) {
            quote = *q == quote ? 0 : quote;
        } else if (*q == '"' || *q == '\'') {
            /* a quotation mark opens a value only behind its "=" */
            const char *before = q - 1;
            while (before > p && g_ascii_isspace(*before))
                before--;
            quote = *before == '=' ? *q : 0;
        } else if (*q == '>') {
            return q + 1;
        }
    }
    return end;
}

/* What a script or a style sheet holds is no markup: where it ends. */
static const char *
raw_end(const char *tag, const char *p, const char *end)
{
    static const char *const raw[] = {"script", "style"};
    for (gsize i = 0; i < G_N_ELEMENTS(raw); i++) {
        gsize length = strlen(raw[i]);
        if ((gsize)(end - tag) < length + 2 || g_ascii_strncasecmp(tag + 1, raw[i], length) ||
            g_ascii_isalnum(tag[1 + length]))
            continue;
        for (const char *q = p; (q = memchr(q, '<', (gsize)(end - q))); q++)
            if ((gsize)(end - q) > length + 1 && q[1] == '/' &&
                !g_ascii_strncasecmp(q + 2, raw[i], length))
                return q;
        return end;
    }
    return p;
}

static void
copy(GString *out, const char *p, const char *end, bool in_tag)
{
    while (p < end) {
        const char *at = memchr(p, '&', (gsize)(end - p)), *stop;
        g_string_append_len(out, p, (at ? at : end) - p);
        if (!at)
            return;
        if (rewrite(at, end, in_tag, out, &stop)) {
            p = stop;
        } else {
            g_string_append_c(out, '&');
            p = at + 1;
        }
    }
}

char *
html_complete_references(const char *text, gsize length, gsize *new_length)
{
    const char *end = text + length;
    if (!has_any(text, end))
        return NULL;
    GString *out = g_string_sized_new(length + 256);
    bool closes = true;
    for (const char *p = text; p < end;) {
        const char *tag = memchr(p, '<', (gsize)(end - p));
        copy(out, p, tag ? tag : end, false);
        if (!tag)
            break;
        p = tag_end(tag, end, &closes);
        copy(out, tag, p, p > tag + 1);
        const char *raw = p > tag + 1 ? raw_end(tag, p, end) : p;
        g_string_append_len(out, p, raw - p);
        p = raw;
    }
    *new_length = out->len;
    return g_string_free(out, FALSE);
}
