/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transfer thread: whose turn it is, what is in flight, curl's multi interface. */
#include "config.h"

#include "fetch/http.h"
#include "base/clock.h"
#include "base/url.h"
#include "fetch/local.h"
#include "fetch/policy.h"
#include "transfer/transfer.h"

#include <stdatomic.h>
#include <string.h>

/* A host, and what waits for it. */
struct host {
    int active;
    gint64 next;    /* monotonic microseconds: requests with a delay wait until then */
    int64_t until;  /* seconds UTC: no request is made before (RFC 9110 §10.2.3) */
    GQueue waiting; /* struct transfer * */
    bool listed;    /* in http->waiting */
};

struct http {
    struct http_options options;
    char *user_agent;
    GAsyncQueue *in;  /* struct request * */
    GAsyncQueue *out; /* struct response * */
    CURLM *multi;
    CURLSH *cookies; /* of portals that keep some from one source to the next */
    GQueue waiting;  /* struct host * for which something waits; of the thread, as all below */
    guint waiting_count;
    GHashTable *hosts; /* name -> struct host * */
    GThread *thread;
    gint stop; /* atomic */
    atomic_size_t in_flight;
    /* responses that were handed out and not taken yet (http_taken()) */
    atomic_int handed;
    struct transfer *leader; /* the one that goes on though there is no room; or NULL */
    atomic_size_t received;
    GHashTable *active; /* struct transfer * */
};

/* --- what is in flight ------------------------------------------------------------------------ */

void
http_release(struct http *http, struct response *response)
{
    atomic_fetch_sub(&http->in_flight, response->counted);
    response_free(response);
    curl_multi_wakeup(http->multi);
}

void
http_uncount(struct http *http, struct response *response)
{
    atomic_fetch_sub(&http->in_flight, response->counted);
    response->counted = 0;
    curl_multi_wakeup(http->multi);
}

gsize
http_received(struct http *http)
{
    return atomic_load(&http->received);
}

static bool
has_room(struct http *http)
{
    return atomic_load(&http->in_flight) < http->options.max_in_flight;
}

void
http_taken(struct http *http)
{
    if (atomic_fetch_sub(&http->handed, 1) == 1 && !has_room(http))
        curl_multi_wakeup(http->multi);
}

/* Counts a response's body as it is now. */
static void
recount(struct http *http, struct response *response)
{
    atomic_fetch_add(&http->in_flight, response->body->len);
    atomic_fetch_sub(&http->in_flight, response->counted);
    response->counted = response->body->len;
}

static size_t
on_body(char *data, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    struct http *http = t->http;
    size_t length = size * count;
    /* the body of a redirect is skipped; a long one ends the transfer */
    if (transfer_is_redirected(t))
        return (t->skipped += length) > MAX_SKIPPED ? 0 : length;
    if (t->response->body->len + length > transfer_max_size(t, &http->options.limits)) {
        t->too_large = true;
        return 0;
    }
    if (!has_room(http) && t != http->leader) {
        t->paused = true;
        t->paused_at = g_get_monotonic_time();
        return CURL_WRITEFUNC_PAUSE;
    }
    g_byte_array_append(t->response->body, (const guint8 *)data, (guint)length);
    t->response->counted += length;
    atomic_fetch_add(&http->in_flight, length);
    atomic_fetch_add(&http->received, length);
    return length;
}

static void
resume(struct transfer *t)
{
    t->paused = false;
    t->idle += g_get_monotonic_time() - t->paused_at;
    t->paused_at = 0;
    curl_easy_pause(t->easy, CURLPAUSE_CONT);
}

/*
 * Lets transfers go on when there is room.  When there is none and nothing is under way that would
 * make any, since the jobs that hold it wait for transfers themselves, one goes on.
 */
static bool
unpause(struct http *http)
{
    bool any = false;
    struct transfer *furthest = NULL;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, http->active);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        struct transfer *t = key;
        any |= t->paused;
        if (t->paused && has_room(http))
            resume(t);
        else if (t->paused && (!furthest || t->response->body->len > furthest->response->body->len))
            furthest = t;
    }
    if (furthest && !http->leader && !atomic_load(&http->handed)) {
        http->leader = furthest;
        resume(furthest);
    }
    return any;
}

/* --- politeness ------------------------------------------------------------------------------- */

