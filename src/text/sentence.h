/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prose cut into sentences, well enough to show one as evidence: lines end them, and so do full
 * stops of all scripts, but not those of abbreviations and numbers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The end of the sentence that begins at text: behind its stop; the end of text at the latest. */
const char *sentence_end(const char *text);
