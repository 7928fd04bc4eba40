/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each role reads of the system, beside what its process names, and the order: Landlock, whose
 * calls the filter would not let through, then seccomp.
 */
#include "config.h"

#include "fence/fence.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "fence/landlock.h"
#include "fence/seccomp.h"

#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#define BIT(role) (1u << (role))
#define PROGRAMS  (BIT(FENCE_READER) | BIT(FENCE_WRITE) | BIT(FENCE_TRANSFER) | BIT(FENCE_CONVERT))
#define ALL       (PROGRAMS | BIT(FENCE_PARSE))

static const struct {
    const char *path;
    enum landlock_right right;
    unsigned roles;
} system_paths[] = {
    /* libraries, locales, zones, certificates, settings of the system: what everybody may read */
    {"/usr", LANDLOCK_READ, PROGRAMS},
    {"/lib", LANDLOCK_READ, PROGRAMS},
    {"/lib32", LANDLOCK_READ, PROGRAMS},
    {"/lib64", LANDLOCK_READ, PROGRAMS},
    {"/etc", LANDLOCK_READ, PROGRAMS},
    {"/opt", LANDLOCK_READ, PROGRAMS},
    /* systems that keep each package in a folder of its own */
    {"/nix/store", LANDLOCK_READ, ALL},
    {"/gnu/store", LANDLOCK_READ, ALL},
    /* zones, translations, and the converters of charsets, which are found by the linker's cache */
    {"/usr/share/zoneinfo", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/usr/share/locale", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/usr/lib/gconv", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/usr/lib32/gconv", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/usr/lib64/gconv", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/etc/ld.so.cache", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/etc/localtime", LANDLOCK_READ, BIT(FENCE_PARSE)},
    {"/dev/null", LANDLOCK_DEVICE, PROGRAMS},
    {"/dev/urandom", LANDLOCK_READ, ALL},
    {"/dev/random", LANDLOCK_READ, PROGRAMS},
    {"/dev/tty", LANDLOCK_DEVICE, BIT(FENCE_READER)},
    /* resolv.conf and what answers for it; certificates of openSUSE */
    {"/run", LANDLOCK_READ, BIT(FENCE_TRANSFER)},
    {"/var/lib/ca-certificates", LANDLOCK_READ, BIT(FENCE_TRANSFER)},
    /* programs, and what interpreters ask of themselves */
    {"/usr", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/bin", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/lib", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/lib32", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/lib64", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/opt", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/nix/store", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/gnu/store", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/etc", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
    {"/proc", LANDLOCK_READ, BIT(FENCE_CONVERT)},
    {"/dev/zero", LANDLOCK_READ, BIT(FENCE_CONVERT)},
#ifdef WITH_SANITIZE
    {"/proc", LANDLOCK_READ, ALL}, /* the sanitizers look at the memory of their own process */
#endif
    {"/var/cache/fontconfig", LANDLOCK_READ, BIT(FENCE_CONVERT)},
};

/* Variables that name files and folders, with colons between them. */
static const struct {
    const char *variable;
    enum landlock_right right;
    unsigned roles;
} named_paths[] = {
    {"GCONV_PATH", LANDLOCK_READ, ALL},
    {"LOCPATH", LANDLOCK_READ, ALL},
    {"TZDIR", LANDLOCK_READ, ALL},
    {"LD_LIBRARY_PATH", LANDLOCK_READ, PROGRAMS},
    {"TERMINFO", LANDLOCK_READ, BIT(FENCE_READER)},
    {"TERMINFO_DIRS", LANDLOCK_READ, BIT(FENCE_READER)},
    {"SSL_CERT_FILE", LANDLOCK_READ, BIT(FENCE_TRANSFER)},
    {"SSL_CERT_DIR", LANDLOCK_READ, BIT(FENCE_TRANSFER)},
    {"CURL_CA_BUNDLE", LANDLOCK_READ, BIT(FENCE_TRANSFER)},
    {"HOSTALIASES", LANDLOCK_READ, BIT(FENCE_TRANSFER)},
    {"PATH", LANDLOCK_RUN, BIT(FENCE_CONVERT)},
};

static struct fence_state state;

static void
clear_rule(gpointer data)
{
    g_free(((struct landlock_rule *)data)->path);
}

/* path: taken over. */
static void
add(GArray *rules, char *path, enum landlock_right right)
{
    struct landlock_rule rule = {path, right};
    g_array_append_val(rules, rule);
}

/* gconv/ in the folders of architectures, as Debian has them. */
static void
add_charsets(GArray *rules)
{
    g_autoptr(GDir) dir = g_dir_open("/usr/lib", 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (strstr(name, "-linux-"))
            add(rules, g_build_filename("/usr/lib", name, "gconv", NULL), LANDLOCK_READ);
}

static void
add_named(GArray *rules, unsigned role)
{
    for (size_t i = 0; i < G_N_ELEMENTS(named_paths); i++) {
        const char *value = g_getenv(named_paths[i].variable);
        if (!value || !(named_paths[i].roles & role))
            continue;
        g_auto(GStrv) paths = g_strsplit(value, ":", -1);
        for (char **path = paths; *path; path++)
            if (g_path_is_absolute(*path) && (*path)[1])
                add(rules, g_strdup(*path), named_paths[i].right);
    }
}

static void
add_system(GArray *rules, unsigned role)
{
    for (size_t i = 0; i < G_N_ELEMENTS(system_paths); i++)
        if (system_paths[i].roles & role)
            add(rules, g_strdup(system_paths[i].path), system_paths[i].right);
    add_named(rules, role);
    add(rules, paths_data(""), LANDLOCK_READ);
    add(rules, g_strdup(paths_locale()), LANDLOCK_READ);
    if (role == BIT(FENCE_PARSE))
        add_charsets(rules);
    if (role == BIT(FENCE_READER))
        add(rules, g_build_filename(g_get_home_dir(), ".terminfo", NULL), LANDLOCK_READ);
    if (role == BIT(FENCE_CONVERT)) /* what the user has installed for himself */
        add(rules, g_build_filename(g_get_home_dir(), ".local", "lib", NULL), LANDLOCK_RUN);
}

/*
 * Files of a folder may be links, as of those who keep their configuration elsewhere; depth: of
 * folders in it that are looked into.
 */
static void
add_links(GArray *rules, const char *folder, int depth)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
            add(rules, path, LANDLOCK_READ);
            continue;
        }
        if (depth > 0)
            add_links(rules, path, depth - 1);
        g_free(path);
    }
}

