/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OPML: any bytes give a list or an error, its JSON is valid UTF-8, and what can be subscribed to
 * comes back from a line of `urls`.
 */
#include "config.h"

#include "config/outline.h"
#include "feed/opml.h"
#include "fuzz/kit.h"

static void
check_line(const struct outline *outline)
{
    if (outline->why)
        return;
    g_autofree char *line = outline_line(outline);
    struct outline *again = outline_of_line(line, false);
    g_assert_cmpstr(again->url, ==, outline->url);
    g_assert_cmpstr(again->title, ==, outline->title);
    g_assert_true(
        g_strv_equal((const char *const *)again->tags, (const char *const *)outline->tags));
    outline_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    struct opml *opml = opml_parse((const char *)data, size, &error);
    g_assert_true((opml == NULL) == (error != NULL));
    if (!opml)
        return 0;
    g_autofree char *json = opml_to_json(opml);
    g_assert_true(g_utf8_validate(json, -1, NULL));
    for (guint i = 0; i < opml->outlines->len; i++)
        check_line(g_ptr_array_index(opml->outlines, i));
    opml_free(opml);
    return 0;
}
