/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each format by its library.  How large a picture says that it is, is looked at before anything is
 * made for it; the limits of the process (parse/limits.h) hold for what its bytes do then.
 */
#include "config.h"

#include "picture/decode.h"
#include "document/drawn.h"
#include "picture/gif.h"
#include "picture/orientation.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#ifdef WITH_WEBP
#include <webp/decode.h>
#endif

#define ENOUGH_SIDE 1600u /* pixels: JPEG can be read at a half, a quarter, an eighth */

/* --- PNG ---------------------------------------------------------------------------------- */

static struct pixels *
decode_png(const guint8 *bytes, gsize length)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, bytes, length) ||
        !pixels_fit(image.width, image.height)) {
        png_image_free(&image);
        return NULL;
    }
    image.format = PNG_FORMAT_RGBA;
    struct pixels *pixels = pixels_new(image.width, image.height);
    if (png_image_finish_read(&image, NULL, pixels->rgba, 0, NULL))
        return pixels;
    pixels_free(pixels);
    png_image_free(&image);
    return NULL;
}

/* --- JPEG --------------------------------------------------------------------------------- */

struct jpeg {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    jmp_buf out;
    struct pixels *pixels; /* or NULL */
    guint8 *line;          /* or NULL */
};

static void
on_jpeg_error(j_common_ptr info)
{
    longjmp(((struct jpeg *)info->client_data)->out, 1);
}

static void
say_nothing(j_common_ptr info)
{
    (void)info;
}

/* One line of what the library gives, of which CMYK is what Adobe writes: all of it inverted. */
static void
put_line(const struct jpeg *j, guint8 *rgba)
{
    for (guint x = 0; x < j->info.output_width; x++, rgba += 4) {
        const guint8 *from = j->line + (gsize)x * (gsize)j->info.output_components;
        guint black = j->info.output_components == 4 ? from[3] : 255;
        for (guint c = 0; c < 3; c++)
            rgba[c] = (guint8)(from[c] * black / 255);
        rgba[3] = 255;
    }
}

static bool
read_jpeg(struct jpeg *j, const guint8 *bytes, gsize length)
{
    struct jpeg_decompress_struct *info = &j->info;
    jpeg_create_decompress(info);
    info->client_data = j;
    jpeg_mem_src(info, bytes, (unsigned long)length);
    if (jpeg_read_header(info, TRUE) != JPEG_HEADER_OK ||
        !pixels_fit(info->image_width, info->image_height))
        return false;
    bool inks = info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;
    info->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    info->scale_num = 1;
    for (info->scale_denom = 1;
         info->scale_denom < 8 &&
         MIN(info->image_width, info->image_height) / info->scale_denom > 2 * PICTURE_MIN_SIDE &&
         MAX(info->image_width, info->image_height) / info->scale_denom > ENOUGH_SIDE;)
        info->scale_denom *= 2;
    jpeg_start_decompress(info);
    if (info->output_components != (inks ? 4 : 3))
        return false;
    j->pixels = pixels_new(info->output_width, info->output_height);
    j->line = g_malloc((gsize)info->output_width * (gsize)info->output_components);
    while (info->output_scanline < info->output_height) {
        guint y = info->output_scanline;
        jpeg_read_scanlines(info, &j->line, 1);
        put_line(j, j->pixels->rgba + (gsize)y * info->output_width * 4);
    }
    return true;
}

static struct pixels *
decode_jpeg(const guint8 *bytes, gsize length)
{
    struct jpeg *j = g_new0(struct jpeg, 1);
    j->info.err = jpeg_std_error(&j->errors);
    j->info.client_data = j;
    j->errors.error_exit = on_jpeg_error;
    j->errors.output_message = say_nothing;
    bool read = setjmp(j->out) == 0 && read_jpeg(j, bytes, length);
    struct pixels *pixels = j->pixels;
    jpeg_destroy_decompress(&j->info);
    g_free(j->line);
    g_free(j);
    if (read)
        orientation_apply(pixels, orientation_of_jpeg(bytes, length));
    else if (pixels)
        g_clear_pointer(&pixels, pixels_free);
    return pixels;
}

/* --- WebP --------------------------------------------------------------------------------- */

#ifdef WITH_WEBP
static struct pixels *
decode_webp(const guint8 *bytes, gsize length)
{
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes, length, &features) != VP8_STATUS_OK || features.has_animation ||
        !pixels_fit((guint64)features.width, (guint64)features.height))
        return NULL;
    struct pixels *pixels = pixels_new((guint)features.width, (guint)features.height);
    gsize line = (gsize)pixels->width * 4;
    if (WebPDecodeRGBAInto(bytes, length, pixels->rgba, line * pixels->height, (int)line))
        return pixels;
    pixels_free(pixels);
    return NULL;
}
#endif

/* --- all ---------------------------------------------------------------------------------- */

struct pixels *
picture_decode(const guint8 *bytes, gsize length)
{
    switch (drawn_format(bytes, length)) {
    case DRAWN_PNG:
        return decode_png(bytes, length);
    case DRAWN_JPEG:
        return decode_jpeg(bytes, length);
#ifdef WITH_WEBP
    case DRAWN_WEBP:
        return decode_webp(bytes, length);
#endif
#ifdef WITH_GIF
    case DRAWN_GIF:
        return gif_decode(bytes, length);
#endif
    default:
        return NULL;
    }
}
