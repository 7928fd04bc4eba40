/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making jobs, and storing what a finished one has brought. */
#include "config.h"

#include "fetch/job.h"
#include "base/step.h"
#include "base/url.h"
#include "transfer/http-session.h"
#include "fetch/policy.h"
#include "fetch/presence.h"
#include "store/articles.h"
#include "store/withdrawals.h"
#include "store/clock.h"
#include "store/files.h"
#include "store/raw.h"
#include "store/revisions.h"
#include "store/maintenance.h"
#include "text/date.h"

#include <string.h>
#include <unistd.h>

static void
free_result(gpointer result)
{
    parse_result_free(result);
}

static bool
wants_pages(enum setting_fetch_pages setting, bool whole, bool full)
{
    return full || setting == FETCH_PAGES_ALWAYS || (whole && setting == FETCH_PAGES_AUTO);
}

bool
job_is_list(const struct subscription *sub)
{
    if (sub->section)
        return sub->section->kind == PORTAL_LIST;
    return sub->tags && g_strv_contains((const char *const *)sub->tags, "list");
}

bool
job_is_document(const struct job *job, const char *link)
{
    g_autofree char *format =
        job->attachments != FETCH_ATTACHMENTS_NEVER ? article_document_format(NULL, link) : NULL;
    return format != NULL;
}

struct parse_rules
job_rules(const struct context *context, const struct subscription *sub, int64_t now)
{
    const struct settings_subject subject = {sub->url, sub->tags, subscription_address(sub)};
    const struct setting_values settings = settings_for(context->settings, &subject);
    const struct portal_section *section = sub->section;
    struct parse_rules rules = {
        .portal = sub->portal,
        .section = section,
        .profiles = context->profiles,
        .language = section ? portal_edition_language(section->edition) : NULL,
        .charset_forced = *settings.fetch_charset ? settings.fetch_charset : NULL,
        .charset_default = section && section->charset            ? section->charset
                           : section && section->edition->charset ? section->edition->charset
                           : sub->portal                          ? sub->portal->charset
                                                                  : NULL,
        .dates = sub->portal ? sub->portal->dates : (struct date_style){0},
        .now = now,
    };
    rules.keeps_files = settings.fetch_attachments != FETCH_ATTACHMENTS_NEVER;
    if (!rules.dates.zoned && *settings.fetch_timezone)
        date_style_set_zone(&rules.dates, settings.fetch_timezone);
    return rules;
}

struct job *
job_new(const struct context *context, const struct credentials *credentials,
        const struct subscription *sub, struct source *source, bool full, int64_t jumped,
        int64_t now)
{
    const struct settings_subject subject = {sub->url, sub->tags, subscription_address(sub)};
    const struct setting_values settings = settings_for(context->settings, &subject);
    struct job *job = g_new0(struct job, 1);
    const struct portal_section *section = sub->section;
    job->subscription = sub;
    job->source = source;
    job->list = job_is_list(sub);
    job->manner = manner_new(context, &subject, credentials, subject.address);
    job->written = g_strdup(job->manner->written);
    job->url = g_strdup(!section && source->moved_to ? source->moved_to : job->written);
    job->session = http_session_new(settings.fetch_deadline);
    job->interval = settings.fetch_interval;
    job->page_limit = settings.fetch_page_limit;
    job->depth = settings.fetch_depth;
    job->keep_days = settings.store_keep;
    job->recheck = settings.fetch_recheck;
    job->unread_again = settings.store_unread_again;
    job->attachments = settings.fetch_attachments;
    job->attachment_size = (gsize)settings.fetch_attachment_size << 20;
    job->arrived = g_ptr_array_new_with_free_func(g_free);
    job->remarks = problems_new();
    if (section && section->depth)
        job->depth = section->depth;
    if (source->last_success > jumped)
        job->depth = 1; /* the back pages were read when the source was new */
    job->pages = wants_pages(settings.fetch_pages, job->list || section, full);
    job->full = full;
    job->rules = job_rules(context, sub, now);
    job->results = g_ptr_array_new_with_free_func(free_result);
    job->articles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    job->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(job->seen, g_strconcat(job->url, "\n", NULL));
    job->links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return job;
}

void
page_arrival_free(struct page_arrival *page, struct http *http)
{
    if (page->response)
        http_release(http, page->response);
    if (page->result)
        parse_result_free(page->result);
    if (page->problem)
        problem_free(page->problem);
    g_free(page);
}

