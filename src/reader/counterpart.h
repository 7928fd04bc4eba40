/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article in another language: the article itself where the store has it, else the
 * edition's section in which it would stand, else the address that its page names.
 */
#pragma once

#include "store/listing.h"

struct counterpart {
    char *language;         /* BCP 47 */
    int64_t article;        /* 0: not in the store */
    struct source *section; /* owned: of that edition, the same section if there is one; or NULL */
    char *url;              /* that the page names, or NULL */
};

void counterpart_free(struct counterpart *counterpart);
DEFINE_AUTO_FREE(counterpart, counterpart_free)

/* In that language; NULL when nothing is known of such an edition. */
struct counterpart *counterpart_find(struct store *store, const struct article_row *row,
                                     const char *language);

/*
 * The languages of a row's other editions in the store, the most wanted first (language_rank());
 * owned strings, NULL-terminated.
 */
char **counterpart_languages(const struct article_row *row, const char *wanted);

/*
 * The next language in the order of their codes, those whose article is in the store first; NULL if
 * there is none.
 */
struct counterpart *counterpart_next(struct store *store, const struct article_row *row);
