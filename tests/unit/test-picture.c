/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of strangers: what is decoded, what is refused, what is drawn of it, and that a process
 * which does so is not believed.
 */
#include "config.h"

#include "document/drawn.h"
#include "document/layout.h"
#include "parse/helper.h"
#include "picture/decode.h"
#include "picture/draw.h"
#include "picture/orientation.h"
#include "unit/kit.h"
#include "unit/transfer-kit.h"

#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#ifdef WITH_WEBP
#include <webp/encode.h>
#endif
#ifdef WITH_GIF
#include <gif_lib.h>
#endif

static struct starter *starter;

/* --- pictures: the left half is white, the right one black --------------------------------- */

static guint8 *
halves(guint width, guint height, guint channels)
{
    gsize line = (gsize)width * channels;
    guint8 *pixels = g_malloc0(line * height);
    for (guint y = 0; y < height; y++)
        memset(pixels + y * line, 0xff, line / 2);
    return pixels;
}

static GBytes *
make_png(guint width, guint height)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_GRAY};
    g_autofree guint8 *pixels = halves(width, height, 1);
    png_alloc_size_t length = 0;
    g_assert_true(png_image_write_to_memory(&image, NULL, &length, 0, pixels, 0, NULL));
    void *bytes = g_malloc(length);
    g_assert_true(png_image_write_to_memory(&image, bytes, &length, 0, pixels, 0, NULL));
    return g_bytes_new_take(bytes, length);
}

static GBytes *
make_jpeg(guint width, guint height, J_COLOR_SPACE space, int components)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    g_autofree guint8 *pixels = halves(width, height, (guint)components);
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, &length);
    info.image_width = width;
    info.image_height = height;
    info.input_components = components;
    info.in_color_space = space;
    jpeg_set_defaults(&info);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < height) {
        JSAMPROW line = pixels + (gsize)info.next_scanline * width * (guint)components;
        jpeg_write_scanlines(&info, &line, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    GBytes *all = g_bytes_new(bytes, length);
    free(bytes);
    return all;
}

/* The same with another size in its head, and nothing else for it. */
static GBytes *
resize_png(GBytes *png, guint32 width, guint32 height)
{
    gsize length;
    guint8 *bytes = g_memdup2(g_bytes_get_data(png, &length), g_bytes_get_size(png));
    guint32 sides[] = {GUINT32_TO_BE(width), GUINT32_TO_BE(height)}, sum = 0xffffffff;
    memcpy(bytes + 16, sides, sizeof sides);
    for (int i = 12; i < 29; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0xedb88320 : sum >> 1;
    }
    sum = GUINT32_TO_BE(~sum);
    memcpy(bytes + 29, &sum, sizeof sum);
    return g_bytes_new_take(bytes, length);
}

/* --- decoding ------------------------------------------------------------------------------- */

static struct pixels *
decode(GBytes *bytes, gsize cut)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    /* a copy of that length: what reads behind it, sanitizers see */
    g_autofree guint8 *own = g_memdup2(data, length - cut);
    return picture_decode(own, length - cut);
}

static void
assert_halves(GBytes *bytes, guint width, guint height)
{
    AUTO(pixels_free) struct pixels *pixels = decode(bytes, 0);
    g_assert_nonnull(pixels);
    g_assert_cmpuint(pixels->width, ==, width);
    g_assert_cmpuint(pixels->height, ==, height);
    const guint8 *first = pixels->rgba, *last = first + ((gsize)width * height - 1) * 4;
    for (int c = 0; c < 3; c++) {
        g_assert_cmpuint(first[c], >, 0xf0);
        g_assert_cmpuint(last[c], <, 0x10);
    }
    g_assert_cmpuint(last[3], ==, 0xff);
}

static void
refuse(GBytes *bytes, gsize cut)
{
    struct pixels *pixels = decode(bytes, cut);
    g_assert_null(pixels);
}

