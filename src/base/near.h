/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the names that there are may be meant by a word that is none of them. */
#pragma once

#include <glib.h>

/* The nearest so far, where two thirds of the word are right at least; begin with {0}.  UTF-8. */
struct near {
    const char *name; /* borrowed; NULL: none */
    guint distance;
};

void near_try(struct near *best, const char *word, const char *name);

/* What is wrong, and the name that may be meant, if there is one; newly allocated. */
char *near_sentence(const struct near *best, const char *what);
