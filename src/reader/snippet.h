/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of a hit beside its title. */
#pragma once

#include "store/query.h"

/*
 * A line of about that many characters of the article's text around the first of the words that the
 * query searches for, newly allocated; NULL when it searches for none or there is no text.
 */
char *snippet_of(struct store *store, int64_t article, const struct query *query, guint characters);
