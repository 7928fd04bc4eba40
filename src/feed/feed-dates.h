/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a feed writes dates that are not of its format's standard: decided once for all of its items,
 * before the first is read.  Inside this room only.
 */
#pragma once

#include "feed/model.h"

/* Begins with what the options, the head of the text and the address say; text is borrowed. */
void feed_dates_begin(struct feed *feed, const char *text, gsize length,
                      const struct feed_options *options);
/* After it the text is no longer needed. */
void feed_dates_end(struct feed *feed);

/*
 * Reads a date that an element says; false when it is none.  One whose numbers may be day or month
 * has all dates of the feed counted, once.
 */
bool feed_dates_parse(struct feed *feed, const char *raw, int line, struct date *out);
