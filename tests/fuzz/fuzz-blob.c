/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is stored compressed: any bytes give data below the cap or nothing, and what was compressed
 * comes back.  The first byte picks the cap.
 */
#include "config.h"

#include "fuzz/kit.h"
#include "store/blob.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    gsize cap = (gsize)1 << bytes_number(&in) % 22, length = (gsize)(in.end - in.at);
    g_autoptr(GBytes) plain = blob_decompress(in.at, length, cap);
    g_assert_true(!plain || g_bytes_get_size(plain) <= cap);
    g_autoptr(GBytes) packed = blob_compress(in.at, length);
    g_autoptr(GBytes) same =
        blob_decompress(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed), MAX(length, 1));
    g_assert_nonnull(same);
    g_assert_cmpmem(g_bytes_get_data(same, NULL), g_bytes_get_size(same), in.at, length);
    g_autoptr(GBytes) refused =
        blob_decompress(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed), length / 2);
    g_assert_true(length < 2 || !refused);
    return 0;
}
