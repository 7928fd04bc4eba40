/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a job: token, source, list pages, articles, and the pages that an article
 * leads on to; their attachments are in steps-attachments.c.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/url.h"
#include "fetch/request-builder.h"
#include "transfer/http-session.h"
#include "fetch/pipeline.h"
#include "fetch/rechecks.h"
#include "portal/list-model.h"
#include "store/articles.h"

#define MAX_PARTS     30 /* of one article */
#define MAX_REFRESHES 5
/*
 * Microseconds that reading the pages of one source may take, and as many more for each.  An honest
 * page takes 3000 where this was tuned, and 20 times as many on small machines.
 */
#define MAX_COST  3000000
#define PAGE_COST 100000
/* bytes that a page may have, and those that all pages of a source may have above that */
#define LARGE_PAGE (1u << 20)
#define MAX_LARGE  (32u << 20)
#define BACK_AFTER 86400 /* seconds after which a list that still names a page is believed */
#define NEWS_AFTER 3600  /* and after which one that names it otherwise tells of another text */

void
steps_submit(struct pipeline *p, struct job *job, struct request *request, int kind)
{
    request->kind = kind;
    request->owner = job;
    request->session = http_session_ref(job->session);
    manner_apply(job->manner, request);
    /* the user named the address of the source, not those to which its pages lead */
    request->named = (kind == JOB_SOURCE || kind == JOB_TOKEN) &&
                     (!job->refreshes || url_takes_login(job->url, request->url));
    job->pending++;
    message_note("%s %s", request->post ? "POST" : "GET", request->url);
    http_submit(p->http, request);
}

static void
submit_article(struct pipeline *p, struct job *job, const char *link, char *etag,
               char *last_modified, char *validated)
{
    const struct portal_section *section = job->rules.section;
    struct request *request =
        request_for_article(job->rules.portal, section ? section->edition->id : NULL, link);
    request->link = g_strdup(link);
    if (job_is_document(job, link))
        request->max_size = job->attachment_size;
    request->etag = etag;
    request->last_modified = last_modified;
    request->validated = validated;
    g_hash_table_insert(job->articles, g_strdup(link), NULL);
    steps_submit(p, job, request, JOB_ARTICLE);
}

/* A page that belongs to an article whose first page has come. */
static void
submit_more(struct pipeline *p, struct job *job, const char *url, const char *link, int kind)
{
    struct request *request = request_for_url(job->rules.portal, url);
    request->link = g_strdup(link);
    steps_submit(p, job, request, kind);
}

/* Asks for the source itself; the request is conditional when it is a GET. */
static void
submit_source(struct pipeline *p, struct job *job)
{
    const struct portal_section *section = job->rules.section;
    struct request *request = section ? request_for_page(job->rules.portal, section, 0, job->token)
                                      : request_for_url(NULL, job->url);
    if (!request) {
        job->problem = problem_new(PROBLEM_TOKEN_URL, section->url, PROBLEM_NO_NUMBER, job->token);
        return;
    }
    if (!job->full && !request->post) {
        request->etag = g_strdup(job->source->etag);
        request->last_modified = g_strdup(job->source->last_modified);
        request->validated = g_strdup(job->source->validated);
    }
    steps_submit(p, job, request, JOB_SOURCE);
}

/* Whether an entry has a page of its own. */
static bool
has_page(const char *link)
{
    return url_is_web(link) && !strstr(link, LIST_OWN_FRAGMENT);
}

/* Asks for pages that an earlier fetch did not get, since its limit was reached or they failed. */
static void
request_missing_pages(struct pipeline *p, struct job *job, int limit)
{
    g_autoptr(GPtrArray) links = articles_missing_pages(p->store, job->source->id, limit);
    for (guint i = 0; i < links->len; i++) {
        const char *link = g_ptr_array_index(links, i);
        if (!has_page(link) || g_hash_table_contains(job->articles, link))
            continue;
        submit_article(p, job, link, NULL, NULL, NULL);
    }
}

