/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a source is fetched again: RFC 9111 freshness, the interval that the user set, and a
 * growing pause after failures.  Pure.
 */
#pragma once

#include "parse/schedule.h"
#include "transfer/exchange.h"

#include <stdint.h>

/*
 * "TTL HOURS DAYS", as the store keeps it for the times when nothing has changed; NULL when there
 * is nothing to keep.
 */
char *schedule_hints_format(const struct schedule_hints *hints);
struct schedule_hints schedule_hints_parse(const char *text); /* NULL: none */

/*
 * The longest time, in seconds, for which what follows here puts a fetch off: what is due later was
 * made so by a wrong clock.
 */
int64_t policy_longest(int interval, const struct schedule_hints *hints);

/*
 * Whether a source is due for which next_due was stored.  From three quarters of the interval on it
 * is, unless its feed wants no request in this hour: a timer that runs as often as the interval is
 * never a moment too early.
 */
bool policy_is_due(int64_t next_due, int interval, const struct schedule_hints *hints, int64_t now);

/* The next fetch after a success, out of the hours and days to skip unless they are all. */
int64_t policy_next_success(const struct response *response, int interval,
                            const struct schedule_hints *hints, int64_t now);

/* What the failures of a source since its last success have come to. */
struct failing {
    int failures; /* 0: none */
    int64_t next_due;
};

/*
 * The same after one more failure.  One before the source was due, as of fetches by hand in a row,
 * leaves both as they are: only who has waited in vain waits longer.  retry_after: before which the
 * server wants no request, or 0; this is kept in any case.  seed: of the source, so that those that
 * failed together do not come back together; up to a quarter later.
 */
struct failing policy_failed(const struct failing *before, int interval,
                             const struct schedule_hints *hints, int64_t retry_after, guint seed,
                             int64_t now);
