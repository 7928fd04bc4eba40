/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fetch: what is due goes through three stages joined by queues, transfer -> parse ->
 * write.  The write stage runs in the caller's thread, owns the store and decides what
 * else is requested (the next list page, article pages).  A source is one transaction: it
 * is stored whole or not at all.
 */
#pragma once

#include "config/context.h"
#include "config/urls.h"
#include "fence/starter.h"
#include "fetch/events.h"
#include "store/store.h"

#include <signal.h>

struct fetch_options {
    bool all;     /* ignore due times, but not Retry-After */
    bool full;    /* article pages of every source, and those known again */
    char **names; /* sources, or NULL for what is due */
    bool dry_run;
    int max_time; /* seconds after which what is not done is left to the next fetch; 0: none */
    enum events_mode mode;
    struct starter *starter; /* of the processes that it needs (fetch/role.h); borrowed */
};

/*
 * Runs it.  Returns an exit status (base/status.h); 128 + n when signal n ended it, with
 * finished sources kept.  error is set for what stopped the fetch as a whole.
 */
int fetch_run(const struct context *context, struct store *store, const struct urls *urls,
              const struct fetch_options *options, GError **error);

/* The number of the signal that asks the fetch to end; a handler sets it. */
extern volatile sig_atomic_t fetch_signal;
