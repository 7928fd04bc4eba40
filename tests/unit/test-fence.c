/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each role against each way out: a child enters the fence of the role and then tries.  The same
 * ways out are open to a child without a fence, so that a test which cannot fail is seen.
 */
#include "config.h"

#include "fence/fence.h"
#include "fence/landlock.h"
#include "fence/seccomp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <iconv.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef TIOCSTI
#define TIOCSTI 0x5412
#endif

/* What the attempts are made at; set up once. */
static struct {
    char *home, *secret, *store, *outside, *socket_path;
    int listener, port, local;
    pid_t victim; /* a process of the same user, which waits */
    int terminal; /* a pty, or -1 */
} target;

/* --- attempts: true when one got out ------------------------------------------------------ */

static bool
try_read(void)
{
    return open(target.secret, O_RDONLY) >= 0;
}

static bool
try_list(void)
{
    return open(target.home, O_RDONLY | O_DIRECTORY) >= 0;
}

static bool
try_write(void)
{
    return open(target.outside, O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool
try_truncate(void)
{
    return truncate(target.secret, 0) == 0;
}

static bool
try_chmod(void)
{
    return chmod(target.secret, 0644) == 0;
}

static bool
connects(int type)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)target.port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type, 0);
    return fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
}

static bool
try_tcp(void)
{
    return connects(SOCK_STREAM);
}

static bool
try_udp(void)
{
    return connects(SOCK_DGRAM);
}

static bool
try_unix(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    g_strlcpy(to.sun_path, target.socket_path, sizeof to.sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
}

static bool
try_listen(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd >= 0 && bind(fd, (struct sockaddr *)&here, sizeof here) == 0 && listen(fd, 1) == 0;
}

static bool
try_packets(void)
{
    return socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) >= 0 || socket(AF_PACKET, SOCK_RAW, 0) >= 0;
}

static bool
runs(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The exit status of true(1) is the answer. */
static bool
try_exec(void)
{
    execl("/bin/true", "true", (char *)NULL);
    execl("/usr/bin/true", "true", (char *)NULL);
    return false;
}

static bool
try_fork(void)
{
    int status = 1;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, &status, 0) == pid && runs(status);
}

static bool
try_ptrace(void)
{
    return ptrace(PTRACE_SEIZE, target.victim, NULL, NULL) == 0;
}

static bool
try_memory(void)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/mem", (int)target.victim);
    return open(path, O_RDWR) >= 0;
}

static bool
try_environment(void)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/environ", (int)target.victim);
    int fd = open(path, O_RDONLY);
    char byte;
    return fd >= 0 && read(fd, &byte, 1) == 1;
}

static bool
try_kill(void)
{
    return kill(target.victim, 0) == 0;
}

static bool
try_thread_kill(void)
{
    return syscall(SYS_tgkill, target.victim, target.victim, 0) == 0;
}

static bool
try_namespace(void)
{
    return unshare(CLONE_NEWUSER) == 0 || unshare(CLONE_NEWNS) == 0;
}

static bool
try_cloned_namespace(void)
{
    int status = 1;
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, &status, 0) == pid && runs(status);
}

static bool
try_mount(void)
{
    /* without rights it fails everywhere, but only the fence ends who asks */
    mount("none", "/missing/folder", "tmpfs", MS_RDONLY, NULL);
    umount2("/missing/folder", MNT_DETACH);
    return true;
}

