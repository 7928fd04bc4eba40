/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Article pages, and the stored form of what they give. */
#include "config.h"

#include "fuzz/kit.h"
#include "document/layout.h"
#include "portal/article.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct article_options options = {.now = 1761350400};
    struct page *page =
        page_open((const char *)data, size, NULL, "http://city.example/news/1.html");
    struct article *article = article_extract(page, &options, NULL);
    if (article) {
        g_autoptr(GBytes) stored = document_serialize(article->document);
        struct document *again =
            document_deserialize(g_bytes_get_data(stored, NULL), g_bytes_get_size(stored));
        g_assert_nonnull(again);
        struct layout_options layout_options = {.width = 20};
        struct layout *layout = layout_new(again, &layout_options);
        layout_free(layout);
        document_free(again);
        article_free(article);
    }
    page_free(page);
    struct document *document = document_deserialize(data, size);
    g_assert_true(document_is_stored(data, size) == (document != NULL));
    if (document)
        document_free(document);
    return 0;
}
