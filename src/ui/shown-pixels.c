/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wanted, chosen and shown, and the numbers by which Kitty keeps what it was sent. */
#include "config.h"

#include "ui/shown-pixels.h"

#define KITTY_FIRST 0x63720000u        /* its numbers of pictures: of this program, */
#define KITTY_COUNT 0x10000u           /* so many, by the serial numbers of rasters */
#define KITTY_MOST  (gsize)(64u << 20) /* bytes that it keeps, four a pixel */

struct kept {
    guint serial;
    gsize bytes;
};

struct shown_pixels *
shown_pixels_new(void)
{
    struct shown_pixels *pixels = g_new0(struct shown_pixels, 1);
    pixels->wanted = grid_graphics_new();
    pixels->chosen = grid_graphics_new();
    pixels->shown = grid_graphics_new();
    pixels->kept = g_array_new(FALSE, FALSE, sizeof(struct kept));
    return pixels;
}

void
shown_pixels_free(struct shown_pixels *pixels)
{
    g_array_unref(pixels->wanted);
    g_array_unref(pixels->chosen);
    g_array_unref(pixels->shown);
    g_array_unref(pixels->kept);
    g_free(pixels);
}

static const struct grid_graphic *
graphic_at(const GArray *graphics, guint i)
{
    return &g_array_index(graphics, struct grid_graphic, i);
}

static void
add(GArray *graphics, const struct grid_graphic *graphic)
{
    struct grid_graphic own = *graphic;
    raster_ref(own.raster);
    g_array_append_val(graphics, own);
}

static bool
same(const struct grid_graphic *a, const struct grid_graphic *b)
{
    return a->raster == b->raster && a->x == b->x && a->y == b->y && a->first == b->first &&
           a->columns == b->columns && a->rows == b->rows;
}

static bool
has(const GArray *graphics, const struct grid_graphic *graphic)
{
    for (guint i = 0; i < graphics->len; i++)
        if (same(graphic_at(graphics, i), graphic))
            return true;
    return false;
}

static bool
all_same(const GArray *a, const GArray *b)
{
    bool equal = a->len == b->len;
    for (guint i = 0; equal && i < a->len; i++)
        equal = same(graphic_at(a, i), graphic_at(b, i));
    return equal;
}

static bool
is_kept(const struct shown_pixels *pixels, const struct raster *raster)
{
    for (guint i = 0; i < pixels->kept->len; i++)
        if (g_array_index(pixels->kept, struct kept, i).serial == raster->serial)
            return true;
    return false;
}

/* --- choosing ------------------------------------------------------------------------------- */

/* The rows of pixels that stand in the place of a graphic's rows of cells. */
static guint
top_of(const struct grid_graphic *g)
{
    return (guint)g->first * g->raster->cell_height;
}

static guint
end_of(const struct grid_graphic *g)
{
    return MIN((guint)(g->first + g->rows) * g->raster->cell_height, g->raster->height);
}

/*
 * Whole in its width, made for cells of this size, with nothing put over it; and above the last
 * line of the screen, which would scroll.
 */
static bool
can_be_shown(const struct shown_pixels *pixels, const struct grid *grid, int width, int height,
             const struct grid_graphic *g)
{
    return g->raster->cell_width == pixels->way.cell_width &&
           g->raster->cell_height == pixels->way.cell_height && g->x + g->columns <= width &&
           g->y + g->rows < height && grid_shows_graphic(grid, g) && top_of(g) < end_of(g);
}

void
shown_pixels_choose(struct shown_pixels *pixels, const struct grid *grid, int width, int height,
                    gint64 now)
{
    g_autoptr(GArray) wanted = grid_graphics_new();
    for (guint i = 0; pixels->way.kind != GRAPHICS_NONE && i < grid->graphics->len; i++)
        if (can_be_shown(pixels, grid, width, height, graphic_at(grid->graphics, i)))
            add(wanted, graphic_at(grid->graphics, i));
    if (!all_same(wanted, pixels->wanted))
        pixels->moved = now;
    g_array_unref(pixels->wanted);
    pixels->wanted = g_array_ref(wanted);
    bool rests = now - pixels->moved >= SHOWN_PIXELS_REST * 1000;
    g_array_set_size(pixels->chosen, 0);
    for (guint i = 0; i < wanted->len; i++) {
        const struct grid_graphic *g = graphic_at(wanted, i);
        if (rests || has(pixels->shown, g) || is_kept(pixels, g->raster))
            add(pixels->chosen, g);
    }
    pixels->waits = pixels->chosen->len < wanted->len;
}

bool
shown_pixels_cover(const struct shown_pixels *pixels, int x, int y)
{
    for (guint i = 0; i < pixels->chosen->len; i++) {
        const struct grid_graphic *g = graphic_at(pixels->chosen, i);
        if (x >= g->x && x < g->x + g->columns && y >= g->y && y < g->y + g->rows)
            return true;
    }
    return false;
}

