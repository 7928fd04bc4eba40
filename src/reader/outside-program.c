/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running programs for an article, beside the reader or on its terminal. */
#include "config.h"

#include "reader/outside-program.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/status.h"
#include "config/command.h"
#include "document/document.h"
#include "fence/starter.h"
#include "reader/outside-answer.h"
#include "reader/outside-line.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_INPUT (64u << 20)
#define MAX_SAID   65536
#define MAX_LINE   4096

GPtrArray *
program_call_words(const struct program_call *call)
{
    static const char *const kinds[OUTSIDE_PROGRAMS] = {"0", "1", "2"};
    GPtrArray *words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer)kinds[call->kind]);
    g_ptr_array_add(words, (gpointer)(call->lines ? "1" : "0"));
    g_ptr_array_add(words, (gpointer)call->name);
    for (int i = 0; i < PROGRAM_FIELDS; i++)
        g_ptr_array_add(words, (gpointer)(call->fields[i] ? call->fields[i] : ""));
    return words;
}

/* The call that the words are; false when they are none. */
static bool
take_call(const GPtrArray *words, struct program_call *call)
{
    gint64 kind, lines;
    if (words->len != 3 + PROGRAM_FIELDS ||
        !number_parse(g_ptr_array_index(words, 0), 0, OUTSIDE_PROGRAMS - 1, &kind) ||
        !number_parse(g_ptr_array_index(words, 1), 0, 1, &lines))
        return false;
    call->kind = (enum outside_program)kind;
    call->lines = lines;
    call->name = g_ptr_array_index(words, 2);
    for (int i = 0; i < PROGRAM_FIELDS; i++)
        call->fields[i] = g_ptr_array_index(words, (guint)i + 3);
    return true;
}

/* The words of the program, by the configuration; NULL and error when there is none. */
static char **
find_argv(struct context *context, const struct program_call *call, bool terminal, GError **error)
{
    if (!context_load(context, error))
        return NULL;
    if (call->kind == OUTSIDE_CLIPBOARD)
        return program_words(context->settings->values.ui_clipboard, "", error);
    const struct program_rule *rule = program_rules_find(context->programs, call->name);
    if (!rule || rule->terminal != terminal) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("there is no command '%s'"),
                    call->name);
        return NULL;
    }
    /* not every address in a store is one that this program wrote */
    g_autofree char *url = document_safe_url(call->fields[PROGRAM_FIELD_URL]);
    return program_words(rule->exec, url ? url : "", error);
}

/* What a child is started with. */
struct start {
    char **argv;
    const struct program_call *call;
    int in, said;   /* in the place of its standard streams; -1: what this process has */
    bool apart;     /* it outlives the reader, and the terminal's signals are not for it */
    const int *fds; /* of one that is apart: to what the reader listens */
    guint count;
};

static pid_t
start(const struct start *s, GError **error)
{
    g_autofree char *path = g_find_program_in_path(s->argv[0]);
    if (!path) {
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), s->argv[0],
                    g_strerror(ENOENT));
        return -1;
    }
    pid_t pid = fork();
    if (pid < 0)
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), s->argv[0],
                    g_strerror(errno));
    if (pid != 0)
        return pid;
    for (int i = 0; i < PROGRAM_FIELDS; i++) {
        bool address = i == PROGRAM_FIELD_URL || i == PROGRAM_FIELD_LINK;
        const char *safe = address ? document_safe_url(s->call->fields[i]) : s->call->fields[i];
        g_setenv(program_fields[i], safe ? safe : "", TRUE);
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    starter_let_end();
    if (s->apart)
        setsid();
    if ((s->in >= 0 && dup2(s->in, STDIN_FILENO) < 0) ||
        (s->said >= 0 && (dup2(s->said, STDOUT_FILENO) < 0 || dup2(s->said, STDERR_FILENO) < 0)))
        _exit(127);
    execv(path, s->argv);
    _exit(127);
}

/*
 * Gives a program its input, all of it: one that outlives the reader gets it from a process that
 * does so too, and that keeps nothing open to which the reader listens.
 */
static void
feed(const struct start *s, int to, const GByteArray *bytes)
{
    signal(SIGPIPE, SIG_IGN); /* it need not read all */
    pid_t pid = s->apart ? fork() : -1;
    if (pid == 0) {
        setsid();
        starter_let_end();
        for (guint i = 0; i < s->count; i++)
            close(s->fds[i]);
    }
    if (pid <= 0)
        file_write_all(to, bytes->data, bytes->len);
    if (pid == 0)
        _exit(0);
    close(to);
}

/* An exit status, or 128 and a signal. */
static int
wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* input: NULL for what this process has.  -1 and error when it could not be started. */
static int
run(struct start *s, const GByteArray *input, GError **error)
{
    int ends[2] = {-1, -1};
    if (input && !g_unix_open_pipe(ends, FD_CLOEXEC, error))
        return -1;
    s->in = ends[0];
    pid_t pid = start(s, error);
    if (ends[0] >= 0)
        close(ends[0]);
    if (pid < 0) {
        if (ends[1] >= 0)
            close(ends[1]);
        return -1;
    }
    if (input)
        feed(s, ends[1], input);
    starter_let_end();
    return wait_for(pid);
}

