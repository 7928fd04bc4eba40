/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attachments that are kept: the bytes of a document or picture as they came, by the address that
 * articles' attachments have, and the text that a converter read in them.  The text stands in the
 * document of each article that has the attachment too, behind its body.  What is wanted and did
 * not come yet is a row without bytes.
 */
#pragma once

#include "base/problem.h"
#include "store/entry.h"
#include "store/store.h"

#define FILES_MAX_SIZE 500 /* MiB: SQLite takes a value of 1000 MB at most */

/* What came of one; strings and bytes are borrowed, and may be NULL but for url. */
struct file_values {
    const char *url, *content_type, *format, *etag, *last_modified;
    GBytes *bytes;
    const struct stored_document *text;
    const struct problem *problem; /* why there are no bytes, or no text */
    bool permanent;                /* asking again would not help */
};

/*
 * Keeps it.  Of one that failed the former bytes stay.  Bytes that are kept already keep their text
 * too, so that no new version of a converter changes what articles say.
 */
bool files_put(struct store *store, const struct file_values *values, int64_t now, GError **error);

/* Notes that one is wanted, unless it is known. */
bool files_want(struct store *store, const char *url, int64_t now, GError **error);

/* Another text of the same bytes, or why there is none. */
bool files_put_text(struct store *store, const char *url, const struct stored_document *text,
                    const struct problem *problem, GError **error);

struct stored_file {
    char *url, *content_type, *format, *etag, *last_modified;
    char *sha256;    /* of the bytes, in hexadecimal, or NULL */
    int64_t size;    /* bytes, or -1: they did not come */
    int64_t fetched; /* seconds UTC: when they were asked for */
    bool permanent;  /* asking for them again would not help */
    bool has_text;
    struct problem *problem; /* or NULL */
};
void stored_file_free(struct stored_file *file);
DEFINE_AUTO_FREE(stored_file, stored_file_free)

/* NULL when it is unknown. */
struct stored_file *files_find(struct store *store, const char *url);

/* The bytes of one that is kept, else NULL. */
GBytes *files_bytes(struct store *store, const char *url);

/*
 * Has the document of an article say what its attachments (struct stored_attachment *) say: the
 * texts that are kept take the place of all that were there.
 */
void files_compose(struct store *store, const GPtrArray *attachments, struct document *document);

/* The same, of a packed document; NULL when no text is kept, so that it stays as it is. */
struct stored_document *files_compose_packed(struct store *store, const GPtrArray *attachments,
                                             const struct stored_document *packed);

/*
 * Has an article say what its attachments say now.  It is a revision when the portal has changed an
 * attachment; a text that came later than its article, or was read again, is none.
 */
bool files_recompose(struct store *store, int64_t article, bool again, int64_t now, bool *changed,
                     GError **error);

/* The numbers (int64_t) of all articles that have the attachment. */
GArray *files_articles(struct store *store, const char *url);

/* Of a source: what it wants and did not get, owned strings; what is wrong, struct problem *. */
GPtrArray *files_missing(struct store *store, int64_t source, int limit);
GPtrArray *files_problems(struct store *store, int64_t source, int limit);

/* Takes the warnings of a source away that attachments gave which have their text by now. */
bool files_settle_warnings(struct store *store, int64_t source, GError **error);
