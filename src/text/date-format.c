/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strptime(3) does the digits; here is what it leaves open. */
#include "config.h"

#include "text/date-format.h"
#include "text/date-zone.h"

#include <string.h>
#include <time.h>

static bool
has(const char *format, const char *conversions)
{
    for (const char *p = strchr(format, '%'); p && p[1]; p = strchr(p + 2, '%'))
        if (strchr(conversions, p[1]))
            return true;
    return false;
}

static bool
moment_of(const struct tm *tm, int year, GTimeZone *zone, struct date *out)
{
    g_autoptr(GDateTime) moment =
        year >= 1 && year <= 9999 ? g_date_time_new(zone, year, tm->tm_mon + 1, tm->tm_mday,
                                                    tm->tm_hour, tm->tm_min, MIN(tm->tm_sec, 59))
                                  : NULL;
    if (!moment)
        return false;
    out->time = g_date_time_to_unix(moment);
    out->offset = (int16_t)(g_date_time_get_utc_offset(moment) / G_TIME_SPAN_MINUTE);
    return true;
}

static bool
take(const struct tm *tm, const char *format, const struct date_style *style, int64_t now,
     struct date *out)
{
    int year = tm->tm_year + 1900;
    if (year >= 10 && year <= 200)
        year += 1911;
    GTimeZone *named = style->zone ? date_zone_named(style->zone) : NULL;
    g_autoptr(GTimeZone) zone = named ? g_time_zone_ref(named)
                                      : g_time_zone_new_offset(style->offset * 60);
    *out = (struct date){.precision = has(format, "S")    ? DATE_SECOND
                                      : has(format, "HI") ? DATE_MINUTE
                                                          : DATE_DAY};
    if (has(format, "Yy"))
        return moment_of(tm, year, zone, out);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
    year = g_date_time_get_year(local);
    bool found = moment_of(tm, year, zone, out) && out->time <= now;
    for (int back = 1; !found && back <= 8; back++) /* the 29th of February may be that far */
        found = moment_of(tm, year - back, zone, out);
    return found;
}

bool
date_parse_format(const char *text, const char *format, const struct date_style *style, int64_t now,
                  struct date *out)
{
    for (const char *p = text; *p; p++) {
        if (p > text && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(*p))
            continue; /* not within a number */
        struct tm tm = {.tm_mday = 1};
        const char *end = strptime(p, format, &tm);
        if (end && !(g_ascii_isdigit(*end) && end > p && g_ascii_isdigit(end[-1])) &&
            take(&tm, format, style, now, out))
            return true;
    }
    *out = (struct date){0};
    return false;
}
