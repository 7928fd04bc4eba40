/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Becoming crier-transfer or crier-picture; the starter of a program that has them work for it. */
#include "config.h"

#include "fetch/roles.h"
#include "base/number.h"
#include "base/paths.h"
#include "config/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define CHANNEL 3   /* the descriptor of the channel in a program that is executed */
#define UNKNOWN 127 /* exit status where the program cannot be executed */

static struct starter *starter;

/* --- the programs -------------------------------------------------------------------------- */

/*
 * What crier-transfer is told of the environment: proxies, certificates, how names are looked up,
 * where libraries are, and what tests say.
 */
static bool
is_passed_on(const char *name)
{
    static const char *const names[] = {
        "http_proxy",     "https_proxy", "HTTPS_PROXY", "all_proxy",
        "ALL_PROXY",      "no_proxy",    "NO_PROXY",    "PATH",
        "LANG",           "TZ",          "RES_OPTIONS", "LOCALDOMAIN",
        "CURL_CA_BUNDLE", "HOSTALIASES", "CRIER_NOW",   "LD_LIBRARY_PATH"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(names[i], name))
            return true;
    return g_str_has_prefix(name, "SSL_") || g_str_has_prefix(name, "CRIER_TEST_");
}

/* crier-picture is told nothing of the network, and proxies may have passwords. */
static bool
is_for_pictures(const char *name)
{
    static const char *const names[] = {
        "PATH", "LANG", "TZ", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(names[i], name))
            return true;
    return g_str_has_prefix(name, "CRIER_TEST_");
}

typedef bool passes_func(const char *name);

static char **
environment(passes_func *passes)
{
    GStrvBuilder *kept = g_strv_builder_new();
    g_auto(GStrv) names = g_listenv();
    for (char **name = names; *name; name++) {
        if (!passes(*name))
            continue;
        g_autofree char *line = g_strconcat(*name, "=", g_getenv(*name), NULL);
        g_strv_builder_add(kept, line);
    }
    char **lines = g_strv_builder_end(kept);
    g_strv_builder_unref(kept);
    return lines;
}

/* A program by its name, in the folder of CRIER_TRANSFER or beside this one. */
static char *
find_program(const char *name)
{
    const char *stated = g_getenv("CRIER_TRANSFER"), *folder = paths_executable_dir();
    if (stated && *stated) {
        g_autofree char *other = g_path_get_dirname(stated);
        return g_str_equal(name, "crier-transfer") ? g_strdup(stated)
                                                   : g_build_filename(other, name, NULL);
    }
    g_autofree char *beside = folder ? g_build_filename(folder, name, NULL) : NULL;
    if (beside && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&beside);
    return g_build_filename(LIBEXECDIR, name, NULL);
}

/* The channel alone and what it says on its standard error. */
static bool
arrange_files(int channel)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0)
        return false;
    return channel == CHANNEL ? fcntl(channel, F_SETFD, 0) == 0 : dup2(channel, CHANNEL) >= 0;
}

static int
become(const char *name, passes_func *passes, const int *fds, guint count)
{
    /* whoever wants the fetch to end tells the worker, which closes the channel */
    static const int others[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    static const struct rlimit none = {0, 0};
    g_autofree char *path = find_program(name);
    g_auto(GStrv) env = environment(passes);
    char *argv[] = {path, NULL};
    if (count != 1 || !arrange_files(fds[0]))
        return UNKNOWN;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        signal(others[i], SIG_IGN);
    setrlimit(RLIMIT_CORE, &none);
    execve(path, argv, env);
    return UNKNOWN;
}

int
roles_be_transfer(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments;
    (void)data;
    return become("crier-transfer", is_passed_on, fds, count);
}

int
roles_be_picture(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments;
    (void)data;
    return become("crier-picture", is_for_pictures, fds, count);
}

/* --- the starter --------------------------------------------------------------------------- */

struct arguments {
    int count;
    char **values;
};

static void
forget(char *text)
{
    if (text)
        memset(text, 0, strlen(text));
}

/* In the starter: lets go of what the worker was told, and of who waits for its word. */
static void
begin(gpointer data)
{
    const struct arguments *arguments = data;
    gint64 report;
    for (int i = 1; i < arguments->count; i++)
        forget(arguments->values[i]);
    forget((char *)(guintptr)g_getenv(COMMAND_SECRETS));
    g_unsetenv(COMMAND_SECRETS);
    const char *listener = g_getenv(COMMAND_REPORT);
    if (listener && number_parse(listener, STDERR_FILENO + 1, G_MAXINT, &report))
        close((int)report);
    g_unsetenv(COMMAND_REPORT);
}

static void
end(void)
{
    starter_free(starter);
    starter = NULL;
}

void
roles_begin(int argc, char **argv, starter_role *const *table, guint count)
{
    struct arguments arguments = {argc, argv};
    const struct starter_roles roles = {
        .roles = table, .count = count, .data = &arguments, .begin = begin};
    paths_init(argv[0]); /* which folder the programs lie in */
    starter = starter_new(&roles);
    if (starter)
        atexit(end);
}

struct starter *
roles_starter(void)
{
    return starter;
}
