/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subcommands of crier, one file each, and what they share. */
#pragma once

#include <jansson.h>

#include "config/command.h"
#include "config/enclose.h"
#include "reader/session.h"

int cli_add(struct context *context, int argc, char **argv);
int cli_remove(struct context *context, int argc, char **argv);
int cli_sources(struct context *context, int argc, char **argv);
int cli_list(struct context *context, int argc, char **argv);
int cli_search(struct context *context, int argc, char **argv);
int cli_show(struct context *context, int argc, char **argv);
int cli_diff(struct context *context, int argc, char **argv);
int cli_mark(struct context *context, int argc, char **argv);
int cli_digest(struct context *context, int argc, char **argv);
int cli_watch(struct context *context, int argc, char **argv);
int cli_agenda(struct context *context, int argc, char **argv);
int cli_status(struct context *context, int argc, char **argv);
int cli_store(struct context *context, int argc, char **argv);
int cli_portal(struct context *context, int argc, char **argv);
int cli_export(struct context *context, int argc, char **argv);
int cli_import(struct context *context, int argc, char **argv);
int cli_bundle(struct context *context, int argc, char **argv);
int cli_config(struct context *context, int argc, char **argv);
int cli_keys(struct context *context, int argc, char **argv);

/* A command that the worker does: arguments as they came. */
int cli_fetch(struct context *context, int argc, char **argv); /* and then watches */
int cli_worker(struct context *context, int argc, char **argv);
int cli_parser(struct context *context, int argc, char **argv);
int cli_sync(struct context *context, int argc, char **argv);

/* Enters the reader's fence; places: enum enclose_places. */
void cli_fence(const struct context *context, unsigned places);

/*
 * Enters it and opens a session for a command, as session_open(); on failure reports it and sets
 * *status.
 */
struct session *cli_session(struct context *context, bool create, int *status);

/*
 * The same for a command that writes files beside: the fence leaves a folder open, or none (NULL).
 */
struct session *cli_session_writing(struct context *context, const char *folder, int *status);

/* Whether there is a store; reports it otherwise. */
bool cli_has_store(const struct session *session);

/* Whether something is subscribed to, if only by a line that cannot be used. */
bool cli_is_subscribed(const struct session *session);
/* That nothing is, and how one begins. */
void cli_say_unsubscribed(void);
/* That no article matched, or why there is none at all. */
void cli_say_nothing_matched(const struct session *session);

/* Reports an error and returns its exit status. */
int cli_fail(const GError *error);

/* Whether a number that was given is none below 0; reports it otherwise. */
bool cli_not_negative(const char *option, int number);

/*
 * Whether a word that was given is one of those that the option takes; reports it otherwise.  NULL:
 * none was given.
 */
bool cli_choice(enum command_id command, const char *option, const char *word);

/* Says of an address that is added that each story of that portal will be there twice. */
struct known_address;
void cli_say_twice(const char *address, const struct known_address *known);

/* Whether a command that takes options alone was given nothing else; reports it otherwise. */
bool cli_takes_nothing(const char *command, int argc);

/* A value that leaves a line of TSV one line, and its columns apart. */
char *cli_tsv_field(const char *text);

/* The width to cut table rows to: of the terminal, or 0 (do not cut) when stdout is none. */
int cli_width(void);

/* Prints the rows of a listing as `list` does; limit 0 is none. An exit status. */
struct listing;
int cli_print_listing(struct session *session, const struct listing *listing, int limit,
                      const char *format);

/* Prints one line of JSON and releases it. */
void cli_print_json(json_t *object);
json_t *cli_string(const char *text); /* null when NULL or empty */
json_t *cli_time(int64_t time);       /* RFC 3339 in UTC; null when 0 */

/* The fields of `sources --format=json`. */
/* urls: of which it is, or NULL. */
json_t *cli_source_json(const struct source *source, const struct urls *urls);

/* Those of `show --format=json`. */
struct document;
json_t *cli_whole_article_json(struct store *store, const struct article_row *row,
                               const struct document *document);