static void
test_formats(void)
{
    g_autoptr(GBytes) png = make_png(64, 32), jpeg = make_jpeg(64, 32, JCS_RGB, 3),
                      gray = make_jpeg(64, 32, JCS_GRAYSCALE, 1),
                      inks = make_jpeg(64, 32, JCS_CMYK, 4),
                      large = make_jpeg(4000, 2000, JCS_RGB, 3);
    assert_halves(png, 64, 32);
    assert_halves(jpeg, 64, 32);
    assert_halves(gray, 64, 32);
    assert_halves(inks, 64, 32);
    assert_halves(large, 1000, 500); /* as small as is enough */
#ifdef WITH_WEBP
    g_autofree guint8 *pixels = halves(64, 32, 3);
    uint8_t *out = NULL;
    size_t length = WebPEncodeLosslessRGB(pixels, 64, 32, 64 * 3, &out);
    g_autoptr(GBytes) webp = g_bytes_new(out, length);
    WebPFree(out);
    assert_halves(webp, 64, 32);
    refuse(webp, length / 2);
#endif
}

static void
test_damaged(void)
{
    static const char *const others[] = {"",
                                         "P",
                                         "GIF89a..........",
                                         "GIF89a",
                                         "<svg/>",
                                         "RIFF....WEBP",
                                         "\x89PNG\r\n\x1a\n",
                                         "\xff\xd8\xff\xe0"};
    g_autoptr(GBytes) png = make_png(64, 32), jpeg = make_jpeg(64, 32, JCS_RGB, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(others[i], strlen(others[i]));
        refuse(bytes, 0);
    }
    gsize length = g_bytes_get_size(png);
    for (gsize cut = 20; cut < length; cut++) /* the end of a file that has all its pixels may go */
        refuse(png, cut);
    /* of a JPEG that ends early there is what came, as browsers show it; of a head there is none */
    length = g_bytes_get_size(jpeg);
    for (gsize cut = 1; cut < length; cut += 3) {
        struct pixels *pixels = decode(jpeg, cut);
        if (pixels)
            pixels_free(pixels);
    }
    refuse(jpeg, length - 40);
}

static void
test_sizes(void)
{
    g_autoptr(GBytes) png = make_png(64, 32), pixel = make_png(1, 1), low = make_png(600, 15),
                      wide = resize_png(png, PICTURE_MAX_SIDE + 1, 16),
                      bomb = resize_png(png, 20000, 20000),
                      more = resize_png(png, 0x7fffffff, 0x7fffffff),
                      lies = resize_png(png, 4000, 4000);
    refuse(pixel, 0);
    refuse(low, 0);
    refuse(wide, 0);
    refuse(bomb, 0);
    refuse(more, 0);
    refuse(lies, 0);
}

/* --- photographs ---------------------------------------------------------------------------- */

/* A JPEG whose Exif says an orientation; little: by which end its numbers begin. */
static GBytes *
add_exif(GBytes *jpeg, guint orientation, bool little)
{
    static const guint8 big_head[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f',  0, 0, 'M', 'M', 0, 42,
                                      0,    0,    0, 8,  0,   1,   1,   0x12, 0, 3, 0,   0,   0, 1},
                        little_head[] = {0xff, 0xe1, 0,  34, 'E', 'x', 'i', 'f', 0, 0,
                                         'I',  'I',  42, 0,  8,   0,   0,   0,   1, 0,
                                         0x12, 1,    3,  0,  1,   0,   0,   0};
    guint8 value[] = {0, (guint8)orientation, 0, 0, 0, 0, 0, 0};
    GByteArray *all = g_byte_array_new();
    if (little) {
        value[0] = value[1];
        value[1] = 0;
    }
    gsize length;
    const guint8 *bytes = g_bytes_get_data(jpeg, &length);
    g_byte_array_append(all, bytes, 20); /* its head, as JFIF has it */
    g_byte_array_append(all, little ? little_head : big_head, sizeof big_head);
    g_byte_array_append(all, value, sizeof value);
    g_byte_array_append(all, bytes + 20, (guint)(length - 20));
    return g_byte_array_free_to_bytes(all);
}

