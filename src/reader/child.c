/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting crier-worker, crier-parser and crier-sync. */
#include "config.h"

#include "reader/child.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/url.h"
#include "config/command.h"
#include "fence/fence.h"
#include "reader/outside.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

/* The path of one of the programs; crier itself is beside itself. */
static char *
find_program(const char *name)
{
    const char *stated = g_getenv("CRIER_WORKER");
    if (stated && *stated && g_str_equal(name, "crier-worker"))
        return g_strdup(stated);
    g_autofree char *folder = g_strdup(paths_executable_dir());
    if (stated && *stated && !g_str_equal(name, "crier")) {
        g_free(folder);
        folder = g_path_get_dirname(stated);
    }
    g_autofree char *beside = folder ? g_build_filename(folder, name, NULL) : NULL;
    if (beside && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&beside);
    return g_build_filename(LIBEXECDIR, name, NULL);
}

/* Adds what others may see of an argument; what they may not goes to secrets (COMMAND_SECRETS). */
static void
add_argument(GStrvBuilder *builder, GString *secrets, const char *argument)
{
    g_autofree char *public = command_public(argument);
    bool one_line = !strchr(argument, '\n');
    if (!g_str_equal(public, argument) && one_line)
        g_string_append_printf(secrets, "%s\n", argument);
    g_strv_builder_add(builder, one_line ? public : argument);
}

static char **
program_argv(const struct context *context, const char *program, const char *const *arguments,
             GString *secrets)
{
    GStrvBuilder *builder = g_strv_builder_new();
    g_autofree char *path = find_program(program);
    g_strv_builder_add(builder, path);
    for (guint i = 0; i < context->globals->len; i++)
        add_argument(builder, secrets, g_ptr_array_index(context->globals, i));
    for (const char *const *argument = arguments; *argument; argument++)
        add_argument(builder, secrets, *argument);
    char **argv = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return argv;
}

static void
report_start(const char *program, const GError *why)
{
    message_error(_("cannot start '%s': %s"), program, why->message);
}

static int
status_of(int wait_status)
{
    if (WIFEXITED(wait_status))
        return WEXITSTATUS(wait_status);
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : STATUS_INTERNAL;
}

static int
wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return STATUS_INTERNAL;
    return status_of(status);
}

/* --- starting, so that the child does not outlive this program and says when it has ended --- */

#define REPORT 3 /* the descriptor in the child */

/*
 * Between fork and exec: who is killed takes its child with it, which ends as on SIGTERM, after
 * what it commits.
 */
static void
set_up_child(gpointer parent)
{
#ifdef PR_SET_PDEATHSIG
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != GPOINTER_TO_INT(parent))
        _exit(STATUS_INTERNAL);
#else
    (void)parent;
#endif
}

/*
 * out and err: pipes from its streams, or NULL for this program's own; it has this program's input
 * where it has its errors.  *report is what it says of itself.
 */
static bool
spawn(char **argv, const char *secrets, pid_t *pid, int *out, int *err, int *report, GError **error)
{
    int ends[2];
    if (!g_unix_open_pipe(ends, FD_CLOEXEC, error))
        return false;
    g_auto(GStrv)
        environment = g_environ_setenv(g_get_environ(), COMMAND_REPORT, G_STRINGIFY(REPORT), TRUE);
    if (*secrets)
        environment =
            g_environ_setenv(g_steal_pointer(&environment), COMMAND_SECRETS, secrets, TRUE);
    const int source = ends[1], target = REPORT;
    GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | (err ? 0 : G_SPAWN_CHILD_INHERITS_STDIN);
    bool fine = g_spawn_async_with_pipes_and_fds(
        NULL, (const char *const *)argv, (const char *const *)environment, flags, set_up_child,
        GINT_TO_POINTER(getpid()), -1, -1, -1, &source, &target, 1, pid, NULL, out, err, error);
    close(ends[1]);
    if (fine)
        *report = ends[0];
    else
        close(ends[0]);
    return fine;
}

enum word { WORD_NONE, WORD_OTHER, WORD_OWN };

/*
 * What an ended child has said of itself: that it did its work, as this version or as another; or
 * nothing.
 */
static enum word
hear(int report)
{
    char said[256];
    fcntl(report, F_SETFL, O_NONBLOCK);
    gssize got = file_read_all(report, said, sizeof said - 1);
    close(report);
    said[MAX(got, 0)] = '\0';
    if (!g_str_has_suffix(said, COMMAND_END))
        return WORD_NONE;
    return g_str_has_prefix(said, COMMAND_BEGIN) ? WORD_OWN : WORD_OTHER;
}

