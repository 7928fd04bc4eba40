/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a source is doing, in words and in a line of columns. */
#pragma once

#include "store/health.h"

/* A state for people; NULL for SOURCE_OK. */
const char *condition_text(enum source_state state);

/*
 * How the last fetches ended (sources_history()) as signs, and in words; newly allocated, empty
 * when there was none.
 */
char *condition_history(const char *history, bool ascii);
char *condition_history_text(const char *history);

/* What the last days brought (source_days()), the last of which is today for who reads. */
void condition_days(struct store *store, int64_t source, int64_t now, guint days[HEALTH_DAYS]);

/*
 * The same as columns, the fullest of which is as high as a line; empty when
 * there was nothing.  Newly allocated.
 */
char *condition_sparkline(const guint days[HEALTH_DAYS]);
