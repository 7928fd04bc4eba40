/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pagers: links with numbers or words, and scripts that write them. */
#include "config.h"

#include "portal/pagination.h"
#include "base/number.h"
#include "base/regex.h"
#include "document/html.h"

#include <string.h>

#define MAX_PAGES G_MAXINT /* what a pager counts to: larger numbers are taken for it */

#define MAX_WORDS 60 /* bytes of what a link to the next page says */

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
    g_autoptr(GPtrArray) links = page_elements(page, "a link");
    for (guint i = 0; i < links->len; i++) {
        const xmlNode *node = g_ptr_array_index(links, i);
        g_autofree char *href = html_attribute(node, "href");
        if (!href || (!strstr(href, name) && *href != '?'))
            continue;
        g_autofree char *rel = html_attribute(node, "rel");
        bool next = rel && g_str_equal(rel, "next");
        if (node_is(node, "link") && !next)
            continue;
        if (!next) {
            g_autofree char *text = html_text_of_link(node);
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
    g_autoptr(GPtrArray) links = page_elements(page, "a");
    for (guint i = 0; i < links->len; i++) {
        const xmlNode *node = g_ptr_array_index(links, i);
        g_autofree char *text = html_text_of_link(node);
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

/* Whether rel, a set of words without case, has "next". */
static bool
is_rel_next(const xmlNode *node)
{
    g_autofree char *rel = html_attribute(node, "rel");
    g_auto(GStrv) words = g_strsplit_set(rel ? rel : "", " \t\r\n\f", -1);
    for (char **word = words; *word; word++)
        if (!g_ascii_strcasecmp(*word, "next"))
            return true;
    return false;
}

/* Whether a text, but for the arrows around it, is what a link to the next page of a list says. */
static bool
is_next_text(const char *text)
{
    static const char *const arrows[] = {"›", "»", ">", "→", NULL};
    static const char *const words[] = {"下一页",
                                        "下一頁",
                                        "下页",
                                        "下頁",
                                        "后一页",
                                        "次へ",
                                        "次のページ",
                                        "次ページ",
                                        "다음",
                                        "다음 페이지",
                                        "next",
                                        "next page",
                                        "older posts",
                                        "older entries",
                                        "weiter",
                                        "nächste",
                                        "nächste seite",
                                        "suivant",
                                        "suivante",
                                        "page suivante",
                                        "siguiente",
                                        "página siguiente",
                                        "próxima",
                                        "próximo",
                                        "próxima página",
                                        "seguinte",
                                        "página seguinte",
                                        "successiva",
                                        "successivo",
                                        "pagina successiva",
                                        "següent",
                                        "hurrengoa",
                                        "volgende",
                                        "volgende pagina",
                                        "nästa",
                                        "nästa sida",
                                        "neste",
                                        "neste side",
                                        "næste",
                                        "næste side",
                                        "seuraava",
                                        "seuraava sivu",
                                        "järgmine",
                                        "nākamā",
                                        "kitas",
                                        "następna",
                                        "następny",
                                        "następna strona",
                                        "další",
                                        "další stránka",
                                        "následující",
                                        "ďalšia",
                                        "ďalšia strana",
                                        "naslednja",
                                        "naslednja stran",
                                        "sljedeća",
                                        "sledeća",
                                        "следећа",
                                        "következő",
                                        "következő oldal",
                                        "următoarea",
                                        "pagina următoare",
                                        "следующая",
                                        "следующая страница",
                                        "след.",
                                        "далее",
                                        "вперед",
                                        "вперёд",
                                        "наступна",
                                        "наступна сторінка",
                                        "далі",
                                        "наступная",
                                        "следваща",
                                        "следваща страница",
                                        "келесі",
                                        "дараах",
                                        "επόμενη",
                                        "επόμενο",
                                        "sonraki",
                                        "sonraki sayfa",
                                        "التالي",
                                        "الصفحة التالية",
                                        "הבא",
                                        "העמוד הבא",
                                        "بعدی",
                                        "صفحه بعد",
                                        "अगला",
                                        "ถัดไป",
                                        "หน้าถัดไป",
                                        "trang sau",
                                        "tiếp theo",
                                        "berikutnya",
                                        "halaman berikutnya",
                                        NULL};
    if (g_strv_contains(arrows, text))
        return true;
    g_autofree char *lower = g_utf8_strdown(text, -1);
    const char *start = lower, *end = lower + strlen(lower);
    while (start < end && !g_unichar_isalnum(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start) {
        const char *last = g_utf8_prev_char(end);
        gunichar c = g_utf8_get_char(last);
        if (g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '.')
            break;
        end = last;
    }
    g_autofree char *bare = g_strndup(start, (gsize)(end - start));
    return g_strv_contains(words, bare);
}

/* What a link says, or what its arrow stands for. */
static bool
says_next(const xmlNode *link)
{
    g_autofree char *text = html_text_of_link(link);
    if (strlen(text) < MAX_WORDS && *text && is_next_text(text))
        return true;
    if (*text && g_unichar_isalnum(g_utf8_get_char(text)))
        return false;
    static const char *const names[] = {"aria-label", "title"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = html_attribute(link, names[i]);
        if (name && strlen(name) < MAX_WORDS && is_next_text(name))
            return true;
    }
    return false;
}

/*
 * By rel, else by words.  Words that lead to several pages are no pager's, but those of rows that
 * go on elsewhere.
 */
static char *
by_link(struct page *page)
{
    g_autofree char *found = NULL;
    bool several = false;
    g_autoptr(GPtrArray) links = page_elements(page, "a link");
    for (guint i = 0; i < links->len; i++) {
        const xmlNode *node = g_ptr_array_index(links, i);
        bool rel = is_rel_next(node);
        if (!rel && (several || !node_is(node, "a") || !says_next(node)))
            continue;
        g_autofree char *href = html_attribute(node, "href");
        g_autofree char *url = href && *href != '#' ? page_resolve(page, href) : NULL;
        if (!url || (page->url && g_str_equal(url, page->url)))
            continue;
        if (rel)
            return g_steal_pointer(&url);
        several = found && !g_str_equal(found, url);
        if (!found)
            found = g_steal_pointer(&url);
    }
    return several ? NULL : g_steal_pointer(&found);
}

char *
pagination_list(struct page *page)
{
    char *linked = by_link(page);
    char *numbered = linked ? linked : by_number(page);
    return numbered ? numbered : by_pager_script(page);
}
