/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of many patterns a text need be asked for: of each regular expression the words are known
 * without one of which it cannot match, and all of them are looked for at once.  Nearly all
 * sentences have the words of a few patterns only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct cues;

struct cues *cues_new(void);

/*
 * Adds a pattern by its number.  It is matched without case, and its letters are those of a
 * regular expression in which [её] is one letter; … ‥ @ and ~ stand for anything.
 */
void cues_add(struct cues *cues, guint number, const char *pattern);

/* Sets found[number] of the patterns that may match; the others are left as they are. */
void cues_find(const struct cues *cues, const char *text, bool *found);