static void
add_places(GArray *rules, const char *const *paths, enum landlock_right right)
{
    for (const char *const *path = paths; path && *path; path++) {
        add(rules, g_strdup(*path), right);
        if (right == LANDLOCK_READ)
            add_links(rules, *path, 1); /* themes, portals */
    }
}

/*
 * No new privileges; and of root's those of files alone, which a fence keeps to its places: others
 * go round it, as that which shows the environment of any process.
 */
static void
forget_privileges(void)
{
#ifdef __linux__
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const guint32 files = 1u << CAP_CHOWN | 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH |
                          1u << CAP_FOWNER | 1u << CAP_FSETID;
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct has[_LINUX_CAPABILITY_U32S_3] = {{0}};
    if (syscall(SYS_capget, &head, has) != 0)
        return;
    has[0].effective &= files;
    has[0].permitted &= files;
    has[0].inheritable = has[1].effective = has[1].permitted = has[1].inheritable = 0;
    syscall(SYS_capset, &head, has);
#endif
}

static void
say_what_is_missing(const struct fence_state *holds)
{
    if (holds->landlock && holds->seccomp)
        return;
    g_autofree char *text = fence_state_text(holds);
    message_note(_("this kernel or this build fences programs in part only: %s"), text);
}

bool
fence_is_off(void)
{
    const char *off = g_getenv("CRIER_TEST_NO_FENCE");
    return off && *off;
}

void
fence_enter(enum fence_role role, const struct fence_places *places)
{
    static const struct fence_places none;
    static bool entered;
    if (!places)
        places = &none;
    if (entered || fence_is_off())
        return;
    entered = true;
    forget_privileges();
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(struct landlock_rule));
    g_array_set_clear_func(rules, clear_rule);
    add_system(rules, BIT(role));
    add_places(rules, places->read, LANDLOCK_READ);
    add_places(rules, places->write, LANDLOCK_WRITE);
    struct landlock_limits limits = {
        .network = role != FENCE_TRANSFER, .sockets = true, .signals = !places->child};
    state.landlock = landlock_restrict(rules, &limits);
    state.network = state.landlock >= 4 && limits.network;
    struct seccomp_needs needs = {.no_open = role == FENCE_PARSE && !state.landlock,
                                  .child = places->child};
    state.seccomp = seccomp_restrict(role, &needs);
    if (role == FENCE_READER) /* of the programs of one command it is the one that tells */
        say_what_is_missing(&state);
}

const struct fence_state *
fence_state(void)
{
    return &state;
}

struct fence_state
fence_available(void)
{
    int abi = landlock_abi();
    return (struct fence_state){abi, abi >= 4, seccomp_is_available()};
}

char *
fence_state_text(const struct fence_state *s)
{
    g_autofree char *landlock = s->landlock ? g_strdup_printf("landlock %d%s", s->landlock,
                                                              s->network ? " with network" : "")
                                            : g_strdup("no landlock");
    return g_strconcat(landlock, s->seccomp ? ", seccomp" : ", no seccomp", NULL);
}

const char *
fence_build(void)
{
#if defined(WITH_LANDLOCK) && defined(WITH_SECCOMP)
    return "landlock, seccomp";
#elif defined(WITH_LANDLOCK)
    return "landlock";
#elif defined(WITH_SECCOMP)
    return "seccomp";
#else
    return "none";
#endif
}
