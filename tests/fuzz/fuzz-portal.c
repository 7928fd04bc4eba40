/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A portal file, or a profile when that is what it begins with, and, behind the first NUL, a page
 * that its rules are asked of.
 */
#include "config.h"

#include "fuzz/kit.h"
#include "portal/article.h"
#include "portal/list.h"
#include "portal/request.h"
#include "portal/rule.h"

static void
read_section(const struct portal *portal, const struct portal_section *section, const char *text,
             gsize length)
{
    struct list_options options = {
        .portal = portal, .section = section, .dates = portal->dates, .now = FUZZ_NOW};
    struct page *page = page_open(text, length, NULL, "http://city.example/news/index.html");
    struct list *list = list_extract(page, &options, NULL);
    if (list)
        list_free(list);
    page_free(page);
    for (int number = 0; number < 2; number++) {
        struct portal_request request;
        if (portal_request_page(portal, section, number, "token", &request))
            portal_request_clear(&request);
    }
}

static void
read_article(const struct portal *portal, const struct portal_edition *edition, const char *text,
             gsize length)
{
    static const char url[] = "http://city.example/news/12.html";
    struct article_options options = {
        .portal = portal, .edition = edition->id, .dates = portal->dates, .now = FUZZ_NOW};
    struct page *page = page_open(text, length, NULL, url);
    struct article *article = article_extract(page, &options, NULL);
    if (article)
        article_free(article);
    page_free(page);
    struct portal_request request;
    if (portal_request_article(portal, edition->id, url, &request))
        portal_request_clear(&request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    gsize length = nul ? (gsize)(nul - data) : size;
    g_autofree char *text = g_strndup((const char *)data, length);
    const char *page = nul ? (const char *)nul + 1 : "<ul><li><a href='/1'>One</a></li></ul>";
    gsize page_length = nul ? size - length - 1 : strlen(page);
    g_autoptr(GError) error = NULL;
    bool profile = g_str_has_prefix(text, "[Profile]");
    struct portal *portal = portal_parse(profile ? "x.profile" : "x.portal", text, &error);
    g_assert_true((portal != NULL) != (error != NULL));
    g_assert_true(!error || g_utf8_validate(error->message, -1, NULL));
    if (!portal)
        return 0;
    g_ptr_array_unref(rule_faults(portal));
    for (guint i = 0; i < portal->sections->len && i < 3; i++)
        read_section(portal, g_ptr_array_index(portal->sections, i), page, page_length);
    for (guint i = 0; i < portal->editions->len && i < 3; i++)
        read_article(portal, g_ptr_array_index(portal->editions, i), page, page_length);
    portal_free(portal);
    return 0;
}
