/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A listing as SQL, for listing.c (windows) and listing-count.c (how many, and where): its
 * condition and order over `a` (articles), `s` (sources) and `m` (marks), and the rows that come out.
 */
#pragma once

#include "store/db.h"
#include "store/listing.h"

#define ROW_COLUMNS                                                                                          \
    "a.id, a.source, a.title, a.link, a.author, a.publisher, a.section, coalesce(a.language, s.language),"   \
    " coalesce(s.title, s.feed_title, s.url), s.portal, s.edition, s.title_names, a.published, a.published_offset,"         \
    " a.published_precision, a.updated, a.first_seen, a.sort, coalesce(m.read, 0), coalesce(m.starred, 0),"          \
    " coalesce(m.deleted, 0), a.revisions, a.withdrawn, a.attachments,"                                      \
    " (SELECT group_concat(t.tag, char(10)) FROM tags t WHERE t.article = a.id)"
#define ROW_TABLES " FROM articles a JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id "


void listing_condition(GString *sql, const struct listing *listing); /* from WHERE on */
/* What has the words in its title stands before the rest; each by date. */
void listing_order(GString *sql, const struct listing *listing);
/* Whether what stands in a title decides on the order. */
bool listing_titles_first(const struct listing *listing);
/* Frees the text; the values of the condition are bound, from the first parameter on. */
sqlite3_stmt *listing_statement(struct store *store, GString *sql, const struct listing *listing, GError **error);

void listing_free_item(gpointer row); /* one that a window has given away is NULL */
struct article_row *listing_read_row(sqlite3_stmt *statement);
/* The rows of a prepared statement, which is reset. */
GPtrArray *listing_read(struct store *store, sqlite3_stmt *statement, GError **error);

/* Whether articles are kept although they are read; their numbers as a JSON array. */
bool listing_keeps(const struct listing *listing);
char *listing_kept_ids(const GArray *kept);

/* Whether a listing is of a query of words, all of them indexed, and of nothing else. */
bool listing_is_of_words(struct store *store, const struct listing *listing);

/*
 * How many articles that are not deleted have the words, in the title or anywhere.  A list asks
 * for it with each window: it is remembered until the store changes.
 */
int64_t listing_hits(struct store *store, const struct query *query, bool titles);

int64_t listing_matches(struct store *store, const char *match); /* what the index finds, whether it is right or not */
int64_t listing_of_all(struct store *store); /* how many articles there are, at least 1 */
