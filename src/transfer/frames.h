/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the worker and crier-transfer say to each other, as frames of a channel (base/channel.h).
 *
 * The worker says its options first.  Each request has a number of its own, and is answered once,
 * by FRAME_RESPONSE and, unless its body is empty, FRAME_BODY at once after it.  crier-transfer
 * takes the worker at its word; the worker takes nothing that it did not ask for: whatever is not
 * as it has to be ends the channel.
 */
#pragma once

#include "base/wire.h"
#include "transfer/exchange.h"

enum frame_kind {
    /* from the worker */
    FRAME_OPTIONS = 1,
    FRAME_REQUEST,
    FRAME_TAKEN,       /* loop_taken() */
    FRAME_RELEASED,    /* serial: loop_release() */
    FRAME_SESSION_END, /* session: no request is of it any more */
    FRAME_HOST_WAITS,  /* authority, until */
    /* from crier-transfer */
    FRAME_BEGUN,    /* serial: it is no more to be asked by another process */
    FRAME_RESPONSE, /* all but the body, and how long that is */
    FRAME_BODY,     /* its bytes */
    FRAME_RECEIVED, /* inflated bytes so far, at times, and some seconds after the last word */
};

#define FRAMES_MAX_URL    (256 << 10) /* bytes of that of a request */
#define FRAMES_MAX_ASKED  (64 << 20)  /* bytes of a frame of the worker */
#define FRAMES_MAX_ANSWER (16 << 20)  /* bytes of a frame of crier-transfer but FRAME_BODY */

/* What holds for all transfers. */
struct transfer_options {
    int connections, host_connections;
    struct exchange_limits limits;
    gsize max_in_flight;    /* inflated bytes of all that is not yet released */
    const char *user_agent; /* NULL or "": crier's own */
    const GPtrArray *files; /* char *: those that requests may name; or NULL */
};

void frames_put_options(GByteArray *out, const struct transfer_options *options);
/* What it points to is made anew; false when it is none. */
bool frames_get_options(const GByteArray *bytes, struct transfer_options *options);

void frames_put_request(GByteArray *out, guint serial, const struct request *request);
/* A new one without a session, whose number it gives, or 0; NULL when it is none. */
struct request *frames_get_request(const GByteArray *bytes, guint *serial, guint *session,
                                   int *deadline);

/* received: loop_received() */
void frames_put_response(GByteArray *out, guint serial, gint64 received,
                         const struct response *response);

/* What FRAME_RESPONSE says beside the response itself. */
struct answer_head {
    guint serial;
    gint64 received;
    gsize length; /* of the body that follows */
};

/* The serial, which is read first. */
guint frames_get_serial(struct wire_input *in);

/*
 * The rest of an answer to a request, put into `response`, which has the request alone.  False when
 * it is none that could be: then it is left half filled.  most: bytes of a body.
 */
bool frames_get_response(struct wire_input *in, gsize most, struct response *response,
                         struct answer_head *head);
