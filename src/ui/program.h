/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that was started, is watched, and has not ended. */
#pragma once

#include <glib.h>
#include <sys/types.h>

struct view;

struct program {
    pid_t pid;
    int answer;              /* can be read from when it has ended; -1: taken */
    char *url;               /* what it shows, as people are shown it */
    const struct view *from; /* the view that had the focus; maybe gone */
};

struct program *program_new(pid_t pid, int answer, char *url, const struct view *from);
/* Leaves it alone, if it still runs; a GDestroyNotify. */
void program_free(gpointer program);
