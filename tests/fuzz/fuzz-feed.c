/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds and OPML: any bytes give a feed or an error, and its JSON is valid UTF-8. */
#include "config.h"

#include "feed/feed.h"
#include "feed/opml.h"
#include "fuzz/kit.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct feed_options options = {.url = "http://city.example/feed.xml"};
    struct feed *feed = feed_parse((const char *)data, size, &options, NULL);
    if (feed) {
        g_autofree char *json = feed_to_json(feed);
        g_assert_true(g_utf8_validate(json, -1, NULL));
        feed_free(feed);
    }
    struct opml *opml = opml_parse((const char *)data, size, NULL);
    if (opml) {
        g_autofree char *json = opml_to_json(opml);
        g_assert_true(g_utf8_validate(json, -1, NULL));
        opml_free(opml);
    }
    return 0;
}
