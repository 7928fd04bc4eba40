/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a watch (config/watches.h): what has come of its query since the cursor of its name, told
 * to its program and by mail, after which the cursor moves.  Whatever fails, the cursor stays where
 * it is, so that things are told twice rather than never.
 */
#pragma once

#include "reader/digest.h"
#include "reader/session.h"

#define WATCH_HITS 50 /* that are told at once; what else there is comes with the next run */

struct watch_rule;

/* What there is to tell. */
struct watch_hits {
    struct digest *digest; /* owned */
    struct changes_place from, to;
    bool moves; /* the cursor has to move, if only past what is no hit */
    int lock;   /* of the cursor; -1: it was only looked at */
};

/* From where a watch is looked at. */
struct watch_since {
    int64_t fetched; /* when the fetch began after which it is; 0: after none */
    bool look;       /* nothing moves */
    bool of_fetch;   /* what was there before that fetch does not count; nothing moves */
};

/*
 * Takes the cursor and finds what there is: STORE_ERROR_LOCKED when another crier has it.  A watch
 * without a cursor begins with the fetch, or with what comes from now on.
 */
bool watcher_look(struct session *session, const struct watch_rule *rule,
                  const struct watch_since *since, struct watch_hits *hits, GError **error);
void watch_hits_clear(struct watch_hits *hits);
DEFINE_AUTO_CLEAR(watch_hits, watch_hits_clear)

/*
 * Tells its program, then by mail.  *problem: what went wrong with one of them, owned, noted in the
 * store; or NULL.  from: digest_own_address().
 */
bool watcher_tell(struct session *session, const struct watch_rule *rule,
                  const struct watch_hits *hits, const char *from, struct problem **problem,
                  GError **error);

/* All is told: moves the cursor, and forgets failures. */
bool watcher_told(struct session *session, const struct watch_rule *rule,
                  const struct watch_hits *hits, GError **error);
