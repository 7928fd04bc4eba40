/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of JSON Feed (jsonfeed.org). */
#pragma once

#include "feed/model.h"

/* Fills the feed from text, which is valid UTF-8; false and error when it is no JSON Feed. */
bool json_feed_read(struct feed *feed, const char *text, gsize length,
                    const struct feed_options *options, GError **error);
