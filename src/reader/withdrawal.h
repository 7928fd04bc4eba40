/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of withdrawals: by what they were seen, and when (store/withdrawals.h). */
#pragma once

#include "store/listing.h"
#include "store/withdrawals.h"

#include <jansson.h>

/* "its page is not there (HTTP 404)"; newly allocated, "" where it is not known. */
char *withdrawal_words(const struct withdrawal_sign *sign);

/* In the zone of who reads, to the minute; newly allocated. */
char *withdrawal_time(int64_t time);

/*
 * What stands above an article that is withdrawn: since when, by what one sees it, where; newly
 * allocated.
 */
char *withdrawal_note(const struct article_row *row);

/*
 * That an article had been withdrawn and came back: a line each time; newly allocated, NULL when it
 * never was.
 */
char *withdrawal_history(struct store *store, int64_t article);

/* "withdrawn: …", "shown again by the portal": of one event; newly allocated. */
char *withdrawal_event(const struct presence *presence);

/* {"seen", "evidence", "status", "place"}, or null. */
json_t *withdrawal_json(const struct article_row *row);

/* All of them, the oldest first: {"event", "seen", "evidence", "status", "place"} each. */
json_t *withdrawals_json(struct store *store, int64_t article);
