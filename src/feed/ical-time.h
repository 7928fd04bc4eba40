/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When something of a calendar takes place: zones by name and by definition (RFC 5545 §3.6.5),
 * and what recurs (§3.8.5).  Inside this room only.
 */
#pragma once

#include <libical/ical.h>

#include "text/date.h"

/* The zones of one calendar. */
struct ical_zones;

/*
 * default_offset: minutes east, of times that name no zone, unless the calendar has one of its own.
 */
struct ical_zones *ical_zones_new(int default_offset);
void ical_zones_free(struct ical_zones *zones);

/* Adds what a VTIMEZONE defines; takes it. */
void ical_zones_add(struct ical_zones *zones, icalcomponent *definition);
/* The zone of times that name none, by its name. */
void ical_zones_set_default(struct ical_zones *zones, const char *name);

/*
 * The moment of a time in the zone that is named, which may be NULL; a date is a day (DATE_DAY).
 * None where it is no time.
 */
struct date ical_moment(struct ical_zones *zones, struct icaltimetype time, const char *zone);

/* How long something lasts, whatever its clocks say. */
struct ical_span {
    struct icaltimetype start; /* as it is written */
    const char *zone;          /* borrowed, or NULL */
    int64_t length;            /* seconds */
};

/*
 * When the first of the occurrences begins that is not over at `now`, else the last one that was
 * found, as it would be written.  skip: whether an occurrence does not take place.
 */
struct icaltimetype ical_next(struct ical_zones *zones, icalcomponent *event,
                              const struct ical_span *span, int64_t now,
                              bool (*skip)(struct icaltimetype start, gconstpointer data),
                              gconstpointer data);
