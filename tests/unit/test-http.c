/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transfers by crier-transfer against a server in the test: whose turn it is, what is in flight,
 * what each hop tells its host, and that an end in the middle gives everything back.
 */
#include "config.h"

#include "base/clock.h"
#include "fetch/http.h"
#include "transfer/http-session.h"
#include "transfer/loop.h"
#include "unit/http-server.h"
#include "unit/kit.h"
#include "unit/transfer-kit.h"

#include <signal.h>

#define NOW    1761350400
#define MOMENT (G_USEC_PER_SEC / 20) /* within which nothing must come that is not wanted */
#define LONG   (20 * G_USEC_PER_SEC) /* within which what is wanted must come */

/* --- a client of it -------------------------------------------------------------------------- */

struct fixture {
    struct server server;
    struct http_options options;
    struct http *http;
    GAsyncQueue *out;
    struct http_session *session;
};

static void
set_up(struct fixture *f, gconstpointer data)
{
    (void)data;
    server_start(&f->server);
    f->options = (struct http_options){.starter = roles_starter(),
                                       .role = ROLE_TRANSFER,
                                       .connections = 8,
                                       .host_connections = 8,
                                       .limits = {.timeout = 30, .stall = 30, .max_size = 1 << 20},
                                       .max_in_flight = 1 << 20};
    f->out = g_async_queue_new();
    f->session = http_session_new(0);
}

/* Starts the client, after a test has set its options. */
static void
begin(struct fixture *f)
{
    f->http = http_new(&f->options, f->out);
}

/* Ends the client; whatever it was doing, nothing of the requests is left. */
static void
end(struct fixture *f)
{
    if (f->http)
        http_free(f->http);
    f->http = NULL;
    g_assert_true(g_atomic_ref_count_compare(&f->session->references, 1));
}

static void
tear_down(struct fixture *f, gconstpointer data)
{
    (void)data;
    end(f);
    g_assert_cmpint(g_async_queue_length(f->out), ==, 0);
    http_session_unref(f->session);
    g_async_queue_unref(f->out);
    server_end(&f->server);
}

static struct request *
request_to(struct fixture *f, const char *host, const char *path)
{
    g_autofree char *url = g_strdup_printf("http://%s:%d%s", host, f->server.port, path);
    struct request *request = request_new(url, 0, NULL);
    request->named = true;
    request->session = http_session_ref(f->session);
    return request;
}

static void
ask(struct fixture *f, const char *host, const char *path)
{
    http_submit(f->http, request_to(f, host, path));
}

/* The next response, not taken yet. */
static struct response *
next(struct fixture *f)
{
    struct response *r = g_async_queue_timeout_pop(f->out, LONG);
    g_assert_nonnull(r);
    return r;
}

static void
none_comes(struct fixture *f)
{
    g_assert_null(g_async_queue_timeout_pop(f->out, MOMENT));
}

/* The next response, from a path and with a status, is taken and given back. */
static void
expect(struct fixture *f, const char *path, long status)
{
    struct response *r = next(f);
    g_assert_true(g_str_has_suffix(r->url, path));
    g_assert_cmpint(r->status, ==, status);
    http_release(f->http, r);
    http_taken(f->http);
}

/* One request and its response. */
static struct response *
get(struct fixture *f, struct request *request)
{
    return http_wait(f->http, request, f->out);
}

static void
has_problem(const struct response *r, enum problem_code code, int64_t number)
{
    g_assert_nonnull(r->problem);
    g_assert_cmpstr(problem_word(r->problem->code), ==, problem_word(code));
    g_assert_cmpint(r->problem->number, ==, number);
    g_assert_false(response_is_document(r));
}

static const char *
head(struct fixture *f, guint number)
{
    g_assert_true(server_has(&f->server, number + 1, 0));
    return g_ptr_array_index(f->server.heads, number);
}