/* Asks again for pages that may be others or gone. */
static void
request_rechecks(struct pipeline *p, struct job *job)
{
    g_autoptr(GPtrArray) rechecks = rechecks_choose(p, job);
    for (guint i = 0; i < rechecks->len; i++) {
        const struct recheck *r = g_ptr_array_index(rechecks, i);
        if (g_hash_table_contains(job->articles, r->link)) /* two articles have one page */
            continue;
        char *etag = NULL, *last_modified = NULL, *validated = NULL;
        articles_page_tag(p->store, r->article, &etag, &last_modified, &validated);
        submit_article(p, job, r->link, etag, last_modified, validated);
    }
}

/* Whether the page of an entry that is known is asked for all the same, without being due. */
static bool
is_wanted_again(const struct pipeline *p, const struct job *job, int64_t known,
                const struct entry *e)
{
    if (job->full || articles_needs_page(p->store, known) ||
        articles_may_be_back(p->store, known, p->now - BACK_AFTER))
        return true;
    /* who puts a thing off gives it another title; one link of two entries has always another */
    return job->recheck && !e->untitled && !e->shared_link &&
           articles_is_retitled(p->store, known, e->title, p->now - NEWS_AFTER);
}

/* Asks for the article pages that a job still wants, and for documents that are articles. */
static void
request_pages(struct pipeline *p, struct job *job)
{
    int wanted = 0;
    for (guint n = 0; n < job->results->len; n++) {
        const struct parse_result *result = g_ptr_array_index(job->results, n);
        for (guint i = 0; i < result->entries->len && wanted < job->page_limit; i++) {
            const struct entry *e = g_ptr_array_index(result->entries, i);
            if (!has_page(e->link) || g_hash_table_contains(job->articles, e->link) ||
                !(job->pages || job_is_document(job, e->link)))
                continue;
            int64_t known = articles_by_link(p->store, job->source->id, e->link);
            if (known ? !is_wanted_again(p, job, known, e)
                      : articles_is_purged(p->store, job->source->id, e->link))
                continue;
            char *etag = NULL, *last_modified = NULL, *validated = NULL;
            if (known)
                articles_page_tag(p->store, known, &etag, &last_modified, &validated);
            submit_article(p, job, e->link, etag, last_modified, validated);
            wanted++;
        }
    }
    if (job->pages)
        request_missing_pages(p, job, job->page_limit - wanted);
    request_rechecks(p, job);
}

/* Whether a page of the list named anything that those before it did not. */
static bool
names_new(struct job *job, const struct parse_result *result)
{
    bool any = false;
    for (guint i = 0; i < result->entries->len; i++) {
        const struct entry *e = g_ptr_array_index(result->entries, i);
        any |= e->link && g_hash_table_add(job->links, g_strdup(e->link));
    }
    return any;
}

/* The page after the one that came last, by its own link or by the portal file; NULL at the end. */
static struct request *
next_page(struct job *job, const struct parse_result *result)
{
    bool deeper = result->is_index ? job->results->len == 1 : (int)job->results->len < job->depth;
    bool fresh = names_new(job, result) || result->is_index || !job->list;
    if (!deeper || !fresh)
        return NULL;
    const struct portal_section *section = job->rules.section;
    struct request *request =
        section && !portal_rule_given(&section->next)
            ? request_for_page(job->rules.portal, section, (int)job->results->len, job->token)
            : NULL;
    job->counted = request != NULL;
    if (!request && result->next)
        request = request_for_url(job->rules.portal, result->next);
    if (!request)
        return NULL;
    char *identity = g_strconcat(request->url, "\n", request->post, NULL);
    if (g_hash_table_add(job->seen, identity))
        return request;
    request_free(request);
    return NULL;
}

