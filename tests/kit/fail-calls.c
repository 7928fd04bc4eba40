/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library for LD_PRELOAD in which the n-th call of the system fails:
 *
 *   CRIER_FAIL=CALL:ERROR:N[+]     the n-th (from 1) call fails so, with + all from then on
 *   CRIER_FAIL_IN=PROGRAM          only in the program of that name
 *   CRIER_FAIL_LOG=FILE            gets a line "CALL COUNT" for each kind of call, when the program
 *                                  exits, and "struck" if it came to the failure
 *
 * ERROR is a name of errno; `short`: half of the bytes are read or written; `KILL`: the process is
 * killed with the call undone.  Calls that glibc makes itself are not seen, as those of stdio.
 * Reads and writes of what is no file (pipes, sockets) count as `receive` and `send`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_ENVIRONMENT 500 /* variables */
#define LOG_NUMBER      200

enum call {
    OPEN,
    READ,
    PREAD,
    WRITE,
    PWRITE,
    FSYNC,
    FTRUNCATE,
    RENAME,
    UNLINK,
    LINK,
    MKDIR,
    MMAP,
    CLOSE,
    LOCK,
    STAT,
    RANDOM,
    SEND,
    RECEIVE,
    CALLS
};

static const char *const names[CALLS] = {
    "open", "read",  "pread", "write", "pwrite", "fsync", "ftruncate", "rename", "unlink",
    "link", "mkdir", "mmap",  "close", "lock",   "fstat", "getrandom", "send",   "receive",
};

static const struct {
    const char *name;
    int number;
} errors[] = {
    {"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},   {"EACCES", EACCES},
    {"EMFILE", EMFILE}, {"ENOMEM", ENOMEM}, {"EAGAIN", EAGAIN}, {"EDQUOT", EDQUOT},
    {"ENOLCK", ENOLCK}, {"EROFS", EROFS},   {"ENOSYS", ENOSYS}, {"short", -1},
    {"KILL", -2},
};

static enum call chosen = CALLS;
static int error, at;
static bool lasting, active, struck;
static atomic_int counts[CALLS];

static int log_file = -1;

/* Before a fence that lets no file be opened, and under a number that nobody counts on. */
static void
open_log(void)
{
    const char *name = getenv("CRIER_FAIL_LOG");
    int fd = name ? (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND, 0600)
                  : -1;
    if (fd < 0)
        return;
    log_file = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, LOG_NUMBER);
    syscall(SYS_close, fd);
}

static void
write_log(void)
{
    if (log_file < 0)
        return;
    for (int i = 0; i < CALLS; i++)
        dprintf(log_file, "%s %d\n", names[i], atomic_load(&counts[i]));
    if (struck)
        dprintf(log_file, "struck\n");
}

__attribute__((constructor)) static void
begin(void)
{
    const char *only = getenv("CRIER_FAIL_IN"), *what = getenv("CRIER_FAIL");
    if (only && strcmp(only, program_invocation_short_name) != 0)
        return;
    char call[16] = "", why[16] = "", plus = 0;
    if (what && sscanf(what, "%15[^:]:%15[^:]:%d%c", call, why, &at, &plus) >= 3) {
        for (int i = 0; i < CALLS; i++)
            if (!strcmp(names[i], call))
                chosen = (enum call)i;
        for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
            if (!strcmp(errors[i].name, why))
                error = errors[i].number;
        lasting = plus == '+';
    }
    open_log();
    active = true;
}

/* Not from atexit(): libraries that end later make calls that count. */
__attribute__((destructor)) static void
finish(void)
{
    bool was = active;
    active = false;
    if (was)
        write_log();
}

/* Whether this call is the one: errno is set then; -1 in *half asks for half of the bytes. */
static bool
strikes(enum call call, bool *half)
{
    if (!active)
        return false;
    int count = atomic_fetch_add(&counts[call], 1) + 1;
    if (call != chosen || count < at || (count > at && !lasting))
        return false;
    struck = true;
    if (error == -2)
        kill(getpid(), SIGKILL);
    if (error == -1) {
        if (half)
            *half = true;
        return false;
    }
    errno = error;
    return true;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
    real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define OPENING(name, parameters, arguments) \
    int name parameters \
    { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list list; \
            va_start(list, flags); \
            mode = va_arg(list, mode_t); \
            va_end(list); \
        } \
        return strikes(OPEN, NULL) ? -1 : real arguments; \
    }

