/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that write articles share: dates and evidence as parameters; titles. */
#pragma once

#include "store/articles.h"
#include "store/db.h"

/* Binds evidence and digest of stored bytes to two parameters (raw.c). */
void raw_bind_evidence(sqlite3_stmt *s, int index, const struct raw_packed *packed);
/* Binds the time of a date; it stays NULL where there is none. */
void article_bind_time(sqlite3_stmt *s, int index, const struct date *date);
/* Binds a date to three parameters: time, offset, precision. */
void article_bind_date(sqlite3_stmt *s, int index, const struct date *date);

/*
 * Before an article gets this title (NULL: it keeps its own): whether it is another one, the index
 * has to let it go.  False and an error of the store.
 */
bool article_before_title(struct store *store, int64_t article, const char *title, GError **error);
