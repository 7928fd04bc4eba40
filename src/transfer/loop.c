/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose turn it is, what is in flight, libcurl's multi interface. */
#include "config.h"

#include "transfer/loop.h"
#include "base/clock.h"
#include "base/url.h"
#include "transfer/access.h"
#include "transfer/certificate.h"
#include "transfer/transfer.h"

#include <string.h>

/*
 * Requests between two looks at what has come: were all sent first, all answers would come at once
 * too, and nothing would be whole, and at work elsewhere, before nearly all of them are.
 */
#define STARTED_AT_ONCE 8

/* A host, and what waits for it. */
struct host {
    int active;
    gint64 next;         /* monotonic microseconds: requests with a delay wait until then */
    int64_t until;       /* seconds UTC: no request is made before (RFC 9110 §10.2.3) */
    GQueue waiting;      /* struct transfer * */
    bool listed;         /* in loop->waiting */
    int64_t certificate; /* seconds UTC: until when that of the last connection holds; 0 */
};

struct loop {
    struct transfer_options options;
    struct loop_listener listener;
    CURLM *multi;
    CURLSH *cookies; /* of portals that keep some from one source to the next */
    GQueue waiting;  /* struct host * for which something waits */
    guint waiting_count;
    GHashTable *hosts;       /* name -> struct host * */
    GHashTable *sessions;    /* number -> struct session * */
    GHashTable *active;      /* struct transfer * */
    GHashTable *counted;     /* serial -> bytes that were handed out and are in flight */
    gsize in_flight;         /* those, and what running transfers have */
    int handed;              /* responses that were handed out and not taken yet */
    struct transfer *leader; /* the one that goes on though there is no room; or NULL */
    gint64 received;
};

/* --- what is in flight ------------------------------------------------------------------------ */

void
loop_release(struct loop *loop, guint serial)
{
    gpointer key = GUINT_TO_POINTER(serial);
    loop->in_flight -= GPOINTER_TO_SIZE(g_hash_table_lookup(loop->counted, key));
    g_hash_table_remove(loop->counted, key);
}

gint64
loop_received(const struct loop *loop)
{
    return loop->received;
}

static bool
has_room(const struct loop *loop)
{
    return loop->in_flight < loop->options.max_in_flight;
}

void
loop_taken(struct loop *loop)
{
    loop->handed -= loop->handed > 0; /* it may be told of one that another process handed out */
}

/* Counts a response's body as it is now. */
static void
recount(struct loop *loop, struct response *response)
{
    loop->in_flight += response->body->len;
    loop->in_flight -= response->counted;
    response->counted = response->body->len;
}

static size_t
on_body(char *data, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    struct loop *loop = t->loop;
    size_t length = size * count;
    /* the body of a redirect is skipped; a long one ends the transfer */
    if (transfer_is_redirected(t))
        return (t->skipped += length) > MAX_SKIPPED ? 0 : length;
    if (t->response->body->len + length > transfer_max_size(t, &loop->options.limits)) {
        t->too_large = true;
        return 0;
    }
    if (!has_room(loop) && t != loop->leader) {
        t->paused = true;
        t->paused_at = g_get_monotonic_time();
        return CURL_WRITEFUNC_PAUSE;
    }
    g_byte_array_append(t->response->body, (const guint8 *)data, (guint)length);
    t->response->counted += length;
    loop->in_flight += length;
    loop->received += (gint64)length;
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
unpause(struct loop *loop)
{
    bool any = false;
    struct transfer *furthest = NULL;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, loop->active);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        struct transfer *t = key;
        any |= t->paused;
        if (t->paused && has_room(loop))
            resume(t);
        else if (t->paused && (!furthest || t->response->body->len > furthest->response->body->len))
            furthest = t;
    }
    if (furthest && !loop->leader && !loop->handed) {
        loop->leader = furthest;
        resume(furthest);
    }
    return any;
}

/* --- politeness ------------------------------------------------------------------------------- */

static struct host *
host_named(struct loop *loop, const char *authority)
{
    struct host *host = g_hash_table_lookup(loop->hosts, authority);
    if (!host) {
        host = g_new0(struct host, 1);
        g_hash_table_insert(loop->hosts, g_strdup(authority), host);
    }
    return host;
}

static struct host *
host_of(struct loop *loop, const char *url)
{
    g_autofree char *name = url_authority(url);
    return host_named(loop, name ? name : "");
}

void
loop_host_waits(struct loop *loop, const char *authority, int64_t until)
{
    host_named(loop, authority)->until = until;
}