/* Which side of what is shown the first row and the first column stand for, by the standard. */
static const char sides[][3] = {"", "tl", "tr", "br", "bl", "lt", "rt", "rb", "lb"};

/* 64 x 32 pixels, or 32 x 64, that show a white corner at the top left and a gray one below it. */
static GBytes *
make_photograph(guint orientation)
{
    const char *held = sides[orientation];
    bool swapped = held[0] == 'l' || held[0] == 'r';
    guint width = swapped ? 32 : 64, height = swapped ? 64 : 32;
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    guint8 line[64];
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, &length);
    info.image_width = width;
    info.image_height = height;
    info.input_components = 1;
    info.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&info);
    jpeg_start_compress(&info, TRUE);
    for (guint y = 0; y < height; y++) {
        for (guint x = 0; x < width; x++) {
            /* the letters of the sides at which this pixel is seen */
            bool first_row = y < height / 2, first_column = x < width / 2;
            bool top = false, left = false;
            for (int i = 0; i < 2; i++) {
                bool first = i ? first_column : first_row;
                top |= held[i] == (first ? 't' : 'b');
                left |= held[i] == (first ? 'l' : 'r');
            }
            line[x] = !left ? 0 : top ? 0xff : 0x80;
        }
        JSAMPROW row = line;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    GBytes *all = g_bytes_new(bytes, length);
    free(bytes);
    return all;
}

static guint
gray_at(const struct pixels *pixels, guint x, guint y)
{
    return pixels->rgba[((gsize)y * pixels->width + x) * 4];
}

static void
test_orientations(void)
{
    for (guint i = 1; i <= 8; i++) {
        for (int little = 0; little < 2; little++) {
            g_autoptr(GBytes) plain = make_photograph(i), jpeg = add_exif(plain, i, little);
            gsize length;
            const guint8 *bytes = g_bytes_get_data(jpeg, &length);
            g_assert_cmpuint(orientation_of_jpeg(bytes, length), ==, i);
            AUTO(pixels_free) struct pixels *pixels = decode(jpeg, 0);
            g_assert_nonnull(pixels);
            g_assert_cmpuint(pixels->width, ==, 64);
            g_assert_cmpuint(pixels->height, ==, 32);
            g_assert_cmpuint(gray_at(pixels, 0, 0), >, 0xf0);
            g_assert_cmpuint(ABS((int)gray_at(pixels, 0, 31) - 0x80), <, 0x10);
            g_assert_cmpuint(gray_at(pixels, 63, 0), <, 0x10);
            g_assert_cmpuint(gray_at(pixels, 63, 31), <, 0x10);
        }
    }
}

/* Before a marker may be any number of 0xff. */
static void
test_fill_bytes(void)
{
    g_autoptr(GBytes) plain = make_photograph(6), jpeg = add_exif(plain, 6, false);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(jpeg, &length);
    for (guint filled = 1; filled <= 300; filled += 13) {
        g_autoptr(GByteArray) all = g_byte_array_new();
        g_byte_array_append(all, bytes, 20);
        for (guint i = 0; i < filled; i++)
            g_byte_array_append(all, (const guint8 *)"\xff", 1);
        for (guint ends = 0; ends < 6; ends++) { /* sanitizers see what reads behind it */
            g_autofree guint8 *own = g_memdup2(all->data, all->len);
            g_assert_cmpuint(orientation_of_jpeg(own, all->len), ==, 1);
            g_byte_array_append(all, bytes + 20 + ends, 1);
        }
        g_byte_array_set_size(all, 20 + filled);
        g_byte_array_append(all, bytes + 20, (guint)(length - 20));
        g_assert_cmpuint(orientation_of_jpeg(all->data, all->len), ==, 6);
    }
}

