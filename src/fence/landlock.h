/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Landlock (Documentation/userspace-api/landlock.rst of Linux): which files and folders a process
 * may still reach, and which network.  The best ABI of the running kernel is used; on a kernel or
 * in a build without it nothing happens.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum landlock_right {
    LANDLOCK_READ,   /* read files, list folders */
    LANDLOCK_RUN,    /* the same, and execute */
    LANDLOCK_WRITE,  /* read, write, make, rename and remove files and folders */
    LANDLOCK_DEVICE, /* read and write what is there, ioctls of a terminal too */
};

/* A rule: a path with what is below it. */
struct landlock_rule {
    char *path; /* owned */
    enum landlock_right right;
};

/* What is forbidden beside files. */
struct landlock_limits {
    bool network; /* TCP: connect and bind (ABI 4) */
    bool sockets; /* abstract Unix sockets of processes without the fence (ABI 6) */
    bool signals; /* signals to processes without the fence (ABI 6) */
};

/* The ABI of this kernel; 0: none. */
int landlock_abi(void);

/*
 * Restricts this thread and what it starts.  rules: struct landlock_rule; a path that is not there
 * is passed over, links are followed.  The ABI that holds; 0 and errno.
 */
int landlock_restrict(const GArray *rules, const struct landlock_limits *limits);
