/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The styles of dates in lists. */
#include "config.h"

#include "reader/list-date.h"
#include "base/i18n.h"
#include "text/cells.h"

#define DAY (24 * 60 * 60)

/* The columns, in cells, by style: what formats and translations have to fit into. */
static const struct {
    int wide, narrow;
} columns[] = {[UI_DATES_ISO] = {10, 7}, [UI_DATES_LOCAL] = {11, 8}, [UI_DATES_RELATIVE] = {7, 7}};

int
list_date_cells(enum setting_ui_dates style, bool narrow)
{
    return narrow ? columns[style].narrow : columns[style].wide;
}

bool
list_date_is_of_year(const struct date *date, int64_t now)
{
    int64_t shift = (int64_t)date->offset * 60, then = date->time + shift, here = now + shift;
    if (date->precision == DATE_NONE || then / DAY == here / DAY)
        return true;
    g_autoptr(GDateTime) today = g_date_time_new_from_unix_utc(here);
    int64_t day = today ? g_date_time_get_day_of_year(today) - 1 : 0;
    int64_t first = here / DAY - day; /* of the year */
    return then / DAY >= first && then / DAY < first + 365;
}

bool
list_date_is_short(const struct date *date, int64_t now)
{
    int64_t shift = (int64_t)date->offset * 60;
    bool today = date->precision == DATE_DAY && (date->time + shift) / DAY == (now + shift) / DAY;
    return today ? cells_width(_("today"), -1) <= LIST_DATE_SHORT : list_date_is_of_year(date, now);
}

/* How a day of the running year, or of another one, is written. */
static const char *
format_of(enum setting_ui_dates style, bool narrow, bool this_year)
{
    if (style == UI_DATES_LOCAL && this_year)
        /* TRANSLATORS: a day of this year, for strftime(3), in at most 8 cells */
        return _("%-d %b");
    if (style == UI_DATES_LOCAL && narrow)
        /* TRANSLATORS: a month of another year, for strftime(3), in at most 8 cells */
        return _("%b %Y");
    if (style == UI_DATES_LOCAL)
        /* TRANSLATORS: a day of another year, for strftime(3), in at most 11 cells */
        return _("%-d %b %Y");
    return !narrow ? "%Y-%m-%d" : this_year ? "%m-%d" : "%Y-%m";
}

/* "3 h": how long ago it was, in the largest unit of which there is one. */
static char *
relative(int64_t seconds, int64_t days)
{
    if (days >= 365)
        /* TRANSLATORS: years ago, in at most 7 cells */
        return g_strdup_printf(_("%d y"), (int)(days / 365));
    if (days >= 60)
        /* TRANSLATORS: months ago, in at most 7 cells */
        return g_strdup_printf(_("%d mo"), (int)(days / 30));
    if (days >= 14)
        /* TRANSLATORS: weeks ago, in at most 7 cells */
        return g_strdup_printf(_("%d w"), (int)(days / 7));
    if (days)
        /* TRANSLATORS: days ago, in at most 7 cells */
        return g_strdup_printf(_("%d d"), (int)days);
    if (seconds >= 3600)
        /* TRANSLATORS: hours ago, in at most 7 cells */
        return g_strdup_printf(_("%d h"), (int)(seconds / 3600));
    /* TRANSLATORS: minutes ago, in at most 7 cells */
    return g_strdup_printf(_("%d min"), (int)(seconds / 60));
}

/* The same in words. */
static char *
relative_words(int64_t seconds, int64_t days)
{
    int years = (int)(days / 365), months = (int)(days / 30), weeks = (int)(days / 7),
        hours = (int)(seconds / 3600), minutes = (int)(seconds / 60);
    if (years)
        return g_strdup_printf(ngettext("%d year ago", "%d years ago", (unsigned)years), years);
    if (days >= 60)
        return g_strdup_printf(ngettext("%d month ago", "%d months ago", (unsigned)months), months);
    if (days >= 14)
        return g_strdup_printf(ngettext("%d week ago", "%d weeks ago", (unsigned)weeks), weeks);
    if (days)
        return g_strdup_printf(ngettext("%d day ago", "%d days ago", (unsigned)days), (int)days);
    if (hours)
        return g_strdup_printf(ngettext("%d hour ago", "%d hours ago", (unsigned)hours), hours);
    return g_strdup_printf(ngettext("%d minute ago", "%d minutes ago", (unsigned)minutes), minutes);
}

/* In a column, or spoken. */
static char *
write_date(const struct date *date, int64_t now, enum setting_ui_dates style, bool narrow,
           bool spoken)
{
    int64_t shift = (int64_t)date->offset * 60;
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc(date->time + shift);
    g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(now + shift);
    if (date->precision == DATE_NONE || !then || !here)
        return g_strdup("");
    /* the moments are after 1970, or the days do not matter */
    int64_t days = (now + shift) / DAY - (date->time + shift) / DAY;
    bool timed = date->precision != DATE_DAY;
    if (style == UI_DATES_RELATIVE && date->time <= now && days >= 0 && (days || timed))
        return (spoken ? relative_words : relative)(now - date->time,
                                                    timed ? (now - date->time) / DAY : days);
    if (!days)
        return timed ? g_date_time_format(then, "%H:%M") : g_strdup(_("today"));
    /* what is still to come stands there as a day */
    bool short_one = narrow || style == UI_DATES_RELATIVE;
    return g_date_time_format(
        then,
        format_of(style, short_one, g_date_time_get_year(then) == g_date_time_get_year(here)));
}

char *
list_date(const struct date *date, int64_t now, enum setting_ui_dates style, bool narrow)
{
    return write_date(date, now, style, narrow, false);
}

char *
list_date_spoken(const struct date *date, int64_t now, enum setting_ui_dates style)
{
    return write_date(date, now, style, false, true);
}
