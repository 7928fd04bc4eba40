/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the newest texts of articles say beside what is searched for: the dates that bind in them
 * and when their events begin and end (the table `agenda`, text/agenda.h), and the numbers of
 * documents that are theirs or that they cite (`citations`, text/citation.h).  Reading follows the
 * search index: an article is read when the index takes it; what was there before, or was read by
 * other rules, is read when nothing else waits, the newest first.
 */
#pragma once

#include "store/store.h"

/* Has the index take an article with its terms, which are its own from now on. */
typedef bool (*reading_index)(struct store *store, int64_t article, char *terms, GError **error);

/* Reads the articles that wait for the index, at most `limit`, in the caller's transaction. */
bool reading_follow(struct store *store, int limit, reading_index index, GError **error);

/* Reads an article again, in the caller's transaction; index: or NULL. */
bool reading_again(struct store *store, int64_t article, reading_index index, GError **error);

/* What was read of an article is of a text that it no longer has. */
bool reading_forget(struct store *store, int64_t article, GError **error);

/* Reads at most `limit` of the articles that were there before, in the caller's transaction. */
bool reading_catch_up(struct store *store, int limit, GError **error);
/* Whether all have been read by the rules of this version. */
bool reading_is_complete(struct store *store);
