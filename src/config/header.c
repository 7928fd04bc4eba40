/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and values of headers against the lists of what may stand there. */
#include "config.h"

#include "config/header.h"

#include <glib.h>
#include <string.h>

/* what parts of libcurl or of transfer/ say, or what would have an answer mean something else */
static const char *const reserved[] = {"accept-encoding",
                                       "connection",
                                       "content-encoding",
                                       "content-length",
                                       "content-type",
                                       "expect",
                                       "host",
                                       "http2-settings",
                                       "if-match",
                                       "if-modified-since",
                                       "if-none-match",
                                       "if-range",
                                       "if-unmodified-since",
                                       "keep-alive",
                                       "proxy-authorization",
                                       "proxy-connection",
                                       "range",
                                       "te",
                                       "trailer",
                                       "transfer-encoding",
                                       "upgrade",
                                       NULL};

bool
header_may_be_set(const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    return *name && strspn(lower, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(lower) &&
           !g_strv_contains(reserved, lower);
}

bool
header_is_value(const char *value)
{
    for (; *value; value++)
        if (((guchar)*value < ' ' && *value != '\t') || *value == '\x7f')
            return false;
    return true;
}
