/* SPDX-License-Identifier: GPL-3.0-or-later */
/* List pages, embedded ones too, and where pages lead on to. */
#include "config.h"

#include "fuzz/kit.h"
#include "portal/discover.h"
#include "portal/draft.h"
#include "portal/list.h"
#include "portal/interstitial.h"
#include "portal/pagination.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct list_options options = {
        .dates = {.offset = 480, .zoned = true}, .now = 1761350400, .want_path = true};
    struct page *page =
        page_open((const char *)data, size, NULL, "http://city.example/news/index_1.html");
    struct list *list = list_extract(page, &options, NULL);
    if (list) {
        g_autofree char *json = list_to_json(list, page);
        g_assert_true(g_utf8_validate(json, -1, NULL));
        AUTO(list_draft_free) struct list_draft *draft = list_draft(page, list, &options);
        g_autofree char *lines = list_draft_lines(draft);
        g_assert_true(g_utf8_validate(lines, -1, NULL));
        list_free(list);
    }
    g_free(pagination_part(page, "http://city.example/news/index.html"));
    g_free(interstitial_target(page));
    g_ptr_array_unref(list_offers(page, &options));
    g_ptr_array_unref(discover_feeds(page, page->source));
    page_free(page);
    return 0;
}
