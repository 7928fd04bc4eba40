/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first picture of a GIF, as large as it says itself, by giflib. */
#include "config.h"

#include "picture/gif.h"

#include <gif_lib.h>
#include <string.h>

struct input {
    const guint8 *at, *end;
    bool ended;
};

static int
read_input(GifFileType *gif, GifByteType *out, int length)
{
    struct input *in = gif->UserData;
    int count = (int)MIN(in->end - in->at, length);
    /* where a file ends too early, the length of a piece that follows is 0, which ends a picture */
    if (!count && length == 1 && !in->ended) {
        in->ended = true;
        *out = 0;
        return 1;
    }
    memcpy(out, in->at, (gsize)count);
    in->at += count;
    return count;
}

/* Goes over what is said of the picture that follows; *clear: the colour that is none. */
static bool
pass_extension(GifFileType *gif, int *clear)
{
    int code;
    GifByteType *block = NULL;
    if (DGifGetExtension(gif, &code, &block) != GIF_OK)
        return false;
    if (code == GRAPHICS_EXT_FUNC_CODE && block && block[0] == 4)
        *clear = block[1] & 1 ? block[4] : -1;
    while (block)
        if (DGifGetExtensionNext(gif, &block) != GIF_OK)
            return false;
    return true;
}

/* Goes on to the first picture. */
static bool
find_picture(GifFileType *gif, int *clear)
{
    GifRecordType type;
    while (DGifGetRecordType(gif, &type) == GIF_OK) {
        if (type == IMAGE_DESC_RECORD_TYPE)
            return DGifGetImageDesc(gif) == GIF_OK;
        if (type != EXTENSION_RECORD_TYPE || !pass_extension(gif, clear))
            return false;
    }
    return false;
}

static bool
read_line(GifFileType *gif, const ColorMapObject *map, int clear, GifByteType *line, guint8 *rgba)
{
    if (DGifGetLine(gif, line, gif->Image.Width) != GIF_OK)
        return false;
    for (int x = 0; x < gif->Image.Width; x++) {
        if (line[x] == clear || line[x] >= map->ColorCount)
            continue;
        const GifColorType *color = &map->Colors[line[x]];
        memcpy(rgba + (gsize)x * 4, (guint8[]){color->Red, color->Green, color->Blue, 255}, 4);
    }
    return true;
}

static bool
read_lines(GifFileType *gif, int clear, struct pixels *pixels)
{
    static const guint firsts[] = {0, 4, 2, 1, 0}, steps[] = {8, 8, 4, 2, 1};
    const ColorMapObject *map = gif->Image.ColorMap ? gif->Image.ColorMap : gif->SColorMap;
    g_autofree GifByteType *line = g_malloc(pixels->width);
    if (!map)
        return false;
    /* in four passes, or in the last one alone, of each line */
    for (guint pass = gif->Image.Interlace ? 0 : 4; pass < (gif->Image.Interlace ? 4 : 5); pass++)
        for (guint y = firsts[pass]; y < pixels->height; y += steps[pass])
            if (!read_line(gif, map, clear, line, pixels->rgba + (gsize)y * pixels->width * 4))
                return false;
    return true;
}

struct pixels *
gif_decode(const guint8 *bytes, gsize length)
{
    struct input in = {bytes, bytes + length, false};
    struct pixels *pixels = NULL;
    int clear = -1, error;
    GifFileType *gif = DGifOpen(&in, read_input, &error);
    if (!gif)
        return NULL;
    if (find_picture(gif, &clear) && gif->Image.Width > 0 && gif->Image.Height > 0 &&
        pixels_fit((guint64)gif->Image.Width, (guint64)gif->Image.Height)) {
        pixels = pixels_new((guint)gif->Image.Width, (guint)gif->Image.Height);
        if (!read_lines(gif, clear, pixels))
            g_clear_pointer(&pixels, pixels_free);
    }
    DGifCloseFile(gif, &error);
    return pixels;
}
