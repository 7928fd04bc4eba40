/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests with the headers, the body and the delays that a portal file states. */
#include "config.h"

#include "fetch/request-builder.h"
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

static void
add_authority(GPtrArray *own, const char *url)
{
    g_autofree char *authority = url ? url_authority(url) : NULL;
    if (authority && !g_ptr_array_find_with_equal_func(own, authority, g_str_equal, NULL))
        g_ptr_array_add(own, g_steal_pointer(&authority));
}

/*
 * The hosts of the portal itself: they alone get its headers and cookies, not those to which its
 * lists link.
 */
static GPtrArray *
own_authorities(const struct portal *portal)
{
    GPtrArray *own = g_ptr_array_new_with_free_func(g_free);
    add_authority(own, portal->home);
    for (guint i = 0; i < portal->editions->len; i++)
        add_authority(
            own, ((const struct portal_edition *)g_ptr_array_index(portal->editions, i))->home);
    for (guint i = 0; i < portal->sections->len; i++)
        add_authority(own,
                      ((const struct portal_section *)g_ptr_array_index(portal->sections, i))->url);
    for (guint i = 0; i < portal->articles->len; i++)
        add_authority(own,
                      ((const struct portal_article *)g_ptr_array_index(portal->articles, i))->url);
    return own;
}

struct request *
request_for_url(const struct portal *portal, const char *url)
{
    struct request *request = request_new(url, 0, NULL);
    g_autoptr(GPtrArray) own = portal ? own_authorities(portal) : NULL;
    g_autofree char *authority = url_authority(url);
    if (own && authority && g_ptr_array_find_with_equal_func(own, authority, g_str_equal, NULL)) {
        request->own = g_steal_pointer(&own);
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
    struct request *request = request_for_url(portal, from->url);
    request->post = g_strdup(from->post);
    request->post_type = g_strdup(from->transfer->post_type);
    if (request->own)
        add_headers(request, from->transfer->headers);
    return request;
}

struct request *
request_for_article(const struct portal *portal, const char *edition, const char *link)
{
    AUTO(portal_request_clear) struct portal_request from = {0};
    if (portal && portal_request_article(portal, edition, link, &from))
        return ask(portal, &from);
    return request_for_url(portal, link);
}

struct request *
request_for_page(const struct portal *portal, const struct portal_section *section, int number,
                 const char *token)
{
    AUTO(portal_request_clear) struct portal_request from = {0};
    return portal_request_page(portal, section, number, token, &from) ? ask(portal, &from) : NULL;
}
