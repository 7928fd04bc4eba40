/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readers of the formats: each fills a feed from decoded text.  Inside this room only. */
#pragma once

#include "feed/feed.h"

bool feed_read_json(struct feed *feed, const char *text, gsize length, const struct feed_options *options,
                    GError **error);
bool feed_read_xml(struct feed *feed, const char *text, gsize length, const struct feed_options *options,
                   GError **error);
