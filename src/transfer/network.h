/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which addresses are of a private network: what a portal on the open net has no business to send
 * anyone to (RFC 6890).  Pure.
 */
#pragma once

#include <stdbool.h>

/*
 * ip: as inet_ntop() writes it.  Loopback, link-local, RFC 1918, RFC 6598, RFC 4193, unspecified.
 */
bool network_is_private_ip(const char *ip);

/*
 * Whether the host of a URL is private by its name alone: such an address, or localhost, *.local,
 * *.internal.
 */
bool network_is_private_host(const char *url);