/* Bytes that were written, run. */
static bool
try_code(void)
{
    long page = sysconf(_SC_PAGESIZE);
    void *code =
        mmap(NULL, (size_t)page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code != MAP_FAILED && mprotect(code, (size_t)page, PROT_READ | PROT_EXEC) == 0;
}

static bool
try_mapped_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static bool
try_io_uring(void)
{
    static char parameters[120];
    /* where the kernel or its administrator has none: only the fence ends who asks */
    syscall(SYS_io_uring_setup, 1, parameters);
    return true;
}

static bool
try_keys(void)
{
    if (target.terminal < 0)
        return true;
    return ioctl(target.terminal, TIOCSTI, "x") == 0 || errno == EIO;
}

static bool
try_keyring(void)
{
    syscall(SYS_keyctl, 0, -3, 0); /* KEYCTL_GET_KEYRING_ID */
    return true;
}

static bool
try_other_limits(void)
{
    struct rlimit limit;
    return prlimit(target.victim, RLIMIT_CORE, NULL, &limit) == 0;
}

enum {
    NEEDS_LANDLOCK = 1,
    NEEDS_SECCOMP = 2,
    NEEDS_NETWORK = 4, /* Landlock's, of ABI 4 */
    NEEDS_SCOPE = 8,   /* Landlock's of signals, of ABI 6 */
    NEEDS_ROOT = 16,   /* for the test without a fence to succeed */
};

#define BIT(role) (1u << (role))
#define ALL       0x1fu

/* roles: those that are not let out; needs: any of these keeps them in. */
static const struct {
    const char *name;
    bool (*attempt)(void);
    unsigned roles, needs;
} attempts[] = {
    {"read", try_read, ALL, NEEDS_LANDLOCK},
    {"list", try_list, ALL, NEEDS_LANDLOCK},
    {"write", try_write, ALL, NEEDS_LANDLOCK},
    {"write-without-rights", try_write, BIT(FENCE_TRANSFER) | BIT(FENCE_PARSE), NEEDS_SECCOMP},
    {"truncate", try_truncate, ALL, NEEDS_SECCOMP},
    {"chmod", try_chmod, BIT(FENCE_TRANSFER) | BIT(FENCE_PARSE), NEEDS_SECCOMP},
    {"tcp", try_tcp, ALL & ~BIT(FENCE_TRANSFER), NEEDS_SECCOMP | NEEDS_NETWORK},
    {"udp", try_udp, ALL & ~BIT(FENCE_TRANSFER), NEEDS_SECCOMP},
    {"unix", try_unix, ALL, NEEDS_SECCOMP},
    {"listen", try_listen, ALL & ~BIT(FENCE_TRANSFER), NEEDS_SECCOMP | NEEDS_NETWORK},
    {"packets", try_packets, ALL, NEEDS_SECCOMP | NEEDS_ROOT},
    {"exec", try_exec, ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP | NEEDS_LANDLOCK},
    {"fork", try_fork, ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"ptrace", try_ptrace, ALL, NEEDS_SECCOMP | NEEDS_LANDLOCK},
    {"memory", try_memory, ALL, NEEDS_LANDLOCK},
    {"environment", try_environment, ALL, NEEDS_LANDLOCK},
    {"kill", try_kill, ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"thread-kill", try_thread_kill, ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"kill-from-converter", try_kill, BIT(FENCE_CONVERT), NEEDS_SCOPE},
    {"namespace", try_namespace, ALL, NEEDS_SECCOMP},
    {"cloned-namespace", try_cloned_namespace, ALL, NEEDS_SECCOMP},
    {"mount", try_mount, ALL, NEEDS_SECCOMP},
    {"code", try_code, ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"mapped-code", try_mapped_code, ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"io-uring", try_io_uring, ALL, NEEDS_SECCOMP},
    {"keys-into-terminal", try_keys, ALL, NEEDS_SECCOMP | NEEDS_ROOT},
    {"keyring", try_keyring, ALL, NEEDS_SECCOMP},
    {"limits-of-others", try_other_limits, ALL, NEEDS_SECCOMP},
};

static const char *const role_names[] = {"reader", "write", "transfer", "parse", "convert"};

/* --- trying ------------------------------------------------------------------------------- */

/* The places that the role has: a store for those that write. */
static void
enter(enum fence_role role)
{
    const char *const store[] = {target.store, NULL};
    struct fence_places places = {.write = role == FENCE_PARSE || role == FENCE_TRANSFER ? NULL
                                                                                         : store};
    fence_enter(role, &places);
}

/* Whether a child got out that entered the fence of a role, or (-1) none. */
static bool
gets_out(int role, bool (*attempt)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        if (role >= 0)
            enter((enum fence_role)role);
        _exit(attempt() ? 0 : 1);
    }
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    return runs(status);
}

