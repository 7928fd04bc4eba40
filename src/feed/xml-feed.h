/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of all that is XML: RSS, Atom and sitemaps. */
#pragma once

#include "feed/model.h"

/* Fills the feed from text, which is valid UTF-8; false and error when it is no such document. */
bool xml_feed_read(struct feed *feed, const char *text, gsize length,
                   const struct feed_options *options, GError **error);
