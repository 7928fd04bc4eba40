/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers with libcurl's multi interface. */
#include "config.h"

#include "fetch/http.h"
#include "base/i18n.h"
#include "base/url.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <string.h>

struct transfer {
    struct http *http;
    struct response *response;
    CURL *easy;
    struct curl_slist *headers;
    struct host *host;
    bool paused, too_large;
    char message[CURL_ERROR_SIZE];
};

/* How polite requests to a host were asked to be so far. */
struct host {
    int active;
    gint64 next; /* monotonic microseconds: no request with a delay before */
};

struct http {
    struct http_options options;
    char *user_agent;
    GAsyncQueue *in;  /* struct request * */
    GAsyncQueue *out; /* struct response * */
    CURLM *multi;
    CURLSH *cookies;    /* of requests that keep any */
    GQueue *held;       /* struct request * that their host's delay or bound holds back; of the thread */
    GHashTable *hosts;  /* name -> struct host *, of the thread */
    GThread *thread;
    gint stop;          /* atomic */
    atomic_size_t in_flight;
    atomic_int handed;          /* responses that were given out and not taken yet: what they count will be released */
    struct transfer *leader;    /* that may go on though there is no room; of the thread */
    atomic_size_t received;
    GHashTable *active; /* struct transfer *, of the thread */
};

struct request *
request_new(const char *url, int kind, gpointer owner)
{
    struct request *request = g_new0(struct request, 1);
    request->url = g_strdup(url);
    request->kind = kind;
    request->owner = owner;
    return request;
}

void
request_free(struct request *request)
{
    g_free(request->url);
    g_free(request->etag);
    g_free(request->last_modified);
    g_free(request->post);
    g_free(request->post_type);
    g_free(request->link);
    if (request->headers)
        g_ptr_array_unref(request->headers);
    g_free(request);
}

void
response_free(struct response *response)
{
    request_free(response->request);
    char *strings[] = {response->error, response->url, response->moved_to, response->content_type, response->etag,
                       response->last_modified, response->cache_control, response->expires, response->retry_after,
                       response->date};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_byte_array_unref(response->body);
    g_free(response);
}

void
http_release(struct http *http, struct response *response)
{
    atomic_fetch_sub(&http->in_flight, response->counted);
    response_free(response);
    curl_multi_wakeup(http->multi);
}

void
response_drop_body(struct response *response)
{
    g_byte_array_unref(response->body);
    response->body = g_byte_array_new();
}

gsize
http_received(struct http *http)
{
    return atomic_load(&http->received);
}

static gsize
in_flight(struct http *http)
{
    return atomic_load(&http->in_flight);
}

static bool
has_room(struct http *http)
{
    return in_flight(http) < http->options.max_in_flight;
}

void
http_taken(struct http *http)
{
    if (atomic_fetch_sub(&http->handed, 1) == 1 && !has_room(http))
        curl_multi_wakeup(http->multi);
}

