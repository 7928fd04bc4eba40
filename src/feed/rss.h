/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of RSS share: its elements, modules and persons.  Inside this room only. */
#pragma once

#include "feed/atom.h"

struct rss_state {
    struct feed *feed;
    const struct feed_options *options;
    const char *base; /* of the channel: its absolute link, else the document's URL */
};

/* An element of RSS itself: no namespace, an RSS one, or an unknown default one. */
bool rss_is(const xmlNode *node, const char *name);
/* itunes:NAME or googleplay:NAME, which mean the same. */
bool rss_is_podcast(const xmlNode *node, const char *name);
char *rss_base(const struct rss_state *s, const xmlNode *node);

/* Takes person (may be NULL); one that is there already is not added. */
void rss_add_person(GPtrArray *people, struct feed_person *person);

/* What channel and item have in common; true when the element was one of these. */
bool rss_read_category(GPtrArray *categories, const xmlNode *node, const char *raw);

void rss_read_item(struct rss_state *s, const xmlNode *item);
