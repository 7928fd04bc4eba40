/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting addresses. */
#include "config.h"

#include "ui/shown-url.h"
#include "text/cells.h"

#include <glib.h>
#include <string.h>

#define CUT   "..."
#define LEAST 16 /* cells of a host that is cut, before the scheme gives way to it */

/* The host of an address, and its length; NULL when it has none. */
static const char *
host_of(const char *url, gsize *length)
{
    const char *colon = strstr(url, "://"), *host = colon ? colon + strlen("://") : NULL;
    *length = host ? strcspn(host, "/?#") : 0;
    return host;
}

int
shown_url_least(const char *url, const char *ellipsis)
{
    gsize length;
    const char *host = host_of(url, &length);
    if (!host)
        return cells_width(url, -1);
    if (!host[length])
        return cells_width(host, (gssize)length);
    return cells_width(host, (gssize)length) + cells_width(ellipsis, -1);
}

char *
shown_url_host(const char *url, int cells)
{
    gsize length;
    const char *host = host_of(url, &length);
    int scheme = host ? cells_width(url, host - url) : 0, room = cells - scheme;
    int width = host ? cells_width(host, (gssize)length) : 0;
    if (!host || width <= room)
        return g_strdup(url);
    if (room < LEAST || width <= cells) {
        room = cells;
        scheme = 0;
    }
    if (width <= room)
        return g_strdup(host);
    const char *rest = host, *end = host + length;
    room = MAX(room - (int)strlen(CUT), 1);
    while (rest < end && cells_width(rest, end - rest) > room)
        rest = g_utf8_next_char(rest);
    return g_strdup_printf("%.*s%s%s", scheme ? (int)(host - url) : 0, url, CUT, rest);
}

char *
shown_url_fit(const char *url, int cells, const char *ellipsis)
{
    gsize length;
    const char *host = host_of(url, &length);
    if (cells_width(url, -1) <= cells)
        return g_strdup(url);
    int behind = host && host[length] ? cells_width(ellipsis, -1) : 0;
    g_autofree char *shorter = host ? shown_url_host(url, cells - behind) : g_strdup(url);
    return cells_ellipsize(shorter, cells, ellipsis);
}
