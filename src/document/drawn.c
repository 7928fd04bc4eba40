/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn pictures as bytes, and what is believed of them. */
#include "config.h"

#include "document/drawn.h"
#include "base/url.h"

#include <string.h>

GPtrArray *
drawn_addresses(const struct document *document)
{
    GPtrArray *addresses = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < document->blocks->len && addresses->len < DRAWN_MOST; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE && block->url && url_is_web(block->url) &&
            g_hash_table_add(seen, block->url))
            g_ptr_array_add(addresses, block->url);
    }
    return addresses;
}

enum drawn_format
drawn_format(const void *bytes, gsize length)
{
    static const guint8 png[] = {0x89, 'P', 'N', 'G'}, jpeg[] = {0xff, 0xd8, 0xff};
    if (length > sizeof png && memcmp(bytes, png, sizeof png) == 0)
        return DRAWN_PNG;
    if (length > sizeof jpeg && memcmp(bytes, jpeg, sizeof jpeg) == 0)
        return DRAWN_JPEG;
#ifdef WITH_WEBP
    if (length > 12 && memcmp(bytes, "RIFF", 4) == 0 &&
        memcmp((const char *)bytes + 8, "WEBP", 4) == 0)
        return DRAWN_WEBP;
#endif
#ifdef WITH_GIF
    if (length > 6 && (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0))
        return DRAWN_GIF;
#endif
    return DRAWN_NONE;
}

struct drawn *
drawn_new(guint columns, guint rows, enum drawn_colors colors)
{
    struct drawn *drawn = g_new0(struct drawn, 1);
    drawn->columns = columns;
    drawn->rows = rows;
    drawn->colors = colors;
    drawn->cells = g_new0(struct drawn_cell, (gsize)columns * rows);
    return drawn;
}

void
drawn_free(struct drawn *drawn)
{
    raster_unref(drawn->raster);
    g_free(drawn->cells);
    g_free(drawn);
}

bool
drawn_is_symbol(guint32 c)
{
    return (c >= 0x20 && c < 0x7f) || (c >= 0x2580 && c <= 0x259f); /* ASCII; block elements */
}

void
drawn_request_put(GByteArray *out, const struct drawn_request *request)
{
    wire_put_number(out, request->columns);
    wire_put_number(out, request->rows);
    wire_put_number(out, request->colors);
    wire_put_number(out, request->symbols);
    wire_put_number(out, request->ground);
    wire_put_number(out, request->cell_width);
    wire_put_number(out, request->cell_height);
    wire_put_number(out, request->palette);
}

bool
drawn_request_get(struct wire_input *in, struct drawn_request *request)
{
    request->columns = (guint)wire_get_number(in, 1, DRAWN_MAX_COLUMNS);
    request->rows = (guint)wire_get_number(in, 1, DRAWN_MAX_ROWS);
    request->colors = (enum drawn_colors)wire_get_number(in, DRAWN_MONOCHROME, DRAWN_RGB);
    request->symbols = (enum drawn_symbols)wire_get_number(in, DRAWN_ASCII, DRAWN_BLOCKS);
    request->ground = (enum drawn_ground)wire_get_number(in, DRAWN_DARK, DRAWN_LIGHT);
    request->cell_width = (guint)wire_get_number(in, 0, DRAWN_MAX_CELL);
    request->cell_height = (guint)wire_get_number(in, 0, DRAWN_MAX_CELL);
    request->palette = (guint)wire_get_number(in, 0, RASTER_MAX_COLORS);
    return !in->bad;
}

void
drawn_put(GByteArray *out, const struct drawn *drawn)
{
    wire_put_number(out, drawn->columns);
    wire_put_number(out, drawn->rows);
    wire_put_bytes(out, drawn->cells, sizeof *drawn->cells * drawn->columns * drawn->rows);
    raster_put(out, drawn->raster);
}

static bool
is_color(guint32 color, enum drawn_colors colors)
{
    static const guint32 most[] = {
        [DRAWN_MONOCHROME] = 0, [DRAWN_16] = 15, [DRAWN_256] = 255, [DRAWN_RGB] = 0xffffff};
    return color == 0 || (colors != DRAWN_MONOCHROME && color >= DRAWN_COLOR &&
                          color - DRAWN_COLOR <= most[colors]);
}

struct drawn *
drawn_get(struct wire_input *in, const struct drawn_request *request)
{
    gsize length;
    guint columns = (guint)wire_get_number(in, 1, request->columns),
          rows = (guint)wire_get_number(in, 1, request->rows);
    gsize size = sizeof(struct drawn_cell) * columns * rows;
    const guint8 *cells = wire_get_bytes(in, size, &length);
    if (!cells || length != size)
        return NULL;
    struct raster *raster = raster_get(in, columns * request->cell_width,
                                       rows * request->cell_height, request->palette);
    if (!wire_is_done(in)) {
        raster_unref(raster);
        return NULL;
    }
    if (raster) {
        raster->cell_width = request->cell_width;
        raster->cell_height = request->cell_height;
    }
    struct drawn *drawn = drawn_new(columns, rows, request->colors);
    drawn->raster = raster;
    memcpy(drawn->cells, cells, size);
    for (guint i = 0; i < columns * rows; i++) {
        const struct drawn_cell *cell = &drawn->cells[i];
        if (drawn_is_symbol(cell->symbol) && is_color(cell->ink, request->colors) &&
            is_color(cell->paper, request->colors))
            continue;
        drawn_free(drawn);
        return NULL;
    }
    return drawn;
}
