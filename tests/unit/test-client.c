/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client of crier-transfer when that says what it must not, ends, or never answers: what a
 * stand-in does is the path of the address that is asked for.
 */
#include "config.h"

#include "fetch/http.h"
#include "transfer/frames.h"
#include "transfer/http-session.h"
#include "unit/kit.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LONG (20 * G_USEC_PER_SEC) /* within which what is wanted must come */
#define MOST 1000                  /* bytes of a body */
#define BODY "what came"

enum { STAND_IN, NOT_THERE, DEAF };

static struct starter *starter;

/* --- the stand-in ---------------------------------------------------------------------------- */

/* What an answer is made of; what is stated of its body may differ. */
struct answer {
    guint serial;
    long status;
    const char *url, *moved_to, *type, *etag, *links, *evidence;
    gint64 received, stated;
    gint64 code, remarks; /* of a problem; -1: none */
    const char *subject;
};

static void
put(GByteArray *out, const struct answer *a)
{
    const char *const texts[] = {a->url, a->moved_to, a->type,  a->etag,
                                 NULL,   NULL,        a->links, a->evidence};
    wire_put_number(out, a->serial);
    wire_put_number(out, a->received);
    wire_put_number(out, a->status);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        wire_put_text(out, texts[i]);
    for (int i = 0; i < 5; i++)
        wire_put_number(out, 0); /* moments */
    wire_put_bool(out, a->code >= 0);
    if (a->code >= 0) {
        wire_put_number(out, a->code);
        wire_put_number(out, 0);
        wire_put_text(out, a->subject);
        wire_put_text(out, NULL);
    }
    wire_put_number(out, a->remarks);
    wire_put_number(out, a->stated);
}

static void
say(int fd, const struct answer *a, const char *body)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    put(out, a);
    channel_send(fd, FRAME_RESPONSE, out);
    if (body)
        channel_send_both(fd, FRAME_BODY, NULL, body, strlen(body));
}

static void
say_number(int fd, enum frame_kind kind, gint64 number)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    wire_put_number(out, number);
    channel_send(fd, kind, out);
}

