/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feed discovery: feeds that are announced, those of a certain type before those that may be any
 * XML; then links whose address, words or picture say that they lead to one; feeds of comments
 * last.
 */
#include "config.h"

#include "portal/discover.h"
#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"

#include <string.h>

#define MAX_WORDS     60 /* bytes of a link's text that may be the name of a feed */
#define RANK_CALENDAR 6
/* A page that links more calendars than this has one for each event, to be put into one's own. */
#define MAX_CALENDARS 3

static void
discovered_free(gpointer data)
{
    struct discovered *feed = data;
    g_free(feed->url);
    g_free(feed->title);
    g_free(feed);
}

static bool
is_of_comments(const char *url, const char *title)
{
    static GRegex *address, *words;
    regex_once(
        &address,
        "/comments?(?:/|\\.(?:rss|xml|atom)|$)|[/?&=_-]comments?(?:[_-]?(?:rss|feed|atom))|(?:rss|feed|"
        "atom)[=/_-]comments?|/replies/|"
        "showcomments|commentrss|wp-commentsrss");
    regex_once(
        &words,
        "comment|коммент|отзыв|评论|評論|留言|回复|回應|kommentar|commentaire|comentario|comentário|commenti|comentari|reacties|"
        "komentarz|komentář|коментар|yorumlar|コメント|댓글|bình luận|σχόλι|تعليق");
    return g_regex_match(address, url, 0, NULL) || (title && g_regex_match(words, title, 0, NULL));
}

/* Takes title. */
static void
add(GPtrArray *feeds, struct page *page, const char *href, char *title, int rank)
{
    g_autofree char *url = href ? page_resolve(page, href) : NULL;
    g_autofree char *name = title ? text_squeeze(title, -1) : NULL;
    g_free(title);
    bool bad = !url;
    for (guint i = 0; i < feeds->len && !bad; i++)
        bad = g_str_equal(((const struct discovered *)g_ptr_array_index(feeds, i))->url, url);
    if (bad)
        return;
    struct discovered *feed = g_new0(struct discovered, 1);
    bool comments = is_of_comments(url, name);
    *feed = (struct discovered){g_steal_pointer(&url),
                                name && *name ? g_steal_pointer(&name) : NULL, comments,
                                rank == RANK_CALENDAR, rank};
    g_ptr_array_add(feeds, feed);
}

/* --- what is announced ---------------------------------------------------------------------- */

/*
 * Whether one of the words of an attribute is `word`; both without regard to ASCII case (HTML
 * 4.6.7).
 */
static bool
has_token(const char *attribute, const char *word)
{
    g_auto(GStrv) tokens = g_strsplit_set(attribute, " \t\r\n\f", -1);
    for (char **token = tokens; *token; token++)
        if (!g_ascii_strcasecmp(*token, word))
            return true;
    return false;
}

/* How surely a media type is one of feeds: 1 it is, 2 it may be, 0 it is not. */
static int
rank_of_type(const char *type)
{
    static const char *const any[] = {"text/xml",  "application/xml",   "application/json",
                                      "text/json", "application/x-xml", NULL};
    g_autofree char *bare = g_ascii_strdown(type, (gssize)strcspn(type, ";"));
    g_strstrip(bare);
    if (strstr(bare, "rss") || strstr(bare, "atom") || strstr(bare, "feed+json") ||
        strstr(bare, "rdf"))
        return 1;
    if (g_str_equal(bare, "text/calendar"))
        return 3;
    return g_strv_contains(any, bare) ? 2 : 0;
}

static bool
looks_like_feed(const char *href)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "(^|[/._?=&-])(rss|feeds?|atom|rdf)([0-9]*)([/._?=&-]|$|\\.xml)|\\.(?:rss|rdf|atom)(?:[?#]|$)"),
        href, 0, NULL);
}

static void
take_link(GPtrArray *feeds, struct page *page, const xmlNode *node)
{
    g_autofree char *rel = html_attribute(node, "rel"), *type = html_attribute(node, "type"),
                    *href = html_attribute(node, "href");
    bool alternate = rel && has_token(rel, "alternate") && !has_token(rel, "stylesheet"),
         feed = rel && has_token(rel, "feed");
    if (!href || (!alternate && !feed))
        return;
    int rank = type ? rank_of_type(type) : feed ? 1 : looks_like_feed(href) ? 2 : 0;
    if (rank)
        add(feeds, page, href, html_attribute(node, "title"), rank);
}

