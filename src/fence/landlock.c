/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The three system calls of Landlock, which the C library does not have, and its structures as the
 * newest ABI that is used here has them: a header may be older than the kernel, which takes a
 * structure that is longer than it knows if the rest is zero.
 */
#include "config.h"

#include "fence/landlock.h"
#include "base/number.h"

#include <errno.h>

#ifdef WITH_LANDLOCK

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* the same numbers on all architectures, as every call since 5.1 */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

/* rights and scopes since the first ABI, by their numbers in the kernel */
#define RIGHT_REFER     (1ull << 13) /* ABI 2 */
#define RIGHT_TRUNCATE  (1ull << 14) /* ABI 3 */
#define RIGHT_IOCTL_DEV (1ull << 15) /* ABI 5 */
#define NET_BIND_TCP    (1ull << 0)  /* ABI 4 */
#define NET_CONNECT_TCP (1ull << 1)
#define SCOPE_ABSTRACT  (1ull << 0) /* ABI 6 */
#define SCOPE_SIGNAL    (1ull << 1)

#define RIGHTS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RIGHTS_MAKE \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | \
     RIGHT_REFER | RIGHT_TRUNCATE)
#define RIGHTS_FIRST ((1ull << 13) - 1) /* of ABI 1: also devices, sockets, pipes, links */

/* The rights that a file has which is no folder; the kernel refuses others for it. */
#define RIGHTS_OF_FILES \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | \
     RIGHT_TRUNCATE | RIGHT_IOCTL_DEV)

struct ruleset {
    uint64_t files;
    uint64_t network; /* ABI 4 */
    uint64_t scoped;  /* ABI 6 */
};

/* The length of the structure as an ABI has it. */
static size_t
ruleset_size(int abi)
{
    return abi < 4 ? 8 : abi < 6 ? 16 : 24;
}

static struct ruleset
ruleset_of(int abi, const struct landlock_limits *limits)
{
    struct ruleset r = {.files = RIGHTS_FIRST};
    if (abi >= 2)
        r.files |= RIGHT_REFER;
    if (abi >= 3)
        r.files |= RIGHT_TRUNCATE;
    if (abi >= 5)
        r.files |= RIGHT_IOCTL_DEV;
    if (abi >= 4 && limits->network)
        r.network = NET_BIND_TCP | NET_CONNECT_TCP;
    if (abi >= 6 && limits->sockets)
        r.scoped |= SCOPE_ABSTRACT;
    if (abi >= 6 && limits->signals)
        r.scoped |= SCOPE_SIGNAL;
    return r;
}

/* Tests stand in for older kernels. */
static int
most(void)
{
    const char *stated = g_getenv("CRIER_TEST_LANDLOCK_ABI");
    gint64 abi;
    return stated && number_parse(stated, 0, G_MAXINT, &abi) ? (int)abi : G_MAXINT;
}

int
landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi > 0 ? MIN((int)abi, most()) : 0;
}

static uint64_t
rights_of(enum landlock_right right)
{
    switch (right) {
    case LANDLOCK_READ:
        return RIGHTS_READ;
    case LANDLOCK_RUN:
        return RIGHTS_READ | LANDLOCK_ACCESS_FS_EXECUTE;
    case LANDLOCK_WRITE:
        return RIGHTS_READ | RIGHTS_MAKE;
    case LANDLOCK_DEVICE:
        return LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_IOCTL_DEV |
               RIGHT_TRUNCATE;
    }
    g_assert_not_reached();
}

static void
add_rule(int ruleset, uint64_t handled, const struct landlock_rule *rule)
{
    int fd = open(rule->path, O_PATH | O_CLOEXEC);
    struct stat info;
    if (fd < 0)
        return;
    uint64_t rights = rights_of(rule->right) & handled;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode))
        rights &= RIGHTS_OF_FILES;
    struct landlock_path_beneath_attr beneath = {.allowed_access = rights, .parent_fd = fd};
    /* a pipe or a socket of no file system has no rule, and needs none */
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(fd);
}

int
landlock_restrict(const GArray *rules, const struct landlock_limits *limits)
{
    int abi = landlock_abi();
    if (!abi)
        return 0;
    struct ruleset attributes = ruleset_of(abi, limits);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, ruleset_size(abi), 0);
    if (ruleset < 0)
        return 0;
    for (guint i = 0; i < rules->len; i++)
        add_rule(ruleset, attributes.files, &g_array_index(rules, struct landlock_rule, i));
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    long failed = syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
    return failed ? 0 : abi;
}

#else

int
landlock_abi(void)
{
    return 0;
}

int
landlock_restrict(const GArray *rules, const struct landlock_limits *limits)
{
    (void)rules;
    (void)limits;
    errno = ENOSYS;
    return 0;
}

#endif
