/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each pixel is the mean of those that it stands for.  The colours are those of the boxes into
 * which the cube of all is cut, always at the middle of the one that spreads most (median cut);
 * what a pixel is off is handed on to its neighbours (Floyd and Steinberg).
 */
#include "config.h"

#include "picture/scale.h"

#include <stdlib.h>
#include <string.h>

#define BITS   5 /* of each part of a colour, by which colours are counted */
#define LEVELS (1u << BITS)
#define BINS   (LEVELS * LEVELS * LEVELS)

/* --- fewer pixels --------------------------------------------------------------------------- */

/* The mean of an area of pixels, each as much as it is opaque. */
static void
mean(const struct pixels *pixels, guint left, guint top, guint right, guint bottom, guint8 out[4])
{
    guint64 sums[3] = {0, 0, 0}, opaque = 0, count = (guint64)(right - left) * (bottom - top);
    for (guint y = top; y < bottom; y++) {
        const guint8 *from = pixels->rgba + ((gsize)y * pixels->width + left) * 4;
        for (guint x = left; x < right; x++, from += 4) {
            for (int c = 0; c < 3; c++)
                sums[c] += (guint64)from[c] * from[3];
            opaque += from[3];
        }
    }
    for (int c = 0; c < 3; c++)
        out[c] = opaque ? (guint8)(sums[c] / opaque) : 0;
    out[3] = (guint8)(opaque / count);
}

static struct pixels *
shrink(const struct pixels *pixels, guint width, guint height)
{
    struct pixels *small = pixels_new(width, height);
    for (guint y = 0; y < height; y++) {
        guint top = (guint)((guint64)y * pixels->height / height),
              bottom = (guint)((guint64)(y + 1) * pixels->height / height);
        for (guint x = 0; x < width; x++) {
            guint left = (guint)((guint64)x * pixels->width / width),
                  right = (guint)((guint64)(x + 1) * pixels->width / width);
            mean(pixels, left, top, MAX(right, left + 1), MAX(bottom, top + 1),
                 small->rgba + ((gsize)y * width + x) * 4);
        }
    }
    return small;
}

/* --- few colours ---------------------------------------------------------------------------- */

struct box {
    guint low[3], high[3]; /* levels; high is inside */
    guint64 weight;        /* pixels in it, times how far it spreads */
    guint widest;          /* which part spreads most */
};

static guint
bin_of(guint red, guint green, guint blue)
{
    return (red << BITS | green) << BITS | blue;
}

/* Calls for each level of one part how many pixels are in a box there. */
static guint64
count_levels(const guint32 *bins, const struct box *box, guint part, guint64 counts[LEVELS])
{
    guint64 all = 0;
    memset(counts, 0, sizeof *counts * LEVELS);
    for (guint r = box->low[0]; r <= box->high[0]; r++)
        for (guint g = box->low[1]; g <= box->high[1]; g++)
            for (guint b = box->low[2]; b <= box->high[2]; b++) {
                guint32 count = bins[bin_of(r, g, b)];
                counts[part == 0 ? r : part == 1 ? g : b] += count;
                all += count;
            }
    return all;
}

/* Makes a box as small as what is in it. */
static void
fit(const guint32 *bins, struct box *box)
{
    guint64 counts[LEVELS], all = 0;
    guint spread = 0;
    box->widest = 0;
    for (guint part = 0; part < 3; part++) {
        all = count_levels(bins, box, part, counts);
        while (all && box->low[part] < box->high[part] && !counts[box->low[part]])
            box->low[part]++;
        while (all && box->low[part] < box->high[part] && !counts[box->high[part]])
            box->high[part]--;
        if (box->high[part] - box->low[part] > spread) {
            spread = box->high[part] - box->low[part];
            box->widest = part;
        }
    }
    box->weight = all * spread;
}

/* Cuts a box where half of what is in it is on either side. */
static struct box
cut(const guint32 *bins, struct box *box)
{
    guint64 counts[LEVELS], half = count_levels(bins, box, box->widest, counts) / 2, seen = 0;
    guint part = box->widest, at = box->low[part];
    for (; at + 1 < box->high[part]; at++) {
        seen += counts[at];
        if (seen >= half)
            break;
    }
    struct box other = *box;
    box->high[part] = at;
    other.low[part] = at + 1;
    fit(bins, box);
    fit(bins, &other);
    return other;
}

/* The mean of the colours of a box; by bins, each for its middle. */
static guint32
color_of(const guint32 *bins, const struct box *box)
{
    guint32 color = 0;
    for (guint part = 0; part < 3; part++) {
        guint64 counts[LEVELS], sum = 0, all = count_levels(bins, box, part, counts);
        for (guint i = 0; i < LEVELS; i++)
            sum += counts[i] * (i * 255 / (LEVELS - 1));
        color = color << 8 | (guint32)(all ? sum / all : 0);
    }
    return color;
}

