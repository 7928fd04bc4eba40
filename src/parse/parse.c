/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds, lists and article pages as entries and documents: text made clean, dates judged, titles
 * made up.
 */
#include "config.h"

#include "parse/parse.h"
#include "base/clean.h"
#include "base/url.h"
#include "document/html-import.h"
#include "feed/ical.h"
#include "parse/absence.h"
#include "parse/identity.h"
#include "portal/interstitial.h"
#include "portal/list.h"
#include "portal/rule.h"

#include <string.h>
#include <time.h>

/* bytes of documents that whoever stores them packs, and need not unpack to look at them */
#define MAX_PLAIN (2 << 20)

static void
free_entry(gpointer entry)
{
    entry_free(entry);
}

void
parse_drop_attachment(struct attachment_arrival *arrival)
{
    g_clear_pointer(&arrival->bytes, g_bytes_unref);
    g_clear_pointer(&arrival->text, attachment_text_free);
}

static void
free_attachment_arrival(struct attachment_arrival *arrival)
{
    parse_drop_attachment(arrival);
    g_free(arrival->url);
    g_free(arrival);
}

void
parse_result_free(struct parse_result *result)
{
    g_ptr_array_unref(result->entries);
    if (result->attachment)
        free_attachment_arrival(result->attachment);
    if (result->page) {
        if (result->page->article)
            article_free(result->page->article);
        g_free(result->page->forward);
        g_free(result->page->url);
        g_free(result->page->charset);
        g_free(result->page->charset_evidence);
        if (result->page->problem)
            problem_free(result->page->problem);
        g_free(result->page);
    }
    char *strings[] = {result->title,   result->home,    result->language,         result->next,
                       result->refresh, result->charset, result->charset_evidence, result->token};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    if (result->raw)
        raw_packed_free(result->raw);
    if (result->problem)
        problem_free(result->problem);
    g_ptr_array_unref(result->warnings);
    g_free(result);
}

struct parse_result *
parse_result_new(enum parse_kind kind, struct problem *problem)
{
    struct parse_result *result = g_new0(struct parse_result, 1);
    result->entries = g_ptr_array_new_with_free_func(free_entry);
    result->warnings = problems_new();
    result->hints.ttl = -1;
    if (kind == PARSE_ARTICLE)
        result->page = g_new0(struct parsed_page, 1);
    *(result->page ? &result->page->problem : &result->problem) = problem;
    return result;
}

static struct charset_hints
hints(const struct parse_rules *rules, const char *content_type)
{
    return (struct charset_hints){rules->charset_forced, content_type, rules->charset_default};
}

/* What a parser remarked; word: its code. */
static void
warn(struct parse_result *result, const char *word, const char *message)
{
    enum problem_code code;
    if (!problem_by_word(word, &code))
        code = PROBLEM_OTHER;
    problems_add(result->warnings, problem_new(code, NULL, PROBLEM_NO_NUMBER, message));
}

static void
take_page_warnings(struct parse_result *result, const struct page *page)
{
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(page->warnings, i);
        warn(result, w->code, w->message);
    }
}

const struct problem *
parse_result_limit(const struct parse_result *result)
{
    for (guint i = 0; i < result->warnings->len; i++) {
        const struct problem *warning = g_ptr_array_index(result->warnings, i);
        if (warning->code == PROBLEM_LIMIT)
            return warning;
    }
    return NULL;
}

/* Why a parser could read nothing; fallback: when its word is none of the table. */
static struct problem *
problem_of(const GError *error, const char *word, enum problem_code fallback, const char *url)
{
    enum problem_code code;
    if (!problem_by_word(word, &code))
        code = fallback;
    return problem_new(code, url, PROBLEM_NO_NUMBER, error->message);
}

/*
 * The same of a page; a page that is only empty is told by what was looked for, or by why not all
 * of it was.
 */
static struct problem *
page_problem(const struct parse_result *result, const GError *error, enum problem_code fallback,
             const char *url)
{
    const struct problem *limit =
        g_error_matches(error, PAGE_ERROR, PAGE_ERROR_EMPTY) ? parse_result_limit(result) : NULL;
    if (limit)
        return problem_new(limit->code, url, limit->number, limit->detail);
    bool empty = g_error_matches(error, PAGE_ERROR, PAGE_ERROR_EMPTY);
    return problem_of(error, empty ? NULL : page_error_word(error), fallback, url);
}

