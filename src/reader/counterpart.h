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
 * The first source of each edition of a portal, among the active sources, none of no portal: the
 * order in which its languages stand wherever they are named; borrowed.
 */
GPtrArray *counterpart_editions(const GPtrArray *sources, const char *portal);

/* What articles_editions() has of an article, in that order. */
GPtrArray *counterpart_stored(struct store *store, const struct article_row *row);

/*
 * The languages of a row's other editions in the store, in that order, of all active sources; owned
 * strings, NULL-terminated.
 */
char **counterpart_languages(const struct article_row *row, const GPtrArray *sources);

/*
 * The language behind `after`, or behind the article's own (NULL), in that order, round the end:
 * first those whose article is in the store, then those of which there is a section, then those of
 * which an address is known.  NULL if there is no other.
 */
struct counterpart *counterpart_next(struct store *store, const struct article_row *row,
                                     const char *after);
