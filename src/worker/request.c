/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and what its answer is, for the commands that look at a portal without a store. */
#include "config.h"

#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "config/urls.h"
#include "feed/feed.h"
#include "feed/ical.h"
#include "fetch/manner.h"
#include "fetch/roles.h"
#include "portal/page.h"
#include "transfer/http-session.h"
#include "worker/commands.h"

#include <stdlib.h>

/* One for all requests of a command, so that cookies and delays hold from one to the next. */
static struct {
    struct http *http;
    GAsyncQueue *responses;
    struct http_session *session;
    /* the address that was named first, perhaps with a login: its host gets what is secret */
    char *written;
    bool answered;                   /* after which none takes its place */
    struct credentials *credentials; /* NULL: they cannot be read, which was said */
    struct problem *why;             /* of the last request that failed */
} client;

static void
hang_up(void)
{
    http_free(client.http);
    g_async_queue_unref(client.responses);
    http_session_unref(client.session);
    g_free(client.written);
    if (client.credentials)
        credentials_free(client.credentials);
    if (client.why)
        problem_free(client.why);
}

static void
connect_once(const struct context *context)
{
    if (client.http)
        return;
    g_autoptr(GError) error = NULL;
    client.credentials = credentials_load(context->config_dir, &error);
    if (error)
        message_error("%s", error->message);
    client.responses = g_async_queue_new();
    client.session = http_session_new(0);
    client.http = manner_http(context, roles_starter(), 2, client.responses);
    atexit(hang_up);
}

/* Notes the address, if it is the one that the user named. */
static void
note_named(const char *url)
{
    if (client.answered)
        return;
    g_free(client.written);
    client.written = g_strdup(url);
}

/* sub: of which it is asked, or NULL. */
static struct response *
ask(const struct context *context, const struct subscription *sub, struct request *request,
    bool named, bool quietly)
{
    if (!client.credentials) {
        request_free(request);
        return NULL;
    }
    const struct settings_subject subject = {sub ? sub->url : request->url, sub ? sub->tags : NULL,
                                             sub ? subscription_address(sub) : NULL};
    const char *known = sub ? subject.address : client.written;
    AUTO(manner_free) struct manner *manner =
        manner_new(context, &subject, client.credentials, known ? known : "");
    manner_apply(manner, request);
    if (!request->session)
        request->session = http_session_ref(client.session);
    request->named = named;
    AUTO(response_free) struct response *r = http_wait(client.http, request, client.responses);
    for (guint i = 0; r->remarks && i < r->remarks->len; i++) {
        g_autofree char *remark = problem_sentence(g_ptr_array_index(r->remarks, i));
        message_note("%s", remark);
    }
    if (!r->problem) {
        client.answered = true;
        worker_bound(r->url);
        return g_steal_pointer(&r);
    }
    if (client.why)
        problem_free(client.why);
    client.why = problem_copy(r->problem);
    g_autofree char *why = problem_sentence(r->problem);
    if (quietly)
        message_note("%s", why);
    else
        message_error("%s", why);
    return NULL;
}

struct response *
worker_ask(const struct context *context, struct request *request)
{
    connect_once(context);
    note_named(request->url);
    return ask(context, NULL, request, true, false);
}

struct response *
worker_ask_quietly(const struct context *context, struct request *request)
{
    connect_once(context);
    note_named(request->url);
    return ask(context, NULL, request, true, true);
}

struct response *
worker_ask_for(const struct context *context, const struct subscription *sub,
               struct request *request)
{
    connect_once(context);
    note_named(request->url);
    return ask(context, sub, request, true, false);
}

struct response *
worker_ask_unnamed(const struct context *context, const struct subscription *sub, const char *url,
                   gsize max_size)
{
    g_autofree char *host = url_authority(url),
                    *own = sub ? url_authority(subscription_address(sub)) : NULL;
    connect_once(context);
    struct request *request = request_new(url, 0, NULL);
    request->max_size = max_size;
    /* a session that has been in a private network may stay there, and another page's may not */
    request->session = http_session_new(0);
    return ask(context, sub, request, own && !g_strcmp0(host, own), true);
}

const struct problem *
worker_why(void)
{
    return client.why;
}

static struct response *
get(const struct context *context, const char *url, bool quietly)
{
    connect_once(context);
    g_autofree char *login = NULL, *public = url_without_login(url, &login);
    client.answered &= !login;
    note_named(url);
    struct request *request = request_new(public, 0, NULL);
    return ask(context, NULL, request, true, quietly);
}

struct response *
worker_get(const struct context *context, const char *url)
{
    return get(context, url, false);
}

struct response *
worker_try(const struct context *context, const char *url)
{
    return get(context, url, true);
}

/*
 * Whether nobody answered who speaks what was asked for: another scheme may be answered.  A
 * certificate that cannot be trusted is an answer, and so is a page that is not there.
 */
static bool
is_unanswered(enum problem_code code)
{
    return code == PROBLEM_CONNECT || code == PROBLEM_TIMEOUT || code == PROBLEM_TLS ||
           code == PROBLEM_TLS_VERSION || code == PROBLEM_CUT_OFF || code == PROBLEM_STALLED ||
           code == PROBLEM_TRANSFER;
}

struct response *
worker_get_first(const struct context *context, const GPtrArray *urls)
{
    for (guint i = 0; i < urls->len; i++) {
        const char *url = g_ptr_array_index(urls, i);
        bool last = i + 1 == urls->len;
        struct response *r = get(context, url, !last);
        if (r || last || !client.why)
            return r;
        if (!is_unanswered(client.why->code)) {
            g_autofree char *why = problem_sentence(client.why);
            message_error("%s", why);
            return NULL;
        }
    }
    return NULL;
}

int
worker_request_status(void)
{
    return client.why                           ? (int)problem_status(client.why->code)
           : client.http && !client.credentials ? STATUS_USAGE
                                                : STATUS_OK;
}

char *
worker_written(const char *url)
{
    g_autofree char *login = NULL,
                    *bare = client.written ? url_without_login(client.written, &login) : NULL;
    return login && url_takes_login(bare, url) ? url_with_login(url, login) : g_strdup(url);
}

static const char *
body_of(const struct response *r)
{
    return r->body->len ? (const char *)r->body->data : "";
}

struct feed *
worker_feed(const struct response *r)
{
    struct feed_options options = {.charset = {.content_type = r->content_type},
                                   .url = r->url,
                                   .sitemaps = true,
                                   .calendars = ical_read};
    return feed_parse(body_of(r), r->body->len, &options, NULL);
}

struct page *
worker_page(const struct response *r)
{
    struct charset_hints hints = {.content_type = r->content_type};
    return page_open(body_of(r), r->body->len, &hints, r->url);
}
