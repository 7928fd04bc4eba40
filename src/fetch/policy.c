/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a source is fetched again, in numbers. */
#include "config.h"

#include "fetch/policy.h"
#include "base/number.h"

#include <string.h>

#define HOUR 3600
#define DAY  86400
#define WEEK (7 * DAY)

/*
 * Seconds for which Cache-Control or Expires call the response fresh, at most a day; 0 if they do
 * not.
 */
static int64_t
freshness(const struct response *response, int64_t now)
{
    if (response->cache_control) {
        g_autofree char *lower = g_ascii_strdown(response->cache_control, -1);
        if (strstr(lower, "no-cache") || strstr(lower, "no-store"))
            return 0;
        const char *age = strstr(lower, "max-age=");
        gint64 seconds;
        if (age)
            return number_prefix(age + strlen("max-age="), DAY, &seconds, NULL) ? seconds : 0;
    }
    int64_t date = response->date ? response->date : now;
    return date > 0 && response->expires > date ? MIN(response->expires - date, DAY) : 0;
}

char *
schedule_hints_format(const struct schedule_hints *r)
{
    return r->ttl < 0 && !r->hours && !r->days
               ? NULL
               : g_strdup_printf("%" G_GINT64_FORMAT " %u %u", r->ttl, r->hours, r->days);
}

struct schedule_hints
schedule_hints_parse(const char *text)
{
    struct schedule_hints hints = {.ttl = -1};
    gint64 ttl, hours, days;
    if (!text)
        return hints;
    const char *p = text;
    bool none = *p == '-'; /* a feed may state less than none */
    if (number_prefix(p + none, G_MAXINT64, &ttl, &p) && !none)
        hints.ttl = ttl;
    if (*p++ == ' ' && number_prefix(p, G_MAXUINT32, &hours, &p) && *p++ == ' ' &&
        number_prefix(p, G_MAXUINT8, &days, &p)) {
        hints.hours = (guint32)hours;
        hints.days = (guint8)days;
    }
    return hints;
}

static bool
is_skipped(const struct schedule_hints *r, int64_t time)
{
    int64_t day = time / DAY + 4; /* 1970-01-01 was a Thursday */
    return (r->hours >> (time % DAY / HOUR) & 1) || (r->days >> (day % 7) & 1);
}

int64_t
policy_longest(int interval, const struct schedule_hints *hints)
{
    return MAX(DAY, (int64_t)interval * 60) * 5 / 4 + (hints->hours || hints->days ? WEEK : 0);
}

bool
policy_is_due(int64_t next_due, int interval, const struct schedule_hints *hints, int64_t now)
{
    int64_t slack = (int64_t)interval * 60 / 4;
    return next_due <= now || next_due > now + policy_longest(interval, hints) ||
           (next_due - slack <= now && !is_skipped(hints, now));
}

int64_t
policy_next_success(const struct response *response, int interval,
                    const struct schedule_hints *hints, int64_t now)
{
    int64_t wait = (int64_t)interval * 60;
    wait = MAX(wait, freshness(response, now));
    if (hints->ttl > 0)
        wait = MAX(wait, MIN(hints->ttl, DAY / 60) * 60);
    int64_t next = now + wait;
    for (int64_t hour = next; hour < next + WEEK; hour += HOUR - hour % HOUR)
        if (!is_skipped(hints, hour))
            return hour;
    return next;
}

/* Seconds to wait after so many failures in a row. */
static int64_t
pause_after(int failures, int interval, guint seed)
{
    int64_t wait = (int64_t)interval * 60;
    for (int i = 1; i < failures && wait < DAY; i++)
        wait *= 2;
    wait = MIN(wait, MAX(DAY, (int64_t)interval * 60));
    if (failures > 1)
        wait += wait * (int64_t)((seed * 2654435761u + (guint)failures) % 1000) / 4000;
    return wait;
}

struct failing
policy_failed(const struct failing *before, int interval, const struct schedule_hints *hints,
              int64_t retry_after, guint seed, int64_t now)
{
    bool counts = !before->failures || policy_is_due(before->next_due, interval, hints, now);
    struct failing after = {.failures = before->failures + counts};
    after.next_due = now + pause_after(after.failures, interval, seed);
    if (!counts) /* unless the interval has become shorter meanwhile */
        after.next_due = MIN(before->next_due, after.next_due);
    after.next_due = MAX(after.next_due, retry_after);
    return after;
}
