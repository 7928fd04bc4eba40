/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes as portals sent them: the last feed or first list page of each source, and the
 * page of each article that was fetched.  What was read wrongly can be read again.
 */
#pragma once

#include "store/store.h"

struct raw {
    char *url, *content_type; /* content_type may be NULL */
    GBytes *bytes;
};
void raw_free(struct raw *raw);
DEFINE_AUTO_FREE(raw, raw_free)

/* NULL without error when there are none. */
struct raw *raw_of_source(struct store *store, int64_t source, GError **error);
struct raw *raw_of_article(struct store *store, int64_t article, GError **error);

/* Replaces what the source sent before. */
bool raw_put_source(struct store *store, int64_t source, const char *url, const char *content_type,
                    GBytes *packed, int64_t now, GError **error);
/* The bytes of a response as they are stored; owned by the caller. */
GBytes *raw_pack(const void *data, gsize length);

/* What reading the bytes again told of them; NULL leaves a title as it is. */
bool raw_reread_source(struct store *store, int64_t source, const char *feed_title,
                       const char *charset, const char *evidence, GError **error);
bool raw_reread_article(struct store *store, int64_t article, const char *charset,
                        const char *evidence, GError **error);
