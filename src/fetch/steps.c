/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a job: token, source, list pages, articles, and the pages that an article
 * leads on to.
 */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/url.h"
#include "fetch/ask.h"
#include "fetch/pipeline.h"
#include "fetch/policy.h"
#include "store/articles.h"

#define MAX_PARTS 30 /* of one article */

bool
response_is_document(const struct response *r)
{
    return !r->error && r->status >= 200 && r->status < 300;
}

static void
submit(struct pipeline *p, struct job *job, struct request *request, int kind)
{
    request->kind = kind;
    request->owner = job;
    job->pending++;
    message_note("%s %s", request->post ? "POST" : "GET", request->url);
    http_submit(p->http, request);
}

static void
submit_article(struct pipeline *p, struct job *job, const char *link, char *etag, char *last_modified)
{
    const struct portal_section *section = job->rules.section;
    struct request *request = ask_article(job->rules.portal, section ? section->edition->id : NULL, link);
    request->link = g_strdup(link);
    request->etag = etag;
    request->last_modified = last_modified;
    g_hash_table_insert(job->articles, g_strdup(link), NULL);
    submit(p, job, request, JOB_ARTICLE);
}

/* A page that belongs to an article whose first page has come. */
static void
submit_more(struct pipeline *p, struct job *job, const char *url, const char *link, int kind)
{
    struct request *request = ask_url(job->rules.portal, url);
    request->link = g_strdup(link);
    submit(p, job, request, kind);
}

/* The source itself; conditional only where a GET can be. */
static void
submit_source(struct pipeline *p, struct job *job)
{
    const struct portal_section *section = job->rules.section;
    struct request *request = section ? ask_page(job->rules.portal, section, 0, job->token) : ask_url(NULL, job->url);
    if (!request) {
        job->error = g_strdup_printf(_("%s: the token '%s' makes no URL"), section->url, job->token ? job->token : "");
        return;
    }
    if (!job->full && !request->post) {
        request->etag = g_strdup(job->source->etag);
        request->last_modified = g_strdup(job->source->last_modified);
    }
    submit(p, job, request, JOB_SOURCE);
}

static char *
status_error(const struct response *r)
{
    if (r->error)
        return g_strdup_printf("%s: %s", r->url, r->error);
    switch (r->status) {
    case 404:
        return g_strdup_printf(_("HTTP 404 (not found): %s"), r->url);
    case 410:
        return g_strdup_printf(_("HTTP 410 (gone for good): %s"), r->url);
    case 429:
        return g_strdup_printf(_("HTTP 429 (too many requests): %s"), r->url);
    default:
        return g_strdup_printf(_("HTTP %ld: %s"), r->status, r->url);
    }
}

/* Pages that an earlier fetch did not get: its limit was reached, or they failed. */
static void
request_missing_pages(struct pipeline *p, struct job *job, int limit)
{
    g_autoptr(GPtrArray) links = articles_missing_pages(p->store, job->source->id, limit);
    for (guint i = 0; i < links->len; i++) {
        const char *link = g_ptr_array_index(links, i);
        if (!url_is_web(link) || g_hash_table_contains(job->articles, link))
            continue;
        submit_article(p, job, link, NULL, NULL);
    }
}

/* The article pages that a job still wants. */
static void
request_pages(struct pipeline *p, struct job *job)
{
    int wanted = 0;
    for (guint h = 0; h < job->harvests->len; h++) {
        const struct harvest *harvest = g_ptr_array_index(job->harvests, h);
        for (guint i = 0; i < harvest->entries->len && wanted < job->page_limit; i++) {
            const struct harvest_entry *e = g_ptr_array_index(harvest->entries, i);
            if (!url_is_web(e->link) || g_hash_table_contains(job->articles, e->link))
                continue;
            int64_t known = articles_by_link(p->store, job->source->id, e->link);
            if (known ? !job->full && !articles_needs_page(p->store, known) : articles_is_purged(p->store, job->source->id, e->link))
                continue;
            char *etag = NULL, *last_modified = NULL;
            if (known)
                articles_page_tag(p->store, known, &etag, &last_modified);
            submit_article(p, job, e->link, etag, last_modified);
            wanted++;
        }
    }
    request_missing_pages(p, job, job->page_limit - wanted);
}

/* Whether a page of the list named anything that those before it did not. */
static bool
names_new(struct job *job, const struct harvest *harvest)
{
    bool any = false;
    for (guint i = 0; i < harvest->entries->len; i++) {
        const struct harvest_entry *e = g_ptr_array_index(harvest->entries, i);
        any |= e->link && g_hash_table_add(job->links, g_strdup(e->link));
    }
    return any;
}

/* The page after the one that came last, by its own link or by the portal file; NULL at the end. */
static struct request *
next_page(struct job *job, const struct harvest *harvest)
{
    bool deeper = harvest->is_index ? job->harvests->len == 1 : (int)job->harvests->len < job->depth;
    bool fresh = names_new(job, harvest) || harvest->is_index || !job->list;
    if (!deeper || !fresh)
        return NULL;
    const struct portal_section *section = job->rules.section;
    struct request *request = section && !portal_rule_given(&section->next)
                                  ? ask_page(job->rules.portal, section, (int)job->harvests->len, job->token) : NULL;
    job->counted = request != NULL;
    if (!request && harvest->next)
        request = ask_url(job->rules.portal, harvest->next);
    if (!request)
        return NULL;
    char *identity = g_strconcat(request->url, "\n", request->post, NULL);
    if (g_hash_table_add(job->seen, identity))
        return request;
    request_free(request);
    return NULL;
}

