/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a program that is watched. */
#include "config.h"

#include "ui/program.h"

#include <unistd.h>

struct program *
program_new(pid_t pid, int answer, char *url, const struct view *from)
{
    struct program *program = g_new(struct program, 1);
    *program = (struct program){pid, answer, url, from};
    return program;
}

void
program_free(gpointer data)
{
    struct program *program = data;
    if (program->answer >= 0)
        close(program->answer);
    g_free(program->url);
    g_free(program);
}