static size_t
on_body(char *data, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    struct http *http = t->http;
    size_t length = size * count;
    if (t->response->body->len + length > http->options.max_size) {
        t->too_large = true;
        return 0;
    }
    if (!has_room(http) && t != http->leader) {
        t->paused = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    g_byte_array_append(t->response->body, (const guint8 *)data, (guint)length);
    t->response->counted += length;
    atomic_fetch_add(&http->in_flight, length);
    atomic_fetch_add(&http->received, length);
    return length;
}

static void
keep_header(struct response *response, const char *line, size_t length)
{
    const struct {
        const char *name;
        char **to;
    } wanted[] = {
        {"etag:", &response->etag},
        {"last-modified:", &response->last_modified},
        {"cache-control:", &response->cache_control},
        {"expires:", &response->expires},
        {"retry-after:", &response->retry_after},
        {"date:", &response->date},
        {"content-type:", &response->content_type},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        size_t name = strlen(wanted[i].name);
        if (length <= name || g_ascii_strncasecmp(line, wanted[i].name, name))
            continue;
        g_autofree char *raw = g_strndup(line + name, MIN(length - name, 2000));
        g_free(*wanted[i].to);
        *wanted[i].to = g_strdup(g_strstrip(raw));
    }
}

static size_t
on_header(char *data, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    size_t length = size * count;
    if (length > 5 && !strncmp(data, "HTTP/", 5)) {
        /* the next response of a redirect chain: what the former said does not count */
        char **fields[] = {&t->response->etag, &t->response->last_modified, &t->response->cache_control,
                           &t->response->expires, &t->response->retry_after, &t->response->content_type};
        for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
            g_clear_pointer(fields[i], g_free);
        long status = 0;
        const char *space = memchr(data, ' ', length);
        if (space)
            status = atol(space + 1);
        /* a chain is permanent as long as each of its steps is */
        if (status == 301 || status == 308)
            t->response->status = t->response->status >= 0 ? 1 : -1;
        else if (status >= 300 && status < 400)
            t->response->status = -1;
    }
    keep_header(t->response, data, length);
    return length;
}

static void
set_options(struct transfer *t)
{
    const struct http_options *o = &t->http->options;
    CURL *e = t->easy;
    const struct request *request = t->response->request;
    curl_easy_setopt(e, CURLOPT_URL, request->url);
    curl_easy_setopt(e, CURLOPT_PRIVATE, t);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(e, CURLOPT_MAXREDIRS, 10L);
    curl_easy_setopt(e, CURLOPT_BUFFERSIZE, 8192L); /* of each of hundreds of connections */
    curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(e, CURLOPT_USERAGENT, t->http->user_agent);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)MIN(o->timeout, 30));
    curl_easy_setopt(e, CURLOPT_TIMEOUT, (long)o->timeout);
    curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)o->stall);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->message);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
    t->headers = curl_slist_append(NULL, "Accept: application/atom+xml, application/rss+xml, application/feed+json, "
                                         "application/xml;q=0.9, text/html;q=0.9, */*;q=0.5");
    if (request->etag) {
        g_autofree char *header = g_strconcat("If-None-Match: ", request->etag, NULL);
        t->headers = curl_slist_append(t->headers, header);
    }
    if (request->last_modified) {
        g_autofree char *header = g_strconcat("If-Modified-Since: ", request->last_modified, NULL);
        t->headers = curl_slist_append(t->headers, header);
    }
    if (request->post) {
        g_autofree char *header = g_strconcat("Content-Type: ", request->post_type ? request->post_type
                                                                                   : "application/x-www-form-urlencoded", NULL);
        t->headers = curl_slist_append(t->headers, header);
        curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE, (long)strlen(request->post));
        curl_easy_setopt(e, CURLOPT_POSTFIELDS, request->post);
    }
    for (guint i = 0; request->headers && i < request->headers->len; i++)
        t->headers = curl_slist_append(t->headers, g_ptr_array_index(request->headers, i));
    if (request->cookies) {
        curl_easy_setopt(e, CURLOPT_COOKIEFILE, "");
        curl_easy_setopt(e, CURLOPT_SHARE, t->http->cookies);
    }
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
}

/* --- politeness ------------------------------------------------------------------------- */

static struct host *
host_of(struct http *http, const char *url)
{
    g_autofree char *name = url_authority(url);
    if (!name)
        name = g_strdup("");
    struct host *host = g_hash_table_lookup(http->hosts, name);
    if (!host) {
        host = g_new0(struct host, 1);
        g_hash_table_insert(http->hosts, g_steal_pointer(&name), host);
    }
    return host;
}

static bool
may_start(struct http *http, const struct request *request)
{
    if (!request->delay && !request->host_connections)
        return true;
    const struct host *host = host_of(http, request->url);
    return g_get_monotonic_time() >= host->next && !(request->host_connections && host->active >= request->host_connections);
}

/* The next request whose host may be asked now, or NULL. */
static struct request *
next_request(struct http *http)
{
    for (GList *item = http->held->head; item; item = item->next) {
        struct request *request = item->data;
        if (!may_start(http, request))
            continue;
        g_queue_delete_link(http->held, item);
        return request;
    }
    struct request *request;
    while ((request = g_async_queue_try_pop(http->in))) {
        if (may_start(http, request))
            return request;
        g_queue_push_tail(http->held, request);
    }
    return NULL;
}

/* --- transfers -------------------------------------------------------------------------- */

static void
start(struct http *http, struct request *request)
{
    struct transfer *t = g_new0(struct transfer, 1);
    t->http = http;
    t->response = g_new0(struct response, 1);
    t->response->request = request;
    t->response->body = g_byte_array_new();
    t->host = host_of(http, request->url);
    t->host->active++;
    if (request->delay)
        t->host->next = g_get_monotonic_time() + (gint64)request->delay * G_USEC_PER_SEC;
    t->easy = curl_easy_init();
    set_options(t);
    g_hash_table_add(http->active, t);
    curl_multi_add_handle(http->multi, t->easy);
}

static void
transfer_free(struct transfer *t)
{
    curl_multi_remove_handle(t->http->multi, t->easy);
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    g_hash_table_remove(t->http->active, t);
    t->host->active--;
    if (t->http->leader == t)
        t->http->leader = NULL;
    g_free(t);
}

