/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose a host is, by what the user and the portal file name, and whether the way to it is safe;
 * and what is told by that.
 */
#include "config.h"

#include "transfer/access.h"
#include "base/url.h"
#include "transfer/cookie-file.h"
#include "transfer/network.h"

#include <string.h>

bool
access_is_https(const char *url)
{
    return !g_ascii_strncasecmp(url, "https:", strlen("https:"));
}

/* Whether the request's headers, cookies and body are meant for the host of a URL. */
static bool
is_own(const struct request *request, const char *url)
{
    g_autofree char *authority = url_authority(url), *first = url_authority(request->url);
    if (!request->own)
        return authority && !g_strcmp0(authority, first);
    for (guint i = 0; authority && i < request->own->len; i++)
        if (g_str_equal(g_ptr_array_index(request->own, i), authority))
            return true;
    return false;
}

bool
access_may_tell(const struct transfer *t, const char *url)
{
    return is_own(t->response->request, url) &&
           (access_is_https(url) || (!t->insecure && !access_is_https(t->url)));
}

bool
access_may_tell_secrets(const struct transfer *t)
{
    return !t->insecure && url_takes_login(t->response->request->url, t->url);
}

bool
access_may_log_in(const struct transfer *t)
{
    return t->response->request->login && access_may_tell_secrets(t);
}

/* Whether the user or the portal file named the host of this hop. */
static bool
is_named(const struct transfer *t)
{
    const struct request *request = t->response->request;
    return (request->named && t->hops == 0) || (request->own && is_own(request, t->url));
}

/* Behind a proxy the address that one is connected to is not the server's. */
static bool
is_proxied(const struct transfer *t)
{
    const char *url = t->url, *own = t->response->request->proxy;
    if (own)
        return *own != '\0';
    const char *const names[] = {access_is_https(url) ? "https_proxy" : "http_proxy",
                                 access_is_https(url) ? "HTTPS_PROXY" : "all_proxy", "all_proxy",
                                 "ALL_PROXY"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value && *value)
            return true;
    }
    return false;
}

static struct problem *
refuse_private(const struct transfer *t, const char *address)
{
    return problem_new(PROBLEM_PRIVATE_ADDRESS, t->response->request->url, PROBLEM_NO_NUMBER,
                       address);
}

int
access_on_connected(void *user, char *server, char *own, int server_port, int own_port)
{
    struct transfer *t = user;
    (void)own;
    (void)server_port;
    (void)own_port;
    t->sent = g_get_monotonic_time();
    if (is_proxied(t) || !network_is_private_ip(server))
        return CURL_PREREQFUNC_OK;
    struct session *session = t->session;
    if (is_named(t))
        session->is_private = true;
    if (session->is_private)
        return CURL_PREREQFUNC_OK;
    t->refusal = refuse_private(t, server);
    return CURL_PREREQFUNC_ABORT;
}

/* Reads the cookies that the request is to have, once for all of its session. */
static struct problem *
refuse_cookies(const struct transfer *t)
{
    const struct request *request = t->response->request;
    struct session *session = t->session;
    if (!request->cookie_file || session->file_cookies)
        return NULL;
    g_autoptr(GError) why = NULL;
    session->file_cookies = cookie_file_read(request->cookie_file, request->url, &why);
    if (session->file_cookies)
        return NULL;
    return problem_new(PROBLEM_COOKIE_FILE, request->url, PROBLEM_NO_NUMBER, request->cookie_file);
}

struct problem *
access_refusal(const struct transfer *t)
{
    struct session *session = t->session;
    if (session->deadline && session->spent > (gint64)session->deadline * G_USEC_PER_SEC)
        return problem_new(PROBLEM_DEADLINE, t->response->request->url, session->deadline, NULL);
    struct problem *unreadable = refuse_cookies(t);
    if (unreadable || !network_is_private_host(t->url))
        return unreadable;
    if (is_named(t))
        session->is_private = true;
    g_autofree char *host = url_host(t->url);
    return session->is_private ? NULL : refuse_private(t, host);
}

/* --- what is told ------------------------------------------------------------------------- */

void
access_add_header(struct transfer *t, const char *name, const char *value)
{
    g_autofree char *header = g_strconcat(name, ": ", value, NULL);
    t->headers = curl_slist_append(t->headers, header);
}

