/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pipeline.  Threads for the transfers and for parsing, and the caller's, which writes.  Work
 * that is under way is counted per source; a source whose count is back at zero is stored.
 */
#include "config.h"

#include "fetch/fetch.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "base/url.h"
#include "fetch/pipeline.h"
#include "fetch/policy.h"
#include "fetch/role.h"
#include "parse/convert.h"
#include "store/articles.h"
#include "store/clock.h"
#include "store/health.h"
#include "store/marks.h"
#include "store/raw.h"
#include "store/search.h"
#include "text/date.h"

#ifdef HAVE_MALLOPT
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>

#define MAX_IN_FLIGHT (6 << 20) /* inflated bytes */
#define INDEX_BESIDE  200       /* articles: fewer are left for the end */
#define INDEX_PAUSE   2000      /* microseconds between two slices */
#define MAX_LATE      3         /* converters of a source that may last until their time is over */
/* bytes: what is larger goes back to the system when it is freed */
#define LARGE_BLOCK (64 << 10)

volatile sig_atomic_t fetch_signal;

static struct response end;

static void
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
    const char *bytes = r->body->len ? (const char *)r->body->data : "";
    bool kept = r->request->kind == JOB_SOURCE || r->request->kind == JOB_ARTICLE ||
                r->request->kind == JOB_FORWARD;
    if (kept && parsed->result && !parsed->result->problem && !helper_failed(parsed->result))
        parsed->result->raw = raw_pack(
            bytes, parsed->result->page && parsed->result->page->is_file ? 0 : r->body->len);
    response_drop_body(r);
    g_async_queue_push(p->parsed, parsed);
}

/* The convert stage: attachments, and files that came instead of article pages. */
static void
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

