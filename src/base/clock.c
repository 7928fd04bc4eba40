/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock: the system's, or the one that CRIER_NOW stops for tests. */
#include "config.h"

#include "base/clock.h"
#include "base/number.h"

#include <glib.h>

#define LAST_SECOND 253402300799 /* of the year 9999 */

bool
clock_is_right(void)
{
    const char *fixed = g_getenv("CRIER_NOW");
    gint64 seconds;
    return !fixed || !*fixed || number_parse(fixed, 0, LAST_SECOND, &seconds);
}

int64_t
clock_now(void)
{
    const char *fixed = g_getenv("CRIER_NOW");
    gint64 seconds;
    if (fixed && number_parse(fixed, 0, LAST_SECOND, &seconds))
        return seconds;
    return g_get_real_time() / G_USEC_PER_SEC;
}
