/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a session undoes: the piles of its steps, for reader/session.c. */
#pragma once

#include "reader/session.h"

void undo_step_free(gpointer step); /* a GDestroyNotify */

/* Lays changes that were made on the pile of what can be undone. */
void undo_remember(struct session *session, const struct mark_change *changes, guint count);

/* Writes changes, or keeps them for later when another program writes. */
bool session_apply(struct session *session, const struct mark_change *changes, guint count,
                   GError **error);
