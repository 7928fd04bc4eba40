/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program that is told something on its standard input, and what became of it.  It is started by
 * argv, leads a process group of its own, and has a time; what it prints goes to standard error.
 */
#pragma once

#include "base/problem.h"

#include <glib.h>

struct hook {
    char **argv; /* borrowed; the first is a path or a name */
    /* where a name is looked for that is not in PATH: NULL-terminated folders, or NULL */
    const char *const *folders;
    const char *name; /* of the watch: CRIER_WATCH in its environment */
    gint64 count;     /* of hits: CRIER_WATCH_COUNT */
    int seconds;      /* that it has; then its group gets SIGTERM, and SIGKILL after HOOK_GRACE */
};

#define HOOK_GRACE 2 /* seconds */

/*
 * Runs it and waits; not behind a fence.  What went wrong, PROBLEM_HOOK_…, owned; NULL: it ended
 * with 0, however much of its input it has read.
 */
struct problem *hook_run(const struct hook *hook, const void *bytes, gsize length);
