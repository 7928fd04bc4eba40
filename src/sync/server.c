/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests to a server of the Google Reader API, through crier-transfer. */
#include "config.h"

#include "sync/server.h"
#include "base/step.h"
#include "base/url.h"
#include "fetch/manner.h"
#include "transfer/http-session.h"

#include <string.h>

#define FORM      "application/x-www-form-urlencoded"
#define API       "/reader/api/0/"
#define FRESHRSS  "/api/greader.php"
#define OFF       503 /* the status by which FreshRSS says that its API is not allowed */
#define MAX_TOKEN 4096

struct server {
    const struct context *context;
    struct http *http;
    GAsyncQueue *responses;
    struct http_session *session;
    struct manner *manner;
    char *base; /* of all addresses, without a slash at its end */
    char *user, *password;
    char *auth;  /* the header, or NULL: not logged in */
    char *token; /* of a POST, or NULL: not asked for */
};

/* What of the address belongs to what is asked for. */
static char *
base_of(const char *address)
{
    char *base = g_strdup(address), *api = strstr(base, "/reader/api/0"),
         *accounts = strstr(base, "/accounts/ClientLogin");
    if (api)
        *api = '\0';
    if (accounts)
        *accounts = '\0';
    while (*base && base[strlen(base) - 1] == '/')
        base[strlen(base) - 1] = '\0';
    return base;
}

struct server *
server_new(const struct context *context, struct starter *starter, const char *address,
           const char *login)
{
    struct server *server = g_new0(struct server, 1);
    const char *colon = strchr(login, ':');
    const struct settings_subject subject = {address, NULL, address};
    server->context = context;
    server->base = base_of(address);
    server->user = colon ? g_strndup(login, (gsize)(colon - login)) : g_strdup(login);
    server->password = g_strdup(colon ? colon + 1 : "");
    /* without the login: its header would stand in the place of ours */
    server->manner = manner_new(context, &subject, NULL, address);
    server->responses = g_async_queue_new();
    server->session = http_session_new(0);
    server->http = manner_http(context, starter, 1, server->responses);
    return server;
}

static void
forget(char *secret)
{
    if (secret)
        memset(secret, 0, strlen(secret));
    g_free(secret);
}

void
server_free(struct server *server)
{
    http_free(server->http);
    g_async_queue_unref(server->responses);
    http_session_unref(server->session);
    manner_free(server->manner);
    g_free(server->base);
    g_free(server->user);
    forget(server->password);
    forget(server->auth);
    forget(server->token);
    g_free(server);
}

void
form_add(GString *form, const char *name, const char *value)
{
    g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE);
    g_string_append_printf(form, "%s%s=%s", form->len ? "&" : "", name, escaped);
}

bool
server_refuses(const struct problem *problem)
{
    return problem->code == PROBLEM_SYNC_REFUSED;
}

/* --- one request ------------------------------------------------------------------------------ */

/* What came, at most so many bytes of it; owned. */
static char *
body_text(const struct response *r, gsize most)
{
    return r->body->len ? g_strndup((const char *)r->body->data, MIN(r->body->len, most))
                        : g_strdup("");
}

/* What an answer without a document says, in words of a sync. */
static struct problem *
problem_of(const struct server *server, const struct response *r)
{
    long status = r->status;
    if (status == 401 || (status == 403 && !server->auth))
        return problem_new(PROBLEM_SYNC_LOGIN, server->base, status, NULL);
    if (status == 404 || status == 405 || status == 501)
        return problem_new(PROBLEM_SYNC_NO_API, server->base, status, NULL);
    if (status == OFF)
        return problem_new(PROBLEM_SYNC_OFF, server->base, status, NULL);
    if (status == 400 || (status >= 500 && status < 600 && server->auth)) {
        /* the first line says why, in Miniflux's answers */
        g_autofree char *said = body_text(r, 200);
        return problem_new(PROBLEM_SYNC_REFUSED, server->base, status, *said ? said : NULL);
    }
    return problem_copy(r->problem);
}

/* Asks, and waits; post: a form, or NULL; *body: what came, ended by a NUL, owned. */
static struct problem *
ask(struct server *server, const char *url, const char *post, char **body, gsize *length)
{
    struct request *request = request_new(url, 0, NULL);
    manner_apply(server->manner, request);
    request->session = http_session_ref(server->session);
    request->named = true;
    request->no_cookies = true;
    if (server->auth) {
        if (!request->secrets)
            request->secrets = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(request->secrets,
                        g_strconcat("Authorization: GoogleLogin auth=", server->auth, NULL));
    }
    request->post = g_strdup(post);
    request->post_type = post ? g_strdup(FORM) : NULL;
    test_step();
    AUTO(response_free) struct response *r = http_wait(server->http, request, server->responses);
    test_step();
    if (r->problem)
        return problem_of(server, r);
    *length = r->body->len;
    *body = body_text(r, G_MAXSIZE);
    return NULL;
}

