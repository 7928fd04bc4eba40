/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as headers of answers state them (RFC 9110, 5.6.7 and 10.2.3).  Pure. */
#pragma once

#include <stdint.h>

/* Seconds UTC of a date; 0 for NULL, -1 for what is none. */
int64_t header_time(const char *value);

/*
 * The moment that a Retry-After names, at most a week ahead; 0 for NULL and for what has passed, -1
 * for what is none.
 */
int64_t header_retry_after(const char *value, int64_t now);
