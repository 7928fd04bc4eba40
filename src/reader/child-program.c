/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program for an article as a child whose end the event loop waits for. */
#include "config.h"

#include "base/file.h"
#include "base/i18n.h"
#include "reader/child.h"
#include "reader/outside.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

enum { INPUT, OUTPUT, ERRORS, REPORT, PIPES };

static void
close_ends(int pipes[PIPES][2], int end)
{
    for (int i = 0; i < PIPES; i++)
        if (pipes[i][end] >= 0)
            close(pipes[i][end]);
}

static bool
open_pipes(int pipes[PIPES][2], GError **error)
{
    for (int i = 0; i < PIPES; i++)
        pipes[i][0] = pipes[i][1] = -1;
    for (int i = 0; i < PIPES; i++)
        if (!g_unix_open_pipe(pipes[i], FD_CLOEXEC, error))
            return false;
    return true;
}

/* The role reads all of it before it does anything else. */
static void
give(int to, const void *bytes, gsize length)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    file_write_all(to, bytes, length);
    sigaction(SIGPIPE, &before, NULL);
    close(to);
}

static int
quiet(int fd)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

struct child *
child_start_program(struct context *context, const struct program_call *call, const void *bytes,
                    gsize length, GError **error)
{
    int pipes[PIPES][2];
    g_autofree char *why = NULL;
    if (!open_pipes(pipes, error)) {
        close_ends(pipes, 0);
        close_ends(pipes, 1);
        return NULL;
    }
    const int fds[] = {pipes[INPUT][0], pipes[OUTPUT][1], pipes[ERRORS][1], pipes[REPORT][1]};
    pid_t pid = outside_start_program(context, call, fds, &why);
    for (int i = 0; i < PIPES; i++)
        close(fds[i]);
    if (pid < 0) {
        close(pipes[INPUT][1]);
        for (int i = OUTPUT; i < PIPES; i++)
            close(pipes[i][0]);
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), call->name,
                    why);
        return NULL;
    }
    give(pipes[INPUT][1], bytes, length);
    struct child *child = g_new0(struct child, 1);
    *child = (struct child){.pid = pid,
                            .outside = true,
                            .fd = quiet(pipes[OUTPUT][0]),
                            .error_fd = quiet(pipes[ERRORS][0]),
                            .report_fd = pipes[REPORT][0],
                            .buffer = g_string_new(NULL),
                            .errors = g_string_new(NULL)};
    return child;
}

void
child_leave(struct child *child)
{
    close(child->fd);
    close(child->error_fd);
    close(child->report_fd);
    g_string_free(child->buffer, TRUE);
    g_string_free(child->errors, TRUE);
    g_free(child);
}
