/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates whose order somebody has stated, as "%d/%m/%Y": what no reader could guess. */
#pragma once

#include "text/date.h"

/*
 * Finds the first place in text that a format of strptime(3) fits (%Y %y %m %d %e %H %I %M %S
 * %p).  Without a year it is the one that makes the date the nearest that is not after now;
 * two digits are of 1969 to 2068, a year below 1911 with three digits is of Taiwan's count.
 */
bool date_parse_format(const char *text, const char *format, const struct date_style *style,
                       int64_t now, struct date *out);
