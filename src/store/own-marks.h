/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Marks of one reader of a store that many read: in a file of his own, beside which the store is
 * read and never written.  Read, starred, deleted, tags, places and cursors are all his; counters
 * and the list of what is unread follow from them.
 *
 * The file is attached, and views of this connection stand before the tables of the store that hold
 * such things, so that every statement reads the reader's by their usual names; only what writes
 * marks and cursors knows of them.
 *
 * A mark is of an article's number, and remembers the address of its source and its key: when the
 * store comes back from an older copy, numbers are given out anew, and marks follow their articles.
 */
#pragma once

#include "config/context.h"
#include "store/marks.h"
#include "store/store.h"

/* Whether marks are kept beside the store: by the setting, else by whose store it is. */
bool own_marks_wanted(const struct context *context);

/*
 * Attaches the file, which is made if it is not there, to a store that was opened to be read;
 * now: Unix time.
 */
bool own_marks_attach(struct store *store, const char *path, int64_t now, GError **error);

/*
 * Brings the marks into step with what has become of the articles.  To be called when the store has
 * changed; it does nothing for one without marks of a reader's own.
 */
bool own_marks_follow(struct store *store, int64_t now, GError **error);

/* For marks_apply(): one change, within a transaction. */
bool own_marks_put(struct store *store, const struct mark_change *change, GError **error);