static void
says(struct fixture *f, guint number, const char *line, bool expected)
{
    if (!!strstr(head(f, number), line) != expected)
        g_error("%s %s in:\n%s", expected ? "no" : "unwanted", line, head(f, number));
}

/* --- whose turn it is ------------------------------------------------------------------------ */

static void
test_turns(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->options.host_connections = 1;
    begin(f);
    ask(f, "127.0.0.1", "/held");
    ask(f, "127.0.0.1", "/moved");
    ask(f, "127.0.0.1", "/missing");
    ask(f, "localhost", "/small"); /* is of another host and waits for nobody */
    expect(f, "/small", 200);
    g_assert_false(server_has(&f->server, 3, MOMENT));
    server_release(&f->server, 1);
    expect(f, "/held", 200);
    expect(f, "/small", 200); /* the next hop of a redirect is the next to have its turn */
    expect(f, "/missing", 404);
    g_assert_cmpint(server_most(&f->server), <=, 2);
    g_assert_cmpuint(server_asked(&f->server), ==, 5);
}

/* A portal file may let more, or fewer, at its host than the setting does. */
static void
test_connections(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->options.host_connections = 1;
    f->options.connections = 3;
    begin(f);
    for (int i = 0; i < 4; i++) {
        struct request *request = request_to(f, "127.0.0.1", "/held");
        request->host_connections = 4;
        http_submit(f->http, request);
    }
    g_assert_true(server_has(&f->server, 3, LONG));
    g_assert_false(server_has(&f->server, 4, MOMENT)); /* connections: of all hosts */
    server_release(&f->server, 4);
    for (int i = 0; i < 4; i++)
        expect(f, "/held", 200);
    g_assert_cmpint(server_most(&f->server), ==, 3);
}

static void
test_retry_after(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    g_autofree char *told = g_strdup_printf("localhost:%d", f->server.port);
    http_host_waits(f->http, told, NOW + 5);
    AUTO(response_free) struct response *busy = get(f, request_to(f, "127.0.0.1", "/busy"));
    has_problem(busy, PROBLEM_SERVER, 503);
    g_assert_cmpint(busy->retry_after, ==, NOW + 120);
    g_assert_cmpint(busy->waits_until, ==, NOW + 120);
    static const struct {
        const char *host;
        int64_t until;
    } hosts[] = {{"127.0.0.1", NOW + 120}, {"localhost", NOW + 5}};
    for (size_t i = 0; i < G_N_ELEMENTS(hosts); i++) {
        AUTO(response_free) struct response *r = get(f, request_to(f, hosts[i].host, "/small"));
        has_problem(r, PROBLEM_HOST_WAITS, PROBLEM_NO_NUMBER);
        g_assert_cmpint(r->waits_until, ==, hosts[i].until);
    }
    g_assert_cmpuint(server_asked(&f->server), ==, 1); /* they were not asked */
}

/* What a good answer says of a later time stops nobody; a redirect obeys its host's. */
static void
test_retry_after_hops(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    AUTO(response_free) struct response *later = get(f, request_to(f, "localhost", "/later")),
                                        *good = get(f, request_to(f, "127.0.0.1", "/away"));
    g_assert_cmpint(later->retry_after, ==, NOW + 60);
    g_assert_cmpint(later->waits_until, ==, 0);
    g_assert_null(good->problem);
    AUTO(response_free) struct response *busy = get(f, request_to(f, "localhost", "/busy")),
                                        *away = get(f, request_to(f, "127.0.0.1", "/away"));
    g_assert_cmpint(busy->status, ==, 503);
    has_problem(away, PROBLEM_HOST_WAITS, PROBLEM_NO_NUMBER);
    g_assert_true(g_str_has_suffix(away->url, "/small"));
    g_assert_cmpuint(server_asked(&f->server), ==, 5);
}

/* --- what is in flight ----------------------------------------------------------------------- */