/* Changes a good answer into one that is not. */
static void
spoil(struct answer *a, const char *how)
{
    const struct {
        const char *how;
        struct answer answer;
    } ways[] = {
        {"unknown", {.serial = a->serial + 7, .status = 200}},
        {"none", {.status = 200}},
        {"unclean", {.status = 200, .type = "text/\x1b[2Jhtml"}},
        {"not-utf-8", {.status = 200, .links = "\xff\xfe"}},
        {"not-clean", {.status = 200, .evidence = "GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\x1b[2J"}},
        {"two-lines", {.status = 200, .etag = "\"a\"\nX-Key: b"}},
        {"elsewhere", {.status = 200, .url = "file:///etc/passwd"}},
        {"moved", {.status = 200, .moved_to = "javascript:alert(1)"}},
        {"status", {.status = 1000}},
        {"negative", {.status = -1}},
        {"code", {.status = 500, .code = PROBLEM_COUNT}},
        {"subject",
         {.status = 500,
          .code = PROBLEM_HTTP,
          .subject = "a\xe2\x80\xae"
                     "b"}},
        {"remarks", {.status = 200, .remarks = 65}},
        {"unasked", {.status = 304}},
        {"missing", {.status = 404}},
        {"nothing", {.status = 0}},
        {"large", {.status = 200, .stated = MOST + 1}},
        {"huge", {.status = 200, .stated = G_MAXINT64}},
        {"less", {.status = 200, .received = 1}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        if (!g_str_equal(ways[i].how, how))
            continue;
        guint serial = ways[i].answer.serial || g_str_equal(how, "none") ? ways[i].answer.serial
                                                                         : a->serial;
        gint64 received = ways[i].answer.received ? 1 : a->received;
        gint64 code = ways[i].answer.code ? ways[i].answer.code : -1;
        *a = ways[i].answer;
        a->serial = serial;
        a->received = received;
        a->code = code;
    }
}

/* What it does instead of an answer. */
static bool
misbehaves(int fd, const char *how, const struct answer *good)
{
    const guint32 head[] = {FRAME_RESPONSE, G_MAXUINT32};
    if (g_str_equal(how, "garbage")) {
        send(fd, "HTTP/1.1 200 OK\r\n\r\n", 19, MSG_NOSIGNAL);
    } else if (g_str_equal(how, "endless")) {
        send(fd, head, sizeof head, MSG_NOSIGNAL);
    } else if (g_str_equal(how, "short")) {
        channel_send(fd, FRAME_RESPONSE, NULL);
    } else if (g_str_equal(how, "kind")) {
        say_number(fd, 99, 1);
    } else if (g_str_equal(how, "body")) {
        channel_send(fd, FRAME_BODY, NULL);
    } else if (g_str_equal(how, "begun")) {
        say_number(fd, FRAME_BEGUN, good->serial + 1);
    } else if (g_str_equal(how, "shorter") || g_str_equal(how, "bodiless")) {
        say(fd, good, g_str_equal(how, "shorter") ? "what" : NULL);
        channel_send(fd, FRAME_RECEIVED, NULL);
    } else if (g_str_equal(how, "closes")) {
        close(fd);
    } else if (g_str_equal(how, "killed")) {
        raise(SIGKILL);
    } else if (g_str_equal(how, "exits")) {
        _exit(3);
    } else {
        return g_str_equal(how, "silent");
    }
    return true;
}

static int
stand_in(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments, (void)count, (void)data;
    struct channel_frame frame;
    bool stays = false;
    channel_frame_init(&frame);
    while (channel_receive(fds[0], &frame, FRAMES_MAX_ASKED, -1) == CHANNEL_FRAME) {
        guint serial, session;
        int deadline;
        if (frame.kind != FRAME_REQUEST)
            continue;
        struct request *q = frames_get_request(frame.bytes, &serial, &session, &deadline);
        const char *how = strrchr(q->url, '/') + 1;
        struct answer a = {.serial = serial,
                           .status = 200,
                           .received = strlen(BODY),
                           .stated = strlen(BODY),
                           .code = -1};
        stays |= g_str_equal(how, "silent") || g_str_equal(how, "closes");
        say_number(fds[0], FRAME_BEGUN, serial);
        if (!misbehaves(fds[0], how, &a)) {
            spoil(&a, how);
            bool full = g_str_equal(how, "full");
            g_autofree char *body = full ? g_strnfill(MOST, 'x') : g_strdup(BODY);
            a.stated = full ? MOST : a.stated;
            say(fds[0], &a, a.stated ? body : NULL);
            if (g_str_equal(how, "twice"))
                say(fds[0], &a, BODY);
        }
        request_free(q);
    }
    while (stays) /* it does not care that nobody is there any more */
        pause();
    return 0;
}

static int
not_there(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments, (void)fds, (void)count, (void)data;
    return 127;
}

/* Takes nothing and says nothing. */
static int
deaf(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments, (void)fds, (void)count, (void)data;
    for (;;)
        pause();
    return 0;
}

/* --- a client of it -------------------------------------------------------------------------- */

struct client {
    struct http *http;
    GAsyncQueue *out;
};

static struct client
client_new(guint role)
{
    const struct http_options options = {.starter = starter,
                                         .role = role,
                                         .connections = 1,
                                         .host_connections = 1,
                                         .limits = {1, 1, MOST},
                                         .max_in_flight = MOST,
                                         .patience = role == DEAF ? 1 : 0};
    struct client c = {.out = g_async_queue_new()};
    c.http = http_new(&options, c.out);
    return c;
}

static void
client_free(struct client *c)
{
    http_free(c->http);
    g_assert_cmpint(g_async_queue_length(c->out), ==, 0);
    g_async_queue_unref(c->out);
}

/* session: or NULL */
static void
ask(struct client *c, const char *how, struct http_session *session)
{
    g_autofree char *url = g_strconcat("http://a.example/", how, NULL);
    struct request *request = request_new(url, 0, c);
    request->session = session ? http_session_ref(session) : NULL;
    http_submit(c->http, request);
}

/* The next answer, which must be to that, is a document, or the problem with this detail. */
static void
expect(struct client *c, const char *how, const char *detail)
{
    struct response *r = g_async_queue_timeout_pop(c->out, LONG);
    g_assert_nonnull(r);
    g_assert_true(g_str_has_suffix(r->request->url, how));
    g_assert_true(r->request->owner == c);
    if (detail) {
        g_assert_nonnull(r->problem);
        g_assert_cmpint(r->problem->code, ==, PROBLEM_TRANSFER_ENDED);
        g_assert_cmpstr(r->problem->detail, ==, detail);
        g_assert_cmpstr(r->url, ==, r->request->url);
    } else {
        g_assert_null(r->problem);
        g_assert_cmpmem(r->body->data, r->body->len, BODY, strlen(BODY));
    }
    http_release(c->http, r);
    http_taken(c->http);
}

/* Whatever it says that it must not ends it, and nothing of what it said gets in. */
static void
test_malformed(void)
{
    static const char *const ways[] = {
        "unknown", "none",    "unclean",  "not-utf-8", "not-clean", "two-lines", "elsewhere",
        "moved",   "status",  "negative", "code",      "subject",   "remarks",   "unasked",
        "missing", "nothing", "large",    "huge",      "garbage",   "endless",   "short",
        "kind",    "body",    "begun",    "shorter",   "bodiless"};
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        struct client c = client_new(STAND_IN);
        ask(&c, ways[i], NULL);
        expect(&c, ways[i], "what it said is malformed");
        ask(&c, "good", NULL); /* of a new process */
        expect(&c, "good", NULL);
        client_free(&c);
    }
}

