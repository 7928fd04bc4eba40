/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier status` between its files: what is told of a source, and of all of them, to monitors. */
#pragma once

#include "store/health.h"

struct status_row {
    const struct source *source; /* borrowed */
    struct source_health health;
    struct source_changes changes; /* what it has done to its articles */
};

/*
 * Whether the certificate of its server is about to expire: programs that renew certificates do so
 * a month before, so that none has as little left when all is well.
 */
bool status_is_expiring(const struct source *source, int64_t now);

/*
 * The text exposition format 0.0.4 of Prometheus, on standard output.  rows: struct status_row *;
 * lines: how many lines of `urls` cannot be used.
 */
void status_print_prometheus(const GPtrArray *rows, guint lines, struct store *store, int64_t now);

/*
 * One line as plugins of Nagios and Icinga print it; what the process ends with, in their words.
 */
enum nagios_status { NAGIOS_OK, NAGIOS_WARNING, NAGIOS_CRITICAL, NAGIOS_UNKNOWN };
enum nagios_status status_print_nagios(const GPtrArray *rows, guint lines, int64_t now);

/* The line of a check that could not be made. */
enum nagios_status status_print_unknown(const char *why);
