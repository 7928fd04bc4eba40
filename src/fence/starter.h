/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The starter: a small process, forked while this one has one thread, no fence and nothing foreign
 * in it, that starts others for it afterwards.  It starts nothing but the roles that it was forked
 * with; each is a function of its own that runs in a child of it, which fences itself or becomes
 * another program.  It ends, and ends its children (SIGTERM), when whoever forked it is gone.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/auto.h"
#include "base/channel.h"

struct starter;

/*
 * What a child is.  Runs in a process of its own, with default signals; arguments: as they were
 * given to starter_start(), not trusted; fds: the open files given there, close-on-exec; but for
 * these and the streams nothing is open.  Its result is the exit status.
 */
typedef int starter_role(const GPtrArray *arguments, const int *fds, guint count, gpointer data);

struct starter_roles {
    starter_role *const *roles;
    guint count;
    gpointer data;                /* of all of them; as it was at starter_new() */
    void (*begin)(gpointer data); /* what the starter does before anything else; or NULL */
    /* bits of the roles that are not ended before they say so: what they begin may outlive it */
    guint held;
};

/* In a role that is held, and in what it starts: from here on SIGTERM ends it. */
void starter_let_end(void);

/* Forks it; NULL and errno. */
struct starter *starter_new(const struct starter_roles *roles);

/*
 * Has it start a child in a role, by its place among them; arguments: char *, or NULL; fds: handed
 * on, the caller's to close.  Its number; -1, and an error in *why (untranslated), when none was
 * started.  Any thread.
 */
pid_t starter_start(struct starter *starter, guint role, const GPtrArray *arguments, const int *fds,
                    guint count, char **why);

/* Sends a signal to a child.  Any thread. */
void starter_signal(struct starter *starter, pid_t child, int number);

/*
 * Waits for the end of a child, and forgets it: its wait status; -1 when there is none of that
 * number.  Any thread; others can start meanwhile.
 */
int starter_wait(struct starter *starter, pid_t child);

/* Ends it and what still runs of its children. */
void starter_free(struct starter *starter);
DEFINE_AUTO_FREE(starter, starter_free)
