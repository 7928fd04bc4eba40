/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source on its way through the pipeline.  Inside this room only. */
#pragma once

#include "config/context.h"
#include "fetch/http.h"
#include "fetch/manner.h"
#include "parse/parse.h"
#include "store/sources.h"

struct job {
    const struct subscription *subscription; /* borrowed */
    struct source *source;                   /* owned */
    struct parse_rules rules;
    char *url; /* of the feed or the first list page, without a login */
    /* as `urls` or the portal file has it; `url` is another when the source has moved for good */
    char *written;
    struct manner *manner; /* of its requests */
    /* where it had moved does not work any more: the written address is asked again */
    bool moved_back;
    struct http_session *session;
    char *token; /* that the section's requests need, or NULL */
    int interval, page_limit, depth, keep_days;
    int recheck;      /* days for which article pages are asked for again; 0: none is */
    int unread_again; /* percent of words that make an article unread again; 0: none do */
    enum setting_fetch_attachments attachments; /* which are kept */
    gsize attachment_size;                      /* bytes that one may have */
    bool list;                                  /* an HTML list, else a feed */
    bool pages;                                 /* article pages are wanted */
    bool full;                                  /* also those that are stored already */
    bool counted; /* the list page that is asked for has a number that the portal file counts */

    GPtrArray *results;     /* owned struct parse_result *, in page order */
    GHashTable *articles;   /* link -> struct page_arrival *, owned */
    GHashTable *seen;       /* URLs of list pages and of articles' parts, against loops */
    GHashTable *links;      /* of the list pages so far */
    struct response *first; /* of the feed or first list page: headers; owned through http */
    /* pages so far that led on to another one instead of being the source */
    int refreshes;
    int pending;                 /* requests under way */
    int asked;                   /* attachments that were asked for */
    GPtrArray *arrived;          /* owned addresses of attachments that are stored already */
    GPtrArray *remarks;          /* owned struct problem * of them */
    gint late;                   /* converters that did not end in time; atomic */
    gint failures;               /* pages whose reading failed (helper_failed()); atomic */
    gint costly;                 /* its pages are too much: no more are read; atomic */
    gint64 cost;                 /* microseconds of a processor that reading them took */
    gsize large;                 /* bytes of them above what pages have */
    int read;                    /* how many there were */
    struct problem *problem;     /* the source failed */
    int http_status;             /* of the last answer of its address; 0: none */
    int64_t certificate_expires; /* of its server, seconds UTC; 0: not known */
    bool unchanged;
    bool waiting;            /* its host wants no requests now: nothing was asked */
    struct problem *put_off; /* why article pages are left to the next fetch, or NULL */
    int64_t retry_after;
    /* whether a sign of its pages can be believed: seconds, or WITHDRAWAL_NEVER (presence.h) */
    int64_t believes_after;
};

/* An article page that came in. */
struct page_arrival {
    struct response *response;   /* released after it is stored */
    struct parse_result *result; /* NULL when there was nothing to parse */
    bool unchanged;
    struct withdrawal_sign sign; /* that the article is not there; its place is the response's */
    bool permanent;              /* asking again would not help */
    bool partial;                /* a later part failed, for the reason that is the problem */
    bool stored;                 /* it was stored with the entry that names it */
    int parts;                   /* how many were asked for after the first */
    struct problem *problem;     /* or NULL */
};
void page_arrival_free(struct page_arrival *page, struct http *http);

/*
 * JOB_FORWARD: the page to which one without text forwards.  JOB_PART: a later part of an article.
 * JOB_ATTACHMENT: a document that an article has.
 */
enum job_request {
    JOB_TOKEN,
    JOB_SOURCE,
    JOB_LIST_PAGE,
    JOB_ARTICLE,
    JOB_FORWARD,
    JOB_PART,
    JOB_ATTACHMENT
};

/*
 * Makes the job of a subscription with the settings that apply to it.  A source that was fetched
 * last at `jumped` (store_clock_mend()) or before is read as deep as a new one.
 */
struct job *job_new(const struct context *context, const struct credentials *credentials,
                    const struct subscription *subscription, struct source *source, bool full,
                    int64_t jumped, int64_t now);
void job_free(struct job *job, struct http *http);

/*
 * Stores the job in one transaction, with `progress` for readers that follow the store;
 * *added and *updated count articles.
 */
bool job_store(struct job *job, struct store *store, const GPtrArray *warnings, int64_t now,
               const char *progress, guint *added, guint *updated, GError **error);

/* Whether an address is that of a document which is to be kept as an article of its own. */
bool job_is_document(const struct job *job, const char *link);

/* For single.c and reprocess.c, which store articles without a job. */
bool job_is_list(const struct subscription *subscription);
struct parse_rules job_rules(const struct context *context, const struct subscription *subscription,
                             int64_t now);

/*
 * Notes that a job could not be stored because the disk is full, if there is room for that, and
 * that nothing is on its way any more.
 */
void job_store_failure(struct job *job, struct store *store, int64_t now, const GError *why);

/*
 * How an article page is read.  JOB_FIRST adds a revision.  Read again from stored bytes, it
 * replaces the newest revision, and the title only when that was made up (JOB_AGAIN) or in any case
 * (JOB_AGAIN_TITLE).
 */
enum job_reading { JOB_FIRST, JOB_AGAIN, JOB_AGAIN_TITLE };
bool job_store_article(struct store *store, int64_t id, const struct article *article,
                       const char *link, enum job_reading reading, const struct parse_rules *rules,
                       int64_t now, bool *changed, GError **error);

/*
 * Stores what a feed or list says of an article itself, and its attachments.  again: read from
 * stored bytes, it replaces the newest revision.
 */
bool job_store_text(struct store *store, int64_t id, const struct entry *entry, bool again,
                    const struct parse_rules *rules, int64_t now, bool *changed, GError **error);

/*
 * After these, once all is stored that has come of an article: what changed together is one
 * revision (revisions_settle()), and may make it unread again.
 */
bool job_settle(struct store *store, int64_t id, const char *link, const struct parse_rules *rules,
                int unread_again, int64_t now, bool *changed, GError **error);

/* Keeps an attachment that a response brought. */
bool job_store_attachment(struct store *store, const struct response *response,
                          const struct attachment_arrival *arrival, int64_t now, GError **error);

/* The warnings of a finished job, for the store and the event; owned struct problem *. */
GPtrArray *job_warnings(struct job *job, struct store *store);

/* Packs the bytes of a response, which are stored with what was read of them. */
void job_pack(struct parse_result *result, const struct response *response);
