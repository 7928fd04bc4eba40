/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each role against each way out (kit/escapes.h): a child enters the fence of the role and then
 * tries.  The same ways out are open to a child without a fence, so that a test which cannot fail
 * is seen.
 */
#include "config.h"

#include "fence/fence.h"
#include "fence/landlock.h"
#include "fence/seccomp.h"

#include "kit/escapes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <iconv.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the attempts are made at; set up once. */
static char *home, *secret, *store, *outside;
static int listener;
static struct escape_target target = {.words = "# true"};

/* --- who is not let out by what ------------------------------------------------------------ */

enum {
    NEEDS_LANDLOCK = 1,
    NEEDS_SECCOMP = 2,
    NEEDS_NETWORK = 4, /* Landlock's, of ABI 4 */
    NEEDS_SCOPE = 8,   /* Landlock's of signals, of ABI 6 */
    NEEDS_ROOT = 16,   /* for the test without a fence to succeed */
};

#define BIT(role) (1u << (role))
#define ALL       0x1fu

/* By an attempt (kit/escapes.c), roles: are not let out; needs: any of these keeps them in. */
static const struct {
    const char *name;
    unsigned roles, needs;
} kept_in[] = {
    {"read", ALL, NEEDS_LANDLOCK},
    {"list", ALL, NEEDS_LANDLOCK},
    {"write", ALL, NEEDS_LANDLOCK},
    {"write", BIT(FENCE_TRANSFER) | BIT(FENCE_PARSE), NEEDS_SECCOMP},
    {"truncate", ALL, NEEDS_SECCOMP},
    {"chmod", BIT(FENCE_TRANSFER) | BIT(FENCE_PARSE), NEEDS_SECCOMP},
    {"tcp", ALL & ~BIT(FENCE_TRANSFER), NEEDS_SECCOMP | NEEDS_NETWORK},
    {"udp", ALL & ~BIT(FENCE_TRANSFER), NEEDS_SECCOMP},
    {"unix", ALL, NEEDS_SECCOMP},
    {"listen", ALL & ~BIT(FENCE_TRANSFER), NEEDS_SECCOMP | NEEDS_NETWORK},
    {"packets", ALL, NEEDS_SECCOMP | NEEDS_ROOT},
    {"exec", ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP | NEEDS_LANDLOCK},
    {"fork", ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"ptrace", ALL, NEEDS_SECCOMP | NEEDS_LANDLOCK},
    {"memory", ALL, NEEDS_LANDLOCK},
    {"environment", ALL, NEEDS_LANDLOCK},
    {"kill", ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"thread-kill", ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"kill", BIT(FENCE_CONVERT), NEEDS_SCOPE},
    {"namespace", ALL, NEEDS_SECCOMP},
    {"cloned-namespace", ALL, NEEDS_SECCOMP},
    {"mount", ALL, NEEDS_SECCOMP},
    {"code", ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"mapped-code", ALL & ~BIT(FENCE_CONVERT), NEEDS_SECCOMP},
    {"io-uring", ALL, NEEDS_SECCOMP},
    {"keys-into-terminal", ALL, NEEDS_SECCOMP | NEEDS_ROOT},
    {"keyring", ALL, NEEDS_SECCOMP},
    {"limits-of-others", ALL, NEEDS_SECCOMP},
};

static const char *const role_names[] = {"reader", "write", "transfer", "parse", "convert"};

/* --- trying ------------------------------------------------------------------------------- */

/* The places that the role has: a store for those that write. */
static void
enter(enum fence_role role)
{
    const char *const written[] = {store, NULL};
    bool writes = role != FENCE_PARSE && role != FENCE_TRANSFER;
    struct fence_places places = {.write = writes ? written : NULL};
    fence_enter(role, &places);
}

static bool
runs(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A child that enters the fence of a role, or (-1) none: 0 in the child, which says how it went. */
static pid_t
fork_as(int role)
{
    pid_t pid = fork();
    if (pid == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        if (role >= 0)
            enter((enum fence_role)role);
    }
    return pid;
}

static bool
went_well(pid_t child)
{
    int status;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    return runs(status);
}

static bool
attempt(const char *name)
{
    return escape_find(name)->attempt(&target);
}

static bool
gets_out(int role, const char *name)
{
    pid_t pid = fork_as(role);
    if (pid == 0)
        _exit(attempt(name) ? 0 : 1);
    return went_well(pid);
}

/* What this build and kernel have of what an attempt needs. */
static unsigned
has(void)
{
    struct fence_state state = fence_available();
    return (state.landlock ? NEEDS_LANDLOCK : 0u) | (state.seccomp ? NEEDS_SECCOMP : 0u) |
           (state.network ? NEEDS_NETWORK : 0u) | (state.landlock >= 6 ? NEEDS_SCOPE : 0u);
}

static void
test_role(gconstpointer data)
{
    int role = GPOINTER_TO_INT(data);
    guint skipped = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(kept_in); i++) {
        if (!(kept_in[i].roles & BIT(role)))
            continue;
        if (!(kept_in[i].needs & has())) {
            skipped++;
            continue;
        }
        if (gets_out(role, kept_in[i].name)) {
            g_test_message("%s is let out by '%s'", role_names[role], kept_in[i].name);
            g_test_fail();
        }
    }
    if (skipped == G_N_ELEMENTS(kept_in))
        g_test_skip("this machine lets no process be fenced");
    else if (skipped)
        g_test_message("%u attempts need what this kernel or this build lacks", skipped);
}

