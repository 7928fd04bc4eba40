/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An HTTP exchange as two values: the request, with whom its secrets may be told and how politely
 * it is made, and the response, with the problem where there is no document.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"
#include "base/problem.h"

#define EVIDENCE_MAX (16 << 10) /* bytes of those lines */

struct http_session;

/* What one request may take. */
struct exchange_limits {
    int timeout;    /* seconds from the request on, without those that it waits for room */
    int stall;      /* seconds without a byte */
    gsize max_size; /* inflated bytes of the response */
};

struct request {
    char *url;
    char *etag, *last_modified; /* of a conditional request, or NULL */
    char *validated;            /* the URL that these are of, or NULL: `url` */
    char *post, *post_type;     /* the body of a POST and its media type, or NULL: a GET */
    GPtrArray *headers;         /* char *: "Name: value", or NULL */
    /*
     * What is for the host of `url` alone, in none of whose redirects to another, nor to http
     * (access_may_log_in()); each may be NULL.
     */
    char *login;                    /* "user:password" */
    GPtrArray *secrets;             /* char *: "Name: value", over headers of the same name */
    char *cookie_file;              /* of cookies, those of the host; read, never written */
    char *client_cert, *client_key; /* files; the key may be in the certificate's */
    /* char *: authorities to which headers, cookies and POST may go; NULL: that of `url` */
    GPtrArray *own;
    /* kept from one source to the next too, as long as the process of the transfers lives */
    bool cookies;
    bool no_cookies;              /* none are kept nor sent */
    bool named;                   /* the user named the address: it may be of a private network */
    int delay;                    /* seconds that must lie between two requests to this host */
    int host_connections;         /* at the same time to this host; 0: as the options say */
    gsize max_size;               /* inflated bytes of the response; 0: as the options say */
    char *ca_file;                /* whom to trust, or NULL: as the system does */
    char *user_agent;             /* or NULL: as the options say */
    char *proxy;                  /* its URL; empty: none; NULL: as the environment says */
    int timeout;                  /* as exchange_limits has it; 0: as the options say */
    int ip;                       /* 4, 6: addresses of this version alone; 0: any */
    struct http_session *session; /* owned reference, or NULL: one of its own */

    /* the submitter's, which do not leave its process */
    char *link;     /* what the request is made for, or NULL */
    gpointer owner; /* not touched */
    int kind;
    guint serial; /* by which its answer is known; 0: it was asked of nobody */
};

struct response {
    struct request *request; /* owned */
    long status;             /* HTTP status, 0 when there was none */
    /* why there is no document, or NULL; a 404 is one, an asked-for 304 is not */
    struct problem *problem;
    GPtrArray *remarks; /* struct problem *: what was wrong but did no harm; or NULL */
    char *url;          /* after redirects */
    char *moved_to;     /* where a permanent redirect from request->url led, or NULL */
    /* clean text (base/clean.h), and validators that can be sent back */
    char *content_type, *etag, *last_modified, *cache_control;
    char *links; /* its Link headers as one (RFC 8288), or NULL */
    /* the lines of the request and, behind an empty one, of the answer, without secrets; or NULL */
    char *evidence;
    /* what these headers name, in seconds UTC; 0: they are absent; -1: they cannot be read */
    int64_t expires, date, retry_after;
    int64_t waits_until; /* seconds UTC: its host wants no request before; 0 */
    /* seconds UTC: the first of those by which the servers of its hops were known; 0: none, or not
     * told */
    int64_t certificate_expires;
    GByteArray *body;
    gsize counted; /* inflated bytes that count as in flight until it is released */
};

struct request *request_new(const char *url, int kind, gpointer owner);
struct response *response_new(struct request *request); /* takes it */
void request_free(struct request *request);

/* Whether it brought what was asked for. */
bool response_is_document(const struct response *response);

/*
 * Gives the body back early.  It stays counted, for what was made of it is about as large and waits
 * to be stored.
 */
void response_drop_body(struct response *response);

/* Takes the remark. */
void response_remark(struct response *response, struct problem *remark);
void response_free(struct response *response);
DEFINE_AUTO_FREE(response, response_free)
