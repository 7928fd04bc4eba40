/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One socket to the starter, and for each child a pipe from it: on it the starter says the child's
 * number, and later how it ended.  So threads share nothing but the sending of whole frames.
 */
#include "config.h"

#include "fence/starter.h"
#include "base/file.h"
#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define MAX_REQUEST   (1 << 20) /* bytes of the arguments of a child */
#define MAX_ARGUMENTS 1000
#define GRACE         2000 /* milliseconds that children have to end after SIGTERM */

enum { REQUEST_START = 1, REQUEST_SIGNAL };

/* What is said on a child's pipe: its number or -errno, then its wait status. */
struct word {
    gint64 number;
};

struct starter {
    int fd;
    pid_t pid;
    GMutex sending;
    GMutex counting;
    GHashTable *pipes; /* child -> descriptor, under `counting` */
};

/* --- the starter itself -------------------------------------------------------------------- */

static volatile sig_atomic_t child_ended;

static void
on_child(int number)
{
    (void)number;
    child_ended = 1;
}

struct child {
    pid_t pid;
    int report;
};

static void
say(int fd, gint64 number)
{
    struct word word = {number};
    (void)file_write_all(fd, &word, sizeof word); /* whoever asked may be gone */
}

static void
default_signals(const sigset_t *mask)
{
    static const int caught[] = {SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < G_N_ELEMENTS(caught); i++)
        signal(caught[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
}

/* Closes all descriptors from one to another, both of them too. */
static void
close_from_to(int from, int to)
{
#ifdef HAVE_CLOSE_RANGE
    if (from > to || close_range((unsigned)from, (unsigned)to, 0) == 0)
        return;
#endif
    int most = (int)MIN(sysconf(_SC_OPEN_MAX), to);
    for (int fd = from; fd >= 0 && fd <= most; fd++)
        close(fd);
}

static int
by_number(gconstpointer a, gconstpointer b)
{
    return *(const int *)a - *(const int *)b;
}

/*
 * Closes all but the standard streams and those that were handed on: what whoever started this
 * program has left open is no matter of a child's either.
 */
static void
close_others(const struct channel_frame *frame)
{
    int kept[CHANNEL_FDS], from = STDERR_FILENO + 1;
    guint count = frame->count - 1;
    memcpy(kept, frame->fds + 1, count * sizeof *kept);
    qsort(kept, count, sizeof *kept, by_number);
    for (guint i = 0; i < count; i++) {
        close_from_to(from, kept[i] - 1);
        from = MAX(from, kept[i] + 1);
    }
    close_from_to(from, G_MAXINT);
}

void
starter_let_end(void)
{
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_UNBLOCK, &end, NULL);
}

/* In the child, which has nothing of the starter's but its streams. */
static void
be_role(const struct starter_roles *roles, guint role, const GPtrArray *arguments,
        struct channel_frame *frame, const sigset_t *mask)
{
    sigset_t own = *mask;
    close_others(frame);
    if (roles->held & (1u << role))
        sigaddset(&own, SIGTERM);
    default_signals(&own);
    _exit(roles->roles[role](arguments, frame->fds + 1, frame->count - 1, roles->data));
}

static void
start(const struct starter_roles *roles, struct channel_frame *frame, GArray *children,
      const sigset_t *mask)
{
    struct wire_input in = wire_input(frame->bytes->data, frame->bytes->len);
    guint role = (guint)wire_get_number(&in, 0, roles->count - 1);
    g_autoptr(GPtrArray) arguments = wire_get_strings(&in, MAX_ARGUMENTS, MAX_REQUEST);
    if (!frame->count)
        return;
    if (!wire_is_done(&in)) {
        say(frame->fds[0], -EINVAL);
        return;
    }
    /* one that is held cannot be ended before it could say so */
    sigset_t end, before;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, &before);
    pid_t pid = fork();
    if (pid == 0)
        be_role(roles, role, arguments, frame, mask);
    sigprocmask(SIG_SETMASK, &before, NULL);
    while (frame->count > 1) /* or nobody would see the child's ends closed */
        close(frame->fds[--frame->count]);
    say(frame->fds[0], pid > 0 ? pid : -errno);
    if (pid <= 0)
        return;
    struct child child = {pid, frame->fds[0]};
    frame->fds[0] = -1;
    g_array_append_val(children, child);
}

static void
pass_signal(const struct channel_frame *frame, const GArray *children)
{
    struct wire_input in = wire_input(frame->bytes->data, frame->bytes->len);
    pid_t pid = (pid_t)wire_get_number(&in, 1, G_MAXINT32);
    int number = (int)wire_get_number(&in, 1, 64);
    for (guint i = 0; wire_is_done(&in) && i < children->len; i++)
        if (g_array_index(children, struct child, i).pid == pid)
            kill(pid, number);
}

static void
reap(GArray *children)
{
    child_ended = 0;
    for (guint i = children->len; i-- > 0;) {
        struct child *child = &g_array_index(children, struct child, i);
        int status;
        if (waitpid(child->pid, &status, WNOHANG) != child->pid)
            continue;
        say(child->report, status);
        close(child->report);
        g_array_remove_index_fast(children, i);
    }
}

