/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text in terminal cells.  Widths come from wcwidth(3), because curses places by it, and from
 * cells_set_ambiguous(); grapheme clusters (UAX #29) and line breaks (UAX #14) from libunistring.
 * Call setlocale first.  All strings are clean UTF-8; others are read as if of U+FFFD, never past
 * their end.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Tells whether the terminal gives characters of ambiguous width (UAX #11) two cells.  Until it is
 * called they take one.
 */
void cells_set_ambiguous(bool wide);

/* The cells that one character takes: 0, 1 or 2; a character that cannot be shown, 1. */
int cells_of_char(gunichar c);

/*
 * The length in bytes of the grapheme cluster at p (0 at the end), and its cells: those of all
 * its characters, as curses and terminals place them one beside the other (Thai ำ, the vowels of
 * Indic scripts, ｶﾞ), but for pictographs that are folded into the first.
 */
gsize cells_next_cluster(const char *p, int *cells);

#define CELL_MARKS 4  /* beside the character itself: what curses keeps (CCHARW_MAX) */
#define CELL_TEXT  32 /* bytes for these, and the NUL */

/*
 * What the first cell (or two) of a cluster shows: a character that takes room and what stands
 * upon it; marks without such a one stand upon a blank.  Returns how many of the length bytes at p
 * it comes from; text: empty when there is nothing to show, and *cells is 0 then.
 */
gsize cells_split(const char *p, gsize length, int *cells, char text[CELL_TEXT]);

/* The cells that text takes. */
int cells_width(const char *text, gssize length);

/* The bytes of the longest prefix, in whole clusters, that fits into `cells`. */
gsize cells_fit(const char *text, gsize length, int cells, int *used);

/* A copy cut to `cells`, the last of them `ellipsis` ("…") when something was cut. */
char *cells_ellipsize(const char *text, int cells, const char *ellipsis);
/* The same with the middle left out, for texts that differ at their ends. */
char *cells_cut_middle(const char *text, int cells, const char *ellipsis);

/*
 * Where the next line of text[from, length) ends for a width in cells.  Returns the end
 * of what is shown; *next is where the line after it starts.  Breaks by UAX #14: no line
 * starts with "，" or ends with "《"; a word that does not fit is cut at a cluster, but not
 * within the number of a link, "[12]".  `breaks` is what cells_breaks() gave for the whole text.
 */
gsize cells_line(const char *text, gsize length, gsize from, const char *breaks, int cells,
                 gsize *next);

/*
 * The line-breaking opportunities of text, one byte for each byte; newly allocated.  The same with
 * every version of libunistring; addresses and paths end a line after a slash only.
 */
char *cells_breaks(const char *text, gsize length);