/* Above the bound no request starts while what was handed out may give room. */
static void
test_no_room(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->options.max_in_flight = 20;
    begin(f);
    ask(f, "127.0.0.1", "/small");
    struct response *first = next(f);
    g_assert_cmpuint(first->counted, ==, 20);
    ask(f, "127.0.0.1", "/missing");
    g_assert_false(server_has(&f->server, 2, MOMENT));
    http_release(f->http, first); /* makes room: it goes, though the first is not taken */
    struct response *second = next(f);
    http_taken(f->http);
    http_release(f->http, second);
    http_taken(f->http);

    /* one that is taken, but kept until other requests are answered, holds up none */
    ask(f, "127.0.0.1", "/small");
    first = next(f);
    ask(f, "127.0.0.1", "/missing");
    g_assert_false(server_has(&f->server, 4, MOMENT));
    http_taken(f->http);
    expect(f, "/missing", 404);
    http_release(f->http, first);
}

/* A running one is paused above the bound, until there is room or nothing else is awaited. */
static void
pause_for(struct fixture *f, gint64 moment, bool releases)
{
    gsize before = releases ? 60000 : 20;
    f->options.max_in_flight = before + 10000;
    begin(f);
    ask(f, "127.0.0.1", releases ? "/large" : "/small");
    struct response *first = next(f);
    ask(f, "127.0.0.1", "/late");
    for (int i = 0; i < 400 && http_received(f->http) < before + 10000; i++)
        none_comes(f);
    g_assert_null(g_async_queue_timeout_pop(f->out, (guint64)moment));
    g_assert_cmpuint(http_received(f->http), >=, before + 10000);
    g_assert_cmpuint(http_received(f->http), <=, before + 10000 + 16384);
    if (releases)
        http_release(f->http, first);
    else
        http_taken(f->http);
    none_comes(f); /* it goes on, but is not at its end: its time is judged again */
    server_release(&f->server, 1);
    struct response *large = next(f);
    g_assert_null(large->problem);
    g_assert_cmpuint(large->body->len, ==, 60000);
    g_assert_cmpuint(large->counted, ==, 60000);
    g_assert_cmpuint(http_received(f->http), ==, before + 60000);
    http_release(f->http, large);
    http_taken(f->http);
    if (releases)
        http_taken(f->http);
    else
        http_release(f->http, first);
}

static void
test_pause(struct fixture *f, gconstpointer data)
{
    (void)data;
    pause_for(f, MOMENT, true);
}

/* What was given back counts no more: the whole bound is there again, time after time. */
static void
test_released(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->options.max_in_flight = 60001;
    begin(f);
    for (int i = 0; i < 3; i++) {
        ask(f, "127.0.0.1", "/large");
        struct response *r = next(f);
        ask(f, "127.0.0.1", "/small"); /* there is room for one byte more */
        struct response *small = next(f);
        http_release(f->http, r);
        http_release(f->http, small);
        http_taken(f->http);
        http_taken(f->http);
    }
    none_comes(f);
}

/* --- what takes too long, is too large, or is nothing ---------------------------------------- */

/* A client beside that of the fixture. */
struct other {
    struct http *http;
    GAsyncQueue *out;
};

static struct other
other_begin(const struct fixture *f, int timeout, int stall)
{
    struct http_options options = f->options;
    options.limits.timeout = timeout;
    options.limits.stall = stall;
    GAsyncQueue *out = g_async_queue_new();
    return (struct other){http_new(&options, out), out};
}

static void
other_asks(struct fixture *f, const struct other *other, const char *path, int delay)
{
    struct request *request = request_to(f, "127.0.0.1", path);
    http_session_unref(request->session); /* which is of one thread */
    request->session = NULL;
    request->delay = delay;
    http_submit(other->http, request);
}

static struct response *
other_gets(const struct other *other)
{
    struct response *r = g_async_queue_timeout_pop(other->out, LONG);
    g_assert_nonnull(r);
    http_taken(other->http);
    return r;
}

