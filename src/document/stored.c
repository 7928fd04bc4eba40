/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stored form of documents: a version byte, then tagged records. */
#include "config.h"

#include "base/clean.h"
#include "document/document.h"

#include <string.h>

#define FORMAT    1
#define USUAL     8192 /* bytes: most are no longer */
#define MAX_PARTS 1000000
#define MAX_LEVEL 1000 /* the importer makes no more than 512 */
#define MAX_SPAN  1000 /* columns or rows of a cell */
#define FLEETING  0x40 /* beside a block's type */
/* The same; what was stored before these came has none of them. */
#define QUOTED  0x80  /* its quotations follow the level */
#define IN_ITEM 0x100 /* it stands in an item */

static void
put_number(GByteArray *out, guint64 number)
{
    guint8 bytes[10];
    guint length = 0;
    do {
        bytes[length] = number & 0x7f;
        number >>= 7;
        if (number)
            bytes[length] |= 0x80;
        length++;
    } while (number);
    g_byte_array_append(out, bytes, length);
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
    GByteArray *out = g_byte_array_sized_new(USUAL);
    put_number(out, FORMAT);
    put_number(out, document->links->len);
    for (guint i = 0; i < document->links->len; i++) {
        const char *link = g_ptr_array_index(document->links, i);
        put_string(out, link, strlen(link));
    }
    put_number(out, document->blocks->len);
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        /* a picture has no marker, and nothing else a target */
        const char *strings[] = {block->target ? block->target : block->marker, block->url,
                                 block->alt};
        bool quoted = block->quotes || block->quote_begins;
        put_number(out, block->type | (block->fleeting ? FLEETING : 0) | (quoted ? QUOTED : 0) |
                            (block->in_item ? IN_ITEM : 0));
        put_number(out, block->level);
        if (quoted) {
            put_number(out, block->quotes);
            put_number(out, block->quote_begins);
        }
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
    bool text; /* nothing else is wanted */
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

/*
 * Text that passed the gate when it was stored, not terminated; what did not is not this program's.
 */
static const char *
get_text(struct input *in, guint *length)
{
    *length = get_number(in);
    if (in->bad || *length > (gsize)(in->end - in->at) ||
        !text_is_clean((const char *)in->at, *length)) {
        in->bad = true;
        *length = 0;
        return "";
    }
    const char *text = (const char *)in->at;
    in->at += *length;
    return text;
}

/* The same, newly allocated; NULL when there is none. */
static char *
get_some(struct input *in)
{
    guint length;
    const char *text = get_text(in, &length);
    return length ? g_strndup(text, length) : NULL;
}

/* An address that may be shown, newly allocated; NULL when there is none. */
static char *
get_url(struct input *in)
{
    g_autofree char *written = get_some(in);
    char *safe = document_safe_url(written);
    in->bad |= !safe != !written;
    return safe;
}

static bool
begins_character(const char *text, guint length, guint at)
{
    return at >= length || ((guchar)text[at] & 0xc0) != 0x80;
}

static void
get_rich(struct input *in, struct rich_text *rich, guint links)
{
    guint length;
    const char *text = get_text(in, &length);
    if (rich)
        g_string_append_len(rich->text, text, length);
    guint count = get_count(in), last = 0;
    for (guint i = 0; i < count && !in->bad; i++) {
        struct span span;
        span.start = get_number(in);
        span.length = get_number(in);
        span.style = get_number(in);
        span.link = get_number(in);
        if (span.start < last || span.length > length || span.start > length - span.length ||
            span.link > links || span.style & ~(guint)SPAN_ALL ||
            !begins_character(text, length, span.start) ||
            !begins_character(text, length, span.start + span.length)) {
            in->bad = true;
            return;
        }
        last = span.start + span.length;
        if (rich && !in->text)
            g_array_append_val(rich->spans, span);
    }
}

static guint
get_at_most(struct input *in, guint most)
{
    guint number = get_number(in);
    in->bad |= number > most;
    return number;
}

static void
get_cell(struct input *in, GPtrArray *row, guint links)
{
    guint columns = get_at_most(in, MAX_SPAN), rows = get_at_most(in, MAX_SPAN);
    bool header = get_number(in) != 0;
    struct table_cell *cell = row ? block_add_cell(row) : NULL;
    if (cell) {
        cell->columns = MAX(columns, 1);
        cell->rows = MAX(rows, 1);
        cell->header = header;
    }
    get_rich(in, cell ? &cell->content : NULL, links);
}

static void
get_rows(struct input *in, GPtrArray *to, guint links)
{
    guint rows = get_count(in);
    for (guint r = 0; r < rows && !in->bad; r++) {
        GPtrArray *row = to ? g_ptr_array_new() : NULL;
        if (row)
            g_ptr_array_add(to, row);
        guint cells = get_count(in);
        for (guint c = 0; c < cells && !in->bad; c++)
            get_cell(in, row, links);
    }
}

static void
get_block(struct input *in, struct document *document, guint links)
{
    guint tagged = get_number(in), type = tagged & ~(guint)(FLEETING | QUOTED | IN_ITEM),
          level = get_at_most(in, MAX_LEVEL);
    bool fleeting = tagged & FLEETING, quoted = tagged & QUOTED;
    guint quotes = quoted ? get_at_most(in, MAX_LEVEL) : 0,
          quote_begins = quoted ? get_at_most(in, MAX_LEVEL) : 0;
    if (type < BLOCK_PARAGRAPH || type > BLOCK_LAST ||
        (fleeting && type != BLOCK_PICTURE && type != BLOCK_EMBED))
        in->bad = true;
    bool picture = type == BLOCK_PICTURE;
    g_autofree char *marker = picture ? NULL : get_some(in), *target = picture ? get_url(in) : NULL,
                    *url = get_url(in), *alt = get_some(in);
    in->bad |= type == BLOCK_EMBED && (!url || level > EMBED_LAST);
    if (in->bad)
        return;
    struct block *block = document ? document_add(document, (enum block_type)type, level) : NULL;
    if (block) {
        block->fleeting = fleeting;
        block->in_item = tagged & IN_ITEM;
        block->quotes = quotes;
        block->quote_begins = quote_begins;
        block->marker = g_steal_pointer(&marker);
        block->target = g_steal_pointer(&target);
        block->url = g_steal_pointer(&url);
        block->alt = g_steal_pointer(&alt);
    }
    get_rich(in, block ? &block->content : NULL, links);
    if (type == BLOCK_TABLE)
        get_rows(in, block ? block->rows : NULL, links);
    else
        in->bad |= get_count(in) > 0;
}

static void
get_link(struct input *in, struct document *document)
{
    guint length;
    const char *url = get_text(in, &length);
    if (in->text)
        return;
    g_autofree char *terminated = g_strndup(url, length), *safe = document_safe_url(terminated);
    in->bad |= !safe;
    if (safe && document)
        document_take_link(document, g_steal_pointer(&safe));
}

/* All of it, into a document; NULL: to be looked at. */
static void
get_document(struct input *in, struct document *document)
{
    in->bad |= get_number(in) != FORMAT;
    guint links = get_count(in);
    for (guint i = 0; i < links && !in->bad; i++)
        get_link(in, document);
    guint blocks = get_count(in);
    for (guint i = 0; i < blocks && !in->bad; i++)
        get_block(in, document, links);
}

static struct document *
read_document(struct input *in)
{
    AUTO(document_free) struct document *document = document_new();
    get_document(in, document);
    return in->bad ? NULL : g_steal_pointer(&document);
}

struct document *
document_deserialize(const void *data, gsize length)
{
    struct input in = {data, (const guint8 *)data + length, false, false};
    return read_document(&in);
}

bool
document_is_stored(const void *data, gsize length)
{
    struct input in = {data, (const guint8 *)data + length, false, false};
    get_document(&in, NULL);
    return !in.bad;
}

char *
document_stored_plain(const void *data, gsize length)
{
    struct input in = {data, (const guint8 *)data + length, false, true};
    AUTO(document_free) struct document *document = read_document(&in);
    return document ? document_plain(document) : NULL;
}