static void
wait_for_turn(struct loop *loop, struct transfer *t, bool first)
{
    t->host = host_of(loop, t->url);
    if (first)
        g_queue_push_head(&t->host->waiting, t);
    else
        g_queue_push_tail(&t->host->waiting, t);
    loop->waiting_count++;
    if (!t->host->listed)
        g_queue_push_tail(&loop->waiting, t->host);
    t->host->listed = true;
}

static bool
may_start(const struct loop *loop, const struct host *host, const struct transfer *t)
{
    const struct request *request = t->response->request;
    int most = request->host_connections ? request->host_connections
                                         : loop->options.host_connections;
    return host->active < most && (!request->delay || g_get_monotonic_time() >= host->next);
}

/* The next one whose host may be asked now, or NULL. */
static struct transfer *
next_transfer(struct loop *loop)
{
    for (guint left = loop->waiting.length; left > 0; left--) {
        struct host *host = g_queue_pop_head(&loop->waiting);
        struct transfer *t = g_queue_peek_head(&host->waiting);
        bool may = may_start(loop, host, t);
        if (may) {
            g_queue_pop_head(&host->waiting);
            loop->waiting_count--;
        }
        host->listed = host->waiting.length > 0;
        if (host->listed)
            g_queue_push_tail(&loop->waiting, host);
        if (may)
            return t;
    }
    return NULL;
}

/* --- transfers -------------------------------------------------------------------------------- */

/* Hands a complete response out and frees its transfer, which holds no handle any more. */
static void
hand_out(struct loop *loop, struct transfer *t)
{
    struct response *response = t->response;
    guint serial = t->serial;
    recount(loop, response);
    if (response->counted)
        g_hash_table_insert(loop->counted, GUINT_TO_POINTER(serial),
                            GSIZE_TO_POINTER(response->counted));
    transfer_free(t);
    loop->handed++;
    loop->listener.answered(loop->listener.data, serial, response);
}

/*
 * Whether a connection is not worth keeping: so many hosts wait that it would have to make room
 * before it is used again.  libcurl (7.88) would then look through what is left of all hosts that
 * it has closed a connection to.
 */
static bool
is_crowded(const struct loop *loop, const struct host *host)
{
    return !host->waiting.length && (int)loop->waiting.length > loop->options.connections;
}

static void
start(struct loop *loop, struct transfer *t)
{
    struct request *request = t->response->request;
    struct problem *refusal = access_refusal(t);
    if (!t->begun)
        loop->listener.begun(loop->listener.data, t->serial);
    if (!refusal && t->host->until > clock_now()) {
        t->response->waits_until = t->host->until;
        refusal = problem_new(PROBLEM_HOST_WAITS, t->url, PROBLEM_NO_NUMBER, NULL);
    }
    if (refusal) {
        transfer_fail(t, refusal);
        hand_out(loop, t);
        return;
    }
    t->host->active++;
    if (request->delay)
        t->host->next = g_get_monotonic_time() + (gint64)request->delay * G_USEC_PER_SEC;
    transfer_prepare(t, &loop->options.limits, loop->options.user_agent, loop->cookies, on_body);
    if (is_crowded(loop, t->host))
        curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
    g_hash_table_add(loop->active, t);
    curl_multi_add_handle(loop->multi, t->easy);
}

/* Takes the handle out of the loop. */
static void
stop(struct loop *loop, struct transfer *t)
{
    curl_multi_remove_handle(loop->multi, t->easy);
    curl_easy_cleanup(t->easy);
    t->easy = NULL;
    t->paused = false;
    t->paused_at = 0;
    g_hash_table_remove(loop->active, t);
    t->host->active--;
    if (loop->leader == t)
        loop->leader = NULL;
}

/* Of a connection that was used before, only its first transfer knows the certificate. */
static void
note_certificate(struct transfer *t)
{
    if (!access_is_https(t->url))
        return;
    int64_t told = certificate_expires(t->easy), *first = &t->response->certificate_expires;
    if (told)
        t->host->certificate = told;
    if (t->host->certificate && (!*first || t->host->certificate < *first))
        *first = t->host->certificate;
}

static void
finish(struct loop *loop, struct transfer *t, CURLcode code)
{
    note_certificate(t);
    bool more = transfer_goes_on(t, code, &loop->options.limits);
    stop(loop, t);
    if (more) {
        recount(loop, t->response);
        wait_for_turn(loop, t, true);
        return;
    }
    t->host->until = MAX(t->host->until, t->response->waits_until); /* for all sources */
    hand_out(loop, t);
}

