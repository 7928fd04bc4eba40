/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last step of a job: which attachments of its articles are kept.  They are stored as they
 * come, not with the source, since many of them may be larger than what memory is for; the articles
 * that have them follow in the source's transaction.
 */
#include "config.h"

#include "base/step.h"
#include "base/url.h"
#include "transfer/http-session.h"
#include "fetch/pipeline.h"
#include "fetch/request-builder.h"
#include "portal/features.h"
#include "store/articles.h"
#include "store/files.h"

#define MAX_PER_ARTICLE 20
/*
 * weight of a text (portal/features.h) that may only say what is attached to it: a long sentence,
 * or two; half as much misses those that cite the law by which they publish, twice as much takes
 * short news that have the form of an application attached
 */
#define NEXT_TO_NOTHING 200

/* --- which -------------------------------------------------------------------------------- */

static bool
says_next_to_nothing(const struct document *document)
{
    g_autofree char *plain = document_plain(document);
    return features_text_weight(plain, NULL) < NEXT_TO_NOTHING;
}

/* Whether attachments of an article with this text (or none) are wanted. */
static bool
wants(const struct job *job, const struct document *document)
{
    return job->attachments == FETCH_ATTACHMENTS_ALWAYS ||
           (job->attachments == FETCH_ATTACHMENTS_AUTO &&
            (!document || says_next_to_nothing(document)));
}

/* Archives are kept only where all attachments are. */
static bool
wants_format(const struct job *job, const char *format)
{
    return format &&
           (job->attachments == FETCH_ATTACHMENTS_ALWAYS ||
            (job->attachments == FETCH_ATTACHMENTS_AUTO && article_format_has_text(format)));
}

/* --- asking ------------------------------------------------------------------------------- */

static bool
has_room(const struct job *job)
{
    return job->asked < job->page_limit;
}

/* Asks for one that is wanted, unless it is kept, was asked for, or the limit is reached. */
static void
request_one(struct pipeline *p, struct job *job, const char *url)
{
    g_autofree char *mark = g_strconcat(url, "\nattachment", NULL);
    if (!url_is_web(url) || g_hash_table_contains(job->seen, mark) || p->failure)
        return;
    AUTO(stored_file_free) struct stored_file *known = files_find(p->store, url);
    bool kept = known && known->size >= 0;
    if ((kept && !job->full) || (known && known->permanent && !job->full))
        return;
    if (!known && !files_want(p->store, url, p->now, &p->failure))
        return;
    if (!has_room(job)) /* the next fetch finds that it is missing */
        return;
    g_hash_table_add(job->seen, g_steal_pointer(&mark));
    struct request *request = request_for_url(job->rules.portal, url);
    request->link = g_strdup(url);
    request->max_size = job->attachment_size;
    if (kept) {
        request->etag = g_strdup(known->etag);
        request->last_modified = g_strdup(known->last_modified);
    }
    job->asked++;
    steps_submit(p, job, request, JOB_ATTACHMENT);
}

/* Those of an article's page; a file that came instead of one is kept already. */
static void
request_of_page(struct pipeline *p, struct job *job, const struct page_arrival *page)
{
    const struct parsed_page *parsed = page->result ? page->result->page : NULL;
    const struct article *article = parsed && !parsed->is_file ? parsed->article : NULL;
    if (!article || !article->attachments->len || !wants(job, article->document))
        return;
    guint wanted = 0;
    for (guint i = 0; i < article->attachments->len && wanted < MAX_PER_ARTICLE; i++) {
        const struct attachment *a = g_ptr_array_index(article->attachments, i);
        if (!wants_format(job, a->type))
            continue;
        wanted++;
        request_one(p, job, a->url);
    }
}

/*
 * A page that has nothing but pictures, as of a notice that was photographed: they are its
 * documents.
 */
