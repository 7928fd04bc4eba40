/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a source is doing, as monitors ask for it: one state of a few, from what is stored of its
 * fetches and of its articles.  Times are seconds UTC; 0: never, unknown.
 */
#pragma once

#include "store/sources.h"
#include "text/date-type.h"

enum source_state {
    SOURCE_OK,
    SOURCE_NEW,     /* it was never fetched */
    SOURCE_WAITING, /* it or its host wants no request before a time (Retry-After) */
    SOURCE_FAILING, /* the last fetch failed */
    SOURCE_STALE,   /* fetched well, but it has long been silent for what it is used to */
    SOURCE_GONE,    /* it says that it has ended (HTTP 410) */
    SOURCE_EMPTY,   /* fetched well, but there is no entry in it */
    SOURCE_MOVED,   /* fetched well, from another address than the one that is subscribed to */
    SOURCE_STATE_COUNT
};

struct source_health {
    enum source_state state;
    int64_t waits_until; /* no request before */
    int64_t last_sign;   /* of life: the date of the last article, or when one last arrived */
    int64_t usual_gap;   /* seconds that usually lie between two dates of its articles */
};

/*
 * hosts: of sources_waiting_hosts().  subscription: that of the source, or NULL where `urls` has it
 * no more.
 */
struct source_health source_health(struct store *store, const struct source *source,
                                   const struct subscription *subscription, GHashTable *hosts,
                                   int64_t now);

/* The word for machines: "ok", "failing". */
const char *source_state_word(enum source_state state);

/* Whether somebody should look: the last fetch failed; or it works and brings nothing. */
bool source_state_fails(enum source_state state);
bool source_state_is_silent(enum source_state state);

/* Until when a source must not be asked, as it or its host said; 0: it may. */
int64_t source_waits_until(const struct source *source, const struct subscription *subscription,
                           GHashTable *hosts, int64_t now);

/* Of articles that are kept, how many a source has withdrawn, and how many it has revised. */
struct source_changes {
    int64_t withdrawn, revised;
};

/* Those of sources that have any: number of the source, int64_t * -> struct source_changes *. */
GHashTable *sources_changes(struct store *store, GError **error);

#define HEALTH_DAYS 30

/*
 * How many articles each of the last days brought, by their dates as they were written; those that
 * have none by when they came.  The last one is today where it is `offset` minutes east of UTC.
 */
void source_days(struct store *store, int64_t id, int64_t now, int offset, guint days[HEALTH_DAYS]);

/* The newest date that an article of the source bears and that is not to come; DATE_NONE: none. */
struct date source_newest(struct store *store, int64_t id, int64_t now);