/* What comes after a good answer takes nothing of it back, and is judged by what came before. */
static void
test_later(void)
{
    struct client twice = client_new(STAND_IN), less = client_new(STAND_IN);
    ask(&twice, "twice", NULL);
    expect(&twice, "twice", NULL);
    client_free(&twice);
    ask(&less, "good", NULL);
    expect(&less, "good", NULL);
    g_assert_cmpuint(http_received(less.http), ==, strlen(BODY));
    ask(&less, "less", NULL);
    expect(&less, "less", "what it said is malformed");
    g_assert_cmpuint(http_received(less.http), ==, strlen(BODY));
    client_free(&less);
}

/* Its end: sessions of which it had begun something are lost, others go on; a few times. */
static void
test_ends(void)
{
    static const struct {
        const char *how, *detail;
    } ways[] = {{"killed", "signal 9"}, {"exits", "status 3"}, {"closes", "signal 9"}};
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        struct client c = client_new(STAND_IN);
        struct http_session *lost = http_session_new(0), *other = http_session_new(0);
        ask(&c, ways[i].how, lost);
        ask(&c, "second", lost);
        ask(&c, "third", other);
        ask(&c, "fourth", NULL);
        expect(&c, ways[i].how, ways[i].detail);
        expect(&c, "second", ways[i].detail);
        expect(&c, "third", NULL);
        expect(&c, "fourth", NULL);
        ask(&c, "fifth", lost);
        expect(&c, "fifth", ways[i].detail);
        ask(&c, "sixth", other);
        expect(&c, "sixth", NULL);
        http_session_unref(lost);
        client_free(&c);
        http_session_unref(other); /* it may outlive the client */
    }
    struct client c = client_new(STAND_IN);
    for (int i = 0; i < 6; i++) {
        ask(&c, "killed", NULL);
        expect(&c, "killed", "signal 9");
    }
    ask(&c, "good", NULL); /* that was too often */
    expect(&c, "good", "signal 9");
    client_free(&c);
}

static void
test_not_there(void)
{
    struct client c = client_new(NOT_THERE);
    ask(&c, "good", NULL);
    expect(&c, "good", "it cannot be started");
    ask(&c, "good", NULL);
    expect(&c, "good", "it cannot be started");
    client_free(&c);
}

/* It is not waited for in vain, and what was asked comes back to nobody. */
static void
test_silent(void)
{
    struct client c = client_new(STAND_IN);
    ask(&c, "silent", NULL);
    ask(&c, "good", NULL);
    expect(&c, "good", NULL);
    gint64 before = g_get_monotonic_time();
    client_free(&c);
    g_assert_cmpint(g_get_monotonic_time() - before, <, LONG / 2);
}