int
shown_pixels_timeout(const struct shown_pixels *pixels, gint64 now)
{
    gint64 left = pixels->moved + SHOWN_PIXELS_REST * 1000 - now;
    return pixels->waits ? (int)(MAX(left, 0) / 1000 + 1) : -1;
}

/* --- writing -------------------------------------------------------------------------------- */

static guint
kitty_id(guint serial)
{
    return KITTY_FIRST + serial % KITTY_COUNT;
}

/* The number of a place among those that show the same picture, from 1. */
static guint
placement(const GArray *graphics, guint index)
{
    guint number = 1;
    for (guint i = 0; i < index; i++)
        number += graphic_at(graphics, i)->raster == graphic_at(graphics, index)->raster;
    return number;
}

static bool
is_chosen(const struct shown_pixels *pixels, guint serial)
{
    for (guint i = 0; i < pixels->chosen->len; i++)
        if (graphic_at(pixels->chosen, i)->raster->serial == serial)
            return true;
    return false;
}

/* Has Kitty forget the oldest pictures that are not seen, until there is room for another. */
static void
make_room(struct shown_pixels *pixels, GString *out, gsize bytes)
{
    for (guint i = 0; i < pixels->kept->len && pixels->kept_bytes + bytes > KITTY_MOST;) {
        struct kept kept = g_array_index(pixels->kept, struct kept, i);
        if (is_chosen(pixels, kept.serial)) {
            i++;
            continue;
        }
        graphics_kitty_drop(out, kitty_id(kept.serial));
        pixels->kept_bytes -= kept.bytes;
        g_array_remove_index(pixels->kept, i);
    }
}

static void
send(struct shown_pixels *pixels, GString *out, const struct raster *raster)
{
    struct kept kept = {raster->serial, (gsize)raster->width * raster->height * 4};
    if (is_kept(pixels, raster))
        return;
    make_room(pixels, out, kept.bytes);
    graphics_kitty_send(out, raster, kitty_id(raster->serial));
    g_array_append_val(pixels->kept, kept);
    pixels->kept_bytes += kept.bytes;
}

static void
show(struct shown_pixels *pixels, GString *out, guint index)
{
    const struct grid_graphic *g = graphic_at(pixels->chosen, index);
    if (pixels->way.kind == GRAPHICS_KITTY)
        send(pixels, out, g->raster);
    g_string_append_printf(out, "\033[%d;%dH", g->y + 1, g->x + 1);
    if (pixels->way.kind == GRAPHICS_SIXEL)
        graphics_sixel(out, g->raster, top_of(g), end_of(g));
    else
        graphics_kitty_place(out, g->raster, kitty_id(g->raster->serial),
                             placement(pixels->chosen, index), top_of(g), end_of(g));
}

/* Whether one of the same number is at the same place in the other list. */
static bool
stays(const GArray *graphics, guint index, const GArray *others)
{
    const struct grid_graphic *g = graphic_at(graphics, index);
    for (guint i = 0; i < others->len; i++)
        if (same(graphic_at(others, i), g))
            return placement(graphics, index) == placement(others, i);
    return false;
}

void
shown_pixels_forget(struct shown_pixels *pixels, GString *out)
{
    /* one by one: the terminal may keep those of other programs */
    for (guint i = 0; i < pixels->kept->len; i++)
        graphics_kitty_drop(out, kitty_id(g_array_index(pixels->kept, struct kept, i).serial));
    g_array_set_size(pixels->kept, 0);
    pixels->kept_bytes = 0;
    g_array_set_size(pixels->shown, 0);
}

void
shown_pixels_write(struct shown_pixels *pixels, GString *out, bool cleared)
{
    if (cleared) /* Kitty keeps nothing then that is not shown */
        shown_pixels_forget(pixels, out);
    bool kitty = pixels->kept->len > 0;
    /* text that is written over Sixel takes it away */
    for (guint i = 0; kitty && i < pixels->shown->len; i++)
        if (!stays(pixels->shown, i, pixels->chosen))
            graphics_kitty_remove(out, kitty_id(graphic_at(pixels->shown, i)->raster->serial),
                                  placement(pixels->shown, i));
    for (guint i = 0; i < pixels->chosen->len; i++)
        if (!stays(pixels->chosen, i, pixels->shown))
            show(pixels, out, i);
    g_array_set_size(pixels->shown, 0);
    for (guint i = 0; i < pixels->chosen->len; i++)
        add(pixels->shown, graphic_at(pixels->chosen, i));
}

void
shown_pixels_rewritten(struct shown_pixels *pixels)
{
    if (pixels->way.kind == GRAPHICS_SIXEL)
        g_array_set_size(pixels->shown, 0);
}