/* What this build and kernel have of what an attempt needs. */
static unsigned
has(void)
{
    struct fence_state can = fence_available();
    return (can.landlock ? NEEDS_LANDLOCK : 0u) | (can.seccomp ? NEEDS_SECCOMP : 0u) |
           (can.network ? NEEDS_NETWORK : 0u) | (can.landlock >= 6 ? NEEDS_SCOPE : 0u);
}

static void
test_role(gconstpointer data)
{
    int role = GPOINTER_TO_INT(data);
    guint skipped = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++) {
        if (!(attempts[i].roles & BIT(role)))
            continue;
        if (!(attempts[i].needs & has())) {
            skipped++;
            continue;
        }
        if (gets_out(role, attempts[i].attempt)) {
            g_test_message("%s is let out by '%s'", role_names[role], attempts[i].name);
            g_test_fail();
        }
    }
    if (skipped == G_N_ELEMENTS(attempts))
        g_test_skip("this machine lets no process be fenced");
    else if (skipped)
        g_test_message("%u attempts need what this kernel or this build lacks", skipped);
}

/* Else a test that passes would show nothing. */
static void
test_without(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++) {
        bool needs_root = attempts[i].needs & NEEDS_ROOT;
        if (needs_root && geteuid() != 0)
            continue;
        /* a container may forbid namespaces and tracing to all that run in it */
        bool forbidden = strstr(attempts[i].name, "namespace") || needs_root ||
                         g_str_equal(attempts[i].name, "ptrace");
        if (!gets_out(-1, attempts[i].attempt)) {
            g_test_message("'%s' fails without a fence too", attempts[i].name);
            if (!forbidden)
                g_test_fail();
        }
    }
}

/* --- what each role must still be able to do ---------------------------------------------- */

static bool
can_use_store(void)
{
    g_autofree char *file = g_build_filename(target.store, "articles.db", NULL),
                    *other = g_build_filename(target.store, "moved.db", NULL);
    int fd = open(file, O_RDWR | O_CREAT, 0600);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fd >= 0 && fchmod(fd, 0600) == 0 && pwrite(fd, "x", 1, 10) == 1 &&
           ftruncate(fd, 5) == 0 && fsync(fd) == 0 && fcntl(fd, F_SETLK, &lock) == 0 &&
           rename(file, other) == 0 && unlink(other) == 0;
}

static bool
can_convert_charsets(void)
{
    static const char *const charsets[] = {"GB18030", "BIG5",        "KOI8-R", "WINDOWS-1251",
                                           "EUC-JP",  "ISO-2022-JP", "EUC-KR", "SHIFT_JIS"};
    for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++) {
        iconv_t cd = iconv_open("UTF-8", charsets[i]);
        if (cd == (iconv_t)-1)
            return false;
        iconv_close(cd);
    }
    return true;
}

static bool
can_read_zones(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Asia/Vladivostok");
    return zone && g_time_zone_get_offset(zone, 0) != 0;
}

static gpointer
answer(gpointer data)
{
    return data;
}

static bool
can_have_threads(void)
{
    GThread *thread = g_thread_new("one", answer, GINT_TO_POINTER(7));
    return GPOINTER_TO_INT(g_thread_join(thread)) == 7;
}

static bool
can_raise(void)
{
    signal(SIGUSR1, SIG_IGN);
    return raise(SIGUSR1) == 0 && kill(getpid(), SIGUSR1) == 0;
}

static bool
can_wait(void)
{
    g_usleep(1000);
    int ends[2];
    g_autofree char *large = g_malloc(64 << 20);
    memset(large, 1, 64 << 20);
    large = g_realloc(large, 80 << 20);
    return pipe(ends) == 0 || errno == EPERM;
}

static bool
can_run(void)
{
    int status = 1;
    char *argv[] = {(char *)"sh", (char *)"-c", (char *)"cat /etc/passwd | head -n 1 >/dev/null",
                    NULL};
    return g_spawn_sync(target.store, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                        &status, NULL) &&
           runs(status);
}

