/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds, lists and article pages as entries and documents, and what is asked for next. */
#include "config.h"

#include "parse/parse.h"
#include "base/url.h"
#include "feed/ical.h"
#include "parse/absence.h"
#include "parse/identity.h"
#include "parse/item.h"
#include "portal/interstitial.h"
#include "portal/list.h"
#include "portal/rule.h"

#include <string.h>
#include <time.h>

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

char *
parse_made_up_title(const char *link)
{
    return item_title_from(NULL, link);
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
    result->title = item_clean(feed->title);
    result->home = url_is_web(feed->link) ? item_clean(feed->link) : NULL;
    result->language = item_clean(feed->language);
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
    struct item_reading reading = {.warnings = result->warnings, .now = rules->now};
    for (guint i = 0; i < feed->items->len; i++)
        g_ptr_array_add(result->entries, item_take(&reading, g_ptr_array_index(feed->items, i)));
    result->redate = reading.redate;
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
    struct item_reading reading = {.warnings = result->warnings, .now = rules->now};
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *from = g_ptr_array_index(list->entries, i);
        struct entry *e = entry_new();
        e->link = g_strdup(from->link);
        e->title = item_clean(from->title);
        e->untitled = !e->title;
        if (!e->title)
            e->title = item_title_from(NULL, e->link);
        e->language = g_strdup(rules->language);
        e->published = from->published;
        e->event.starts = from->starts;
        if (from->own) /* its link is that of the page, but for the fragment */
            e->id = g_strdup(strchr(e->link, '#'));
        if (from->summary && *from->summary) {
            AUTO(document_free) struct document *summary = document_from_text(from->summary);
            e->document = item_store_document(&reading, summary);
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
