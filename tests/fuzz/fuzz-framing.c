/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bodies of servers, compressed in any way and any depth: the first byte picks the most that they
 * may become.  What cannot be inflated stays as it was.
 */
#include "config.h"

#include "transfer/framing.h"
#include "fuzz/kit.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    gsize most = (gsize)64 << bytes_number(&in) % 16, length = (gsize)(in.end - in.at);
    framing_is_xml((const char *)in.at, length);
    framing_is_whole((const char *)in.at, length);
    g_autoptr(GByteArray) body = g_byte_array_new();
    g_byte_array_append(body, in.at, (guint)length);
    bool too_large;
    if (framing_inflate(body, most, &too_large)) {
        g_assert_false(too_large);
        g_assert_cmpuint(body->len, <=, most);
        framing_is_whole((const char *)body->data, body->len);
    } else {
        g_assert_cmpmem(body->data, body->len, in.at, length);
    }
    return 0;
}
