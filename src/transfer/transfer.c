/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A request's hops.  Each is an easy handle of its own, so that nothing that was meant for one host
 * is left in what goes to the next; only cookies are shared, in a jar that follows their rules
 * (RFC 6265).
 */
#include "config.h"

#include "transfer/transfer.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/url.h"
#include "transfer/access.h"
#include "transfer/certificate.h"
#include "transfer/framing.h"
#include "transfer/evidence.h"
#include "transfer/header-time.h"

#include <string.h>

#define MAX_HEADER      2000  /* bytes of one that is kept; transfer/frames.c knows it */
#define MAX_LINKS       20000 /* bytes of Link headers that are kept; the same */
#define CONNECT_TIMEOUT 30    /* seconds, at most */

CURLSH *
cookie_jar_new(void)
{
    CURLSH *jar = curl_share_init();
    curl_share_setopt(jar, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    return jar;
}

struct session *
session_new(int deadline)
{
    struct session *session = g_new0(struct session, 1);
    session->references = 1;
    session->deadline = deadline;
    session->jar = cookie_jar_new();
    return session;
}

struct session *
session_ref(struct session *session)
{
    session->references++;
    return session;
}

void
session_unref(struct session *session)
{
    if (--session->references)
        return;
    curl_share_cleanup(session->jar);
    if (session->file_jar)
        curl_share_cleanup(session->file_jar);
    if (session->file_cookies)
        g_ptr_array_unref(session->file_cookies);
    g_free(session);
}

struct transfer *
transfer_new(struct loop *loop, guint serial, struct request *request, struct session *session)
{
    struct transfer *t = g_new0(struct transfer, 1);
    t->loop = loop;
    t->serial = serial;
    t->response = response_new(request);
    t->session = session_ref(session);
    t->url = g_strdup(request->url);
    t->length = G_MAXSIZE;
    t->answer = g_string_new(NULL);
    return t;
}

void
transfer_free(struct transfer *t)
{
    if (t->easy)
        curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    if (t->refusal)
        problem_free(t->refusal);
    char *strings[] = {t->url, t->location, t->coding, t->expires, t->date, t->retry_after};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(t->asked);
    g_string_free(t->answer, TRUE);
    session_unref(t->session); /* after the handle that uses its cookies */
    g_free(t);
}

/* --- a hop --------------------------------------------------------------------------------- */

static void
clear_answer(struct transfer *t)
{
    struct response *r = t->response;
    char **fields[] = {&r->etag,        &r->last_modified, &r->cache_control, &t->expires,
                       &t->retry_after, &t->date,          &r->content_type,  &r->links,
                       &t->location,    &t->coding};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        g_clear_pointer(fields[i], g_free);
    g_string_truncate(t->answer, 0);
    t->length = G_MAXSIZE;
    t->skipped = 0;
}

/* A header's value as clean text; a validator goes back as it came or not at all. */
static void
keep_value(char **to, const char *value, gsize length, bool validator)
{
    g_autofree char *raw = g_strndup(value, MIN(length, MAX_HEADER));
    g_strstrip(raw);
    g_autofree char *clean = text_squeeze(raw, -1);
    g_clear_pointer(to, g_free);
    if (*clean && (!validator || g_str_equal(raw, clean)))
        *to = g_steal_pointer(&clean);
}

/* Adds one Link header to those before it, as if all were one (RFC 9110, 5.3). */
static void
keep_link(struct response *r, const char *value, gsize length)
{
    if (r->links && strlen(r->links) > MAX_LINKS)
        return;
    g_autofree char *one = NULL, *before = g_steal_pointer(&r->links);
    keep_value(&one, value, length, false);
    r->links = before && one ? g_strconcat(before, ", ", one, NULL)
                             : g_strdup(before ? before : one);
}

static void
keep_header(struct transfer *t, const char *line, gsize length)
{
    struct response *r = t->response;
    const struct {
        const char *name;
        char **to;
        bool validator;
    } wanted[] = {
        {"etag:", &r->etag, true},
        {"last-modified:", &r->last_modified, true},
        {"cache-control:", &r->cache_control, false},
        {"expires:", &t->expires, false},
        {"retry-after:", &t->retry_after, false},
        {"date:", &t->date, false},
        {"content-type:", &r->content_type, false},
        {"content-encoding:", &t->coding, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        gsize name = strlen(wanted[i].name);
        if (length > name && !g_ascii_strncasecmp(line, wanted[i].name, name))
            keep_value(wanted[i].to, line + name, length - name, wanted[i].validator);
    }
    static const char location[] = "location:", size[] = "content-length:", link[] = "link:";
    if (length > strlen(link) && !g_ascii_strncasecmp(line, link, strlen(link)))
        keep_link(r, line + strlen(link), length - strlen(link));
    if (length > strlen(location) && !g_ascii_strncasecmp(line, location, strlen(location))) {
        g_free(t->location);
        t->location = g_strstrip(g_strndup(line + strlen(location), length - strlen(location)));
    } else if (length > strlen(size) && !g_ascii_strncasecmp(line, size, strlen(size))) {
        g_autofree char *value = g_strstrip(g_strndup(line + strlen(size), length - strlen(size)));
        guint64 number;
        t->length = g_ascii_string_to_unsigned(value, 10, 0, G_MAXSIZE - 1, &number, NULL)
                        ? (gsize)number
                        : G_MAXSIZE;
    }
}

static size_t
on_header(char *data, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    size_t length = size * count;
    if (length > 5 && !strncmp(data, "HTTP/", 5))
        clear_answer(t); /* what came before, as a 100 or 103, was no answer */
    keep_header(t, data, length);
    evidence_note(t->answer, data, length);
    return length;
}

/* Seconds that the hop may take from when it was sent. */
static int
timeout_of(const struct transfer *t, const struct exchange_limits *limits)
{
    int own = t->response->request->timeout;
    return own ? own : limits->timeout;
}

void
transfer_prepare(struct transfer *t, const struct exchange_limits *limits, const char *user_agent,
                 CURLSH *shared, curl_write_callback on_body)
{
    const struct request *request = t->response->request;
    CURL *e = t->easy = curl_easy_init();
    clear_answer(t);
    t->begun = g_get_monotonic_time();
    t->sent = t->idle = 0;
    *t->message = '\0';
    curl_slist_free_all(t->headers);
    t->headers = NULL;
    curl_easy_setopt(e, CURLOPT_URL, t->url);
    curl_easy_setopt(e, CURLOPT_PRIVATE, t);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    /* for this fetch: else libcurl would look at all addresses after each request */
    curl_easy_setopt(e, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_BUFFERSIZE, 8192L); /* of each of hundreds of connections */
    if (t->raw) {
        curl_easy_setopt(e, CURLOPT_HTTP_CONTENT_DECODING, 0L);
        access_add_header(t, "Accept-Encoding", "identity");
    } else {
        curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    }
    if (t->whatever_length) {
        curl_easy_setopt(e, CURLOPT_IGNORE_CONTENT_LENGTH, 1L);
        access_add_header(t, "Connection", "close");
    }
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION,
                     (long)(t->whatever_length ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(e, CURLOPT_USERAGENT, request->user_agent ? request->user_agent : user_agent);
    if (request->proxy) {
        curl_easy_setopt(e, CURLOPT_PROXY, request->proxy);
        curl_easy_setopt(e, CURLOPT_NOPROXY, ""); /* it is meant for this source */
    }
    curl_easy_setopt(e, CURLOPT_IPRESOLVE,
                     (long)(request->ip == 4   ? CURL_IPRESOLVE_V4
                            : request->ip == 6 ? CURL_IPRESOLVE_V6
                                               : CURL_IPRESOLVE_WHATEVER));
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)MIN(timeout_of(t, limits), CONNECT_TIMEOUT));
    curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)limits->stall);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->message);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, access_on_connected);
    curl_easy_setopt(e, CURLOPT_PREREQDATA, t);
    access_tell(t, shared);
    certificate_prepare(e);
    certificate_trust(e, request->ca_file);
    g_free(t->asked);
    t->asked = evidence_request(t->url, request->post && !t->as_get, !t->raw,
                                request->user_agent ? request->user_agent : user_agent, t->headers);
}