static bool
can_connect(void)
{
    return try_tcp();
}

static const struct {
    const char *name;
    bool (*need)(void);
    unsigned roles;
} needs[] = {
    {"store", can_use_store, BIT(FENCE_READER) | BIT(FENCE_WRITE) | BIT(FENCE_CONVERT)},
    {"charsets", can_convert_charsets, ALL},
    {"zones", can_read_zones, ALL},
    {"threads", can_have_threads, ALL},
    {"raise", can_raise, ALL},
    {"wait", can_wait, ALL},
    {"run", can_run, BIT(FENCE_CONVERT)},
    {"connect", can_connect, BIT(FENCE_TRANSFER)},
};

static void
test_needs(gconstpointer data)
{
    int role = GPOINTER_TO_INT(data);
    for (size_t i = 0; i < G_N_ELEMENTS(needs); i++) {
        /* without Landlock it opens nothing, and is given what it needs before */
        bool opens = needs[i].need == can_convert_charsets || needs[i].need == can_read_zones;
        if (role == FENCE_PARSE && opens && !(has() & NEEDS_LANDLOCK))
            continue;
        if (needs[i].roles & BIT(role) && !gets_out(role, needs[i].need)) {
            g_test_message("%s cannot do '%s'", role_names[role], needs[i].name);
            g_test_fail();
        }
    }
}

/* As on kernels that have less of Landlock; 2 is that of Linux 6.1. */
static void
test_older(gconstpointer data)
{
    g_setenv("CRIER_TEST_LANDLOCK_ABI", data, TRUE);
    for (int role = 0; role < (int)G_N_ELEMENTS(role_names); role++) {
        test_role(GINT_TO_POINTER(role));
        test_needs(GINT_TO_POINTER(role));
    }
    g_unsetenv("CRIER_TEST_LANDLOCK_ABI");
}

/* What is a link in a folder that may be read leads on; a folder that is missing harms nothing. */
static bool
reads_link(void)
{
    g_autofree char *link = g_build_filename(target.store, "folder", "link", NULL);
    return open(link, O_RDONLY) >= 0;
}

static void
test_links(void)
{
    g_autofree char *folder = g_build_filename(target.store, "folder", NULL);
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_mkdir(folder, 0700);
    g_assert_cmpint(symlink(target.secret, link), ==, 0);
    for (int i = 0; i < 2; i++) {
        int status;
        pid_t pid = fork();
        if (pid == 0) {
            g_autofree char *missing = g_build_filename(target.store, "missing", NULL);
            const char *const read[] = {missing, target.store, NULL};
            fence_enter(FENCE_WRITE, &(struct fence_places){.read = read});
            _exit(i ? try_write() : reads_link());
        }
        waitpid(pid, &status, 0);
        g_assert_true(WIFEXITED(status));
        if (i == 0 || has() & NEEDS_LANDLOCK)
            g_assert_cmpint(WEXITSTATUS(status), ==, i ? 0 : 1);
    }
    g_unlink(link);
    g_rmdir(folder);
}

/* A process that was started before may be signalled where it is named, and no other. */
static void
test_child(void)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        pid_t mine = fork();
        if (mine == 0) {
            pause();
            _exit(0);
        }
        fence_enter(FENCE_READER, &(struct fence_places){.child = mine});
        bool other = kill(target.victim, 0) == 0 && has() & NEEDS_SECCOMP;
        bool own = kill(mine, SIGTERM) == 0;
        int ended;
        _exit(own && !other && waitpid(mine, &ended, 0) == mine && WIFSIGNALED(ended) ? 0 : 1);
    }
    waitpid(pid, &status, 0);
    g_assert_true(runs(status));
}

/* Without Landlock a parser opens nothing at all. */
static void
test_no_open(void)
{
    if (!(has() & NEEDS_SECCOMP)) {
        g_test_skip("this machine lets no process be fenced");
        return;
    }
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        bool holds = seccomp_restrict(FENCE_PARSE, &(struct seccomp_needs){.no_open = true});
        _exit(holds && open("/etc/passwd", O_RDONLY) < 0 && open(target.secret, O_RDONLY) < 0 &&
                      can_have_threads()
                  ? 0
                  : 1);
    }
    waitpid(pid, &status, 0);
    g_assert_true(runs(status));
}

