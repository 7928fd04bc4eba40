/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the roles of reader/outside.c share; for these files alone. */
#pragma once

#include "reader/outside.h"

/* All that comes, to its end or the limit. */
GByteArray *outside_read(int fd, gsize most);

/* In a role: what came of it; text: what was made, or NULL.  An exit status. */
int outside_answer(int fd, const GError *error, const char *text);

/* The role that runs programs of watches (reader/outside-hook.c), and what it does. */
int outside_be_hook(const GPtrArray *arguments, const int *fds, guint count, gpointer data);
struct problem *outside_hook_run(const struct context *context, const struct watch_rule *rule,
                                 enum outside_hook kind, gint64 hits, const void *bytes,
                                 gsize length);