/* Else a test that passes would show nothing. */
static void
test_without(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kept_in); i++) {
        bool needs_root = kept_in[i].needs & NEEDS_ROOT;
        if (needs_root && geteuid() != 0)
            continue;
        /* a container may forbid namespaces and tracing to all that run in it */
        bool forbidden = strstr(kept_in[i].name, "namespace") || needs_root ||
                         g_str_equal(kept_in[i].name, "ptrace");
        if (!gets_out(-1, kept_in[i].name)) {
            g_test_message("'%s' fails without a fence too", kept_in[i].name);
            if (!forbidden)
                g_test_fail();
        }
    }
}

static void
test_all(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kept_in); i++)
        g_assert_nonnull(escape_find(kept_in[i].name));
    for (size_t i = 0; i < escape_count; i++) {
        bool found = false;
        for (size_t j = 0; j < G_N_ELEMENTS(kept_in); j++)
            found = found || g_str_equal(escapes[i].name, kept_in[j].name);
        if (!found) {
            g_test_message("no role is kept from '%s'", escapes[i].name);
            g_test_fail();
        }
    }
}

/* --- what each role must still be able to do ---------------------------------------------- */

static bool
can_use_store(void)
{
    g_autofree char *file = g_build_filename(store, "articles.db", NULL),
                    *other = g_build_filename(store, "moved.db", NULL);
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
    return g_spawn_sync(store, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                        NULL) &&
           runs(status);
}

static bool
can_connect(void)
{
    return attempt("tcp");
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

static bool
can(int role, bool (*need)(void))
{
    pid_t pid = fork_as(role);
    if (pid == 0)
        _exit(need() ? 0 : 1);
    return went_well(pid);
}

static void
test_needs(gconstpointer data)
{
    int role = GPOINTER_TO_INT(data);
    for (size_t i = 0; i < G_N_ELEMENTS(needs); i++) {
        /* without Landlock it opens nothing, and is given what it needs before */
        bool opens = needs[i].need == can_convert_charsets || needs[i].need == can_read_zones;
        if (role == FENCE_PARSE && opens && !(has() & NEEDS_LANDLOCK))
            continue;
        if (needs[i].roles & BIT(role) && !can(role, needs[i].need)) {
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
    g_autofree char *link = g_build_filename(store, "folder", "link", NULL);
    return open(link, O_RDONLY) >= 0;
}

static void
test_links(void)
{
    g_autofree char *folder = g_build_filename(store, "folder", NULL);
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_mkdir(folder, 0700);
    g_assert_cmpint(symlink(secret, link), ==, 0);
    for (int i = 0; i < 2; i++) {
        int status;
        pid_t pid = fork();
        if (pid == 0) {
            g_autofree char *missing = g_build_filename(store, "missing", NULL);
            const char *const read[] = {missing, store, NULL};
            fence_enter(FENCE_WRITE, &(struct fence_places){.read = read});
            _exit(i ? attempt("write") : reads_link());
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
        _exit(holds && open("/etc/passwd", O_RDONLY) < 0 && open(secret, O_RDONLY) < 0 &&
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
        struct fence_state state = fence_available();
        enter(FENCE_PARSE);
        const struct fence_state *holds = fence_state();
        _exit(holds->landlock == state.landlock && holds->network == state.network &&
                      holds->seccomp == state.seccomp
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
set_up_listener(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(listener, (struct sockaddr *)&here, sizeof here), ==, 0);
    g_assert_cmpint(listen(listener, 50), ==, 0);
    getsockname(listener, (struct sockaddr *)&here, &length);
    target.port = ntohs(here.sin_port);
}

static void
set_up(void)
{
    home = g_dir_make_tmp("crier-fence-XXXXXX", NULL);
    g_setenv("HOME", home, TRUE);
    g_autofree char *ssh = g_build_filename(home, ".ssh", NULL);
    g_mkdir(ssh, 0700);
    secret = g_build_filename(ssh, "id", NULL);
    g_assert_true(g_file_set_contents(secret, "secret", -1, NULL));
    store = g_build_filename(home, "store", NULL);
    g_mkdir(store, 0700);
    outside = g_build_filename(home, ".profile", NULL);
    set_up_listener();
    target.home = home;
    target.secret = secret;
    target.outside = outside;
    target.victim = fork();
    if (target.victim == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails ends the program at once */
        for (;;)
            pause();
    }
    target.terminal = posix_openpt(O_RDWR | O_NOCTTY);
}

static void
tear_down(void)
{
    kill(target.victim, SIGKILL);
    waitpid(target.victim, NULL, 0);
    g_autofree char *ssh = g_path_get_dirname(secret);
    g_unlink(outside);
    g_unlink(secret);
    g_rmdir(ssh);
    g_rmdir(store);
    g_rmdir(home);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_unsetenv("CRIER_TEST_NO_FENCE");
    set_up();
    g_test_add_func("/fence/all", test_all);
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
