/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPML: any bytes give a list or an error, and its JSON is valid UTF-8. */
#include "config.h"

#include "feed/opml.h"
#include "fuzz/kit.h"

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
    opml_free(opml);
    return 0;
}
