/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an article is known by outside of this store: what others are told of it, and how it is
 * found again by what they tell.
 */
#pragma once

#include "store/store.h"

struct article_origin {
    char *source;      /* the URL of its source, with its login if it has one */
    char *id;          /* that its source gave, or NULL */
    char *key;         /* by which it is known among those of its source */
    int64_t revised;   /* when its newest text was seen; 0: it has none */
    int64_t withdrawn; /* when its page was found gone, or 0 */
};

bool exchange_origin(struct store *store, int64_t article, struct article_origin *origin,
                     GError **error);
void article_origin_clear(struct article_origin *origin);
DEFINE_AUTO_CLEAR(article_origin, article_origin_clear)

/*
 * The number of the article that a source calls by this id, else of the one with that link, under
 * the source or else anywhere; 0 for none.  All may be NULL.
 */
int64_t exchange_find(struct store *store, const char *source, const char *id, const char *link);
