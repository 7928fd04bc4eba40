/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock: the system's, or the one that CRIER_NOW stops for tests. */
#include "config.h"

#include "base/clock.h"

#include <glib.h>

int64_t
clock_now(void)
{
    const char *fixed = g_getenv("CRIER_NOW");
    if (fixed && *fixed)
        return g_ascii_strtoll(fixed, NULL, 10);
    return g_get_real_time() / G_USEC_PER_SEC;
}
