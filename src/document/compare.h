/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two documents say the same to a reader.  Pure. */
#pragma once

#include "document/document.h"

/*
 * Whether text, links and pictures are the same, but for what changes by itself with each visit:
 * counts of views, comments and the like, times that are told from now ("5 minutes ago"),
 * signatures and time stamps in links.
 */
bool document_says_the_same(const struct document *a, const struct document *b);

/*
 * Whether both have the same letters and digits in the same order: two readings of one page by two
 * versions of crier.
 */
bool document_has_the_same_words(const struct document *a, const struct document *b);

/*
 * How many paragraphs (items, rows of tables …) of the new text are not in the old one, and the
 * other way round; one that only counts something else is the same.
 */
void document_count_changes(const struct document *old, const struct document *new, guint *added,
                            guint *removed);

/* The version of how HTML becomes a document; what is stored names the one that made it. */
#define DOCUMENT_READING "2"
