/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transfers: one loop of libcurl's multi interface that does sockets, TLS and decompression and
 * nothing else.  Of one thread.  What is in flight is bounded in inflated bytes: above the bound no
 * request starts and running ones are paused, but for one when all else waits for it.
 *
 * A request waits until its host may be asked (so many connections, a delay, Retry-After) before
 * its time runs.  Redirects are followed a hop at a time, each of which waits and is judged like a
 * request of its own: http and https alone, at most ten, what is secret only to those it is meant
 * for, nothing into a private network that the user did not name.
 */
#pragma once

#include <stdbool.h>

#include "transfer/exchange.h"
#include "transfer/frames.h"

struct loop;

/* Who is told what comes of the requests, within loop_step(). */
struct loop_listener {
    /* something goes out for it, or its answer is known without */
    void (*begun)(gpointer data, guint serial);
    void (*answered)(gpointer data, guint serial, struct response *response); /* takes it */
    gpointer data;
};

/* options are copied, but for the agent's name, which is borrowed. */
struct loop *loop_new(const struct transfer_options *options, const struct loop_listener *listener);
void loop_free(struct loop *loop); /* aborts what runs */

/*
 * Takes the request; serial: any number but 0 that none has of which something is in flight.
 * session: 0, or the number that it shares with others, of which the first states the deadline.
 */
void loop_submit(struct loop *loop, guint serial, struct request *request, guint session,
                 int deadline);
/* The session has no more requests. */
void loop_end_session(struct loop *loop, guint session);

/*
 * The host of this authority wants no request before `until`; to be told before the first request.
 */
void loop_host_waits(struct loop *loop, const char *authority, int64_t until);

/*
 * For each answer, after the requests that follow from it were submitted.  By then it was released,
 * or its bytes are kept until those requests are answered.  As long as one is not taken, no
 * transfer goes on without room: room may come of it.
 */
void loop_taken(struct loop *loop);
/* What was answered to it is no more in flight. */
void loop_release(struct loop *loop, guint serial);

gint64 loop_received(const struct loop *loop); /* inflated bytes so far */

/*
 * Does what can be done, then waits for sockets, for the next time at which something is due, at
 * most `milliseconds`, or until fd can be read: then it is true.
 */
bool loop_step(struct loop *loop, int fd, int milliseconds);