static struct schedule_hints
hints_of_feed(const struct feed *feed)
{
    static const char days[] = "sunmontuewedthufrisat";
    struct schedule_hints hints = {.ttl = feed->ttl == FEED_NO_NUMBER ? -1 : feed->ttl};
    for (guint i = 0; i < feed->skip_hours->len; i++)
        hints.hours |= 1u << g_array_index(feed->skip_hours, int, i) %
                                 24; /* some write 24 for midnight */
    for (guint i = 0; i < feed->skip_days->len; i++) {
        g_autofree char *day = g_ascii_strdown(g_ptr_array_index(feed->skip_days, i), 3);
        const char *known = strlen(day) == 3 ? strstr(days, day) : NULL;
        if (known && (known - days) % 3 == 0)
            hints.days |= (guint8)(1u << (known - days) / 3);
    }
    return hints;
}

static bool
is_plausible(struct parse_result *result, const struct date *date, const struct parse_rules *rules,
             const char *title)
{
    if (date_is_plausible(date, rules->now))
        return true;
    g_autofree char *text = date_utc(date->time);
    problems_add(result->warnings,
                 problem_newf(PROBLEM_BAD_DATE, NULL, PROBLEM_NO_NUMBER,
                              "%s of '%.60s' cannot be true", text ? text : "?", title));
    result->redate |= date->time > rules->now;
    return false;
}