static struct host *
host_named(struct http *http, const char *authority)
{
    struct host *host = g_hash_table_lookup(http->hosts, authority);
    if (!host) {
        host = g_new0(struct host, 1);
        g_hash_table_insert(http->hosts, g_strdup(authority), host);
    }
    return host;
}

static struct host *
host_of(struct http *http, const char *url)
{
    g_autofree char *name = url_authority(url);
    return host_named(http, name ? name : "");
}

void
http_host_waits(struct http *http, const char *authority, int64_t until)
{
    host_named(http, authority)->until = until;
}

static void
wait_for_turn(struct http *http, struct transfer *t, bool first)
{
    t->host = host_of(http, t->url);
    if (first)
        g_queue_push_head(&t->host->waiting, t);
    else
        g_queue_push_tail(&t->host->waiting, t);
    http->waiting_count++;
    if (!t->host->listed)
        g_queue_push_tail(&http->waiting, t->host);
    t->host->listed = true;
}

static bool
may_start(const struct http *http, const struct host *host, const struct transfer *t)
{
    const struct request *request = t->response->request;
    int most = request->host_connections ? request->host_connections
                                         : http->options.host_connections;
    return host->active < most && (!request->delay || g_get_monotonic_time() >= host->next);
}

/* The next one whose host may be asked now, or NULL. */
static struct transfer *
next_transfer(struct http *http)
{
    struct request *request;
    while ((request = g_async_queue_try_pop(http->in)))
        wait_for_turn(http, transfer_new(http, request), false);
    for (guint left = http->waiting.length; left > 0; left--) {
        struct host *host = g_queue_pop_head(&http->waiting);
        struct transfer *t = g_queue_peek_head(&host->waiting);
        bool may = may_start(http, host, t);
        if (may) {
            g_queue_pop_head(&host->waiting);
            http->waiting_count--;
        }
        host->listed = host->waiting.length > 0;
        if (host->listed)
            g_queue_push_tail(&http->waiting, host);
        if (may)
            return t;
    }
    return NULL;
}

/* --- transfers -------------------------------------------------------------------------------- */

/* Hands a complete response out and frees its transfer, which holds no handle any more. */
static void
hand_out(struct http *http, struct transfer *t)
{
    struct response *response = t->response;
    recount(http, response);
    transfer_free(t);
    atomic_fetch_add(&http->handed, 1);
    g_async_queue_push(http->out, response);
}

static void
start(struct http *http, struct transfer *t)
{
    struct request *request = t->response->request;
    struct problem *refusal = transfer_refusal(t);
    if (!refusal && t->host->until > clock_now()) {
        t->response->waits_until = t->host->until;
        refusal = problem_new(PROBLEM_HOST_WAITS, t->url, PROBLEM_NO_NUMBER, NULL);
    }
    if (refusal)
        transfer_fail(t, refusal);
    else if (url_is_file(t->url))
        local_read(t->response, http->options.limits.max_size);
    if (refusal || url_is_file(t->url)) {
        hand_out(http, t);
        return;
    }
    t->host->active++;
    if (request->delay)
        t->host->next = g_get_monotonic_time() + (gint64)request->delay * G_USEC_PER_SEC;
    transfer_prepare(t, &http->options.limits, http->user_agent, http->cookies, on_body);
    g_hash_table_add(http->active, t);
    curl_multi_add_handle(http->multi, t->easy);
}

/* Takes the handle out of the loop. */
static void
stop(struct http *http, struct transfer *t)
{
    curl_multi_remove_handle(http->multi, t->easy);
    curl_easy_cleanup(t->easy);
    t->easy = NULL;
    t->paused = false;
    t->paused_at = 0;
    g_hash_table_remove(http->active, t);
    t->host->active--;
    if (http->leader == t)
        http->leader = NULL;
}

/* Notes a host's Retry-After, which holds for the requests of all sources. */
static void
note_retry_after(struct transfer *t)
{
    struct response *r = t->response;
    if (r->status == 429 || r->status == 503)
        r->waits_until = policy_retry_after(r, clock_now());
    t->host->until = MAX(t->host->until, r->waits_until);
}

static void
finish(struct http *http, struct transfer *t, CURLcode code)
{
    bool more = transfer_goes_on(t, code, &http->options.limits);
    stop(http, t);
    if (more) {
        recount(http, t->response);
        wait_for_turn(http, t, true);
        return;
    }
    note_retry_after(t);
    hand_out(http, t);
}

