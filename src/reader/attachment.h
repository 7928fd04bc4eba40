/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attachments as people see them: a line about each, why its text is not there, and the copy that
 * is kept, for other programs.
 */
#pragma once

#include "store/entry.h"
#include "store/store.h"

/* "Plan 2026.pdf, pdf, 1.2 MB"; newly allocated. */
char *attachment_label(struct store *store, const struct stored_attachment *attachment);

/* Why it or its text is not there, and what can be done; NULL when nothing is amiss. */
char *attachment_trouble(struct store *store, const struct stored_attachment *attachment);

/* Whether its bytes are in the store. */
bool attachment_is_kept(struct store *store, const char *url);

/*
 * Writes the bytes that are kept to a file.  One that is there is not touched: G_FILE_ERROR_EXIST.
 */
bool attachment_save(struct store *store, const char *url, const char *path, GError **error);

/*
 * A copy of it in a new folder for temporary files, which only the user may enter; its name ends as
 * its format does, whatever the portal called it.  It stays for the program that opens it.
 */
char *attachment_copy(struct store *store, const char *url, GError **error);