static void
other_end(struct other *other)
{
    http_free(other->http);
    g_assert_cmpint(g_async_queue_length(other->out), ==, 0);
    g_async_queue_unref(other->out);
}

/*
 * All that takes a second or more, at once: redirects in a circle, an answer that does not come,
 * one that stops after its head, requests that must lie apart, and one that is paused for longer
 * than it may take, which is not its own time.
 */
static void
test_time(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct other silent = other_begin(f, 1, 30), bare = other_begin(f, 30, 1),
                 apart = other_begin(f, 30, 30), circle = other_begin(f, 30, 30);
    other_asks(f, &silent, "/silent", 0);
    other_asks(f, &bare, "/bare", 0);
    other_asks(f, &apart, "/small", 1);
    other_asks(f, &apart, "/missing", 1);
    other_asks(f, &circle, "/circle", 0);
    f->options.limits.timeout = 1;
    pause_for(f, G_USEC_PER_SEC * 11 / 10, false);
    AUTO(response_free) struct response *a = other_gets(&silent), *b = other_gets(&bare),
                                        *c = other_gets(&apart), *d = other_gets(&apart),
                                        *e = other_gets(&circle);
    has_problem(a, PROBLEM_TIMEOUT, 1);
    has_problem(b, PROBLEM_STALLED, 1);
    g_assert_null(c->problem);
    has_problem(d, PROBLEM_NOT_FOUND, 404);
    has_problem(e, PROBLEM_REDIRECTS, 10);
    other_end(&silent);
    other_end(&bare);
    other_end(&apart);
    other_end(&circle);
    /* the server had the second one of those a second after the first, and eleven of the circle */
    gint64 small = 0, missing = 0;
    int circles = 0;
    for (guint i = 0; i < server_asked(&f->server); i++) {
        gint64 at = g_array_index(f->server.times, gint64, i);
        circles += g_str_has_prefix(head(f, i), "GET /circle ");
        if (g_str_has_prefix(head(f, i), "GET /missing "))
            missing = at;
        else if (!small && g_str_has_prefix(head(f, i), "GET /small "))
            small = at;
    }
    g_assert_cmpint(circles, ==, 11);
    g_assert_cmpint(missing - small, >=, G_USEC_PER_SEC - MOMENT);
}

static void
test_problems(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->options.limits.max_size = 59999;
    begin(f);
    static const struct {
        const char *path;
        enum problem_code code;
        int64_t number;
    } cases[] = {
        {"/large", PROBLEM_TOO_LARGE, 0},
        {"/missing", PROBLEM_NOT_FOUND, 404},
        {"/same", PROBLEM_NOT_MODIFIED, 304},
        {"/file", PROBLEM_REDIRECT, PROBLEM_NO_NUMBER},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint before = server_asked(&f->server);
        AUTO(response_free) struct response *r = get(f, request_to(f, "127.0.0.1", cases[i].path));
        has_problem(r, cases[i].code, cases[i].number);
        g_assert_cmpuint(server_asked(&f->server) - before, ==, 1);
    }
}

/* A 304 is an answer only where a validator of this very URL was sent. */
static void
test_unchanged(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    struct request *request = request_to(f, "127.0.0.1", "/same");
    request->etag = g_strdup("\"a\"");
    AUTO(response_free) struct response *asked = get(f, request);
    g_assert_cmpint(asked->status, ==, 304);
    g_assert_null(asked->problem);
    g_assert_false(response_is_document(asked));
    says(f, 0, "If-None-Match: \"a\"\r\n", true);
    request = request_to(f, "127.0.0.1", "/same");
    request->last_modified = g_strdup("Sat, 25 Oct 2025 00:00:00 GMT");
    request->validated = g_strdup("http://127.0.0.1/other");
    AUTO(response_free) struct response *other = get(f, request);
    has_problem(other, PROBLEM_NOT_MODIFIED, 304);
    says(f, 1, "If-Modified-Since", false);
}

