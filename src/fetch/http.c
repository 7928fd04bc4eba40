/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client of crier-transfer.  Whoever submits or releases sends a frame, one at a time; a thread
 * receives.  That one never sends while a process runs, and whatever it waits for is never held
 * while something is sent: so one of both ends can always go on.
 */
#include "config.h"

#include "fetch/http.h"
#include "base/i18n.h"
#include "base/url.h"
#include "fetch/local.h"
#include "transfer/frames.h"
#include "transfer/http-session.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Processes of a client: one that a portal can end is ended by the next of its sources too. */
#define MAX_PROCESSES 4
/* milliseconds that a process has to end, when it is told to */
#define GRACE 1000
/* seconds of silence after which a process is taken for dead; one that lives says something */
#define PATIENCE 60
/* parts of them that it has to miss one after another: one may pass while all is stopped */
#define SILENCES 6
/* exit status of a role whose program cannot be executed */
#define NOT_EXECUTED 127

/* A request that waits for its answer. */
struct asked {
    struct request *request;
    bool begun; /* by the process that runs */
};

struct http {
    struct http_options options;
    struct transfer_options transfer;
    GAsyncQueue *out; /* struct response * */
    atomic_size_t received;
    gint stops; /* atomic: http_free() was called */

    /* held while a frame is sent, and while a process takes the place of another */
    GMutex sending;
    int channel;        /* -1: there is no process */
    pid_t pid;          /* of the process */
    guint process;      /* how many were started; changed with both held */
    guint serial;       /* the last that was given */
    GPtrArray *threads; /* GThread *, of each process */
    GPtrArray *waits;   /* struct wait *: what http_host_waits() was told, for each process */
    GByteArray *frame;  /* the one that is made */

