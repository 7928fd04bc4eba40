/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue of files that wait for room, and the count of what was made of them and is not done. */
#include "config.h"

#include "fetch/local-responder.h"
#include "fetch/local.h"

#include <stdatomic.h>

struct local_responder {
    gsize max_in_flight, max_size;
    GAsyncQueue *out; /* struct response * */
    atomic_size_t received;

    GMutex lock;     /* held for moments; of what follows */
    GQueue files;    /* struct request *: files that are to be read */
    gsize in_flight; /* bytes of files that were read */
    int handed;      /* responses that are not taken yet */
};

struct local_responder *
local_responder_new(gsize max_in_flight, gsize max_size, GAsyncQueue *out)
{
    struct local_responder *responder = g_new0(struct local_responder, 1);
    responder->max_in_flight = max_in_flight;
    responder->max_size = max_size;
    responder->out = g_async_queue_ref(out);
    g_mutex_init(&responder->lock);
    g_queue_init(&responder->files);
    return responder;
}

static void
push(struct local_responder *responder, struct response *response)
{
    g_mutex_lock(&responder->lock);
    responder->handed++;
    responder->in_flight += response->counted;
    g_mutex_unlock(&responder->lock);
    g_async_queue_push(responder->out, response);
}

void
local_responder_fail(struct local_responder *responder, struct request *request,
                     enum problem_code code, const char *detail)
{
    struct response *response = response_new(request);
    response->url = g_strdup(request->url);
    response->problem = problem_new(code, request->url, PROBLEM_NO_NUMBER, detail);
    request->serial = 0;
    push(responder, response);
}

/* The next file that may be read: there is room, or all that waits for room waits for this. */
static struct request *
next_file(struct local_responder *responder)
{
    g_mutex_lock(&responder->lock);
    bool room = responder->in_flight < responder->max_in_flight || !responder->handed;
    struct request *request = room ? g_queue_pop_head(&responder->files) : NULL;
    g_mutex_unlock(&responder->lock);
    return request;
}

static void
read_files(struct local_responder *responder)
{
    struct request *request;
    while ((request = next_file(responder))) {
        struct response *response = response_new(request);
        local_read(response, request->max_size ? request->max_size : responder->max_size);
        response->counted = response->body->len;
        atomic_fetch_add(&responder->received, response->counted);
        push(responder, response);
    }
}

void
local_responder_read(struct local_responder *responder, struct request *request)
{
    g_mutex_lock(&responder->lock);
    g_queue_push_tail(&responder->files, request);
    g_mutex_unlock(&responder->lock);
    read_files(responder);
}

bool
local_responder_taken(struct local_responder *responder)
{
    g_mutex_lock(&responder->lock);
    bool any = responder->handed > 0;
    if (any)
        responder->handed--;
    g_mutex_unlock(&responder->lock);
    if (any)
        read_files(responder);
    return any;
}

void
local_responder_release(struct local_responder *responder, gsize counted)
{
    g_mutex_lock(&responder->lock);
    responder->in_flight -= counted;
    g_mutex_unlock(&responder->lock);
    read_files(responder);
}

gsize
local_responder_received(struct local_responder *responder)
{
    return atomic_load(&responder->received);
}

void
local_responder_free(struct local_responder *responder)
{
    struct request *request;
    while ((request = g_queue_pop_head(&responder->files)))
        request_free(request);
    g_async_queue_unref(responder->out);
    g_mutex_clear(&responder->lock);
    g_free(responder);
}
