/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a helper is (parse/helper.h): roles of the starter.  fds: its end of a channel.  Each fences
 * itself before it is told anything foreign, and ends when the other end is closed.
 */
#pragma once

#include "fence/starter.h"

#include <stdint.h>

/*
 * Seconds of the processor that a page may take: the slowest of 4000 real ones took 0.9, and a slow
 * machine needs five times as long as the one on which they were read.
 */
#define HELPER_PAGE_TIME 10
/* The same, or what CRIER_TEST_PARSE_SECONDS says, so that tests need not wait. */
int64_t helper_page_time(void);

#define HELPER_NO_MEMORY 71 /* the exit status of one that needed more memory than it may have */

/* Parses pages: no file but zones and converters of charsets, no network, one thread. */
int helper_be_parser(const GPtrArray *arguments, const int *fds, guint count, gpointer data);

/* Reads attachments with programs, in a folder that is removed after it. */
int helper_be_converter(const GPtrArray *arguments, const int *fds, guint count, gpointer data);
