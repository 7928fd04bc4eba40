/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iCalendar: whatever the bytes, a calendar comes out of them. */
#include "config.h"

#include "fuzz/feed-kit.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    static const char begin[] = "BEGIN:VCALENDAR\r\n";
    g_byte_array_append(bytes, (const guint8 *)begin, strlen(begin));
    g_byte_array_append(bytes, data, (guint)size);
    parse_and_print(bytes->data, bytes->len);
    return 0;
}
