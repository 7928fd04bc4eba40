/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a part of a source whose list works: an article's page, an attachment. */
#pragma once

#include "store/sources.h"

/*
 * What a warning is to who reads: what crier keeps and when it tries again, translated; NULL where
 * it is about the source itself (problem_advice()) or there is nothing to say.
 */
const char *trouble_advice(struct store *store, const struct source *source,
                           const struct problem *warning);

/* A warning with what to do about it; advice: NULL where there is none. */
struct trouble {
    char *words, *advice;
};

/* What to do about a warning, newly allocated or NULL. */
typedef char *trouble_adviser(const struct source *source, const struct problem *warning,
                              gpointer data);

/*
 * All warnings of a source, owned struct trouble *.  What several have in common is said once,
 * below the last of them.
 */
GPtrArray *troubles_of(const struct source *source, trouble_adviser *adviser, gpointer data);

/* Whether a warning (not an error) is about a part of the source and not about itself. */
bool trouble_is_of_part(const struct source *source, const struct problem *warning);
