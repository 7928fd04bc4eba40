/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a wrong clock has left in the store.  The store remembers when it was last fetched into; a
 * clock that says something much earlier now, or that was not set then, was wrong.
 */
#pragma once

#include "store/store.h"

/*
 * Before a fetch: mends times that cannot be, and lets everything come anew that may have been
 * judged by a wrong clock.  Remembers `now`.  *jumped: when the clock went back, or on by more than
 * a month, last; 0: never. A source that was fetched before that is read anew, as deep as a new
 * one.
 */
bool store_clock_mend(struct store *store, int64_t now, int64_t *jumped, GError **error);

/* Whether what the store holds agrees with a clock: then what is old by it may be ended. */
bool store_clock_is_trusted(struct store *store, int64_t now);