static void
take_back_page_error(struct pipeline *p, struct job *job, struct response *r, const char *why)
{
    struct harvest *newest = g_ptr_array_index(job->harvests, 0);
    /* pages that a portal file counts end where the portal has no more */
    bool past_end = job->counted && !r->error && (r->status == 404 || response_is_document(r));
    if (!past_end)
        g_ptr_array_add(newest->warnings, text_squeeze(why, -1));
    http_release(p->http, r);
    if (job->pages)
        request_pages(p, job);
}

static void
take_source(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    bool first = r->request->kind == JOB_SOURCE;
    if (first)
        job->first = r;
    if (first && r->status == 304 && !r->error) {
        job->unchanged = true;
        if (job->pages)
            request_missing_pages(p, job, job->page_limit);
        return;
    }
    if (!parsed->harvest || parsed->harvest->error) {
        g_autofree char *why = parsed->harvest ? g_strdup_printf("%s: %s", r->url, parsed->harvest->error) : status_error(r);
        if (!first) { /* of a list that works: a warning */
            take_back_page_error(p, job, r, why);
            return;
        }
        job->error = text_squeeze(why, -1); /* it may quote what the portal sent */
        job->retry_after = policy_retry_after(r, p->now);
        return;
    }
    struct harvest *harvest = g_steal_pointer(&parsed->harvest);
    g_ptr_array_add(job->harvests, harvest);
    if (!first)
        http_release(p->http, r);
    job->pages |= harvest->needs_pages;
    struct request *next = next_page(job, harvest);
    if (next)
        submit(p, job, next, JOB_LIST_PAGE);
    else if (job->pages)
        request_pages(p, job);
}

static void
take_token(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    job->token = g_steal_pointer(&parsed->token);
    if (job->token) {
        submit_source(p, job);
    } else {
        g_autofree char *why = response_is_document(r) ? g_strdup_printf(_("%s: line %d: Token matches nothing on %s"), job->rules.portal->file,
                                                                 job->rules.section->token.line, r->url)
                                              : status_error(r);
        job->error = text_squeeze(why, -1);
        job->retry_after = policy_retry_after(r, p->now);
    }
    http_release(p->http, r);
}

static struct page_arrival *
arrival_new(struct parsed *parsed)
{
    const struct response *r = parsed->response;
    struct page_arrival *page = g_new0(struct page_arrival, 1);
    page->response = parsed->response;
    page->harvest = g_steal_pointer(&parsed->harvest);
    page->unchanged = r->status == 304 && !r->error;
    if (!page->unchanged && !response_is_document(r)) {
        page->error = status_error(r);
        page->gone = !r->error && (r->status == 404 || r->status == 410);
        page->permanent = !r->error && r->status >= 400 && r->status < 500 && r->status != 429;
    } else if (!page->unchanged && !page->harvest) {
        page->error = g_strdup_printf(_("not an HTML page: %s"), r->content_type);
        page->permanent = true;
    } else if (page->harvest && page->harvest->page->is_home) {
        page->error = g_strdup(page->harvest->page->error);
        page->permanent = true; /* the article is gone, though the portal does not say so */
    }
    return page;
}

/* Asks for the part after this one, unless it was asked for already. */
static void
request_part(struct pipeline *p, struct job *job, const char *link, struct page_arrival *page, const char *next)
{
    if (!next || page->parts >= MAX_PARTS || !g_hash_table_add(job->seen, g_strdup(next)))
        return;
    page->parts++;
    submit_more(p, job, next, link, JOB_PART);
}

static void
take_article(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    const char *link = parsed->response->request->link;
    struct page_arrival *page = arrival_new(parsed);
    g_hash_table_insert(job->articles, g_strdup(link), page);
    const struct harvest_page *h = page->harvest ? page->harvest->page : NULL;
    if (h && h->article)
        request_part(p, job, link, page, h->article->next);
    else if (h && h->hop)
        submit_more(p, job, h->hop, link, JOB_HOP);
}

/* Where a page without text led: the article, if there is one. */
static void
take_hop(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    const char *link = parsed->response->request->link;
    if (!parsed->harvest || !parsed->harvest->page->article) {
        http_release(p->http, parsed->response);
        return; /* what the first page said stands */
    }
    struct page_arrival *before = g_hash_table_lookup(job->articles, link);
    struct page_arrival *page = arrival_new(parsed);
    g_hash_table_insert(job->articles, g_strdup(link), page);
    page_arrival_free(before, p->http);
    request_part(p, job, link, page, page->harvest->page->article->next);
}

static void
take_part(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    struct page_arrival *page = g_hash_table_lookup(job->articles, r->request->link);
    struct article *part = parsed->harvest ? parsed->harvest->page->article : NULL;
    if (part) {
        article_append(page->harvest->page->article, part);
        request_part(p, job, r->request->link, page, part->next);
    } else {
        g_autofree char *why = parsed->harvest ? g_strdup_printf("%s: %s", r->url, parsed->harvest->page->error) : status_error(r);
        g_free(page->error);
        page->error = g_strdup(why);
        page->partial = true;
    }
    http_release(p->http, r);
}

void
steps_take(struct pipeline *p, struct job *job, struct parsed *parsed)
{
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
    case JOB_HOP:
        take_hop(p, job, parsed);
        break;
    case JOB_PART:
        take_part(p, job, parsed);
        break;
    }
}

void
steps_begin(struct pipeline *p, struct job *job)
{
    const char *token = job->rules.section ? portal_token_url(job->rules.portal, job->rules.section) : NULL;
    if (token)
        submit(p, job, ask_url(job->rules.portal, token), JOB_TOKEN);
    else
        submit_source(p, job);
}
