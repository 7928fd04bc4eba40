/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sync: what it works on, what came of it, and its parts. */
#pragma once

#include "config/urls.h"
#include "store/sync-feeds.h"
#include "store/sync-items.h"
#include "sync/api.h"

/* What became of one subscription. */
enum sync_deed {
    SYNC_ADDED_HERE,
    SYNC_ADDED_THERE,
    SYNC_REMOVED_HERE,
    SYNC_REMOVED_THERE,
    SYNC_MOVED_HERE,    /* it has the tag of its folder there */
    SYNC_MOVED_THERE,   /* it is in the folder of its first tag */
    SYNC_MISSING_HERE,  /* only the server has it, and nobody said yes */
    SYNC_MISSING_THERE, /* the same the other way */
    SYNC_GONE_HERE,     /* the same, where both had it: --prune would take it away there */
    SYNC_GONE_THERE,
    SYNC_REFUSED,   /* the server does not take it */
    SYNC_LOCAL,     /* no server can fetch it */
    SYNC_UNFETCHED, /* whether one could is not known before its first fetch */
    SYNC_DEEDS
};

struct sync_line {
    enum sync_deed deed;
    char *url;    /* without secrets */
    char *folder; /* of what was moved; or NULL */
};

struct sync_run {
    const struct context *context;
    struct store *store;
    struct urls *urls; /* owned */
    struct server *server;
    bool dry, yes, prune;

    GPtrArray *lines; /* owned struct sync_line * */
    struct sync_counts counts;
    guint sent[SYNC_FIELDS][2], received[SYNC_FIELDS][2]; /* by value */
    guint refused;                                        /* marks that the server did not take */
    struct problem *refusal;                              /* the last of them, or NULL */
};

void sync_note(struct sync_run *run, enum sync_deed deed, const char *url, const char *folder);
guint sync_count(const struct sync_run *run, enum sync_deed deed);

/*
 * The subscriptions, then the marks.  False: it ended before its time, with a problem of the server
 * (*problem, owned) or an error of this machine.
 */
bool sync_subscriptions(struct sync_run *run, struct problem **problem, GError **error);
bool sync_marks(struct sync_run *run, struct problem **problem, GError **error);

/* Whether somebody who is there says yes; count: of what the question is about. */
bool sync_asks(const struct sync_run *run, enum sync_deed deed, const GPtrArray *urls);

/* What came of it, for people or as JSON; problem: why it ended early, or NULL. */
void sync_print(const struct sync_run *run, const char *server, const struct problem *problem);
void sync_print_json(const struct sync_run *run, const char *server, const struct problem *problem);