/* --- beside the reader ---------------------------------------------------------------------- */

/* The end of what was said, which is what the reader tells. */
static void
hand_on(int from, int to)
{
    char text[MAX_SAID];
    off_t begin = MAX(lseek(from, 0, SEEK_END) - MAX_SAID, 0);
    gssize got = lseek(from, begin, SEEK_SET) == begin ? file_read_all(from, text, sizeof text) : 0;
    if (got > 0)
        file_write_all(to, text, (gsize)got);
    if (got > 0 && text[got - 1] != '\n')
        file_write_all(to, "\n", 1);
}

/* What the program says goes to a file, which is there however long it runs and whoever listens. */
static int
run_apart(struct context *context, const struct program_call *call, const int *fds, guint count,
          GError **error)
{
    g_auto(GStrv) argv = find_argv(context, call, false, error);
    g_autoptr(GByteArray) input = outside_read(fds[0], MOST_INPUT);
    g_autofree char *path = NULL;
    int said = argv ? g_file_open_tmp("crier-XXXXXX", &path, error) : -1;
    if (said < 0)
        return STATUS_INTERNAL;
    unlink(path);
    struct start s = {
        .argv = argv, .call = call, .said = said, .apart = true, .fds = fds, .count = count};
    int status = run(&s, input, error);
    if (status >= 0)
        hand_on(said, status ? fds[2] : fds[1]);
    close(said);
    return status;
}

int
outside_be_program(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    struct program_call call;
    g_autoptr(GError) error = NULL;
    if (count != 4 || !take_call(arguments, &call) || call.kind == OUTSIDE_TYPED)
        return STATUS_INTERNAL;
    setsid(); /* what ends a program on the terminal must not end the one who waits for this one */
    signal(SIGPIPE, SIG_IGN);
    int status = run_apart(data, &call, fds, count, &error);
    if (error) {
        file_write_all(fds[2], error->message, strlen(error->message));
        file_write_all(fds[2], "\n", 1);
        status = STATUS_INTERNAL;
    }
    file_write_all(fds[3], COMMAND_BEGIN COMMAND_END, strlen(COMMAND_BEGIN COMMAND_END));
    return status;
}

/* --- with the terminal ---------------------------------------------------------------------- */

/* The words of what is to be run; NULL without an error when nobody wants it any more. */
static char **
find_terminal_argv(struct context *context, const struct program_call *call, GError **error)
{
    if (call->kind != OUTSIDE_TYPED)
        return find_argv(context, call, true, error);
    char line[MAX_LINE];
    if (access("/dev/tty", R_OK | W_OK) < 0) {
        g_set_error_literal(error, CHILD_ERROR, CHILD_ERROR_START,
                            _("a command can be typed on a terminal only"));
        return NULL;
    }
    const char *label = _("Command that gets the article (a shell runs it): ");
    g_autofree char *question =
        call->lines ? g_strdup_printf(_("%s[a full stop: not at all] "), label) : g_strdup(label);
    if (!outside_ask_line(question, !call->lines, line, sizeof line))
        return NULL;
    const char *const words[] = {"/bin/sh", "-c", g_strstrip(line), NULL};
    return *line && !g_str_equal(line, ".") ? g_strdupv((char **)words) : NULL;
}

static bool
wants_input(const struct context *context, const struct program_call *call)
{
    const struct program_rule *rule = program_rules_find(context->programs, call->name);
    return call->kind == OUTSIDE_TYPED || (rule && rule->input != PROGRAM_NOTHING);
}

/* The answer's text: empty when nothing was run. */
static const char *
run_on_terminal(struct context *context, const struct program_call *call, int from, GError **error)
{
    g_autoptr(GByteArray) input = outside_read(from, MOST_INPUT);
    g_auto(GStrv) argv = find_terminal_argv(context, call, error);
    if (!argv)
        return "";
    struct start s = {.argv = argv, .call = call, .said = -1};
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    int status = run(&s, wants_input(context, call) ? input : NULL, error);
    char line[MAX_LINE];
    if (!call->lines && (status > 0 || (status == 0 && call->kind == OUTSIDE_TYPED)))
        outside_ask_line(_("[Enter: back to crier] "), true, line,
                         sizeof line); /* it is to be read first */
    if (status > 128)
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("the command was ended by signal %d"),
                    status - 128);
    else if (status > 0)
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("the command ended with status %d"),
                    status);
    return "done";
}

int
outside_be_terminal_program(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    struct program_call call;
    g_autoptr(GError) error = NULL;
    if (count != 2 || !take_call(arguments, &call) || call.kind == OUTSIDE_CLIPBOARD)
        return STATUS_INTERNAL;
    const char *done = run_on_terminal(data, &call, fds[0], &error);
    return outside_answer(fds[1], error, done);
}
