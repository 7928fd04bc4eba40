/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charsets, dates, key files, portal files, urls, queries: text that people or portals write. */
#include "config.h"

#include "config/portal.h"
#include "config/urls.h"
#include "fuzz/kit.h"
#include "store/query.h"
#include "text/charset.h"
#include "text/clean.h"
#include "text/date.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(charset_text_clear) struct charset_text decoded = {0};
    charset_decode((const char *)data, size, NULL, &decoded);
    g_assert_true(g_utf8_validate_len(decoded.text, decoded.length, NULL));
    g_autofree char *clean = text_clean(decoded.text, (gssize)decoded.length);
    struct date date;
    if (date_parse(clean, 480, &date)) {
        g_autofree char *iso = date_iso(&date);
        g_assert_nonnull(iso);
    }
    date_find(clean, 0, &date, NULL, NULL);
    struct portal *portal = portal_parse("x.portal", clean, NULL);
    if (portal)
        portal_free(portal);
    urls_free(urls_parse("/nowhere", "urls", clean));
    struct query *query = query_parse(clean, 1761350400, NULL);
    if (query)
        query_free(query);
    return 0;
}