/* "/2025/06/new-bridge.html" -> "new bridge"; NULL when it is a number or nothing. */
static char *
title_of_link(const char *link)
{
    g_autoptr(GUri) uri = link ? g_uri_parse(link, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
    g_auto(GStrv) parts = g_strsplit(uri ? g_uri_get_path(uri) : "", "/", -1);
    const char *last = NULL;
    for (char **part = parts; *part; part++)
        if (**part)
            last = *part;
    if (!last)
        return NULL;
    g_autofree char *words = g_strndup(last, strcspn(last, "."));
    g_strdelimit(words, "-_+", ' ');
    g_autofree char *clean = text_squeeze(words, -1);
    return strpbrk(clean, " ") ? g_steal_pointer(&clean) : NULL;
}

char *
parse_made_up_title(const char *link)
{
    char *words = title_of_link(link);
    return words ? words : g_strdup("");
}

/* A title for an item that has none: the beginning of its text, else words of its link. */
static char *
title_from(const struct document *document, const char *link)
{
    g_autofree char *plain = document ? document_plain(document) : NULL,
                    *line = plain ? text_squeeze(plain, -1) : NULL;
    if (!line || !*line)
        return parse_made_up_title(link);
    if (g_utf8_strlen(line, -1) <= 60)
        return g_steal_pointer(&line);
    g_autofree char *cut = g_utf8_substring(line, 0, 60);
    return g_strconcat(cut, "…", NULL);
}

static char *
clean_or_null(const char *text)
{
    char *clean = text ? text_squeeze(text, -1) : NULL;
    if (clean && !*clean)
        g_clear_pointer(&clean, g_free);
    return clean;
}

/* The text of an item: what is plain keeps its lines. */
static struct document *
document_of(const struct feed_item *item, const char *link, bool *cut)
{
    *cut = false;
    bool content = item->content_html;
    const char *plain = content ? item->content_plain : item->summary_plain,
               *html = content ? item->content_html : item->summary_html;
    const char *base = content ? item->content_base : item->summary_base;
    if (plain)
        return document_from_plain(plain, content ? item->content_wrapped : item->summary_wrapped);
    return html ? html_import_told(html, base ? base : link, cut) : document_new();
}

static bool
is_image(const struct feed_enclosure *media)
{
    return media->medium ? g_str_equal(media->medium, "image")
                         : media->type && g_str_has_prefix(media->type, "image/");
}

/* Whether two addresses differ in nothing but how large a picture is asked for. */
static bool
is_same_picture(const char *one, const char *other)
{
    gsize length = strcspn(one, "?#");
    return length == strcspn(other, "?#") && !strncmp(one, other, length);
}

/* Pictures that stand beside the text, of each the widest, unless they stand in it. */
static void
add_pictures(struct document *document, const struct feed_item *item)
{
    g_autoptr(GPtrArray) pictures = g_ptr_array_new(); /* of const struct feed_enclosure * */
    for (guint i = 0; i < item->media->len; i++) {
        const struct feed_enclosure *media = g_ptr_array_index(item->media, i);
        if (!is_image(media) || media->alternative || !url_is_web(media->url))
            continue;
        guint at = 0;
        while (
            at < pictures->len &&
            !is_same_picture(((const struct feed_enclosure *)pictures->pdata[at])->url, media->url))
            at++;
        if (at == pictures->len)
            g_ptr_array_add(pictures, (gpointer)media);
        else if (media->width > ((const struct feed_enclosure *)pictures->pdata[at])->width)
            pictures->pdata[at] = (gpointer)media;
    }
    guint own = document->blocks->len;
    for (guint i = 0; i < pictures->len; i++) {
        const struct feed_enclosure *media = g_ptr_array_index(pictures, i);
        g_autofree char *clean = clean_or_null(media->url), *url = document_safe_url(clean);
        bool known = !url;
        for (guint b = 0; b < own && !known; b++) {
            const struct block *block = g_ptr_array_index(document->blocks, b);
            known = block->type == BLOCK_PICTURE && block->url && is_same_picture(block->url, url);
        }
        if (known)
            continue;
        struct block *block = document_add(document, BLOCK_PICTURE, 0);
        block->url = g_steal_pointer(&url);
        block->alt = clean_or_null(media->title);
    }
}

static void
add_attachment(struct entry *e, const char *url, const char *title, const char *type, gint64 length)
{
    g_autofree char *clean = url_is_web(url) ? clean_or_null(url) : NULL;
    bool known = !clean;
    for (guint i = 0; e->attachments && i < e->attachments->len && !known; i++)
        known = g_str_equal(
            ((const struct stored_attachment *)g_ptr_array_index(e->attachments, i))->url, clean);
    if (known)
        return;
    entry_add_attachment(e, g_steal_pointer(&clean), clean_or_null(title), clean_or_null(type),
                         MAX(length, -1));
}

/*
 * Enclosures, films and sound of Media RSS, what plays them, and content that lies elsewhere (RFC
 * 4287 §4.1.3.2).
 */
static void
take_attachments(struct entry *e, const struct feed_item *item)
{
    for (guint i = 0; i < item->enclosures->len; i++) {
        const struct feed_enclosure *enclosure = g_ptr_array_index(item->enclosures, i);
        add_attachment(e, enclosure->url, enclosure->title, enclosure->type, enclosure->length);
    }
    bool played = false;
    for (guint i = 0; i < item->media->len; i++) {
        const struct feed_enclosure *media = g_ptr_array_index(item->media, i);
        /* nothing plays it any more; the entry's link does */
        bool flash = media->type && strstr(media->type, "flash");
        if (is_image(media) || media->alternative || (flash && e->link))
            continue;
        add_attachment(e, media->url, media->title, media->type ? media->type : media->medium,
                       media->length);
        played = true;
    }
    if (!played && g_strcmp0(item->player, e->link))
        add_attachment(e, item->player, NULL, NULL, -1);
    if (!item->content_html && g_strcmp0(item->content_src, e->link))
        add_attachment(e, item->content_src, NULL, NULL, -1);
}

static struct stored_document *
store_document(struct parse_result *result, const struct document *document)
{
    if (result->plain >= MAX_PLAIN)
        return stored_document_new(document);
    struct stored_document *stored = stored_document_plain(document);
    result->plain += g_bytes_get_size(stored->plain);
    return stored;
}

static void
take_item(struct parse_result *result, const struct feed_item *item,
          const struct parse_rules *rules)
{
    struct entry *e = entry_new();
    g_ptr_array_add(result->entries, e);
    e->id = clean_or_null(item->id);
    e->link = url_is_web(item->link) ? clean_or_null(item->link) : NULL;
    bool cut;
    AUTO(document_free) struct document *document = document_of(item, e->link, &cut);
    if (cut)
        problems_add(result->warnings, problem_newf(PROBLEM_LIMIT, NULL, PROBLEM_NO_NUMBER,
                                                    "the text of '%.60s' has too many elements",
                                                    item->title ? item->title : "?"));
    add_pictures(document, item);
    if (!document_is_empty(document))
        e->document = store_document(result, document);
    e->title = clean_or_null(item->title);
    e->untitled = !e->title;
    if (!e->title)
        e->title = title_from(document, e->link);
    if (!e->id && !e->link && document) {
        g_autofree char *plain = document_plain(document);
        e->digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, plain, -1);
    }
    if (item->authors->len) {
        const struct feed_person *person = g_ptr_array_index(item->authors, 0);
        e->author = clean_or_null(person->name ? person->name : person->email);
    }
    e->publisher = clean_or_null(item->source_title);
    if (item->categories->len)
        e->section = clean_or_null(
            ((const struct feed_category *)g_ptr_array_index(item->categories, 0))->term);
    e->language = clean_or_null(item->language);
    e->published = item->published;
    if (!date_is_known(&e->published)) {
        e->published = item->updated;
        e->published.offset = 0;
    }
    if (date_is_known(&e->published) && !is_plausible(result, &e->published, rules, e->title))
        e->published.precision = DATE_NONE;
    e->updated = item->updated;
    e->event = item->event;
    e->event.place = clean_or_null(item->event.place);
    take_attachments(e, item);
}

