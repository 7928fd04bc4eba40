/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portal files, urls and queries: text that people write. */
#include "config.h"

#include "base/clean.h"
#include "config/portal.h"
#include "config/urls.h"
#include "fuzz/kit.h"
#include "store/query.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *valid = g_utf8_make_valid((const char *)data, (gssize)size);
    g_autofree char *clean = text_clean(valid, -1);
    struct portal *portal = portal_parse("x.portal", clean, NULL);
    if (portal)
        portal_free(portal);
    urls_free(urls_parse("/nowhere", "urls", clean));
    struct query *query = query_parse(clean, 1761350400, NULL);
    if (query)
        query_free(query);
    return 0;
}
