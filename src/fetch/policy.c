/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Politeness in numbers. */
#include "config.h"

#include "fetch/policy.h"

#include <curl/curl.h>
#include <string.h>

#define DAY 86400
#define WEEK (7 * DAY)

int64_t
policy_freshness(const struct response *response, int64_t now)
{
    if (response->cache_control) {
        g_autofree char *lower = g_ascii_strdown(response->cache_control, -1);
        if (strstr(lower, "no-cache") || strstr(lower, "no-store"))
            return 0;
        const char *age = strstr(lower, "max-age=");
        if (age)
            return CLAMP(g_ascii_strtoll(age + strlen("max-age="), NULL, 10), 0, DAY);
    }
    if (response->expires) {
        time_t expires = curl_getdate(response->expires, NULL);
        time_t date = response->date ? curl_getdate(response->date, NULL) : (time_t)now;
        if (expires > 0 && date > 0 && expires > date)
            return MIN((int64_t)(expires - date), DAY);
    }
    return 0;
}

int64_t
policy_retry_after(const struct response *response, int64_t now)
{
    if (!response->retry_after)
        return 0;
    gint64 seconds;
    if (g_ascii_string_to_signed(response->retry_after, 10, 0, G_MAXINT32, &seconds, NULL))
        return now + MIN(seconds, WEEK);
    time_t moment = curl_getdate(response->retry_after, NULL);
    return moment > now ? MIN((int64_t)moment, now + WEEK) : 0;
}

int64_t
policy_next_success(const struct response *response, int interval, int64_t ttl, int64_t now)
{
    int64_t wait = (int64_t)interval * 60;
    wait = MAX(wait, policy_freshness(response, now));
    if (ttl > 0)
        wait = MAX(wait, MIN(ttl * 60, DAY));
    return now + wait;
}

int64_t
policy_next_failure(int interval, int failures, int64_t retry_after, int64_t now)
{
    int64_t wait = (int64_t)interval * 60;
    for (int i = 1; i < failures && wait < DAY; i++)
        wait *= 2;
    return MAX(now + MIN(wait, MAX(DAY, (int64_t)interval * 60)), retry_after);
}
