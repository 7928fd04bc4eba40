/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a feed says that it may be asked, as a value. */
#pragma once

#include <glib.h>
#include <stdint.h>

/* RSS 2.0: ttl, skipHours, skipDays; in UTC. */
struct schedule_hints {
    int64_t ttl;   /* minutes, or -1 */
    guint32 hours; /* bit n: not in hour n */
    guint8 days;   /* bit n: not on day n, 0 is Sunday */
};
