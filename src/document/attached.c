/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The texts of attachments behind the body: each begins with a heading that has the attachment's
 * address.
 */
#include "config.h"

#include "document/document.h"

#define LEVEL 2 /* of the headings: the article's title is above them */

bool
block_begins_attached(const struct block *block)
{
    return block->type == BLOCK_HEADING && block->url;
}

void
document_attach(struct document *document, const char *title, const char *url,
                struct document *text)
{
    char *safe = document_safe_url(url);
    if (!safe)
        return;
    struct block *heading = document_add(document, BLOCK_HEADING, LEVEL);
    heading->url = safe;
    rich_append(&heading->content, title, -1, 0, 0);
    document_append(document, text);
}

void
document_detach(struct document *document)
{
    guint first = 0;
    while (first < document->blocks->len &&
           !block_begins_attached(g_ptr_array_index(document->blocks, first)))
        first++;
    if (first == document->blocks->len)
        return;
    g_ptr_array_remove_range(document->blocks, first, document->blocks->len - first);
    document_finish(document);
}
