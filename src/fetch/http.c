/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client of crier-transfer: what is said to a process, what is taken of it, and the processes
 * that follow each other.  Whoever submits or releases sends a frame, one at a time; a thread
 * receives.  That one never sends while a process runs, and whatever it waits for is never held
 * while something is sent: so one of both ends can always go on.
 */
#include "config.h"

#include "fetch/http.h"
#include "base/i18n.h"
#include "base/url.h"
#include "fetch/local-responder.h"
#include "fetch/pending.h"
#include "fetch/transfer-process.h"
#include "transfer/frames.h"

#include <stdatomic.h>
#include <string.h>

/* Processes of a client: one that a portal can end is ended by the next of its sources too. */
#define MAX_PROCESSES 4
/* seconds of silence after which a process is taken for dead; one that lives says something */
#define PATIENCE 60

struct http {
    struct http_options options;
    struct transfer_options transfer;
    GAsyncQueue *out; /* struct response * */
    atomic_size_t received;
    gint stops; /* atomic: http_free() was called */

    struct local_responder *local; /* answers what no process is asked for */
    struct pending *pending;       /* what processes are asked for */

    /* held while a frame is sent, and while a process takes the place of another */
    GMutex sending;
    struct transfer_process *process; /* the one that runs, or NULL */
    guint started;                    /* how many were, which is the number of the last */
    guint serial;                     /* the last that was given */
    GPtrArray *threads;               /* GThread *, of each process */
    GPtrArray *waits;  /* struct wait *: what http_host_waits() was told, for each process */
    GByteArray *frame; /* the one that is made */

    /* held for moments, also within the other */
    GMutex lock;
    char *why;     /* the last process ended; or NULL */
    gsize counted; /* bytes of answers that are not released yet */
    int handed;    /* answers that are not taken yet */
    GCond room;    /* either became less, or http_free() was called */
};

struct wait {
    char *authority;
    int64_t until;
};

static void
free_wait(gpointer data)
{
    struct wait *wait = data;
    g_free(wait->authority);
    g_free(wait);
}

/* --- sending ------------------------------------------------------------------------------- */

/* Sends the frame that was made to the process that runs, if any.  With `sending`. */
static void
send_frame(struct http *http, enum frame_kind kind)
{
    if (http->process)
        transfer_process_send(http->process, kind, http->frame);
    g_byte_array_set_size(http->frame, 0);
}

/* number: 0: none is said. */
static void
tell(struct http *http, enum frame_kind kind, guint number)
{
    g_mutex_lock(&http->sending);
    if (number)
        wire_put_number(http->frame, number);
    send_frame(http, kind);
    g_mutex_unlock(&http->sending);
}

static void
send_wait(struct http *http, const struct wait *wait)
{
    wire_put_text(http->frame, wait->authority);
    wire_put_number(http->frame, wait->until);
    send_frame(http, FRAME_HOST_WAITS);
}

void
http_host_waits(struct http *http, const char *authority, int64_t until)
{
    struct wait *wait = g_new(struct wait, 1);
    *wait = (struct wait){g_strdup(authority), until};
    g_mutex_lock(&http->sending);
    g_ptr_array_add(http->waits, wait);
    send_wait(http, wait);
    g_mutex_unlock(&http->sending);
}

static void
on_session_end(struct http_session *session)
{
    struct http *http = session->owner;
    pending_forget(http->pending, session);
    tell(http, FRAME_SESSION_END, session->number);
}

/* --- what is in flight --------------------------------------------------------------------- */

void
http_uncount(struct http *http, struct response *response)
{
    guint serial = response->request->serial;
    gsize counted = response->counted;
    response->counted = 0;
    if (!counted)
        return;
    if (!serial) {
        local_responder_release(http->local, counted);
        return;
    }
    g_mutex_lock(&http->lock);
    http->counted -= counted;
    g_cond_signal(&http->room);
    g_mutex_unlock(&http->lock);
    tell(http, FRAME_RELEASED, serial);
}

