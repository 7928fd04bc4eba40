/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last stage, in the thread that owns the store: work that is under way is counted per source,
 * and a source whose count is back at zero is stored, unless nothing at all was reached.
 */
#include "config.h"

#include "base/clock.h"
#include "base/message.h"
#include "base/step.h"
#include "base/url.h"
#include "fetch/fetch.h"
#include "fetch/pipeline.h"
#include "store/search.h"

#define INDEX_BESIDE 200  /* articles: fewer are left for the end */
#define INDEX_PAUSE  2000 /* microseconds between two slices */

/* Tells what became of a job, and ends it. */
static void
tell_job(struct pipeline *p, struct job *job, const GPtrArray *warnings, guint added, guint updated)
{
    const char *title = job->source->title, *label = job->source->name;
    const struct parse_result *first = job->results->len ? g_ptr_array_index(job->results, 0)
                                                         : NULL;
    if (first && first->title && !job->subscription->title && !job->subscription->section)
        title = label = first->title;
    struct event_source event = {job->source->id, job->source->public_url,
                                 title,           label,
                                 job->problem,    job->unchanged,
                                 job->waiting,    added,
                                 updated,         warnings};
    events_source(p->events, &event);
    p->unindexed += added + updated;
    job_free(job, p->http);
    g_ptr_array_remove_fast(p->jobs, job);
    p->left--;
}

/* "DONE TOTAL TIME": a reader shows it while it is fresh */
static char *
progress_row(const struct pipeline *p, guint ending)
{
    guint done = events_done(p->events);
    return g_strdup_printf("%u %u %" G_GINT64_FORMAT, done + ending, done + p->left, clock_now());
}

static void
finish_job(struct pipeline *p, struct job *job, GError **error)
{
    guint added, updated;
    g_autoptr(GError) why = NULL;
    g_autofree char *progress = progress_row(p, 1);
    g_autoptr(GPtrArray) warnings = job_warnings(job, p->store);
    if (!job_store(job, p->store, warnings, p->now, progress, &added, &updated, &why)) {
        p->store_failed = true;
        job_store_failure(job, p->store, p->now, why);
        g_propagate_error(error, g_steal_pointer(&why));
        return;
    }
    tell_job(p, job, warnings, added, updated);
}

/* --- a network that is not there ------------------------------------------------------------ */

#define OUTAGE_HOSTS 3 /* fewer may be down together by chance */

/* Whether a problem is one that a machine without a network has with any host. */
static bool
is_silence(const struct problem *problem)
{
    enum problem_code code = problem->code;
    return code == PROBLEM_HOST || code == PROBLEM_CONNECT || code == PROBLEM_PROXY ||
           code == PROBLEM_TIMEOUT || code == PROBLEM_STALLED;
}

/* Whether an answer, be it a bad one, came by the network. */
static bool
came_by_network(const struct response *r)
{
    if (url_is_file(r->request->url))
        return false;
    if (r->status > 0 || !r->problem || !g_str_equal(r->url, r->request->url))
        return true;
    return !is_silence(r->problem) && r->problem->code != PROBLEM_HOST_WAITS &&
           r->problem->code != PROBLEM_TRANSFER_ENDED && r->problem->code != PROBLEM_CA_FILE;
}

/* Stores what waits, since it is its own fault. */
static void
finish_held(struct pipeline *p, GError **error)
{
    while (p->held->len && !p->store_failed)
        finish_job(p, g_ptr_array_steal_index(p->held, 0), error);
}

/* A job that is done: one that reached nothing waits until another one has. */
static void
end_job(struct pipeline *p, struct job *job, GError **error)
{
    if (!p->heard && job->problem && !job->http_status && is_silence(job->problem))
        g_ptr_array_add(p->held, job);
    else
        finish_job(p, job, error);
}

static guint
count_hosts(const GPtrArray *jobs)
{
    g_autoptr(GHashTable) hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < jobs->len; i++) {
        char *host = url_host(((const struct job *)g_ptr_array_index(jobs, i))->url);
        if (host)
            g_hash_table_add(hosts, host);
    }
    return g_hash_table_size(hosts);
}

