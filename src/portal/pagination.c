/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pagers: links with numbers or words, and scripts that write them. */
#include "config.h"

#include "portal/pagination.h"
#include "base/number.h"
#include "base/regex.h"
#include "document/html.h"

#include <string.h>

#define MAX_PAGES G_MAXINT /* what a pager counts to: larger numbers are taken for it */

/* --- pagers written by a script ------------------------------------------------------- */

/*
 * createPageHTML(pages, current from 0, "index", "html"), where page k is index_k.html, and
 * createPageHTML("div", pages, current from 1, "list", "shtml", rows), where it is list_k.shtml.
 */
static char *
by_pager_script(struct page *page)
{
    static GRegex *from_zero, *from_one;
    regex_once(
        &from_zero,
        "createPageHTML\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*['\"]([^'\"]+)['\"]\\s*,\\s*['\"](\\w+)['\"]");
    regex_once(
        &from_one,
        "createPageHTML\\s*\\(\\s*['\"][^'\"]*['\"]\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*['\"]([^'\"]+)['\"]\\s*,\\s*['\"](\\w+)['\"]");
    static GRegex **const kinds[] = {&from_zero, &from_one};
    for (int kind = 0; kind < 2; kind++) {
        g_autoptr(GMatchInfo) match = NULL;
        if (!strstr(page->source, "createPageHTML") ||
            !g_regex_match(*kinds[kind], page->source, 0, &match))
            continue;
        g_autofree char *pages = g_match_info_fetch(match, 1),
                        *current = g_match_info_fetch(match, 2);
        g_autofree char *base = g_match_info_fetch(match, 3),
                        *extension = g_match_info_fetch(match, 4);
        gint64 now = 0, all = 0;
        number_prefix(current, MAX_PAGES, &now, NULL);
        number_prefix(pages, MAX_PAGES, &all, NULL);
        gint64 next = now + 1;
        if (next - kind >= all)
            return NULL;
        g_autofree char *name =
            g_strdup_printf("%s_%" G_GINT64_FORMAT ".%s", base, next, extension);
        return page_resolve(page, name);
    }
    return NULL;
}

/* --- parts of an article ------------------------------------------------------------ */

/* A URL without fragment and extension. */
static char *
bare(const char *url)
{
    char *plain = g_strndup(url, strcspn(url, "#?"));
    char *dot = strrchr(plain, '.');
    if (dot && dot > strrchr(plain, '/') && strlen(dot) <= 6)
        *dot = '\0';
    g_autofree char *path = plain;
    const char *query = strchr(url, '?');
    return g_strconcat(path, query ? query : "", NULL);
}

/* "…/a" and 2 from "…/a_2.html" or "…/a.html?page=2"; 0 and the bare URL when it names no part. */
static char *
stem_of(const char *url, int *number)
{
    static GRegex *query, *suffix;
    regex_once(&query, "^(.*)[?&](?:page|p|pn|pageno|pagenum|curpage)=(\\d{1,3})$");
    regex_once(&suffix, "^(.*[^/_-])(?:[_-]|/p?)(\\d{1,2})/?$");
    g_autofree char *plain = g_strndup(url, strcspn(url, "#"));
    g_autofree char *naked = bare(plain);
    static GRegex **const kinds[] = {&query, &suffix};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(GMatchInfo) match = NULL;
        if (!g_regex_match(*kinds[i], i == 0 ? plain : naked, 0, &match))
            continue;
        g_autofree char *digits = g_match_info_fetch(match, 2);
        g_autofree char *stem = g_match_info_fetch(match, 1);
        gint64 part = 0;
        number_prefix(digits, MAX_PAGES, &part, NULL);
        *number = (int)part;
        return bare(stem);
    }
    *number = 0;
    return g_steal_pointer(&naked);
}

/*
 * Whether a link's words are those of a pager: "2", "【2】", "next page", but not "the next article".
 */
static bool
is_pager_text(const char *text)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "^[\\s<>»›\\[\\]【】()（）第]*(?:[2-9]|\\d{2}|下一?页|下一頁|后一?页|next(?: page)?|следующая(?: страница)?|далее|weiter|nächste(?: seite)?)"
        "[\\s<>»›\\[\\]【】()（）页]*$");
    return g_regex_match(regex, text, 0, NULL);
}

