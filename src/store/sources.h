/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources in the store: what is subscribed to, and how each is doing. */
#pragma once

#include "base/problem.h"
#include "config/urls.h"
#include "store/query.h"
#include "store/store.h"

struct source {
    int64_t id;
    char *url;           /* as `urls` has it: it may hold a login */
    char *public_url;    /* to be shown */
    char *title, *label; /* untranslated, for machines; in the language of who reads */
    char *name;          /* the label, or what tells it from others: store/source-names.h */
    /* names: in the language of who reads */
    char *portal, *portal_name, *edition, *edition_name, *section, *language;
    char **tags;
    bool active;
    char *home, *etag, *last_modified;
    char *validated;                                           /* the URL that these two are of */
    int64_t last_attempt, last_success, next_due, retry_after; /* 0: never, none */
    int64_t failing_since;                                     /* 0: the last fetch worked */
    int64_t last_new;            /* when it last brought an article; 0: never */
    int http_status;             /* of the last answer; 0: there was none, or no HTTP */
    int64_t certificate_expires; /* until when its server's holds; 0: it has none, or not known */
    struct problem *last_error;  /* or NULL */
    int failures;
    char *moved_to, *charset, *charset_evidence, *schedule_hints;
    /* struct problem *: with a subject, of a page; without, of the source itself */
    GPtrArray *warnings;
    int64_t total, unread;
    char *portal_plain_name; /* untranslated */
};

/* "EDITION: NAME" where a portal has editions, or "PORTAL, EDITION: …"; newly allocated. */
char *source_full_name(const struct source *source);

void source_free(struct source *source);
DEFINE_AUTO_FREE(source, source_free)

/*
 * Makes the active sources those of the subscriptions; sources that are not among them
 * stay with their articles, inactive.  Those of a portal whose file cannot be read stay active.
 */
bool sources_sync(struct store *store, const struct urls *urls, GError **error);

/* Owned struct source *, active ones in the order of `urls`. */
GPtrArray *sources_list(struct store *store, bool inactive_too, GError **error);

/* Has the active ones named (store/source-names.h): reads what names are made of, and no more. */
void sources_read_names(struct store *store);

/* Gives those the error that they have whose portal's file cannot be read. */
void sources_tell_missing(GPtrArray *sources, const struct urls *urls);

/*
 * The subscribed sources that a user names, each once: by number, URL as it is or as it is shown,
 * name or title (without case), or as portal:ID or portal:ID/EDITION, or by a portal's name, or as
 * ID[/EDITION[/SECTION]].  Owned
 * struct source *; NULL and error for a name that is unknown or ambiguous.
 */
GPtrArray *sources_named(struct store *store, char *const *names, GError **error);

/*
 * The subscribed sources that may have what a query asks for, owned array of int64_t; NULL without
 * an error where that may be any.
 */
GArray *sources_of_query(struct store *store, const struct query *query, GError **error);

/* One source, subscribed to or not any more. */
struct source *sources_find(struct store *store, const char *name, GError **error);

/* What a fetch of a source found out; NULL leaves a value as it is. */
struct source_result {
    int64_t id;
    int64_t now, next_due, retry_after;
    const struct problem *error; /* NULL: success */
    int failures;                /* with this one, since the last success */
    const char *feed_title, *home, *language, *etag, *last_modified, *validated, *moved_to,
        *charset, *charset_evidence, *schedule_hints;
    const GPtrArray *warnings;   /* struct problem *: replaces the former; only on success */
    bool unchanged;              /* 304: the schedule hints stay */
    bool brought;                /* there was an article among it that is new */
    bool revised;                /* one that was there before has another text */
    int http_status;             /* 0: none */
    int64_t certificate_expires; /* 0: none was shown */
};

/* How a fetch ended, as `history` of a source has it. */
#define HISTORY_FAILED  "x"
#define HISTORY_BROUGHT "+" /* an article that is new, or another text of one */
#define HISTORY_NOTHING "."
#define HISTORY_FETCHES 48

/* How the last fetches ended, the newest last: a text of these; owned, may be empty. */
char *sources_history(struct store *store, int64_t id);

/* Within the caller's transaction. */
bool sources_record(struct store *store, const struct source_result *result, GError **error);

/*
 * Hosts that want no request before a time (seconds UTC): name (as url_authority() has it) ->
 * int64_t *.
 */
GHashTable *sources_waiting_hosts(struct store *store, int64_t now, GError **error);
/* Forgets those whose time is over by `now`, or further off than anyone may ask for. */
bool sources_forget_hosts(struct store *store, int64_t now, GError **error);
bool sources_host_waits(struct store *store, const char *authority, int64_t until, GError **error);
#define SOURCES_LONGEST_WAIT (7 * 86400) /* seconds */

/* Articles of the last 30 days divided by days, for `status`. */
double source_per_day(struct store *store, int64_t id, int64_t now);
