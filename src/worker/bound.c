/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bounds of a command that reads foreign bytes in its own process, which nobody watches: it
 * watches itself, and says what was too much before it ends.
 */
#include "config.h"

#include "base/problem.h"
#include "base/status.h"
#include "config/command.h"
#include "parse/limits.h"
#include "worker/commands.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Written by a signal handler, so they are made before: bytes in the charset of the locale. */
static char *too_long, *too_large;
static int stream;

static void
end_saying(const char *text)
{
    for (gsize left = strlen(text); left;) {
        ssize_t written = write(stream, text, left);
        if (written <= 0)
            break;
        text += written;
        left -= (gsize)written;
    }
    program_end(STATUS_SOME);
}

static void
on_time(int number)
{
    (void)number;
    end_saying(too_long);
}

static void
on_memory(void)
{
    end_saying(too_large);
}

/* As an error that a command prints, or where there is a subject as a message. */
static char *
text_of(enum problem_code code, const char *subject, int64_t number)
{
    AUTO(problem_free) struct problem *problem = problem_new(code, subject, number, NULL);
    if (!subject) {
        json_t *said = problem_json(problem),
               *error = json_pack("{s:{s:s,s:O}}", "error", "code", problem_word(code), "message",
                                  json_object_get(said, "text"));
        g_autofree char *text = json_dumps(error, JSON_COMPACT);
        json_decref(said);
        json_decref(error);
        return g_strconcat(text, "\n", NULL);
    }
    g_autofree char *sentence = problem_sentence(problem);
    g_autofree char *line = g_strdup_printf("%s: %s\n", g_get_prgname(), sentence);
    char *encoded = g_locale_from_utf8(line, -1, NULL, NULL, NULL);
    return encoded ? encoded : g_steal_pointer(&line);
}

void
worker_bound(const char *subject)
{
    fflush(stdout); /* what is waiting there is lost when a handler ends the process */
    signal(SIGXCPU, SIG_IGN);
    g_free(too_long);
    g_free(too_large);
    too_long = text_of(PROBLEM_READER_LATE, subject, limits_page_time());
    too_large = text_of(PROBLEM_READER_MEMORY, subject, PROBLEM_NO_NUMBER);
    stream = subject ? STDERR_FILENO : STDOUT_FILENO;
    limits_memory(on_memory);
    signal(SIGXCPU, on_time);
    limits_time(MAX(limits_page_time() - 1, 1)); /* a second that has begun is added */
}
