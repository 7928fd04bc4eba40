/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An item of a feed as an entry, and what entries of lists are made by as well. */
#pragma once

#include "base/problem.h"
#include "feed/feed.h"
#include "store/entry.h"

/* What the items of one document share. */
struct item_reading {
    GPtrArray *warnings; /* borrowed: what is wrong with them is added */
    int64_t now;
    gsize plain; /* bytes of documents that were not packed */
    bool redate; /* a date lies too far ahead to be true yet */
};

/* An item as an entry; owned. */
struct entry *item_take(struct item_reading *reading, const struct feed_item *item);

/* Text on one line through the gate (base/clean.h); NULL for none.  Newly allocated. */
char *item_clean(const char *text);

/*
 * A title for what has none: the beginning of its text (document: or NULL), else words of its link,
 * else empty.  Newly allocated.
 */
char *item_title_from(const struct document *document, const char *link);

/* Whether a date may be true; what is not is remarked. */
bool item_is_plausible(struct item_reading *reading, const struct date *date, const char *title);

/* A document as it is stored; as long as there are not many of them it is not packed. */
struct stored_document *item_store_document(struct item_reading *reading,
                                            const struct document *document);
