/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib's allocator, which ends the program where there is no memory. */
#include "config.h"

#include "base/memory.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

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
memory_set_up(void)
{
    json_set_alloc_funcs(memory_new, free);
}
