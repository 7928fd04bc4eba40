/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Telling that an article is not there by what came instead.  What may be anything else says
 * nothing: a page that wants a login, a guard's, an empty document.
 */
#include "config.h"

#include "parse/absence.h"
#include "base/clean.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/reason.h"

#include <string.h>

#define SHORT_TEXT 300  /* weight: what says that it is not there says little else */
#define LONG_TEXT  1500 /* of a page whose very title says so */
#define LONG_LINE  200  /* bytes */
#define TEMPLATE   5    /* links that a portal's template has at least */

/* --- addresses ---------------------------------------------------------------------------- */

static bool
same_page(const char *a, const char *b)
{
    if (!g_strcmp0(a, b))
        return a != NULL;
    g_autofree char *one = a ? url_identity(a) : NULL, *other = b ? url_identity(b) : NULL;
    return one && other && g_str_equal(one, other);
}

static GUri *
parse(const char *url)
{
    return url ? g_uri_parse(url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL) : NULL;
}

enum withdrawal
absence_by_address(const char *url, const char *link, const struct parse_rules *rules)
{
    if (same_page(url, link))
        return WITHDRAWAL_NONE;
    const struct portal_section *s = rules->section;
    g_autoptr(GUri) uri = parse(url);
    bool bare = uri && (!*g_uri_get_path(uri) || g_str_equal(g_uri_get_path(uri), "/")) &&
                !g_uri_get_query(uri);
    if (bare || (rules->portal && same_page(url, rules->portal->home)) ||
        (s && same_page(url, s->edition->home)))
        return WITHDRAWAL_HOME;
    for (guint i = 0; rules->portal && i < rules->portal->sections->len; i++) {
        const struct portal_section *other = g_ptr_array_index(rules->portal->sections, i);
        if (same_page(url, other->url))
            return WITHDRAWAL_LIST;
    }
    return s && same_page(url, s->url) ? WITHDRAWAL_LIST : WITHDRAWAL_NONE;
}

/* "/a/b.html" and "/a/b/" lie in "/a/"; "/a/?id=1" in "/a/" too. */
static char *
folder_of(GUri *link)
{
    const char *path = g_uri_get_path(link);
    gsize length = strlen(path);
    if (length && path[length - 1] == '/' && !g_uri_get_query(link))
        length--;
    while (length && path[length - 1] != '/')
        length--;
    return g_strndup(path, length);
}

enum withdrawal
absence_by_folder(const char *url, const char *link)
{
    if (same_page(url, link))
        return WITHDRAWAL_NONE;
    g_autofree char *plain = url_identity(url); /* without index.html */
    g_autoptr(GUri) to = parse(plain), from = parse(link);
    if (!to || !from || g_uri_get_query(to) || g_strcmp0(g_uri_get_host(to), g_uri_get_host(from)))
        return WITHDRAWAL_NONE;
    g_autofree char *folder = folder_of(from),
                    *there = g_str_has_suffix(g_uri_get_path(to), "/")
                                 ? g_strdup(g_uri_get_path(to))
                                 : g_strconcat(g_uri_get_path(to), "/", NULL);
    return g_str_has_prefix(folder, there) ? WITHDRAWAL_LIST : WITHDRAWAL_NONE;
}

/* --- words -------------------------------------------------------------------------------- */

#define ABSENCE(language, hints, words) words "|"
static const char *const pattern = "^[\\s\\W]*(?:"
#include "parse/absence.def"
                                   "404)(?:[\\s\\W\\d]*|\\s*[-|–—_:(,，.。!！].*)$";
#undef ABSENCE

static const char *const hints[] = {
#define ABSENCE(language, hints, words) hints,
#include "parse/absence.def"
#undef ABSENCE
};

static bool
has_hint(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(hints); i++) {
        g_auto(GStrv) words = g_strsplit(hints[i], "|", -1);
        for (char **word = words; *word; word++)
            if (strstr(text, *word))
                return true;
    }
    return false;
}

bool
absence_is_said(const char *line)
{
    static GRegex *whole;
    if (!*line || strlen(line) >= LONG_LINE || !has_hint(line))
        return false;
    regex_once(&whole, pattern);
    return g_regex_match(whole, line, 0, NULL);
}

/* The weight of a text, or LONG_TEXT when it is certainly more. */
static guint
weight_of(const struct article *article)
{
    const GPtrArray *blocks = article->document->blocks;
    gsize bytes = 0;
    for (guint i = 0; i < blocks->len; i++)
        bytes += ((const struct block *)g_ptr_array_index(blocks, i))->content.text->len;
    if (bytes > 3 * LONG_TEXT) /* a letter weighs 1, and has 3 bytes at most */
        return LONG_TEXT;
    g_autofree char *plain = document_plain(article->document);
    return features_text_weight(plain, NULL);
}

bool
absence_is_possible(const struct article *article, const char *source)
{
    guint weight = article ? weight_of(article) : 0;
    bool titled = article && article->title && weight < LONG_TEXT;
    return (weight < SHORT_TEXT && (!article || has_hint(source))) ||
           (titled && absence_is_said(article->title));
}

/* Whether a line of a text does nothing but say so. */
static bool
is_said_in_text(const struct article *article)
{
    g_autofree char *plain = document_plain(article->document);
    g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);
    for (char **line = lines; *line; line++)
        if (strlen(*line) < LONG_LINE && absence_is_said(g_strstrip(*line)))
            return true;
    return false;
}

/* Whether a line of elements of a page does. */
static bool
is_said_in(const GPtrArray *elements)
{
    for (guint i = 0; i < elements->len; i++) {
        const xmlNode *element = g_ptr_array_index(elements, i);
        for (const xmlNode *child = element->children; child; child = child->next) {
            if (child->type != XML_TEXT_NODE || strlen((const char *)child->content) >= LONG_LINE)
                continue;
            g_autofree char *line = text_squeeze((const char *)child->content, -1);
            if (absence_is_said(line))
                return true;
        }
    }
    return false;
}

bool
absence_is_barred(struct page *page)
{
    g_autoptr(GPtrArray) inputs = page_elements(page, "input");
    for (guint i = 0; i < inputs->len; i++) {
        g_autofree char *type = html_attribute(g_ptr_array_index(inputs, i), "type");
        if (type && !g_ascii_strcasecmp(type, "password"))
            return true;
    }
    return page_is_refusal(page);
}

enum withdrawal
absence_by_page(struct page *page, const struct article *article)
{
    guint weight = article ? weight_of(article) : 0;
    if (!page_root(page) || absence_is_barred(page))
        return WITHDRAWAL_NONE;
    if (article && article->title && weight < LONG_TEXT && absence_is_said(article->title))
        return WITHDRAWAL_SAYS;
    /* beside a text others may say it of something else: of a comment, say */
    g_autoptr(GPtrArray) heads = page_elements(page, "title h1 h2");
    g_autoptr(GPtrArray) all = page_elements(page, "h3 h4 p div span b strong td center font");
    bool said = is_said_in(heads) || (weight ? is_said_in_text(article) : is_said_in(all));
    if (weight < SHORT_TEXT && said)
        return WITHDRAWAL_SAYS;
    g_autoptr(GPtrArray) links = page_elements(page, "a");
    return !article && links->len >= TEMPLATE ? WITHDRAWAL_BARE : WITHDRAWAL_NONE;
}