static gint64
running_time(const struct transfer *t, gint64 now)
{
    return now - t->begun - t->idle - (t->paused_at ? now - t->paused_at : 0);
}

struct problem *
transfer_overdue(const struct transfer *t, const struct exchange_limits *limits, gint64 now)
{
    const struct session *session = t->session;
    gint64 running = running_time(t, now);
    if (session->deadline && session->spent + running > (gint64)session->deadline * G_USEC_PER_SEC)
        return problem_new(PROBLEM_DEADLINE, t->response->request->url, session->deadline, NULL);
    if (t->sent && running - (t->sent - t->begun) > (gint64)timeout_of(t, limits) * G_USEC_PER_SEC)
        return problem_new(PROBLEM_TIMEOUT, t->url, timeout_of(t, limits), NULL);
    return NULL;
}

/* --- after a hop --------------------------------------------------------------------------- */

static bool
is_redirect(long status)
{
    return status >= 300 && status < 400 && status != 304;
}

bool
transfer_is_redirected(const struct transfer *t)
{
    long status = 0;
    return t->location && curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK &&
           is_redirect(status);
}

void
transfer_fail(struct transfer *t, struct problem *problem)
{
    struct response *r = t->response;
    if (r->problem)
        problem_free(r->problem);
    r->problem = problem;
    g_free(r->url);
    r->url = g_strdup(t->url);
}