OPENING(open, (const char *path, int flags, ...), (path, flags, mode))
OPENING(open64, (const char *path, int flags, ...), (path, flags, mode))
OPENING(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPENING(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

#define AMOUNT(half, length) ((half) && (length) > 1 ? (length) / 2 : (length))

#define MOVING(name, call, parameters, ...) \
    ssize_t name parameters \
    { \
        REAL(name); \
        bool half = false; \
        if (strikes(call, &half)) \
            return -1; \
        return real(__VA_ARGS__); \
    }

MOVING(pread, PREAD, (int fd, void *to, size_t length, off_t from), fd, to, AMOUNT(half, length),
       from)
MOVING(pread64, PREAD, (int fd, void *to, size_t length, off64_t from), fd, to,
       AMOUNT(half, length), from)
MOVING(pwrite, PWRITE, (int fd, const void *from, size_t length, off_t to), fd, from,
       AMOUNT(half, length), to)
MOVING(pwrite64, PWRITE, (int fd, const void *from, size_t length, off64_t to), fd, from,
       AMOUNT(half, length), to)
MOVING(getrandom, RANDOM, (void *to, size_t length, unsigned flags), to, AMOUNT(half, length),
       flags)
MOVING(send, SEND, (int fd, const void *from, size_t length, int flags), fd, from,
       AMOUNT(half, length), flags)
MOVING(recv, RECEIVE, (int fd, void *to, size_t length, int flags), fd, to, AMOUNT(half, length),
       flags)
MOVING(sendmsg, SEND, (int fd, const struct msghdr *m, int flags), fd, m, flags)
MOVING(recvmsg, RECEIVE, (int fd, struct msghdr *m, int flags), fd, m, flags)

/* Asked of the kernel: fstat() is one of those that fail. */
static bool
is_file(int fd)
{
    return syscall(SYS_lseek, fd, 0, SEEK_CUR) != -1;
}

ssize_t
read(int fd, void *to, size_t length)
{
    REAL(read);
    bool half = false;
    int why = errno;
    enum call call = is_file(fd) ? READ : RECEIVE;
    errno = why;
    if (strikes(call, &half))
        return -1;
    half = half && length > sizeof(long); /* a number comes out of a pipe as it went in */
    return real(fd, to, AMOUNT(half, length));
}

ssize_t
write(int fd, const void *from, size_t length)
{
    REAL(write);
    bool half = false;
    int why = errno;
    enum call call = is_file(fd) ? WRITE : SEND;
    errno = why;
    if (strikes(call, &half))
        return -1;
    half = half && (call == WRITE || length > PIPE_BUF); /* less goes into a pipe whole */
    return real(fd, from, AMOUNT(half, length));
}

#define PLAIN(name, call, parameters, ...) \
    int name parameters \
    { \
        REAL(name); \
        return strikes(call, NULL) ? -1 : real(__VA_ARGS__); \
    }

PLAIN(fsync, FSYNC, (int fd), fd)
PLAIN(fdatasync, FSYNC, (int fd), fd)
PLAIN(ftruncate, FTRUNCATE, (int fd, off_t length), fd, length)
PLAIN(ftruncate64, FTRUNCATE, (int fd, off64_t length), fd, length)
PLAIN(rename, RENAME, (const char *from, const char *to), from, to)
PLAIN(unlink, UNLINK, (const char *path), path)
PLAIN(link, LINK, (const char *from, const char *to), from, to)
PLAIN(mkdir, MKDIR, (const char *path, mode_t mode), path, mode)
PLAIN(flock, LOCK, (int fd, int operation), fd, operation)
PLAIN(fstat, STAT, (int fd, struct stat *info), fd, info)
PLAIN(fstat64, STAT, (int fd, struct stat64 *info), fd, info)

/* The kernel closes the file, whatever it says. */
int
close(int fd)
{
    REAL(close);
    bool fails = strikes(CLOSE, NULL);
    int why = errno, code = real(fd);
    if (fails)
        errno = why;
    return fails ? -1 : code;
}

/* A program that is given an environment of its own is preloaded into all the same. */
int
execve(const char *path, char *const argv[], char *const envp[])
{
    REAL(execve);
    static const char *const kept[] = {"LD_PRELOAD", "CRIER_FAIL", "CRIER_FAIL_IN",
                                       "CRIER_FAIL_LOG"};
    char *all[MAX_ENVIRONMENT];
    size_t count = 0;
    for (; envp[count] && count < MAX_ENVIRONMENT - 5; count++)
        all[count] = envp[count];
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = getenv(kept[i]);
        if (value && asprintf(&all[count], "%s=%s", kept[i], value) > 0)
            count++;
    }
    all[count] = NULL;
    return real(path, argv, all);
}

#define MAPPING(name, offset_type) \
    void *name(void *where, size_t length, int protection, int flags, int fd, offset_type offset) \
    { \
        REAL(name); \
        if (fd >= 0 && strikes(MMAP, NULL)) \
            return MAP_FAILED; \
        return real(where, length, protection, flags, fd, offset); \
    }

MAPPING(mmap, off_t)
MAPPING(mmap64, off64_t)

#define CONTROLLING(name) \
    int name(int fd, int command, ...) \
    { \
        REAL(name); \
        va_list list; \
        va_start(list, command); \
        void *argument = va_arg(list, void *); \
        va_end(list); \
        bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK; \
        return locks && strikes(LOCK, NULL) ? -1 : real(fd, command, argument); \
    }

CONTROLLING(fcntl)
CONTROLLING(fcntl64)