static char *
api_url(const struct server *server, const char *path, const char *query)
{
    return g_strconcat(server->base, API, path, query ? "?" : NULL, query, NULL);
}

static struct problem *
parse(const struct server *server, const char *body, gsize length, json_t **json)
{
    json_error_t error;
    *json = json_loadb(body, length, 0, &error);
    if (json_is_object(*json))
        return NULL;
    json_decref(*json);
    *json = NULL;
    return problem_new(PROBLEM_SYNC_ANSWER, server->base, PROBLEM_NO_NUMBER, error.text);
}

/* --- login, token ----------------------------------------------------------------------------- */

/* The value of a line "Auth=VALUE". */
static char *
find_auth(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (!g_str_has_prefix(*line, "Auth="))
            continue;
        const char *value = g_strstrip(*line + strlen("Auth="));
        bool fine = *value && strlen(value) < MAX_TOKEN && !strpbrk(value, " \t\r");
        return fine ? g_strdup(value) : NULL;
    }
    return NULL;
}

static struct problem *
log_in_at(struct server *server)
{
    g_autofree char *url = g_strconcat(server->base, "/accounts/ClientLogin", NULL), *body = NULL;
    g_autoptr(GString) form = g_string_new(NULL);
    gsize length;
    form_add(form, "Email", server->user);
    form_add(form, "Passwd", server->password);
    struct problem *problem = ask(server, url, form->str, &body, &length);
    memset(form->str, 0, form->len);
    if (problem)
        return problem;
    server->auth = find_auth(body);
    return server->auth ? NULL
                        : problem_new(PROBLEM_SYNC_NO_API, server->base, PROBLEM_NO_NUMBER, NULL);
}

struct problem *
server_log_in(struct server *server)
{
    struct problem *problem = log_in_at(server);
    if (!problem || g_str_has_suffix(server->base, ".php") ||
        (problem->code != PROBLEM_SYNC_NO_API && problem->code != PROBLEM_SYNC_REFUSED))
        return problem;
    char *stated = server->base;
    server->base = g_strconcat(stated, FRESHRSS, NULL);
    struct problem *second = log_in_at(server);
    if (second && second->code == PROBLEM_SYNC_NO_API) { /* the address that was stated is told */
        g_free(server->base);
        server->base = stated;
        problem_free(second);
        return problem;
    }
    g_free(stated);
    problem_free(problem);
    return second;
}

static struct problem *
need_token(struct server *server)
{
    g_autofree char *url = api_url(server, "token", NULL), *body = NULL;
    gsize length;
    if (server->token)
        return NULL;
    struct problem *problem = ask(server, url, NULL, &body, &length);
    if (problem)
        return problem;
    g_strstrip(body);
    if (!*body || strlen(body) >= MAX_TOKEN || strpbrk(body, " \t\r\n"))
        return problem_new(PROBLEM_SYNC_ANSWER, server->base, PROBLEM_NO_NUMBER, "no token");
    server->token = g_steal_pointer(&body);
    return NULL;
}

/* --- what is asked for ------------------------------------------------------------------------ */

struct problem *
server_get(struct server *server, const char *path, const char *query, json_t **json)
{
    g_autofree char *all = g_strconcat("output=json", query ? "&" : NULL, query, NULL),
                    *url = api_url(server, path, all), *body = NULL;
    gsize length;
    struct problem *problem = ask(server, url, NULL, &body, &length);
    return problem ? problem : parse(server, body, length, json);
}

static struct problem *
post_once(struct server *server, const char *path, const char *form, char **body, gsize *length)
{
    g_autofree char *url = api_url(server, path, NULL);
    g_autoptr(GString) whole = g_string_new(form);
    struct problem *problem = need_token(server);
    if (problem)
        return problem;
    form_add(whole, "T", server->token);
    return ask(server, url, whole->str, body, length);
}

struct problem *
server_post(struct server *server, const char *path, const char *form, json_t **json)
{
    g_autofree char *body = NULL;
    gsize length;
    struct problem *problem = post_once(server, path, form, &body, &length);
    if (problem && problem->code == PROBLEM_SYNC_LOGIN) { /* tokens end */
        problem_free(problem);
        forget(server->token);
        server->token = NULL;
        problem = post_once(server, path, form, &body, &length);
    }
    if (problem)
        return problem;
    if (json)
        return parse(server, body, length, json);
    return g_str_has_prefix(body, "OK")
               ? NULL
               : problem_new(PROBLEM_SYNC_ANSWER, server->base, PROBLEM_NO_NUMBER, "not OK");
}
