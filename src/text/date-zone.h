/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones of dates.  Inside this room only. */
#pragma once

#include "text/date-tokens.h"

/* The moment that a zone is asked about, as its clocks show it. */
struct date_local {
    int year, month, day, hour, minute, second;
};

/* Takes a zone at *at: an offset, a name, both, or a place; *minutes are east of UTC. */
bool date_zone(const struct token **at, const struct date_local *local, int *minutes);