static struct parse_result *
read_feed(const char *bytes, gsize length, const char *content_type, const char *url,
          const struct parse_rules *rules)
{
    struct parse_result *result = parse_result_new(PARSE_FEED, NULL);
    struct feed_options options = {
        hints(rules, content_type), url, rules->dates, rules->now, true, ical_read};
    g_autoptr(GError) error = NULL;
    AUTO(feed_free) struct feed *feed = feed_parse(bytes, length, &options, &error);
    if (!feed) {
        result->problem = problem_of(error, feed_error_word(error), PROBLEM_MALFORMED, url);
        if (g_error_matches(error, FEED_ERROR, FEED_ERROR_NOT_A_FEED)) {
            AUTO(page_free) struct page *page = page_open(bytes, length, &options.charset, url);
            result->refresh = interstitial_refresh(page);
        }
        return result;
    }
    result->title = clean_or_null(feed->title);
    result->home = url_is_web(feed->link) ? clean_or_null(feed->link) : NULL;
    result->language = clean_or_null(feed->language);
    result->charset = g_strdup(feed->encoding);
    result->charset_evidence = g_strdup(feed->encoding_evidence);
    result->hints = hints_of_feed(feed);
    const char *next = feed->next ? feed->next : feed->older;
    result->next = url_is_web(next) ? g_strdup(next) : NULL;
    result->is_index = g_str_equal(feed->format, "sitemapindex");
    result->needs_pages = g_str_equal(feed->format, "sitemap");
    for (guint i = 0; i < feed->warnings->len; i++) {
        const struct feed_warning *w = g_ptr_array_index(feed->warnings, i);
        warn(result, w->code, w->message);
    }
    for (guint i = 0; i < feed->items->len; i++)
        take_item(result, g_ptr_array_index(feed->items, i), rules);
    identity_settle(result->entries, result->warnings, g_str_equal(feed->format, "atom"));
    if (!feed->items->len && !(result->is_index && result->next))
        problems_add(result->warnings,
                     problem_new(PROBLEM_NO_ENTRIES, NULL, PROBLEM_NO_NUMBER, NULL));
    return result;
}

