/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a fetch tells while it runs: JSON lines on stdout for programs (the reader among
 * them), a bar or lines on stderr for people.  A reader that goes away never stops a fetch.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"

enum events_mode { EVENTS_NONE, EVENTS_BAR, EVENTS_LINES, EVENTS_JSON, EVENTS_FAILURES };

struct events; /* the counters and the mode */

/* "auto" is a bar on a terminal and failures alone elsewhere; false for an unknown word. */
bool events_mode_parse(const char *word, enum events_mode *mode);

struct events *events_new(enum events_mode mode, guint sources);
void events_free(struct events *events);

struct event_source {
    int64_t id;
    const char *url, *title, *label; /* title for machines, label for people */
    const struct problem *error;     /* NULL: success */
    bool unchanged;
    bool waiting; /* its host wants no requests now: nothing was asked */
    guint added, updated;
    const GPtrArray *warnings; /* struct problem *; may be NULL */
};
void events_source(struct events *events, const struct event_source *source);

/* What came right now, or NULL; of which source (for people) more is waited for, or NULL. */
void events_progress(struct events *events, gsize bytes, const char *what, const char *source);
/* What became of articles that were there, told with the end. */
void events_changes(struct events *events, guint revised, guint withdrawn, guint returned);
void events_end(struct events *events, bool interrupted);

/* How many sources were not asked because they were told to wait (Retry-After). */
void events_waiting(struct events *events, guint count, int64_t until);

/* Nothing was reached: said once; the sources that follow are such, and told to programs alone. */
void events_no_network(struct events *events, guint count);

guint events_done(const struct events *events);
guint events_failed(const struct events *events);
