/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources in the store: what is subscribed to, and how each is doing. */
#pragma once

#include "config/urls.h"
#include "store/store.h"

struct source {
    int64_t id;
    char *url, *title, *portal, *portal_name, *edition, *edition_name, *section, *language;
    char **tags;
    bool active;
    char *home, *etag, *last_modified;
    int64_t last_attempt, last_success, next_due, retry_after; /* 0: never, none */
    char *last_error;
    int failures;
    char *moved_to, *charset, *charset_evidence, *rhythm;
    char **warnings;
    int64_t total, unread;
};

void source_free(struct source *source);
DEFINE_AUTO_FREE(source, source_free)

/*
 * Makes the active sources those of the subscriptions; sources that are not among them
 * stay with their articles, inactive.
 */
bool sources_sync(struct store *store, const struct urls *urls, GError **error);

/* Owned struct source *, active ones in the order of `urls`. */
GPtrArray *sources_list(struct store *store, bool inactive_too, GError **error);

/*
 * The subscribed sources that a user names, each once: by number, URL or title (without case), or as portal:ID or
 * portal:ID/EDITION.  Owned struct source *; NULL and error for a name that is unknown or ambiguous.
 */
GPtrArray *sources_named(struct store *store, char *const *names, GError **error);

/* One source, subscribed to or not any more. */
struct source *sources_find(struct store *store, const char *name, GError **error);

/* What a fetch of a source found out; NULL leaves a value as it is. */
struct source_result {
    int64_t id;
    int64_t now, next_due, retry_after;
    const char *error; /* NULL: success */
    const char *feed_title, *home, *language, *etag, *last_modified, *moved_to, *charset, *charset_evidence, *rhythm;
    char *const *warnings; /* of this fetch; replaces the former; only on success */
    bool unchanged;        /* 304: charset and warnings stay */
};

/* Within the caller's transaction. */
bool sources_record(struct store *store, const struct source_result *result, GError **error);

/* Articles of the last 30 days divided by days, for `status`. */
double source_per_day(struct store *store, int64_t id, int64_t now);
