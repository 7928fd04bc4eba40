/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date as a value, and the style in which a document writes its dates. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum date_precision {
    DATE_NONE,
    DATE_DAY,
    DATE_MINUTE,
    DATE_SECOND,
};

/* Zeroed (DATE_NONE), it is no date; the offset may tell the zone all the same. */
struct date {
    int64_t time;   /* seconds UTC; of a day without time, its midnight in `offset` */
    int16_t offset; /* minutes east of UTC */
    bool zoned;     /* the text itself named the zone */
    bool ambiguous; /* nothing told which of two numbers is the day */
    enum date_precision precision;
};

/* The order of day and month in numbers that do not tell it themselves: "11/12", "4.2.2026". */
enum date_order {
    DATE_ORDER_OPEN, /* nobody knows: '/' means that the month comes first, else the day does */
    DATE_DAY_FIRST,
    DATE_MONTH_FIRST,
    /* as in Chinese, Japanese, Korean: of "26.11.20" and "11.20"; where the year is last, open */
    DATE_YEAR_FIRST,
};

/* How a document writes its dates: what one date alone does not tell. */
struct date_style {
    int offset; /* minutes east of UTC, of dates without zone */
    /* an identifier of the system's tables, where it changes with the seasons; static, or NULL */
    const char *zone;
    bool zoned; /* somebody has said the zone; else it is UTC for want of another */
    enum date_order order;
    uint16_t language; /* date_language() of its words, 0: unknown */
    uint16_t home;     /* the language of its country, 0: unknown */
};

/* A style of which nothing is known but the zone. */
#define DATE_AT(minutes) (&(const struct date_style){.offset = (minutes), .zoned = true})
