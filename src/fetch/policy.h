/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a source is fetched again: RFC 9111 freshness, Retry-After (RFC 9110 §10.2.3), the
 * interval that the user set, and a growing pause after failures.  Pure.
 */
#pragma once

#include "fetch/http.h"

#include <stdint.h>

/* Seconds for which Cache-Control or Expires call the response fresh; 0 if they do not. */
int64_t policy_freshness(const struct response *response, int64_t now);

/* The moment that Retry-After names, or 0; at most a week ahead. */
int64_t policy_retry_after(const struct response *response, int64_t now);

/* The next fetch after a success; ttl in minutes or -1. */
int64_t policy_next_success(const struct response *response, int interval, int64_t ttl, int64_t now);

/* The next fetch after the failure number `failures` (from 1). */
int64_t policy_next_failure(int interval, int failures, int64_t retry_after, int64_t now);
