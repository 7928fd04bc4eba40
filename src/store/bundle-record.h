/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a bundle says of a source, an article and what belongs to them: rows of the store as objects
 * of JSON, a member a column.  The tables below are all there is; who reads and who writes a bundle
 * goes by them, and nothing else of an object is looked at.  Nothing of a person is in them: no
 * mark, no tag, no secret of an address.
 */
#pragma once

#include <jansson.h>

#include "store/db.h"

enum bundle_type {
    BUNDLE_TEXT,      /* or null */
    BUNDLE_NEEDED,    /* text, not null */
    BUNDLE_SECRET,    /* an address, whose secrets are left out; not null */
    BUNDLE_TIME,      /* seconds UTC, or null */
    BUNDLE_MOMENT,    /* the same, not null */
    BUNDLE_OFFSET,    /* minutes east of UTC, or null */
    BUNDLE_PRECISION, /* enum date_precision, or null */
    BUNDLE_COUNT,     /* from 0, or null */
};

struct bundle_column {
    const char *name;
    enum bundle_type type;
};

/* X(the number of the parameter, the column, its type) */
#define BUNDLE_SOURCE(X) \
    X(1, url, SECRET) \
    X(2, title, TEXT) \
    X(3, feed_title, TEXT) \
    X(4, title_names, TEXT) \
    X(5, portal, TEXT) \
    X(6, portal_name, TEXT) \
    X(7, portal_names, TEXT) \
    X(8, edition, TEXT) \
    X(9, edition_name, TEXT) \
    X(10, edition_names, TEXT) \
    X(11, section, TEXT) \
    X(12, language, TEXT) \
    X(13, charset, TEXT) \
    X(14, charset_evidence, TEXT)

#define BUNDLE_RESPONSE(X) \
    X(1, url, SECRET) \
    X(2, content_type, TEXT) \
    X(3, fetched, MOMENT) \
    X(4, sha256, TEXT)

#define BUNDLE_ARTICLE(X) \
    X(1, key, NEEDED) \
    X(2, link, TEXT) \
    X(3, title, NEEDED) \
    X(4, author, TEXT) \
    X(5, publisher, TEXT) \
    X(6, section, TEXT) \
    X(7, language, TEXT) \
    X(8, published, TIME) \
    X(9, published_offset, OFFSET) \
    X(10, published_precision, PRECISION) \
    X(11, updated, TIME) \
    X(12, first_seen, MOMENT) \
    X(13, withdrawn, TIME) \
    X(14, starts, TIME) \
    X(15, starts_offset, OFFSET) \
    X(16, starts_precision, PRECISION) \
    X(17, ends, TIME) \
    X(18, ends_offset, OFFSET) \
    X(19, ends_precision, PRECISION) \
    X(20, place, TEXT) \
    X(21, number, TEXT)

#define BUNDLE_REVISION(X) \
    X(1, seen, MOMENT) \
    X(2, hash, NEEDED) \
    X(3, origin, NEEDED) \
    X(4, title, TEXT) \
    X(5, heading, TEXT) \
    X(6, published, TIME) \
    X(7, published_offset, OFFSET) \
    X(8, published_precision, PRECISION) \
    X(9, updated, TIME) \
    X(10, attachments, TEXT) \
    X(11, reread, TIME)

#define BUNDLE_ATTACHMENT(X) \
    X(1, url, NEEDED) \
    X(2, title, TEXT) \
    X(3, type, TEXT) \
    X(4, length, COUNT)

#define BUNDLE_EDITION(X) \
    X(1, language, NEEDED) \
    X(2, url, NEEDED) \
    X(3, scope, NEEDED)

#define BUNDLE_CHANGE(X) \
    X(1, kind, COUNT) \
    X(2, revision, COUNT) \
    X(3, at, MOMENT) \
    X(4, evidence, COUNT) \
    X(5, status, COUNT) \
    X(6, place, TEXT)

#define BUNDLE_PAGE(X) \
    X(1, url, SECRET) \
    X(2, content_type, TEXT) \
    X(3, etag, TEXT) \
    X(4, last_modified, TEXT) \
    X(5, charset, TEXT) \
    X(6, charset_evidence, TEXT) \
    X(7, fetched, MOMENT) \
    X(8, sha256, TEXT)

#define BUNDLE_FILE(X) \
    X(1, url, NEEDED) \
    X(2, content_type, TEXT) \
    X(3, format, TEXT) \
    X(4, etag, TEXT) \
    X(5, last_modified, TEXT) \
    X(6, fetched, MOMENT) \
    X(7, sha256, NEEDED) \
    X(8, size, COUNT) \
    X(9, problem, TEXT) \
    X(10, permanent, COUNT)

/* For SQL: ", name" and ", ?number" of each. */
#define BUNDLE_NAME(number, name, type) ", " #name
#define BUNDLE_SLOT(number, name, type) ", ?" #number

/* The kinds of objects, by the tables. */
enum bundle_kind {
    BUNDLE_OF_SOURCE,
    BUNDLE_OF_RESPONSE,
    BUNDLE_OF_ARTICLE,
    BUNDLE_OF_REVISION,
    BUNDLE_OF_ATTACHMENT,
    BUNDLE_OF_EDITION,
    BUNDLE_OF_CHANGE,
    BUNDLE_OF_PAGE,
    BUNDLE_OF_FILE,
};

/*
 * The object of a row, whose column `first` is the first of the table's; null for a value that
 * bundle_row_check() would not take.
 */
json_t *bundle_row_read(enum bundle_kind kind, sqlite3_stmt *s, int first);

/* Whether an object has what the table asks for; else *name is the first that is wrong. */
bool bundle_row_check(enum bundle_kind kind, const json_t *object, const char **name);

/* Binds its members to the parameters that the table numbers. */
void bundle_row_bind(enum bundle_kind kind, sqlite3_stmt *s, const json_t *object);

/* A text or number of an object that was checked; NULL, and 0, for null. */
const char *bundle_text(const json_t *object, const char *name);
int64_t bundle_number(const json_t *object, const char *name);
