/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pipeline as its parts see it: fetch.c begins and ends it, read-stage.c and write-stage.c are
 * what its threads do, steps.c says what a job asks for next and what becomes of the answers.
 * Inside this room only.
 */
#pragma once

#include "fetch/events.h"
#include "fetch/job.h"
#include "parse/helper.h"
#include "store/changes.h"
#include "store/search.h"

/* Threads at most, each with a process that it waits for (parse/helper.h). */
#define CONVERTERS 2 /* so that slow converters keep no page waiting */
#define PARSERS    2 /* the transfers and the store want a processor too */

/* What the parse stage hands to the write stage. */
struct parsed {
    struct response *response;
    struct parse_result *result; /* NULL: nothing to parse (an error, a 304) */
};

struct pipeline {
    struct store *store;
    struct http *http;
    struct events *events;
    GAsyncQueue *responses; /* transfer -> parse: struct response *, or the mark of the end */
    GAsyncQueue *parsed;    /* parse -> write: struct parsed * */
    GThread *parsers[PARSERS];
    GThreadPool *converting; /* parse -> convert -> write: struct parsed *, of attachments */
    GAsyncQueue *idle;       /* struct helper * that convert; each is one thread's at a time */
    struct starter *starter; /* borrowed */
    GPtrArray *zones;        /* names (char *, borrowed) of those that rules have */
    struct converters *converters; /* owned */
    GPtrArray *jobs;               /* owned, unfinished ones */
    guint left;
    GPtrArray *held;         /* borrowed from jobs: those that are done and reached nothing, ... */
    bool heard;              /* ... until another has: then it is the network that works */
    gint64 deadline;         /* monotonic microseconds; 0: none */
    gint reading;            /* atomic: parse threads that have something to do */
    GHashTable *rechecks;    /* authority -> how many sources; or NULL; owned */
    guint unindexed;         /* articles that were stored and wait for the index, about */
    struct search_pace pace; /* of indexing */
    int64_t now, jumped;     /* jumped: store_clock_mend() */
    struct changes_place began; /* what is behind it, this fetch has brought */
    bool store_failed;
    GError *failure; /* why, when a step found it; or NULL */
};

/* --- its stages: read-stage.c, write-stage.c --- */

gpointer parse_stage(gpointer pipeline); /* a thread, until it is given the mark */
extern struct response pipeline_end_mark;
void convert_stage(gpointer parsed, gpointer pipeline); /* of a thread pool */
void parsed_free(struct parsed *parsed);                /* without its response */

/* The caller's thread, until all is stored, or what ends the fetch. */
void write_stage(struct pipeline *pipeline, GError **error);
bool pipeline_is_late(const struct pipeline *pipeline); /* its deadline is over */

/* --- its steps: steps.c --- */

/* Asks for the first thing that a job needs: its token, or the source itself. */
void steps_begin(struct pipeline *pipeline, struct job *job);

/* Takes an answer and asks for what follows from it; the job is done when nothing is pending. */
void steps_take(struct pipeline *pipeline, struct job *job, struct parsed *parsed);

/* --- between the files of the steps --- */

/* Takes the request and counts it as pending. */
void steps_submit(struct pipeline *pipeline, struct job *job, struct request *request, int kind);

/*
 * Whether a request was not made since its host or the source's deadline forbade it: the next fetch
 * does.
 */
bool steps_postpone(struct job *job, const struct problem *why);

/* Whether asking again would not bring what a response did not. */
bool steps_is_permanent(const struct response *response);

/* Keeps the file that came instead of an article's page, if one did. */
void steps_keep_file(struct pipeline *pipeline, struct job *job, const struct parsed *parsed,
                     const struct parse_result *result);

/* Asks for the attachments that are still wanted, once nothing else is pending. */
void steps_request_attachments(struct pipeline *pipeline, struct job *job);
void steps_take_attachment(struct pipeline *pipeline, struct job *job, struct parsed *parsed);
