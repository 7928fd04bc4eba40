/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What two sequences have in common, in order: a shortest edit script (E. Myers, "An O(ND)
 * Difference Algorithm and Its Variations", 1986), in linear space.  Elements are numbers; equal
 * numbers are the same.  Pure.
 */
#pragma once

#include <glib.h>

struct align_sequence {
    const guint *elements;
    guint length;
    guint8 *changed; /* length of them, 0 before; 1 for each that has no partner afterwards */
};

/*
 * What is not marked as changed in one is, in order, what is not in the other.  Time is bounded:
 * where the shortest script would take too long, a longer one is given.
 */
void align(struct align_sequence *old, struct align_sequence *new);
