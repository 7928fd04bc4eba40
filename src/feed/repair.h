/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that should be XML -> text that libxml2 reads without losing any of it: junk before
 * the root is cut, the declaration and doctype with an internal subset are dropped or
 * kept as libxml2 needs them, bare '&' and stray '<' are escaped, HTML entities are
 * replaced, control characters removed.
 */
#pragma once

#include <glib.h>

/* Newly allocated.  *line of the first repair, 0 when the text needed none. */
char *repair_xml(const char *text, gsize length, gsize *out_length, int *line);