    /* held for moments, also within the other */
    GMutex lock;
    GHashTable *open;     /* serial -> struct asked * */
    GHashTable *sessions; /* struct http_session *: of which a process was told */
    char *why;            /* the last process ended; or NULL */
    gsize counted;        /* bytes of answers that are not released yet */
    int handed;           /* answers that are not taken yet */
    GCond room;           /* either became less, or http_free() was called */
    GQueue files;         /* struct request *: files that are to be read */
    gsize own_in_flight;  /* bytes of files that were read */
    int own_handed;       /* responses of this process that are not taken yet */
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

/* --- responses of this process's own ------------------------------------------------------- */

static void
push_own(struct http *http, struct response *response)
{
    g_mutex_lock(&http->lock);
    http->own_handed++;
    g_mutex_unlock(&http->lock);
    g_async_queue_push(http->out, response);
}

/* Answers a request, which it takes, with a problem. */
static void
fail(struct http *http, struct request *request, enum problem_code code, const char *detail)
{
    struct response *response = response_new(request);
    response->url = g_strdup(request->url);
    response->problem = problem_new(code, request->url, PROBLEM_NO_NUMBER, detail);
    request->serial = 0;
    push_own(http, response);
}

static void
fail_ended(struct http *http, struct request *request)
{
    g_mutex_lock(&http->lock);
    g_autofree char *why = g_strdup(http->why);
    g_mutex_unlock(&http->lock);
    fail(http, request, PROBLEM_TRANSFER_ENDED, why);
}

/*
 * The next file that may be read: there is room, or all that waits for room waits for this.  Files
 * have a bound of their own, as large as that of the transfers.
 */
static struct request *
next_file(struct http *http)
{
    g_mutex_lock(&http->lock);
    bool room = http->own_in_flight < http->options.max_in_flight || !http->own_handed;
    struct request *request = room ? g_queue_pop_head(&http->files) : NULL;
    g_mutex_unlock(&http->lock);
    return request;
}

static void
read_files(struct http *http)
{
    struct request *request;
    while ((request = next_file(http))) {
        struct response *response = response_new(request);
        gsize own = request->max_size;
        local_read(response, own ? own : http->options.limits.max_size);
        response->counted = response->body->len;
        atomic_fetch_add(&http->received, response->counted);
        g_mutex_lock(&http->lock);
        http->own_in_flight += response->counted;
        g_mutex_unlock(&http->lock);
        push_own(http, response);
    }
}

/* --- sending ------------------------------------------------------------------------------- */

/* Sends the frame that was made; when nobody takes it, the process is at its end. */
static void
send_frame(struct http *http, enum frame_kind kind)
{
    if (http->channel >= 0 && !channel_send(http->channel, kind, http->frame))
        shutdown(http->channel, SHUT_RDWR);
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
    g_mutex_lock(&http->lock);
    g_hash_table_remove(http->sessions, session);
    g_mutex_unlock(&http->lock);
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
    g_mutex_lock(&http->lock);
    *(serial ? &http->counted : &http->own_in_flight) -= counted;
    g_cond_signal(&http->room);
    g_mutex_unlock(&http->lock);
    if (serial)
        tell(http, FRAME_RELEASED, serial);
    else
        read_files(http);
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
    g_mutex_lock(&http->lock);
    bool own = http->own_handed > 0;
    *(own ? &http->own_handed : &http->handed) -= 1;
    g_cond_signal(&http->room);
    g_mutex_unlock(&http->lock);
    if (own)
        read_files(http);
    else
        tell(http, FRAME_TAKEN, 0);
}

gsize
http_received(struct http *http)
{
    return atomic_load(&http->received);
}

/* --- receiving ----------------------------------------------------------------------------- */

/* What the thread that receives has of one process. */
struct reception {
    struct http *http;
    int channel;
    pid_t pid;
    guint process;
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

/* Takes the request of a serial out of those that wait; NULL: there is none. */
static struct request *
take_request(struct http *http, guint serial)
{
    g_mutex_lock(&http->lock);
    struct asked *asked = g_hash_table_lookup(http->open, GUINT_TO_POINTER(serial));
    struct request *request = asked ? asked->request : NULL;
    g_hash_table_remove(http->open, GUINT_TO_POINTER(serial));
    g_mutex_unlock(&http->lock);
    return request;
}

/* Puts the request back, since its answer was none. */
static void
put_back(struct http *http, struct response *response)
{
    struct asked *asked = g_new(struct asked, 1);
    *asked = (struct asked){response->request, true};
    g_mutex_lock(&http->lock);
    g_hash_table_insert(http->open, GUINT_TO_POINTER(asked->request->serial), asked);
    g_mutex_unlock(&http->lock);
    response->request = NULL;
    response_free(response);
}

/* The next frame; CHANNEL_LATE: the process says nothing any more. */
static enum channel_result
receive(struct reception *r, gsize most)
{
    const gint64 part = (gint64)r->http->options.patience * G_USEC_PER_SEC / SILENCES;
    enum channel_result result = CHANNEL_LATE;
    for (int i = 0; i < SILENCES && result == CHANNEL_LATE; i++)
        result = channel_receive(r->channel, &r->frame, most, g_get_monotonic_time() + part);
    return result;
}

/* Whether what is sent is taken: nobody is held up by a process that itself waits to be heard. */
static bool
is_heard(const struct reception *r)
{
    struct pollfd one = {r->channel, POLLOUT, 0};
    return poll(&one, 1, 0) > 0;
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
           is_heard(r))
        g_cond_wait_until(&http->room, &http->lock, g_get_monotonic_time() + G_USEC_PER_SEC / 10);
    g_mutex_unlock(&http->lock);
}

static bool
receive_body(struct reception *r, struct response *response, gsize length)
{
    if (receive(r, length) != CHANNEL_FRAME || r->frame.kind != FRAME_BODY ||
        r->frame.bytes->len != length)
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
    struct request *request = take_request(r->http, frames_get_serial(&in));
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
    struct http *http = r->http;
    guint serial = frames_get_serial(in);
    if (!wire_is_done(in))
        return false;
    g_mutex_lock(&http->lock);
    struct asked *asked = g_hash_table_lookup(http->open, GUINT_TO_POINTER(serial));
    if (asked) {
        asked->begun = true;
        if (asked->request->session)
            asked->request->session->process = r->process;
    }
    g_mutex_unlock(&http->lock);
    return asked != NULL;
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
    while ((result = receive(r, FRAMES_MAX_ANSWER)) == CHANNEL_FRAME)
        if (!g_atomic_int_get(&r->http->stops) && !take_frame(r))
            return malformed;
    return result == CHANNEL_END ? NULL : result == CHANNEL_LATE ? silent : malformed;
}

/* --- processes ----------------------------------------------------------------------------- */

static void
set_why(struct http *http, char *why)
{
    g_mutex_lock(&http->lock);
    g_free(http->why);
    http->why = why;
    g_mutex_unlock(&http->lock);
}

static gpointer receive_from(gpointer data);

/* Tells the process that was started what it has to know first. */
static void
set_up(struct http *http)
{
    struct reception *r = g_new0(struct reception, 1);
    *r = (struct reception){http, http->channel, http->pid, http->process, {0}, 0};
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
    int ends[2];
    char *why = NULL;
    if (!http->options.starter || http->process == MAX_PROCESSES || !channel_pair(ends))
        return false;
    pid_t pid = starter_start(http->options.starter, http->options.role, NULL, &ends[1], 1, &why);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        set_why(http, why);
        return false;
    }
    const struct timeval patience = {.tv_sec = http->options.patience};
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    http->channel = ends[0];
    http->pid = pid;
    g_mutex_lock(&http->lock);
    http->process++;
    g_mutex_unlock(&http->lock);
    set_up(http);
    return true;
}

