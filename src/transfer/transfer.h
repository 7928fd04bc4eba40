/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request on its way: what is sent in each hop, what becomes of its answer.  Inside this room
 * only.
 */
#pragma once

#include "transfer/exchange.h"

#include <curl/curl.h>

#define MAX_REDIRECTS 10
#define MAX_SKIPPED   (1 << 20) /* bytes of the body of a redirect */

struct loop;
struct host;

/* What the requests of one source share, counted by them. */
struct session {
    guint references;
    int deadline;    /* seconds that transfers may take in all, 0: any */
    gint64 spent;    /* microseconds of transfers that have ended */
    bool is_private; /* what the user named is in a private network itself */
    CURLSH *jar;     /* cookies */
    /* owned char *: those of the file that requests name, as libcurl takes them; or NULL */
    GPtrArray *file_cookies;
    CURLSH *file_jar; /* in which these are; NULL: not yet */
};

CURLSH *cookie_jar_new(void); /* of one thread: without locks */
struct session *session_new(int deadline);
struct session *session_ref(struct session *session);
void session_unref(struct session *session);

struct transfer {
    struct loop *loop; /* borrowed */
    guint serial;      /* of whoever asked */
    struct response *response;
    struct session *session; /* owned reference */
    CURL *easy;              /* NULL while it waits */
    struct curl_slist *headers;
    struct host *host; /* whose turn it waits for or has; of loop.c */
    char *url;         /* of this hop */
    int hops;
    bool temporary;       /* a redirect so far was not a permanent one */
    bool insecure;        /* one led from https to http */
    bool as_get;          /* a redirect made a GET of the POST */
    bool raw;             /* asked for, and taken, without a content coding */
    bool whatever_length; /* Content-Length is not believed */
    /* because it left the end of a feed off: what comes now is taken as it is */
    bool cut;
    bool conditional; /* this hop carried a validator */
    bool paused, too_large;
    char *location; /* that the answer names, or NULL */
    char *coding;   /* its Content-Encoding, or NULL */
    /* its headers as they are written, or NULL */
    char *expires, *date, *retry_after;
    char *asked;             /* the lines of this hop, as transfer/evidence.h keeps them */
    GString *answer;         /* those that came */
    gsize length;            /* its Content-Length, or G_MAXSIZE */
    gsize skipped;           /* bytes of the body of a redirect */
    struct problem *refusal; /* why the hop was not made */
    gint64 begun, sent;      /* monotonic: this hop; its request; 0: not yet */
    gint64 paused_at, idle;  /* since when it waits for room; for how long it did */
    char message[CURL_ERROR_SIZE];
};

/* Takes the request; session: a reference is added. */
struct transfer *transfer_new(struct loop *loop, guint serial, struct request *request,
                              struct session *session);

/*
 * Sets up `easy` for the hop to `url`; user_agent and shared (cookies of portals that keep some)
 * are borrowed.
 */
void transfer_prepare(struct transfer *t, const struct exchange_limits *limits,
                      const char *user_agent, CURLSH *shared, curl_write_callback on_body);

/* The most bytes that its body may have: what the request says, else what holds for all. */
static inline gsize
transfer_max_size(const struct transfer *t, const struct exchange_limits *limits)
{
    gsize own = t->response->request->max_size;
    return own ? own : limits->max_size;
}

/* Whether the answer that comes leads elsewhere. */
bool transfer_is_redirected(const struct transfer *t);

/* The problem of a running one whose time is over; NULL while it is not. */
struct problem *transfer_overdue(const struct transfer *t, const struct exchange_limits *limits,
                                 gint64 now);

/*
 * After the hop has ended.  True: it goes on with another, to `url`, which waits for its turn.
 * False: the response is complete.  The easy handle is the caller's to take back either way.
 */
bool transfer_goes_on(struct transfer *t, CURLcode code, const struct exchange_limits *limits);

/* Ends it with a problem (taken). */
void transfer_fail(struct transfer *t, struct problem *problem);

/* Gives the handle back; keeps the response, which is whoever has it. */
void transfer_free(struct transfer *t);