void
job_free(struct job *job, struct http *http)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, job->articles);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (value)
            page_arrival_free(value, http);
    }
    g_hash_table_unref(job->articles);
    g_hash_table_unref(job->seen);
    g_hash_table_unref(job->links);
    g_ptr_array_unref(job->arrived);
    g_ptr_array_unref(job->remarks);
    g_free(job->token);
    g_ptr_array_unref(job->results);
    if (job->first)
        http_release(http, job->first);
    source_free(job->source);
    g_free(job->url);
    g_free(job->written);
    manner_free(job->manner);
    http_session_unref(job->session);
    if (job->problem)
        problem_free(job->problem);
    if (job->put_off)
        problem_free(job->put_off);
    g_free(job);
}

void
job_pack(struct parse_result *result, const struct response *r)
{
    bool is_file = result->page && result->page->is_file; /* which is kept as one */
    result->raw = raw_pack(r->body->len ? (const char *)r->body->data : "",
                           is_file ? 0 : r->body->len, r->body->len, r->evidence);
}

/* Of a page that failed, be it gone; a doubt is no failure of one that is stored. */
static bool
store_page_error(struct store *store, int64_t id, const struct page_arrival *page, const char *link,
                 int64_t now, GError **error)
{
    if (page->sign.kind && articles_has_page(store, id))
        return true;
    AUTO(problem_free)
    struct problem *absent =
        page->problem ? NULL : problem_new(PROBLEM_NO_TEXT, link, PROBLEM_NO_NUMBER, NULL);
    g_autofree char *why = problem_format(page->problem ? page->problem : absent);
    struct page_values values = {
        .url = link, .error = why, .permanent = page->permanent || page->sign.kind};
    return articles_put_page(store, id, &values, now, error);
}

/*
 * Whether the text of an article that the store has stays: a page that is a PDF or a picture has
 * none, and does not replace that of the feed.
 */
static bool
keeps_text(struct store *store, int64_t id, const struct article *a)
{
    AUTO(document_free) struct document *known =
        document_is_empty(a->document) ? articles_document(store, id, 0, NULL) : NULL;
    if (known)
        document_detach(known);
    return known && !document_is_empty(known);
}

bool
job_store_article(struct store *store, int64_t id, const struct article *a, const char *link,
                  enum job_reading reading, const struct parse_rules *rules, int64_t now,
                  bool *changed, GError **error)
{
    g_autofree char *made_up = reading == JOB_AGAIN_TITLE ? NULL : parse_made_up_title(link);
    struct page_facts facts = {.title = a->title,
                               .made_up = made_up,
                               .author = a->author,
                               .publisher = a->source,
                               .section = a->section,
                               .language = a->language,
                               .number = a->number,
                               .published = a->published};
    g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < a->attachments->len; i++) {
        const struct attachment *from = g_ptr_array_index(a->attachments, i);
        struct stored_attachment *to = g_new0(struct stored_attachment, 1);
        *to = (struct stored_attachment){from->url, from->title, from->type, -1, NAMED_UNKNOWN};
        g_ptr_array_add(attachments, to);
    }
    if (!articles_put_attachments(store, id, attachments, NAMED_BY_PAGE, error))
        return false;
    g_autoptr(GPtrArray) all = articles_attachments(store, id); /* those of the feed, too */
    AUTO(stored_document_free) struct stored_document *document = stored_document_new(a->document);
    AUTO(stored_document_free)
    struct stored_document *whole = files_compose_packed(store, all, document);
    bool again = reading != JOB_FIRST, keeps = keeps_text(store, id, a);
    struct compare_rules ignore = parse_ignored(rules, link);
    *changed = false;
    if (!articles_put_facts(store, id, &facts, error) ||
        (event_is_known(&a->event) && !articles_put_event(store, id, &a->event, false, error)) ||
        (!keeps && !articles_put_document(store, id, whole ? whole : document, "page", a->title,
                                          again, now, &ignore, changed, error)) ||
        (keeps && !files_recompose(store, id, again, now, changed, error)) ||
        (again && !revisions_settle(store, id, true, now, &ignore, changed, error)))
        return false;
    for (guint i = 0; i < a->editions->len; i++) {
        const struct edition_link *edition = g_ptr_array_index(a->editions, i);
        if (!articles_put_edition(store, id, edition->language, edition->url, edition->scope,
                                  error))
            return false;
    }
    return true;
}

