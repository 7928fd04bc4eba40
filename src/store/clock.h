/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a wrong clock has left in the store, and what it may not do to it.  The store remembers when
 * it was last fetched into; a clock that says something much earlier now is wrong, or was.  The
 * dates of the articles tell which: portals set them by clocks of their own.
 */
#pragma once

#include "store/store.h"

/*
 * Before a fetch: mends times that cannot be, and lets everything come anew that may have been
 * judged by a wrong clock.  *now is what the clock says; where the articles say that this one is
 * behind, it becomes the time of the last fetch and what has gone by since.  Remembers it.
 * *jumped: when the clock went back, or on by more than a month, last; 0: never. A source that was
 * fetched before that is read anew, as deep as a new one.
 */
bool store_clock_mend(struct store *store, int64_t *now, int64_t *jumped, GError **error);

/*
 * The latest moment that has come for certain: what is old by it may be ended.  `now`; but two days
 * after the newest date of an article, if that is earlier, while the clock has gone on by days at
 * once within two days, or there was no article for half a year; 0 if it is not set.
 */
int64_t store_clock_certain(struct store *store, int64_t now);
