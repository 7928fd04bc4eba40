/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a portal file says to what is sent. */
#include "config.h"

#include "fetch/ask.h"
#include "base/url.h"

static void
add_headers(struct request *request, const GPtrArray *headers)
{
    for (guint i = 0; headers && i < headers->len; i++) {
        if (!request->headers)
            request->headers = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(request->headers, g_strdup(g_ptr_array_index(headers, i)));
    }
}

static bool
same_host(const char *host, const char *url)
{
    g_autofree char *other = url_authority(url);
    return !g_strcmp0(host, other) && host;
}

/* Whether a URL is of the portal itself: what is meant for it goes to no one to whom its lists may link. */
static bool
is_own(const struct portal *portal, const char *url)
{
    g_autofree char *host = url_authority(url);
    bool own = same_host(host, portal->home);
    for (guint i = 0; i < portal->editions->len && !own; i++)
        own = same_host(host, ((const struct portal_edition *)g_ptr_array_index(portal->editions, i))->home);
    for (guint i = 0; i < portal->sections->len && !own; i++)
        own = same_host(host, ((const struct portal_section *)g_ptr_array_index(portal->sections, i))->url);
    for (guint i = 0; i < portal->articles->len && !own; i++)
        own = same_host(host, ((const struct portal_article *)g_ptr_array_index(portal->articles, i))->url);
    return own;
}

struct request *
ask_url(const struct portal *portal, const char *url)
{
    struct request *request = request_new(url, 0, NULL);
    if (portal && is_own(portal, url)) {
        request->delay = portal->delay;
        request->host_connections = portal->connections;
        request->cookies = portal->cookies;
        add_headers(request, portal->headers);
    }
    return request;
}

static struct request *
ask(const struct portal *portal, const struct portal_request *from)
{
    struct request *request = ask_url(portal, from->url);
    request->post = g_strdup(from->post);
    request->post_type = g_strdup(from->transfer->post_type);
    if (is_own(portal, from->url))
        add_headers(request, from->transfer->headers);
    return request;
}

struct request *
ask_article(const struct portal *portal, const char *edition, const char *link)
{
    AUTO(portal_request_clear) struct portal_request from = {0};
    if (portal && portal_request_article(portal, edition, link, &from))
        return ask(portal, &from);
    return ask_url(portal, link);
}

struct request *
ask_page(const struct portal *portal, const struct portal_section *section, int number, const char *token)
{
    AUTO(portal_request_clear) struct portal_request from = {0};
    return portal_request_page(portal, section, number, token, &from) ? ask(portal, &from) : NULL;
}