static void
choose_colors(struct raster *raster, const struct pixels *pixels, guint most)
{
    g_autofree guint32 *bins = g_new0(guint32, BINS);
    g_autofree struct box *boxes = g_new0(struct box, RASTER_MAX_COLORS);
    const guint8 *at = pixels->rgba;
    for (gsize i = 0; i < (gsize)pixels->width * pixels->height; i++, at += 4)
        if (at[3] >= 128)
            bins[bin_of(at[0] >> (8 - BITS), at[1] >> (8 - BITS), at[2] >> (8 - BITS))]++;
    boxes[0] = (struct box){.high = {LEVELS - 1, LEVELS - 1, LEVELS - 1}};
    fit(bins, &boxes[0]);
    guint count = 1;
    while (count < MIN(most, RASTER_MAX_COLORS)) {
        guint best = 0;
        for (guint i = 1; i < count; i++)
            if (boxes[i].weight > boxes[best].weight)
                best = i;
        if (!boxes[best].weight)
            break;
        boxes[count] = cut(bins, &boxes[best]);
        count++;
    }
    raster->count = count;
    for (guint i = 0; i < count; i++)
        raster->colors[i] = color_of(bins, &boxes[i]);
}

static guint
nearest(const struct raster *raster, const int rgb[3])
{
    guint best = 0;
    int least = G_MAXINT;
    for (guint i = 0; i < raster->count; i++) {
        guint32 color = raster->colors[i];
        int red = rgb[0] - (int)(color >> 16), green = rgb[1] - (int)(color >> 8 & 255),
            blue = rgb[2] - (int)(color & 255),
            distance = 3 * red * red + 4 * green * green + 2 * blue * blue;
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

/* What was nearest is looked up once for all colours that are alike. */
static guint
nearest_known(const struct raster *raster, const int rgb[3], guint16 *known)
{
    guint bin = bin_of((guint)rgb[0] >> (8 - BITS), (guint)rgb[1] >> (8 - BITS),
                       (guint)rgb[2] >> (8 - BITS));
    if (!known[bin])
        known[bin] = (guint16)(nearest(raster, rgb) + 1);
    return known[bin] - 1u;
}

static void
color_pixels(struct raster *raster, const struct pixels *pixels)
{
    guint width = raster->width;
    g_autofree guint16 *known = g_new0(guint16, BINS);
    /* what is handed on to this row and the next, with a pixel more at either side */
    g_autofree int *errors = g_new0(int, (gsize)(width + 2) * 2 * 3);
    int *here = errors + 3, *below = here + (gsize)(width + 2) * 3;
    for (guint y = 0; y < raster->height; y++) {
        const guint8 *from = pixels->rgba + (gsize)y * width * 4;
        memset(below - 3, 0, sizeof *below * (width + 2) * 3);
        for (guint x = 0; x < width; x++, from += 4) {
            int rgb[3], *e = here + (gsize)x * 3, *b = below + (gsize)x * 3;
            guint8 *to = &raster->pixels[(gsize)y * width + x];
            if (from[3] < 128) {
                *to = (guint8)raster->count;
                continue;
            }
            for (int c = 0; c < 3; c++)
                rgb[c] = CLAMP(from[c] + e[c] / 16, 0, 255);
            guint color = nearest_known(raster, rgb, known);
            *to = (guint8)color;
            for (int c = 0; c < 3; c++) {
                int off = rgb[c] - (int)(raster->colors[color] >> (16 - 8 * c) & 255);
                e[c + 3] += off * 7;
                b[c - 3] += off * 3;
                b[c] += off * 5;
                b[c + 3] += off;
            }
        }
        int *swap = here;
        here = below;
        below = swap;
    }
}

bool
picture_scale_size(const struct pixels *pixels, const struct drawn_request *request, guint *width,
                   guint *height)
{
    guint64 w = MIN(pixels->width, (guint64)request->columns * request->cell_width),
            h = MIN(pixels->height, (guint64)request->rows * request->cell_height);
    if (!w || !h)
        return false;
    /* the side that is too long for the other */
    if (w * pixels->height > h * pixels->width)
        w = MAX(h * pixels->width / pixels->height, 1);
    else
        h = MAX(w * pixels->height / pixels->width, 1);
    while (w * h > RASTER_MAX_PIXELS) {
        w = MAX(w * 9 / 10, 1);
        h = MAX(h * 9 / 10, 1);
    }
    *width = (guint)w;
    *height = (guint)h;
    return true;
}

struct raster *
picture_scale(const struct pixels *pixels, const struct drawn_request *request)
{
    guint width, height;
    if (!request->palette || !picture_scale_size(pixels, request, &width, &height))
        return NULL;
    AUTO(pixels_free) struct pixels *small = shrink(pixels, width, height);
    struct raster *raster = raster_new(width, height);
    choose_colors(raster, small, request->palette);
    color_pixels(raster, small);
    return raster;
}