/* Why a list page or feed brought nothing; NULL when it brought something. */
static const struct problem *
why_nothing(const struct parsed *parsed)
{
    return parsed->response->problem ? parsed->response->problem
           : parsed->result          ? parsed->result->problem
                                     : NULL;
}

bool
steps_postpone(struct job *job, const struct problem *why)
{
    if (why->code != PROBLEM_HOST_WAITS && why->code != PROBLEM_DEADLINE &&
        why->code != PROBLEM_COSTLY)
        return false;
    if (!job->put_off)
        job->put_off = problem_copy(why);
    return true;
}

static void
take_back_page_error(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    const struct response *r = parsed->response;
    struct parse_result *newest = g_ptr_array_index(job->results, 0);
    const struct problem *why = why_nothing(parsed);
    /*
     * a portal file counts pages without knowing how many there are: to go past the last is no
     * error
     */
    bool past_end = job->counted && (r->status == 404 || response_is_document(r));
    if (why && !past_end && !steps_postpone(job, why))
        problems_add(newest->warnings, problem_copy(why));
    http_release(p->http, parsed->response);
    request_pages(p, job);
}

/*
 * The address to which a source had moved does not work any more: asks for the written one instead.
 */
static bool
move_back(struct pipeline *p, struct job *job, const struct problem *why)
{
    if (job->moved_back || g_str_equal(job->url, job->written) || why->code == PROBLEM_HOST_WAITS ||
        why->code == PROBLEM_DEADLINE)
        return false;
    job->moved_back = true;
    g_free(job->url);
    job->url = g_strdup(job->written);
    g_hash_table_add(job->seen, g_strconcat(job->url, "\n", NULL));
    http_release(p->http, g_steal_pointer(&job->first));
    submit_source(p, job);
    return true;
}

/* Notes that the source itself failed. */
static void
fail(struct pipeline *p, struct job *job, const struct problem *why)
{
    if (move_back(p, job, why))
        return;
    job->waiting = why->code == PROBLEM_HOST_WAITS;
    if (job->waiting)
        return;
    job->problem = problem_copy(why);
    job->retry_after = MAX(job->first->retry_after, 0);
}

/*
 * Instead of the source a page came that sends its readers on: asks for the page to which it sends
 * them.
 */
static bool
follow_refresh(struct pipeline *p, struct job *job, const struct parse_result *result)
{
    const char *url = result ? result->refresh : NULL;
    if (!url || job->refreshes >= MAX_REFRESHES ||
        !g_hash_table_add(job->seen, g_strconcat(url, "\n", NULL)))
        return false;
    job->refreshes++;
    http_release(p->http, g_steal_pointer(&job->first));
    steps_submit(p, job, request_for_url(job->rules.portal, url), JOB_SOURCE);
    return true;
}

static void
take_source(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    bool first = r->request->kind == JOB_SOURCE;
    if (first) {
        job->first = r;
        job->http_status = (int)r->status;
        job->certificate_expires = r->certificate_expires;
    }
    if (first && r->status == 304 && !r->problem) {
        job->unchanged = true;
        if (job->pages)
            request_missing_pages(p, job, job->page_limit);
        request_rechecks(p, job);
        return;
    }
    const struct problem *why = why_nothing(parsed);
    if (why || !parsed->result) {
        if (first && follow_refresh(p, job, parsed->result))
            ;
        else if (first)
            fail(p, job, why);
        else /* the list itself works, so this is a warning */
            take_back_page_error(p, job, parsed);
        return;
    }
    struct parse_result *result = g_steal_pointer(&parsed->result);
    g_ptr_array_add(job->results, result);
    if (!first)
        http_release(p->http, r);
    job->pages |= result->needs_pages;
    struct request *next = next_page(job, result);
    if (!next && result->is_index && result->next && job->list)
        problems_add(((struct parse_result *)g_ptr_array_index(job->results, 0))->warnings,
                     problem_new(PROBLEM_NO_ENTRIES, NULL, PROBLEM_NO_NUMBER, NULL));
    else if (!next && result->is_index && result->next)
        problems_add(
            ((struct parse_result *)g_ptr_array_index(job->results, 0))->warnings,
            problem_new(PROBLEM_LIMIT, NULL, PROBLEM_NO_NUMBER,
                        N_("an index of sitemaps names another index, which is not followed")));
    if (next)
        steps_submit(p, job, next, JOB_LIST_PAGE);
    else
        request_pages(p, job);
}

