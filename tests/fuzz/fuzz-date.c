/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates: the first byte is the default zone; what is parsed prints, and what is found lies in the
 * text.
 */
#include "config.h"

#include <string.h>

#include "fuzz/kit.h"
#include "text/date-near.h"
#include "text/date-style.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct date_style style = {.offset = ((int)data[0] - 128) * 6,
                               .zoned = true,
                               .order = (enum date_order)(data[0] % 4),
                               .language = data[0]};
    g_autofree char *text = g_utf8_make_valid((const char *)data + 1, (gssize)size - 1);
    struct date date;
    if (date_parse(text, &style, &date)) {
        g_autofree char *utc = date_utc(date.time);
        g_autofree char *iso = date_iso(&date);
        g_assert_nonnull(utc);
        g_assert_nonnull(iso);
    }
    gsize start, end;
    if (date_find(text, &style, &date, &start, &end))
        g_assert_true(start < end && end <= strlen(text));
    if (date_parse_near(text, &style, 1795600800, &date) ||
        date_parse_pieces(text, &style, 1795600800, &date)) {
        g_autofree char *near = date_iso(&date);
        g_assert_nonnull(near);
    }
    date_order_of(text);
    static struct date_votes votes;
    memset(&votes, 0, sizeof votes);
    date_votes_add(&votes, text, strlen(text));
    date_style_settle(&style, &(const struct date_evidence){
                                  .language = text, .url = text, .dated = text, .votes = &votes});
    int minutes;
    if (date_parse_offset(text, &minutes))
        g_assert_true(minutes >= -24 * 60 && minutes <= 24 * 60);
    return 0;
}
