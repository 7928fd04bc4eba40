/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article for who listens: what the looks of its lines say to the eyes, said in words.  A
 * heading, an item and its place in its list, a quotation and where it ends, text that was set in
 * columns, what was struck out or inserted.  Words stand before the text, as screen readers have
 * them, and are the fewest that leave no doubt.
 */
#pragma once

#include "document/layout.h"

struct spoken;

/* document: borrowed, for as long. */
struct spoken *spoken_new(const struct document *document);
void spoken_free(struct spoken *spoken);
DEFINE_AUTO_FREE(spoken, spoken_free)

/*
 * A line in words, newly allocated; of a layout without breaks, line after line.  The first block
 * of the layout is that of the document with the number `from`.
 */
char *spoken_line(struct spoken *spoken, const struct layout_line *line, guint from);
