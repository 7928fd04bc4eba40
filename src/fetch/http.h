/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transfer stage: one thread with one curl_multi loop that does sockets, TLS and decompression
 * and nothing else.  Requests come in through http_submit(), responses go out through a queue.
 * What is in flight is bounded in inflated bytes: above the bound no request starts and running
 * ones are paused, but for one when all else waits for it.
 *
 * A request waits until its host may be asked (so many connections, a delay, Retry-After) before
 * its time runs.  Redirects are followed a hop at a time, each of which waits and is judged like a
 * request of its own: http and https alone, at most ten, what is secret only to those it is meant
 * for, nothing into a private network that the user did not name.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "transfer/exchange.h"

struct http_options {
    int connections, host_connections;
    struct exchange_limits limits;
    gsize max_in_flight;    /* inflated bytes of all that is not yet released */
    const char *user_agent; /* NULL: crier's own */
};

struct http;

/* out receives struct response *. */
struct http *http_new(const struct http_options *options, GAsyncQueue *out);
void http_submit(struct http *http, struct request *request); /* takes request; any thread */

/*
 * The host of this authority wants no request before `until`; to be told before the first request.
 */
void http_host_waits(struct http *http, const char *authority, int64_t until);

/*
 * The receiver calls it once for each response that came out, after it has submitted the requests
 * that follow from it.  By then it has either released the response, or it keeps the bytes until
 * those requests are answered.  As long as one is not taken, no transfer goes on without room: room
 * may come of it.
 */
void http_taken(struct http *http);
void http_release(struct http *http, struct response *response); /* frees it; any thread */
/* What was made of its body is stored already: it is no more in flight, though it stays. */
void http_uncount(struct http *http, struct response *response);

gsize http_received(struct http *http); /* inflated bytes so far; any thread */
void http_free(struct http *http);      /* aborts what runs and joins the thread */

/*
 * One request (taken), waited for; out is the queue of this http, of which nothing else is awaited.
 */
struct response *http_wait(struct http *http, struct request *request, GAsyncQueue *out);
