/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into a program of crier (LD_PRELOAD): where it begins to read what is foreign, by a
 * library, it tries a way out of its fence instead, as who has taken it over would, says on
 * standard error "escape: WHAT: out" or "kept in", and ends.
 *
 *     CRIER_TEST_ESCAPE=WHAT CRIER_TEST_ESCAPE_FROM=PROGRAM
 *     CRIER_TEST_ESCAPE_AT=html|xml|sqlite|curl
 *     CRIER_TEST_ESCAPE_SECRET=FILE CRIER_TEST_ESCAPE_OUTSIDE=FILE CRIER_TEST_ESCAPE_PORT=N
 */
#include "config.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *
variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static bool
try_read(void)
{
    return open(variable("CRIER_TEST_ESCAPE_SECRET"), O_RDONLY) >= 0;
}

static bool
try_write(void)
{
    return open(variable("CRIER_TEST_ESCAPE_OUTSIDE"), O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool
connects(int type)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)strtoul(variable("CRIER_TEST_ESCAPE_PORT"), NULL, 10)),
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
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool
try_fork(void)
{
    int status = 1;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* The program says it. */
static bool
try_exec(void)
{
    execl("/bin/echo", "echo", "escape: exec: out", (char *)NULL);
    return false;
}

static bool
try_ptrace(void)
{
    return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0;
}

static bool
try_kill(void)
{
    return kill(getppid(), 0) == 0;
}

static bool
try_memory(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
    return open(path, O_RDONLY) >= 0;
}

static bool
try_namespace(void)
{
    return unshare(CLONE_NEWUSER) == 0 || errno != EPERM;
}

/* Without a fence it fails by itself, and says so: only a fence ends the process. */
static bool
try_mount(void)
{
    mount("none", "/missing/folder", "tmpfs", MS_RDONLY, NULL);
    return true;
}

static bool
try_io_uring(void)
{
    static char parameters[120];
    syscall(SYS_io_uring_setup, 1, parameters);
    return true;
}

static bool
try_code(void)
{
    void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code != MAP_FAILED && mprotect(code, 4096, PROT_READ | PROT_EXEC) == 0;
}

static const struct {
    const char *name;
    bool (*attempt)(void);
} attempts[] = {
    {"read", try_read},     {"write", try_write},       {"tcp", try_tcp},
    {"udp", try_udp},       {"unix", try_unix},         {"fork", try_fork},
    {"exec", try_exec},     {"ptrace", try_ptrace},     {"kill", try_kill},
    {"memory", try_memory}, {"mount", try_mount},       {"namespace", try_namespace},
    {"code", try_code},     {"io-uring", try_io_uring},
};

static void
say(const char *what, const char *word)
{
    char line[80];
    int length = snprintf(line, sizeof line, "escape: %s: %s\n", what, word);
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        _exit(1);
}

/* Where the program and the place are those that are meant, this is its end. */
static void
escape(const char *place)
{
    const char *what = variable("CRIER_TEST_ESCAPE");
    if (!*what || strcmp(place, variable("CRIER_TEST_ESCAPE_AT")) != 0 ||
        strcmp(program_invocation_short_name, variable("CRIER_TEST_ESCAPE_FROM")) != 0)
        return;
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGSYS, SIG_DFL);
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        if (strcmp(attempts[i].name, what) != 0)
            continue;
        dup2(STDERR_FILENO, STDOUT_FILENO); /* for echo */
        say(what, attempts[i].attempt() ? "out" : "kept in");
        _exit(0);
    }
    _exit(1);
}

/* --- where foreign data begins ------------------------------------------------------------- */

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* The types of the libraries, as far as a call passes them on. */
void *htmlCtxtReadMemory(void *ctxt, const char *bytes, int size, const char *url,
                         const char *encoding, int options);
void *xmlNewParserCtxt(void);
const unsigned char *sqlite3_column_text(void *statement, int column);
int curl_multi_perform(void *multi, int *running);

void *
htmlCtxtReadMemory(void *ctxt, const char *bytes, int size, const char *url, const char *encoding,
                   int options)
{
    escape("html");
    return REAL(htmlCtxtReadMemory)(ctxt, bytes, size, url, encoding, options);
}

void *
xmlNewParserCtxt(void)
{
    escape("xml");
    return REAL(xmlNewParserCtxt)();
}

const unsigned char *
sqlite3_column_text(void *statement, int column)
{
    escape("sqlite");
    return REAL(sqlite3_column_text)(statement, column);
}

int
curl_multi_perform(void *multi, int *running)
{
    escape("curl");
    return REAL(curl_multi_perform)(multi, running);
}