static struct parse_result *
read_list(const char *bytes, gsize length, const char *content_type, const char *url,
          const struct parse_rules *rules)
{
    struct parse_result *result = parse_result_new(PARSE_LIST, NULL);
    struct charset_hints charset = hints(rules, content_type);
    AUTO(page_free) struct page *page = page_open(bytes, length, &charset, url);
    struct list_options options = {rules->portal, rules->section, rules->dates, rules->now,
                                   rules->profiles};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    take_page_warnings(result, page);
    result->charset = g_strdup(page->encoding);
    result->charset_evidence = g_strdup(page->encoding_evidence);
    if (!list) {
        result->problem = page_problem(result, error, PROBLEM_NO_LIST, url);
        result->refresh = interstitial_refresh(page);
        return result;
    }
    result->is_index = list->index != NULL;
    result->next = g_strdup(list->index ? g_ptr_array_index(list->index, 0) : list->next);
    result->home = g_strdup(url);
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *from = g_ptr_array_index(list->entries, i);
        struct entry *e = entry_new();
        e->link = g_strdup(from->link);
        e->title = clean_or_null(from->title);
        e->untitled = !e->title;
        if (!e->title)
            e->title = title_from(NULL, e->link);
        e->language = g_strdup(rules->language);
        e->published = from->published;
        e->event.starts = from->starts;
        if (from->own) /* its link is that of the page, but for the fragment */
            e->id = g_strdup(strchr(e->link, '#'));
        if (from->summary && *from->summary) {
            AUTO(document_free) struct document *summary = document_from_text(from->summary);
            e->document = store_document(result, summary);
        }
        g_ptr_array_add(result->entries, e);
    }
    identity_settle(result->entries, result->warnings, false);
    return result;
}

static const struct portal_article *
rules_of(const struct parse_rules *rules, const char *link)
{
    const char *edition = rules->section ? rules->section->edition->id : NULL;
    return rules->portal && link ? portal_article_rules(rules->portal, edition, link) : NULL;
}

struct compare_rules
parse_ignored(const struct parse_rules *rules, const char *link)
{
    const struct portal_article *of = rules_of(rules, link);
    return (struct compare_rules){.text = of ? of->ignore : NULL};
}

/*
 * The URL to which a page's links are relative.  A portal file may say that articles are requested
 * from another address than the one in the list, as of an API; then it is the list's, which readers
 * open too.
 */
static const char *
page_url(const char *url, const char *link, const struct parse_rules *rules)
{
    const struct portal_article *of = rules_of(rules, link);
    return of && of->url ? link : url;
}

/*
 * What an answer that is no article, or next to none, says of whether it is there; the page is
 * opened once more, since looking for an article has changed it.
 */
static enum withdrawal
absence_of(const struct parse_result *result, const struct page *read, const char *bytes,
           gsize length, const struct charset_hints *charset, const char *url, const char *link,
           const struct parse_rules *rules)
{
    const struct parsed_page *p = result->page;
    enum withdrawal led = absence_by_folder(url, link);
    if (led || !length || !absence_is_possible(p->article, read->source) ||
        (!p->article && p->problem->code != PROBLEM_NO_TEXT))
        return led;
    AUTO(page_free) struct page *page = page_open(bytes, length, charset, url);
    enum withdrawal said = absence_by_page(page, p->article);
    if (p->forward && said != WITHDRAWAL_SAYS && !absence_is_barred(page))
        led = absence_by_address(p->forward, link, rules);
    return led ? led : p->forward && said == WITHDRAWAL_BARE ? WITHDRAWAL_NONE : said;
}

static struct parse_result *
read_article(const char *bytes, gsize length, const char *content_type, const char *url,
             const char *link, const struct parse_rules *rules)
{
    struct parse_result *result = parse_result_new(PARSE_ARTICLE, NULL);
    result->page->url = g_strdup(page_url(url, link, rules));
    result->page->absence = absence_by_address(url, link, rules);
    if (result->page->absence) {
        result->page->problem = problem_new(PROBLEM_LEADS_HOME, link, PROBLEM_NO_NUMBER, url);
        return result;
    }
    result->page->article =
        article_of_file(bytes, length, content_type, result->page->url, rules->language);
    if (result->page->article) {
        result->page->is_file = true;
        if (rules->keeps_files && !result->page->article->attachments->len)
            article_add_file(result->page->article, bytes, length, content_type);
        return result;
    }
    struct charset_hints charset = hints(rules, content_type);
    AUTO(page_free) struct page *page = page_open(bytes, length, &charset, result->page->url);
    struct article_options options = {.portal = rules->portal,
                                      .edition = rules->section ? rules->section->edition->id
                                                                : NULL,
                                      .language = rules->language,
                                      .first = link,
                                      .dates = rules->dates,
                                      .now = rules->now};
    g_autoptr(GError) error = NULL;
    result->page->article = article_extract(page, &options, &error);
    result->page->charset = g_strdup(page->encoding);
    result->page->charset_evidence = g_strdup(page->encoding_evidence);
    take_page_warnings(result, page);
    if (!result->page->article)
        result->page->problem = page_problem(result, error, PROBLEM_NO_TEXT, link);
    /* the text may be where the page leads */
    if (!result->page->article || g_str_equal(result->page->article->method, "none"))
        result->page->forward = interstitial_target(page);
    result->page->absence = absence_of(result, page, bytes, length, &charset, url, link, rules);
    return result;
}

