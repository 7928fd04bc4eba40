/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the reader was left, for the next session: a key file of what is chosen by keys and has no
 * line in crier.conf.  What crier.conf states comes first.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct reader_state {
    int layout, sort;   /* STATE_UNKNOWN, or what ui.layout and list.sort would be */
    int pictures;       /* the same of ui.pictures */
    bool by_tag;        /* sections stand by the tags of their sources */
    bool hide_read;     /* those without unread articles are not shown */
    GHashTable *folded; /* set of owned char *: groups of which the sources are not shown */
};

#define STATE_UNKNOWN (-1)

/* As it was left; one that is not there, or cannot be read, says nothing. */
struct reader_state *state_load(const char *path);
bool state_save(const struct reader_state *state, const char *path, GError **error);
void state_free(struct reader_state *state);
DEFINE_AUTO_FREE(reader_state, state_free)