static void
start_waiting(struct http *http)
{
    while (
        (int)g_hash_table_size(http->active) < http->options.connections &&
        (has_room(http) || (g_hash_table_size(http->active) == 0 && !atomic_load(&http->handed)))) {
        struct transfer *t = next_transfer(http);
        if (!t)
            return;
        start(http, t);
    }
}

static void
collect(struct http *http)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(http->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        struct transfer *t = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        finish(http, t, code);
    }
}

/* Ends transfers whose time is over; transfer_goes_on() keeps a document that is whole by then. */
static void
end_overdue(struct http *http)
{
    gint64 now = g_get_monotonic_time();
    g_autoptr(GPtrArray) over = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, http->active);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        struct transfer *t = key;
        struct problem *why = transfer_overdue(t, &http->options.limits, now);
        if (!why)
            continue;
        if (t->refusal)
            problem_free(t->refusal);
        t->refusal = why;
        g_ptr_array_add(over, t);
    }
    for (guint i = 0; i < over->len; i++)
        finish(http, g_ptr_array_index(over, i), CURLE_OPERATION_TIMEDOUT);
}

static void
abandon(struct http *http, struct transfer *t)
{
    struct response *response = t->response;
    if (t->easy)
        stop(http, t);
    transfer_free(t);
    response_free(response);
}

static gpointer
run(gpointer data)
{
    struct http *http = data;
    while (!g_atomic_int_get(&http->stop)) {
        start_waiting(http);
        int running;
        curl_multi_perform(http->multi, &running);
        collect(http);
        end_overdue(http);
        start_waiting(http); /* the next hop of a redirect, and whose turn it is now, do not wait */
        /* after what was paused just now: nothing else may wake the thread for it */
        bool paused = unpause(http);
        curl_multi_poll(http->multi, NULL, 0, paused ? 20 : http->waiting_count ? 100 : 1000, NULL);
    }
    g_autoptr(GList) left = g_hash_table_get_keys(http->active);
    for (GList *item = left; item; item = item->next)
        abandon(http, item->data);
    struct host *host;
    while ((host = g_queue_pop_head(&http->waiting))) {
        struct transfer *t;
        while ((t = g_queue_pop_head(&host->waiting)))
            abandon(http, t);
    }
    return NULL;
}

static void
init_curl(void)
{
    static gsize done;
    if (g_once_init_enter(&done)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&done, 1);
    }
}

struct http *
http_new(const struct http_options *options, GAsyncQueue *out)
{
    init_curl();
    struct http *http = g_new0(struct http, 1);
    http->options = *options;
    http->user_agent = options->user_agent && *options->user_agent
                           ? g_strdup(options->user_agent)
                           : g_strdup("crier/" PACKAGE_VERSION " (municipal news reader)");
    http->in = g_async_queue_new();
    http->out = g_async_queue_ref(out);
    http->multi = curl_multi_init();
    http->active = g_hash_table_new(NULL, NULL);
    g_queue_init(&http->waiting);
    http->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    http->cookies = curl_share_init(); /* one thread: no locks */
    curl_share_setopt(http->cookies, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)options->connections);
    http->thread = g_thread_new("transfer", run, http);
    return http;
}

void
http_submit(struct http *http, struct request *request)
{
    g_async_queue_push(http->in, request);
    curl_multi_wakeup(http->multi);
}

void
http_free(struct http *http)
{
    g_atomic_int_set(&http->stop, 1);
    curl_multi_wakeup(http->multi);
    g_thread_join(http->thread);
    struct request *request;
    while ((request = g_async_queue_try_pop(http->in)))
        request_free(request);
    curl_multi_cleanup(http->multi);
    curl_share_cleanup(http->cookies);
    g_hash_table_unref(http->hosts);
    g_async_queue_unref(http->in);
    g_async_queue_unref(http->out);
    g_hash_table_unref(http->active);
    g_free(http->user_agent);
    g_free(http);
}

struct response *
http_wait(struct http *http, struct request *request, GAsyncQueue *out)
{
    http_submit(http, request);
    struct response *response = g_async_queue_pop(out);
    http_taken(http);
    atomic_fetch_sub(&http->in_flight, response->counted);
    response->counted = 0;
    return response;
}
