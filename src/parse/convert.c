/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One converter as a child with limits. */
#include "config.h"

#include "parse/convert.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define MAX_OUTPUT (8 << 20)        /* bytes: the text of some 3000 pages */
#define MAX_ERRORS 4096             /* bytes of what it says of itself */
#define MAX_MEMORY (1024 << 20)     /* bytes of address space; pdftotext needs 60 MiB for 20 MiB */
#define MAX_DATA   (280 << 20)      /* bytes of it that it may fill */
#define MAX_FILE   (256 << 20)      /* bytes of each file that it writes */
#define MAX_OPEN   256              /* descriptors */
#define FOLDER     "crier-convert-" /* of which the names of private folders begin */
#define STALE      (2 * 3600)       /* seconds, more than any converter may run */
#define TICK       50               /* milliseconds between two looks at clock and child */

volatile sig_atomic_t convert_stop;
const char *convert_folder;

void
conversion_clear(struct conversion *result)
{
    g_string_free(result->out, TRUE);
    g_free(result->why);
}

/* --- the private folder ------------------------------------------------------------------- */

static bool
write_file(const char *path, const void *bytes, gsize length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool fine = file_write_all(fd, bytes, length);
    return close(fd) == 0 && fine;
}

static int
remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    remove(path);
    return 0;
}

char *
convert_make_folder(const char *parent)
{
    char *folder = g_build_filename(parent ? parent : g_get_tmp_dir(), FOLDER "XXXXXX", NULL);
    if (!g_mkdtemp(folder))
        g_clear_pointer(&folder, g_free);
    return folder;
}

void
convert_remove_folder(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
convert_sweep(void)
{
    g_autoptr(GDir) all = g_dir_open(g_get_tmp_dir(), 0, NULL);
    const char *name;
    int64_t now = g_get_real_time() / G_USEC_PER_SEC; /* that of files, whatever tests say */
    while (all && (name = g_dir_read_name(all))) {
        struct stat info;
        g_autofree char *path = g_build_filename(g_get_tmp_dir(), name, NULL);
        if (g_str_has_prefix(name, FOLDER) && lstat(path, &info) == 0 && S_ISDIR(info.st_mode) &&
            info.st_uid == geteuid() && (int64_t)info.st_mtime < now - STALE)
            convert_remove_folder(path);
    }
}

/* --- the child ---------------------------------------------------------------------------- */

static void
limit(int resource, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(resource, &now) != 0)
        return;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
        most = now.rlim_max;
    setrlimit(resource, &(struct rlimit){most, most});
}

/* Between fork and exec. */
static void
set_up_child(gpointer data)
{
    const struct converter *c = data;
    setpgid(0, 0);
#ifdef PR_SET_PDEATHSIG
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    umask(077);
    limit(RLIMIT_CPU, (rlim_t)c->timeout);
    limit(RLIMIT_AS, MAX_MEMORY);
    limit(RLIMIT_DATA, MAX_DATA);
    limit(RLIMIT_FSIZE, MAX_FILE);
    limit(RLIMIT_NOFILE, MAX_OPEN);
    limit(RLIMIT_CORE, 0);
}

static char *
filled(const char *word, const char *file, const char *folder)
{
    GString *text = g_string_new(word);
    g_string_replace(text, "{file}", file, 0);
    g_string_replace(text, "{folder}", folder, 0);
    return g_string_free(text, FALSE);
}

static char **
arguments_of(const struct converter *c, const char *file, const char *folder)
{
    GPtrArray *argv = g_ptr_array_new();
    g_ptr_array_add(argv, g_strdup(c->program));
    for (char **word = c->command + 1; *word; word++)
        g_ptr_array_add(argv, filled(*word, file, folder));
    g_ptr_array_add(argv, NULL);
    return (char **)g_ptr_array_free(argv, FALSE);
}

static char **
environment_of(const char *folder)
{
    const char *path = g_getenv("PATH");
    char **environment = NULL;
    environment = g_environ_setenv(environment, "PATH", path ? path : "/usr/bin:/bin", TRUE);
    environment = g_environ_setenv(environment, "LANG", "C.UTF-8", TRUE);
    environment = g_environ_setenv(environment, "HOME", folder, TRUE);
    return g_environ_setenv(environment, "TMPDIR", folder, TRUE);
}

/* Takes what is there; false at the end of the stream.  What is above `most` is dropped. */
static bool
drain(int fd, GString *to, gsize most, bool *above)
{
    char buffer[65536];
    for (;;) {
        ssize_t got = read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 && errno == EAGAIN;
        gsize room = most - MIN(to->len, most);
        *above |= (gsize)got > room;
        g_string_append_len(to, buffer, (gssize)MIN((gsize)got, room));
        if (*above)
            return true;
    }
}