/* Adds the validators, but only for the URL that they are of. */
static void
add_conditions(struct transfer *t)
{
    const struct request *request = t->response->request;
    t->conditional = false;
    if (g_strcmp0(request->validated ? request->validated : request->url, t->url) || t->raw ||
        t->whatever_length)
        return;
    if (request->etag)
        access_add_header(t, "If-None-Match", request->etag);
    if (request->last_modified)
        access_add_header(t, "If-Modified-Since", request->last_modified);
    t->conditional = request->etag || request->last_modified;
}

/* Whether a header of that name, which a colon may end, is there. */
static bool
has_header(const struct transfer *t, const char *name)
{
    gsize length = strcspn(name, ":");
    for (const struct curl_slist *line = t->headers; line; line = line->next)
        if (!g_ascii_strncasecmp(line->data, name, length) && line->data[length] == ':')
            return true;
    return false;
}

/* Adds those of them of whose name there is none yet. */
static void
add_missing(struct transfer *t, const GPtrArray *headers)
{
    for (guint i = 0; headers && i < headers->len; i++)
        if (!has_header(t, g_ptr_array_index(headers, i)))
            t->headers = curl_slist_append(t->headers, g_ptr_array_index(headers, i));
}

/* Adds the headers of the user, and those and the body that the portal file states, when this host
 * may see them. */
static void
add_own(struct transfer *t)
{
    const struct request *request = t->response->request;
    bool told = access_may_tell(t, t->url);
    if (request->post && !t->as_get && (told || t->hops == 0)) {
        access_add_header(t, "Content-Type",
                          request->post_type ? request->post_type
                                             : "application/x-www-form-urlencoded");
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE, (long)strlen(request->post));
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, request->post);
    }
    if (access_may_tell_secrets(t))
        add_missing(t, request->secrets);
    if (told)
        add_missing(t, request->headers);
}

/* What the user has for the servers of the source to know him by, when this is one. */
static void
show_oneself(struct transfer *t)
{
    const struct request *request = t->response->request;
    if (access_may_log_in(t)) {
        const char *colon = strchr(request->login, ':');
        g_autofree char *name = colon ? g_strndup(request->login, (gsize)(colon - request->login))
                                      : g_strdup(request->login);
        curl_easy_setopt(t->easy, CURLOPT_USERNAME, name);
        curl_easy_setopt(t->easy, CURLOPT_PASSWORD, colon ? colon + 1 : "");
    }
    if (request->client_cert && access_may_tell_secrets(t)) {
        curl_easy_setopt(t->easy, CURLOPT_SSLCERT, request->client_cert);
        curl_easy_setopt(t->easy, CURLOPT_SSLKEY,
                         request->client_key ? request->client_key : request->client_cert);
    }
}

/* The jar of those of a file, filled; made when it is first used. */
static CURLSH *
open_file_jar(struct transfer *t)
{
    struct session *session = t->session;
    if (session->file_jar)
        return session->file_jar;
    session->file_jar = cookie_jar_new();
    curl_easy_setopt(t->easy, CURLOPT_SHARE, session->file_jar);
    for (guint i = 0; i < session->file_cookies->len; i++)
        curl_easy_setopt(t->easy, CURLOPT_COOKIELIST, g_ptr_array_index(session->file_cookies, i));
    return session->file_jar;
}

/*
 * Cookies: those of the user's file, of the portal, or of the session; of a file in a jar of their
 * own, since another port of the host would get them too.
 */
static void
take_cookies(struct transfer *t, CURLSH *shared)
{
    const struct request *request = t->response->request;
    if (t->insecure || request->no_cookies)
        return;
    bool of_file = request->cookie_file && access_may_tell_secrets(t),
         kept = request->cookies && access_may_tell(t, t->url);
    curl_easy_setopt(t->easy, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(t->easy, CURLOPT_SHARE,
                     of_file ? open_file_jar(t)
                     : kept  ? shared
                             : t->session->jar);
}

void
access_tell(struct transfer *t, CURLSH *shared)
{
    add_conditions(t);
    add_own(t);
    if (!has_header(t, "Accept"))
        access_add_header(t, "Accept",
                          "application/atom+xml, application/rss+xml, application/feed+json, "
                          "application/xml;q=0.9, text/html;q=0.9, */*;q=0.5");
    show_oneself(t);
    take_cookies(t, shared);
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}
