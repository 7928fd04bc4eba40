/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib's allocator, which ends the program where there is no memory. */
#include "config.h"

#include "base/memory.h"

#include <glib.h>
#ifdef HAVE_MALLOPT
#include <malloc.h>
#endif
#include <jansson.h>
#include <stdlib.h>

/*
 * Bytes: what is larger is mapped for itself, and what is free at the end of the heap goes back.
 * With 64 KiB, in which hardly a feed fits, mapping and unmapping took a fifth of all time of a
 * fetch where a processor is a virtual one; the peak is higher by less than a block a process.
 */
#define LARGE_BLOCK (1 << 20)

void *
memory_new(size_t size)
{
    return g_malloc(MAX(size, 1));
}

void *
memory_zeros(size_t count, size_t size)
{
    return g_malloc0_n(MAX(count, 1), MAX(size, 1));
}

void *
memory_resize(void *old, size_t size)
{
    return g_realloc(old, MAX(size, 1));
}

char *
memory_copy(const char *text)
{
    return g_strdup(text);
}

void
memory_give_back(void)
{
#ifdef HAVE_MALLOPT
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
#endif
}

void
memory_set_up(void)
{
    json_set_alloc_funcs(memory_new, free);
}
