/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions in few cells.  Their words stay; what they name, a file or a source, is cut in its
 * middle, so that its end, and what kind of file it is, is seen.
 */
#pragma once

/* `quoted` is the part of it that may be cut, or NULL.  NULL: the words have no room so. */
char *question_fit(const char *question, const char *quoted, int cells);

/* The same for a paragraph of so many lines at most. */
char *question_fit_lines(const char *question, const char *quoted, int cells, int lines);
