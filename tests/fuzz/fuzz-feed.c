/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RSS and Atom. */
#include "config.h"

#include "fuzz/feed-kit.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parse_and_print(data, size);
    return 0;
}
