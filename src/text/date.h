/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as feeds and pages write them: RFC 822, RFC 3339 and W3C-DTF with what the field
 * makes of them, and dates that are written for people in the languages and numerals that
 * text/months.def knows, with years of Taiwan's, Japan's, Thailand's and Iran's counts.
 */
#pragma once

#include "text/date-type.h"

/*
 * Sets the zone from "+08:00", "Z", or an identifier of the system's tables, as "Europe/Warsaw".
 * False, and nothing set, when text is neither.
 */
bool date_style_set_zone(struct date_style *style, const char *text);

/*
 * Parses the whole of text, in which nothing but a date, a time, a zone, a weekday and
 * labels before them stands.
 */
bool date_parse(const char *text, const struct date_style *style, struct date *out);

/* Finds the first date inside text; *start and *end (may be NULL) get its place in bytes. */
bool date_find(const char *text, const struct date_style *style, struct date *out, gsize *start,
               gsize *end);

static inline bool
date_is_known(const struct date *date)
{
    return date->precision != DATE_NONE;
}

/*
 * By the time: less than, equal to or greater than 0, as for qsort(); no date is before all dates.
 */
int date_compare(const struct date *a, const struct date *b);

/* Whether a date can be true of a published text: 1990 or later, at most two days ahead of now. */
bool date_is_plausible(const struct date *date, int64_t now);

/* "2025-06-01T08:30:00Z" */
char *date_utc(int64_t time);

/* As precise as known: "2025-06-01" or "2025-06-01T08:30:00+08:00", in the date's offset. */
char *date_iso(const struct date *date);

/* "+08:00", "Z" or "-0330" in minutes; false when text is no offset. */
bool date_parse_offset(const char *text, int *minutes);
