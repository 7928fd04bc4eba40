/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a camera was held: the one tag of Exif that says it, and pixels turned by it.  Of the rest of
 * that block nothing is read.
 */
#include "config.h"

#include "picture/orientation.h"

#include <string.h>

#define MOST_SEGMENTS 100 /* of a JPEG, before those of its picture */
#define TAG           0x112
#define SHORT         3 /* the type of its value */
#define ENTRY         12

/* The block of Exif, which is a TIFF without a picture. */
struct block {
    const guint8 *at;
    gsize length;
    bool little; /* endian */
};

/* 0 beyond its end. */
static guint32
number_at(const struct block *block, gsize offset, guint bytes)
{
    guint32 number = 0;
    if (offset > block->length || block->length - offset < bytes)
        return 0;
    for (guint i = 0; i < bytes; i++)
        number = number << 8 | block->at[offset + (block->little ? bytes - 1 - i : i)];
    return number;
}

static guint
read_tag(const struct block *block)
{
    gsize directory = number_at(block, 4, 4);
    guint entries = number_at(block, directory, 2);
    for (guint i = 0; i < entries; i++) {
        gsize entry = directory + 2 + (gsize)i * ENTRY;
        if (number_at(block, entry, 2) != TAG)
            continue;
        guint value = number_at(block, entry + 8, 2);
        return number_at(block, entry + 2, 2) == SHORT && value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

static bool
find_block(const guint8 *at, gsize length, struct block *block)
{
    static const guint8 name[] = {'E', 'x', 'i', 'f', 0, 0};
    if (length < sizeof name + 8 || memcmp(at, name, sizeof name) != 0)
        return false;
    *block = (struct block){at + sizeof name, length - sizeof name, at[sizeof name] == 'I'};
    return (memcmp(block->at, "II", 2) == 0 || memcmp(block->at, "MM", 2) == 0) &&
           number_at(block, 2, 2) == 42;
}

guint
orientation_of_jpeg(const guint8 *bytes, gsize length)
{
    struct block block;
    gsize at = 2;
    for (int i = 0; i < MOST_SEGMENTS && at <= length && length - at > 4; i++) {
        while (length - at > 4 && bytes[at] == 0xff && bytes[at + 1] == 0xff)
            at++; /* what fills up before a marker */
        guint kind = bytes[at + 1];
        gsize size = (gsize)bytes[at + 2] << 8 | bytes[at + 3]; /* of it and what follows */
        bool begins = kind == 0xda || kind == 0xd9;             /* the picture, or the end */
        if (bytes[at] != 0xff || begins || size < 2 || size > length - at - 2)
            return 1;
        if (kind == 0xe1 && find_block(bytes + at + 4, size - 2, &block))
            return read_tag(&block);
        at += 2 + size;
    }
    return 1;
}

void
orientation_apply(struct pixels *pixels, guint orientation)
{
    /* mirrored first, and then its rows become columns */
    bool across = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8,
         down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7,
         swaps = orientation >= 5;
    guint width = pixels->width, height = pixels->height;
    if (orientation <= 1 || orientation > 8)
        return;
    guint8 *turned = g_malloc((gsize)width * height * 4);
    for (guint y = 0; y < height; y++) {
        for (guint x = 0; x < width; x++) {
            gsize to_x = across ? width - 1 - x : x, to_y = down ? height - 1 - y : y,
                  to = swaps ? to_x * height + to_y : to_y * width + to_x;
            memcpy(turned + to * 4, pixels->rgba + ((gsize)y * width + x) * 4, 4);
        }
    }
    g_free(pixels->rgba);
    pixels->rgba = turned;
    pixels->width = swaps ? height : width;
    pixels->height = swaps ? width : height;
}
