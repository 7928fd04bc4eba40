/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a program against the clock. */
#include "config.h"

#include "reader/hook.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#define TICK 10 /* ms between two looks at whether it has ended */

/* In the child: a group of its own, which ends when this program is killed. */
static void
set_up(gpointer parent)
{
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
#ifdef PR_SET_PDEATHSIG
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != GPOINTER_TO_INT(parent))
        _exit(127);
#else
    (void)parent;
#endif
}

/* The program with its folder; NULL when there is none. */
static char *
find(const struct hook *hook)
{
    char *path = g_find_program_in_path(hook->argv[0]);
    for (const char *const *folder = hook->folders; !path && folder && *folder; folder++) {
        g_autofree char *there = g_build_filename(*folder, hook->argv[0], NULL);
        if (!strchr(hook->argv[0], '/') && g_file_test(there, G_FILE_TEST_IS_EXECUTABLE))
            path = g_steal_pointer(&there);
    }
    return path;
}

static bool
start(const struct hook *hook, pid_t *pid, int *in, GError **error)
{
    g_autofree char *path = find(hook), *count = g_strdup_printf("%" G_GINT64_FORMAT, hook->count);
    if (!path) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, g_strerror(ENOENT));
        return false;
    }
    g_auto(GStrv) environment = g_get_environ(), argv = g_strdupv(hook->argv);
    environment = g_environ_setenv(g_steal_pointer(&environment), "CRIER_WATCH", hook->name, TRUE);
    environment = g_environ_setenv(g_steal_pointer(&environment), "CRIER_WATCH_COUNT", count, TRUE);
    g_free(argv[0]);
    argv[0] = g_steal_pointer(&path);
    int out = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1); /* it is closed there */
    bool fine = g_spawn_async_with_pipes_and_fds(
        NULL, (const char *const *)argv, (const char *const *)environment,
        G_SPAWN_DO_NOT_REAP_CHILD, set_up, GINT_TO_POINTER(getpid()), -1, out, -1, NULL, NULL, 0,
        pid, in, NULL, NULL, error);
    close(out);
    return fine;
}

/* What of its input is still to be given. */
struct input {
    int fd; /* -1: nothing, or nobody takes it */
    const guint8 *bytes;
    gsize length;
};

static void
give(struct input *input)
{
    ssize_t gone = write(input->fd, input->bytes, input->length);
    if (gone > 0) {
        input->bytes += gone;
        input->length -= (gsize)gone;
    }
    if (!input->length || (gone < 0 && errno != EAGAIN && errno != EINTR)) {
        close(input->fd);
        input->fd = -1;
    }
}

/* Whether it ends before a time; *status is how. */
static bool
ends_before(pid_t pid, struct input *input, gint64 deadline, int *status)
{
    for (;;) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return true;
        if (g_get_monotonic_time() >= deadline)
            return false;
        struct pollfd one = {input->fd, POLLOUT, 0}; /* passed over when it is -1 */
        if (poll(&one, 1, TICK) > 0)
            give(input);
    }
}

static struct problem *
judge(const char *program, int status)
{
    if (WIFSIGNALED(status))
        return problem_new(PROBLEM_HOOK_SIGNAL, program, WTERMSIG(status), NULL);
    if (WEXITSTATUS(status))
        return problem_new(PROBLEM_HOOK_STATUS, program, WEXITSTATUS(status), NULL);
    return NULL;
}

static struct problem *
watch_over(const struct hook *hook, pid_t pid, struct input *input)
{
    int status = 0;
    gint64 now = g_get_monotonic_time();
    if (ends_before(pid, input, now + (gint64)hook->seconds * G_USEC_PER_SEC, &status))
        return judge(hook->argv[0], status);
    kill(-pid, SIGTERM);
    bool ended =
        ends_before(pid, input, g_get_monotonic_time() + HOOK_GRACE * G_USEC_PER_SEC, &status);
    kill(-pid, SIGKILL); /* what it has started too */
    while (!ended && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return problem_new(PROBLEM_HOOK_LATE, hook->argv[0], hook->seconds, NULL);
}

struct problem *
hook_run(const struct hook *hook, const void *bytes, gsize length)
{
    struct input input = {.bytes = bytes, .length = length};
    g_autoptr(GError) why = NULL;
    pid_t pid;
    if (!start(hook, &pid, &input.fd, &why))
        return problem_new(PROBLEM_HOOK_START, hook->argv[0], PROBLEM_NO_NUMBER, why->message);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    fcntl(input.fd, F_SETFL, O_NONBLOCK);
    struct problem *problem = watch_over(hook, pid, &input);
    if (input.fd >= 0)
        close(input.fd);
    sigaction(SIGPIPE, &before, NULL);
    return problem;
}
