/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the rules of a portal file give the list that repetition finds on the same page, and what
 * of a list makes one doubt it, whoever found it.
 */
#pragma once

#include "portal/list-model.h"

/* Everything borrowed of the lists. */
struct list_difference {
    guint common;  /* entries with the same link */
    guint missing; /* found by repetition alone, of those that the section wants */
    const struct list_entry *example; /* of these, the first */
    guint extra;                      /* found by the rules alone */
    const struct list_entry *added;   /* of these, the first */
    guint titles;                     /* of the common ones: other words than repetition has */
    const struct list_entry *titled, *retitled; /* the first of these, by rules, by repetition */
    guint undated;                              /* of the common ones: only repetition has a day */
    guint days;                                 /* of the common ones: another day */
    const struct list_entry *dated, *redated;   /* the first of these */
};

/* section: what it drops is not missed. */
void list_compare(const struct list *ruled, const struct list *repeated,
                  const struct portal_section *section, struct list_difference *out);

struct list_flaws {
    guint undated;     /* entries without a day, where others have one or none has */
    guint labels;      /* titles that say what a link does, or that are numbers alone */
    const char *label; /* the first of these, borrowed */
    guint repeated;    /* entries that bear the commonest title, when it is not one alone */
    const char *repeated_title; /* borrowed */
};
void list_find_flaws(const struct list *list, struct list_flaws *out);
