/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as queries and options name them: dates, days by name, and how long ago or ahead. */
#include "config.h"

#include "store/query.h"
#include "base/i18n.h"
#include "base/number.h"
#include "config/settings.h"
#include "text/date.h"

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
        *out = (day ? g_date_time_to_unix(day) : now) + (i - 1) * 86400;
        return true;
    }
    return false;
}

/*
 * "3d", "12h", "2w", "5m"(onths), "1y", "today", or a date.  A day without time is the day that
 * articles print, in their own zone: *day is set.
 */
bool
query_moment_or_day(const char *text, int64_t now, int64_t *out, bool *day, GError **error)
{
    *day = false;
    const char *end;
    gint64 number;
    if (number_prefix(text, 100000, &number, &end) && number < 100000 && *end && !end[1]) {
        static const struct {
            char unit;
            int64_t seconds;
        } units[] = {{'h', 3600}, {'d', 86400}, {'w', 604800}, {'m', 2592000}, {'y', 31536000}};
        for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
            if (g_ascii_tolower(*end) == units[i].unit) {
                *out = now - number * units[i].seconds;
                return true;
            }
        }
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

bool
query_moment_ahead(const char *text, int64_t now, int64_t *time, GError **error)
{
    bool day;
    if (!query_moment_or_day(text, now, time, &day, error))
        return false;
    *time = day ? local_day(*time) + 86400 : *time < now ? 2 * now - *time : *time;
    return true;
}