/* What says nothing that can be read is shown as it is. */
static void
test_bad_exif(void)
{
    g_autoptr(GBytes) plain = make_photograph(1), six = add_exif(plain, 6, false),
                      nine = add_exif(plain, 9, true), none = add_exif(plain, 0, false);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(six, &length);
    g_assert_cmpuint(orientation_of_jpeg(g_bytes_get_data(plain, NULL), g_bytes_get_size(plain)),
                     ==, 1);
    g_assert_cmpuint(orientation_of_jpeg(g_bytes_get_data(nine, NULL), length), ==, 1);
    g_assert_cmpuint(orientation_of_jpeg(g_bytes_get_data(none, NULL), length), ==, 1);
    for (gsize cut = 0; cut < 56; cut++) { /* sanitizers see what reads behind it */
        g_autofree guint8 *own = g_memdup2(bytes, cut);
        g_assert_cmpuint(orientation_of_jpeg(own, cut), ==, 1);
    }
    for (gsize at = 20; at < 56; at++) {
        g_autofree guint8 *own = g_memdup2(bytes, length);
        for (int value = 0; value < 256; value++) {
            own[at] = (guint8)value;
            guint orientation = orientation_of_jpeg(own, length);
            g_assert_true(orientation >= 1 && orientation <= 8);
        }
    }
}

/* --- GIF ------------------------------------------------------------------------------------ */

#ifdef WITH_GIF
static int
write_gif(GifFileType *gif, const GifByteType *bytes, int length)
{
    g_byte_array_append(gif->UserData, bytes, (guint)length);
    return length;
}

/* Halves; a second picture is black. */
static GBytes *
make_gif(guint width, guint height, bool interlaced, int pictures)
{
    static const GifColorType colors[] = {{0, 0, 0}, {255, 255, 255}};
    static const int firsts[] = {0, 4, 2, 1, 0}, steps[] = {8, 8, 4, 2, 1};
    GByteArray *all = g_byte_array_new();
    ColorMapObject *map = GifMakeMapObject(2, colors);
    g_autofree guint8 *line = g_malloc0(width);
    int error, w = (int)width, h = (int)height;
    GifFileType *gif = EGifOpen(all, write_gif, &error);
    g_assert_nonnull(gif);
    EGifSetGifVersion(gif, true);
    g_assert_cmpint(EGifPutScreenDesc(gif, w, h, 8, 0, map), ==, GIF_OK);
    for (int i = 0; i < pictures; i++) {
        memset(line, i == 0, width / 2);
        EGifPutComment(gif, "what is said of it");
        EGifPutImageDesc(gif, 0, 0, w, h, interlaced, NULL);
        for (int pass = interlaced ? 0 : 4; pass < (interlaced ? 4 : 5); pass++)
            for (int y = firsts[pass]; y < h; y += steps[pass])
                g_assert_cmpint(EGifPutLine(gif, line, w), ==, GIF_OK);
    }
    g_assert_cmpint(EGifCloseFile(gif, &error), ==, GIF_OK);
    GifFreeMapObject(map);
    return g_byte_array_free_to_bytes(all);
}

/* The same that says another size of its screen and its picture. */
static GBytes *
resize_gif(GBytes *gif, guint16 width, guint16 height)
{
    gsize length;
    guint8 *bytes = g_memdup2(g_bytes_get_data(gif, &length), g_bytes_get_size(gif));
    guint16 both[] = {GUINT16_TO_LE(width), GUINT16_TO_LE(height)};
    memcpy(bytes + 6, both, sizeof both);
    guint8 *picture = memmem(bytes + 13, length - 13, ",\0\0\0\0", 5);
    g_assert_nonnull(picture);
    memcpy(picture + 5, both, sizeof both);
    return g_bytes_new_take(bytes, length);
}

