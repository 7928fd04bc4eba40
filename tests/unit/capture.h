/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a command of crier in the test itself, with what it says on both streams caught. */
#pragma once

#include "base/paths.h"
#include "config/command.h"
#include "unit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct capture {
    int status;
    char *out, *err; /* owned */
};

/* Sends what goes to a descriptor into a file without a name; returns what it was before. */
static inline int
capture_divert(FILE *stream, FILE **to)
{
    fflush(stream);
    *to = tmpfile();
    g_assert_nonnull(*to);
    int before = dup(fileno(stream));
    g_assert_cmpint(dup2(fileno(*to), fileno(stream)), >=, 0);
    return before;
}

static inline char *
capture_restore(FILE *stream, FILE *from, int before)
{
    fflush(stream);
    dup2(before, fileno(stream));
    close(before);
    GString *text = g_string_new(NULL);
    char buffer[4096];
    size_t got;
    rewind(from);
    while ((got = fread(buffer, 1, sizeof buffer, from)) > 0)
        g_string_append_len(text, buffer, (gssize)got);
    fclose(from);
    return g_string_free(text, FALSE);
}

/* Words are told apart by blanks; a '_' in them stands for one. */
static inline void
capture_run(struct capture *c, int (*run)(struct context *, int, char **), struct context *context,
            const char *line)
{
    g_setenv("CRIER_TEST_NO_FENCE", "1", TRUE); /* it would stay for all that follow */
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    int count = (int)g_strv_length(words);
    /* the parser of options takes words out of the array that it is given */
    g_autofree char **argv = g_memdup2(words, sizeof *words * (gsize)(count + 1));
    for (int i = 0; i < count; i++)
        g_strdelimit(argv[i], "_", ' ');
    FILE *out, *err;
    int stdout_before = capture_divert(stdout, &out), stderr_before = capture_divert(stderr, &err);
    c->status = run(context, count, argv);
    c->out = capture_restore(stdout, out, stdout_before);
    c->err = capture_restore(stderr, err, stderr_before);
}

static inline void
capture_clear(struct capture *c)
{
    g_free(c->out);
    g_free(c->err);
}

/* A context that finds everything in one folder. */
static inline struct context *
capture_context(const char *folder, const char *store)
{
    struct context *context = context_new();
    g_free(context->config_dir);
    g_free(context->store_file);
    context->config_dir = g_strdup(folder);
    context->store_file = g_strdup(store);
    return context;
}
