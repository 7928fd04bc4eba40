/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as queries and options name them: dates, days by name, and how long ago or ahead. */
#include "config.h"

#include "store/query.h"
#include "base/i18n.h"
#include "base/number.h"
#include "config/settings.h"
#include "text/date.h"

#define HOUR 3600
#define DAY  86400

/* "today" and its neighbours as a day of the calendar of who asks: its midnight in UTC. */
static bool
day_by_name(const char *text, int64_t now, int64_t *out)
{
    static const char *const names[] = {"yesterday", "today", "tomorrow"};
    for (int i = 0; i < (int)G_N_ELEMENTS(names); i++) {
        if (g_ascii_strcasecmp(text, names[i]))
            continue;
        g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(now);
        g_autoptr(GDateTime) day =
            local ? g_date_time_new_utc(g_date_time_get_year(local), g_date_time_get_month(local),
                                        g_date_time_get_day_of_month(local), 0, 0, 0)
                  : NULL;
        *out = (day ? g_date_time_to_unix(day) : now) + (i - 1) * DAY;
        return true;
    }
    return false;
}

/* How long ago or ahead, in hours or in days. */
struct span {
    gint64 number;
    int64_t unit; /* seconds */
};

/* "3d", "12h", "2w", "5m"(onths), "1y" */
static bool
span_parse(const char *text, struct span *span)
{
    static const struct {
        char name;
        int64_t seconds;
    } units[] = {{'h', HOUR}, {'d', DAY}, {'w', 7 * DAY}, {'m', 30 * DAY}, {'y', 365 * DAY}};
    const char *end;
    if (!number_prefix(text, 100000, &span->number, &end) || span->number >= 100000 || !*end ||
        end[1])
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        span->unit = units[i].seconds;
        if (g_ascii_tolower(*end) == units[i].name)
            return true;
    }
    return false;
}

/*
 * A span ago, "today", or a date.  A day without time is the day that articles print, in their own
 * zone: *day is set.
 */
bool
query_moment_or_day(const char *text, int64_t now, int64_t *out, bool *day, GError **error)
{
    *day = false;
    struct span span;
    if (span_parse(text, &span)) {
        *out = now - span.number * span.unit;
        return true;
    }
    if (day_by_name(text, now, out))
        return *day = true;
    struct date date;
    if (date_parse(text, DATE_AT(0), &date)) {
        *out = date.time;
        *day = date.precision == DATE_DAY;
        return true;
    }
    g_set_error(
        error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
        _("'%s' is neither a date as 2026, 2026-11 or 2026-11-27, nor yesterday, today or tomorrow, nor a time as 12h, 3d, 2w, 5m (months), 1y"),
        text);
    return false;
}

/* A day in the zone of who asks; where it has no midnight, the first moment after it. */
static int64_t
local_day(int64_t utc)
{
    g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(utc);
    g_autoptr(GDateTime)
        local = day ? g_date_time_new_local(g_date_time_get_year(day), g_date_time_get_month(day),
                                            g_date_time_get_day_of_month(day), 0, 0, 0)
                    : NULL;
    return local ? g_date_time_to_unix(local) : utc;
}

int64_t
query_today(int64_t now)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(now);
    g_autoptr(GDateTime) day =
        moment ? g_date_time_new_local(g_date_time_get_year(moment), g_date_time_get_month(moment),
                                       g_date_time_get_day_of_month(moment), 0, 0, 0)
               : NULL;
    return day ? g_date_time_to_unix(day) : now;
}

bool
query_moment(const char *text, int64_t now, int64_t *time, GError **error)
{
    bool day;
    if (!query_moment_or_day(text, now, time, &day, error))
        return false;
    if (day)
        *time = local_day(*time);
    return true;
}

/* The end of the day of a moment; days of the calendar have 23 to 25 hours. */
static int64_t
day_end(int64_t moment)
{
    return query_today(query_today(moment) + 30 * HOUR);
}

/* So many hours from now, or the end of the day that is so many days ahead. */
static int64_t
ahead(const struct span *span, int64_t now)
{
    int64_t sum = span->number * span->unit;
    if (span->unit == HOUR)
        return now + sum;
    g_autoptr(GDateTime) here = g_date_time_new_from_unix_local(now);
    g_autoptr(GDateTime) then = here ? g_date_time_add_days(here, (int)(sum / DAY)) : NULL;
    return day_end(then ? g_date_time_to_unix(then) : now + sum);
}

bool
query_moment_ahead(const char *text, int64_t now, int64_t *time, GError **error)
{
    bool day;
    struct span span;
    if (span_parse(text, &span)) {
        *time = ahead(&span, now);
        return true;
    }
    if (!query_moment_or_day(text, now, time, &day, error))
        return false;
    if (day)
        *time = day_end(local_day(*time));
    return true;
}
