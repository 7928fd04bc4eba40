/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a process that foreign bytes took over might give back: the first byte picks as what it is
 * read, a feed's result, a list's, a page's, a token's, or the text of an attachment.  What is
 * taken is clean, and goes through once more as it is.
 */
#include "config.h"

#include "fuzz/kit.h"
#include "base/clean.h"
#include "base/url.h"
#include "parse/result.h"

#include <string.h>

#define URL "http://a.example/page"

static void
check_text(const char *text)
{
    g_assert_true(!text || text_is_clean(text, strlen(text)));
}

static void
check_url(const char *url)
{
    g_assert_true(!url || url_is_web(url));
}

static void
check_article(const struct article *article)
{
    check_text(article->title);
    check_url(article->next);
    g_autofree char *plain = document_plain(article->document);
    g_assert_true(g_utf8_validate(plain, -1, NULL));
    for (guint i = 0; i < article->attachments->len; i++)
        check_url(((const struct attachment *)g_ptr_array_index(article->attachments, i))->url);
}

static void
check_result(const struct parse_result *r)
{
    check_text(r->title);
    check_url(r->next);
    for (guint i = 0; i < r->entries->len; i++) {
        const struct entry *e = g_ptr_array_index(r->entries, i);
        g_assert_nonnull(e->title);
        check_text(e->title);
        check_url(e->link);
        g_autofree char *date = date_iso(&e->published);
        check_text(date);
        AUTO(document_free)
        struct document *document = e->document ? stored_document_read(e->document) : NULL;
        g_assert_true(!e->document || document);
    }
    for (guint i = 0; i < r->warnings->len; i++) {
        g_autofree char *sentence = problem_sentence(g_ptr_array_index(r->warnings, i));
        check_text(sentence);
    }
    if (r->page && r->page->article)
        check_article(r->page->article);
}

static void
read_result(const struct parse_page *page, const uint8_t *data, size_t size)
{
    const struct parse_rules rules = {.keeps_files = true};
    struct wire_input in = wire_input(data, size);
    AUTO(parse_result_free) struct parse_result *result = result_get(&in, page, &rules);
    if (!result)
        return;
    check_result(result);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    result_put(bytes, result);
    struct wire_input again = wire_input(bytes->data, bytes->len);
    AUTO(parse_result_free) struct parse_result *same = result_get(&again, page, &rules);
    g_assert_nonnull(same);
}

static void
read_text(const uint8_t *data, size_t size)
{
    struct wire_input in = wire_input(data, size);
    AUTO(attachment_text_free) struct attachment_text *text = attachment_text_get(&in);
    if (text)
        check_text(text->format);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct parse_page pages[] = {{PARSE_FEED, "", 0, NULL, URL, NULL},
                                              {PARSE_LIST, "", 0, NULL, URL, NULL},
                                              {PARSE_ARTICLE, "", 0, NULL, URL, URL},
                                              {PARSE_TOKEN, "", 0, NULL, URL, NULL}};
    guint kind = size ? data[0] % (G_N_ELEMENTS(pages) + 1) : 0;
    if (size && kind < G_N_ELEMENTS(pages))
        read_result(&pages[kind], data + 1, size - 1);
    else if (size)
        read_text(data + 1, size - 1);
    return 0;
}