char *
pagination_part(struct page *page, const char *first)
{
    if (!page->url)
        return NULL;
    /* parts are named after the first: a.html, a_2.html, or a_1.html, a_2.html */
    int own, of_first, number;
    g_autofree char *whole = bare(first ? first : page->url);
    g_autofree char *stem = stem_of(first ? first : page->url, &of_first);
    g_free(stem_of(page->url, &own));
    bool at_first = !first || g_str_equal(first, page->url);
    if (at_first)
        own = of_first == 1 ? 1 : 0;
    /* what the parts' addresses have in common, for a quick look */
    const char *slash = strrchr(of_first == 1 ? stem : whole, '/');
    g_autofree char *name = g_strndup(slash ? slash + 1 : "", slash ? strcspn(slash + 1, "?") : 0);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "a link"))
            continue;
        g_autofree char *href = html_attribute(node, "href");
        if (!href || (!strstr(href, name) && *href != '?'))
            continue;
        g_autofree char *rel = html_attribute(node, "rel");
        bool next = rel && g_str_equal(rel, "next");
        if (node_is(node, "link") && !next)
            continue;
        if (!next) {
            g_autofree char *text = html_text(node);
            if (strlen(text) > 40 || !is_pager_text(text))
                continue;
        }
        g_autofree char *url = page_resolve(page, href);
        g_autofree char *other = url ? stem_of(url, &number) : NULL;
        if (!other || !number ||
            !(g_str_equal(other, whole) || (of_first == 1 && g_str_equal(other, stem))))
            continue;
        /* the second of a portal that counts from 0 is a_1.html */
        if (number == own + 1 || (own == 0 && number == 2))
            return g_steal_pointer(&url);
    }
    g_autofree char *written = by_pager_script(page);
    g_autofree char *of = written ? stem_of(written, &number) : NULL;
    return of && g_str_equal(of, whole) ? g_steal_pointer(&written) : NULL;
}

/* --- pages of a list ---------------------------------------------------------------- */

/*
 * "2" on the first page of a list, "3" on the second: the link that bears the next number and leads
 * to its like.
 */
static char *
by_number(struct page *page)
{
    int own, number;
    g_autofree char *stem = page->url ? stem_of(page->url, &own) : NULL;
    g_autofree char *whole = page->url ? bare(page->url) : NULL;
    if (!stem)
        return NULL;
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "a"))
            continue;
        g_autofree char *text = html_text(node);
        gint64 shown;
        if (strlen(text) > 3 || !g_ascii_string_to_signed(text, 10, 2, 999, &shown, NULL))
            continue;
        g_autofree char *href = html_attribute(node, "href");
        g_autofree char *url = href ? page_resolve(page, href) : NULL;
        g_autofree char *other = url ? stem_of(url, &number) : NULL;
        if (!other || !number)
            continue;
        /*
         * the second page of "news/" may be "news/index_2.html"; what is on its own page names no
         * number
         */
        bool first = g_str_equal(other, whole) || (g_str_has_prefix(other, whole) &&
                                                   g_str_equal(other + strlen(whole), "index"));
        bool later = own && g_str_equal(other, stem);
        if ((first && shown == 2) || (later && number == own + 1))
            return g_steal_pointer(&url);
    }
    return NULL;
}

char *
pagination_list(struct page *page)
{
    static const char *const words[] = {
        "下一页", "下一頁",        "下页",  "next",  "next page", "next >",
        "next »", "следующая",     "след.", "далее", "вперед",    "вперёд",
        "weiter", "nächste seite", "›",     "»",     ">",         NULL};
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "a link"))
            continue;
        g_autofree char *rel = html_attribute(node, "rel");
        bool next = rel && g_str_equal(rel, "next");
        if (!next) {
            if (!node_is(node, "a"))
                continue;
            g_autofree char *text = html_text(node);
            g_autofree char *lower = strlen(text) < 40 ? g_utf8_strdown(text, -1) : NULL;
            if (!lower || !g_strv_contains(words, lower))
                continue;
        }
        g_autofree char *href = html_attribute(node, "href");
        g_autofree char *url = href && *href != '#' ? page_resolve(page, href) : NULL;
        if (url && (!page->url || !g_str_equal(url, page->url)))
            return g_steal_pointer(&url);
    }
    char *numbered = by_number(page);
    return numbered ? numbered : by_pager_script(page);
}
