/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options, requests and responses as bytes, and what a response may be. */
#include "config.h"

#include "transfer/frames.h"
#include "base/url.h"
#include "transfer/http-session.h"

#include <string.h>

#define MAX_STRING   FRAMES_MAX_ASKED
#define MAX_STRINGS  100000     /* of a list in a request, or of files */
#define MAX_HEADER   (4 * 2000) /* bytes of a value that is kept, when none was UTF-8 */
#define MAX_LINKS    (20000 + 2 * MAX_HEADER)
#define MAX_LOCATION (2 * FRAMES_MAX_URL) /* libcurl takes no header that makes a longer one */
#define MAX_REMARKS  64
#define LAST_MOMENT  253402300799 /* the end of the year 9999 */

/* --- options ------------------------------------------------------------------------------- */

void
frames_put_options(GByteArray *out, const struct transfer_options *o)
{
    wire_put_number(out, o->connections);
    wire_put_number(out, o->host_connections);
    wire_put_number(out, o->limits.timeout);
    wire_put_number(out, o->limits.stall);
    wire_put_number(out, (int64_t)o->limits.max_size);
    wire_put_number(out, (int64_t)o->max_in_flight);
    wire_put_text(out, o->user_agent);
    wire_put_texts(out, o->files);
}

bool
frames_get_options(const GByteArray *bytes, struct transfer_options *o)
{
    struct wire_input in = wire_input(bytes->data, bytes->len);
    o->connections = (int)wire_get_number(&in, 0, G_MAXINT);
    o->host_connections = (int)wire_get_number(&in, 0, G_MAXINT);
    o->limits.timeout = (int)wire_get_number(&in, 0, G_MAXINT);
    o->limits.stall = (int)wire_get_number(&in, 0, G_MAXINT);
    o->limits.max_size = (gsize)wire_get_number(&in, 0, G_MAXUINT32);
    o->max_in_flight = (gsize)wire_get_number(&in, 0, G_MAXINT64);
    o->user_agent = wire_get_string(&in, MAX_STRING);
    o->files = wire_get_strings(&in, MAX_STRINGS, MAX_STRING);
    return wire_is_done(&in);
}

/* --- requests ------------------------------------------------------------------------------ */

void
frames_put_request(GByteArray *out, guint serial, const struct request *q)
{
    wire_put_number(out, serial);
    wire_put_number(out, q->session ? q->session->number : 0);
    wire_put_number(out, q->session ? q->session->deadline : 0);
    const char *const strings[] = {q->url,        q->etag,      q->last_modified, q->validated,
                                   q->post,       q->post_type, q->login,         q->ca_file,
                                   q->user_agent, q->proxy,     q->cookie_file,   q->client_cert,
                                   q->client_key};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        wire_put_text(out, strings[i]);
    wire_put_texts(out, q->headers);
    wire_put_texts(out, q->secrets);
    wire_put_texts(out, q->own);
    wire_put_bool(out, q->cookies);
    wire_put_bool(out, q->no_cookies);
    wire_put_bool(out, q->named);
    wire_put_number(out, q->delay);
    wire_put_number(out, q->host_connections);
    wire_put_number(out, (int64_t)q->max_size);
    wire_put_number(out, q->timeout);
    wire_put_number(out, q->ip);
}

struct request *
frames_get_request(const GByteArray *bytes, guint *serial, guint *session, int *deadline)
{
    struct wire_input in = wire_input(bytes->data, bytes->len);
    struct request *q = g_new0(struct request, 1);
    *serial = frames_get_serial(&in);
    *session = (guint)wire_get_number(&in, 0, G_MAXUINT);
    *deadline = (int)wire_get_number(&in, 0, G_MAXINT);
    char **const strings[] = {&q->url,        &q->etag,      &q->last_modified, &q->validated,
                              &q->post,       &q->post_type, &q->login,         &q->ca_file,
                              &q->user_agent, &q->proxy,     &q->cookie_file,   &q->client_cert,
                              &q->client_key};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = wire_get_string(&in, MAX_STRING);
    q->headers = wire_get_strings(&in, MAX_STRINGS, MAX_STRING);
    q->secrets = wire_get_strings(&in, MAX_STRINGS, MAX_STRING);
    q->own = wire_get_strings(&in, MAX_STRINGS, MAX_STRING);
    q->cookies = wire_get_bool(&in);
    q->no_cookies = wire_get_bool(&in);
    q->named = wire_get_bool(&in);
    q->delay = (int)wire_get_number(&in, 0, G_MAXINT);
    q->host_connections = (int)wire_get_number(&in, 0, G_MAXINT);
    q->max_size = (gsize)wire_get_number(&in, 0, G_MAXUINT32);
    q->timeout = (int)wire_get_number(&in, 0, G_MAXINT);
    q->ip = (int)wire_get_number(&in, 0, 6);
    if (wire_is_done(&in) && q->url)
        return q;
    request_free(q);
    return NULL;
}

