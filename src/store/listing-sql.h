/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A listing as SQL, for listing.c (windows) and listing-count.c (how many, and where): its
 * condition and order over `a` (articles), `s` (sources) and `m` (marks), and the rows that come
 * out.
 */
#pragma once

#include "store/db.h"
#include "store/listing.h"

#define ROW_COLUMNS \
    "a.id, a.source, a.title, a.link, a.author, a.publisher, a.section, coalesce(a.language, s.language)," \
    " coalesce(s.title, s.feed_title, s.url), s.portal, s.edition, s.title_names, a.published, a.published_offset," \
    " a.published_precision, a.updated, a.first_seen, a.sort, coalesce(m.read, 0), coalesce(m.starred, 0)," \
    " coalesce(m.deleted, 0), a.revisions, a.withdrawn, a.attachments," \
    " (SELECT group_concat(t.tag, char(10)) FROM tags t WHERE t.article = a.id)," \
    " a.starts, a.starts_offset, a.starts_precision, a.ends, a.ends_offset, a.ends_precision, a.place"
#define ROW_TABLES \
    " FROM articles a JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id "

/* Appends the condition of a listing, from WHERE on. */
void listing_condition(GString *sql, const struct listing *listing);

/*
 * Appends its ORDER BY.  Articles that have the words of the query in the title come before the
 * others, each by date.
 */
void listing_order(GString *sql, const struct listing *listing);

/*
 * Prepares a text, which it frees, and binds the values of the condition from the first parameter
 * on.
 */
sqlite3_stmt *listing_statement(struct store *store, GString *sql, const struct listing *listing,
                                GError **error);

/* Frees a row of a list; NULL stands where a window has given one away. */
void listing_free_item(gpointer row);
struct article_row *listing_read_row(sqlite3_stmt *statement);
/* The rows of a prepared statement, which is reset. */
GPtrArray *listing_read(struct store *store, sqlite3_stmt *statement, GError **error);

/* Whether articles are kept although they are read; their numbers as a JSON array. */
bool listing_keeps(const struct listing *listing);
char *listing_kept_ids(const GArray *kept);

/* How many articles there are, at least 1. */
int64_t listing_of_all(struct store *store);
