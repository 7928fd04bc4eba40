/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones of dates.  Inside this room only. */
#pragma once

#include "text/date-tokens.h"

/* The moment that a zone is asked about, as its clocks show it. */
struct date_local {
    int year, month, day, hour, minute, second;
};

/* One meaning of a zone's name; those of one name stand in a row that ends with name NULL. */
struct date_zone_meaning {
    const char *name;
    int minutes; /* east */
};

/*
 * Takes a zone at *at: an offset, a name, both, or a place; *minutes are east of UTC.  *meanings:
 * all that the name means where it means several, *minutes being the usual one; else NULL.
 */
bool date_zone(const struct token **at, const struct date_local *local, int *minutes,
               const struct date_zone_meaning **meanings);