/* --- what is linked ------------------------------------------------------------------------- */

static bool
says_feed(const char *words)
{
    static GRegex *regex;
    return *words && strlen(words) <= MAX_WORDS &&
           g_regex_match(
               regex_once(
                   &regex,
                   "\\b(?:rss|atom|feeds?|rss-?feed|xml)\\b|newsfeed|rss-?лент|лента новостей|лента rss|подпис|订阅|訂閱|訂阅|聚合|"
                   "フィード|購読|구독|nachrichtenfeed|fil rss|flux|canale? rss|abonnier"),
               words, 0, NULL);
}

/* What a link says of itself: its text, its title, its picture. */
static char *
words_of(const xmlNode *link)
{
    static const char *const attributes[] = {"title", "aria-label", "class"};
    g_autofree char *text = html_text(link);
    if (*text)
        return g_steal_pointer(&text);
    g_autoptr(GString) all = g_string_new(NULL);
    for (const xmlNode *node = link; node; node = node_next(node, link)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
            g_autofree char *value = html_attribute(node, attributes[i]);
            if (value)
                g_string_append_printf(all, "%s ", value);
        }
        g_autofree char *alt = node_is(node, "img") ? html_attribute(node, "alt") : NULL;
        g_autofree char *src = node_is(node, "img") ? html_attribute(node, "src") : NULL;
        g_string_append_printf(all, "%s %s ", alt ? alt : "", src ? src : "");
    }
    g_string_truncate(all, MIN(all->len, MAX_WORDS));
    return g_utf8_make_valid(all->str, -1);
}

static void
take_anchor(GPtrArray *feeds, struct page *page, const xmlNode *node)
{
    g_autofree char *href = html_attribute(node, "href");
    if (!href || !*href || *href == '#')
        return;
    g_autofree char *type = html_attribute(node, "type"), *words = words_of(node);
    bool typed = type && rank_of_type(type) == 1, by_address = looks_like_feed(href),
         by_words = says_feed(words);
    if (!typed && !by_address && !by_words)
        return;
    /* "XML" and "subscribe" are said of other things too: what the address confirms comes first */
    add(feeds, page, href, html_text(node),
        typed || (by_address && by_words) ? 3
        : by_address                      ? 4
                                          : 5);
}

/* The address of a calendar that one may subscribe to ("webcal:"), as it is requested. */
static char *
calendar_address(const struct page *page, const xmlNode *link)
{
    g_autofree char *href = html_attribute(link, "href"), *type = html_attribute(link, "type");
    if (!href)
        return NULL;
    bool plain = page->url && !g_ascii_strncasecmp(page->url, "http:", 5);
    if (!g_ascii_strncasecmp(href, "webcal://", 9) || !g_ascii_strncasecmp(href, "webcals://", 10))
        return g_strconcat(plain ? "http" : "https", strstr(href, "://"), NULL);
    return type && rank_of_type(type) == 3 ? g_steal_pointer(&href) : NULL;
}

static void
take_calendars(GPtrArray *feeds, struct page *page)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new(); /* const xmlNode *, borrowed */
    for (const xmlNode *node = page_root(page); node && links->len <= MAX_CALENDARS;
         node = node_next(node, NULL)) {
        g_autofree char *address = node_is(node, "a area") ? calendar_address(page, node) : NULL;
        if (address)
            g_ptr_array_add(links, (gpointer)node);
    }
    for (guint i = 0; i < links->len && links->len <= MAX_CALENDARS; i++) {
        const xmlNode *link = g_ptr_array_index(links, i);
        g_autofree char *address = calendar_address(page, link);
        add(feeds, page, address, html_text(link), RANK_CALENDAR);
    }
}

static int
by_rank(gconstpointer a, gconstpointer b)
{
    const struct discovered *x = *(const struct discovered *const *)a,
                            *y = *(const struct discovered *const *)b;
    return x->comments != y->comments ? x->comments - y->comments : x->rank - y->rank;
}

GPtrArray *
discover_feeds(struct page *page)
{
    GPtrArray *feeds = g_ptr_array_new_with_free_func(discovered_free);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL))
        if (node_is(node, "link"))
            take_link(feeds, page, node);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL))
        if (node_is(node, "a area"))
            take_anchor(feeds, page, node);
    take_calendars(feeds, page);
    g_ptr_array_sort(feeds, by_rank); /* GLib's sort is stable */
    return feeds;
}
