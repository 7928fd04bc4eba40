/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attempts: at files, the network, other processes, the kernel, and at running other code. */
#include "config.h"

#include "kit/escapes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef TIOCSTI
#define TIOCSTI 0x5412
#endif

/* --- files --------------------------------------------------------------------------------- */

static bool
try_read(const struct escape_target *target)
{
    return open(target->secret, O_RDONLY) >= 0;
}

static bool
try_list(const struct escape_target *target)
{
    return open(target->home, O_RDONLY | O_DIRECTORY) >= 0;
}

static bool
try_write(const struct escape_target *target)
{
    return open(target->outside, O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool
try_truncate(const struct escape_target *target)
{
    return truncate(target->secret, 0) == 0;
}

static bool
try_chmod(const struct escape_target *target)
{
    return chmod(target->secret, 0644) == 0;
}

/* --- the network --------------------------------------------------------------------------- */

static bool
connects(const struct escape_target *target, int type)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)target->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type, 0);
    return fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
}

static bool
try_tcp(const struct escape_target *target)
{
    return connects(target, SOCK_STREAM);
}

static bool
try_udp(const struct escape_target *target)
{
    return connects(target, SOCK_DGRAM);
}

/* Whoever has one connects to the user's other programs. */
static bool
try_unix(const struct escape_target *target)
{
    (void)target;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool
try_listen(const struct escape_target *target)
{
    (void)target;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd >= 0 && bind(fd, (struct sockaddr *)&here, sizeof here) == 0 && listen(fd, 1) == 0;
}

static bool
try_packets(const struct escape_target *target)
{
    (void)target;
    return socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) >= 0 || socket(AF_PACKET, SOCK_RAW, 0) >= 0;
}

/* --- processes ----------------------------------------------------------------------------- */

/* The program says so, and its exit status is the answer. */
static bool
try_exec(const struct escape_target *target)
{
    execl("/bin/echo", "echo", target->words, (char *)NULL);
    execl("/usr/bin/echo", "echo", target->words, (char *)NULL);
    return false;
}

/* A child that was started ends well. */
static bool
ends_well(pid_t child)
{
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool
try_fork(const struct escape_target *target)
{
    (void)target;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return ends_well(pid);
}

static bool
try_ptrace(const struct escape_target *target)
{
    return ptrace(PTRACE_SEIZE, target->victim, NULL, NULL) == 0;
}

static int
open_of_victim(const struct escape_target *target, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)target->victim, name);
    return open(path, O_RDONLY);
}

static bool
try_memory(const struct escape_target *target)
{
    return open_of_victim(target, "mem") >= 0;
}

static bool
try_environment(const struct escape_target *target)
{
    int fd = open_of_victim(target, "environ");
    char byte;
    return fd >= 0 && read(fd, &byte, 1) == 1;
}

static bool
try_kill(const struct escape_target *target)
{
    return kill(target->victim, 0) == 0;
}

static bool
try_thread_kill(const struct escape_target *target)
{
    return syscall(SYS_tgkill, target->victim, target->victim, 0) == 0;
}

static bool
try_limits(const struct escape_target *target)
{
    struct rlimit limit;
    return prlimit(target->victim, RLIMIT_CORE, NULL, &limit) == 0;
}

/* --- the kernel ---------------------------------------------------------------------------- */

/* Where it fails for a reason of its own, as for who has threads, the fence has not refused it. */
static bool
try_namespace(const struct escape_target *target)
{
    (void)target;
    return unshare(CLONE_NEWUSER) == 0 || errno != EPERM || unshare(CLONE_NEWNS) == 0;
}

static bool
try_cloned_namespace(const struct escape_target *target)
{
    (void)target;
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    return ends_well(pid);
}

/* Without rights it fails everywhere, but only the fence ends who asks. */
static bool
try_mount(const struct escape_target *target)
{
    (void)target;
    mount("none", "/missing/folder", "tmpfs", MS_RDONLY, NULL);
    umount2("/missing/folder", MNT_DETACH);
    return true;
}

/* Where the kernel or its administrator has none: only the fence ends who asks. */
static bool
try_io_uring(const struct escape_target *target)
{
    (void)target;
    static char parameters[120];
    syscall(SYS_io_uring_setup, 1, parameters);
    return true;
}

static bool
try_keys(const struct escape_target *target)
{
    if (target->terminal < 0)
        return true;
    return ioctl(target->terminal, TIOCSTI, "x") == 0 || errno == EIO;
}

static bool
try_keyring(const struct escape_target *target)
{
    (void)target;
    syscall(SYS_keyctl, 0, -3, 0); /* KEYCTL_GET_KEYRING_ID */
    return true;
}

/* --- code ---------------------------------------------------------------------------------- */

/* Bytes that were written, run. */
static bool
try_code(const struct escape_target *target)
{
    (void)target;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *code = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code != MAP_FAILED && mprotect(code, page, PROT_READ | PROT_EXEC) == 0;
}

static bool
try_mapped_code(const struct escape_target *target)
{
    (void)target;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

/* --- all of them --------------------------------------------------------------------------- */

const struct escape escapes[] = {
    {"read", try_read},
    {"list", try_list},
    {"write", try_write},
    {"truncate", try_truncate},
    {"chmod", try_chmod},
    {"tcp", try_tcp},
    {"udp", try_udp},
    {"unix", try_unix},
    {"listen", try_listen},
    {"packets", try_packets},
    {"exec", try_exec},
    {"fork", try_fork},
    {"ptrace", try_ptrace},
    {"memory", try_memory},
    {"environment", try_environment},
    {"kill", try_kill},
    {"thread-kill", try_thread_kill},
    {"limits-of-others", try_limits},
    {"namespace", try_namespace},
    {"cloned-namespace", try_cloned_namespace},
    {"mount", try_mount},
    {"io-uring", try_io_uring},
    {"keys-into-terminal", try_keys},
    {"keyring", try_keyring},
    {"code", try_code},
    {"mapped-code", try_mapped_code},
};
const size_t escape_count = sizeof escapes / sizeof *escapes;

const struct escape *
escape_find(const char *name)
{
    for (size_t i = 0; i < escape_count; i++)
        if (strcmp(escapes[i].name, name) == 0)
            return &escapes[i];
    return NULL;
}
