/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps as feeds without texts.  Inside this room only. */
#pragma once

#include "feed/value.h"

#define SITEMAP_ENTRIES 1000 /* the newest ones; a sitemap may name 50 000 pages */

void sitemap_read_url(struct feed *feed, const struct element *url,
                      const struct feed_options *options);

/*
 * A <sitemap> of an index: the best one, news before others and then the newest, becomes
 * feed->next.
 */
void sitemap_read_part(struct feed *feed, const struct element *part,
                       const struct feed_options *options);

/* After the last: sorts by date, newest first, and keeps SITEMAP_ENTRIES. */
void sitemap_finish(struct feed *feed, bool index);