void
http_release(struct http *http, struct response *response)
{
    http_uncount(http, response);
    response_free(response);
}

/* Which response it is of does not matter: in the end each is counted once. */
void
http_taken(struct http *http)
{
    if (local_responder_taken(http->local))
        return;
    g_mutex_lock(&http->lock);
    http->handed--;
    g_cond_signal(&http->room);
    g_mutex_unlock(&http->lock);
    tell(http, FRAME_TAKEN, 0);
}

gsize
http_received(struct http *http)
{
    return atomic_load(&http->received) + local_responder_received(http->local);
}

/* --- receiving ----------------------------------------------------------------------------- */

/* What the thread that receives has of one process. */
struct reception {
    struct http *http;
    struct transfer_process *process;
    guint number; /* of the process */
    struct channel_frame frame;
    gint64 received; /* bytes: as it last said */
};

static const char malformed[] = N_("what it said is malformed"),
                  silent[] = N_("it did nothing for a long time");

static gsize
max_size(const struct http *http, const struct request *request)
{
    return request->max_size ? request->max_size : http->options.limits.max_size;
}

static bool
note_received(struct reception *r, gint64 received)
{
    if (received < r->received)
        return false;
    atomic_fetch_add(&r->http->received, (gsize)(received - r->received));
    r->received = received;
    return true;
}

/* Puts the request back, since its answer was none. */
static void
put_back(struct http *http, struct response *response)
{
    pending_put_back(http->pending, response->request);
    response->request = NULL;
    response_free(response);
}

/*
 * Takes no more answers than there is room for, whatever the process keeps of the bound: when it is
 * well passed, those that were handed out are waited for, since room may come of them.
 */
static void
wait_for_room(const struct reception *r)
{
    struct http *http = r->http;
    const gsize most = http->options.max_in_flight + http->options.limits.max_size;
    g_mutex_lock(&http->lock);
    while (http->counted > most && http->handed > 0 && !g_atomic_int_get(&http->stops) &&
           transfer_process_listens(r->process))
        g_cond_wait_until(&http->room, &http->lock, g_get_monotonic_time() + G_USEC_PER_SEC / 10);
    g_mutex_unlock(&http->lock);
}

static bool
receive_body(struct reception *r, struct response *response, gsize length)
{
    if (transfer_process_receive(r->process, &r->frame, length) != CHANNEL_FRAME ||
        r->frame.kind != FRAME_BODY || r->frame.bytes->len != length)
        return false;
    g_byte_array_unref(response->body);
    response->body = r->frame.bytes;
    response->counted = length;
    r->frame.bytes = g_byte_array_new();
    return true;
}

static bool
take_answer(struct reception *r)
{
    struct wire_input in = wire_input(r->frame.bytes->data, r->frame.bytes->len);
    struct request *request = pending_take(r->http->pending, frames_get_serial(&in));
    if (!request)
        return false;
    struct answer_head head;
    struct response *response = response_new(request);
    if (!frames_get_response(&in, max_size(r->http, request), response, &head) ||
        !note_received(r, head.received) ||
        (head.length && !receive_body(r, response, head.length))) {
        put_back(r->http, response);
        return false;
    }
    g_mutex_lock(&r->http->lock);
    r->http->counted += response->counted;
    r->http->handed++;
    g_mutex_unlock(&r->http->lock);
    g_async_queue_push(r->http->out, response);
    wait_for_room(r);
    return true;
}

static bool
note_begun(struct reception *r, struct wire_input *in)
{
    guint serial = frames_get_serial(in);
    return wire_is_done(in) && pending_begin(r->http->pending, serial, r->number);
}

