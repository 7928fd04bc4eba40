/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two documents say the same to a reader.  Pure. */
#pragma once

#include "document/document.h"

/* What else is no change, beside what is below. */
struct compare_rules {
    const GRegex *text; /* of a portal file's Ignore: what it matches in a line; or NULL */
};

/*
 * A text in which what counts itself up, or tells a time from now, is '#': two that are the same
 * then say the same.
 */
char *compare_masked(const char *text);

/* A line without what is to be ignored; newly allocated, without blanks at its ends. */
char *compare_kept(const char *line, const struct compare_rules *ignore);

/* An address without the signatures and time stamps that a server puts into its links. */
char *compare_unsigned_url(const char *url);

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

/* The version of how HTML becomes a document; what is stored names the one that made it. */
#define DOCUMENT_READING "3"
