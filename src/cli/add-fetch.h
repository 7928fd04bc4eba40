/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching what `crier add` has subscribed to. */
#pragma once

#include "config/context.h"

/*
 * Fetches sources by their names (owned char *), after another fetch that runs, and says on
 * standard error what failed; *added gets how many articles are new.  An exit status.
 */
int add_fetch(const struct context *context, const GPtrArray *names, guint *added);