static bool
take_frame(struct reception *r)
{
    struct wire_input in = wire_input(r->frame.bytes->data, r->frame.bytes->len);
    gint64 received;
    switch (r->frame.kind) {
    case FRAME_BEGUN:
        return note_begun(r, &in);
    case FRAME_RESPONSE:
        return take_answer(r);
    case FRAME_RECEIVED:
        received = wire_get_number(&in, 0, G_MAXINT64);
        return wire_is_done(&in) && note_received(r, received);
    default:
        return false;
    }
}

/* Until the process ends or says what it must not; why, or NULL: it ended by itself. */
static const char *
receive_all(struct reception *r)
{
    enum channel_result result;
    while ((result = transfer_process_receive(r->process, &r->frame, FRAMES_MAX_ANSWER)) ==
           CHANNEL_FRAME)
        if (!g_atomic_int_get(&r->http->stops) && !take_frame(r))
            return malformed;
    return result == CHANNEL_END ? NULL : result == CHANNEL_LATE ? silent : malformed;
}

/* --- requests and processes ---------------------------------------------------------------- */

static void
set_why(struct http *http, char *why)
{
    g_mutex_lock(&http->lock);
    g_free(http->why);
    http->why = why;
    g_mutex_unlock(&http->lock);
}

/* Answers a request, which it takes: there is no process for it. */
static void
fail_ended(struct http *http, struct request *request)
{
    g_mutex_lock(&http->lock);
    g_autofree char *why = g_strdup(http->why);
    g_mutex_unlock(&http->lock);
    local_responder_fail(http->local, request, PROBLEM_TRANSFER_ENDED, why);
}

static gpointer receive_from(gpointer data);

/* Tells the process that was started what it has to know first. */
static void
set_up(struct http *http)
{
    struct reception *r = g_new0(struct reception, 1);
    *r = (struct reception){http, http->process, http->started, {0}, 0};
    g_ptr_array_add(http->threads, g_thread_new("transfer", receive_from, r));
    frames_put_options(http->frame, &http->transfer);
    send_frame(http, FRAME_OPTIONS);
    for (guint i = 0; i < http->waits->len; i++)
        send_wait(http, g_ptr_array_index(http->waits, i));
}

/* Starts a process where one may be started; false: there is none.  With `sending`. */
static bool
start(struct http *http)
{
    char *why = NULL;
    if (!http->options.starter || http->started == MAX_PROCESSES)
        return false;
    http->process = transfer_process_start(http->options.starter, http->options.role,
                                           http->options.patience, &why);
    if (why)
        set_why(http, why);
    if (!http->process)
        return false;
    http->started++;
    set_up(http);
    return true;
}

/*
 * False when it is to fail; else it is not touched any more, since it may be answered.  With
 * `sending`.
 */
static bool
send_request(struct http *http, struct request *request)
{
    if (!http->process && !start(http))
        return false;
    frames_put_request(http->frame, request->serial, request);
    bool sent = pending_add(http->pending, request, http->started);
    if (sent)
        send_frame(http, FRAME_REQUEST);
    g_byte_array_set_size(http->frame, 0);
    return sent;
}

void
http_submit(struct http *http, struct request *request)
{
    if (url_is_file(request->url)) {
        local_responder_read(http->local, request);
        return;
    }
    if (strlen(request->url) > FRAMES_MAX_URL) {
        local_responder_fail(http->local, request, PROBLEM_TRANSFER, N_("the address is too long"));
        return;
    }
    g_mutex_lock(&http->sending);
    request->serial = ++http->serial;
    bool sent = send_request(http, request);
    g_mutex_unlock(&http->sending);
    if (!sent)
        fail_ended(http, request);
}

/*
 * After the end of a process: what waits fails, or is asked of a new one.  again: whether another
 * can be started.  With `sending`.
 */
