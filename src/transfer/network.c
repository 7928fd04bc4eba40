/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private addresses, as numbers and as the hosts of URLs. */
#include "config.h"

#include "transfer/network.h"
#include "base/url.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

static bool
is_private_v4(guint32 address) /* in the host's byte order */
{
    static const struct {
        guint32 network;
        int bits;
    } blocks[] = {
        {0x00000000, 8},                    /* this network */
        {0x0a000000, 8},                    /* RFC 1918 */
        {0x64400000, 10},                   /* RFC 6598: carriers */
        {0x7f000000, 8},                    /* loopback */
        {0xa9fe0000, 16},                   /* link-local */
        {0xac100000, 12}, {0xc0a80000, 16}, /* RFC 1918 */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
        if ((address ^ blocks[i].network) >> (32 - blocks[i].bits) == 0)
            return true;
    return false;
}

static bool
is_private_v6(const guint8 *a)
{
    static const guint8 zero[16], nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    guint32 last = (guint32)a[12] << 24 | (guint32)a[13] << 16 | (guint32)a[14] << 8 | a[15];
    if (!memcmp(a, zero, 12)) /* ::, ::1, and IPv4 as it once was written */
        return last <= 1 || is_private_v4(last);
    if (!memcmp(a, zero, 10) && a[10] == 0xff && a[11] == 0xff)
        return is_private_v4(last);
    if (!memcmp(a, nat64, sizeof nat64))
        return is_private_v4(last);
    return (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
}

bool
network_is_private_ip(const char *ip)
{
    struct in_addr v4;
    struct in6_addr v6;
    /* without the zone of a link-local one */
    g_autofree char *plain = g_strndup(ip, strcspn(ip, "%"));
    if (inet_pton(AF_INET, plain, &v4) == 1)
        return is_private_v4(ntohl(v4.s_addr));
    return inet_pton(AF_INET6, plain, &v6) == 1 && is_private_v6(v6.s6_addr);
}

bool
network_is_private_host(const char *url)
{
    static const char *const domains[] = {".localhost", ".local", ".internal", ".home.arpa",
                                          ".lan"};
    g_autofree char *host = url_host(url);
    if (!host)
        return false;
    if (g_str_has_suffix(host, ".")) /* the same name, written whole */
        host[strlen(host) - 1] = '\0';
    if (g_str_equal(host, "localhost") || network_is_private_ip(host))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(domains); i++)
        if (g_str_has_suffix(host, domains[i]))
            return true;
    return false;
}
