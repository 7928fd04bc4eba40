/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a portal file says to what is sent. */
#include "config.h"

#include "fetch/ask.h"

static void
add_headers(struct request *request, const GPtrArray *headers)
{
    for (guint i = 0; headers && i < headers->len; i++) {
        if (!request->headers)
            request->headers = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(request->headers, g_strdup(g_ptr_array_index(headers, i)));
    }
}

struct request *
ask_url(const struct portal *portal, const char *url)
{
    struct request *request = request_new(url, 0, NULL);
    if (portal) {
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
