/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The role that runs the program of a watch, or the one that sends mail; for reader/outside.c.  It
 * is told the watch's name and looks the program up itself, so that what stands behind the fence
 * cannot name another.
 */
#pragma once

#include "base/problem.h"
#include "config/context.h"
#include "config/watches.h"

enum outside_hook { OUTSIDE_EXEC, OUTSIDE_MAIL };

/* arguments: name, kind, how many hits; fds: what is told, the answer; data: the context. */
int outside_be_hook(const GPtrArray *arguments, const int *fds, guint count, gpointer data);

/* What it does: a problem of the program, owned, or NULL. */
struct problem *outside_hook_run(const struct context *context, const struct watch_rule *rule,
                                 enum outside_hook kind, gint64 hits, const void *bytes,
                                 gsize length);
