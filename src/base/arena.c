/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks in a list; what does not fit into a block gets one of its own. */
#include "config.h"

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

#define BLOCK     (64u << 10)
#define ALIGNMENT 8u

struct block {
    struct block *next;
    gsize size, used; /* of data */
    guint64 data[];
};

struct arena {
    struct block *blocks; /* the one that is being filled comes first */
    gsize used;
};

static struct block *
block_new(gsize size)
{
    struct block *block = g_malloc(sizeof *block + size);
    *block = (struct block){NULL, size, 0};
    return block;
}

struct arena *
arena_new(void)
{
    struct arena *arena = g_new0(struct arena, 1);
    arena->blocks = block_new(BLOCK);
    return arena;
}

static void
free_blocks(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        g_free(block);
        block = next;
    }
}

void
arena_free(struct arena *arena)
{
    free_blocks(arena->blocks);
    g_free(arena);
}

void
arena_clear(struct arena *arena)
{
    free_blocks(g_steal_pointer(&arena->blocks->next));
    if (arena->blocks->size > BLOCK) {
        g_free(arena->blocks);
        arena->blocks = block_new(BLOCK);
    }
    arena->blocks->used = 0;
    arena->used = 0;
}

static char *
take(struct arena *arena, gsize size)
{
    gsize want = (size + ALIGNMENT - 1) & ~(gsize)(ALIGNMENT - 1);
    struct block *block = arena->blocks;
    arena->used += want;
    if (block->size - block->used < want) {
        bool alone = want > BLOCK / 4;
        struct block *fresh = block_new(alone ? want : BLOCK);
        if (alone) { /* behind the first, which still has room */
            fresh->next = block->next;
            block->next = fresh;
        } else {
            fresh->next = block;
            arena->blocks = fresh;
        }
        block = fresh;
    }
    char *memory = (char *)block->data + block->used;
    block->used += want;
    return memory;
}

void *
arena_alloc(struct arena *arena, gsize size)
{
    return memset(take(arena, size), 0, size);
}

char *
arena_copy(struct arena *arena, const char *text, gsize length)
{
    char *copy = take(arena, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

gsize
arena_used(const struct arena *arena)
{
    return arena->used;
}
