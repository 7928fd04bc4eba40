/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier-worker, crier-parser and crier-sync as children of crier: in $CRIER_WORKER's folder, else
 * beside
 * this executable, else in LIBEXECDIR.  Started by argv, never through a shell.
 * Whatever ends this program ends them too.
 */
#pragma once

#include "config/context.h"
#include "reader/outside-answer.h"
#include "reader/outside-program.h"

#include <sys/types.h>

/*
 * Runs `crier-worker` or `crier-parser [globals] arguments…` on crier's own standard streams and
 * waits. Returns its exit status; 128 + n when SIGHUP, SIGINT or SIGTERM, which are handed on to
 * it, ended it; 70, reported, when another signal did, when it could not start, and when what ran
 * was not the program.
 */
int child_run(const struct context *context, const char *program, char **arguments);

/*
 * The same with its standard output appended to `said`, ended by a NUL that does not count; more
 * than `most` bytes are an error.  Before this program enters its fence.
 */
int child_capture(const struct context *context, const char *program, char **arguments, gsize most,
                  GByteArray *said);

/* A worker whose standard output is read line by line from an event loop. */
struct child {
    pid_t pid;
    bool outside; /* it was started by reader/outside.h */
    int fd;       /* of its output; non-blocking; -1 after the end */
    GString *buffer;
    GString *errors; /* what it said on its standard error */
    int error_fd;
    int report_fd; /* what it says of itself: command.h */
    bool stopping;
};

struct child *child_start(const struct context *context, const char *const *arguments,
                          GError **error);

/*
 * Becomes `crier-worker [globals] arguments…` in a process of its own; fds: its output, its errors,
 * what it says of itself.  An exit status, when that fails.
 */
int child_become_worker(const struct context *context, const char *const *arguments,
                        const int fds[3]);

/* The same with `crier [globals] watch run`, after a fetch that began then (seconds UTC). */
int child_become_watches(const struct context *context, int64_t since, const int fds[3]);

/*
 * The same with `crier-sync [globals] sync --format=FORMAT`, which is never asked to answer
 * anything.
 */
int child_become_sync(const struct context *context, const char *format, const int fds[3]);

/* In the environment of the second: when that was. */
#define CHILD_FETCHED "CRIER_FETCHED"

/*
 * A program for an article (reader/outside-program.h) as such a child: what it says on both of its
 * streams comes as its output when it ends with 0, else as its errors.
 */
struct child *child_start_program(struct context *context, const struct program_call *call,
                                  const void *bytes, gsize length, GError **error);

/* Forgets a child that runs on. */
void child_leave(struct child *child);

/* Reads what is there and calls line() for each whole line; false at the end of the output. */
bool child_read(struct child *child, void (*line)(const char *text, gpointer user), gpointer user);

/* Asks it to end (SIGTERM). */
void child_stop(struct child *child);

/* Waits for the end and frees it; its exit status as from child_run(). */
int child_finish(struct child *child);
