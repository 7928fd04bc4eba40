/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last step of building a document: addresses in its prose become links, and links are numbered
 * anew.
 */
#include "config.h"

#include "document/address.h"
#include "document/document.h"

/*
 * Whether a link stands there already, or what is no prose.  from: the first span that may matter,
 * which only grows, as places are asked for in order.
 */
static bool
is_taken(const struct rich_text *rich, guint *from, gsize start, gsize length)
{
    for (guint i = *from; i < rich->spans->len; i++) {
        const struct span *span = &g_array_index(rich->spans, struct span, i);
        if (i == *from && span->start + span->length <= start)
            ++*from;
        if (span->start >= start + length)
            break;
        if (span->start + span->length > start && (span->link || span->style & SPAN_CODE))
            return true;
    }
    return false;
}

/* Renumbers the links of a text as links of `to`, and links its addresses. */
static void
finish_rich(const struct document *document, struct document *to, struct rich_text *rich,
            bool prose, guint *left)
{
    g_autoptr(GArray) found = prose ? address_find(rich->text->str, rich->text->len, left) : NULL;
    if (!rich->spans->len && !(found && found->len))
        return;
    GArray *spans = g_array_sized_new(FALSE, FALSE, sizeof(struct span), rich->spans->len);
    struct rich_cursor cursor = {rich, 0, 0};
    struct rich_piece piece;
    guint next = 0, from = 0;
    for (; rich_next(&cursor, &piece);) {
        gsize at = piece.start, end = piece.start + piece.length;
        while (at < end) {
            const struct address *address =
                found && next < found->len ? &g_array_index(found, struct address, next) : NULL;
            if (address && (address->start + address->length <= at ||
                            is_taken(rich, &from, address->start, address->length))) {
                next++;
                continue;
            }
            bool within = address && address->start <= at;
            gsize stop = address ? within ? address->start + address->length : address->start : end;
            stop = MIN(stop, end);
            struct span span = {(guint)at, (guint)(stop - at), piece.style, 0};
            if (piece.link)
                span.link = document_link(to, g_ptr_array_index(document->links, piece.link - 1));
            else if (within)
                span.link = document_link(to, address->url);
            if (span.style || span.link)
                g_array_append_val(spans, span);
            at = stop;
        }
    }
    g_array_unref(rich->spans);
    rich->spans = spans;
}

void
document_finish(struct document *document)
{
    AUTO(document_free) struct document *to = document_new();
    guint left = ADDRESS_MAX_LOOKS;
    for (guint i = 0; i < document->blocks->len; i++) {
        struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->target)
            document_link(to, block->target);
        if (block->type == BLOCK_EMBED)
            document_link(to, block->url);
        finish_rich(document, to, &block->content, block->type != BLOCK_PRE, &left);
        for (guint r = 0; block->rows && r < block->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            for (guint c = 0; c < row->len; c++)
                finish_rich(document, to,
                            &((struct table_cell *)g_ptr_array_index(row, c))->content, true,
                            &left);
        }
    }
    GPtrArray *links = document->links;
    GArray *hashes = document->hashes;
    document->links = to->links;
    document->hashes = to->hashes;
    to->links = links;
    to->hashes = hashes;
    document->left_out += to->left_out;
}
