/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The requests that were sent to a process of the transfers and wait for their responses, by their
 * serials; and the sessions of which a process was told.  When a process ends, this says which
 * requests end with it: those that it had begun, and all others of the sessions of these.
 *
 * Processes are known by their numbers, from 1.  Any thread may call; nothing is called back while
 * the lock of this is held.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "transfer/exchange.h"
#include "transfer/http-session.h"

struct pending;

/*
 * ended: what a session of one of the requests calls at its end, with this owner in it; it is to
 * call pending_forget().
 */
struct pending *pending_new(void (*ended)(struct http_session *session), gpointer owner);

/*
 * Adds a request, which has its serial, before it is sent to this process.  It is taken, but when
 * false is returned: its session was begun by a process that has ended.
 */
bool pending_add(struct pending *pending, struct request *request, guint process);
/* Notes that this process has begun it; false: there is none of that serial. */
bool pending_begin(struct pending *pending, guint serial, guint process);
/* Takes out the request of a serial, which becomes the caller's; NULL: there is none. */
struct request *pending_take(struct pending *pending, guint serial);
/* Takes the request back, since its response was none; it counts as begun. */
void pending_put_back(struct pending *pending, struct request *request);
/* The session is at its end. */
void pending_forget(struct pending *pending, struct http_session *session);

/*
 * Takes out all requests: what the process that has ended had begun is put into `lost`, the rest
 * into `left`, both by serial.
 */
void pending_part(struct pending *pending, guint process, GPtrArray *lost, GPtrArray *left);

/* Frees the requests, and lets go of the sessions, which may live longer. */
void pending_free(struct pending *pending);
