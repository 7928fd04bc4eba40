/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which blocks of a document say what those of its translation say.  By length, as Gale and Church
 * align sentences ("A Program for Aligning Sentences in Bilingual Corpora", 1993): what is long in
 * one language is long in the other.  Kinds of blocks and the numbers that stand in them add to
 * it.
 */
#pragma once

#include "document/document.h"

/* Blocks of each of the two documents that belong together; none of one of them: it has nothing. */
struct parallel_pair {
    guint from[2], count[2];
};

/* Owned struct parallel_pair, in order; all blocks of both documents are in one. */
GArray *parallel_align(const struct document *one, const struct document *other);
