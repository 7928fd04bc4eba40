/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compression of stored documents and pages, with zlib. */
#include "config.h"

#include "store/store.h"

#include <string.h>
#include <zlib.h>

#define PREFIX 8

GBytes *
pack(const void *data, gsize length, enum pack_effort effort)
{
    uLong bound = compressBound((uLong)length);
    guint8 *out = g_malloc(bound + PREFIX);
    guint64 size = GUINT64_TO_LE((guint64)length);
    memcpy(out, &size, PREFIX);
    int code = compress2(out + PREFIX, &bound, data, (uLong)length, effort);
    g_assert(code == Z_OK);
    return g_bytes_new_take(g_realloc(out, bound + PREFIX), bound + PREFIX);
}

GBytes *
unpack(const void *data, gsize length, gsize cap)
{
    guint64 size;
    if (length < PREFIX)
        return NULL;
    memcpy(&size, data, PREFIX);
    size = GUINT64_FROM_LE(size);
    if (size > cap)
        return NULL;
    guint8 *out = g_malloc(size + 1);
    uLongf got = (uLongf)size;
    if (uncompress(out, &got, (const Bytef *)data + PREFIX, (uLong)(length - PREFIX)) != Z_OK || got != size) {
        g_free(out);
        return NULL;
    }
    return g_bytes_new_take(out, size);
}
