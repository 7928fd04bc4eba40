/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All dates that stand in prose, with their places: whole ones and those without a year, stretches
 * of days and of hours ("с 10 по 15 июня", "June 10–15, 2025", "6月10日9时至12日"), ends of months
 * and years, tomorrow.
 */
#pragma once

#include "text/date-type.h"

struct date_stretch {
    struct date from, to; /* to: of a stretch, its last day or moment; else no date */
    gsize start, end;     /* bytes in the text */
    bool rough;           /* the end of a month or a year, as plans name it */
    bool assumed;         /* the year is not written, or the day follows from that of the text */
};

/*
 * Owned array of struct date_stretch, in their order, which do not overlap.  reference: when the
 * text was published, in seconds UTC: a day without a year is the one that is nearest to it, and
 * sooner one that comes.
 */
GArray *date_scan(const char *text, const struct date_style *style, int64_t reference);

/*
 * Whether a text may hold a day or a month in numbers, which is far cheaper to tell; words as
 * "tomorrow" or "the end of the year" are not looked for.
 */
bool date_may_stand(const char *text, const struct date_style *style);