bool
job_store_attachment(struct store *store, const struct response *r,
                     const struct attachment_arrival *arrival, int64_t now, GError **error)
{
    const struct attachment_text *text = arrival->text;
    struct file_values values = {.url = arrival->url,
                                 .content_type = r->content_type,
                                 .format = text->format,
                                 .etag = r->etag,
                                 .last_modified = r->last_modified,
                                 .bytes = text->format ? arrival->bytes : NULL,
                                 .text = text->text,
                                 .problem = text->problem,
                                 .permanent = !text->format};
    return files_put(store, &values, now, error);
}

static bool
store_page(struct store *store, int64_t id, const struct page_arrival *page, const char *link,
           const struct job *job, int64_t now, bool *changed, GError **error)
{
    const struct parse_rules *rules = &job->rules;
    *changed = false;
    if (page->unchanged)
        return articles_page_stands(store, id, now, error);
    if (presence_is_sign(store, id, page))
        return withdrawals_take_sign(store, id, &page->sign, presence_believes_after(job, page),
                                     now, error) &&
               store_page_error(store, id, page, link, now, error);
    /*
     * an article without its last parts is better than none, but not than the whole one that is
     * stored
     */
    if (page->partial && articles_needs_page(store, id) &&
        !job_store_article(store, id, page->result->page->article, link, JOB_FIRST, rules, now,
                           changed, error))
        return false;
    if (page->problem)
        return store_page_error(store, id, page, link, now, error);
    const struct response *r = page->response;
    const struct parsed_page *parsed = page->result->page;
    struct page_values values = {
        parsed->url,      r->content_type,          r->etag, r->last_modified,
        parsed->charset,  parsed->charset_evidence, NULL,    false,
        page->result->raw};
    if (!articles_put_page(store, id, &values, now, error))
        return false;
    return !parsed->article || job_store_article(store, id, parsed->article, link, JOB_FIRST, rules,
                                                 now, changed, error);
}

bool
job_settle(struct store *store, int64_t id, const char *link, const struct parse_rules *rules,
           int unread_again, int64_t now, bool *changed, GError **error)
{
    struct compare_rules ignore = parse_ignored(rules, link);
    if (!revisions_settle(store, id, false, now, &ignore, changed, error))
        return false;
    return !*changed || !unread_again ||
           revisions_unread_again(store, id, (guint)unread_again, now, error);
}

static void
claim(GHashTable *claimed, int64_t id)
{
    int64_t *key = g_new(int64_t, 1);
    *key = id;
    g_hash_table_add(claimed, key);
}

/*
 * Looks up which article each entry is before any is stored, so that none takes the article of
 * another.  A source that is fetched first has none.
 */
static void
claim_known(struct job *job, struct store *store, GHashTable *claimed)
{
    bool any = articles_any(store, job->source->id);
    for (guint p = 0; p < job->results->len; p++) {
        const struct parse_result *result = g_ptr_array_index(job->results, p);
        for (guint i = 0; i < result->entries->len; i++) {
            struct entry *e = g_ptr_array_index(result->entries, i);
            e->article = ARTICLES_BY_KEY;
            if (!any)
                continue;
            articles_identify(store, job->source->id, e);
            e->article = articles_find(store, job->source->id, e);
            if (e->article)
                claim(claimed, e->article);
        }
    }
}

bool
job_store_text(struct store *store, int64_t id, const struct entry *e, bool again,
               const struct parse_rules *rules, int64_t now, bool *changed, GError **error)
{
    *changed = false;
    if (e->attachments &&
        !articles_put_attachments(store, id, e->attachments, NAMED_BY_FEED, error))
        return false;
    g_autoptr(GPtrArray) all = articles_attachments(store, id); /* those of the page, too */
    if (!e->attachments && all->len) {                          /* the feed names none any more */
        g_autoptr(GPtrArray) none = g_ptr_array_new();
        if (!articles_put_attachments(store, id, none, NAMED_BY_FEED, error))
            return false;
        g_ptr_array_unref(all);
        all = articles_attachments(store, id);
    }
    AUTO(stored_document_free)
    struct stored_document *whole = files_compose_packed(store, all, e->document);
    const struct stored_document *text = whole ? whole : e->document;
    struct compare_rules ignore = parse_ignored(rules, e->link);
    return (!text || articles_put_document(store, id, text, "feed", e->title, again, now, &ignore,
                                           changed, error)) &&
           (!again || revisions_settle(store, id, true, now, &ignore, changed, error));
}

