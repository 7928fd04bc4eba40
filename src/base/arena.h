/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many small allocations that end together.  Nothing in an arena is freed by itself; the
 * arena counts its bytes, so that who fills it from foreign input can stop in time.
 */
#pragma once

#include <glib.h>

#include "base/auto.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
DEFINE_AUTO_FREE(arena, arena_free)

/* Forgets everything in it, and keeps one block for what comes. */
void arena_clear(struct arena *arena);

/* Zeroed memory, aligned for any pointer or 64-bit integer. */
void *arena_alloc(struct arena *arena, gsize size);

/* A copy of length bytes, with a NUL after them. */
char *arena_copy(struct arena *arena, const char *text, gsize length);

/* Bytes handed out since it was new or cleared. */
gsize arena_used(const struct arena *arena);
