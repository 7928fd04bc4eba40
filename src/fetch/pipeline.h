/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pipeline as its parts see it: fetch.c runs the threads, steps.c says what a job asks
 * for next and what becomes of the answers.  Inside this room only.
 */
#pragma once

#include "fetch/events.h"
#include "fetch/job.h"

#define PARSERS 2 /* threads at most: the transfers and the store want a processor too */

/* What the parse stage hands to the write stage. */
struct parsed {
    struct response *response;
    struct parse_result *result; /* NULL: nothing to parse (an error, a 304) */
    char *token;                 /* of a JOB_TOKEN */
};

struct pipeline {
    struct store *store;
    struct http *http;
    struct events *events;
    GAsyncQueue *responses; /* transfer -> parse: struct response *, or `end` */
    GAsyncQueue *parsed;    /* parse -> write: struct parsed * */
    GThread *parsers[PARSERS];
    GPtrArray *jobs; /* owned, unfinished ones */
    guint left;
    int64_t now, jumped; /* jumped: store_clock_mend() */
    bool store_failed;
};

/* Asks for the first thing that a job needs: its token, or the source itself. */
void steps_begin(struct pipeline *pipeline, struct job *job);

/* Takes an answer and asks for what follows from it; the job is done when nothing is pending. */
void steps_take(struct pipeline *pipeline, struct job *job, struct parsed *parsed);