/* --- hops ------------------------------------------------------------------------------------ */

/* /gone-on -> /hop -> /away -> the same server by another name */
static void
test_redirects(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    struct request *request = request_to(f, "127.0.0.1", "/gone-on");
    request->headers = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(request->headers, g_strdup("X-Key: secret"));
    request->login = g_strdup("ann:secret");
    request->etag = g_strdup("\"a\"");
    AUTO(response_free) struct response *r = get(f, request);
    g_assert_null(r->problem);
    g_assert_cmpuint(r->body->len, ==, 20);
    g_assert_true(g_str_has_suffix(r->url, "/small"));
    g_assert_true(g_str_has_prefix(r->url, "http://localhost:"));
    g_assert_null(r->moved_to); /* one of them was for a while only */
    static const char *const paths[] = {"/gone-on", "/hop", "/away", "/small"};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        bool own = i < 3;
        g_autofree char *first = g_strdup_printf("GET %s HTTP/1.1\r\nHost: %s:%d\r\n", paths[i],
                                                 own ? "127.0.0.1" : "localhost", f->server.port);
        says(f, i, first, true);
        says(f, i, "X-Key: secret\r\n", own);
        says(f, i, "Authorization: Basic YW5uOnNlY3JldA==\r\n", own);
        says(f, i, "Cookie: seen=1\r\n", i == 2);
        says(f, i, "If-None-Match", i == 0);
    }
    g_assert_cmpuint(server_asked(&f->server), ==, G_N_ELEMENTS(paths));
}

/* `own` names the hosts that headers are for: that of the first hop is none by itself. */
static void
test_own_hosts(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    struct request *request = request_to(f, "127.0.0.1", "/away");
    request->headers = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(request->headers, g_strdup("X-Key: secret"));
    request->own = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(request->own, g_strdup_printf("localhost:%d", f->server.port));
    AUTO(response_free) struct response *r = get(f, request);
    g_assert_null(r->problem);
    says(f, 0, "X-Key", false);
    says(f, 1, "X-Key: secret\r\n", true);
}

static void
test_posts(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *path;
        bool refused;
    } cases[] = {{"/keep", true}, {"/see", false}};
    begin(f);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct request *request = request_to(f, "127.0.0.1", cases[i].path);
        request->post = g_strdup("page=1");
        AUTO(response_free) struct response *r = get(f, request);
        if (cases[i].refused)
            has_problem(r, PROBLEM_REDIRECT, PROBLEM_NO_NUMBER);
        else
            g_assert_null(r->problem);
    }
    says(f, 0, "POST /keep ", true);
    says(f, 0, "\r\n\r\npage=1", true);
    says(f, 1, "POST /see ", true);
    says(f, 2, "GET /small ", true);
    says(f, 2, "page=1", false);
    g_assert_cmpuint(server_asked(&f->server), ==, 3); /* the body went to no other host */
}

static void
test_moved(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    AUTO(response_free) struct response *r = get(f, request_to(f, "127.0.0.1", "/moved"));
    g_autofree char *to = g_strdup_printf("http://127.0.0.1:%d/small", f->server.port);
    g_assert_cmpstr(r->moved_to, ==, to);
    AUTO(response_free) struct response *other = get(f, request_to(f, "127.0.0.1", "/small"));
    g_assert_null(other->moved_to);
}

/* Nothing leads into a private network but what the user named. */
static void
test_private(struct fixture *f, gconstpointer data)
{
    (void)data;
    begin(f);
    struct request *request = request_to(f, "127.0.0.1", "/small");
    request->named = false;
    AUTO(response_free) struct response *refused = get(f, request);
    has_problem(refused, PROBLEM_PRIVATE_ADDRESS, PROBLEM_NO_NUMBER);
    g_assert_cmpuint(server_asked(&f->server), ==, 0);
    AUTO(response_free) struct response *named = get(f, request_to(f, "127.0.0.1", "/small"));
    g_assert_null(named->problem);
    request = request_to(f, "127.0.0.1", "/small"); /* of the same source, which lies there */
    request->named = false;
    AUTO(response_free) struct response *next = get(f, request);
    g_assert_null(next->problem);
}

