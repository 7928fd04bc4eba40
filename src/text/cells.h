/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text in terminal cells.  Widths come from wcwidth(3) alone, because curses places by
 * it; grapheme clusters (UAX #29) and line breaks (UAX #14) from libunistring.  Call
 * setlocale first.  All strings are clean UTF-8.
 */
#pragma once

#include <glib.h>

/* The cells that one character takes: 0, 1 or 2; a character that cannot be shown, 1. */
int cells_of_char(gunichar c);

/* The length in bytes of the grapheme cluster at p (0 at the end), and its cells. */
gsize cells_next_cluster(const char *p, int *cells);

/* The cells that text takes. */
int cells_width(const char *text, gssize length);

/* The bytes of the longest prefix, in whole clusters, that fits into `cells`. */
gsize cells_fit(const char *text, gsize length, int cells, int *used);

/* A copy cut to `cells`, the last of them `ellipsis` ("…") when something was cut. */
char *cells_ellipsize(const char *text, int cells, const char *ellipsis);

/*
 * Where the next line of text[from, length) ends for a width in cells.  Returns the end
 * of what is shown; *next is where the line after it starts.  Breaks by UAX #14: no line
 * starts with "，" or ends with "《"; a word that does not fit is cut at a cluster.  `breaks`
 * is what cells_breaks() gave for the whole text.
 */
gsize cells_line(const char *text, gsize length, gsize from, const char *breaks, int cells,
                 gsize *next);

/*
 * The line-breaking opportunities of text, one byte for each byte; newly allocated.  The same with
 * every version of libunistring; addresses and paths end a line after a slash only.
 */
char *cells_breaks(const char *text, gsize length);