static void
request_pictures(struct pipeline *p, struct job *job, const struct page_arrival *page)
{
    const struct parsed_page *parsed = page->result ? page->result->page : NULL;
    const struct article *article = parsed && !parsed->is_file ? parsed->article : NULL;
    if (!article || article->attachments->len || document_characters(article->document))
        return;
    article_attach_pictures(article, MAX_PER_ARTICLE);
    for (guint i = 0; i < article->attachments->len; i++)
        request_one(p, job,
                    ((const struct attachment *)g_ptr_array_index(article->attachments, i))->url);
}

/* Those that a feed names itself. */
static void
request_of_entry(struct pipeline *p, struct job *job, const struct entry *e)
{
    guint wanted = 0;
    for (guint i = 0; e->attachments && i < e->attachments->len && wanted < MAX_PER_ARTICLE; i++) {
        const struct stored_attachment *a = g_ptr_array_index(e->attachments, i);
        g_autofree char *format = article_document_format(a->type, a->url);
        if (!wants_format(job, format))
            continue;
        AUTO(document_free) struct document *document =
            e->document && !wanted ? stored_document_read(e->document) : NULL;
        if (!wanted && !wants(job, document))
            return;
        wanted++;
        request_one(p, job, a->url);
    }
}

void
steps_request_attachments(struct pipeline *p, struct job *job)
{
    if (job->attachments == FETCH_ATTACHMENTS_NEVER || job->problem || job->waiting)
        return;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, job->articles);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (value) {
            request_of_page(p, job, value);
            request_pictures(p, job, value);
        }
    for (guint n = 0; n < job->results->len; n++) {
        const struct parse_result *result = g_ptr_array_index(job->results, n);
        for (guint i = 0; i < result->entries->len; i++) {
            const struct entry *e = g_ptr_array_index(result->entries, i);
            /* whether the text of an article with a page is one is for the page to say */
            if (!e->link || !g_hash_table_lookup(job->articles, e->link) ||
                job->attachments == FETCH_ATTACHMENTS_ALWAYS)
                request_of_entry(p, job, e);
        }
    }
    if (!has_room(job))
        return;
    g_autoptr(GPtrArray) missing = files_missing(p->store, job->source->id, job->page_limit);
    for (guint i = 0; i < missing->len; i++)
        request_one(p, job, g_ptr_array_index(missing, i));
}

/* --- what came ---------------------------------------------------------------------------- */

/* Notes for the source's transaction what was stored of one. */
static void
note(struct job *job, const char *url, const struct problem *problem)
{
    g_ptr_array_add(job->arrived, g_strdup(url));
    if (problem)
        problems_add(job->remarks, problem_copy(problem));
}

/* Stores one in a transaction of its own, so that nothing of it has to stay in memory. */
static void
keep_arrival(struct pipeline *p, struct job *job, const struct response *r,
             const struct attachment_arrival *arrival)
{
    test_step();
    if (!p->failure && job_store_attachment(p->store, r, arrival, p->now, &p->failure))
        note(job, arrival->url, arrival->text->problem);
    test_step();
}

static void
keep_failure(struct pipeline *p, struct job *job, const struct response *r)
{
    const char *url = r->request->link;
    AUTO(problem_free) struct problem *why =
        problem_new(r->problem->code, url, r->problem->number, r->problem->detail);
    struct file_values values = {.url = url, .problem = why, .permanent = steps_is_permanent(r)};
    if (!p->failure && files_put(p->store, &values, p->now, &p->failure))
        note(job, url, why);
}

void
steps_keep_file(struct pipeline *p, struct job *job, const struct parsed *parsed,
                const struct parse_result *result)
{
    if (!result || !result->attachment)
        return;
    keep_arrival(p, job, parsed->response, result->attachment);
    parse_drop_attachment(result->attachment);
    http_uncount(p->http, parsed->response);
}

void
steps_take_attachment(struct pipeline *p, struct job *job, struct parsed *parsed)
{
    struct response *r = parsed->response;
    if (r->problem && !steps_postpone(job, r->problem))
        keep_failure(p, job, r);
    else if (parsed->result && parsed->result->attachment)
        keep_arrival(p, job, r, parsed->result->attachment);
    http_release(p->http, r);
}
