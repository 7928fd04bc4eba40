/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sixel, band by band and colour by colour; Kitty's escape codes around packed pixels in base64. */
#include "config.h"

#include "ui/graphics.h"

#include <stdbool.h>
#include <string.h>
#include <zlib.h>

#define BAND  6u    /* rows of pixels that sixels write at once */
#define CHUNK 4096u /* bytes of base64 that Kitty takes at once */

/* --- Sixel ---------------------------------------------------------------------------------- */

static void
put_run(GString *out, guint bits, guint count)
{
    if (count > 3)
        g_string_append_printf(out, "!%u%c", count, (char)(63 + bits));
    else
        for (guint i = 0; i < count; i++)
            g_string_append_c(out, (char)(63 + bits));
}

/* Rows of pixels that are written at once: of each colour the bits of each column, and where. */
struct band {
    guint8 *bits; /* a row of `width` for each colour */
    guint width;
    guint first[RASTER_MAX_COLORS], end[RASTER_MAX_COLORS]; /* columns; end 0: nowhere */
};

static void
read_band(struct band *band, const struct raster *raster, guint top, guint height)
{
    memset(band->bits, 0, (gsize)raster->count * band->width);
    memset(band->end, 0, sizeof band->end);
    const guint8 *pixel = raster->pixels + (gsize)top * raster->width;
    for (guint y = 0; y < height; y++) {
        for (guint x = 0; x < raster->width; x++, pixel++) {
            if (raster_is_clear(raster, *pixel))
                continue;
            band->bits[(gsize)*pixel * band->width + x] |= (guint8)(1u << y);
            band->first[*pixel] = band->end[*pixel] ? MIN(band->first[*pixel], x) : x;
            band->end[*pixel] = MAX(band->end[*pixel], x + 1);
        }
    }
}

/* What a band has of one colour, up to the last of it. */
static void
put_color(GString *out, const struct band *band, guint color)
{
    const guint8 *bits = band->bits + (gsize)color * band->width;
    put_run(out, 0, band->first[color]);
    guint end = band->end[color];
    for (guint x = band->first[color], from = x; from < end; from = x) {
        while (x < end && bits[x] == bits[from])
            x++;
        put_run(out, bits[from], x - from);
    }
}

static void
put_band(GString *out, const struct band *band, guint colors)
{
    bool again = false;
    for (guint color = 0; color < colors; color++) {
        if (!band->end[color])
            continue;
        g_string_append_printf(out, "%s#%u", again ? "$" : "", color);
        put_color(out, band, color);
        again = true;
    }
}

/* A part of a colour in hundredths, as Sixel has it. */
static guint
hundredths(guint32 color, guint shift)
{
    return ((color >> shift & 255) * 100 + 127) / 255;
}

void
graphics_sixel(GString *out, const struct raster *raster, guint top, guint end)
{
    /* pixels without a colour are left as they are */
    g_string_append_printf(out, "\033P0;1;0q\"1;1;%u;%u", raster->width, end - top);
    for (guint i = 0; i < raster->count; i++) {
        guint32 color = raster->colors[i];
        g_string_append_printf(out, "#%u;2;%u;%u;%u", i, hundredths(color, 16),
                               hundredths(color, 8), hundredths(color, 0));
    }
    g_autofree guint8 *bits = g_malloc((gsize)MAX(raster->count, 1) * raster->width);
    struct band band = {.bits = bits, .width = raster->width};
    for (; top < end; top += BAND) {
        read_band(&band, raster, top, MIN(BAND, end - top));
        put_band(out, &band, raster->count);
        if (top + BAND < end)
            g_string_append_c(out, '-');
    }
    g_string_append(out, "\033\\");
}

/* --- Kitty ---------------------------------------------------------------------------------- */

/* The pixels, four bytes each, packed by zlib; in base64. */
static char *
pack(const struct raster *raster)
{
    gsize count = (gsize)raster->width * raster->height;
    g_autofree guint8 *rgba = g_malloc(count * 4);
    for (gsize i = 0; i < count; i++) {
        bool clear = raster_is_clear(raster, raster->pixels[i]);
        guint32 color = clear ? 0 : raster->colors[raster->pixels[i]];
        guint8 *to = rgba + i * 4;
        to[0] = (guint8)(color >> 16);
        to[1] = (guint8)(color >> 8);
        to[2] = (guint8)color;
        to[3] = clear ? 0 : 255;
    }
    uLongf length = compressBound((uLong)count * 4);
    g_autofree guint8 *packed = g_malloc(length);
    int result = compress2(packed, &length, rgba, (uLong)count * 4, Z_DEFAULT_COMPRESSION);
    g_assert(result == Z_OK); /* there is room, and memory, without which GLib ends */
    return g_base64_encode(packed, length);
}

void
graphics_kitty_send(GString *out, const struct raster *raster, guint id)
{
    g_autofree char *text = pack(raster);
    gsize length = strlen(text);
    for (gsize at = 0; at < length; at += CHUNK) {
        bool more = length - at > CHUNK;
        if (!at)
            g_string_append_printf(out, "\033_Ga=t,f=32,o=z,t=d,q=2,i=%u,s=%u,v=%u,m=%d;", id,
                                   raster->width, raster->height, more);
        else
            g_string_append_printf(out, "\033_Gq=2,m=%d;", more);
        g_string_append_len(out, text + at, (gssize)MIN(CHUNK, length - at));
        g_string_append(out, "\033\\");
    }
}

void
graphics_kitty_place(GString *out, const struct raster *raster, guint id, guint placement,
                     guint top, guint end)
{
    g_string_append_printf(out, "\033_Ga=p,q=2,C=1,i=%u,p=%u,x=0,y=%u,w=%u,h=%u\033\\", id,
                           placement, top, raster->width, end - top);
}

void
graphics_kitty_remove(GString *out, guint id, guint placement)
{
    g_string_append_printf(out, "\033_Ga=d,d=i,q=2,i=%u,p=%u\033\\", id, placement);
}

void
graphics_kitty_drop(GString *out, guint id)
{
    g_string_append_printf(out, "\033_Ga=d,d=I,q=2,i=%u\033\\", id);
}
