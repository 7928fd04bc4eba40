/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose a host is, by what the user and the portal file name, and whether the way to it is safe. */
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