/* What a build or kernel can, a process that enters has. */
static void
test_state(void)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct fence_state can = fence_available();
        enter(FENCE_PARSE);
        const struct fence_state *holds = fence_state();
        _exit(holds->landlock == can.landlock && holds->network == can.network &&
                      holds->seccomp == can.seccomp
                  ? 0
                  : 1);
    }
    waitpid(pid, &status, 0);
    g_assert_true(runs(status));
    const struct fence_state all = {6, true, true}, none = {0, false, false};
    g_autofree char *text = fence_state_text(&all), *nothing = fence_state_text(&none);
    g_assert_cmpstr(text, ==, "landlock 6 with network, seccomp");
    g_assert_cmpstr(nothing, ==, "no landlock, no seccomp");
}

/* --- the targets -------------------------------------------------------------------------- */

static void
set_up_sockets(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    target.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(target.listener, (struct sockaddr *)&here, sizeof here), ==, 0);
    g_assert_cmpint(listen(target.listener, 50), ==, 0);
    getsockname(target.listener, (struct sockaddr *)&here, &length);
    target.port = ntohs(here.sin_port);
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    target.socket_path = g_build_filename(target.home, "socket", NULL);
    g_strlcpy(local.sun_path, target.socket_path, sizeof local.sun_path);
    target.local = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(target.local, (struct sockaddr *)&local, sizeof local), ==, 0);
    g_assert_cmpint(listen(target.local, 50), ==, 0);
}

static void
set_up(void)
{
    target.home = g_dir_make_tmp("crier-fence-XXXXXX", NULL);
    g_setenv("HOME", target.home, TRUE);
    g_autofree char *ssh = g_build_filename(target.home, ".ssh", NULL);
    g_mkdir(ssh, 0700);
    target.secret = g_build_filename(ssh, "id", NULL);
    g_assert_true(g_file_set_contents(target.secret, "secret", -1, NULL));
    target.store = g_build_filename(target.home, "store", NULL);
    g_mkdir(target.store, 0700);
    target.outside = g_build_filename(target.home, ".profile", NULL);
    set_up_sockets();
    target.victim = fork();
    if (target.victim == 0)
        for (;;)
            pause();
    target.terminal = posix_openpt(O_RDWR | O_NOCTTY);
}

static void
tear_down(void)
{
    kill(target.victim, SIGKILL);
    waitpid(target.victim, NULL, 0);
    g_autofree char *ssh = g_path_get_dirname(target.secret);
    g_unlink(target.outside);
    g_unlink(target.secret);
    g_unlink(target.socket_path);
    g_rmdir(ssh);
    g_rmdir(target.store);
    g_rmdir(target.home);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_unsetenv("CRIER_TEST_NO_FENCE");
    set_up();
    g_test_add_func("/fence/without", test_without);
    for (int role = 0; role < (int)G_N_ELEMENTS(role_names); role++) {
        g_autofree char *kept = g_strdup_printf("/fence/%s/kept-in", role_names[role]),
                        *can = g_strdup_printf("/fence/%s/can", role_names[role]);
        g_test_add_data_func(kept, GINT_TO_POINTER(role), test_role);
        g_test_add_data_func(can, GINT_TO_POINTER(role), test_needs);
    }
    static const char *const older[] = {"0", "1", "2", "3", "4", "5"};
    for (size_t i = 0; i < G_N_ELEMENTS(older); i++) {
        g_autofree char *path = g_strdup_printf("/fence/landlock-%s", older[i]);
        g_test_add_data_func(path, older[i], test_older);
    }
    g_test_add_func("/fence/links", test_links);
    g_test_add_func("/fence/child", test_child);
    g_test_add_func("/fence/no-open", test_no_open);
    g_test_add_func("/fence/state", test_state);
    int status = g_test_run();
    tear_down();
    return status;
}