static bool
store_entry(struct job *job, struct store *store, struct entry *e, GHashTable *claimed, int64_t now,
            guint *added, guint *updated, GError **error)
{
    if (e->article <= 0) /* once more: an entry that was stored since may share its key */
        articles_identify(store, job->source->id, e);
    bool is_new = false, changed = false, page_changed = false;
    int64_t id = articles_put(store, job->source->id, e, e->article, claimed, now, &is_new, error);
    if (id == ARTICLES_PURGED)
        return true;
    if (!id)
        return false;
    claim(claimed, id);
    e->article = id;
    if (event_is_known(&e->event) && !articles_put_event(store, id, &e->event, true, error))
        return false;
    if (!job_store_text(store, id, e, false, &job->rules, now, &changed, error))
        return false;
    struct page_arrival *page = e->link ? g_hash_table_lookup(job->articles, e->link) : NULL;
    if (page && !store_page(store, id, page, e->link, job, now, &page_changed, error))
        return false;
    if (page)
        page->stored = true;
    changed |= page_changed;
    if (!is_new &&
        !job_settle(store, id, e->link, &job->rules, job->unread_again, now, &changed, error))
        return false;
    *added += is_new;
    *updated += !is_new && changed;
    test_step();
    return true;
}

/* Stores pages of articles that the list did not name again. */
static bool
store_missing_pages(struct job *job, struct store *store, int64_t now, guint *updated,
                    GError **error)
{
    GHashTableIter iter;
    gpointer link, value;
    g_hash_table_iter_init(&iter, job->articles);
    while (g_hash_table_iter_next(&iter, &link, &value)) {
        bool changed;
        const struct page_arrival *page = value;
        int64_t id = page && !page->stored ? articles_by_link(store, job->source->id, link) : 0;
        if (id &&
            (!store_page(store, id, value, link, job, now, &changed, error) ||
             !job_settle(store, id, link, &job->rules, job->unread_again, now, &changed, error)))
            return false;
        *updated += id && changed;
    }
    return true;
}

/* A digest that came later is none of a change; another one is. */
static bool
recompose(struct store *store, int64_t id, int64_t now, GError **error)
{
    bool changed;
    return files_recompose(store, id, false, now, &changed, error) &&
           revisions_settle(store, id, false, now, NULL, &changed, error);
}

/* Has articles say what attachments say that came for them, be it later than they. */
static bool
store_arrived(struct job *job, struct store *store, int64_t now, GError **error)
{
    for (guint i = 0; i < job->arrived->len; i++) {
        g_autoptr(GArray) articles = files_articles(store, g_ptr_array_index(job->arrived, i));
        for (guint n = 0; n < articles->len; n++)
            if (!recompose(store, g_array_index(articles, int64_t, n), now, error))
                return false;
    }
    return true;
}

/* Whether dates were refused that a right clock might take. */
static bool
wants_redating(const struct job *job)
{
    for (guint i = 0; i < job->results->len; i++)
        if (((const struct parse_result *)g_ptr_array_index(job->results, i))->redate)
            return true;
    return false;
}

/*
 * Whether the source is a page that leads to the list, which changes when that page does not.
 */
static bool
leads_on(const struct job *job)
{
    const struct parse_result *first = job->results->len ? g_ptr_array_index(job->results, 0)
                                                         : NULL;
    return job->list && first && first->is_index;
}

/* Keeps the validators with which the next fetch asks whether anything has changed. */
static void
take_validators(const struct job *job, struct source_result *result)
{
    const struct response *r = job->first;
    if (wants_redating(job) || leads_on(job))
        return; /* so that all dates come again, and are judged by a clock that may be right */
    bool kept = job->unchanged && !r->etag && !r->last_modified;
    result->etag = r->etag ? r->etag : kept ? job->source->etag : NULL;
    result->last_modified = r->last_modified ? r->last_modified
                            : kept           ? job->source->last_modified
                                             : NULL;
    result->validated = kept ? job->source->validated : r->url;
}

