/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which articles are the same one in several languages: `edition_group` of articles, the least
 * number of those that belong together, or NULL.  They are found by what their pages name as their
 * editions (the table `editions`) and by their addresses.  A page that names another is believed
 * unless that one names a different article in its language, or several name it: portals have
 * templates that name the same few pages on all.  A group has one article of a language.  Where
 * several have the address that is named, it is that of the same source, section or portal, in this
 * order, else one whose site the page is on: a feed that only links to it has no part in it.
 * Triggers note in `editions_wait` of which
 * articles anything of this has changed; their groups are found with the slices of the search
 * index.
 */
#pragma once

#include "store/store.h"

/*
 * Finds the groups of at most `limit` of the articles that wait, in the caller's transaction.
 */
bool edition_groups_follow(struct store *store, int limit, GError **error);
bool edition_groups_are_complete(struct store *store);

/*
 * From now on an article that comes to a group is read if another of it is, unless its language is
 * wanted more (language_rank()): who read a notice need not read its translation, but may have
 * waited for it.
 */
void edition_groups_read_all(struct store *store, const char *languages);

/* Whether any article has one. */
bool edition_groups_any(struct store *store);

/*
 * The languages of a group's articles but for one of them and those of deleted ones, "en,ru", newly
 * allocated; NULL: there are no others.
 */
char *edition_groups_languages(struct store *store, int64_t group, const char *own);

/* What people have given to another edition of an article. */
struct edition_copy {
    int64_t article;
    bool starred;
    char **tags; /* owned */
};

/* What the others of a group that are not deleted have, owned struct edition_copy, by number. */
GArray *edition_groups_copies(struct store *store, int64_t group, int64_t article);

/* The other articles of an article's group, owned int64_t by number. */
GArray *edition_groups_others(struct store *store, int64_t article);

/* Of many articles at once, however many they are: numbers are int64_t. */

/* How many they are when a group counts as one article. */
guint edition_groups_count(struct store *store, const GArray *articles);
/* What else is in their groups, owned, by number; unlike: of it what is not read, or is (false). */
GArray *edition_groups_rest(struct store *store, const GArray *articles, const bool *unlike);