static gpointer
parse_stage(gpointer data)
{
    struct pipeline *p = data;
    AUTO(helper_free) struct helper *helper = helper_new(p->starter, ROLE_PARSE, p->zones);
    for (;;) {
        struct response *r = g_async_queue_pop(p->responses);
        if (r == &end)
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

/* Tells what became of a job, and ends it. */
static void
tell_job(struct pipeline *p, struct job *job, const GPtrArray *warnings, guint added, guint updated)
{
    const char *title = job->source->title, *label = job->source->label;
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

static void
finish_job(struct pipeline *p, struct job *job, GError **error)
{
    guint added, updated;
    g_autoptr(GError) why = NULL;
    /* "DONE TOTAL TIME": a reader shows it while it is fresh */
    g_autofree char *progress = g_strdup_printf("%u %u %" G_GINT64_FORMAT,
                                                events_done(p->events) + 1,
                                                events_done(p->events) + p->left, clock_now());
    g_autoptr(GPtrArray) warnings = job_warnings(job, p->store);
    if (!job_store(job, p->store, warnings, p->now, progress, &added, &updated, &why)) {
        p->store_failed = true;
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

static bool
is_late(const struct pipeline *p)
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
    p->unindexed = more && done ? p->unindexed - MIN(p->unindexed, (guint)p->pace.limit) : 0;
    return done;
}

/* The next answer, or NULL after a tenth of a second. */
static struct parsed *
next_parsed(struct pipeline *p)
{
    struct parsed *parsed = g_async_queue_try_pop(p->parsed);
    while (!parsed && !fetch_signal && !is_late(p) && index_beside(p))
        parsed = g_async_queue_timeout_pop(p->parsed, INDEX_PAUSE); /* marks find their turn */
    return parsed ? parsed : g_async_queue_timeout_pop(p->parsed, 100 * 1000);
}

static void
write_stage(struct pipeline *p, GError **error)
{
    while (p->left > p->held->len && !fetch_signal && !p->store_failed && !is_late(p)) {
        struct parsed *parsed = next_parsed(p);
        if (parsed && fetch_signal) { /* whose helper may have been ended by it */
            g_async_queue_push(p->parsed, parsed);
            return;
        }
        if (!parsed) {
            events_progress(p->events, http_received(p->http), "");
            continue;
        }
        job_test_step();
        message_note("%ld %s", parsed->response->status, parsed->response->url);
        if (parsed->response->waits_until && !store_retry_after(p, parsed->response, error))
            return;
        struct job *job = parsed->response->request->owner;
        g_autofree char *shown = url_public(parsed->response->url);
        events_progress(p->events, http_received(p->http), shown);
        job->pending--;
        p->heard |= came_by_network(parsed->response);
        steps_take(p, job, parsed);
        parsed_free(parsed);
        if (p->failure) {
            p->store_failed = true;
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

/* How sources are chosen for a fetch, and how many are left out because they were told to wait. */
struct choice {
    const struct fetch_options *options;
    const struct context *context;
    const struct urls *urls;
    GHashTable *hosts;  /* that want no requests: name -> until when */
    int64_t now, until; /* until: the first of those that wait */
    guint waiting;
};

static bool
is_due(struct choice *c, const struct source *source)
{
    int64_t until = source_waits_until(source, urls_find(c->urls, source->url), c->hosts, c->now);
    if (until) {
        c->waiting++;
        c->until = c->until ? MIN(c->until, until) : until;
        return false;
    }
    const struct subscription *sub = urls_find(c->urls, source->url);
    const struct settings_subject subject = {source->url, source->tags,
                                             sub ? subscription_address(sub) : NULL};
    int interval = settings_for(c->context->settings, &subject).fetch_interval;
    struct schedule_hints hints = schedule_hints_parse(source->schedule_hints);
    return c->options->all || c->options->names ||
           policy_is_due(source->next_due, interval, &hints, c->now);
}

/* The sources to fetch; owned struct source *. NULL and error for an unknown name. */
static GPtrArray *
choose(struct store *store, struct choice *c, GError **error)
{
    g_autoptr(GPtrArray) all = c->options->names ? sources_named(store, c->options->names, error)
                                                 : sources_list(store, false, error);
    if (!all)
        return NULL;
    GPtrArray *chosen = g_ptr_array_new();
    while (all->len) {
        struct source *source = g_ptr_array_steal_index(all, 0);
        if (is_due(c, source))
            g_ptr_array_add(chosen, source);
        else
            source_free(source);
    }
    return chosen;
}

static struct http_options
transfer_options(const struct setting_values *s, struct starter *starter, const GPtrArray *files)
{
    /* so little that one page fills it, for tests */
    const char *room = g_getenv("CRIER_TEST_IN_FLIGHT");
    gint64 bytes;
    return (struct http_options){
        .starter = starter,
        .role = ROLE_TRANSFER,
        .connections = s->fetch_connections,
        .host_connections = s->fetch_host_connections,
        .limits.timeout = s->fetch_timeout,
        .limits.stall = s->fetch_stall,
        .limits.max_size = (gsize)s->fetch_max_size << 20,
        .max_in_flight = room && number_parse(room, 1, MAX_IN_FLIGHT, &bytes) ? (gsize)bytes
                                                                              : MAX_IN_FLIGHT,
        .user_agent = s->fetch_user_agent,
        .files = files,
    };
}

static void
tell_waits(struct http *http, GHashTable *hosts)
{
    GHashTableIter iter;
    gpointer authority, until;
    g_hash_table_iter_init(&iter, hosts);
    while (g_hash_table_iter_next(&iter, &authority, &until))
        http_host_waits(http, authority, *(const int64_t *)until);
}

static void
make_jobs(struct pipeline *p, const struct context *context, const struct credentials *credentials,
          const struct urls *urls, GPtrArray *sources, bool full)
{
    for (guint i = 0; i < sources->len; i++) {
        struct source *source = g_ptr_array_index(sources, i);
        const struct subscription *sub = urls_find(urls, source->url);
        if (!sub) { /* named, but no longer subscribed to */
            source_free(source);
            continue;
        }
        g_ptr_array_add(p->jobs,
                        job_new(context, credentials, sub, source, full, p->jumped, p->now));
        p->left++;
    }
}

/* The zones by which pages may be read, which portal files and settings name; borrowed. */
static GPtrArray *
zones_of(const struct pipeline *p)
{
    GPtrArray *zones = g_ptr_array_new();
    for (guint i = 0; i < p->jobs->len; i++) {
        const char *zone = ((const struct job *)g_ptr_array_index(p->jobs, i))->rules.dates.zone;
        if (zone && !g_ptr_array_find(zones, zone, NULL))
            g_ptr_array_add(zones, (gpointer)zone);
    }
    return zones;
}

static void
start_jobs(struct pipeline *p, enum events_mode mode)
{
    p->events = events_new(mode, p->left);
    for (guint i = 0; i < p->jobs->len; i++)
        steps_begin(p, g_ptr_array_index(p->jobs, i));
}

static void
pipeline_end(struct pipeline *p)
{
    for (guint i = 0; i < G_N_ELEMENTS(p->parsers); i++)
        g_async_queue_push(p->responses, &end);
    for (guint i = 0; i < G_N_ELEMENTS(p->parsers); i++)
        if (p->parsers[i])
            g_thread_join(p->parsers[i]);
    helper_stop = 1; /* what waits for it is not stored any more */
    g_thread_pool_free(p->converting, FALSE, TRUE);
    struct helper *helper;
    while ((helper = g_async_queue_try_pop(p->idle)))
        helper_free(helper);
    struct parsed *parsed;
    while ((parsed = g_async_queue_try_pop(p->parsed))) {
        http_release(p->http, parsed->response);
        parsed_free(parsed);
    }
    for (guint i = 0; i < p->jobs->len; i++)
        job_free(g_ptr_array_index(p->jobs, i), p->http);
    http_free(p->http);
    struct response *r;
    while ((r = g_async_queue_try_pop(p->responses)))
        if (r != &end)
            response_free(r);
    g_ptr_array_unref(p->jobs);
    g_ptr_array_unref(p->held);
    g_async_queue_unref(p->responses);
    g_async_queue_unref(p->parsed);
    g_async_queue_unref(p->idle);
    g_ptr_array_unref(p->zones);
    converters_free(p->converters);
}

int
fetch_run(const struct context *context, struct store *store, const struct urls *urls,
          const struct fetch_options *options, GError **error)
{
    int64_t now = clock_now();
    if (now < CLOCK_FLOOR) {
        g_autofree char *says = date_utc(now);
        message_warning(_("the clock of this machine is not set: it says %s"), says ? says : "?");
    }
    int64_t jumped, says = now;
    if (!store_clock_mend(store, &now, &jumped, error))
        return STATUS_STORE;
    if (now != says && says >= CLOCK_FLOOR) {
        g_autofree char *text = date_utc(says);
        message_warning(_("the clock of this machine is behind the articles: it says %s"), text);
    }
    g_autoptr(GHashTable) hosts =
        sources_forget_hosts(store, now, error) ? sources_waiting_hosts(store, now, error) : NULL;
    if (!hosts)
        return STATUS_STORE;
    struct choice choice = {
        .options = options, .context = context, .urls = urls, .hosts = hosts, .now = now};
    g_autoptr(GPtrArray) sources = choose(store, &choice, error);
    if (!sources)
        return g_error_matches(*error, STORE_ERROR, STORE_ERROR_UNKNOWN) ? STATUS_USAGE
                                                                         : STATUS_STORE;
    if (options->dry_run) {
        for (guint i = 0; i < sources->len; i++) {
            struct source *source = g_ptr_array_index(sources, i);
            print_rawf("%" G_GINT64_FORMAT "\t%s\t%s\n", source->id, source->public_url,
                       source->title);
            source_free(source);
        }
        return STATUS_OK;
    }
    AUTO(converters_free) struct converters *converters =
        converters_load(context->config_dir, error);
    if (!converters)
        return STATUS_USAGE;
    AUTO(credentials_free) struct credentials *credentials =
        credentials_load(context->config_dir, error);
    if (!credentials)
        return STATUS_USAGE;
#ifdef HAVE_MALLOPT
    /* or the memory of hundreds of documents stays with the process */
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
#endif
    struct pipeline p = {.store = store, .now = now, .jumped = jumped};
    p.responses = g_async_queue_new();
    p.parsed = g_async_queue_new();
    p.jobs = g_ptr_array_new();
    p.held = g_ptr_array_new();
    if (options->max_time)
        p.deadline = g_get_monotonic_time() + (gint64)options->max_time * G_USEC_PER_SEC;
    p.converters = g_steal_pointer(&converters);
    p.starter = options->starter;
    p.idle = g_async_queue_new();
    for (guint i = 0; i < CONVERTERS; i++)
        g_async_queue_push(p.idle, helper_new(p.starter, ROLE_CONVERT, NULL));
    p.converting = g_thread_pool_new(convert_stage, &p, CONVERTERS, FALSE, NULL);
    make_jobs(&p, context, credentials, urls, sources, options->full);
    p.zones = zones_of(&p);
    g_autoptr(GPtrArray) files = manner_files(context);
    const struct http_options transfer =
        transfer_options(&context->settings->values, options->starter, files);
    p.http = http_new(&transfer, p.responses);
    for (guint i = 0; i < MIN(g_get_num_processors(), G_N_ELEMENTS(p.parsers)); i++)
        p.parsers[i] = g_thread_new("parse", parse_stage, &p);
    tell_waits(p.http, hosts);
    start_jobs(&p, options->mode);
    if (choice.waiting && (options->all || options->names || options->mode != EVENTS_FAILURES))
        events_waiting(p.events, choice.waiting, choice.until);
    write_stage(&p, error);
    bool late = p.left && is_late(&p);
    if (late)
        helper_stop = 1; /* what they read is not stored any more */
    pipeline_end(&p);
    if (!p.store_failed && !late) {
        g_autoptr(GError) why = NULL;
        /* what is left is found by reading until the next fetch */
        if (!search_index_rest(store, &p.pace, &fetch_signal, &why))
            message_warning("%s", why->message);
    }
    if (!p.store_failed)
        store_set_meta(store, "progress", NULL, NULL); /* one left behind grows stale by itself */
    events_end(p.events, fetch_signal != 0);
    if (late && !fetch_signal && options->mode != EVENTS_NONE)
        message_error(ngettext("%u source was not done within %d s: the next fetch goes on",
                               "%u sources were not done within %d s: the next fetch goes on",
                               p.left),
                      p.left, options->max_time);
    guint done = events_done(p.events), failed = events_failed(p.events);
    events_free(p.events);
    if (p.store_failed)
        return STATUS_STORE;
    if (fetch_signal)
        return 128 + fetch_signal;
    if (late)
        failed += p.left, done += p.left;
    return failed == 0 ? STATUS_OK : failed == done ? STATUS_ALL : STATUS_SOME;
}