/* Microseconds that this thread has had of a processor. */
static gint64
clock_of_thread(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static struct parse_result *
costing(struct parse_result *result, gint64 since)
{
    result->cost = clock_of_thread() - since;
    return result;
}

struct parse_result *
parse_feed(const char *bytes, gsize length, const char *content_type, const char *url,
           const struct parse_rules *rules)
{
    gint64 since = clock_of_thread();
    return costing(read_feed(bytes, length, content_type, url, rules), since);
}

struct parse_result *
parse_list(const char *bytes, gsize length, const char *content_type, const char *url,
           const struct parse_rules *rules)
{
    gint64 since = clock_of_thread();
    return costing(read_list(bytes, length, content_type, url, rules), since);
}

struct parse_result *
parse_article(const char *bytes, gsize length, const char *content_type, const char *url,
              const char *link, const struct parse_rules *rules)
{
    gint64 since = clock_of_thread();
    return costing(read_article(bytes, length, content_type, url, link, rules), since);
}

void
parse_take_attachment(struct parse_result *result, const char *url, const char *bytes, gsize length,
                      struct attachment_text *text)
{
    struct attachment_arrival *arrival = g_new0(struct attachment_arrival, 1);
    *arrival = (struct attachment_arrival){g_strdup(url), g_bytes_new(bytes, length), text};
    result->attachment = arrival;
}

const char *
parse_file_url(const struct parse_result *result)
{
    return ((const struct attachment *)g_ptr_array_index(result->page->article->attachments, 0))
        ->url;
}

struct parse_result *
parse_token(const char *bytes, gsize length, const char *content_type, const char *url,
            const struct parse_rules *rules)
{
    struct parse_result *result = parse_result_new(PARSE_TOKEN, NULL);
    struct charset_hints charset = hints(rules, content_type);
    AUTO(page_free) struct page *page = page_open(bytes, length, &charset, url);
    struct rule_scope scope = {.page = page, .url = url};
    json_t *json = page->json ? rule_page_json(page, NULL) : NULL;
    scope.json = json;
    result->token = rule_text(&scope, &rules->section->token);
    json_decref(json);
    return result;
}

/* Links of lists may lead to films and programs, which are no articles. */
static bool
may_be_article(const struct parse_page *page)
{
    const char *type = page->content_type;
    return !type || strstr(type, "html") || strstr(type, "xml") || strstr(type, "json") ||
           strstr(type, "javascript") || g_str_has_prefix(type, "text/") ||
           article_is_file(page->bytes, page->length, type, page->url);
}

struct parse_result *
parse_any(const struct parse_page *page, const struct parse_rules *rules)
{
    switch (page->kind) {
    case PARSE_FEED:
        return parse_feed(page->bytes, page->length, page->content_type, page->url, rules);
    case PARSE_LIST:
        return parse_list(page->bytes, page->length, page->content_type, page->url, rules);
    case PARSE_TOKEN:
        return parse_token(page->bytes, page->length, page->content_type, page->url, rules);
    case PARSE_ARTICLE:
        return may_be_article(page) ? parse_article(page->bytes, page->length, page->content_type,
                                                    page->url, page->link, rules)
                                    : NULL;
    }
    return NULL;
}
