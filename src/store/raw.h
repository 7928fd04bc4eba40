/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes as portals sent them: the last feed or first list page of each source, and the
 * page of each article that was fetched.  What was read wrongly can be read again.
 */
#pragma once

#include "store/entry.h"
#include "store/store.h"

struct raw {
    char *url, *content_type; /* content_type may be NULL */
    char *evidence;  /* the lines of request and answer (transfer/exchange.h), or NULL: not kept */
    char *sha256;    /* of the bytes when they came, in hexadecimal, or NULL: not kept */
    int64_t fetched; /* seconds UTC */
    GBytes *bytes;
};
void raw_free(struct raw *raw);
DEFINE_AUTO_FREE(raw, raw_free)

/* A text that an article has had, for evidence. */
struct raw_text {
    int revision;
    int64_t seen; /* seconds UTC */
    char *origin; /* REVISION_ORIGIN of store/revisions.h */
    char *sha256; /* of the stored document, unpacked, in hexadecimal */
};
GPtrArray *raw_texts(struct store *store,
                     int64_t article); /* owned struct raw_text *, oldest first */

/* NULL without error when there are none. */
struct raw *raw_of_source(struct store *store, int64_t source, GError **error);
struct raw *raw_of_article(struct store *store, int64_t article, GError **error);

/* length: of what is stored, which may be less than all. */
struct raw_packed *raw_pack(const void *data, gsize length, gsize all, const char *evidence);

/* Replaces what the source sent before. */
bool raw_put_source(struct store *store, int64_t source, const char *url, const char *content_type,
                    const struct raw_packed *packed, int64_t now, GError **error);

/* What reading the bytes again told of them; NULL leaves a title as it is. */
bool raw_reread_source(struct store *store, int64_t source, const char *feed_title,
                       const char *charset, const char *evidence, GError **error);
bool raw_reread_article(struct store *store, int64_t article, const char *charset,
                        const char *evidence, GError **error);
