/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transfer stage: one thread with one curl_multi loop that does sockets, TLS and
 * decompression and nothing else.  Requests come in through http_submit(), responses go
 * out through a queue.  What is in flight is bounded in inflated bytes: above the bound no
 * request starts and running ones are paused, but for one when all else waits for it.
 *
 * A request waits until its host may be asked (so many connections, a delay, Retry-After) before its time
 * runs.  Redirects are followed a hop at a time, each of which waits and is judged like a request of its
 * own: http and https alone, at most ten, what is secret only to those it is meant for, nothing into a
 * private network that the user did not name.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"
#include "base/problem.h"

struct http_options {
    int connections, host_connections;
    int timeout;           /* seconds from the request on, without those that it waits for room */
    int stall;             /* seconds without a byte */
    gsize max_size;        /* inflated bytes of one response */
    gsize max_in_flight;   /* inflated bytes of all that is not yet released */
    const char *user_agent; /* NULL: crier's own */
};

/* What the requests of one source have in common: cookies, the time that they take, the network they are in. */
struct http_session;
struct http_session *http_session_new(int deadline); /* seconds that transfers may take in all; 0: any */
struct http_session *http_session_ref(struct http_session *session);
void http_session_unref(struct http_session *session);

struct request {
    char *url;
    char *etag, *last_modified; /* of a conditional request, or NULL */
    char *validated;            /* the URL that these are of, or NULL: `url` */
    char *post, *post_type;     /* the body of a POST and its media type, or NULL: a GET */
    GPtrArray *headers;         /* char *: "Name: value", or NULL */
    char *login;                /* "user:password" for the host of `url`, or NULL */
    GPtrArray *own;             /* char *: authorities to which headers, cookies and POST may go; NULL: that of `url` */
    bool cookies;               /* kept from one source to the next too, as long as this struct http lives */
    bool named;                 /* the user named the address: it may be of a private network */
    int delay;                  /* seconds that must lie between two requests to this host */
    int host_connections;       /* at the same time to this host; 0: as the options say */
    char *ca_file;              /* whom to trust, or NULL: as the system does */
    struct http_session *session; /* owned reference, or NULL: one of its own */
    char *link;                 /* the submitter's: what the request is made for, or NULL */
    gpointer owner;             /* the submitter's; not touched */
    int kind;                   /* the submitter's */
};

struct response {
    struct request *request; /* owned */
    long status;             /* HTTP status, 0 when there was none */
    struct problem *problem; /* why there is no document, or NULL; a 404 is one, an asked-for 304 is not */
    GPtrArray *remarks;      /* struct problem *: what was wrong but did no harm; or NULL */
    char *url;               /* after redirects */
    char *moved_to;          /* where a permanent redirect from request->url led, or NULL */
    /* clean text (base/clean.h), and validators that can be sent back */
    char *content_type, *etag, *last_modified, *cache_control, *expires, *retry_after, *date;
    int64_t waits_until;     /* seconds UTC: its host wants no request before; 0 */
    GByteArray *body;
    gsize counted;           /* inflated bytes that count as in flight until it is released */
};

struct http;

/* out receives struct response *. */
struct http *http_new(const struct http_options *options, GAsyncQueue *out);
void http_submit(struct http *http, struct request *request); /* takes request; any thread */

/* The host of this authority wants no request before `until`; to be told before the first request. */
void http_host_waits(struct http *http, const char *authority, int64_t until);

/*
 * To be called once for each response that came out, when it is known what follows from it: its
 * bytes are released by then, or held until other transfers have ended.
 */
void http_taken(struct http *http);
void http_release(struct http *http, struct response *response); /* frees it; any thread */

/*
 * Gives the body back early.  It stays counted, for what was made of it is about as large and waits
 * to be stored.
 */
void response_drop_body(struct response *response);
gsize http_received(struct http *http); /* inflated bytes so far; any thread */
void http_free(struct http *http); /* aborts what runs and joins the thread */

struct request *request_new(const char *url, int kind, gpointer owner);
void request_free(struct request *request);

/* One request (taken), waited for; out is the queue of this http, of which nothing else is awaited. */
struct response *http_wait(struct http *http, struct request *request, GAsyncQueue *out);
void response_remark(struct response *response, struct problem *remark); /* takes it */
void response_free(struct response *response);
DEFINE_AUTO_FREE(response, response_free)
