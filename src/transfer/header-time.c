/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcurl reads the dates, in the forms that servers write. */
#include "config.h"

#include "transfer/header-time.h"

#include <curl/curl.h>
#include <glib.h>

#define WEEK (7 * 86400)

int64_t
header_time(const char *value)
{
    time_t moment = value ? curl_getdate(value, NULL) : 0;
    return value && moment <= 0 ? -1 : (int64_t)moment;
}

int64_t
header_retry_after(const char *value, int64_t now)
{
    gint64 seconds;
    if (value && g_ascii_string_to_signed(value, 10, 0, G_MAXINT32, &seconds, NULL))
        return now + MIN(seconds, WEEK);
    int64_t moment = header_time(value);
    return moment > now ? MIN(moment, now + WEEK) : MIN(moment, 0);
}
