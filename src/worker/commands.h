/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker's commands, one file each, and what they share. */
#pragma once

#include "config/context.h"
#include "config/enclose.h"

int worker_fetch(struct context *context, int argc, char **argv);
int worker_parse(struct context *context, int argc, char **argv);
int worker_opml(struct context *context, int argc, char **argv);
struct options_portal;
int worker_portal_check(struct context *context, const char *file, bool offline);
int worker_portal_survey(struct context *context, const struct options_portal *options);
int worker_portal_new(struct context *context, const GPtrArray *urls);
int worker_portal(struct context *context, int argc, char **argv);
int worker_reprocess(struct context *context, int argc, char **argv);
int worker_extract(struct context *context, int argc, char **argv);
int worker_entries(struct context *context, int argc, char **argv);

/* `discover [--all] ADDRESS`: what is behind an address, for `crier add`, as one JSON object. */
int worker_discover(struct context *context, int argc, char **argv);

/* `outlines FORMAT FILE`: what `crier import` is to subscribe to. */
int worker_outlines(struct context *context, int argc, char **argv);
/* `newsboat-cache FILE`: the marks that it is to make. */
int worker_newsboat_cache(struct context *context, int argc, char **argv);

/*
 * `bundle apply FILE NAME [copy]`: NAME is what the file is called to people; a copy is removed.
 */
int worker_bundle(struct context *context, int argc, char **argv);

/*
 * For the reader: `article SOURCE URL` stores one page, `download URL FILE` saves an attachment,
 * `pictures …` draws the pictures of an article in cells.
 */
int worker_article(struct context *context, int argc, char **argv);
int worker_download(struct context *context, int argc, char **argv);
int worker_pictures(struct context *context, int argc, char **argv);

/* No new privileges for what foreign bytes might take over; no core dumps of them. */
void sandbox_enter(void);

/*
 * From here on nothing but what was read is parsed and printed, within bounds (fence/fence.h): no
 * file of the user's, no network, no other program.
 */
void worker_fence_parse(void);

/*
 * From here on one more thing is read, within bounds of time and memory (parse/limits.h).  What
 * takes more ends the process with STATUS_SOME, and with a message that names the subject; without
 * one the error is printed as worker_print_error() does.
 */
void worker_bound(const char *subject);

/*
 * The fence of a command that asks the network through another process, and of one with a store.
 * places: enum enclose_places; read, write: more paths, NULL-terminated, or NULL.
 */
void worker_enclose(const struct context *context, unsigned places, const char *const *read,
                    const char *const *write);

/*
 * The paths of those addresses that are files of this machine ("file:"), as a NULL-terminated list
 * for worker_enclose(); owned.
 */
char **worker_files(const GPtrArray *urls);

/* Reads a file, or standard input for "-", of at most 256 MiB; reports failure itself. */
char *worker_read(const char *path, gsize *length);

/*
 * The store for writing, made if missing when `create`, and the lock on it, which close() gives
 * back; NULL and error.
 */
struct store;
struct store *worker_open_store(const struct context *context, bool create, int *lock,
                                GError **error);

/* What a command exits with after an error. */
int worker_status_of(const GError *error);

/*
 * One request (taken), or a plain GET, with the settings for transfers; NULL, reported, unless the
 * answer is a document.
 */
struct response;
struct request;
struct response *worker_ask(const struct context *context, struct request *request);
/* The same as what a source asks for, which may be NULL. */
struct subscription;
struct response *worker_ask_for(const struct context *context, const struct subscription *sub,
                                struct request *request);
struct response *worker_get(const struct context *context, const char *url);
/*
 * The same as worker_ask_for() for an address that a page names and nobody typed: of a private
 * network it may only be on the source's own host, and nobody is told when it fails.  Each has
 * cookies of its own; without a source it has no login.  max_size: bytes of its answer.
 */
struct response *worker_ask_unnamed(const struct context *context, const struct subscription *sub,
                                    const char *url, gsize max_size);
/* The same, where nobody is told when it fails. */
struct response *worker_try(const struct context *context, const char *url);
/* The same as worker_ask(), where nobody is told when it fails. */
struct response *worker_ask_quietly(const struct context *context, struct request *request);
/* Why the last request failed that did; borrowed, or NULL. */
const struct problem *worker_why(void);
/* The first that can be connected to; only its failure is reported. */
struct response *worker_get_first(const struct context *context, const GPtrArray *urls);
/* What a command exits with whose last request failed (base/problem.def). */
int worker_request_status(void);
/* A URL as it is written down: with the login by which its host was asked, if there was one. */
char *worker_written(const char *url);

/* What an answer is: a feed, or NULL; a page. */
struct feed *worker_feed(const struct response *response);
struct page *worker_page(const struct response *response);

/* Who is told what makes one doubt a list. */
struct worker_listener {
    void (*say)(gpointer data, const char *sentence);
    gpointer data;
};

/*
 * Says what is doubtful of a list of these rules (section: or NULL), and in what it differs from
 * what repetition finds on the same page (or NULL).
 */
struct list;
struct portal_section;
void worker_doubt(const struct list *list, const struct list *repeated,
                  const struct portal_section *section, const struct worker_listener *to);

/* Prints {"error": {"code": …, "message": …}} and returns STATUS_SOME. */
/*
 * Says from where the scripts of a page in which nothing was found take their data, as far as they
 * name it.
 */
void worker_propose_endpoints(const struct page *page, const char *url);

int worker_print_error(const char *code, const char *message);
