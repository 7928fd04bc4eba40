/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stages between the transfers and the store: what came is parsed, and documents are
 * converted, each by helpers that a thread waits for.
 */
#include "config.h"

#include "fetch/pipeline.h"
#include "fetch/role.h"
#include "parse/convert.h"
#include "store/raw.h"

#define MAX_LATE 3 /* converters of a source that may last until their time is over */

struct response pipeline_end_mark;

void
parsed_free(struct parsed *parsed)
{
    if (parsed->result)
        parse_result_free(parsed->result);
    g_free(parsed);
}

/*
 * Hands a response on with what was made of it.  The bytes that are stored are packed here, since
 * they are those that came, whatever the process that read them says, and the writing thread has
 * enough to do.
 */
static void
parsed_push(struct pipeline *p, struct parsed *parsed)
{
    struct response *r = parsed->response;
    bool kept = r->request->kind == JOB_SOURCE || r->request->kind == JOB_ARTICLE ||
                r->request->kind == JOB_FORWARD;
    if (kept && parsed->result && !parsed->result->problem && !helper_failed(parsed->result))
        job_pack(parsed->result, r);
    response_drop_body(r);
    g_async_queue_push(p->parsed, parsed);
}

/* The convert stage: attachments, and files that came instead of article pages. */
void
convert_stage(gpointer data, gpointer user)
{
    struct parsed *parsed = data;
    struct pipeline *p = user;
    const struct response *r = parsed->response;
    const char *bytes = r->body->len ? (const char *)r->body->data : "";
    struct job *job = r->request->owner;
    /* one that runs for a minute keeps no transfer waiting for room */
    http_uncount(p->http, parsed->response);
    const struct converters *converters = g_atomic_int_get(&job->late) < MAX_LATE ? p->converters
                                                                                  : NULL;
    if (!parsed->result)
        parsed->result = parse_result_new(PARSE_FEED, NULL);
    const char *url = parsed->result->page ? parse_file_url(parsed->result) : r->request->link;
    struct helper *helper = g_async_queue_pop(p->idle);
    struct attachment_text *text =
        helper_convert(helper, converters, bytes, r->body->len, r->content_type, url, NULL);
    g_async_queue_push(p->idle, helper);
    parse_take_attachment(parsed->result, url, bytes, r->body->len, text);
    if (parsed->result->attachment->text->late)
        g_atomic_int_inc(&job->late);
    parsed_push(p, parsed);
}

/* Whether a response has to be converted, once it was parsed. */
static bool
is_to_convert(const struct parsed *parsed)
{
    const struct response *r = parsed->response;
    const struct job *job = r->request->owner;
    bool file = parsed->result && parsed->result->page && parsed->result->page->is_file;
    return file ? job->attachments != FETCH_ATTACHMENTS_NEVER
                : r->request->kind == JOB_ATTACHMENT && response_is_document(r);
}

static enum parse_kind
kind_of(const struct job *job, enum job_request kind)
{
    return kind == JOB_ARTICLE || kind == JOB_FORWARD || kind == JOB_PART ? PARSE_ARTICLE
           : kind == JOB_TOKEN                                            ? PARSE_TOKEN
           : job->list                                                    ? PARSE_LIST
                                                                          : PARSE_FEED;
}

/* What a response says; those of a source that broke several helpers are left alone. */
static struct parse_result *
read_response(struct helper *helper, const struct response *r)
{
    struct job *job = r->request->owner;
    struct parse_page page = {.kind = kind_of(job, (enum job_request)r->request->kind),
                              .bytes = r->body->len ? (const char *)r->body->data : "",
                              .length = r->body->len,
                              .content_type = r->content_type,
                              .url = r->url,
                              .link = r->request->link};
    gint failures = g_atomic_int_get(&job->failures);
    if (failures >= HELPER_FAILURES)
        return helper_give_up(&page, (guint)failures);
    struct parse_result *result = helper_parse(helper, &page, &job->rules);
    if (helper_failed(result))
        g_atomic_int_inc(&job->failures);
    return result;
}

gpointer
parse_stage(gpointer data)
{
    struct pipeline *p = data;
    AUTO(helper_free) struct helper *helper = helper_new(p->starter, ROLE_PARSE, p->zones);
    for (;;) {
        struct response *r = g_async_queue_pop(p->responses);
        if (r == &pipeline_end_mark)
            return NULL;
        struct parsed *parsed = g_new0(struct parsed, 1);
        g_atomic_int_inc(&p->reading);
        parsed->response = r;
        const struct job *job = r->request->owner;
        if (g_atomic_int_get(&job->costly) && response_is_document(r) &&
            r->request->kind != JOB_ATTACHMENT)
            r->problem = problem_new(PROBLEM_COSTLY, r->request->url, PROBLEM_NO_NUMBER, NULL);
        if (response_is_document(r) && r->request->kind != JOB_ATTACHMENT)
            parsed->result = read_response(helper, r);
        if (is_to_convert(parsed))
            g_thread_pool_push(p->converting, parsed, NULL);
        else
            parsed_push(p, parsed);
        g_atomic_int_add(&p->reading, -1);
    }
}
