/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building documents, and their stored form: a version byte, then tagged records. */
#include "config.h"

#include "document/document.h"
#include "base/clean.h"

#include <string.h>

#define FORMAT 1
#define MAX_PARTS 1000000

static void
rich_init(struct rich_text *rich)
{
    rich->text = g_string_new(NULL);
    rich->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
}

static void
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
    return document;
}

void
document_free(struct document *document)
{
    g_ptr_array_unref(document->blocks);
    g_ptr_array_unref(document->links);
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
document_link(struct document *document, const char *url)
{
    /* near duplicates (the same link twice in a row) are common, far ones are not */
    guint first = document->links->len > 64 ? document->links->len - 64 : 0;
    for (guint i = first; i < document->links->len; i++)
        if (g_str_equal(g_ptr_array_index(document->links, i), url))
            return i + 1;
    g_ptr_array_add(document->links, g_strdup(url));
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
    while (other->blocks->len) {
        struct block *block = g_ptr_array_steal_index(other->blocks, 0);
        renumber_links(document, other, &block->content);
        for (guint r = 0; block->rows && r < block->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            for (guint c = 0; c < row->len; c++)
                renumber_links(document, other, &((struct table_cell *)g_ptr_array_index(row, c))->content);
        }
        g_ptr_array_add(document->blocks, block);
    }
    g_ptr_array_set_size(other->links, 0);
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

struct document *
document_from_text(const char *text)
{
    struct document *document = document_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_autofree char *clean = text_squeeze(*line, -1);
        if (*clean)
            rich_append(&document_add(document, BLOCK_PARAGRAPH, 0)->content, clean, -1, 0, 0);
    }
    return document;
}

bool
document_is_empty(const struct document *document)
{
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE || block->content.text->len || (block->rows && block->rows->len))
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

/* --- the stored form --------------------------------------------------------------- */

static void
put_number(GByteArray *out, guint64 number)
{
    do {
        guint8 byte = number & 0x7f;
        number >>= 7;
        if (number)
            byte |= 0x80;
        g_byte_array_append(out, &byte, 1);
    } while (number);
}

static void
put_string(GByteArray *out, const char *text, gsize length)
{
    put_number(out, length);
    g_byte_array_append(out, (const guint8 *)text, (guint)length);
}

static void
put_rich(GByteArray *out, const struct rich_text *rich)
{
    put_string(out, rich->text->str, rich->text->len);
    put_number(out, rich->spans->len);
    for (guint i = 0; i < rich->spans->len; i++) {
        const struct span *span = &g_array_index(rich->spans, struct span, i);
        put_number(out, span->start);
        put_number(out, span->length);
        put_number(out, span->style);
        put_number(out, span->link);
    }
}

GBytes *
document_serialize(const struct document *document)
{
    GByteArray *out = g_byte_array_new();
    put_number(out, FORMAT);
    put_number(out, document->links->len);
    for (guint i = 0; i < document->links->len; i++) {
        const char *link = g_ptr_array_index(document->links, i);
        put_string(out, link, strlen(link));
    }
    put_number(out, document->blocks->len);
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        const char *strings[] = {block->marker, block->url, block->alt};
        put_number(out, block->type);
        put_number(out, block->level);
        for (size_t s = 0; s < G_N_ELEMENTS(strings); s++)
            put_string(out, strings[s] ? strings[s] : "", strings[s] ? strlen(strings[s]) : 0);
        put_rich(out, &block->content);
        put_number(out, block->rows ? block->rows->len : 0);
        for (guint r = 0; block->rows && r < block->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            put_number(out, row->len);
            for (guint c = 0; c < row->len; c++) {
                const struct table_cell *cell = g_ptr_array_index(row, c);
                put_number(out, cell->columns);
                put_number(out, cell->rows);
                put_number(out, cell->header);
                put_rich(out, &cell->content);
            }
        }
    }
    return g_byte_array_free_to_bytes(out);
}

struct input {
    const guint8 *at, *end;
    bool bad;
};

static guint
get_number(struct input *in)
{
    guint64 number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        if (in->at >= in->end)
            break;
        guint8 byte = *in->at++;
        number |= (guint64)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            if (number > G_MAXINT)
                break;
            return (guint)number;
        }
    }
    in->bad = true;
    return 0;
}

static guint
get_count(struct input *in)
{
    guint count = get_number(in);
    if (count > MAX_PARTS || count > (gsize)(in->end - in->at)) {
        in->bad = true;
        return 0;
    }
    return count;
}

static char *
get_string(struct input *in)
{
    guint length = get_number(in);
    if (in->bad || length > (gsize)(in->end - in->at) ||
        !g_utf8_validate_len((const char *)in->at, length, NULL)) {
        in->bad = true;
        return g_strdup("");
    }
    char *text = g_strndup((const char *)in->at, length);
    in->at += length;
    return text;
}

static void
get_rich(struct input *in, struct rich_text *rich, guint links)
{
    g_autofree char *text = get_string(in);
    g_string_assign(rich->text, text);
    guint count = get_count(in), last = 0;
    for (guint i = 0; i < count && !in->bad; i++) {
        struct span span;
        span.start = get_number(in);
        span.length = get_number(in);
        span.style = get_number(in);
        span.link = get_number(in);
        if (span.start < last || span.length > rich->text->len || span.start > rich->text->len - span.length ||
            span.link > links) {
            in->bad = true;
            return;
        }
        last = span.start + span.length;
        g_array_append_val(rich->spans, span);
    }
}

static char *
none_if_empty(char *text)
{
    if (!*text)
        g_clear_pointer(&text, g_free);
    return text;
}

struct document *
document_deserialize(const void *data, gsize length)
{
    struct input in = {data, (const guint8 *)data + length, false};
    if (get_number(&in) != FORMAT)
        return NULL;
    AUTO(document_free) struct document *document = document_new();
    guint links = get_count(&in);
    for (guint i = 0; i < links && !in.bad; i++)
        g_ptr_array_add(document->links, get_string(&in));
    guint blocks = get_count(&in);
    for (guint i = 0; i < blocks && !in.bad; i++) {
        guint type = get_number(&in);
        if (type < BLOCK_PARAGRAPH || type > BLOCK_RULE) {
            in.bad = true;
            break;
        }
        struct block *block = document_add(document, (enum block_type)type, get_number(&in));
        block->marker = none_if_empty(get_string(&in));
        block->url = none_if_empty(get_string(&in));
        block->alt = none_if_empty(get_string(&in));
        get_rich(&in, &block->content, links);
        guint rows = get_count(&in);
        if (rows && !block->rows)
            in.bad = true;
        for (guint r = 0; r < rows && !in.bad; r++) {
            GPtrArray *row = g_ptr_array_new();
            g_ptr_array_add(block->rows, row);
            guint cells = get_count(&in);
            for (guint c = 0; c < cells && !in.bad; c++) {
                struct table_cell *cell = block_add_cell(row);
                guint columns = get_number(&in), spanned = get_number(&in);
                cell->columns = MAX(columns, 1);
                cell->rows = MAX(spanned, 1);
                cell->header = get_number(&in) != 0;
                get_rich(&in, &cell->content, links);
            }
        }
    }
    return in.bad ? NULL : g_steal_pointer(&document);
}