/* How often it has failed now, and when it is due again. */
static void
result_failed(const struct job *job, struct source_result *result)
{
    const struct source *source = job->source;
    struct schedule_hints hints = schedule_hints_parse(source->schedule_hints);
    struct failing before = {source->failures, source->next_due},
                   after = policy_failed(&before, job->interval, &hints, result->retry_after,
                                         g_str_hash(source->url), result->now);
    result->failures = after.failures;
    result->next_due = after.next_due;
}

static bool
store_all(struct job *job, struct store *store, const GPtrArray *warnings, int64_t now,
          guint *added, guint *updated, GError **error)
{
    struct source_result result = {.id = job->source->id,
                                   .now = now,
                                   .http_status = job->http_status,
                                   .certificate_expires = job->certificate_expires};
    if (job->waiting)
        return true;
    if (job->problem) {
        result.error = job->problem;
        result.retry_after = job->retry_after;
        result_failed(job, &result);
        return sources_record(store, &result, error);
    }
    const struct parse_result *first = job->results->len ? g_ptr_array_index(job->results, 0)
                                                         : NULL;
    result.unchanged = job->unchanged;
    struct schedule_hints hints = first ? first->hints
                                        : schedule_hints_parse(job->source->schedule_hints);
    g_autofree char *kept_hints = schedule_hints_format(&hints);
    result.schedule_hints = kept_hints;
    result.next_due = policy_next_success(job->first, job->interval, &hints, now);
    take_validators(job, &result);
    result.moved_to = job->subscription->section                ? NULL
                      : job->first->moved_to && !job->refreshes ? job->first->moved_to
                      : job->moved_back                         ? NULL
                                                                : job->source->moved_to;
    result.warnings = warnings;
    if (first) {
        result.feed_title = first->title;
        result.home = first->home;
        result.language = first->language ? first->language : job->rules.language;
        result.charset = first->charset;
        result.charset_evidence = first->charset_evidence;
    }
    const struct response *sent = job->first;
    if (first && first->raw &&
        !raw_put_source(store, job->source->id, sent->url, sent->content_type, first->raw, now,
                        error))
        return false;
    g_autoptr(GHashTable)
        claimed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    claim_known(job, store, claimed);
    presence_weigh(job, store);
    /* from the last page to the first and from the bottom up, so that numbers rise with time */
    for (guint p = job->results->len; p-- > 0;) {
        const struct parse_result *list = g_ptr_array_index(job->results, p);
        for (guint i = list->entries->len; i-- > 0;)
            if (!store_entry(job, store, g_ptr_array_index(list->entries, i), claimed, now, added,
                             updated, error))
                return false;
    }
    if (!store_missing_pages(job, store, now, updated, error) ||
        !presence_store_list(job, store, now, error) || !store_arrived(job, store, now, error))
        return false;
    result.brought = *added > 0;
    result.revised = *updated > 0;
    return sources_record(store, &result, error);
}

bool
job_store(struct job *job, struct store *store, const GPtrArray *warnings, int64_t now,
          const char *progress, guint *added, guint *updated, GError **error)
{
    *added = *updated = 0;
    test_step();
    if (!store_begin(store, error))
        return false;
    if (!store_all(job, store, warnings, now, added, updated, error) ||
        !store_set_meta(store, "progress", progress, error)) {
        store_rollback(store);
        return false;
    }
    test_step();
    bool done = store_commit(store, error);
    test_step();
    int64_t certain = done && job->keep_days ? store_clock_certain(store, now) : 0;
    if (certain && maintenance_expire(store, job->source->id,
                                      certain - (int64_t)job->keep_days * 86400, error) < 0)
        return false;
    return done;
}

void
job_store_failure(struct job *job, struct store *store, int64_t now, const GError *why)
{
    if (!g_error_matches(why, STORE_ERROR, STORE_ERROR_FULL))
        return;
    AUTO(problem_free)
    struct problem *problem = problem_newf(PROBLEM_DISK, NULL, 0, "the disk is full");
    struct source_result result = {.id = job->source->id,
                                   .now = now,
                                   .error = problem,
                                   .http_status = job->http_status,
                                   .certificate_expires = job->certificate_expires};
    result_failed(job, &result);
    sources_record(store, &result, NULL);
    store_set_meta(store, "progress", NULL, NULL);
}