/* True: on to the next hop. */
static bool
follow(struct transfer *t, long status)
{
    const struct request *request = t->response->request;
    g_autofree char *resolved = url_resolve(t->url, t->location), *login = NULL;
    /* it is the server's, not the user's */
    g_autofree char *next = resolved ? url_without_login(resolved, &login) : NULL;
    if (t->hops == MAX_REDIRECTS) {
        transfer_fail(t, problem_new(PROBLEM_REDIRECTS, request->url, MAX_REDIRECTS, NULL));
        return false;
    }
    bool posts = request->post && !t->as_get, keeps = status == 307 || status == 308;
    if (!next || !url_is_web(next) || (posts && keeps && !access_may_tell(t, next))) {
        transfer_fail(t, problem_new(PROBLEM_REDIRECT, request->url, PROBLEM_NO_NUMBER,
                                     next ? next : t->location));
        return false;
    }
    t->as_get |= posts && !keeps;
    t->temporary |= status != 301 && status != 308;
    if (access_is_https(t->url) && !access_is_https(next)) {
        t->insecure = true;
        response_remark(t->response,
                        problem_new(PROBLEM_INSECURE, request->url, PROBLEM_NO_NUMBER, next));
    }
    t->hops++;
    t->raw = t->whatever_length = t->cut = false;
    g_free(t->url);
    t->url = g_steal_pointer(&next);
    return true;
}

/* Makes the same hop once more, with the flag `manner` set. */
static bool
again(struct transfer *t, bool *manner)
{
    g_byte_array_set_size(t->response->body, 0);
    *manner = true;
    return true;
}

static struct problem *
problem_of_code(const struct transfer *t, CURLcode code, const struct exchange_limits *limits)
{
    const char *why = *t->message ? t->message : curl_easy_strerror(code);
    g_autofree char *host = url_host(t->url), *authority = url_authority(t->url);
    struct problem *untrusted =
        certificate_problem(t->easy, code, t->url, t->response->request, why);
    if (untrusted)
        return untrusted;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return problem_new(PROBLEM_HOST, t->url, PROBLEM_NO_NUMBER, host);
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return problem_new(PROBLEM_PROXY, t->url, PROBLEM_NO_NUMBER, why);
    case CURLE_COULDNT_CONNECT:
        return problem_new(PROBLEM_CONNECT, t->url, PROBLEM_NO_NUMBER, authority);
    case CURLE_OPERATION_TIMEDOUT:
        return t->sent ? problem_new(PROBLEM_STALLED, t->url, limits->stall, NULL)
                       : problem_new(PROBLEM_TIMEOUT, t->url,
                                     MIN(timeout_of(t, limits), CONNECT_TIMEOUT), NULL);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
        return problem_new(PROBLEM_CUT_OFF, t->url, PROBLEM_NO_NUMBER, NULL);
    case CURLE_BAD_CONTENT_ENCODING:
        return problem_new(PROBLEM_CODING, t->url, PROBLEM_NO_NUMBER, t->coding);
    case CURLE_OUT_OF_MEMORY: /* what curl says of too many content codings in each other */
        return problem_new(t->coding ? PROBLEM_CODING : PROBLEM_TRANSFER, t->url, PROBLEM_NO_NUMBER,
                           t->coding ? t->coding : why);
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: /* HTTP/0.9 */
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return problem_new(PROBLEM_PROTOCOL, t->url, PROBLEM_NO_NUMBER, why);
    default:
        return problem_new(PROBLEM_TRANSFER, t->url, PROBLEM_NO_NUMBER, why);
    }
}

