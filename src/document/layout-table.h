/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables in a terminal: drawn with their rows and columns when they fit, with cells
 * wrapped when they nearly do, and as `header: value` records when they do not.
 */
#pragma once

#include "document/layout-lines.h"

void layout_table(struct layout *layout, const struct document *document, const struct block *table,
                  const struct layout_options *options, guint block);
