/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A server on 127.0.0.1 for tests: a thread a connection, an answer a path.  It counts and keeps
 * what it is asked, and answers some paths only when the test says so.
 */
#pragma once

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct server {
    int listener, port;
    GThread *accepting;
    GMutex lock; /* of all below */
    GCond changed;
    GPtrArray *heads;     /* char *: the requests, as they came */
    GArray *times;        /* gint64: when each had come, monotonic */
    GArray *sockets;      /* int: of connections that are served */
    GPtrArray *threads;   /* GThread *, of each connection */
    guint open, released; /* requests that wait for server_release(); how many may go */
    int running, most;    /* requests that are not answered yet; the most there were at a time */
    bool ends;
};

/* HELD and the second half of LATE wait for server_release(); SILENT never answers. */
enum manner { AT_ONCE, HELD, SILENT, BARE /* the head alone */, LATE };

/* What is answered to a path: the answer, or how many bytes of body a 200 has. */
static const struct {
    const char *path, *answer; /* {port}: the server's own */
    gsize length;
    enum manner manner;
} answers[] = {
    {.path = "/small", .length = 20},
    {.path = "/large", .length = 60000},
    {.path = "/late", .length = 60000, .manner = LATE},
    {.path = "/held", .length = 20, .manner = HELD},
    {.path = "/bare", .length = 60, .manner = BARE},
    {.path = "/silent", .manner = SILENT},
    {.path = "/gone-on", .answer = "301 M\r\nLocation: http://127.0.0.1:{port}/hop\r\n"},
    {.path = "/hop", .answer = "301 M\r\nSet-Cookie: seen=1\r\nLocation: /away\r\n"},
    {.path = "/away", .answer = "302 F\r\nLocation: http://localhost:{port}/small\r\n"},
    {.path = "/keep", .answer = "307 T\r\nLocation: http://localhost:{port}/small\r\n"},
    {.path = "/see", .answer = "303 S\r\nLocation: /small\r\n"},
    {.path = "/moved", .answer = "301 M\r\nLocation: /small\r\n"},
    {.path = "/circle", .answer = "302 F\r\nLocation: /circle\r\n"},
    {.path = "/file", .answer = "302 F\r\nLocation: file:///etc/passwd\r\n"},
    {.path = "/same", .answer = "304 N\r\n"},
    {.path = "/missing", .answer = "404 N\r\n"},
    {.path = "/busy", .answer = "503 B\r\nRetry-After: 120\r\n"},
    {.path = "/later", .answer = "200 O\r\nRetry-After: 60\r\n"},
};

/* The whole head of a request and the body that its length says; NULL at the end. */
static inline char *
read_request(int fd)
{
    GString *text = g_string_new(NULL);
    for (;;) {
        char buffer[4096];
        const char *end = strstr(text->str, "\r\n\r\n"),
                   *length = strstr(text->str, "Content-Length: ");
        gsize body = length ? strtoul(length + strlen("Content-Length: "), NULL, 10) : 0;
        if (end && text->len >= (gsize)(end + 4 - text->str) + body)
            return g_string_free(text, FALSE);
        ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0) {
            g_string_free(text, TRUE);
            return NULL;
        }
        g_string_append_len(text, buffer, got);
    }
}

static inline void
send_all(int fd, const char *bytes, gsize length)
{
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (gsize)sent;
    }
}

/* Waits, with the lock, until the server ends or so many may go. */
static inline void
hold(struct server *s, guint number)
{
    while (!s->ends && s->released <= number)
        g_cond_wait(&s->changed, &s->lock);
}

static inline void
answer(struct server *s, int fd, const char *path)
{
    size_t i = 0;
    while (i < G_N_ELEMENTS(answers) - 1 && !g_str_equal(answers[i].path, path))
        i++;
    g_assert_cmpstr(answers[i].path, ==, path);
    g_autofree char *port = g_strdup_printf("%d", s->port), *body = g_malloc(answers[i].length + 1);
    memset(body, 'x', answers[i].length);
    GString *head = g_string_new("HTTP/1.1 ");
    g_string_append(head, answers[i].answer ? answers[i].answer : "200 O\r\n");
    g_string_replace(head, "{port}", port, 0);
    if (!strstr(head->str, "304 "))
        g_string_append_printf(head, "Content-Length: %zu\r\n", answers[i].length);
    g_string_append(head, "\r\n");
    g_mutex_lock(&s->lock);
    if (answers[i].manner == HELD || answers[i].manner == SILENT)
        hold(s, answers[i].manner == HELD ? s->open++ : G_MAXUINT);
    s->running--;
    g_mutex_unlock(&s->lock);
    send_all(fd, head->str, head->len);
    g_string_free(head, TRUE);
    gsize now = answers[i].manner == BARE   ? 0
                : answers[i].manner == LATE ? answers[i].length / 2
                                            : answers[i].length;
    send_all(fd, body, now);
    if (answers[i].manner != LATE)
        return;
    g_mutex_lock(&s->lock);
    hold(s, s->open++);
    g_mutex_unlock(&s->lock);
    send_all(fd, body, answers[i].length - now);
}

