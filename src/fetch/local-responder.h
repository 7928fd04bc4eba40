/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The responses that no server gives: files of this machine, which are read as soon as there is
 * room for them, and the problems of requests that cannot be asked of anybody.  They come out
 * through the queue of the client that has the responder (fetch/http.h).  What is read counts as in
 * flight within a bound of its own.  Any thread may call; a file is read by the thread that has
 * made the room.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "transfer/exchange.h"

struct local_responder;

/*
 * max_in_flight: bytes of the files that are not yet released; max_size: bytes of a file whose
 * request names no other; out: receives struct response *, and is referenced.
 */
struct local_responder *local_responder_new(gsize max_in_flight, gsize max_size, GAsyncQueue *out);

/* Takes a request for a file. */
void local_responder_read(struct local_responder *responder, struct request *request);
/* Answers any request, which it takes, with a problem; it was asked of nobody (serial 0). */
void local_responder_fail(struct local_responder *responder, struct request *request,
                          enum problem_code code, const char *detail);

/* One response less to be taken (http_taken()); false when all of this responder are. */
bool local_responder_taken(struct local_responder *responder);
/* So many bytes of a response are no more in flight. */
void local_responder_release(struct local_responder *responder, gsize counted);

gsize local_responder_received(struct local_responder *responder); /* bytes read so far */

/* Frees the requests that still wait; nobody may call any more. */
void local_responder_free(struct local_responder *responder);
