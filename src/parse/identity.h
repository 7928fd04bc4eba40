/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tells the entries of one document apart.  A key that occurs twice with other content is no
 * key; entries that are versions of one are one, the newest (RFC 4287 §4.1.1).  Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Gives each entry (struct entry *) its identity and says which of its keys it shares with others;
 * takes out what occurs twice, and adds a warning (struct problem *) for each shared identifier.
 * versions: two entries with one id and different times of their updates are versions of one, as
 * Atom has it.
 */
void identity_settle(GPtrArray *entries, GPtrArray *warnings, bool versions);
