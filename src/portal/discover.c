/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feed discovery: feeds that are announced, those of a certain type before those that may be any
 * XML; then links whose address, words or picture say that they lead to one; feeds of comments
 * last.  A feed that is there as RSS and as Atom is one feed and its copy.
 */
#include "config.h"

#include "portal/discover.h"
#include "base/clean.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"

#include <string.h>

#define MAX_WORDS 60  /* bytes of a link's text that may be the name of a feed */
#define MAX_FEEDS 500 /* of a page: more are no choice for anybody */
#define MAX_NODES 40  /* around a link, of what may name its feed */
#define MAX_NAME  100 /* bytes of that */

#define RANK_CALENDAR 6
/* A page that links more calendars than this has one for each event, to be put into one's own. */
#define MAX_CALENDARS 3

/* In the order in which one of them is preferred to the others that say the same. */
enum format { FORMAT_ATOM, FORMAT_RSS, FORMAT_JSON, FORMAT_RDF, FORMAT_UNKNOWN };

/* What is being found. */
struct search {
    struct page *page;
    GPtrArray *feeds;
    GHashTable *seen;  /* url_identity() of what is in feeds */
    GHashTable *bests; /* what one is about -> the best struct discovered * about it */
};

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

/* --- one feed in several formats ------------------------------------------------------------- */

static enum format
format_in(const char *text)
{
    static GRegex *regex;
    g_autoptr(GMatchInfo) match = NULL;
    if (!text || !g_regex_match(regex_once(&regex, "(?<![a-z])(atom|rss|rdf|json)(?![a-z])"), text,
                                0, &match))
        return FORMAT_UNKNOWN;
    g_autofree char *word = g_match_info_fetch(match, 1);
    return !g_ascii_strcasecmp(word, "atom")   ? FORMAT_ATOM
           : !g_ascii_strcasecmp(word, "rss")  ? FORMAT_RSS
           : !g_ascii_strcasecmp(word, "json") ? FORMAT_JSON
                                               : FORMAT_RDF;
}

/* A text without the words that name formats and their versions: what it is about. */
static char *
subject_of(const char *text)
{
    static GRegex *formats, *signs;
    g_autofree char *bare = g_regex_replace(
        regex_once(&formats,
                   "(?<![a-z])(?:atom|rss|rdf|json|xml|feeds?|format|type|alt|fmt)(?![a-z])"
                   "[ /-]?(?:[0-9](?:\\.?[0-9]+)*)?"),
        text, -1, 0, " ", 0, NULL);
    g_autofree char *words =
        bare ? g_regex_replace(regex_once(&signs, "[^\\pL\\pN%]+"), bare, -1, 0, " ", 0, NULL)
             : NULL;
    return words ? g_utf8_casefold(g_strstrip(words), -1) : g_strdup("");
}

/* Whether two feeds of one subject, in two formats, are one. */
static bool
is_same(const struct discovered *one, const struct discovered *other)
{
    g_autofree char *a = one->title ? subject_of(one->title) : g_strdup(""),
                    *b = other->title ? subject_of(other->title) : g_strdup("");
    return one->comments == other->comments && (!*a || !*b || g_str_equal(a, b));
}

/*
 * Marks one of two that say the same as a copy of the better one, which then stands where the first
 * of them stood.  Two of one format are two feeds, whatever they are called.
 */
static void
match_copies(struct search *s, struct discovered *feed, const char *type)
{
    enum format format = format_in(type);
    const char *const said[] = {feed->url, feed->title};
    for (size_t i = 0; i < G_N_ELEMENTS(said) && format == FORMAT_UNKNOWN; i++)
        format = format_in(said[i]);
    feed->format = (int)format;
    if (format == FORMAT_UNKNOWN)
        return;
    g_autofree char *identity = url_identity(feed->url);
    const char *const about[] = {identity, feed->title};
    for (size_t i = 0; i < G_N_ELEMENTS(about); i++) {
        g_autofree char *subject = about[i] ? subject_of(about[i]) : g_strdup("");
        struct discovered *best = *subject ? g_hash_table_lookup(s->bests, subject) : NULL;
        if (best && !feed->copy && best != feed && best->format != feed->format &&
            is_same(best, feed)) {
            bool better = feed->rank < best->rank ||
                          (feed->rank == best->rank && feed->format < best->format);
            (better ? best : feed)->copy = true;
            feed->place = best->place = MIN(best->place, feed->place);
            best = better ? NULL : best;
        }
        if (*subject && !best && !feed->copy)
            g_hash_table_insert(s->bests, g_steal_pointer(&subject), feed);
    }
}

