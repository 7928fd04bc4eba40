/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library for LD_PRELOAD in which the n-th allocation fails:
 *
 *   CRIER_FAIL_ALLOCATION=N[+]     the n-th (from 1) gives NULL, with + all from then on
 *   CRIER_FAIL_IN=PROGRAM          only in the program of that name
 *   CRIER_FAIL_LOG=FILE            gets a line with how many there were, when the program exits
 *
 * Those that GLib, its PCRE2 and the C library ask for do not count: where GLib gets no memory it
 * ends the program, which is right, and what the C library asks for is mostly on GLib's behalf.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* glibc's own, by the names under which it exports them beside the usual ones. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool active, lasting;
static int log_file = -1;
static atomic_long count;
static long chosen;

/* The code of those that do not count. */
static struct {
    const char *name;
    uintptr_t begin, end;
} others[] = {{"libglib-2.0", 0, 0}, {"libpcre2", 0, 0}, {"libc.so", 0, 0}, {"ld-linux", 0, 0}};
#define OTHERS (sizeof others / sizeof *others)

static int
find_others(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    for (size_t other = 0; other < OTHERS; other++) {
        if (!strstr(info->dlpi_name, others[other].name))
            continue;
        for (int i = 0; i < info->dlpi_phnum; i++) {
            const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
            if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X))
                continue;
            others[other].begin = info->dlpi_addr + segment->p_vaddr;
            others[other].end = others[other].begin + segment->p_memsz;
        }
    }
    return 0;
}

__attribute__((constructor)) static void
begin(void)
{
    const char *only = getenv("CRIER_FAIL_IN"), *what = getenv("CRIER_FAIL_ALLOCATION");
    if (only && strcmp(only, program_invocation_short_name) != 0)
        return;
    char *end = NULL;
    chosen = what ? strtol(what, &end, 10) : 0;
    lasting = end && *end == '+';
    dl_iterate_phdr(find_others, NULL);
    /* before the fence */
    const char *file = getenv("CRIER_FAIL_LOG");
    log_file = file ? open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    active = true;
}

__attribute__((destructor)) static void
finish(void)
{
    if (!active)
        return;
    active = false;
    if (log_file >= 0)
        dprintf(log_file, "%ld\n", atomic_load(&count));
}

static bool
strikes(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;
    if (!active)
        return false;
    for (size_t other = 0; other < OTHERS; other++)
        if (at >= others[other].begin && at < others[other].end)
            return false;
    long number = atomic_fetch_add(&count, 1) + 1;
    if (!chosen || (lasting ? number < chosen : number != chosen))
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t size)
{
    return strikes(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t number, size_t size)
{
    return strikes(__builtin_return_address(0)) ? NULL : __libc_calloc(number, size);
}

void *
realloc(void *old, size_t size)
{
    return strikes(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}
