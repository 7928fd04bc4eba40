/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter of a role, made of calls.def.  A filter sees numbers and no memory: flags, families
 * and commands can be looked at, names of files and structures cannot.  The kernel takes the lower
 * half of an argument that is an int, so that is what is compared.
 */
#include "config.h"

#include "fence/seccomp.h"

/* the sanitizers trace, map and clone as no program does that is fenced */
#if defined(WITH_SECCOMP) && !defined(WITH_SANITIZE)

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BIT(role) (1u << (role))
#define R         BIT(FENCE_READER)
#define W         BIT(FENCE_WRITE)
#define T         BIT(FENCE_TRANSFER)
#define P         BIT(FENCE_PARSE)
#define C         BIT(FENCE_CONVERT)
#define ALL       (R | W | T | P | C)

enum kind { KIND_CALL, KIND_SOME, KIND_GONE, KIND_KILL };

static const struct call {
    const char *name;
    unsigned roles;
    enum kind kind;
} calls[] = {
#define CALL(name, roles, why) {#name, roles, KIND_CALL},
#define SOME(name, roles, why) {#name, roles, KIND_SOME},
#define GONE(name, roles, why) {#name, roles, KIND_GONE},
#define KILL(name, roles, why) {#name, roles, KIND_KILL},
#include "fence/calls.def"
#undef CALL
#undef SOME
#undef GONE
#undef KILL
};

/* A filter while it is made. */
struct filter {
    scmp_filter_ctx context;
    unsigned role; /* its bit */
    const struct seccomp_needs *needs;
};

#define LOW 0xffffffffu

/* The argument, as an int, is that number. */
static struct scmp_arg_cmp
is(unsigned argument, uint64_t number)
{
    return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, LOW, number & LOW);
}

/* Of the bits of `mask` the argument has those of `bits`. */
static struct scmp_arg_cmp
has(unsigned argument, uint64_t mask, uint64_t bits)
{
    return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, bits);
}

static void
allow(const struct filter *f, int call, const struct scmp_arg_cmp *conditions, unsigned count)
{
    seccomp_rule_add_array(f->context, SCMP_ACT_ALLOW, call, count, conditions);
}

static void
allow_numbers(const struct filter *f, int call, unsigned argument, const uint64_t *numbers,
              size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scmp_arg_cmp one = is(argument, numbers[i]);
        allow(f, call, &one, 1);
    }
}

/* --- those that are allowed with some arguments ------------------------------------------- */

/* Code comes from files; what is written is never run. */
static void
allow_mmap(const struct filter *f, int call)
{
    if (f->role == C) {
        allow(f, call, NULL, 0);
        return;
    }
    struct scmp_arg_cmp data = has(2, PROT_EXEC, 0);
    struct scmp_arg_cmp code[] = {has(2, PROT_EXEC | PROT_WRITE, PROT_EXEC),
                                  has(3, MAP_ANONYMOUS, 0)};
    allow(f, call, &data, 1);
    if (!f->needs->no_open)
        allow(f, call, code, G_N_ELEMENTS(code));
}

static void
allow_mprotect(const struct filter *f, int call)
{
    struct scmp_arg_cmp data = has(2, PROT_EXEC, 0);
    allow(f, call, &data, f->role == C ? 0 : 1);
}

/* flags: which argument they are. */
static void
allow_open(const struct filter *f, int call, unsigned flags)
{
    struct scmp_arg_cmp reading = has(flags, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, O_RDONLY);
    if (!f->needs->no_open)
        allow(f, call, &reading, f->role & (R | W | C) ? 0 : 1);
}

static void
allow_fcntl(const struct filter *f, int call)
{
    static const uint64_t commands[] = {
        F_DUPFD,      F_DUPFD_CLOEXEC,
        F_GETFD,      F_SETFD,
        F_GETFL,      F_SETFL,
        F_GETLK,      F_SETLK,
        F_SETLKW,     12,
        13,           14, /* *LK64 */
        36,           37,
        38,           /* F_OFD_* */ F_GETPIPE_SZ,
        F_SETPIPE_SZ,
    };
    allow_numbers(f, call, 1, commands, G_N_ELEMENTS(commands));
}

static void
allow_ioctl(const struct filter *f, int call)
{
    static const uint64_t asked[] = {
        TCGETS,  TIOCGWINSZ, FIONREAD,
        FIONBIO, FIOCLEX,    /* python(1), which takes EPERM for a failure */ FIONCLEX,
#ifdef TCGETS2
        TCGETS2,
#endif
    };
    static const uint64_t set[] = {
        TCSETS,  TCSETSW,  TCSETSF,  TCFLSH, TCSBRK, TCXONC, TIOCGPGRP,
#ifdef TCSETS2
        TCSETS2, TCSETSW2, TCSETSF2,
#endif
    };
    allow_numbers(f, call, 1, asked, G_N_ELEMENTS(asked));
    if (f->role == R)
        allow_numbers(f, call, 1, set, G_N_ELEMENTS(set));
}

