/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transfers, for whoever wants something fetched: the client of crier-transfer, a process that
 * is started with it (transfer/loop.h says how it goes about the requests).  Requests are sent by
 * http_submit(), responses come out through a queue into which one thread puts them.  Nothing that
 * comes from that process is believed unless it could be so.  Files of this machine are read in
 * this process (fetch/local-responder.h).
 *
 * When the process ends before its time, or says nothing for long, the requests of all sessions of
 * which it had begun one come back with a problem (PROBLEM_TRANSFER_ENDED), and what they ask for
 * later does too; those of other sessions are asked of a new process, a few times.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "fence/starter.h"
#include "transfer/exchange.h"

struct http_options {
    struct starter *starter; /* borrowed, longer than the client; NULL: nothing can be fetched */
    guint role;              /* of it: crier-transfer */
    int connections, host_connections;
    struct exchange_limits limits;
    gsize max_in_flight;    /* inflated bytes of all that is not yet released */
    const char *user_agent; /* NULL: crier's own */
    const GPtrArray *files; /* char *: all files that requests may name; or NULL */
    int patience; /* seconds in which the process has to show that it lives; 0: a minute */
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

gsize http_received(struct http *http); /* inflated bytes so far, as last told; any thread */
void http_free(struct http *http);      /* aborts what runs and ends the process */

/*
 * One request (taken), waited for; out is the queue of this http, of which nothing else is awaited.
 */
struct response *http_wait(struct http *http, struct request *request, GAsyncQueue *out);