static void
take_token(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    const struct problem *why = why_nothing(parsed);
    job->http_status = (int)r->status;
    job->token = parsed->result ? g_steal_pointer(&parsed->result->token) : NULL;
    if (job->token) {
        submit_source(p, job);
    } else {
        job->waiting = r->problem && r->problem->code == PROBLEM_HOST_WAITS;
        if (!job->waiting)
            job->problem = why ? problem_copy(why)
                               : problem_new(PROBLEM_TOKEN, r->url, job->rules.section->token.line,
                                             job->rules.portal->file);
        job->retry_after = MAX(r->retry_after, 0);
    }
    http_release(p->http, r);
}

bool
steps_is_permanent(const struct response *r)
{
    enum problem_code code = r->problem->code;
    return code == PROBLEM_NOT_FOUND || code == PROBLEM_GONE || code == PROBLEM_PRIVATE_ADDRESS ||
           code == PROBLEM_REDIRECT || code == PROBLEM_TOO_LARGE ||
           (r->status >= 400 && r->status < 500 && r->status != 408 && r->status != 425 &&
            r->status != 429);
}

/* What an answer says of whether the article is there. */
static struct withdrawal_sign
sign_of(const struct response *r, const struct parse_result *result)
{
    struct withdrawal_sign sign = {.place = r->url, .status = (int)r->status};
    enum problem_code code = r->problem ? r->problem->code : PROBLEM_COUNT;
    if (code == PROBLEM_NOT_FOUND || code == PROBLEM_GONE)
        sign.kind = WITHDRAWAL_STATUS;
    else if (!r->problem && result)
        sign.kind = result->page->absence;
    return sign;
}

static struct page_arrival *
arrival_new(struct parsed *parsed)
{
    const struct response *r = parsed->response;
    struct page_arrival *page = g_new0(struct page_arrival, 1);
    page->response = parsed->response;
    page->result = g_steal_pointer(&parsed->result);
    page->unchanged = r->status == 304 && !r->problem;
    page->sign = sign_of(r, page->result);
    if (r->problem) {
        page->problem = problem_copy(r->problem);
        page->permanent = steps_is_permanent(r);
    } else if (!page->unchanged && !page->result) {
        page->problem =
            problem_new(PROBLEM_NOT_A_PAGE, r->request->link, PROBLEM_NO_NUMBER, r->content_type);
        page->permanent = true;
    } else if (helper_failed(page->result)) {
        page->problem = problem_copy(page->result->page->problem);
    } else if (page->sign.kind && !page->result->page->article &&
               page->result->page->problem->code == PROBLEM_LEADS_HOME) {
        page->problem = problem_copy(page->result->page->problem);
        page->permanent = true; /* the article is gone, though the portal does not say so */
    }
    return page;
}

/* Asks for the part after this one, unless it was asked for already. */
static void
request_part(struct pipeline *p, struct job *job, const char *link, struct page_arrival *page,
             const char *next)
{
    if (!next || !g_hash_table_add(job->seen, g_strdup(next)))
        return;
    if (page->parts >= MAX_PARTS) {
        problems_add(page->result->warnings,
                     problem_newf(PROBLEM_LIMIT, NULL, PROBLEM_NO_NUMBER,
                                  "the first %d parts of the article were read", MAX_PARTS + 1));
        return;
    }
    page->parts++;
    submit_more(p, job, next, link, JOB_PART);
}

