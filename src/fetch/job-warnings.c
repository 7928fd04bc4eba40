/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to remark of a finished job: its lists, its rules, its pages, its attachments. */
#include "config.h"

#include "fetch/job.h"
#include "fetch/presence.h"
#include "store/articles.h"
#include "store/files.h"
#include "store/withdrawals.h"

#define MAX_REMARKS 20 /* warnings that are kept of a source and of its pages */

static void
add_all(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; from && i < from->len && to->len < MAX_REMARKS; i++)
        problems_add(to, problem_copy(g_ptr_array_index(from, i)));
}

/* Whether a page only says that its article is gone: rules that find nothing there are right. */
static bool
is_gone(const struct job *job, struct store *store, const char *link,
        const struct page_arrival *page)
{
    int64_t article = page->sign.kind ? articles_by_link(store, job->source->id, link) : 0;
    return article && presence_believes_after(job, page) != WITHDRAWAL_NEVER &&
           presence_is_sign(store, article, page);
}

/*
 * Adds the rules that matched nothing on at least half of the article pages that came.  If no page
 * came, what is known of them from the last fetch is added.
 */
static void
add_page_rules(const struct job *job, struct store *store, GPtrArray *to)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    guint pages = 0;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, job->articles);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const struct page_arrival *page = value;
        const struct parse_result *result = page && !is_gone(job, store, key, page) ? page->result
                                                                                    : NULL;
        pages += result && result->page->article;
        for (guint i = 0; result && i < result->warnings->len; i++) {
            const struct problem *warning = g_ptr_array_index(result->warnings, i);
            if (warning->code == PROBLEM_RULE && warning->detail)
                g_hash_table_insert(
                    counts, warning->detail,
                    GUINT_TO_POINTER(
                        GPOINTER_TO_UINT(g_hash_table_lookup(counts, warning->detail)) + 1));
        }
    }
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        guint count = GPOINTER_TO_UINT(value);
        if (count * 2 >= pages)
            problems_add(to, problem_newf(PROBLEM_PAGE_RULE, NULL, count, "%s (%u/%u)",
                                          (const char *)key, count, MAX(pages, count)));
    }
    for (guint i = 0; !pages && !g_hash_table_size(counts) && i < job->source->warnings->len; i++) {
        const struct problem *old = g_ptr_array_index(job->source->warnings, i);
        if (old->code == PROBLEM_PAGE_RULE)
            problems_add(to, problem_copy(old));
    }
}

static struct problem *
page_problem(const struct page_arrival *page, const char *link)
{
    const struct problem *why = page->problem  ? page->problem
                                : page->result ? page->result->page->problem
                                               : NULL;
    if (!why && page->result)
        why = parse_result_limit(page->result);
    return why ? problem_new(why->code, page->partial && why->subject ? why->subject : link,
                             why->number, why->detail)
               : NULL;
}

/* Adds the pages that failed now, and those that failed before and were not asked for again. */
static void
add_pages(const struct job *job, struct store *store, GPtrArray *to)
{
    guint most = to->len + MAX_REMARKS;
    GHashTableIter iter;
    gpointer link, value;
    g_hash_table_iter_init(&iter, job->articles);
    while (g_hash_table_iter_next(&iter, &link, &value) && to->len < most) {
        struct problem *why = value ? page_problem(value, link) : NULL;
        if (why)
            problems_add(to, why);
    }
    for (guint i = 0; i < job->source->warnings->len && to->len < most; i++) {
        const struct problem *old = g_ptr_array_index(job->source->warnings, i);
        if (old->subject && !g_hash_table_lookup(job->articles, old->subject) &&
            articles_page_failed(store, job->source->id, old->subject))
            problems_add(to, problem_copy(old));
    }
}

GPtrArray *
job_warnings(struct job *job, struct store *store)
{
    presence_weigh(job, store);
    GPtrArray *to = problems_new();
    for (guint i = 0; i < job->results->len; i++)
        add_all(to, ((const struct parse_result *)g_ptr_array_index(job->results, i))->warnings);
    for (guint i = 0; job->unchanged && i < job->source->warnings->len; i++) {
        const struct problem *old = g_ptr_array_index(job->source->warnings, i);
        if (!old->subject && old->code != PROBLEM_PAGE_RULE)
            problems_add(to, problem_copy(old));
    }
    for (guint i = 0; job->first && job->first->remarks && i < job->first->remarks->len; i++) {
        const struct problem *remark = g_ptr_array_index(job->first->remarks, i);
        problems_add(to, problem_new(remark->code, NULL, remark->number, remark->detail));
    }
    if (job->moved_back)
        problems_add(
            to, problem_new(PROBLEM_MOVED_BACK, NULL, PROBLEM_NO_NUMBER, job->source->moved_to));
    if (job->put_off)
        problems_add(
            to, problem_new(job->put_off->code, NULL, job->put_off->number, job->put_off->detail));
    add_page_rules(job, store, to);
    add_pages(job, store, to);
    add_all(to, job->remarks);
    g_autoptr(GPtrArray) former = files_problems(store, job->source->id, MAX_REMARKS);
    add_all(to, former);
    return to;
}
