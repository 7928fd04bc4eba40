/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the roles of reader/outside.c answer, for them alone; and the errors of starting a program,
 * which are among the answers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define CHILD_ERROR child_error_quark()
GQuark child_error_quark(void);
enum child_error { CHILD_ERROR_START, CHILD_ERROR_ENDED };

#define OUTSIDE_ANSWER (1 << 20) /* bytes of an answer */

/* All that comes, to its end or the limit. */
GByteArray *outside_read(int fd, gsize most);

/* In a role: what came of it; text: what was made, or NULL.  An exit status. */
int outside_answer(int fd, const GError *error, const char *text);

/* Reads that: what was made goes to *text, newly allocated, where that is not NULL. */
bool outside_take_answer(const GByteArray *bytes, char **text, GError **error);
