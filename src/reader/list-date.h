/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A date as a column of a list shows it: of today the time of day, of other years always the year.
 * "Today" is that of the place where the date was written, as is the time of day.
 */
#pragma once

#include "config/settings.h"
#include "text/date-type.h"

/*
 * now: seconds UTC; narrow: in as few cells as say it.  At most list_date_cells() cells, newly
 * allocated; empty for no date.
 */
char *list_date(const struct date *date, int64_t now, enum setting_ui_dates style, bool narrow);

/* The same for who listens: "3 hours ago" where that is how long ago it was, in no column. */
char *list_date_spoken(const struct date *date, int64_t now, enum setting_ui_dates style);

/* The width of that column, whatever dates there are. */
int list_date_cells(enum setting_ui_dates style, bool narrow);

/* Whether it is of this year, or none: of another one a narrow column has no day. */
bool list_date_is_of_year(const struct date *date, int64_t now);

/*
 * Whether a date has room in 5 cells of a narrow column in UI_DATES_ISO, as those of this year do.
 */
#define LIST_DATE_SHORT 5
bool list_date_is_short(const struct date *date, int64_t now);
