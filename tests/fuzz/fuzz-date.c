/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates: the first byte is the default zone; what is parsed prints, and what is found lies in the
 * text.
 */
#include "config.h"

#include <string.h>

#include "fuzz/kit.h"
#include "text/date-near.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    int offset = ((int)data[0] - 128) * 6;
    g_autofree char *text = g_utf8_make_valid((const char *)data + 1, (gssize)size - 1);
    struct date date;
    if (date_parse(text, offset, &date)) {
        g_autofree char *utc = date_utc(date.time);
        g_autofree char *iso = date_iso(&date);
        g_assert_nonnull(utc);
        g_assert_nonnull(iso);
    }
    gsize start, end;
    if (date_find(text, offset, &date, &start, &end))
        g_assert_true(start < end && end <= strlen(text));
    enum date_order order = (enum date_order)(data[0] % 3);
    if (date_parse_near(text, offset, 1795600800, order, &date) ||
        date_parse_pieces(text, offset, 1795600800, order, &date)) {
        g_autofree char *near = date_iso(&date);
        g_assert_nonnull(near);
    }
    date_order_of(text);
    int minutes;
    if (date_parse_offset(text, &minutes))
        g_assert_true(minutes >= -24 * 60 && minutes <= 24 * 60);
    return 0;
}