/* "feed:https://…" and "feed://…", of programs that were to open it, as what they mean. */
static char *
resolve(const struct page *page, const char *href)
{
    const char *bare = href;
    if (!g_ascii_strncasecmp(bare, "feed:", strlen("feed:")))
        bare += strlen("feed:");
    return page_resolve(page, bare);
}

/* Takes title. */
static void
add(struct search *s, const char *href, char *title, const char *type, int rank, bool likely)
{
    g_autofree char *name = title ? text_squeeze(title, -1) : NULL;
    g_free(title);
    g_autofree char *url = href && s->feeds->len < MAX_FEEDS ? resolve(s->page, href) : NULL;
    if (!url || !g_hash_table_add(s->seen, url_identity(url)))
        return;
    struct discovered *feed = g_new0(struct discovered, 1);
    bool comments = is_of_comments(url, name);
    *feed = (struct discovered){.url = g_steal_pointer(&url),
                                .title = name && *name ? g_steal_pointer(&name) : NULL,
                                .comments = comments,
                                .calendar = rank == RANK_CALENDAR,
                                .likely = likely,
                                .rank = rank,
                                .place = s->feeds->len};
    g_ptr_array_add(s->feeds, feed);
    match_copies(s, feed, type);
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

/*
 * Media types of feeds: a part of the type, or all of it.  What is served is never trusted, only
 * what is announced: any XML or JSON may be a feed, and is looked at before it is taken.
 */
static const struct {
    const char *type;
    bool whole;
    int rank; /* of struct discovered: 1 it is a feed, 2 it may be, 3 a calendar */
} feed_types[] = {
    {"atomsvc+xml", false, 0}, /* of editors, RFC 5023 */
    {"atomcat+xml", false, 0},
    {"rss", false, 1},
    {"atom", false, 1},
    {"feed+json", false, 1},
    {"rdf", false, 1},
    {"text/xml", true, 2},
    {"application/xml", true, 2},
    {"application/x-xml", true, 2},
    {"application/json", true, 2},
    {"text/json", true, 2},
    {"text/calendar", true, 3},
};

/* How surely a media type is one of feeds; 0: it is not. */
static int
rank_of_type(const char *type)
{
    g_autofree char *bare = g_ascii_strdown(type, (gssize)strcspn(type, ";"));
    g_strstrip(bare);
    for (size_t i = 0; i < G_N_ELEMENTS(feed_types); i++)
        if (feed_types[i].whole ? g_str_equal(bare, feed_types[i].type)
                                : strstr(bare, feed_types[i].type) != NULL)
            return feed_types[i].rank;
    return 0;
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

/* What a link of the document says, be it an element or a header; takes title. */
static void
take_announced(struct search *s, const char *rel, const char *type, const char *href, char *title)
{
    bool alternate = rel && has_token(rel, "alternate") && !has_token(rel, "stylesheet"),
         feed = rel && has_token(rel, "feed"), named = href && looks_like_feed(href);
    int rank = !href || (!alternate && !feed) ? 0
               : type && *type                ? rank_of_type(type)
               : feed                         ? 1
               : named                        ? 2
                                              : 0;
    if (rank)
        add(s, href, title, type, rank, rank == 1 || rank == 3 || named);
    else
        g_free(title);
}

static void
take_link(struct search *s, const xmlNode *node)
{
    g_autofree char *rel = html_attribute(node, "rel"), *type = html_attribute(node, "type"),
                    *href = html_attribute(node, "href");
    if (href && *href)
        take_announced(s, rel, type, href, html_attribute(node, "title"));
}

/* The value of a parameter: a token, or a quoted string with its backslashes taken out. */
static const char *
read_value(const char *p, char **value)
{
    GString *text = g_string_new(NULL);
    if (*p == '"') {
        for (p++; *p && *p != '"'; p++) {
            p += *p == '\\' && p[1];
            g_string_append_c(text, *p);
        }
        p += *p == '"';
    } else {
        gsize length = strcspn(p, ";, \t");
        g_string_append_len(text, p, (gssize)length);
        p += length;
    }
    g_free(*value);
    *value = g_string_free(text, FALSE);
    return p;
}

static const char *
skip_blanks(const char *p)
{
    return p + strspn(p, " \t");
}

/* Reads what stands behind the address of one link of a header, up to the next link. */
static const char *
take_parameters(struct search *s, const char *p, const char *href)
{
    g_autofree char *rel = NULL, *type = NULL, *title = NULL;
    for (p = skip_blanks(p); *p == ';'; p = skip_blanks(p)) {
        p = skip_blanks(p + 1);
        gsize length = strcspn(p, "=;, \t");
        g_autofree char *name = g_ascii_strdown(p, (gssize)length), *value = NULL;
        p = skip_blanks(p + length);
        if (*p == '=')
            p = read_value(skip_blanks(p + 1), &value);
        char **to = g_str_equal(name, "rel")     ? &rel
                    : g_str_equal(name, "type")  ? &type
                    : g_str_equal(name, "title") ? &title
                                                 : NULL;
        if (to && !*to) /* the first one counts (RFC 8288, 3.3) */
            *to = g_steal_pointer(&value);
    }
    take_announced(s, rel, type, href, g_steal_pointer(&title));
    return p;
}

/* The links of headers: `<URI>; rel="alternate"; type="…", <URI>; …` */
static void
take_header(struct search *s, const char *links)
{
    for (const char *p = links; (p = strchr(p, '<'));) {
        const char *end = strchr(p, '>');
        if (!end)
            return;
        g_autofree char *href = g_strndup(p + 1, (gsize)(end - p - 1));
        p = take_parameters(s, end + 1, href);
    }
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
    g_autofree char *text = html_text_of_link(link);
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

/*
 * What names the feed of a link that only says "RSS" or shows a picture: the words of the item, the
 * paragraph or the row in which it stands; NULL when there are more than a name has.
 */
static char *
name_around(const xmlNode *link)
{
    const xmlNode *around = link->parent;
    for (int up = 0; around && up < 4 && !node_is(around, "li p tr dt dd h2 h3 h4 h5"); up++)
        around = around->parent;
    if (!around || !node_is(around, "li p tr dt dd h2 h3 h4 h5"))
        return NULL;
    g_autoptr(GString) words = g_string_new(NULL);
    guint nodes = 0;
    for (const xmlNode *node = around; node; node = node_next(node, around)) {
        if (++nodes > MAX_NODES || words->len > MAX_NAME)
            return NULL;
        if (node->type == XML_TEXT_NODE)
            g_string_append_printf(words, "%s ", (const char *)node->content);
    }
    static GRegex *formats;
    g_autofree char *name = g_regex_replace(
        regex_once(&formats, "[([]?\\b(?:atom|rss|xml|rdf)(?:[ -]?feeds?)?\\b(?: [0-9.]+)?[])]?"),
        words->str, -1, 0, " ", 0, NULL);
    return name ? text_squeeze(name, -1) : NULL;
}

static void
take_anchor(struct search *s, const xmlNode *node)
{
    g_autofree char *href = html_attribute(node, "href");
    if (!href || !*href || *href == '#')
        return;
    g_autofree char *type = html_attribute(node, "type"), *words = words_of(node);
    bool typed = type && rank_of_type(type) == 1, by_address = looks_like_feed(href),
         by_words = says_feed(words);
    if (!typed && !by_address && !by_words)
        return;
    g_autofree char *text = html_text_of_link(node), *subject = subject_of(text);
    char *title = *subject ? g_steal_pointer(&text) : name_around(node);
    /* "XML" and "subscribe" are said of other things too: what the address confirms comes first */
    add(s, href, title, type,
        typed || (by_address && by_words) ? 3
        : by_address                      ? 4
                                          : 5,
        typed || by_address);
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
take_calendars(struct search *s)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new(); /* const xmlNode *, borrowed */
    for (const xmlNode *node = page_root(s->page); node && links->len <= MAX_CALENDARS;
         node = node_next(node, NULL)) {
        g_autofree char *address = node_is(node, "a area") ? calendar_address(s->page, node) : NULL;
        if (address)
            g_ptr_array_add(links, (gpointer)node);
    }
    for (guint i = 0; i < links->len && links->len <= MAX_CALENDARS; i++) {
        const xmlNode *link = g_ptr_array_index(links, i);
        g_autofree char *address = calendar_address(s->page, link);
        add(s, address, html_text_of_link(link), NULL, RANK_CALENDAR, true);
    }
}

/* --- all of them ------------------------------------------------------------------------------ */

static int
by_rank(gconstpointer a, gconstpointer b)
{
    const struct discovered *x = *(const struct discovered *const *)a,
                            *y = *(const struct discovered *const *)b;
    return x->comments != y->comments ? x->comments - y->comments
           : x->copy != y->copy       ? x->copy - y->copy
                                      : x->rank - y->rank;
}

int
discover_compare_places(const struct discovered *a, const struct discovered *b)
{
    return a->comments != b->comments ? a->comments - b->comments : (int)a->place - (int)b->place;
}

GPtrArray *
discover_feeds(struct page *page, const char *links)
{
    GPtrArray *feeds = g_ptr_array_new_with_free_func(discovered_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          bests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct search s = {page, feeds, seen, bests};
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL))
        if (node_is(node, "link"))
            take_link(&s, node);
    if (links)
        take_header(&s, links);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL))
        if (node_is(node, "a area"))
            take_anchor(&s, node);
    take_calendars(&s);
    g_ptr_array_sort(feeds, by_rank); /* GLib's sort is stable */
    return feeds;
}
