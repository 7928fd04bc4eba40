/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures: any bytes give pixels of a fair size or nothing, what is drawn of them is no larger
 * than was asked for, and goes through the channel as it is.  What a drawing process might say is
 * read without trust: the first byte tells which of both it is.
 */
#include "config.h"

#include "document/drawn.h"
#include "fuzz/kit.h"
#include "picture/decode.h"
#include "picture/draw.h"

/* Nothing in it but colours, no more than was asked for. */
static void
check_raster(const struct raster *raster, const struct drawn *drawn,
             const struct drawn_request *request)
{
    g_assert_true(raster->width <= drawn->columns * request->cell_width &&
                  raster->height <= drawn->rows * request->cell_height &&
                  raster->count <= request->palette);
    for (guint i = 0; i < raster->width * raster->height; i++)
        g_assert_true(raster->pixels[i] <= raster->count);
    for (guint i = 0; i < raster->count; i++)
        g_assert_true(raster->colors[i] <= 0xffffff);
}

static void
read_drawn(const struct bytes *in, const struct drawn_request *request)
{
    struct wire_input wire = wire_input(in->at, (gsize)(in->end - in->at));
    AUTO(drawn_free) struct drawn *drawn = drawn_get(&wire, request);
    if (!drawn)
        return;
    g_assert_true(drawn->columns <= request->columns && drawn->rows <= request->rows);
    for (guint i = 0; i < drawn->columns * drawn->rows; i++)
        g_assert_true(drawn_is_symbol(drawn->cells[i].symbol));
    if (drawn->raster)
        check_raster(drawn->raster, drawn, request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    uint8_t kind = bytes_number(&in);
    const struct drawn_request request = {16,
                                          8,
                                          (enum drawn_colors)(kind >> 1 & 3),
                                          (enum drawn_symbols)(kind >> 3 & 1),
                                          (enum drawn_ground)(kind >> 4 & 1),
                                          kind >> 5 & 1 ? 5 : 0,
                                          kind >> 5 & 1 ? 9 : 0,
                                          kind >> 6 & 1 ? RASTER_MAX_COLORS : 2};
    if (kind & 1) {
        read_drawn(&in, &request);
        return 0;
    }
    AUTO(pixels_free) struct pixels *pixels = picture_decode(in.at, (gsize)(in.end - in.at));
    if (!pixels)
        return 0;
    g_assert_true(pixels->width && pixels->height &&
                  (guint64)pixels->width * pixels->height <= PICTURE_MAX_PIXELS);
    AUTO(drawn_free) struct drawn *drawn = picture_draw(pixels, &request);
    g_assert_true(drawn->columns <= request.columns && drawn->rows <= request.rows);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    drawn_put(bytes, drawn);
    struct wire_input wire = wire_input(bytes->data, bytes->len);
    AUTO(drawn_free) struct drawn *same = drawn_get(&wire, &request);
    g_assert_nonnull(same);
    g_assert_true((same->raster != NULL) == (kind >> 5 & 1));
    if (same->raster)
        check_raster(same->raster, same, &request);
    return 0;
}