/* True: more may be started after another look at what has come. */
static bool
start_waiting(struct loop *loop)
{
    int left = STARTED_AT_ONCE;
    while ((int)g_hash_table_size(loop->active) < loop->options.connections &&
           (has_room(loop) || (g_hash_table_size(loop->active) == 0 && !loop->handed))) {
        struct transfer *t = left > 0 ? next_transfer(loop) : NULL;
        if (!t)
            return left == 0;
        start(loop, t);
        left--;
    }
    return false;
}

static void
collect(struct loop *loop)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(loop->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        struct transfer *t = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        finish(loop, t, code);
    }
}

/* Ends transfers whose time is over; transfer_goes_on() keeps a document that is whole by then. */
static void
end_overdue(struct loop *loop)
{
    gint64 now = g_get_monotonic_time();
    g_autoptr(GPtrArray) over = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, loop->active);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        struct transfer *t = key;
        struct problem *why = transfer_overdue(t, &loop->options.limits, now);
        if (!why)
            continue;
        if (t->refusal)
            problem_free(t->refusal);
        t->refusal = why;
        g_ptr_array_add(over, t);
    }
    for (guint i = 0; i < over->len; i++)
        finish(loop, g_ptr_array_index(over, i), CURLE_OPERATION_TIMEDOUT);
}

bool
loop_step(struct loop *loop, int fd, int milliseconds)
{
    struct curl_waitfd channel = {.fd = fd, .events = CURL_WAIT_POLLIN};
    int running;
    start_waiting(loop);
    curl_multi_perform(loop->multi, &running);
    collect(loop);
    end_overdue(loop);
    /* the next hop of a redirect, and whose turn it is now, do not wait */
    bool more = start_waiting(loop);
    /* after what was paused just now: nothing else may wake the loop for it */
    bool paused = unpause(loop);
    int longest = more ? 0 : paused ? 20 : loop->waiting_count ? 100 : 1000;
    curl_multi_poll(loop->multi, &channel, 1, MIN(longest, milliseconds), NULL);
    return channel.revents != 0;
}

/* --- requests --------------------------------------------------------------------------------- */

void
loop_submit(struct loop *loop, guint serial, struct request *request, guint session, int deadline)
{
    gpointer number = GUINT_TO_POINTER(session);
    struct session *shared = session ? g_hash_table_lookup(loop->sessions, number) : NULL;
    bool is_new = !shared;
    if (is_new)
        shared = session_new(deadline);
    if (is_new && session)
        g_hash_table_insert(loop->sessions, number, session_ref(shared));
    wait_for_turn(loop, transfer_new(loop, serial, request, shared), false);
    if (is_new)
        session_unref(shared);
}

void
loop_end_session(struct loop *loop, guint session)
{
    g_hash_table_remove(loop->sessions, GUINT_TO_POINTER(session));
}

static void
free_session(gpointer session)
{
    session_unref(session);
}

struct loop *
loop_new(const struct transfer_options *options, const struct loop_listener *listener)
{
    struct loop *loop = g_new0(struct loop, 1);
    loop->options = *options;
    loop->listener = *listener;
    loop->multi = curl_multi_init();
    loop->cookies = cookie_jar_new();
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, (long)options->connections);
    loop->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    loop->sessions = g_hash_table_new_full(NULL, NULL, NULL, free_session);
    loop->active = g_hash_table_new(NULL, NULL);
    loop->counted = g_hash_table_new(NULL, NULL);
    return loop;
}

static void
abandon(struct loop *loop, struct transfer *t)
{
    struct response *response = t->response;
    if (t->easy)
        stop(loop, t);
    transfer_free(t);
    response_free(response);
}

void
loop_free(struct loop *loop)
{
    g_autoptr(GList) left = g_hash_table_get_keys(loop->active);
    for (GList *item = left; item; item = item->next)
        abandon(loop, item->data);
    struct host *host;
    while ((host = g_queue_pop_head(&loop->waiting))) {
        struct transfer *t;
        while ((t = g_queue_pop_head(&host->waiting)))
            abandon(loop, t);
    }
    curl_multi_cleanup(loop->multi);
    curl_share_cleanup(loop->cookies);
    g_hash_table_unref(loop->sessions);
    g_hash_table_unref(loop->hosts);
    g_hash_table_unref(loop->active);
    g_hash_table_unref(loop->counted);
    g_free(loop);
}
