/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists of what words find: by date, or articles with them in the title first and then the others,
 * each by date.
 * They are found as far as they are looked at, since a common word may stand in a third of all
 * articles, and remembered until the store changes.
 */
#pragma once

#include "store/listing.h"

/*
 * Whether a listing is a search for words and nothing else, by date or relevance, and the index is
 * complete, so that it can answer.
 */
bool listing_is_of_words(struct store *store, const struct listing *listing);

/* Owned struct article_row *; limit -1 is no limit. */
GPtrArray *listing_words_rows(struct store *store, const struct listing *listing, int64_t offset,
                              int64_t limit, GError **error);
/* As listing_rows_beside(). */
GPtrArray *listing_words_beside(struct store *store, const struct listing *listing,
                                const struct article_row *row, bool before, int64_t limit,
                                GError **error);

/*
 * How many articles that are not deleted have the words of a query; when that takes long, counting
 * ends at `limit`, and *more tells whether there may be more.  -1 on error.
 */
int64_t listing_words_count(struct store *store, const struct listing *listing, int64_t limit,
                            bool *more, GError **error);