/* --- responses ----------------------------------------------------------------------------- */

void
frames_put_response(GByteArray *out, guint serial, gint64 received, const struct response *r)
{
    const GPtrArray *remarks = r->remarks;
    wire_put_number(out, serial);
    wire_put_number(out, received);
    wire_put_number(out, r->status);
    wire_put_text(out, g_strcmp0(r->url, r->request->url) ? r->url : NULL);
    wire_put_text(out, r->moved_to);
    const char *const headers[] = {r->content_type, r->etag, r->last_modified, r->cache_control};
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
        wire_put_text(out, headers[i]);
    wire_put_text(out, r->links);
    wire_put_text(out, r->evidence);
    const int64_t moments[] = {r->expires, r->date, r->retry_after, r->waits_until,
                               r->certificate_expires};
    for (size_t i = 0; i < G_N_ELEMENTS(moments); i++)
        wire_put_number(out, MIN(moments[i], LAST_MOMENT));
    problem_put(out, r->problem);
    wire_put_number(out, remarks ? remarks->len : 0);
    for (guint i = 0; remarks && i < remarks->len; i++)
        problem_put(out, g_ptr_array_index(remarks, i));
    wire_put_number(out, r->body->len);
}

guint
frames_get_serial(struct wire_input *in)
{
    return (guint)wire_get_number(in, 1, G_MAXUINT);
}

/*
 * What is sent back is one line: it must not become two headers.  An address that was not asked for
 * is one of the web.
 */
static char *
get_url(struct wire_input *in)
{
    char *url = wire_get_line(in, MAX_LOCATION);
    in->bad |= url && !url_is_web(url);
    return url;
}

/* Whether there can be such an answer: where there is no problem, a document, or none is needed. */
static bool
is_possible(const struct response *r)
{
    bool conditional = r->request->etag || r->request->last_modified;
    return r->problem || r->status == 200 || r->status == 203 || (r->status == 304 && conditional);
}

bool
frames_get_response(struct wire_input *in, gsize most, struct response *r, struct answer_head *head)
{
    head->received = wire_get_number(in, 0, G_MAXINT64);
    r->status = (long)wire_get_number(in, 0, 999);
    r->url = get_url(in);
    r->moved_to = get_url(in);
    char **const headers[] = {&r->content_type, &r->etag, &r->last_modified, &r->cache_control};
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
        *headers[i] = wire_get_line(in, MAX_HEADER);
    r->links = wire_get_line(in, MAX_LINKS);
    r->evidence = wire_get_text(in, 4 * EVIDENCE_MAX);
    int64_t *const moments[] = {&r->expires, &r->date, &r->retry_after, &r->waits_until,
                                &r->certificate_expires};
    for (size_t i = 0; i < G_N_ELEMENTS(moments); i++)
        *moments[i] = wire_get_number(in, -1, LAST_MOMENT);
    r->problem = problem_get(in);
    int64_t remarks = wire_get_number(in, 0, MAX_REMARKS);
    for (int64_t i = 0; i < remarks && !in->bad; i++) {
        struct problem *remark = problem_get(in);
        in->bad |= !remark;
        if (remark)
            response_remark(r, remark);
    }
    head->length = (gsize)wire_get_number(in, 0, (int64_t)most);
    if (!r->url)
        r->url = g_strdup(r->request->url);
    return wire_is_done(in) && is_possible(r);
}
