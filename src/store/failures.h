/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Watches whose hits could not be told: since when, how often, and why the last time.  A row ends
 * when they are told.
 */
#pragma once

#include "base/problem.h"
#include "store/store.h"

struct watch_failure {
    char *name;
    int failures;            /* in a row */
    int64_t since, last;     /* the first and the last of them */
    struct problem *problem; /* of the last */
};

void watch_failure_free(struct watch_failure *failure);
DEFINE_AUTO_FREE(watch_failure, watch_failure_free)

/* Notes one more. */
bool watch_failure_note(struct store *store, const char *name, const struct problem *problem,
                        int64_t now, GError **error);
/* Forgets them, if there are any. */
bool watch_failure_forget(struct store *store, const char *name, GError **error);

/* Owned struct watch_failure *, by name. */
GPtrArray *watch_failures(struct store *store, GError **error);

/* The one of that name, borrowed, or NULL. */
const struct watch_failure *watch_failures_find(const GPtrArray *failures, const char *name);