/* One that hangs is ended, be it that it says nothing or that it hears nothing. */
static void
test_hangs(void)
{
    static const int counts[] = {1, 3000}; /* more than a socket holds */
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        struct client c = client_new(DEAF);
        for (int n = 0; n < counts[i]; n++)
            ask(&c, "good", NULL);
        for (int n = 0; n < counts[i]; n++) {
            struct response *r = g_async_queue_timeout_pop(c.out, LONG);
            g_assert_nonnull(r);
            g_assert_cmpint(r->problem->code, ==, PROBLEM_TRANSFER_ENDED);
            http_release(c.http, r);
            http_taken(c.http);
        }
        client_free(&c);
    }
}

/* More than there is room for is not taken from it before what it gave is given back. */
static void
test_flood(void)
{
    struct client c = client_new(STAND_IN);
    struct response *r[3];
    for (int i = 0; i < 4; i++)
        ask(&c, "full", NULL);
    for (int i = 0; i < 3; i++) {
        r[i] = g_async_queue_timeout_pop(c.out, LONG);
        g_assert_cmpuint(r[i]->counted, ==, MOST);
    }
    g_assert_null(g_async_queue_timeout_pop(c.out, G_USEC_PER_SEC / 20));
    http_release(c.http, r[0]);
    struct response *last = g_async_queue_timeout_pop(c.out, LONG);
    g_assert_nonnull(last);
    ask(&c, "full", NULL);
    g_assert_null(g_async_queue_timeout_pop(c.out, G_USEC_PER_SEC / 20));
    for (int i = 0; i < 4; i++) /* all are kept: what is asked for now is why */
        http_taken(c.http);
    struct response *more = g_async_queue_timeout_pop(c.out, LONG);
    g_assert_nonnull(more);
    http_taken(c.http);
    http_release(c.http, r[1]);
    http_release(c.http, r[2]);
    http_release(c.http, last);
    http_release(c.http, more);
    client_free(&c);
}

/* Files are read here, in the bounds of what is in flight, whoever is there or not. */
static void
test_files(void)
{
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("crier-XXXXXX", &path, NULL);
    char bytes[MOST];
    memset(bytes, 'x', sizeof bytes);
    g_assert_cmpint(write(fd, bytes, sizeof bytes), ==, sizeof bytes);
    close(fd);
    g_autofree char *url = g_filename_to_uri(path, NULL, NULL);
    struct client c = client_new(NOT_THERE);
    for (int i = 0; i < 3; i++) {
        struct request *request = request_new(url, 0, &c);
        request->named = i != 1;
        http_submit(c.http, request);
    }
    struct response *r[3];
    for (int i = 0; i < 3; i++) {
        g_assert_cmpint(g_async_queue_length(c.out), ==, i < 2); /* no room for another */
        r[i] = g_async_queue_timeout_pop(c.out, LONG);
        if (i == 0) { /* kept: then the next may go, though there is no room */
            g_assert_cmpuint(r[i]->body->len, ==, MOST);
            http_taken(c.http);
        } else if (i == 1) {
            g_assert_cmpint(r[i]->problem->code, ==, PROBLEM_REDIRECT);
            g_assert_cmpint(g_async_queue_length(c.out), ==, 0);
            http_release(c.http, r[i]);
            http_release(c.http, r[0]);
            g_assert_cmpint(g_async_queue_length(c.out), ==, 1);
            http_taken(c.http);
            r[2] = g_async_queue_timeout_pop(c.out, LONG);
            g_assert_cmpint(r[2]->status, ==, 200);
            break;
        }
    }
    http_release(c.http, r[2]);
    g_assert_cmpuint(http_received(c.http), ==, 2 * MOST);
    unlink(path);
    client_free(&c);
}

void
add_tests(void)
{
    static starter_role *const roles[] = {
        [STAND_IN] = stand_in, [NOT_THERE] = not_there, [DEAF] = deaf};
    static const struct starter_roles all = {roles, G_N_ELEMENTS(roles), NULL, NULL};
    starter = starter_new(&all);
    g_assert_nonnull(starter);
    g_test_add_func("/client/malformed", test_malformed);
    g_test_add_func("/client/later", test_later);
    g_test_add_func("/client/ends", test_ends);
    g_test_add_func("/client/not-there", test_not_there);
    g_test_add_func("/client/silent", test_silent);
    g_test_add_func("/client/hangs", test_hangs);
    g_test_add_func("/client/flood", test_flood);
    g_test_add_func("/client/files", test_files);
}
