/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one clock.  Time is int64_t seconds UTC everywhere; CRIER_NOW (seconds UTC in the
 * environment) stops it for tests.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

int64_t clock_now(void);

/* Whether CRIER_NOW, if it is set, is a number of seconds. */
bool clock_is_right(void);
/* 2025-01-01: before there was a crier.  A clock that says an earlier time is not set. */
#define CLOCK_FLOOR 1735689600
