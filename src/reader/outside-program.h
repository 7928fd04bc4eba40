/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The roles that run a program for an article; for reader/outside.c.  They are told which one by
 * name and look it up themselves, so that what stands behind the fence cannot name another; a
 * command that somebody types is typed to the role, not to the reader.
 */
#pragma once

#include "config/context.h"
#include "config/programs.h"

enum outside_program {
    OUTSIDE_COMMAND,   /* of crier.conf, by its name */
    OUTSIDE_CLIPBOARD, /* of ui.clipboard */
    OUTSIDE_TYPED,     /* asked for on the terminal, for a shell */
    OUTSIDE_PROGRAMS
};

struct program_call {
    enum outside_program kind;
    bool lines;                         /* nothing is painted over what a program says there */
    const char *name;                   /* of a command; else "" */
    const char *fields[PROGRAM_FIELDS]; /* NULL: there is none */
};

/* Strings, borrowed, for the roles. */
GPtrArray *program_call_words(const struct program_call *call);

/*
 * Without the terminal; fds: what it gets, then where what it says goes when all is well, and when
 * not, and COMMAND_REPORT.  data: the context.
 */
int outside_be_program(const GPtrArray *arguments, const int *fds, guint count, gpointer data);

/* With the terminal, that of the standard streams; fds: what it gets, the answer. */
int outside_be_terminal_program(const GPtrArray *arguments, const int *fds, guint count,
                                gpointer data);
