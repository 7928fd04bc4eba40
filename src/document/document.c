/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building documents. */
#include "config.h"

#include "base/clean.h"
#include "base/url.h"
#include "document/document.h"

#include <string.h>

void
rich_init(struct rich_text *rich)
{
    rich->text = g_string_new(NULL);
    rich->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
}

void
rich_clear(struct rich_text *rich)
{
    g_string_free(rich->text, TRUE);
    g_array_unref(rich->spans);
}

static void
cell_free(gpointer data)
{
    struct table_cell *cell = data;
    rich_clear(&cell->content);
    g_free(cell);
}

static void
block_free(gpointer data)
{
    struct block *block = data;
    g_free(block->marker);
    g_free(block->url);
    g_free(block->alt);
    g_free(block->target);
    rich_clear(&block->content);
    g_clear_pointer(&block->rows, g_ptr_array_unref);
    g_free(block);
}

struct document *
document_new(void)
{
    struct document *document = g_new0(struct document, 1);
    document->blocks = g_ptr_array_new_with_free_func(block_free);
    document->links = g_ptr_array_new_with_free_func(g_free);
    document->hashes = g_array_new(FALSE, FALSE, sizeof(guint));
    return document;
}

void
document_free(struct document *document)
{
    g_ptr_array_unref(document->blocks);
    g_ptr_array_unref(document->links);
    g_array_unref(document->hashes);
    g_free(document);
}

struct block *
document_add(struct document *document, enum block_type type, guint level)
{
    struct block *block = g_new0(struct block, 1);
    block->type = type;
    block->level = level;
    rich_init(&block->content);
    if (type == BLOCK_TABLE)
        block->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_ptr_array_add(document->blocks, block);
    return block;
}

guint
block_quotations(const struct block *block)
{
    return block->type == BLOCK_QUOTE ? MAX(block->level, 1) : block->quotes;
}

guint
block_shared_quotations(const struct block *block, const struct block *before)
{
    guint both = before ? MIN(block_quotations(block), block_quotations(before)) : 0;
    return block->quote_begins ? MIN(block->quote_begins - 1, both) : both;
}

guint
document_link(struct document *document, const char *url)
{
    /* near duplicates (the same link twice in a row) are common, far ones are not */
    guint first = document->links->len > 64 ? document->links->len - 64 : 0, hash = g_str_hash(url);
    for (guint i = first; i < document->links->len; i++)
        if (g_array_index(document->hashes, guint, i) == hash &&
            g_str_equal(g_ptr_array_index(document->links, i), url))
            return i + 1;
    if (document->links->len >= DOCUMENT_MAX_LINKS) {
        document->left_out++;
        return 0;
    }
    return document_take_link(document, g_strdup(url));
}

guint
document_take_link(struct document *document, char *url)
{
    guint hash = g_str_hash(url);
    g_ptr_array_add(document->links, url);
    g_array_append_val(document->hashes, hash);
    return document->links->len;
}

static void
renumber_links(struct document *document, const struct document *from, struct rich_text *rich)
{
    for (guint i = 0; i < rich->spans->len; i++) {
        struct span *span = &g_array_index(rich->spans, struct span, i);
        if (span->link)
            span->link = document_link(document, g_ptr_array_index(from->links, span->link - 1));
    }
}

void
document_append(struct document *document, struct document *other)
{
    gsize count;
    g_autofree gpointer *blocks = g_ptr_array_steal(other->blocks, &count);
    for (gsize i = 0; i < count; i++) {
        struct block *block = blocks[i];
        renumber_links(document, other, &block->content);
        for (guint r = 0; block->rows && r < block->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            for (guint c = 0; c < row->len; c++)
                renumber_links(document, other,
                               &((struct table_cell *)g_ptr_array_index(row, c))->content);
        }
        g_ptr_array_add(document->blocks, block);
    }
    g_ptr_array_set_size(other->links, 0);
    document->left_out += other->left_out;
}

struct table_cell *
block_add_cell(GPtrArray *row)
{
    struct table_cell *cell = g_new0(struct table_cell, 1);
    cell->columns = cell->rows = 1;
    rich_init(&cell->content);
    if (!row->len)
        g_ptr_array_set_free_func(row, cell_free);
    g_ptr_array_add(row, cell);
    return cell;
}

void
rich_append(struct rich_text *rich, const char *text, gssize length, guint style, guint link)
{
    if (length < 0)
        length = (gssize)strlen(text);
    if (length == 0)
        return;
    guint start = (guint)rich->text->len;
    g_string_append_len(rich->text, text, length);
    if (!style && !link)
        return;
    if (rich->spans->len) {
        struct span *last = &g_array_index(rich->spans, struct span, rich->spans->len - 1);
        if (last->style == style && last->link == link && last->start + last->length == start) {
            last->length += (guint)length;
            return;
        }
    }
    struct span span = {start, (guint)length, style, link};
    g_array_append_val(rich->spans, span);
}

bool
rich_next(struct rich_cursor *cursor, struct rich_piece *piece)
{
    const struct rich_text *rich = cursor->rich;
    if (cursor->at >= rich->text->len)
        return false;
    const struct span *span = cursor->span < rich->spans->len
                                  ? &g_array_index(rich->spans, struct span, cursor->span)
                                  : NULL;
    bool inside = span && span->start <= cursor->at;
    gsize end = inside ? span->start + span->length : span ? span->start : rich->text->len;
    *piece = (struct rich_piece){rich->text->str + cursor->at, cursor->at, end - cursor->at,
                                 inside ? span->style : 0, inside ? span->link : 0};
    cursor->span += inside;
    cursor->at = end;
    return true;
}

bool
document_is_empty(const struct document *document)
{
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED ||
            block->content.text->len || (block->rows && block->rows->len))
            return false;
    }
    return true;
}

gsize
document_characters(const struct document *document)
{
    g_autofree char *plain = document_plain(document);
    return (gsize)g_utf8_strlen(plain, -1);
}

/* --- links --------------------------------------------------------------------------- */

/*
 * The parameters of a mail address that fill in what one sees before it is sent; no file is ever
 * attached.
 */
static char *
safe_mail(const char *url)
{
    static const char *const kept[] = {"subject=", "body=", "cc=", "to="};
    gsize size = strcspn(url, "?#");
    GString *out = g_string_new_len(url, (gssize)size);
    g_auto(GStrv) parameters = g_strsplit(url[size] == '?' ? url + size + 1 : "", "&", -1);
    char separator = '?';
    for (char **p = parameters; *p; p++) {
        const char *name = g_str_has_prefix(*p, "amp;") ? *p + 4 : *p;
        for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
            if (g_ascii_strncasecmp(name, kept[i], strlen(kept[i])))
                continue;
            g_string_append_printf(out, "%c%s", separator, name);
            separator = '&';
        }
    }
    return g_string_free(out, FALSE);
}

char *
document_safe_url(const char *url)
{
    if (url && url_is_plain(url)) /* as nearly all are */
        return g_strdup(url);
    if (!url || !text_is_clean(url, strlen(url)) || strpbrk(url, "\n\t"))
        return NULL;
    if (url_is_web(url))
        return url_ascii(url);
    if (!g_ascii_strncasecmp(url, "mailto:", 7))
        return safe_mail(url);
    if (!g_ascii_strncasecmp(url, "tel:", 4) && url[4] &&
        !url[4 + strspn(url + 4, "+0123456789-.()*# ;=%ABCDEFabcdefextphonctxPX")])
        return g_strdup(url);
    return NULL;
}

void
document_link_pictures(struct document *document)
{
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE && block->url)
            document_link(document, block->url);
    }
}
