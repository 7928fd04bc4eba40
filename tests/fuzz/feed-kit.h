/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the targets that parse feeds share: any bytes give a feed or an error, and its JSON is valid
 * UTF-8.
 */
#pragma once

#include "feed/feed.h"
#include "feed/ical.h"
#include "feed/print.h"
#include "fuzz/kit.h"

static inline void
parse_and_print(const uint8_t *data, size_t size)
{
    struct feed_options options = {
        .url = "http://city.example/feed.xml", .now = 1795600000, .calendars = ical_read};
    g_autoptr(GError) error = NULL;
    struct feed *feed = feed_parse((const char *)data, size, &options, &error);
    g_assert_true((feed == NULL) == (error != NULL));
    if (!feed)
        return;
    char *json = NULL;
    size_t length;
    FILE *memory = open_memstream(&json, &length);
    feed_print(feed, memory);
    fclose(memory);
    g_assert_true(g_utf8_validate(json, (gssize)length, NULL));
    free(json);
    feed_free(feed);
}
