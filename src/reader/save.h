/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article, or an attachment that is kept, as a file of its own. */
#pragma once

#include "store/listing.h"

/*
 * A name for the file, from the title: no separators, no dots at its beginning, at most 120 bytes;
 * newly allocated.
 */
char *save_name(const char *title, const char *extension);

/* The same of a file, by its address. */
char *save_name_of_file(const char *url);

enum save_format { SAVE_TEXT, SAVE_MARKDOWN, SAVE_HTML };
/* By the end of a file's name. */
enum save_format save_format_of(const char *path);

/* The article in one of these; newly allocated; NULL and error when its text is not there. */
char *save_render(struct store *store, const struct article_row *row, enum save_format format,
                  GError **error);

/*
 * Writes the article: as Markdown or HTML when the name ends so, else as text.  A file that is
 * there is not touched: G_FILE_ERROR_EXIST.
 */
bool save_article(struct store *store, const struct article_row *row, const char *path,
                  GError **error);

/*
 * Writes the bytes that are kept to a file.  One that is there is not touched: G_FILE_ERROR_EXIST.
 */
bool save_attachment(struct store *store, const char *url, const char *path, GError **error);

/*
 * A copy of it in a new folder for temporary files, which only the user may enter; its name ends as
 * its format does, whatever the portal called it.  It stays for the program that opens it.
 */
char *save_attachment_copy(struct store *store, const char *url, GError **error);
