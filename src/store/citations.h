/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles that are linked by the numbers of documents (store/reading.h finds these). */
#pragma once

#include "store/store.h"

struct cited {
    char *number;    /* owned: as the text has it; of what cites it, as that has it */
    bool own;        /* the number is the article's own: `article` cites it */
    int64_t article; /* the other article; 0: none in the store is or has it */
    char *title;     /* owned: of that; or NULL */
};

/* Owned array of owned struct cited: its own numbers and who cites them, then what it cites. */
GPtrArray *citations_of(struct store *store, int64_t article, GError **error);

/* Whether anything in the store is related to an article. */
bool citations_has_related(struct store *store, int64_t article);