/*
 * Whether a request is to be sent, which then is known to the thread that receives; else it is to
 * fail.  With `sending`.
 */
static bool
enter(struct http *http, struct request *request)
{
    struct http_session *session = request->session;
    g_mutex_lock(&http->lock);
    bool lost = session && session->process && session->process != http->process;
    if (!lost) {
        struct asked *asked = g_new0(struct asked, 1);
        asked->request = request;
        g_hash_table_insert(http->open, GUINT_TO_POINTER(request->serial), asked);
    }
    if (!lost && session) {
        session->owner = http;
        session->ended = on_session_end;
        g_hash_table_add(http->sessions, session);
    }
    g_mutex_unlock(&http->lock);
    return !lost;
}

/*
 * False when it is to fail; else it is not touched any more, since it may be answered.  With
 * `sending`.
 */
static bool
send_request(struct http *http, struct request *request)
{
    if (http->channel < 0 && !start(http))
        return false;
    frames_put_request(http->frame, request->serial, request);
    bool sent = enter(http, request);
    if (sent)
        send_frame(http, FRAME_REQUEST);
    g_byte_array_set_size(http->frame, 0);
    return sent;
}

void
http_submit(struct http *http, struct request *request)
{
    if (url_is_file(request->url)) {
        g_mutex_lock(&http->lock);
        g_queue_push_tail(&http->files, request);
        g_mutex_unlock(&http->lock);
        read_files(http);
        return;
    }
    if (strlen(request->url) > FRAMES_MAX_URL) {
        fail(http, request, PROBLEM_TRANSFER, N_("the address is too long"));
        return;
    }
    g_mutex_lock(&http->sending);
    request->serial = ++http->serial;
    bool sent = send_request(http, request);
    g_mutex_unlock(&http->sending);
    if (!sent)
        fail_ended(http, request);
}

static char *
why_ended(int status, const char *said)
{
    if (said)
        return g_strdup(said);
    return WIFSIGNALED(status) ? g_strdup_printf("signal %d", WTERMSIG(status))
                               : g_strdup_printf("status %d", WEXITSTATUS(status));
}

static gint
by_serial(gconstpointer a, gconstpointer b)
{
    const struct request *one = *(struct request *const *)a, *other = *(struct request *const *)b;
    return one->serial < other->serial ? -1 : one->serial > other->serial;
}

/* Empties `open`: what the process had begun is lost, the rest is left. */
static void
collect(struct http *http, guint process, GPtrArray *lost, GPtrArray *left)
{
    GHashTableIter iter;
    gpointer value;
    g_mutex_lock(&http->lock);
    g_hash_table_iter_init(&iter, http->open);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct asked *asked = value;
        const struct http_session *session = asked->request->session;
        bool begun = asked->begun || (session && session->process == process);
        g_ptr_array_add(begun ? lost : left, asked->request);
    }
    g_hash_table_remove_all(http->open);
    g_mutex_unlock(&http->lock);
    g_ptr_array_sort(lost, by_serial);
    g_ptr_array_sort(left, by_serial);
}

