/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for libraries that are given an allocator.  Out of memory is fatal for them as it is for
 * GLib: what they would make of a NULL is a document without what did not fit, or a fault.
 */
#pragma once

#include <stddef.h>

/* Never NULL, not even of nothing; to be freed by free(). */
void *memory_new(size_t size);
void *memory_zeros(size_t count, size_t size);
void *memory_resize(void *old, size_t size);
char *memory_copy(const char *text);

/*
 * Has large blocks go back to the system when they are freed: or what hundreds of pages took stays
 * with a process that reads them.  To be called before it has threads.
 */
void memory_give_back(void);

/* Gives it to jansson; to be called before anything is made of JSON. */
void memory_set_up(void);
