/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of RSS share.  Inside this room only. */
#pragma once

#include "feed/atom.h"

struct rss_state {
    struct feed *feed;
    const struct feed_options *options;
    const char *base; /* of the channel: its absolute link, else the document's URL */
};

/* <category> of a channel or an item. */
void rss_add_category(GPtrArray *categories, const struct element *element);

void rss_read_item(struct rss_state *s, const struct element *item);
/* What is not an item, and what items inherit; after the last item. */
void rss_read_feed(struct rss_state *s, const struct element *root);

/* The URL of an element that is the channel's <link>, when it is absolute; else NULL. */
const char *rss_absolute_link(const struct element *node);