static volatile sig_atomic_t running; /* the program that child_run() waits for */
static volatile sig_atomic_t caught;  /* a signal that came before it ran */

static void
forward(int number)
{
    caught = number;
    if (running)
        kill((pid_t)running, number);
}

/* The child decides what a signal means.  What nohup(1) took away stays so. */
static void
forward_signals(void)
{
    struct sigaction action = {.sa_handler = forward}, before;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
}

/* What a child says, to its end or to the limit. */
static void
read_to_end(int fd, gsize most, GByteArray *said)
{
    guint8 buffer[65536];
    ssize_t got;
    while ((got = read(fd, buffer, sizeof buffer)) != 0 && said->len <= most) {
        if (got > 0)
            g_byte_array_append(said, buffer, (guint)got);
        else if (errno != EINTR)
            break;
    }
    close(fd);
}

/* said: what takes its standard output, or NULL for this program's own. */
static int
run(const struct context *context, const char *program, char **arguments, gsize most,
    GByteArray *said)
{
    g_autoptr(GString) secrets = g_string_new(NULL);
    g_auto(GStrv) argv = program_argv(context, program, (const char *const *)arguments, secrets);
    g_autoptr(GError) why = NULL;
    pid_t pid;
    int report, out = -1;
    forward_signals();
    if (!spawn(argv, secrets->str, &pid, said ? &out : NULL, NULL, &report, &why)) {
        report_start(argv[0], why);
        return STATUS_INTERNAL;
    }
    running = pid;
    if (caught)
        kill(pid, caught);
    if (said)
        read_to_end(out, most, said);
    else
        fence_enter(FENCE_READER, &(struct fence_places){.child = pid});
    int status = wait_for(pid);
    running = 0;
    enum word word = hear(report);
    if (status <= 128 && word == WORD_NONE) {
        message_error(_("'%s' ended without having done its work: check the installation"),
                      argv[0]);
        return STATUS_INTERNAL;
    }
    if (word == WORD_OTHER)
        message_warning(_("'%s' is of another version: check the installation"), argv[0]);
    switch (status - 128) {
    case SIGPIPE: /* the reader of its results went: end as it did */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
        return status;
    case SIGHUP:
    case SIGINT:
    case SIGTERM:
        return status;
    default:
        if (status <= 128)
            return status;
        message_error(_("%s was ended by signal %d"), program, status - 128);
        return STATUS_INTERNAL;
    }
}

int
child_run(const struct context *context, const char *program, char **arguments)
{
    return run(context, program, arguments, 0, NULL);
}

int
child_capture(const struct context *context, const char *program, char **arguments, gsize most,
              GByteArray *said)
{
    int status = run(context, program, arguments, most, said);
    if (status <= 128 && said->len > most) {
        message_error(_("'%s' is larger than %d MiB"), program, (int)(most >> 20));
        status = STATUS_INTERNAL;
    }
    g_byte_array_append(said, (const guint8 *)"", 1);
    g_byte_array_set_size(said, said->len - 1);
    return status;
}

static int
become(const struct context *context, const char *program, const char *const *arguments,
       const int fds[3])
{
    g_autoptr(GString) secrets = g_string_new(NULL);
    g_auto(GStrv) argv = program_argv(context, program, arguments, secrets);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    set_up_child(GINT_TO_POINTER(getppid()));
    /* none of them lies where another is to go: the starter has its streams */
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(fds[0], STDOUT_FILENO) < 0 ||
        dup2(fds[1], STDERR_FILENO) < 0)
        return STATUS_INTERNAL;
    if (fds[2] == REPORT ? fcntl(REPORT, F_SETFD, 0) < 0 : dup2(fds[2], REPORT) < 0)
        return STATUS_INTERNAL;
    g_setenv(COMMAND_REPORT, G_STRINGIFY(REPORT), TRUE);
    if (secrets->len)
        g_setenv(COMMAND_SECRETS, secrets->str, TRUE);
    execv(argv[0], argv);
    message_error(_("cannot start '%s': %s"), argv[0], g_strerror(errno));
    return STATUS_INTERNAL;
}

int
child_become_worker(const struct context *context, const char *const *arguments, const int fds[3])
{
    return become(context, "crier-worker", arguments, fds);
}

int
child_become_watches(const struct context *context, int64_t since, const int fds[3])
{
    static const char *const arguments[] = {"watch", "run", NULL};
    g_autofree char *time = g_strdup_printf("%" G_GINT64_FORMAT, since);
    g_setenv(CHILD_FETCHED, time, TRUE);
    return become(context, "crier", arguments, fds);
}

