/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Links to the same portal, or the same article, in other languages.  Known by their
 * labels and by hreflang; converters between Chinese scripts, translators and
 * accessibility versions are no editions.
 */
#include "config.h"

#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"
#include "portal/editions.h"

#include <string.h>

static const struct {
    const char *label; /* lower case, squeezed */
    const char *language;
} labels[] = {
    {"chinese version", "zh"},
    {"chinese", "zh"},
    {"中文版", "zh"},
    {"中文", "zh"},
    {"简体", "zh"},
    {"简体中文", "zh"},
    {"简体版", "zh"},
    {"китайский", "zh"},
    {"китайская версия", "zh"},
    {"繁体", "zh-Hant"},
    {"繁體", "zh-Hant"},
    {"繁體版", "zh-Hant"},
    {"繁體中文", "zh-Hant"},
    {"中文繁体", "zh-Hant"},
    {"english version", "en"},
    {"english", "en"},
    {"en", "en"},
    {"eng", "en"},
    {"英文版", "en"},
    {"英文", "en"},
    {"английский", "en"},
    {"английская версия", "en"},
    {"russian version", "ru"},
    {"russian", "ru"},
    {"русская версия", "ru"},
    {"русский", "ru"},
    {"русский язык", "ru"},
    {"ru", "ru"},
    {"рус", "ru"},
    {"俄文版", "ru"},
    {"俄文", "ru"},
    {"日本語", "ja"},
    {"japanese", "ja"},
    {"日文", "ja"},
    {"日文版", "ja"},
    {"한국어", "ko"},
    {"korean", "ko"},
    {"韩文", "ko"},
    {"韩文版", "ko"},
    {"français", "fr"},
    {"deutsch", "de"},
    {"español", "es"},
    {"العربية", "ar"},
    {"қазақша", "kk"},
    {"монгол", "mn"},
};

static const char *
language_of_label(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
        if (g_str_equal(labels[i].label, lower))
            return labels[i].language;
    return NULL;
}

/* A path deep enough to be a page of its own, not a home page. */
static const char *
scope_of(const char *url)
{
    const char *path = strstr(url, "://");
    path = path ? strchr(path + 3, '/') : NULL;
    if (!path || !path[1])
        return "home";
    static GRegex *home;
    regex_once(&home, "^/([a-z]{2,3}|english|russian|eng|index\\.[a-z]+|[a-z]{2,3}/index\\.[a-z]+|"
                      "(english|russian)/index\\.[a-z]+)/?$");
    return g_regex_match(home, path, 0, NULL) ? "home" : "article";
}

#define MAX_EDITIONS 400 /* of a page; the most languages that a site is seen in are some 300 */

static void
add(GPtrArray *editions, const char *language, const char *url)
{
    if (editions->len == MAX_EDITIONS)
        return;
    for (guint i = 0; i < editions->len; i++) {
        const struct edition_link *other = g_ptr_array_index(editions, i);
        if (g_str_equal(other->language, language))
            return;
    }
    struct edition_link *link = g_new0(struct edition_link, 1);
    *link = (struct edition_link){g_strdup(language), g_strdup(url), scope_of(url)};
    g_ptr_array_add(editions, link);
}

/* A language tag as portals write it in hreflang; NULL for none. */
static const char *
language_of_tag(const char *tag)
{
    if (!tag || !g_ascii_isalpha(*tag) || strlen(tag) > 11 || !g_ascii_strcasecmp(tag, "x-default"))
        return NULL;
    return g_ascii_strcasecmp(tag, "ch") ? tag : "zh";
}

/* What language a link leads to; NULL when it is no edition. */
static const char *
language_of_link(const xmlNode *node, const char *hreflang, const char *url)
{
    if (node_is(node, "a")) {
        g_autofree char *text = html_text_of_link(node);
        const char *language = strlen(text) <= 48 ? language_of_label(text) : NULL;
        if (!language && strstr(url, "//big5."))
            return strlen(text) <= 48 ? "zh-Hant" : NULL;
        return language ? language : strlen(text) <= 48 ? language_of_tag(hreflang) : NULL;
    }
    g_autofree char *rel = html_attribute(node, "rel");
    g_autofree char *type = html_attribute(node, "type");
    bool alternate = rel && !g_ascii_strcasecmp(rel, "alternate") && !(type && strstr(type, "xml"));
    return alternate ? language_of_tag(hreflang) : NULL;
}

void
editions_find(struct page *page, GPtrArray *editions, const char *own)
{
    g_autofree char *self = page->url ? url_identity(page->url) : NULL;
    /* links that people see know better than <link>s, which may lead to lists or homes */
    for (int kind = 0; kind <= 1; kind++) {
        g_autoptr(GPtrArray) nodes = kind ? page_elements(page, "link") : page_elements(page, "a");
        for (guint i = 0; i < nodes->len; i++) {
            const xmlNode *node = g_ptr_array_index(nodes, i);
            g_autofree char *href = html_attribute(node, "href");
            g_autofree char *hreflang = html_attribute(node, "hreflang");
            if (!hreflang && kind == 0) /* <a lang="fr">FR</a> */
                hreflang = html_attribute(node, "lang");
            const char *language = href ? language_of_link(node, hreflang, href) : NULL;
            if (!language ||
                (own && !g_ascii_strncasecmp(own, language, 2) && strlen(language) <= 2))
                continue;
            g_autofree char *url = page_resolve(page, href);
            if (!url && *href == '/' && !page->base)
                url = g_strdup(href); /* a page that is read without its URL */
            if (!url || strstr(url, "translate.google"))
                continue;
            g_autofree char *identity = url_identity(url);
            if (!self || !g_str_equal(identity, self))
                add(editions, language, url);
        }
    }
}