/* A body that is gzip though nobody said so, or is said to be something else. */
static bool
unpack(struct transfer *t, const struct exchange_limits *limits)
{
    struct response *r = t->response;
    if (!framing_is_gzip(r->body) && !(t->raw && framing_is_zlib(r->body)))
        return true;
    bool too_large,
        file = (r->content_type && strstr(r->content_type, "gzip")) || strstr(t->url, ".gz");
    gsize most = transfer_max_size(t, limits);
    if (framing_inflate(r->body, most, &too_large)) {
        if (!t->raw && !file) /* if it was asked for raw, it is remarked already */
            response_remark(r, problem_new(PROBLEM_MISCODED, t->url, PROBLEM_NO_NUMBER,
                                           t->coding ? t->coding : "identity"));
        return true;
    }
    transfer_fail(t, too_large ? problem_new(PROBLEM_TOO_LARGE, t->url, (int64_t)(most >> 20), NULL)
                               : problem_new(PROBLEM_CODING, t->url, PROBLEM_NO_NUMBER, t->coding));
    return false;
}

static bool
is_whole(const struct transfer *t)
{
    const GByteArray *body = t->response->body;
    return body->len && framing_is_whole((const char *)body->data, body->len);
}

/* A length in characters instead of bytes cuts a feed's end off. */
static bool
is_cut_by_length(const struct transfer *t)
{
    const GByteArray *body = t->response->body;
    return !t->whatever_length && !t->coding && t->length == body->len && body->len &&
           framing_is_xml((const char *)body->data, body->len) && !is_whole(t);
}

/* Takes the body of a successful answer when it is whole; else notes the problem. */
static void
take_document(struct transfer *t, CURLcode code, const struct exchange_limits *limits)
{
    if (!unpack(t, limits))
        return;
    if (code == CURLE_OK || (t->cut && t->response->body->len))
        return;
    if (is_whole(t))
        response_remark(t->response, problem_new(PROBLEM_FRAMING, t->url, PROBLEM_NO_NUMBER, NULL));
    else
        transfer_fail(t,
                      t->refusal ? g_steal_pointer(&t->refusal) : problem_of_code(t, code, limits));
}

/* What the headers say of times; that of a host that is busy holds for all its requests. */
static void
note_times(struct transfer *t)
{
    struct response *r = t->response;
    r->expires = header_time(t->expires);
    r->date = header_time(t->date);
    r->retry_after = header_retry_after(t->retry_after, clock_now());
    if (r->status == 429 || r->status == 503)
        r->waits_until = MAX(r->retry_after, 0);
}

bool
transfer_goes_on(struct transfer *t, CURLcode code, const struct exchange_limits *limits)
{
    struct response *r = t->response;
    t->session->spent += running_time(t, g_get_monotonic_time());
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &r->status);
    bool document = r->status == 200 || r->status == 203;
    if (t->too_large) {
        transfer_fail(t, problem_new(PROBLEM_TOO_LARGE, t->url,
                                     (int64_t)(transfer_max_size(t, limits) >> 20), NULL));
    } else if (t->location && is_redirect(r->status) && !t->refusal) {
        return follow(t, r->status); /* however its body ended */
    } else if ((code == CURLE_BAD_CONTENT_ENCODING || (code == CURLE_WRITE_ERROR && t->coding)) &&
               !t->raw) {
        response_remark(r, problem_new(PROBLEM_MISCODED, t->url, PROBLEM_NO_NUMBER, t->coding));
        return again(t, &t->raw);
    } else if (code == CURLE_WEIRD_SERVER_REPLY && !t->whatever_length) {
        return again(t, &t->whatever_length);
    } else if (code == CURLE_OK && document && is_cut_by_length(t)) {
        t->cut = true;
        return again(t, &t->whatever_length);
    } else if (document) {
        take_document(t, code, limits);
    } else if (t->refusal) {
        transfer_fail(t, g_steal_pointer(&t->refusal));
    } else if (code != CURLE_OK && !r->status) {
        transfer_fail(t, problem_of_code(t, code, limits));
    } else if (r->status != 304 || !t->conditional) {
        transfer_fail(t, r->status == 401 && access_may_log_in(t)
                             ? problem_new(PROBLEM_LOGIN_REFUSED, t->url, r->status, NULL)
                             : problem_of_status(r->status, t->url));
    }
    if (!r->url)
        r->url = g_strdup(t->url);
    note_times(t);
    if (!r->problem)
        r->evidence = g_strconcat(t->asked, "\n", t->answer->str, NULL);
    if (!r->problem && t->hops && !t->temporary && !t->insecure)
        r->moved_to = g_strdup(r->url);
    return false;
}