/* After the end of a process: what waits fails, or is asked of a new one. */
static void
go_on(struct reception *r, int status, const char *said)
{
    struct http *http = r->http;
    g_autoptr(GPtrArray) lost = g_ptr_array_new();
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    g_mutex_lock(&http->sending);
    if (!g_atomic_int_get(&http->stops)) {
        close(http->channel);
        http->channel = -1;
        if (!said && WIFEXITED(status) && WEXITSTATUS(status) == NOT_EXECUTED) {
            g_mutex_lock(&http->lock);
            http->process = MAX_PROCESSES; /* nor can the next */
            g_mutex_unlock(&http->lock);
            set_why(http, g_strdup(N_("it cannot be started")));
        } else {
            set_why(http, why_ended(status, said));
        }
        collect(http, r->process, lost, left);
        for (guint i = 0; i < lost->len; i++)
            fail_ended(http, g_ptr_array_index(lost, i));
        for (guint i = 0; i < left->len; i++)
            if (!send_request(http, g_ptr_array_index(left, i)))
                fail_ended(http, g_ptr_array_index(left, i));
    }
    g_mutex_unlock(&http->sending);
}

/* The thread of a process. */
static gpointer
receive_from(gpointer data)
{
    struct reception *r = data;
    struct starter *starter = r->http->options.starter;
    channel_frame_init(&r->frame);
    const char *said = receive_all(r);
    shutdown(r->channel, SHUT_RDWR); /* whoever sends to it waits no longer */
    starter_signal(starter, r->pid, SIGKILL);
    int status = starter_wait(starter, r->pid);
    channel_frame_clear(&r->frame);
    go_on(r, status, said);
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
        options->max_in_flight, g_strdup(options->user_agent), copy_all(options->ca_files)};
    http->out = g_async_queue_ref(out);
    g_mutex_init(&http->sending);
    g_mutex_init(&http->lock);
    g_cond_init(&http->room);
    if (!http->options.patience)
        http->options.patience = PATIENCE;
    http->channel = -1;
    http->threads = g_ptr_array_new();
    http->waits = g_ptr_array_new_with_free_func(free_wait);
    http->frame = g_byte_array_new();
    http->open = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    http->sessions = g_hash_table_new(NULL, NULL);
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
    struct pollfd one = {http->channel, 0, 0};
    if (http->channel >= 0)
        shutdown(http->channel, SHUT_WR);
    g_mutex_unlock(&http->sending);
    g_mutex_lock(&http->lock);
    g_cond_signal(&http->room);
    g_mutex_unlock(&http->lock);
    /* its end hangs up; the thread, which waits for no less, keeps the channel open until then */
    if (one.fd >= 0 && poll(&one, 1, GRACE) == 0)
        starter_signal(http->options.starter, http->pid, SIGKILL);
    for (guint i = 0; i < http->threads->len; i++)
        g_thread_join(g_ptr_array_index(http->threads, i));
    if (one.fd >= 0)
        close(one.fd);
}

static void
free_open(struct http *http)
{
    GHashTableIter iter;
    gpointer value;
    struct request *request;
    g_hash_table_iter_init(&iter, http->open);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        request_free(((struct asked *)value)->request);
    while ((request = g_queue_pop_head(&http->files)))
        request_free(request);
}

/* They may live longer. */
static void
let_go_of_sessions(struct http *http)
{
    GHashTableIter iter;
    gpointer session;
    g_hash_table_iter_init(&iter, http->sessions);
    while (g_hash_table_iter_next(&iter, &session, NULL)) {
        ((struct http_session *)session)->owner = NULL;
        ((struct http_session *)session)->process = 0;
    }
    g_hash_table_remove_all(http->sessions);
}

void
http_free(struct http *http)
{
    stop(http);
    let_go_of_sessions(http);
    free_open(http);
    g_hash_table_unref(http->open);
    g_hash_table_unref(http->sessions);
    g_ptr_array_unref(http->threads);
    g_ptr_array_unref(http->waits);
    g_byte_array_unref(http->frame);
    g_async_queue_unref(http->out);
    g_ptr_array_unref((GPtrArray *)(guintptr)http->transfer.ca_files);
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
