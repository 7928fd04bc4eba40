/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader of iCalendar (RFC 5545, RFC 7986): an event, a task or a journal entry is an item.
 * What is published is when it was written; when it takes place is `starts` and `ends`.  Of what
 * recurs there is one item, with the next occurrence; what was changed of one occurrence is an
 * item of its own.
 */
#pragma once

#include "feed/ical-lines.h"
#include "feed/model.h"

/*
 * Fills the feed from unfolded text (ical_unfold()), which is valid UTF-8.  A calendar may be
 * empty.
 */
void ical_read(struct feed *feed, const char *text, gsize length,
               const struct feed_options *options);
