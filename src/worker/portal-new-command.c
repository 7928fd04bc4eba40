/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier portal new URL`: a first portal file from what a page shows.  Its editions by their links,
 * its sections by its own list, where it is no home page, by the feeds that it announces and by the
 * menu's links that lead to lists; the rules of those by what repeats (portal/draft.h).  What is
 * doubtful of them stands in comments, and is said.
 */
#include "config.h"

#include "base/clean.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "document/html.h"
#include "feed/feed.h"
#include "fetch/http.h"
#include "portal/article-model.h"
#include "portal/discover.h"
#include "portal/draft.h"
#include "portal/editions.h"
#include "portal/lines.h"
#include "portal/list.h"
#include "worker/commands.h"

#include <string.h>

#define MAX_EDITIONS 8
#define MAX_FEEDS    5
#define MAX_HEADING  60 /* characters of a heading that may be the name of a section */
#define MAX_LINKS    16 /* of an edition's menu that are tried */

struct draft {
    const struct context *context;
    const struct portal *profile; /* whose fingerprint the home page bears, or NULL */
    GString *text, *sections;
    GHashTable *taken; /* identities of URLs that have their section, or had their chance */
    GHashTable *ids;   /* "EDITION/SECTION" */
    guint found, offered;
};

/* What a page says of its language, else what its letters say. */
static char *
language_of(struct page *page)
{
    g_autofree char *stated = page_language(page);
    if (stated && g_regex_match_simple("^[a-zA-Z]{2,3}(-[a-zA-Z]+)*$", stated, 0, 0))
        return g_ascii_strdown(stated, (gssize)strcspn(stated, "-"));
    g_autofree char *text = page_root(page) ? html_text(page_root(page)) : g_strdup("");
    guint han = 0, kana = 0, hangul = 0, cyrillic = 0, latin = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(p));
        han += script == G_UNICODE_SCRIPT_HAN;
        kana += script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
        hangul += script == G_UNICODE_SCRIPT_HANGUL;
        cyrillic += script == G_UNICODE_SCRIPT_CYRILLIC;
        latin += script == G_UNICODE_SCRIPT_LATIN;
    }
    return g_strdup(kana * 4 > han && kana ? "ja"
                    : hangul > han         ? "ko"
                    : han * 3 > latin      ? "zh"
                    : cyrillic > latin     ? "ru"
                                           : "en");
}

/* What an edition calls itself; the language tag when that is not known. */
static const char *
name_of(const char *language)
{
    static const char *const names[][2] = {
        {"zh", "中文"},    {"zh-Hant", "繁體中文"}, {"en", "English"}, {"ru", "Русский"},
        {"ja", "日本語"},  {"ko", "한국어"},        {"de", "Deutsch"}, {"fr", "Français"},
        {"es", "Español"}, {"ar", "العربية"},       {"kk", "Қазақша"}, {"mn", "Монгол"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (!g_ascii_strcasecmp(names[i][0], language))
            return names[i][1];
    return language;
}

/* The name of a URL's last folder or page, as an id that is not taken. */
static char *
section_id(struct draft *d, const char *edition, const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    g_auto(GStrv) parts = g_strsplit(uri ? g_uri_get_path(uri) : "", "/", -1);
    g_autofree char *base = g_strdup("news");
    for (char **part = parts; *part; part++) {
        (*part)[strcspn(*part, ".")] = '\0';
        if (g_regex_match_simple(
                "^(?!(index|list|default|rss|feed|atom|sitemap)(_[0-9]+)?$)[a-z][a-z0-9_-]*$",
                *part, G_REGEX_CASELESS, 0) &&
            !g_str_equal(*part, edition)) {
            g_free(base);
            base = g_ascii_strdown(*part, 40);
        }
    }
    for (guint i = 1;; i++) {
        char *id = i == 1 ? g_strdup(base) : g_strdup_printf("%s-%u", base, i);
        g_autofree char *key = g_strconcat(edition, "/", id, NULL);
        if (g_hash_table_add(d->ids, g_steal_pointer(&key)))
            return id;
        g_free(id);
    }
}

/* A line of the file; nothing if there is no value. */
static void
put(GString *to, const char *key, const char *value)
{
    g_autofree char *clean = value ? text_squeeze(value, -1) : NULL;
    if (clean && *clean)
        g_string_append_printf(to, "%s=%s\n", key, clean);
}

/* Writes a section without its rules; its id, owned. */
static char *
put_section(struct draft *d, const char *edition, const char *name, const char *kind,
            const char *url, const char *profile)
{
    char *id = section_id(d, edition, url);
    g_string_append_printf(d->sections, "\n[Section %s/%s]\n", edition, id);
    put(d->sections, "Name", name && *name ? name : id);
    put(d->sections, "Kind", kind);
    put(d->sections, "Url", url);
    put(d->sections, "Profile", profile);
    d->found++;
    return id;
}

/* False when it was taken before. */
static bool
take(struct draft *d, const char *url)
{
    return g_hash_table_add(d->taken, url_identity(url));
}

static void
draft_feeds(struct draft *d, struct page *page, const char *edition)
{
    g_autoptr(GPtrArray) feeds = discover_feeds(page, NULL);
    for (guint i = 0; i < feeds->len && i < MAX_FEEDS; i++) {
        const struct discovered *candidate = g_ptr_array_index(feeds, i);
        if (candidate->comments || candidate->calendar || candidate->copy ||
            !take(d, candidate->url))
            continue;
        AUTO(response_free) struct response *r = worker_get(d->context, candidate->url);
        AUTO(feed_free) struct feed *feed = r ? worker_feed(r) : NULL;
        if (feed && feed->items->len)
            g_free(put_section(d, edition, candidate->title ? candidate->title : feed->title,
                               "feed", candidate->url, NULL));
    }
}

/* The feeds that such systems have, where the page announces none. */
static void
draft_profile_feeds(struct draft *d, struct page *page, const char *edition)
{
    const GPtrArray *paths = d->profile ? d->profile->feeds.paths : NULL;
    for (guint i = 0; paths && i < paths->len; i++) {
        g_autofree char *url = url_resolve(page->url, g_ptr_array_index(paths, i));
        if (!url || !take(d, url))
            continue;
        AUTO(response_free) struct response *r = worker_get(d->context, url);
        AUTO(feed_free) struct feed *feed = r ? worker_feed(r) : NULL;
        if (feed && feed->items->len)
            g_free(put_section(d, edition, feed->title, "feed", url, NULL));
    }
}

/* A list section that the portal's profile reads by itself. */
static bool
draft_profiled(struct draft *d, struct page *page, const char *edition, const char *name)
{
    g_autoptr(GPtrArray) profiles = g_ptr_array_new();
    g_ptr_array_add(profiles, (gpointer)d->profile);
    struct list_options options = {.now = clock_now(), .profiles = profiles};
    AUTO(list_free) struct list *list = list_by_profile(page, &options);
    if (list)
        g_free(put_section(d, edition, name, "list", page->url, NULL));
    return list != NULL;
}

/* --- a list ----------------------------------------------------------------------------------- */

/* A section whose rules are being written down. */
struct section {
    GString *lines;
    char *name; /* "en/news" */
};

/* What is doubtful stands in the file, and is said: a draft is read by whoever asked for it. */
static void
doubt(gpointer data, const char *sentence)
{
    const struct section *section = data;
    g_autofree char *line = text_squeeze(sentence, -1);
    g_string_append_printf(section->lines, "# ? %s\n", line);
    message_warning(_("%s: %s"), section->name, line);
}

/* What is left to the structure of the rows, since no path says it of all of them. */
static void
doubt_rules(struct section *section, const struct list_draft *draft, const struct list *list,
            bool dated)
{
    if (!draft->rows) {
        doubt(section, _("no rule for the rows: they are found by what repeats"));
        return;
    }
    if (!draft->title)
        doubt(section, _("no path gives all titles: they are read by the structure of the rows"));
    if (dated && !draft->date)
        doubt(section, _("no path gives all days: they are read by the structure of the rows"));
    if (list->next && !draft->next)
        doubt(section, _("no path gives the next page: it is found by its words"));
}

/* The rules of a list that repetition has found, with what is doubtful of them. */
static void
put_rules(struct draft *d, struct page *page, const struct list *list, const char *name,
          const struct list_options *options, bool dated)
{
    AUTO(list_draft_free) struct list_draft *draft = list_draft(page, list, options);
    g_autofree char *whole = g_strdup(name);
    struct section section = {d->sections, whole};
    const struct worker_listener listener = {doubt, &section};
    for (guint i = 0; i < page->warnings->len; i++)
        doubt(&section,
              ((const struct page_warning *)g_ptr_array_index(page->warnings, i))->message);
    doubt_rules(&section, draft, list, dated);
    if (draft->list)
        worker_doubt(draft->list, list, NULL, &listener);
    g_autofree char *lines = list_draft_lines(draft);
    g_string_append(d->sections, lines);
}

/* A list section, if the page has a list whose rows bear dates; sure: without dates too. */
static bool
draft_list(struct draft *d, struct page *page, const char *edition, const char *name, bool sure)
{
    struct list_options options = {.now = clock_now(), .want_path = true};
    bool profiled = d->profile && draft_profiled(d, page, edition, name);
    if (profiled)
        return true;
    AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
    guint dated = 0;
    for (guint i = 0; list && i < list->entries->len; i++)
        dated +=
            ((const struct list_entry *)g_ptr_array_index(list->entries, i))->published.precision !=
            DATE_NONE;
    if (!list || (dated < 2 && !sure))
        return false;
    g_autofree char *id =
        put_section(d, edition, name, "list", page->url, d->profile ? "none" : NULL);
    g_autofree char *whole = g_strconcat(edition, "/", id, NULL);
    put_rules(d, page, list, whole, &options, dated > 0);
    return true;
}

/* Whether an address is that of a portal or of an edition, not of one of its columns. */
static bool
is_home(const char *url)
{
    return g_regex_match_simple(
        "^[a-z]+://[^/]*(/([a-z]{2}(-[a-z]+)?|index|default|home|main|start)?(\\.[a-z]+)?)*/?([?#].*)?$",
        url, G_REGEX_CASELESS, 0);
}

/* What a page calls itself: the first heading that its <title> holds too, else the only one. */
static char *
heading_of(struct page *page)
{
    g_autoptr(GPtrArray) titles = page_select(page, NULL, "//title", NULL),
                         headings = page_select(page, NULL, "//h1", NULL);
    g_autofree char *title = titles && titles->len ? html_text(g_ptr_array_index(titles, 0)) : NULL;
    for (guint i = 0; headings && i < headings->len; i++) {
        g_autofree char *text = html_text(g_ptr_array_index(headings, i));
        if (*text && g_utf8_strlen(text, -1) <= MAX_HEADING &&
            (headings->len == 1 || (title && strstr(title, text))))
            return g_steal_pointer(&text);
    }
    return NULL;
}

/* The list of the page that was asked for, by its heading. */
static void
draft_own_list(struct draft *d, struct page *page, const char *edition)
{
    g_autofree char *heading = heading_of(page);
    if (!is_home(page->url))
        draft_list(d, page, edition, heading, true);
}

/*
 * Where no list was found: what repeats on the page, as sections in comments, to choose from.  How
 * many.
 */
static guint
draft_offers(struct draft *d, struct page *page, const char *edition)
{
    const struct list_options options = {.now = clock_now()};
    g_autoptr(GPtrArray) offers = list_offers(page, &options);
    for (guint i = 0; i < offers->len; i++) {
        const struct list_offer *offer = g_ptr_array_index(offers, i);
        g_autofree char *id = section_id(d, edition, page->url);
        g_string_append_printf(d->sections, "\n# %u: %s\n#[Section %s/%s]\n#Name=%s\n",
                               offer->count, offer->title, edition, id, id);
        g_string_append_printf(d->sections, "#Kind=list\n#Url=%s\n#Rows=%s\n", page->url,
                               offer->rows);
    }
    return offers->len;
}

static bool
same_host(const char *a, const char *b)
{
    g_autofree char *x = url_authority(a), *y = url_authority(b);
    return x && y && g_str_equal(x, y);
}

static bool
is_menu(const xmlNode *node)
{
    static const char *const attributes[] = {"class", "id"};
    if (node_is(node, "nav header"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        if (value && (strstr(value, "nav") || strstr(value, "menu")))
            return true;
    }
    return false;
}

static bool
is_item(const xmlNode *node)
{
    return node_is(node, "li");
}

#define MAX_LABEL 25 /* characters of a label in a menu that does not say that it is one */

/*
 * The links within elements of a kind, in order.  By hand: libxml2 compares each of a set of nodes
 * with all others.
 */
static GPtrArray *
links_within(struct page *page, bool (*is_kind)(const xmlNode *node), bool brief)
{
    GPtrArray *links = g_ptr_array_new();
    for (const xmlNode *node = page_root(page); node;) {
        if (node->type != XML_ELEMENT_NODE || !is_kind(node)) {
            node = node_next(node, NULL);
            continue;
        }
        for (const xmlNode *n = node_next(node, node); n; n = node_next(n, node)) {
            if (!node_is(n, "a") || !xmlHasProp(n, (const xmlChar *)"href"))
                continue;
            g_autofree char *label = brief ? html_text(n) : NULL;
            if (!label || g_utf8_strlen(label, -1) < MAX_LABEL)
                g_ptr_array_add(links, (gpointer)n);
        }
        node = lines_past(node);
    }
    return links;
}

/* The links of the menu, else of every item with a short label. */
static GPtrArray *
menu_links(struct page *page)
{
    GPtrArray *links = links_within(page, is_menu, false);
    if (links->len)
        return links;
    g_ptr_array_unref(links);
    return links_within(page, is_item, true);
}

static void
draft_menu(struct draft *d, struct page *page, const char *edition)
{
    g_autoptr(GPtrArray) links = menu_links(page);
    guint tried = 0;
    for (guint i = 0; i < links->len && tried < MAX_LINKS; i++) {
        const xmlNode *link = g_ptr_array_index(links, i);
        g_autofree char *href = html_attribute(link, "href");
        g_autofree char *url = page_resolve(page, href);
        g_autofree char *label = html_text(link);
        if (!url || !url_is_web(url) || !*label || !same_host(url, page->url) || !take(d, url))
            continue;
        tried++;
        AUTO(response_free) struct response *r = worker_get(d->context, url);
        AUTO(page_free) struct page *target = r ? worker_page(r) : NULL;
        if (target)
            draft_list(d, target, edition, label, false);
    }
}

static void
draft_edition(struct draft *d, struct page *page, const char *language, bool given)
{
    g_autofree char *id = g_ascii_strdown(language, -1);
    g_string_append_printf(d->text, "\n[Edition %s]\n", id);
    put(d->text, "Name", name_of(language));
    /* with a country: that tells how days are written */
    g_autofree char *stated = page_language(page);
    if (stated && g_str_has_prefix(stated, language) && stated[strlen(language)] == '-')
        put(d->text, "Language", stated);
    put(d->text, "Home", page->url);
    guint before = d->found;
    if (given)
        draft_own_list(d, page, id);
    guint lists = d->found;
    draft_feeds(d, page, id);
    if (d->found == lists)
        draft_profile_feeds(d, page, id);
    draft_menu(d, page, id);
    if (d->found == before)
        draft_list(d, page, id, NULL, true);
    if (d->found == before && given)
        d->offered = draft_offers(d, page, id);
}

static void
draft_portal(struct draft *d, struct page *page)
{
    g_autofree char *language = language_of(page);
    g_autoptr(GPtrArray) titles = page_select(page, NULL, "//title", NULL);
    g_autofree char *title = titles && titles->len ? html_text(g_ptr_array_index(titles, 0)) : NULL;
    g_string_append(
        d->text,
        "# Drafted by crier portal new; see crier-portal(5), and try it with crier portal check.\n[Portal]\n");
    put(d->text, "Name", title && *title ? title : page->url);
    put(d->text, "Home", page->url);
    put(d->text, "Profile", d->profile ? d->profile->id : NULL);
    g_autoptr(GHashTable) drafted = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(drafted, language);
    g_autoptr(GPtrArray) editions = g_ptr_array_new_with_free_func(edition_link_free);
    editions_find(page, editions, language);
    take(d, page->url);
    for (guint i = 0; i < editions->len; i++)
        take(d, ((const struct edition_link *)g_ptr_array_index(editions, i))->url);
    draft_edition(d, page, language, true);
    for (guint i = 0; i < editions->len; i++) {
        struct edition_link *link = g_ptr_array_index(editions, i);
        if (i < MAX_EDITIONS && g_hash_table_add(drafted, link->language)) {
            AUTO(response_free) struct response *r = worker_get(d->context, link->url);
            AUTO(page_free) struct page *home = r ? worker_page(r) : NULL;
            if (home)
                draft_edition(d, home, link->language, false);
        }
    }
}

int
worker_portal_new(struct context *context, const GPtrArray *urls)
{
    AUTO(response_free) struct response *r = worker_get_first(context, urls);
    if (!r)
        return worker_request_status();
    AUTO(page_free) struct page *page = worker_page(r);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) sections = g_string_new(NULL);
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    context_load_profiles(context);
    struct draft d = {.context = context,
                      .profile = catalogue_match(context->profiles, page->source),
                      .text = text,
                      .sections = sections,
                      .taken = taken,
                      .ids = ids};
    draft_portal(&d, page);
    g_string_append(text, sections->str);
    if (!d.found && d.offered) {
        message_error(
            ngettext(
                "%s: no feed and no list was found there; the draft offers %u kind of rows that repeats",
                "%s: no feed and no list was found there; the draft offers %u kinds of rows that repeat",
                d.offered),
            r->request->url, d.offered);
        print_raw(text->str);
    } else if (!d.found) {
        message_error(_("%s: no feed and no list was found there"), r->request->url);
    }
    if (!d.found) {
        worker_propose_endpoints(page, r->request->url);
        return STATUS_SOME;
    }
    g_autoptr(GError) error = NULL;
    AUTO(portal_free) struct portal *portal = portal_parse("draft.portal", text->str, &error);
    if (!portal) {
        message_error("%s", error->message);
        return STATUS_INTERNAL;
    }
    print_raw(text->str);
    return STATUS_OK;
}
