/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is believed of the signs that articles are not there any more.  A withdrawal that was none
 * is worse than one that was missed:
 *
 *   - a sign of a page counts only when in the same fetch other pages of the source were there, and
 *     not more than these, or than two, were gone: else it is the portal that has a fault, or was
 *     rebuilt;
 *   - it is believed when it is seen again an hour later or more; HTTP 410 at once; where the
 *     source has no other page, after a day;
 *   - a list says something only when it is in the order of dates, now and when it was read before,
 *     and some that stood behind what it lacks still stand in it; and only of few at a time.
 *
 * What else goes wrong with a page, as 403, 451, 5xx, a login, an empty document, says nothing.
 * Inside this room only.
 */
#pragma once

#include "fetch/job.h"

/* Weighs what the pages of a job say together: job->believes_after. */
void presence_weigh(struct job *job, struct store *store);

/* After how many seconds the sign of a page is believed; or WITHDRAWAL_NEVER. */
int64_t presence_believes_after(const struct job *job, const struct page_arrival *page);

/* Whether the sign of a page is one of this article, by what the store has of it. */
bool presence_is_sign(struct store *store, int64_t article, const struct page_arrival *page);

/* Stores what the list of a job, all of which is stored, names and lacks. */
bool presence_store_list(const struct job *job, struct store *store, int64_t now, GError **error);