static void
go_on(struct http *http, guint number, bool again)
{
    g_autoptr(GPtrArray) lost = g_ptr_array_new();
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    http->process = NULL;
    if (!again)
        http->started = MAX_PROCESSES;
    pending_part(http->pending, number, lost, left);
    for (guint i = 0; i < lost->len; i++)
        fail_ended(http, g_ptr_array_index(lost, i));
    for (guint i = 0; i < left->len; i++)
        if (!send_request(http, g_ptr_array_index(left, i)))
            fail_ended(http, g_ptr_array_index(left, i));
}

/* The thread of a process. */
static gpointer
receive_from(gpointer data)
{
    struct reception *r = data;
    struct http *http = r->http;
    char *why;
    channel_frame_init(&r->frame);
    const char *said = receive_all(r);
    bool again = transfer_process_end(r->process, said, &why);
    channel_frame_clear(&r->frame);
    g_mutex_lock(&http->sending);
    set_why(http, why);
    if (!g_atomic_int_get(&http->stops)) {
        transfer_process_free(r->process);
        go_on(http, r->number, again);
    }
    g_mutex_unlock(&http->sending);
    g_free(r);
    return NULL;
}

/* --- the client ---------------------------------------------------------------------------- */

static GPtrArray *
copy_all(const GPtrArray *texts)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; texts && i < texts->len; i++)
        g_ptr_array_add(copies, g_strdup(g_ptr_array_index(texts, i)));
    return copies;
}

struct http *
http_new(const struct http_options *options, GAsyncQueue *out)
{
    struct http *http = g_new0(struct http, 1);
    http->options = *options;
    http->transfer = (struct transfer_options){
        options->connections,   options->host_connections,     options->limits,
        options->max_in_flight, g_strdup(options->user_agent), copy_all(options->files)};
    http->out = g_async_queue_ref(out);
    g_mutex_init(&http->sending);
    g_mutex_init(&http->lock);
    g_cond_init(&http->room);
    if (!http->options.patience)
        http->options.patience = PATIENCE;
    http->local = local_responder_new(options->max_in_flight, options->limits.max_size, out);
    http->pending = pending_new(on_session_end, http);
    http->threads = g_ptr_array_new();
    http->waits = g_ptr_array_new_with_free_func(free_wait);
    http->frame = g_byte_array_new();
    set_why(http, g_strdup(N_("it cannot be started")));
    g_mutex_lock(&http->sending);
    start(http); /* what it loads, it does while the first requests are made */
    g_mutex_unlock(&http->sending);
    return http;
}

/* Has the process end by itself, or ends it. */
static void
stop(struct http *http)
{
    g_mutex_lock(&http->sending);
    g_atomic_int_set(&http->stops, 1);
    struct transfer_process *process = http->process;
    if (process)
        transfer_process_hang_up(process);
    g_mutex_unlock(&http->sending);
    g_mutex_lock(&http->lock);
    g_cond_signal(&http->room);
    g_mutex_unlock(&http->lock);
    if (process)
        transfer_process_see_off(process);
    for (guint i = 0; i < http->threads->len; i++)
        g_thread_join(g_ptr_array_index(http->threads, i));
    if (process)
        transfer_process_free(process);
}

void
http_free(struct http *http)
{
    stop(http);
    pending_free(http->pending);
    local_responder_free(http->local); /* its requests too may be of sessions that are let go of */
    g_ptr_array_unref(http->threads);
    g_ptr_array_unref(http->waits);
    g_byte_array_unref(http->frame);
    g_async_queue_unref(http->out);
    g_ptr_array_unref((GPtrArray *)(guintptr)http->transfer.files);
    g_free((char *)(guintptr)http->transfer.user_agent);
    g_free(http->why);
    g_mutex_clear(&http->sending);
    g_mutex_clear(&http->lock);
    g_cond_clear(&http->room);
    g_free(http);
}

struct response *
http_wait(struct http *http, struct request *request, GAsyncQueue *out)
{
    http_submit(http, request);
    struct response *response = g_async_queue_pop(out);
    http_taken(http);
    http_uncount(http, response);
    return response;
}
