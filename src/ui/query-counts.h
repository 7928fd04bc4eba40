/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many articles saved queries have, unread and in all.  To know it texts may have to be read,
 * so each number is counted by itself while there is nothing else to do, and not for long: what is
 * not known yet is not shown, and what took too long is shown as far as it was counted.
 */
#pragma once

#include "ui/app.h"

struct query_counts;

struct query_counts *query_counts_new(void);
void query_counts_free(struct query_counts *counts);

/* The store has changed: what is known is shown until it is counted anew. */
void query_counts_renew(struct query_counts *counts);

/*
 * What is known of a query that is shown, of what is unread or of all, which is counted from now
 * on: at least so many, *more tells whether there may be more; -1: nothing yet.
 */
int64_t query_counts_of(struct query_counts *counts, const char *query, bool unread, bool *more);
/* Forgets the queries of which nobody has asked since query_counts_renew(). */
void query_counts_keep_asked(struct query_counts *counts);

/* When the next number is due to be counted, monotonic microseconds; G_MAXINT64: none is. */
int64_t query_counts_due(const struct query_counts *counts);
/*
 * Counts the one that is due next, for so many milliseconds at most, or until interrupt(), which
 * may be NULL, ends that; then it stays due.
 */
void query_counts_go_on(struct query_counts *counts, struct app *app, int milliseconds,
                        bool (*interrupt)(gpointer data), gpointer data);