/*
 * At the end nothing was reached.  When these are several hosts, it is this machine that has no
 * network: that is said once, and counts for no source, which the next fetch tries again.
 */
static void
conclude(struct pipeline *p, GError **error)
{
    if (count_hosts(p->held) < OUTAGE_HOSTS) {
        finish_held(p, error);
        return;
    }
    events_no_network(p->events, p->held->len);
    while (p->held->len)
        tell_job(p, g_ptr_array_steal_index(p->held, 0), NULL, 0, 0);
}

/* Stores a host's Retry-After, which holds beyond this fetch. */
static bool
store_retry_after(struct pipeline *p, const struct response *r, GError **error)
{
    g_autofree char *authority = url_authority(r->url);
    if (!authority || (r->problem && r->problem->code == PROBLEM_HOST_WAITS) ||
        sources_host_waits(p->store, authority, r->waits_until, error))
        return true;
    p->store_failed = true;
    return false;
}

bool
pipeline_is_late(const struct pipeline *p)
{
    return p->deadline && g_get_monotonic_time() >= p->deadline;
}

/*
 * Indexes a slice while the network is waited for: when a processor would have nothing to do, and
 * what waits is worth a transaction.
 */
static bool
index_beside(struct pipeline *p)
{
    bool more = false;
    if (p->unindexed < INDEX_BESIDE ||
        (guint)g_atomic_int_get(&p->reading) + 2 > g_get_num_processors())
        return false;
    /* why it failed, the end will tell */
    bool done = search_index_some(p->store, &p->pace, &more, NULL);
    p->unindexed = more && done ? p->unindexed - MIN(p->unindexed, (guint)p->pace.done) : 0;
    return done && p->pace.done;
}

/* The next answer, or NULL after a tenth of a second. */
static struct parsed *
next_parsed(struct pipeline *p)
{
    struct parsed *parsed = g_async_queue_try_pop(p->parsed);
    while (!parsed && !fetch_signal && !pipeline_is_late(p) && index_beside(p))
        parsed = g_async_queue_timeout_pop(p->parsed, INDEX_PAUSE); /* marks find their turn */
    return parsed ? parsed : g_async_queue_timeout_pop(p->parsed, 100 * 1000);
}

/* A source that is not done: the one for which the end of the fetch may have to wait. */
static const char *
waited_for(const struct pipeline *p)
{
    for (guint i = 0; i < p->jobs->len; i++) {
        const struct job *job = g_ptr_array_index(p->jobs, i);
        if (job->pending > 0)
            return job->source->label;
    }
    return NULL;
}

void
write_stage(struct pipeline *p, GError **error)
{
    g_autofree char *progress = p->left ? progress_row(p, 0) : NULL;
    if (progress) /* who asks for a fetch now must know behind what it waits */
        store_set_meta(p->store, "progress", progress, NULL);
    while (p->left > p->held->len && !fetch_signal && !p->store_failed && !pipeline_is_late(p)) {
        struct parsed *parsed = next_parsed(p);
        if (parsed && fetch_signal) { /* whose helper may have been ended by it */
            g_async_queue_push(p->parsed, parsed);
            return;
        }
        if (!parsed) {
            events_progress(p->events, http_received(p->http), NULL, waited_for(p));
            continue;
        }
        test_step();
        message_note("%ld %s", parsed->response->status, parsed->response->url);
        if (parsed->response->waits_until && !store_retry_after(p, parsed->response, error))
            return;
        struct job *job = parsed->response->request->owner;
        g_autofree char *shown = url_public(parsed->response->url);
        events_progress(p->events, http_received(p->http), shown, waited_for(p));
        job->pending--;
        p->heard |= came_by_network(parsed->response);
        steps_take(p, job, parsed);
        parsed_free(parsed);
        if (p->failure) {
            p->store_failed = true;
            job_store_failure(job, p->store, p->now, p->failure);
            g_propagate_error(error, g_steal_pointer(&p->failure));
            return;
        }
        if (p->heard)
            finish_held(p, error);
        if (job->pending == 0 && !p->store_failed)
            end_job(p, job, error);
        http_taken(p->http);
    }
    if (!fetch_signal && !p->store_failed)
        conclude(p, error);
}