static bool
has_ended(pid_t pid)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

/*
 * Reads until it ends, or has to; then nothing of its process group is left.  Its wait status.
 */
static int
follow(pid_t pid, int out, int err, const struct converter *c, struct conversion *result,
       GString *errors)
{
    gint64 deadline = g_get_monotonic_time() + (gint64)c->timeout * G_USEC_PER_SEC;
    struct pollfd fds[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    bool ended = false, talks_too_much = false;
    fcntl(out, F_SETFL, O_NONBLOCK);
    fcntl(err, F_SETFL, O_NONBLOCK);
    while (!ended) {
        poll(fds, G_N_ELEMENTS(fds), TICK);
        ended = has_ended(pid); /* before the last look at what it printed */
        if (fds[0].fd >= 0 && !drain(out, result->out, MAX_OUTPUT, &result->cut))
            fds[0].fd = -1;
        if (fds[1].fd >= 0 && !drain(err, errors, MAX_ERRORS, &talks_too_much))
            fds[1].fd = -1;
        if (result->cut)
            break;
        if (!ended && convert_stop)
            result->why = g_strdup_printf("%s was interrupted", c->name);
        else if (!ended && (result->late = g_get_monotonic_time() > deadline))
            result->why = g_strdup_printf("%s did not end within %d s", c->name, c->timeout);
        if (result->why)
            break;
    }
    int status = 0;
    kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static void
read_output(const char *path, struct conversion *result)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    drain(fd, result->out, MAX_OUTPUT, &result->cut);
    close(fd);
}

/* The first line of what a converter said, with the names of its files without their folder. */
static char *
said_of(const GString *errors, const char *folder)
{
    g_autofree char *said = g_utf8_make_valid(errors->str, (gssize)errors->len),
                    *parent = g_strconcat(folder, "/", NULL);
    said[strcspn(said, "\n")] = '\0';
    GString *words = g_string_new(g_strstrip(said));
    g_string_replace(words, parent, "", 0);
    return g_string_free(words, FALSE);
}

/* "pdftotext ended with status 1: Syntax Error: …"; English, as all details (base/detail.def). */
static void
complain(const struct converter *c, int status, const char *said, struct conversion *result)
{
    if (WIFSIGNALED(status))
        result->why = g_strdup_printf("%s was ended by signal %d", c->name, WTERMSIG(status));
    else if (*said)
        result->why =
            g_strdup_printf("%s ended with status %d: %s", c->name, WEXITSTATUS(status), said);
    else
        result->why = g_strdup_printf("%s ended with status %d", c->name, WEXITSTATUS(status));
}

static void
run_in(const struct converter *c, const char *folder, const char *file, struct conversion *result)
{
    g_auto(GStrv) argv = arguments_of(c, file, folder);
    g_auto(GStrv) environment = environment_of(folder);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) errors = g_string_new(NULL);
    GPid pid;
    int out, err;
    if (!g_spawn_async_with_pipes(folder, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD,
                                  set_up_child, (gpointer)c, &pid, NULL, &out, &err, &error)) {
        result->why = g_strdup_printf("%s cannot be started: %s", c->name, error->message);
        return;
    }
    int status = follow(pid, out, err, c, result, errors);
    close(out);
    close(err);
    if (c->output && !result->why) {
        g_autofree char *path = filled(c->output, file, folder);
        g_string_truncate(result->out, 0);
        read_output(path, result);
    }
    /* what it printed before it failed may be the text up to a fault of the document */
    g_autofree char *said = said_of(errors, folder);
    if (!result->why && !result->out->len && status != 0)
        complain(c, status, said, result);
}

void
convert_run(const struct converter *c, const char *format, const void *bytes, gsize length,
            struct conversion *result)
{
    *result = (struct conversion){.out = g_string_new(NULL)};
    if (convert_stop) {
        result->why = g_strdup_printf("%s was interrupted", c->name);
        return;
    }
    g_autofree char *folder = convert_make_folder(convert_folder);
    if (!folder) {
        result->why = g_strdup_printf("%s: %s", c->name, g_strerror(errno));
        return;
    }
    g_autofree char *name = g_strconcat("document.", format, NULL);
    g_autofree char *file = g_build_filename(folder, name, NULL);
    if (write_file(file, bytes, length))
        run_in(c, folder, file, result);
    else
        result->why = g_strdup_printf("%s: %s", c->name, g_strerror(errno));
    convert_remove_folder(folder);
}