/* Nobody asks any more: what runs is to end, and is ended when it does not. */
static void
end_children(GArray *children)
{
    for (guint i = 0; i < children->len; i++)
        kill(g_array_index(children, struct child, i).pid, SIGTERM);
    gint64 until = g_get_monotonic_time() + GRACE * G_TIME_SPAN_MILLISECOND;
    while (children->len && g_get_monotonic_time() < until) {
        poll(NULL, 0, 20);
        reap(children);
    }
    for (guint i = 0; i < children->len; i++)
        kill(g_array_index(children, struct child, i).pid, SIGKILL);
}

/* SIGCHLD comes while it waits and at no other time. */
static int
run(const struct starter_roles *roles, int socket)
{
    g_autoptr(GArray) children = g_array_new(FALSE, FALSE, sizeof(struct child));
    struct channel_frame frame;
    channel_frame_init(&frame);
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigset_t waiting = before;
    sigdelset(&waiting, SIGCHLD);
    struct sigaction action = {.sa_handler = on_child};
    sigaction(SIGCHLD, &action, NULL);
    for (;;) {
        struct pollfd one = {socket, POLLIN, 0};
        int ready = ppoll(&one, 1, NULL, &waiting);
        if (child_ended)
            reap(children);
        if (ready <= 0)
            continue;
        if (channel_receive(socket, &frame, MAX_REQUEST, -1) != CHANNEL_FRAME)
            break;
        if (frame.kind == REQUEST_START)
            start(roles, &frame, children, &before);
        else if (frame.kind == REQUEST_SIGNAL)
            pass_signal(&frame, children);
    }
    channel_frame_clear(&frame);
    end_children(children);
    return 0;
}

/* --- those who ask it ---------------------------------------------------------------------- */

struct starter *
starter_new(const struct starter_roles *roles)
{
    int ends[2];
    if (!channel_pair(ends))
        return NULL;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        /* the terminal's signals are for whoever forked it, which tells its children */
        static const int others[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGPIPE};
        for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
            signal(others[i], SIG_IGN);
#ifdef __linux__
        prctl(PR_SET_NAME, "crier-starter");
#endif
        if (roles->begin)
            roles->begin(roles->data);
        _exit(run(roles, ends[1]));
    }
    int why = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        errno = why;
        return NULL;
    }
    struct starter *starter = g_new0(struct starter, 1);
    starter->fd = ends[0];
    starter->pid = pid;
    g_mutex_init(&starter->sending);
    g_mutex_init(&starter->counting);
    starter->pipes = g_hash_table_new(NULL, NULL);
    return starter;
}

static bool
hear(int fd, gint64 *number)
{
    struct word word;
    bool whole = file_read_all(fd, &word, sizeof word) == sizeof word;
    *number = whole ? word.number : -EPIPE;
    return whole;
}

static bool
ask(struct starter *starter, guint32 kind, const GByteArray *bytes, const int *fds, guint count)
{
    g_mutex_lock(&starter->sending);
    bool sent = channel_send_fds(starter->fd, kind, bytes, fds, count);
    g_mutex_unlock(&starter->sending);
    return sent;
}

pid_t
starter_start(struct starter *starter, guint role, const GPtrArray *arguments, const int *fds,
              guint count, char **why)
{
    int ends[2], all[CHANNEL_FDS];
    g_assert(count < CHANNEL_FDS);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        *why = g_strdup(g_strerror(errno));
        return -1;
    }
    g_autoptr(GByteArray) request = g_byte_array_new();
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    wire_put_number(request, role);
    wire_put_texts(request, arguments ? arguments : none);
    all[0] = ends[1];
    for (guint i = 0; i < count; i++)
        all[i + 1] = fds[i];
    gint64 number = ask(starter, REQUEST_START, request, all, count + 1) ? 0 : -errno;
    close(ends[1]);
    if (number == 0)
        hear(ends[0], &number);
    if (number <= 0) {
        close(ends[0]);
        *why = g_strdup(g_strerror((int)-number));
        return -1;
    }
    g_mutex_lock(&starter->counting);
    g_hash_table_insert(starter->pipes, GINT_TO_POINTER((int)number), GINT_TO_POINTER(ends[0]));
    g_mutex_unlock(&starter->counting);
    return (pid_t)number;
}

void
starter_signal(struct starter *starter, pid_t child, int number)
{
    g_autoptr(GByteArray) request = g_byte_array_new();
    wire_put_number(request, child);
    wire_put_number(request, number);
    ask(starter, REQUEST_SIGNAL, request, NULL, 0);
}

int
starter_wait(struct starter *starter, pid_t child)
{
    gpointer pipe = NULL;
    g_mutex_lock(&starter->counting);
    bool known = g_hash_table_lookup_extended(starter->pipes, GINT_TO_POINTER(child), NULL, &pipe);
    g_hash_table_remove(starter->pipes, GINT_TO_POINTER(child));
    g_mutex_unlock(&starter->counting);
    if (!known)
        return -1;
    gint64 status;
    bool heard = hear(GPOINTER_TO_INT(pipe), &status);
    close(GPOINTER_TO_INT(pipe));
    return heard ? (int)status : -1;
}

void
starter_free(struct starter *starter)
{
    close(starter->fd);
    while (waitpid(starter->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    GHashTableIter iter;
    gpointer pipe;
    g_hash_table_iter_init(&iter, starter->pipes);
    while (g_hash_table_iter_next(&iter, NULL, &pipe))
        close(GPOINTER_TO_INT(pipe));
    g_hash_table_unref(starter->pipes);
    g_mutex_clear(&starter->sending);
    g_mutex_clear(&starter->counting);
    g_free(starter);
}