#define SET_VMA 0x53564d41 /* PR_SET_VMA, since Linux 5.17: names of memory */

static void
allow_prctl(const struct filter *f, int call)
{
    static const uint64_t options[] = {
        PR_SET_NAME,     PR_GET_NAME,     PR_SET_PDEATHSIG,    PR_GET_PDEATHSIG,
        PR_GET_DUMPABLE, PR_CAPBSET_READ, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS,
        PR_GET_SECCOMP,  SET_VMA,
    };
    allow_numbers(f, call, 0, options, G_N_ELEMENTS(options));
}

#define NAMESPACES 0x7e020000u /* CLONE_NEWNS, …NEWCGROUP, …UTS, …IPC, …USER, …PID, …NET */

static void
allow_clone(const struct filter *f, int call)
{
#if defined(__s390__) || defined(__s390x__)
    const unsigned flags = 1;
#else
    const unsigned flags = 0;
#endif
    struct scmp_arg_cmp thread = has(flags, CLONE_THREAD | NAMESPACES, CLONE_THREAD),
                        process = has(flags, NAMESPACES, 0);
    allow(f, call, f->role == C ? &process : &thread, 1);
}

/* Converters are ended when they take too long; Landlock keeps signals from all others (ABI 6). */
static void
allow_signals(const struct filter *f, int call)
{
    if (f->role == C) {
        allow(f, call, NULL, 0);
        return;
    }
    const uint64_t processes[] = {(uint64_t)getpid(), (uint64_t)f->needs->child};
    allow_numbers(f, call, 0, processes, f->needs->child ? 2 : 1);
}

static void
allow_socket(const struct filter *f, int call)
{
    static const int families[] = {AF_INET, AF_INET6}, types[] = {SOCK_STREAM, SOCK_DGRAM};
    for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(types); j++) {
            struct scmp_arg_cmp plain[] = {is(0, (uint64_t)families[i]),
                                           has(1, 0xf, (uint64_t)types[j])};
            allow(f, call, plain, G_N_ELEMENTS(plain));
        }
    }
    struct scmp_arg_cmp routes[] = {is(0, AF_NETLINK), is(2, NETLINK_ROUTE)};
    allow(f, call, routes, G_N_ELEMENTS(routes));
}

static void
allow_own_limits(const struct filter *f, int call)
{
    struct scmp_arg_cmp own = is(0, 0);
    allow(f, call, &own, 1);
}

static void
allow_opened(const struct filter *f, int call)
{
    allow_open(f, call, 1);
}

static void
allow_opened_at(const struct filter *f, int call)
{
    allow_open(f, call, 2);
}

static const struct {
    const char *name;
    void (*allow)(const struct filter *f, int call);
} some[] = {
    {"mmap", allow_mmap},     {"mmap2", allow_mmap},       {"mprotect", allow_mprotect},
    {"open", allow_opened},   {"openat", allow_opened_at}, {"fcntl", allow_fcntl},
    {"fcntl64", allow_fcntl}, {"ioctl", allow_ioctl},      {"prctl", allow_prctl},
    {"clone", allow_clone},   {"kill", allow_signals},     {"tgkill", allow_signals},
    {"tkill", allow_signals}, {"socket", allow_socket},    {"prlimit64", allow_own_limits},
};

static void
allow_some(const struct filter *f, const char *name, int call)
{
    for (size_t i = 0; i < G_N_ELEMENTS(some); i++) {
        if (g_str_equal(some[i].name, name)) {
            some[i].allow(f, call);
            return;
        }
    }
    g_assert_not_reached();
}

/* --- the whole of it ---------------------------------------------------------------------- */

/* A call that this architecture, or this libseccomp, does not know is passed over. */
static void
add(const struct filter *f, const struct call *call)
{
    int number = seccomp_syscall_resolve_name(call->name);
    if (number < 0)
        return;
    switch (call->kind) {
    case KIND_CALL:
        allow(f, number, NULL, 0);
        break;
    case KIND_SOME:
        allow_some(f, call->name, number);
        break;
    case KIND_GONE:
        seccomp_rule_add_array(f->context, SCMP_ACT_ERRNO(ENOSYS), number, 0, NULL);
        break;
    case KIND_KILL:
        seccomp_rule_add_array(f->context, SCMP_ACT_KILL_PROCESS, number, 0, NULL);
        break;
    }
}

bool
seccomp_is_available(void)
{
    uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool
seccomp_restrict(enum fence_role role, const struct seccomp_needs *needs)
{
    if (!seccomp_is_available())
        return false;
    struct filter f = {seccomp_init(SCMP_ACT_ERRNO(EPERM)), BIT(role), needs};
    if (!f.context)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
        if (calls[i].roles & f.role)
            add(&f, &calls[i]);
    bool holds = seccomp_load(f.context) == 0;
    seccomp_release(f.context);
    return holds;
}

#else

bool
seccomp_is_available(void)
{
    return false;
}

bool
seccomp_restrict(enum fence_role role, const struct seccomp_needs *needs)
{
    (void)role;
    (void)needs;
    return false;
}

#endif
