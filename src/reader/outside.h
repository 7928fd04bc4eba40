/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the reader does outside of its fence: a starter (fence/starter.h), forked before the fence,
 * starts crier-worker, the browser and the programs of watches, writes a file that the user names,
 * and changes `urls`.  It takes its settings from before the fence, and checks what it is told as
 * if a stranger had said it.  In a process that has no starter all of this is done directly.
 */
#pragma once

#include "reader/outside-hook.h"
#include "reader/outside-program.h"

#include <sys/types.h>

/*
 * Forks the starter, once, before the configuration is read and the store opened; false, reported,
 * when that fails.
 */
bool outside_begin(struct context *context);
bool outside_is_ready(void);

/*
 * crier-worker with these arguments; with "watch" and a time `crier watch run`, with "sync" and a
 * format crier-sync; fds: its output, its errors, what it says of itself
 * (config/command.h).  Its number, for the two below; -1 and an error in *why.
 */
pid_t outside_start_worker(const char *const *arguments, const int fds[3], char **why);
void outside_signal(pid_t worker, int number);
int outside_wait(pid_t child); /* a wait status */

/*
 * Opens an address of the web or of mail, or a file of outside_save_copy(), by a command,
 * which has to be the one of the configuration or the command line; terminal:
 * it gets this program's input and output.  Its number, or -1.  *answer, the caller's, can be read
 * from when the program has ended; then outside_end() takes both, and tells what went wrong.
 */
pid_t outside_show_url(struct context *context, const char *command, const char *url, bool terminal,
                       int *answer, GError **error);
bool outside_end(pid_t pid, int answer, GError **error);

/*
 * Tells a text to the program of a watch, or to the one that sends mail, and waits (reader/hook.h):
 * a problem of it, owned, or NULL.  It has to be the program of the configuration.  NULL and an
 * error when none of this could be tried.
 */
struct problem *outside_run_hook(struct context *context, const struct watch_rule *rule,
                                 enum outside_hook kind, guint hits, const char *text,
                                 GError **error);

/*
 * Starts a program for an article beside the reader; fds: as outside_be_program() has them.  Its
 * number, as outside_start_worker() says.
 */
pid_t outside_start_program(struct context *context, const struct program_call *call,
                            const int fds[4], char **why);

/*
 * Runs one on the terminal, which the reader has left, and waits for its end.  *ran: whether there
 * was one to run: what is typed may be nothing.
 */
bool outside_run_on_terminal(struct context *context, const struct program_call *call,
                             const void *bytes, gsize length, bool *ran, GError **error);

/*
 * Writes a new file: G_FILE_ERROR_EXIST for one that is there, G_FILE_ERROR_PERM for one that is
 * hidden or lies in a hidden folder, as the settings of other programs do.
 */
bool outside_save(const char *path, const void *bytes, gsize length, GError **error);

/*
 * The names in a folder, "NAME/" of a folder, for who types where to save; without hidden ones.
 * Newly allocated; NULL when it cannot be asked.
 */
char **outside_names(const char *folder);

/* Writes a file of that name into a new folder for temporary files; its path, newly allocated. */
char *outside_save_copy(const char *name, const void *bytes, gsize length, GError **error);

/*
 * urls_append(), urls_append_query(), urls_import(), urls_remove() and urls_exchange()
 * (config/urls.h).
 */
bool outside_subscribe(const char *config_dir, const char *url, const char *title,
                       char *const *tags, GError **error);
bool outside_save_query(const char *config_dir, const char *title, const char *query,
                        GError **error);
/* outlines: struct outline (config/outline.h), of which those that are not refused are imported */
bool outside_import(const char *config_dir, const GPtrArray *outlines, GError **error);
bool outside_unsubscribe(const char *config_dir, char *const *names, GError **error);
bool outside_exchange_urls(const char *config_dir, const char *old, const char *text, bool *done,
                           GError **error);