static void
ignore_begun(gpointer data, guint serial)
{
    (void)data;
    g_assert_cmpuint(serial, ==, 7);
}

static void
keep_answer(gpointer data, guint serial, struct response *response)
{
    g_assert_cmpuint(serial, ==, 7);
    *(struct response **)data = response;
}

/*
 * What is named is the first hop alone.  The server plays a proxy, so that there is a host in the
 * open net; the loop runs here, where the environment can name it.
 */
static void
test_into_private(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autofree char *proxy = g_strdup_printf("http://127.0.0.1:%d", f->server.port);
    g_setenv("http_proxy", proxy, TRUE);
    AUTO(response_free) struct response *r = NULL;
    const struct loop_listener listener = {ignore_begun, keep_answer, &r};
    const struct transfer_options options = {
        1, 1, {.timeout = 30, .stall = 30, .max_size = 1000}, 1000, "test", NULL};
    struct request *request = request_to(f, "city.example", "/away");
    struct loop *loop = loop_new(&options, &listener);
    loop_submit(loop, 7, request, 0, 0);
    while (!r)
        loop_step(loop, -1, 1000);
    loop_free(loop);
    has_problem(r, PROBLEM_PRIVATE_ADDRESS, PROBLEM_NO_NUMBER);
    g_assert_cmpstr(r->problem->detail, ==, "localhost");
    says(f, 0, "GET http://city.example:", true);
    g_assert_cmpuint(server_asked(&f->server), ==, 1);
    g_unsetenv("http_proxy");
}

/* --- the end --------------------------------------------------------------------------------- */

/* In the middle of transfers, of ones that wait for their turn, and of ones that are paused. */
static void
test_end(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->options.host_connections = 2;
    f->options.max_in_flight = 10000;
    begin(f);
    for (int i = 0; i < 5; i++)
        ask(f, "127.0.0.1", "/held");
    g_assert_true(server_has(&f->server, 2, LONG));
    ask(f, "localhost", "/small");
    struct response *first = next(f);
    ask(f, "localhost", "/large"); /* there is no room for all of it, and the first is not taken */
    g_assert_true(server_has(&f->server, 4, LONG));
    none_comes(f);
    http_release(f->http, first);
    end(f);
}

void
add_tests(void)
{
    static const char *const proxies[] = {"http_proxy", "all_proxy", "ALL_PROXY", "no_proxy",
                                          "NO_PROXY"};
    static const struct {
        const char *path;
        void (*run)(struct fixture *f, gconstpointer data);
    } tests[] = {
        {"/http/turns", test_turns},
        {"/http/connections", test_connections},
        {"/http/retry-after", test_retry_after},
        {"/http/retry-after-hops", test_retry_after_hops},
        {"/http/no-room", test_no_room},
        {"/http/pause", test_pause},
        {"/http/released", test_released},
        {"/http/time", test_time},
        {"/http/problems", test_problems},
        {"/http/unchanged", test_unchanged},
        {"/http/redirects", test_redirects},
        {"/http/own-hosts", test_own_hosts},
        {"/http/posts", test_posts},
        {"/http/moved", test_moved},
        {"/http/private", test_private},
        {"/http/into-private", test_into_private},
        {"/http/end", test_end},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(proxies); i++)
        g_unsetenv(proxies[i]);
    g_autofree char *now = g_strdup_printf("%d", NOW);
    g_setenv("CRIER_NOW", now, TRUE);
    g_assert_nonnull(kit_starter());
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, struct fixture, NULL, set_up, tests[i].run, tear_down);
}
