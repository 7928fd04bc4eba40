/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones of dates.  But for the two that load them, inside this room only. */
#pragma once

#include "text/date-tokens.h"
#include "text/date-type.h"

/* The moment that a zone is asked about, as its clocks show it. */
struct date_local {
    int year, month, day, hour, minute, second;
};

/* A zone of the system's tables, kept for good; NULL when they have none of this name. */
GTimeZone *date_zone_named(const char *identifier);

/*
 * Loads all zones of the system, as its table names them (tzdata.zi, zic(8)), for a process that
 * will not be able to open files: g_time_zone_new_identifier() finds them from then on.
 */
void date_zone_keep_all(void);

/* Minutes east of UTC of a style, at a moment (seconds UTC), and at one that is read. */
int date_style_offset(const struct date_style *style, int64_t time);
int date_style_local_offset(const struct date_style *style, const struct date_local *local);

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
