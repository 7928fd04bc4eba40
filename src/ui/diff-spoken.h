/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two texts for who listens: each change in words, without signs. */
#pragma once

#include "store/revisions.h"

/* "was: Text 1, 2025-10-24 09:00" and "now: …", two lines; newly allocated. */
char *diff_spoken_texts(const struct comparison *comparison);

/*
 * "added: …", "removed: …", "changed: …" with what of it is gone and what is new, a cell behind the
 * row that it is in.
 */
void diff_spoken_step(const struct diff *diff, const struct diff_step *step, GString *out);