static void
finish(struct transfer *t, CURLcode code)
{
    struct response *response = t->response;
    bool permanent = response->status > 0;
    char *url = NULL;
    response->status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &response->status);
    curl_easy_getinfo(t->easy, CURLINFO_EFFECTIVE_URL, &url);
    response->url = g_strdup(url ? url : response->request->url);
    if (permanent && !g_str_equal(response->url, response->request->url))
        response->moved_to = g_strdup(response->url);
    if (t->too_large)
        response->error = g_strdup_printf(_("larger than %d MiB"), (int)(t->http->options.max_size >> 20));
    else if (code == CURLE_OPERATION_TIMEDOUT)
        response->error = g_strdup(_("timed out"));
    else if (code == CURLE_TOO_MANY_REDIRECTS)
        response->error = g_strdup(_("more than 10 redirects"));
    else if (code == CURLE_PARTIAL_FILE)
        response->error = g_strdup(_("the transfer ended before the document did"));
    else if (code != CURLE_OK)
        response->error = g_utf8_make_valid(*t->message ? t->message : curl_easy_strerror(code), -1);
    transfer_free(t);
}

static void
start_waiting(struct http *http)
{
    while ((int)g_hash_table_size(http->active) < http->options.connections &&
           (has_room(http) || (g_hash_table_size(http->active) == 0 && !atomic_load(&http->handed)))) {
        struct request *request = next_request(http);
        if (!request)
            return;
        start(http, request);
    }
}

static void
resume(struct transfer *t)
{
    t->paused = false;
    curl_easy_pause(t->easy, CURLPAUSE_CONT);
}

/*
 * Lets transfers go on when there is room.  When there is none and nothing is under way that would
 * make any, since the jobs that hold it wait for transfers themselves, one goes on.
 */
static bool
unpause(struct http *http)
{
    bool any = false;
    struct transfer *furthest = NULL;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, http->active);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        struct transfer *t = key;
        any |= t->paused;
        if (t->paused && has_room(http))
            resume(t);
        else if (t->paused && (!furthest || t->response->body->len > furthest->response->body->len))
            furthest = t;
    }
    if (furthest && !http->leader && !atomic_load(&http->handed)) {
        http->leader = furthest;
        resume(furthest);
    }
    return any;
}

static void
collect(struct http *http)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(http->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        struct transfer *t = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        struct response *response = t->response;
        finish(t, message->data.result);
        atomic_fetch_add(&http->handed, 1);
        g_async_queue_push(http->out, response);
    }
}

static gpointer
run(gpointer data)
{
    struct http *http = data;
    while (!g_atomic_int_get(&http->stop)) {
        start_waiting(http);
        bool paused = unpause(http);
        int running;
        curl_multi_perform(http->multi, &running);
        collect(http);
        curl_multi_poll(http->multi, NULL, 0, paused ? 20 : http->held->length ? 100 : 1000, NULL);
    }
    g_autoptr(GList) left = g_hash_table_get_keys(http->active);
    for (GList *item = left; item; item = item->next) {
        struct transfer *t = item->data;
        struct response *response = t->response;
        transfer_free(t);
        response_free(response);
    }
    return NULL;
}

static void
init_curl(void)
{
    static gsize done;
    if (g_once_init_enter(&done)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&done, 1);
    }
}

struct http *
http_new(const struct http_options *options, GAsyncQueue *out)
{
    init_curl();
    struct http *http = g_new0(struct http, 1);
    http->options = *options;
    http->user_agent = options->user_agent && *options->user_agent
                           ? g_strdup(options->user_agent)
                           : g_strdup("crier/" PACKAGE_VERSION " (municipal news reader)");
    http->in = g_async_queue_new();
    http->out = g_async_queue_ref(out);
    http->multi = curl_multi_init();
    http->active = g_hash_table_new(NULL, NULL);
    http->held = g_queue_new();
    http->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    http->cookies = curl_share_init(); /* one thread: no locks */
    curl_share_setopt(http->cookies, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)options->host_connections);
    curl_multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)options->connections);
    http->thread = g_thread_new("transfer", run, http);
    return http;
}

void
http_submit(struct http *http, struct request *request)
{
    g_async_queue_push(http->in, request);
    curl_multi_wakeup(http->multi);
}

void
http_free(struct http *http)
{
    g_atomic_int_set(&http->stop, 1);
    curl_multi_wakeup(http->multi);
    g_thread_join(http->thread);
    struct request *request;
    while ((request = g_async_queue_try_pop(http->in)) || (request = g_queue_pop_head(http->held)))
        request_free(request);
    curl_multi_cleanup(http->multi);
    curl_share_cleanup(http->cookies);
    g_queue_free(http->held);
    g_hash_table_unref(http->hosts);
    g_async_queue_unref(http->in);
    g_async_queue_unref(http->out);
    g_hash_table_unref(http->active);
    g_free(http->user_agent);
    g_free(http);
}

struct response *
http_wait(struct http *http, struct request *request, GAsyncQueue *out)
{
    http_submit(http, request);
    struct response *response = g_async_queue_pop(out);
    http_taken(http);
    atomic_fetch_sub(&http->in_flight, response->counted);
    return response;
}
