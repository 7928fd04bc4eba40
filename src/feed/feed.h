/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds from bytes to values: RSS 0.90-2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0 (RFC 4287), JSON Feed
 * 1.0 and 1.1, and sitemaps.  Pure: no file, no socket.  Broken feeds are repaired and say so in
 * `warnings`.
 */
#pragma once

#include "feed/model.h"

/* Owned by the caller; NULL and error (FEED_ERROR) when the bytes are no feed. */
struct feed *feed_parse(const char *bytes, gsize length, const struct feed_options *options,
                        GError **error);
