/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was answered to the reader's questions, in a file for the next session: a line is the kind
 * of the question, a tab, the answer.  Only the user may read it, and no answer with a secret is
 * ever in it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* An answer that is longer than that is not kept. */
#define HISTORY_MAX_ANSWER 1000

/* Whether an answer may be kept: it is one line, and shows no secret (config/command.h). */
bool history_may_keep(const char *answer);

/* The answers to a kind of question, the oldest first; owned char *, at most so many. */
GPtrArray *history_read(const char *path, const char *kind, guint most);

/*
 * Adds lines ("KIND\tANSWER", borrowed char *) behind what is there, of each kind no answer twice
 * and at most so many; what other readers have added meanwhile stays.
 */
bool history_add(const char *path, const GPtrArray *lines, guint most, GError **error);
