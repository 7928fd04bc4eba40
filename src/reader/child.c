/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting crier-worker and crier-parser. */
#include "config.h"

#include "reader/child.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

G_DEFINE_QUARK(crier-child-error, child_error)

/* The path of crier-worker or crier-parser. */
static char *
find_program(const char *name)
{
    const char *stated = g_getenv("CRIER_WORKER");
    if (stated && *stated && g_str_equal(name, "crier-worker"))
        return g_strdup(stated);
    g_autofree char *folder = g_strdup(paths_executable_dir());
    if (stated && *stated) {
        g_free(folder);
        folder = g_path_get_dirname(stated);
    }
    g_autofree char *beside = folder ? g_build_filename(folder, name, NULL) : NULL;
    if (beside && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&beside);
    return g_build_filename(LIBEXECDIR, name, NULL);
}

static char **
program_argv(const struct context *context, const char *program, const char *const *arguments)
{
    GStrvBuilder *builder = g_strv_builder_new();
    g_autofree char *path = find_program(program);
    g_strv_builder_add(builder, path);
    for (guint i = 0; i < context->globals->len; i++)
        g_strv_builder_add(builder, g_ptr_array_index(context->globals, i));
    for (const char *const *argument = arguments; *argument; argument++)
        g_strv_builder_add(builder, *argument);
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

static volatile sig_atomic_t running; /* the program that child_run() waits for */

static void
forward(int number)
{
    if (running)
        kill((pid_t)running, number);
}

int
child_run(const struct context *context, const char *program, char **arguments)
{
    g_auto(GStrv) argv = program_argv(context, program, (const char *const *)arguments);
    g_autoptr(GError) why = NULL;
    GPid pid;
    if (!g_spawn_async(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, &pid, &why)) {
        report_start(argv[0], why);
        return STATUS_INTERNAL;
    }
    /* it decides what a signal means; the terminal's reach it by themselves */
    running = pid;
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, forward);
    signal(SIGHUP, forward);
    int status = wait_for(pid);
    running = 0;
    if (status > 128 && status != 130 && status != 143) {
        message_error(_("%s was ended by signal %d"), program, status - 128);
        return STATUS_INTERNAL;
    }
    return status;
}

struct child *
child_start(const struct context *context, const char *const *arguments, GError **error)
{
    g_auto(GStrv) argv = program_argv(context, "crier-worker", arguments);
    g_autoptr(GError) why = NULL;
    int out, err;
    GPid pid;
    if (!g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, &err, &why)) {
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), argv[0], why->message);
        return NULL;
    }
    fcntl(out, F_SETFL, O_NONBLOCK);
    fcntl(err, F_SETFL, O_NONBLOCK);
    struct child *child = g_new0(struct child, 1);
    *child = (struct child){.pid = pid, .fd = out, .error_fd = err, .buffer = g_string_new(NULL), .errors = g_string_new(NULL)};
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

bool
child_read(struct child *child, void (*line)(const char *text, gpointer user), gpointer user)
{
    char buffer[4096];
    ssize_t got;
    read_errors(child);
    while ((got = read(child->fd, buffer, sizeof buffer)) > 0) {
        g_string_append_len(child->buffer, buffer, got);
        char *end;
        while ((end = strchr(child->buffer->str, '\n'))) {
            g_autofree char *text = g_strndup(child->buffer->str, end - child->buffer->str);
            g_string_erase(child->buffer, 0, end - child->buffer->str + 1);
            line(text, user);
        }
        if (child->buffer->len > (1 << 20))
            g_string_truncate(child->buffer, 0);
    }
    return got < 0 && (errno == EAGAIN || errno == EINTR);
}

void
child_stop(struct child *child)
{
    child->stopping = true;
    kill(child->pid, SIGTERM);
}

int
child_finish(struct child *child)
{
    fcntl(child->error_fd, F_SETFL, 0);
    int status = wait_for(child->pid);
    fcntl(child->error_fd, F_SETFL, O_NONBLOCK);
    read_errors(child);
    close(child->fd);
    close(child->error_fd);
    g_string_free(child->buffer, TRUE);
    g_string_free(child->errors, TRUE);
    g_free(child);
    return status;
}

bool
child_open_url(const char *command, const char *url, GError **error)
{
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(command, NULL, &words, error))
        return false;
    for (char **word = words; *word; word++) {
        if (!strstr(*word, "%u"))
            continue;
        g_auto(GStrv) parts = g_strsplit(*word, "%u", -1);
        char *filled = g_strjoinv(url, parts);
        g_free(*word);
        *word = filled;
    }
    return g_spawn_async(NULL, words, NULL,
                         G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, error);
}
