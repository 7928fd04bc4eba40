/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marking many articles as read, or as unread again, for store/marks.c. */
#pragma once

#include "store/store.h"

/* From so many articles on it takes less time than one after the other. */
#define MARKS_MANY 500

/*
 * Leaves what marking one after the other would leave, within the caller's transaction; articles:
 * of int64_t.
 */
bool marks_put_read(struct store *store, const GArray *articles, bool read, GError **error);