struct connection {
    struct server *server;
    int fd;
};

static inline gpointer
serve(gpointer data)
{
    g_autofree struct connection *c = data;
    struct server *s = c->server;
    char *head;
    while ((head = read_request(c->fd))) {
        g_auto(GStrv) words = g_strsplit(head, " ", 3);
        const char *host = strstr(words[1], "://"); /* whoever asks a proxy names it */
        g_mutex_lock(&s->lock);
        g_ptr_array_add(s->heads, head);
        gint64 now = g_get_monotonic_time();
        g_array_append_val(s->times, now);
        s->running++;
        s->most = MAX(s->most, s->running);
        g_cond_broadcast(&s->changed);
        g_mutex_unlock(&s->lock);
        answer(s, c->fd, host ? strchr(host + strlen("://"), '/') : words[1]);
    }
    return NULL;
}

static inline gpointer
accept_all(gpointer data)
{
    struct server *s = data;
    int fd;
    while ((fd = accept(s->listener, NULL, NULL)) >= 0) {
        struct connection *c = g_new(struct connection, 1);
        *c = (struct connection){s, fd};
        g_mutex_lock(&s->lock);
        g_array_append_val(s->sockets, fd);
        g_ptr_array_add(s->threads, g_thread_new("connection", serve, c));
        g_mutex_unlock(&s->lock);
    }
    return NULL;
}

static inline void
server_start(struct server *s)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    *s = (struct server){.listener = socket(AF_INET, SOCK_STREAM, 0)};
    g_assert_cmpint(bind(s->listener, (struct sockaddr *)&address, length), ==, 0);
    g_assert_cmpint(listen(s->listener, 16), ==, 0);
    g_assert_cmpint(getsockname(s->listener, (struct sockaddr *)&address, &length), ==, 0);
    s->port = ntohs(address.sin_port);
    s->heads = g_ptr_array_new_with_free_func(g_free);
    s->times = g_array_new(FALSE, FALSE, sizeof(gint64));
    s->sockets = g_array_new(FALSE, FALSE, sizeof(int));
    s->threads = g_ptr_array_new();
    g_mutex_init(&s->lock);
    g_cond_init(&s->changed);
    s->accepting = g_thread_new("accept", accept_all, s);
}

static inline void
server_end(struct server *s)
{
    shutdown(s->listener, SHUT_RDWR);
    g_thread_join(s->accepting);
    close(s->listener);
    g_mutex_lock(&s->lock);
    s->ends = true;
    g_cond_broadcast(&s->changed);
    g_mutex_unlock(&s->lock);
    for (guint i = 0; i < s->threads->len; i++) {
        int fd = g_array_index(s->sockets, int, i);
        shutdown(fd, SHUT_RDWR);
        g_thread_join(g_ptr_array_index(s->threads, i));
        close(fd);
    }
    g_ptr_array_unref(s->heads);
    g_array_unref(s->times);
    g_array_unref(s->sockets);
    g_ptr_array_unref(s->threads);
    g_mutex_clear(&s->lock);
    g_cond_clear(&s->changed);
}

static inline void
server_release(struct server *s, guint count)
{
    g_mutex_lock(&s->lock);
    s->released += count;
    g_cond_broadcast(&s->changed);
    g_mutex_unlock(&s->lock);
}

/* Whether the server has so many requests, or gets them within a time. */
static inline bool
server_has(struct server *s, guint count, gint64 within)
{
    gint64 end = g_get_monotonic_time() + within;
    g_mutex_lock(&s->lock);
    while (s->heads->len < count && g_cond_wait_until(&s->changed, &s->lock, end))
        ;
    bool has = s->heads->len >= count;
    g_mutex_unlock(&s->lock);
    return has;
}

/* How many requests there were, and how many of them at a time. */
static inline guint
server_asked(struct server *s)
{
    g_mutex_lock(&s->lock);
    guint asked = s->heads->len;
    g_mutex_unlock(&s->lock);
    return asked;
}

static inline int
server_most(struct server *s)
{
    g_mutex_lock(&s->lock);
    int most = s->most;
    g_mutex_unlock(&s->lock);
    return most;
}