static void
take_article(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    const char *link = parsed->response->request->link;
    if (parsed->response->problem && steps_postpone(job, parsed->response->problem)) {
        http_release(p->http, parsed->response);
        return;
    }
    struct page_arrival *page = arrival_new(parsed);
    g_hash_table_insert(job->articles, g_strdup(link), page);
    steps_keep_file(p, job, parsed, page->result);
    const struct parsed_page *parsed_page = page->result ? page->result->page : NULL;
    /* what this page shows is kept if that one has no article */
    if (parsed_page && parsed_page->forward)
        submit_more(p, job, parsed_page->forward, link, JOB_FORWARD);
    else if (parsed_page && parsed_page->article)
        request_part(p, job, link, page, parsed_page->article->next);
}

/* Takes the page to which one without text forwarded: the article is there, if it holds one. */
static void
take_forward(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    const char *link = parsed->response->request->link;
    if (!parsed->result || !parsed->result->page->article) {
        http_release(p->http, parsed->response);
        return; /* what the first page said is kept, and no sign of what the other is */
    }
    struct page_arrival *before = g_hash_table_lookup(job->articles, link);
    struct page_arrival *page = arrival_new(parsed);
    g_hash_table_insert(job->articles, g_strdup(link), page);
    steps_keep_file(p, job, parsed, page->result);
    page_arrival_free(before, p->http);
    request_part(p, job, link, page, page->result->page->article->next);
}

static void
take_part(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    struct page_arrival *page = g_hash_table_lookup(job->articles, r->request->link);
    struct article *part = parsed->result ? parsed->result->page->article : NULL;
    if (part) {
        article_append(page->result->page->article, part);
        request_part(p, job, r->request->link, page, part->next);
    } else {
        const struct problem *why = r->problem       ? r->problem
                                    : parsed->result ? parsed->result->page->problem
                                                     : NULL;
        if (page->problem)
            problem_free(page->problem);
        page->problem = why ? problem_copy(why)
                            : problem_new(PROBLEM_NO_TEXT, r->url, PROBLEM_NO_NUMBER, NULL);
        page->partial = true;
    }
    http_release(p->http, r);
}

/*
 * Counts what pages cost.  Where each is as bad as a page can be, the source would keep the others
 * waiting, and all memory until it is stored: what is still to come of it is put off.
 */
static void
count_cost(struct job *job, const struct parsed *parsed)
{
    if (!parsed->result || parsed->result->attachment) /* which have limits of their own */
        return;
    job->read++;
    job->cost += parsed->result->cost;
    job->large += MAX(parsed->response->counted, LARGE_PAGE) - LARGE_PAGE;
    if (job->cost > MAX_COST + job->read * PAGE_COST || job->large > MAX_LARGE)
        g_atomic_int_set(&job->costly, 1);
}

void
steps_take(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    count_cost(job, parsed);
    switch ((enum job_request)parsed->response->request->kind) {
    case JOB_TOKEN:
        take_token(p, job, parsed);
        break;
    case JOB_SOURCE:
    case JOB_LIST_PAGE:
        take_source(p, job, parsed);
        break;
    case JOB_ARTICLE:
        take_article(p, job, parsed);
        break;
    case JOB_FORWARD:
        take_forward(p, job, parsed);
        break;
    case JOB_PART:
        take_part(p, job, parsed);
        break;
    case JOB_ATTACHMENT:
        steps_take_attachment(p, job, parsed);
        break;
    }
    /* which are wanted, the whole articles tell */
    if (!job->pending)
        steps_request_attachments(p, job);
}

void
steps_begin(struct pipeline *p, struct job *job)
{
    const char *token = job->rules.section ? portal_token_url(job->rules.portal, job->rules.section)
                                           : NULL;
    if (token)
        steps_submit(p, job, request_for_url(job->rules.portal, token), JOB_TOKEN);
    else
        submit_source(p, job);
}
