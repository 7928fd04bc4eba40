/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From HTML, plain text and comma-separated values to documents: the first byte picks which of
 * them.  Whatever comes in, what comes out is a document as all others are.
 */
#include "config.h"

#include <string.h>

#include "document/compare.h"
#include "document/csv.h"
#include "document/html-import.h"
#include "document/html-plain.h"
#include "fuzz/document-kit.h"

/* What needs no parser of libxml2's is what it would have made; it has to see a comment. */
static struct document *
import_html(const char *text, const char *base)
{
    struct document *document = html_import_fragment(text, base);
    AUTO(xmlFreeDoc) struct _xmlDoc *plain = html_plain(text, strlen(text));
    if (!plain)
        return document;
    g_autofree char *parsed = g_strconcat("<!---->", text, NULL);
    AUTO(document_free) struct document *other = html_import_fragment(parsed, base);
    g_autofree char *one = document_html(document), *two = document_html(other);
    g_assert_cmpstr(one, ==, two);
    return document;
}

static struct document *
import(uint8_t kind, const char *text)
{
    bool cut;
    switch (kind % 8) {
    case 0:
        return document_from_plain(text, kind & 0x80);
    case 1:
        return document_from_csv(text, &cut);
    case 2:
        return document_from_text(text);
    default:
        return import_html(text, kind & 0x80 ? "http://city.example/news/1.html" : NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    uint8_t kind = bytes_number(&in);
    g_autofree char *text = bytes_text(&in, '\0');
    AUTO(document_free) struct document *document = import(kind, text);
    if (!document)
        return 0;
    document_finish(document);
    check_document(document);
    g_assert_true(document_says_the_same(document, document));
    g_assert_true(document_has_the_same_words(document, document));
    g_assert_true(document_characters(document) || document_is_empty(document) ||
                  document->blocks->len);
    return 0;
}
