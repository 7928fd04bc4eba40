/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in the text of a page and says nothing of its own: counters, bars to share it by,
 * lists of what is related.  It comes and goes by itself, and that is no change of an article.
 */
#pragma once

#include "document/document.h"

/* Whether a line is nothing but a counter or a bar to share it by. */
bool furniture_is_line(const char *line);

/*
 * How many blocks from `from` on are a list of what is related: its heading and blocks that hold
 * nothing but links; 0 when none begins there.
 */
guint furniture_related(const struct document *document, guint from);
