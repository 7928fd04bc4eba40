/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of an iCalendar stream (RFC 5545 §3.1) and the components that they make, before
 * libical sees any: one component is handed to it at a time, of bounded size and depth.  Inside
 * this room only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Where a calendar begins in bytes, behind a byte order mark and junk; NULL: it is none. */
const char *ical_begin(const char *bytes, gsize length);

/*
 * The bytes with folded lines joined, newly allocated: before they are decoded, because lines are
 * folded within characters too.  Each line ends with "\n"; there are no empty ones.
 */
char *ical_unfold(const char *bytes, gsize length, gsize *out_length);

/* A component of the calendar. */
struct ical_part {
    char *name;    /* owned, upper case: "VEVENT" */
    GString *text; /* owned: its lines, from BEGIN to END, without the components in it */
    int line;      /* where it begins, counted in unfolded lines */
    /* a line in it was none, and was taken for what follows from the line before */
    bool repaired;
    bool cut; /* it is too large: not all of it is there */
};

struct ical_parts {
    GString *head;    /* the calendar's own properties, as a component without others */
    GPtrArray *parts; /* owned struct ical_part * */
    bool truncated;   /* the end is missing */
    bool cut;         /* there are more components than are read */
};

/* Splits unfolded text, which is valid UTF-8. */
struct ical_parts *ical_split(const char *text, gsize length);
void ical_parts_free(struct ical_parts *parts);

/* The value of the first line of that name as it is written, newly allocated; or NULL. */
char *ical_raw_value(const struct ical_part *part, const char *name);
