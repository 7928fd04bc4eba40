/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as a file of its own. */
#pragma once

#include "store/listing.h"

/*
 * A name for the file, from the title: no separators, no dots at its beginning, at most 120 bytes;
 * newly allocated.
 */
char *save_name(const char *title, const char *extension);

/*
 * Writes the article: as Markdown or HTML when the name ends so, else as text.  A file that is
 * there is not touched: G_FILE_ERROR_EXIST.
 */
bool save_article(struct store *store, const struct article_row *row, const char *path,
                  GError **error);
