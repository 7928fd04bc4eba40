/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seccomp (seccomp(2)) through libseccomp: which system calls a process may still make, by the
 * table of calls.def and by some of their arguments.  Every other fails with EPERM, or ends the
 * process if nothing of ours makes it ever.
 */
#pragma once

#include "fence/fence.h"

#include <stdbool.h>
#include <sys/types.h>

/* What the table cannot say. */
struct seccomp_needs {
    bool no_open; /* open no file at all, not even to read */
    pid_t child;  /* a process that it may signal, beside itself; 0: none */
};

/* Whether this build and this kernel have filters. */
bool seccomp_is_available(void);

/* Restricts this thread and what it starts; false when there is no filter. */
bool seccomp_restrict(enum fence_role role, const struct seccomp_needs *needs);