static void
test_gif(void)
{
    g_autoptr(GBytes) one = make_gif(64, 32, false, 1), moves = make_gif(64, 32, false, 3),
                      lines = make_gif(64, 33, true, 1), small = make_gif(8, 8, false, 1),
                      bomb = resize_gif(one, 65535, 65535), long_one = resize_gif(one, 64, 20000),
                      wide = resize_gif(one, 30000, 32), nothing = resize_gif(one, 0, 0);
    assert_halves(one, 64, 32);
    assert_halves(moves, 64, 32);
    assert_halves(lines, 64, 33);
    refuse(small, 0);
    refuse(bomb, 0);
    refuse(long_one, 0); /* more pixels than it has */
    refuse(wide, 0);
    refuse(nothing, 0);
    g_assert_cmpint(drawn_format(g_bytes_get_data(one, NULL), g_bytes_get_size(one)), ==,
                    DRAWN_GIF);
    gsize length = g_bytes_get_size(one);
    for (gsize cut = 1; cut <= 2; cut++) { /* the end of the file, and of the picture before it */
        g_autoptr(GBytes) endless = g_bytes_new_from_bytes(one, 0, length - cut);
        assert_halves(endless, 64, 32);
    }
    for (gsize cut = 6; cut < length; cut++) /* without the last bytes all pixels are there */
        refuse(one, cut);
    /* none of what is damaged is read beyond its end */
    g_autofree guint8 *own = g_memdup2(g_bytes_get_data(one, NULL), length);
    for (gsize at = 6; at < length; at++) {
        guint8 was = own[at];
        own[at] = (guint8)~was;
        struct pixels *pixels = picture_decode(own, length);
        if (pixels)
            pixels_free(pixels);
        own[at] = was;
    }
}
#endif

/* --- drawing -------------------------------------------------------------------------------- */

static const struct drawn_request request = {40, 20, DRAWN_256, DRAWN_BLOCKS, DRAWN_DARK};

static void
test_drawn(void)
{
    g_autoptr(GBytes) png = make_png(640, 320);
    AUTO(pixels_free) struct pixels *pixels = decode(png, 0);
    for (int colors = DRAWN_MONOCHROME; colors <= DRAWN_RGB; colors++) {
        for (int symbols = DRAWN_ASCII; symbols <= DRAWN_BLOCKS; symbols++) {
            const struct drawn_request r = {40, 20, (enum drawn_colors)colors,
                                            (enum drawn_symbols)symbols, DRAWN_DARK};
            AUTO(drawn_free) struct drawn *drawn = picture_draw(pixels, &r);
            g_assert_cmpuint(drawn->columns, ==, 40);
            g_assert_cmpuint(drawn->rows, ==, 10); /* a cell is twice as high as it is wide */
            g_assert_false(memcmp(&drawn->cells[0], &drawn->cells[39], sizeof drawn->cells[0]) ==
                           0);
            /* what it says is what is believed */
            g_autoptr(GByteArray) bytes = g_byte_array_new();
            drawn_put(bytes, drawn);
            struct wire_input in = wire_input(bytes->data, bytes->len);
            AUTO(drawn_free) struct drawn *same = drawn_get(&in, &r);
            g_assert_nonnull(same);
            g_assert_cmpmem(same->cells, sizeof *same->cells * 400, drawn->cells,
                            sizeof *drawn->cells * 400);
        }
    }
}

/* Where there are two colours, what is bright is the ground itself, or what is written on it. */
static void
test_ground(void)
{
    g_autoptr(GBytes) png = make_png(640, 320);
    AUTO(pixels_free) struct pixels *pixels = decode(png, 0);
    for (int ground = DRAWN_DARK; ground <= DRAWN_LIGHT; ground++) {
        const struct drawn_request r = {40, 20, DRAWN_MONOCHROME, DRAWN_BLOCKS,
                                        (enum drawn_ground)ground};
        AUTO(drawn_free) struct drawn *drawn = picture_draw(pixels, &r);
        bool light = ground == DRAWN_LIGHT;
        g_assert_cmphex(drawn->cells[0].symbol, ==, light ? ' ' : 0x2588);
        g_assert_cmphex(drawn->cells[39].symbol, ==, light ? 0x2588 : ' ');
    }
}