int
child_become_sync(const struct context *context, const char *format, const int fds[3])
{
    g_autofree char *option = g_strconcat("--format=", format, NULL);
    const char *const arguments[] = {"sync", option, NULL};
    return become(context, "crier-sync", arguments, fds);
}

/* One end of each for the worker, to ends[i][1], the other to ends[i][0]. */
static bool
open_pipes(int ends[3][2], GError **error)
{
    for (int i = 0; i < 3; i++) {
        if (g_unix_open_pipe(ends[i], FD_CLOEXEC, error))
            continue;
        while (i-- > 0) {
            close(ends[i][0]);
            close(ends[i][1]);
        }
        return false;
    }
    return true;
}

/* The same as spawn() where the starter does it. */
static bool
spawn_outside(const char *const *arguments, pid_t *pid, int *out, int *err, int *report,
              GError **error)
{
    g_autofree char *path = find_program("crier-worker"), *why = NULL;
    int ends[3][2];
    if (access(path, X_OK) < 0) {
        g_set_error_literal(error, CHILD_ERROR, CHILD_ERROR_START, g_strerror(errno));
        return false;
    }
    if (!open_pipes(ends, error))
        return false;
    *pid = outside_start_worker(arguments, (const int[]){ends[0][1], ends[1][1], ends[2][1]}, &why);
    for (int i = 0; i < 3; i++) {
        close(ends[i][1]);
        if (*pid < 0)
            close(ends[i][0]);
    }
    *out = ends[0][0];
    *err = ends[1][0];
    *report = ends[2][0];
    if (*pid < 0)
        g_set_error_literal(error, CHILD_ERROR, CHILD_ERROR_START, why);
    return *pid >= 0;
}

struct child *
child_start(const struct context *context, const char *const *arguments, GError **error)
{
    g_autoptr(GString) secrets = g_string_new(NULL);
    g_auto(GStrv) argv = program_argv(context, "crier-worker", arguments, secrets);
    g_autoptr(GError) why = NULL;
    int out, err, report;
    pid_t pid;
    bool outside = outside_is_ready();
    if (outside ? !spawn_outside(arguments, &pid, &out, &err, &report, &why)
                : !spawn(argv, secrets->str, &pid, &out, &err, &report, &why)) {
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), argv[0],
                    why->message);
        return NULL;
    }
    fcntl(out, F_SETFL, O_NONBLOCK);
    fcntl(err, F_SETFL, O_NONBLOCK);
    struct child *child = g_new0(struct child, 1);
    *child = (struct child){.pid = pid,
                            .outside = outside,
                            .fd = out,
                            .error_fd = err,
                            .report_fd = report,
                            .buffer = g_string_new(NULL),
                            .errors = g_string_new(NULL)};
    return child;
}

static void
read_errors(struct child *child)
{
    char buffer[1024];
    ssize_t got;
    while ((got = read(child->error_fd, buffer, sizeof buffer)) > 0)
        if (child->errors->len < 65536)
            g_string_append_len(child->errors, buffer, got);
}

#define MOST_LINE (8u << 20) /* bytes: a picture of 4 million pixels and its cells in base64 */

bool
child_read(struct child *child, void (*line)(const char *text, gpointer user), gpointer user)
{
    char buffer[4096];
    ssize_t got;
    read_errors(child);
    while ((got = read(child->fd, buffer, sizeof buffer)) > 0) {
        gsize from = child->buffer->len; /* before it no line ends */
        g_string_append_len(child->buffer, buffer, got);
        char *end;
        while ((end = strchr(child->buffer->str + from, '\n'))) {
            g_autofree char *text = g_strndup(child->buffer->str, end - child->buffer->str);
            g_string_erase(child->buffer, 0, end - child->buffer->str + 1);
            from = 0;
            line(text, user);
        }
        if (child->buffer->len > MOST_LINE)
            g_string_truncate(child->buffer, 0);
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    read_errors(child); /* what it said last */
    return false;
}

void
child_stop(struct child *child)
{
    child->stopping = true;
    if (child->outside)
        outside_signal(child->pid, SIGTERM);
    else
        kill(child->pid, SIGTERM);
}

int
child_finish(struct child *child)
{
    fcntl(child->error_fd, F_SETFL, 0);
    int status = child->outside ? status_of(outside_wait(child->pid)) : wait_for(child->pid);
    fcntl(child->error_fd, F_SETFL, O_NONBLOCK);
    read_errors(child);
    if (hear(child->report_fd) == WORD_NONE && status <= 128)
        status = STATUS_INTERNAL;
    close(child->fd);
    close(child->error_fd);
    g_string_free(child->buffer, TRUE);
    g_string_free(child->errors, TRUE);
    g_free(child);
    return status;
}
