/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transfer stage: one thread with one curl_multi loop that does sockets, TLS and
 * decompression and nothing else.  Requests come in through http_submit(), responses go
 * out through a queue.  What is in flight is bounded in inflated bytes: above the bound no
 * request starts and running ones are paused, but for one when all else waits for it.  Only http and https, at most 10 redirects,
 * capped in size and time; two connections a host by default.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct http_options {
    int connections, host_connections;
    int timeout, stall;    /* seconds */
    gsize max_size;        /* inflated bytes of one response */
    gsize max_in_flight;   /* inflated bytes of all that is not yet released */
    const char *user_agent; /* NULL: crier's own */
};

struct request {
    char *url;
    char *etag, *last_modified; /* of a conditional request, or NULL */
    char *post, *post_type;     /* the body of a POST and its media type, or NULL: a GET */
    GPtrArray *headers;         /* char *: "Name: value", or NULL */
    bool cookies;               /* sent and kept, as long as this struct http lives */
    int delay;                  /* seconds that must lie between two requests to this host */
    int host_connections;       /* at the same time to this host; 0: as the options say */
    char *link;                 /* the submitter's: what the request is made for, or NULL */
    gpointer owner;             /* the submitter's; not touched */
    int kind;                   /* the submitter's */
};

struct response {
    struct request *request; /* owned */
    long status;             /* HTTP status, 0 when there was none */
    char *error;             /* why the transfer failed, or NULL; a 404 is no such failure */
    char *url;               /* after redirects */
    char *moved_to;          /* where a permanent redirect from request->url led, or NULL */
    char *content_type, *etag, *last_modified, *cache_control, *expires, *retry_after, *date;
    GByteArray *body;
    gsize counted;           /* inflated bytes that count as in flight until it is released */
};

struct http;

/* out receives struct response *. */
struct http *http_new(const struct http_options *options, GAsyncQueue *out);
void http_submit(struct http *http, struct request *request); /* takes request; any thread */

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
void response_free(struct response *response);
DEFINE_AUTO_FREE(response, response_free)