/* --- pixels --------------------------------------------------------------------------------- */

static struct pixels *
make_pixels(guint width, guint height)
{
    struct pixels *pixels = pixels_new(width, height);
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++) {
            guint8 *to = pixels->rgba + ((gsize)y * width + x) * 4;
            to[0] = (guint8)(x * 255 / width);
            to[1] = (guint8)(y * 255 / height);
            to[2] = x < width / 2 ? 0 : 255;
            to[3] = y < height / 4 ? 0 : 255;
        }
    return pixels;
}

static struct drawn *
draw_pixels(guint width, guint height, guint cell_width, guint cell_height, guint colors)
{
    const struct drawn_request r = {40,         20,         DRAWN_RGB,   DRAWN_BLOCKS,
                                    DRAWN_DARK, cell_width, cell_height, colors};
    AUTO(pixels_free) struct pixels *pixels = make_pixels(width, height);
    return picture_draw(pixels, &r);
}

/* As many colours as are allowed come near to those that there were; what was clear is. */
static void
test_scale(void)
{
    static const guint palettes[] = {2, 16, 255};
    int before = G_MAXINT;
    for (size_t i = 0; i < G_N_ELEMENTS(palettes); i++) {
        AUTO(drawn_free) struct drawn *drawn = draw_pixels(800, 400, 10, 20, palettes[i]);
        const struct raster *raster = drawn->raster;
        g_assert_nonnull(raster);
        g_assert_cmpuint(raster->width, ==, 400);
        g_assert_cmpuint(raster->height, ==, 200);
        g_assert_cmpuint(raster->count, <=, palettes[i]);
        g_assert_cmpuint(raster->count, >, palettes[i] / 2);
        gint64 off = 0;
        for (guint y = 0; y < 200; y++)
            for (guint x = 0; x < 400; x++) {
                guint8 pixel = raster->pixels[y * 400 + x];
                g_assert_true(raster_is_clear(raster, pixel) == (y < 50));
                if (y >= 50)
                    off += ABS((int)(raster->colors[pixel] >> 16) - (int)(x * 255 / 400));
            }
        int mean = (int)(off / (400 * 150));
        g_assert_cmpint(mean, <, before);
        before = mean;
    }
    g_assert_cmpint(before, <, 12);
}

/* Nothing is larger than it was made, or than its place; in proportion. */
static void
test_scale_sizes(void)
{
    static const guint sizes[][4] = {
        {800, 100, 400, 50}, {100, 800, 50, 400}, {64, 64, 64, 64}, {33, 17, 33, 17}};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        AUTO(drawn_free) struct drawn *drawn = draw_pixels(sizes[i][0], sizes[i][1], 10, 20, 255);
        const struct raster *raster = drawn->raster;
        g_assert_cmpuint(raster->width, <=, drawn->columns * 10);
        g_assert_cmpuint(raster->height, <=, drawn->rows * 20);
        g_assert_cmpuint(raster->width, ==, sizes[i][2]);
        g_assert_cmpuint(raster->height, ==, sizes[i][3]);
        g_assert_cmpuint(drawn->columns, ==, (sizes[i][2] + 9) / 10);
        g_assert_cmpuint(drawn->rows, ==, (sizes[i][3] + 19) / 20);
    }
    AUTO(drawn_free) struct drawn *cells = draw_pixels(800, 400, 0, 0, 255),
                                  *huge =
                                      draw_pixels(5000, 2600, DRAWN_MAX_CELL, DRAWN_MAX_CELL, 255);
    g_assert_null(cells->raster);
    g_assert_cmpuint(huge->raster->width * huge->raster->height, <=, RASTER_MAX_PIXELS);
}

