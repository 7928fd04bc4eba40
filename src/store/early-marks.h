/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Marks that are there before their articles: somebody who moves in from another reader has read
 * what the first fetch is still to bring.  Each waits until its article is stored, which gets it,
 * or until it is unlikely to come any more.
 */
#pragma once

#include "config/mark-line.h"
#include "store/store.h"

/* Whether there is room for them: a store that others write has none for its readers'. */
bool early_marks_are_kept(const struct store *store);

/*
 * Has the marks of an article that is not there wait; dry: only looks.  *fresh: they did not yet.
 */
bool early_marks_add(struct store *store, const struct mark_line *line, int64_t now, bool dry,
                     bool *fresh, GError **error);

/*
 * Gives a new article what waits for it, which then waits no more.  id, link: that its source gave,
 * or NULL.  Within the caller's transaction.
 */
bool early_marks_take(struct store *store, int64_t source, int64_t article, const char *id,
                      const char *link, GError **error);

/* Ends what has waited too long. */
bool early_marks_forget(struct store *store, int64_t now, GError **error);
