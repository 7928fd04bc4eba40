/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ways out of a fence that tests try: what whoever has taken a process over would do.  Each is
 * tried in a process that may be ended by it.  tests/unit/test-fence.c tries them in each role,
 * tests/kit/escape.c within the programs.  libc alone, since the latter is preloaded.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What the attempts are made at; all of it is there and may be had without a fence. */
struct escape_target {
    const char *home;    /* a folder with secrets */
    const char *secret;  /* a file in it */
    const char *outside; /* a file that is not there yet, in a folder that may be written */
    int port;            /* of 127.0.0.1, where somebody listens */
    pid_t victim;        /* another process of the same user */
    int terminal;        /* a pty, or -1: there is none */
    const char *words;   /* what a program says that was executed */
};

struct escape {
    const char *name;
    /*
     * True when it got out.  Where it fails without a fence too, for want of rights, it is true
     * when the process lives on, which the fence sees to that it does not.
     */
    bool (*attempt)(const struct escape_target *target);
};

extern const struct escape escapes[];
extern const size_t escape_count;

/* NULL: there is none of this name. */
const struct escape *escape_find(const char *name);
