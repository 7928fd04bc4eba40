/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compression of stored documents and pages: zstd; zlib as far as the store was written by it. */
#include "config.h"

#include "store/blob.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>

#define LEVEL 1 /* level 3 makes articles 2 % smaller and takes a third longer */
/*
 * bytes, of a thread, in which most are packed: what is as large as a feed is mapped, and mapping
 * and unmapping cost more than compressing
 */
#define SCRATCH     (512 << 10)
#define ZLIB_PREFIX 8 /* bytes before the zlib stream: the inflated length, little-endian */

static void
compressor_free(gpointer compressor)
{
    ZSTD_freeCCtx(compressor);
}

static void
decompressor_free(gpointer decompressor)
{
    ZSTD_freeDCtx(decompressor);
}

/* Nothing here is damaged for want of memory. */
static void
need(const void *what)
{
    if (!what)
        g_error("no memory to compress with");
}

GBytes *
blob_compress(const void *data, gsize length)
{
    static GPrivate compressor = G_PRIVATE_INIT(compressor_free), scratch = G_PRIVATE_INIT(g_free);
    if (!g_private_get(&compressor)) {
        g_private_set(&compressor, ZSTD_createCCtx());
        g_private_set(&scratch, g_malloc(SCRATCH));
    }
    size_t bound = ZSTD_compressBound(length);
    need(g_private_get(&compressor));
    void *out = bound > SCRATCH ? g_malloc(bound) : g_private_get(&scratch);
    size_t size = ZSTD_compressCCtx(g_private_get(&compressor), out, bound, data, length, LEVEL);
    g_assert(!ZSTD_isError(size)); /* the room is enough: there is no other error */
    return bound > SCRATCH ? g_bytes_new_take(g_realloc(out, size), size) : g_bytes_new(out, size);
}

static GBytes *
decompress_zlib(const guint8 *data, gsize length, gsize cap)
{
    guint64 size;
    if (length < ZLIB_PREFIX)
        return NULL;
    memcpy(&size, data, ZLIB_PREFIX);
    size = GUINT64_FROM_LE(size);
    if (size > cap)
        return NULL;
    guint8 *out = g_malloc(size + 1);
    uLongf got = (uLongf)size;
    int code = uncompress(out, &got, data + ZLIB_PREFIX, (uLong)(length - ZLIB_PREFIX));
    need(code == Z_MEM_ERROR ? NULL : out);
    if (code != Z_OK || got != size) {
        g_free(out);
        return NULL;
    }
    return g_bytes_new_take(out, size);
}

GBytes *
blob_decompress(const void *data, gsize length, gsize cap)
{
    static GPrivate decompressor = G_PRIVATE_INIT(decompressor_free);
    static const guint8 magic[] = {0x28, 0xb5, 0x2f, 0xfd};
    if (length < sizeof magic || memcmp(data, magic, sizeof magic))
        return decompress_zlib(data, length, cap);
    unsigned long long size = ZSTD_getFrameContentSize(data, length);
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > cap)
        return NULL;
    if (!g_private_get(&decompressor))
        g_private_set(&decompressor, ZSTD_createDCtx());
    need(g_private_get(&decompressor));
    void *out = g_malloc((gsize)size + 1);
    if (ZSTD_decompressDCtx(g_private_get(&decompressor), out, (size_t)size, data, length) !=
        size) {
        g_free(out);
        return NULL;
    }
    return g_bytes_new_take(out, (gsize)size);
}
