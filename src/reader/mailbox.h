/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles as mail, for programs that read mail: a message each, the same at any time. */
#pragma once

#include "store/listing.h"

/* NULL and error when the article cannot be read. */
char *mailbox_message(struct store *store, const struct article_row *row, GError **error);

/* The line that begins it in an mbox (RFC 4155), with its end. */
char *mailbox_separator(const struct article_row *row);

/* The name of its file in a maildir, without flags: another one when its text has changed. */
char *mailbox_name(const struct article_row *row);