/* Nothing is believed that was not asked for, or that no cell can show. */
static void
test_lies(void)
{
    static const struct drawn_cell fair = {'x', DRAWN_COLOR | 255, 0},
                                   unfair[] = {{0x1b, 0, 0},     {0x7f, 0, 0},
                                               {0x202e, 0, 0},   {0x6f22, 0, 0},
                                               {0x110000, 0, 0}, {'x', DRAWN_COLOR | 256, 0},
                                               {'x', 0, 7},      {'x', 0, DRAWN_COLOR << 1}};
    AUTO(drawn_free) struct drawn *drawn = drawn_new(2, 2, DRAWN_256);
    for (size_t i = 0; i <= G_N_ELEMENTS(unfair); i++) {
        for (int c = 0; c < 4; c++)
            drawn->cells[c] = fair;
        if (i < G_N_ELEMENTS(unfair))
            drawn->cells[3] = unfair[i];
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        drawn_put(bytes, drawn);
        struct wire_input in = wire_input(bytes->data, bytes->len);
        struct drawn *got = drawn_get(&in, &request);
        g_assert_true((got != NULL) == (i == G_N_ELEMENTS(unfair)));
        if (got)
            drawn_free(got);
        for (guint cut = 1; cut <= bytes->len; cut++) {
            in = wire_input(bytes->data, bytes->len - cut);
            g_assert_null(drawn_get(&in, &request));
        }
        in = wire_input(bytes->data, bytes->len);
        g_assert_null(
            drawn_get(&in, &(struct drawn_request){1, 2, DRAWN_256, DRAWN_ASCII, DRAWN_DARK}));
    }
}

/* --- in a document -------------------------------------------------------------------------- */

static void
add_picture(struct document *document, const char *url)
{
    struct block *block = document_add(document, BLOCK_PICTURE, 0);
    block->url = g_strdup(url);
    block->alt = g_strdup("what it is called, which takes more than one line of a narrow terminal");
    g_string_append(block->content.text,
                    "what is said of it, which does so as well, as it is long");
}

static void
test_addresses(void)
{
    AUTO(document_free) struct document *document = document_new();
    add_picture(document, "http://a.example/0");
    add_picture(document, "data:image/png;base64,iVBORw0KGgo=");
    for (int i = 0; i < 2 * DRAWN_MOST; i++) {
        g_autofree char *url = g_strdup_printf("http://a.example/%d", i / 2);
        add_picture(document, url);
    }
    g_autoptr(GPtrArray) addresses = drawn_addresses(document);
    g_assert_cmpuint(addresses->len, ==, DRAWN_MOST);
    add_picture(document, "http://a.example/more");
    g_autoptr(GPtrArray) same = drawn_addresses(document);
    g_assert_cmpuint(same->len, ==, DRAWN_MOST);
    g_assert_cmpstr(g_ptr_array_index(same, DRAWN_MOST - 1), ==, "http://a.example/39");
}

static void
test_kinds(void)
{
    g_autoptr(GBytes) png = make_png(64, 32), jpeg = make_jpeg(64, 32, JCS_RGB, 3);
    static const char page[] = "<html><p>not found</p></html>";
    g_assert_cmpint(drawn_format(g_bytes_get_data(png, NULL), g_bytes_get_size(png)), ==,
                    DRAWN_PNG);
    g_assert_cmpint(drawn_format(g_bytes_get_data(jpeg, NULL), g_bytes_get_size(jpeg)), ==,
                    DRAWN_JPEG);
    g_assert_cmpint(drawn_format(page, strlen(page)), ==, DRAWN_NONE);
    g_assert_cmpint(drawn_format("", 0), ==, DRAWN_NONE);
}

