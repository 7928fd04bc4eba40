/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a process may do from now on, by Landlock (which files, which network) and seccomp (which
 * system calls, fence/calls.def).  It cannot be taken back, and what the process starts has it too.
 * Where a kernel lacks one of the two, the other holds; where it lacks both, crier runs as before.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* Who is fenced: a row of calls.def, and what of the system it reads. */
enum fence_role {
    FENCE_READER,   /* crier: the screen, and the commands that read and write the store */
    FENCE_WRITE,    /* crier-worker with the store */
    FENCE_TRANSFER, /* crier-transfer: the network, names and certificates */
    FENCE_PARSE,    /* foreign bytes: no file but zones and converters of charsets */
    FENCE_CONVERT,  /* converters of documents: programs of the system, and a folder of its own */
};

/* Files and folders beside those of the role; one that is not there is passed over. */
struct fence_places {
    const char *const *read;  /* NULL-terminated paths, or NULL: to read, with what is below them */
    const char *const *write; /* to read, write, make and remove */
    pid_t child;              /* one that was started before and may be signalled, or 0 */
};

/* Which of the two hold for this process since fence_enter(). */
struct fence_state {
    int landlock; /* its ABI; 0: this kernel, or this build, has none */
    bool network; /* Landlock forbids TCP too */
    bool seccomp;
};

/*
 * Enters it, once, before the process has a second thread and before it sees a foreign byte.  Never
 * fails: what could not be had is missing in the state, and message_note() says so.
 */
void fence_enter(enum fence_role role, const struct fence_places *places);

/* Whether tests have it that nothing is fenced (CRIER_TEST_NO_FENCE). */
bool fence_is_off(void);

/* Of this process. */
const struct fence_state *fence_state(void);

/* What this kernel and this build could do, without entering anything. */
struct fence_state fence_available(void);

/* A state in words, untranslated: "landlock 6 with network, seccomp". */
char *fence_state_text(const struct fence_state *state);

/* What was built in: "landlock, seccomp", "none". */
const char *fence_build(void);
