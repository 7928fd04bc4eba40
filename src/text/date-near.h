/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates that lean on the day on which they are read, as lists print them: without a year ("11-20",
 * "20 Nov", "11月20日"), by words ("вчера, 14:30", "3小时前", "vor 2 Tagen"), by the time alone
 * ("14:30").
 */
#pragma once

#include "text/date.h"

/*
 * Parses the whole of text.  A day without a year is the newest such day that is not after now.
 * What counts in minutes or hours is as precise as that, what counts in days is a day.
 */
bool date_parse_near(const char *text, const struct date_style *style, int64_t now,
                     struct date *out);

/*
 * What the two numbers of a day without a year say of their order: DATE_ORDER_OPEN when they may be
 * either, or text is no such day.
 */
enum date_order date_order_of(const char *text);

/*
 * A day in pieces that stand apart: "20" and "2026.11", "11-20" and "2026", "20" and "Nov"; text
 * has them with blanks between.
 */
bool date_parse_pieces(const char *text, const struct date_style *style, int64_t now,
                       struct date *out);
