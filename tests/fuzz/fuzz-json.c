/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Feed: whatever follows the first bracket, so that every input reaches its reader. */
#include "config.h"

#include <string.h>

#include "fuzz/feed-kit.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree uint8_t *text = g_malloc(size + 1);
    text[0] = '{';
    memcpy(text + 1, data, size);
    parse_and_print(size && data[0] == '{' ? data : text, size && data[0] == '{' ? size : size + 1);
    return 0;
}