/* The place of each line of a picture is its own, and they rise. */
static void
test_places(void)
{
    AUTO(document_free) struct document *document = document_new();
    g_autoptr(GHashTable) pictures = g_hash_table_new(g_str_hash, g_str_equal);
    AUTO(drawn_free) struct drawn *drawn = drawn_new(20, 9, DRAWN_256);
    add_picture(document, "http://a.example/0");
    g_hash_table_insert(pictures, (gpointer) "http://a.example/0", drawn);
    AUTO(layout_free) struct layout *layout =
        layout_new(document, &(struct layout_options){.width = 20, .pictures = pictures});
    guint rows = 0;
    for (guint i = 0; i < layout->lines->len; i++) {
        const struct layout_line *line = g_ptr_array_index(layout->lines, i);
        rows += line->picture_row > 0;
        if (i)
            g_assert_cmpuint(
                line->offset, >,
                ((const struct layout_line *)g_ptr_array_index(layout->lines, i - 1))->offset);
    }
    g_assert_cmpuint(rows, ==, 9);
    g_assert_cmpuint(layout->lines->len, >, 9 + 4);
}

/* --- in a process of its own ---------------------------------------------------------------- */

static bool
is_drawn(struct helper *helper, GBytes *bytes, gsize cut)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    struct drawn *drawn = helper_draw(helper, &request, data, length - cut);
    if (drawn)
        drawn_free(drawn);
    return drawn != NULL;
}

static void
test_process(void)
{
    AUTO(helper_free) struct helper *helper = helper_new(starter, ROLE_PICTURE, NULL);
    g_autoptr(GBytes) png = make_png(640, 320), jpeg = make_jpeg(640, 320, JCS_RGB, 3),
                      bomb = resize_png(png, 20000, 20000), largest = make_png(5000, 5000);
    g_assert_true(is_drawn(helper, png, 0));
    g_assert_false(is_drawn(helper, png, 200));
    g_assert_false(is_drawn(helper, bomb, 0));
    g_assert_true(is_drawn(helper, jpeg, 0));
    /* as many pixels as are taken fit into its memory, and one that ends is followed by another */
    g_assert_true(is_drawn(helper, largest, 0));
    g_assert_true(is_drawn(helper, png, 0));
#ifdef WITH_GIF
    g_autoptr(GBytes) gif = make_gif(640, 320, true, 2), huge = resize_gif(gif, 65535, 65535);
    g_assert_true(is_drawn(helper, gif, 0));
    g_assert_false(is_drawn(helper, huge, 0));
#endif
    g_assert_cmpuint(helper_failures(helper), ==, 0);
}

/* What cannot even be asked is counted: after a few its others are not tried. */
static void
test_failures(void)
{
    AUTO(helper_free) struct helper *helper = helper_new(NULL, ROLE_PICTURE, NULL);
    g_autoptr(GBytes) png = make_png(640, 320);
    for (guint i = 1; i <= HELPER_FAILURES; i++) {
        g_assert_false(is_drawn(helper, png, 0));
        g_assert_cmpuint(helper_failures(helper), ==, i);
    }
}

void
add_tests(void)
{
    starter = kit_starter();
    g_test_add_func("/picture/formats", test_formats);
    g_test_add_func("/picture/damaged", test_damaged);
    g_test_add_func("/picture/sizes", test_sizes);
    g_test_add_func("/picture/orientations", test_orientations);
    g_test_add_func("/picture/fill-bytes", test_fill_bytes);
    g_test_add_func("/picture/bad-exif", test_bad_exif);
#ifdef WITH_GIF
    g_test_add_func("/picture/gif", test_gif);
#endif
    g_test_add_func("/picture/drawn", test_drawn);
    g_test_add_func("/picture/ground", test_ground);
    g_test_add_func("/picture/scale", test_scale);
    g_test_add_func("/picture/scale-sizes", test_scale_sizes);
    g_test_add_func("/picture/lies", test_lies);
    g_test_add_func("/picture/addresses", test_addresses);
    g_test_add_func("/picture/kinds", test_kinds);
    g_test_add_func("/picture/places", test_places);
    g_test_add_func("/picture/process", test_process);
    g_test_add_func("/picture/failures", test_failures);
}
