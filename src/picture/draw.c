/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libchafa chooses for each cell the symbol and the two colours that come nearest. */
#include "config.h"

#include "picture/draw.h"
#include "picture/scale.h"

#include <chafa.h>

#define CELL_RATIO 0.5f /* a cell is twice as high as it is wide */

static ChafaCanvasMode
mode_of(enum drawn_colors colors)
{
    static const ChafaCanvasMode modes[] = {[DRAWN_MONOCHROME] = CHAFA_CANVAS_MODE_FGBG,
                                            [DRAWN_16] = CHAFA_CANVAS_MODE_INDEXED_16,
                                            /* the first 16 are what the user made of them */
                                            [DRAWN_256] = CHAFA_CANVAS_MODE_INDEXED_240,
                                            [DRAWN_RGB] = CHAFA_CANVAS_MODE_TRUECOLOR};
    return modes[colors];
}

static guint32
color_of(gint raw, enum drawn_colors colors)
{
    return raw < 0 || colors == DRAWN_MONOCHROME ? 0 : DRAWN_COLOR | ((guint32)raw & 0xffffff);
}

static struct drawn *
take_cells(ChafaCanvas *canvas, guint columns, guint rows, enum drawn_colors colors)
{
    struct drawn *drawn = drawn_new(columns, rows, colors);
    for (guint i = 0; i < columns * rows; i++) {
        gint x = (gint)(i % columns), y = (gint)(i / columns), ink, paper;
        chafa_canvas_get_raw_colors_at(canvas, x, y, &ink, &paper);
        gunichar symbol = chafa_canvas_get_char_at(canvas, x, y);
        drawn->cells[i] = (struct drawn_cell){drawn_is_symbol(symbol) ? symbol : ' ',
                                              color_of(ink, colors), color_of(paper, colors)};
    }
    return drawn;
}

struct drawn *
picture_draw(const struct pixels *pixels, const struct drawn_request *request)
{
    ChafaSymbolMap *symbols = chafa_symbol_map_new();
    ChafaCanvasConfig *config = chafa_canvas_config_new();
    gint columns = (gint)request->columns, rows = (gint)request->rows;
    guint width, height;
    chafa_set_n_threads(1); /* no other can be started behind the fence */
    if (picture_scale_size(pixels, request, &width, &height)) {
        columns = (gint)((width + request->cell_width - 1) / request->cell_width);
        rows = (gint)((height + request->cell_height - 1) / request->cell_height);
    } else {
        chafa_calc_canvas_geometry((gint)pixels->width, (gint)pixels->height, &columns, &rows,
                                   CELL_RATIO, FALSE, FALSE);
    }
    columns = CLAMP(columns, 1, (gint)request->columns);
    rows = CLAMP(rows, 1, (gint)request->rows);
    chafa_symbol_map_add_by_tags(symbols, request->symbols == DRAWN_BLOCKS
                                              ? CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID |
                                                    CHAFA_SYMBOL_TAG_HALF | CHAFA_SYMBOL_TAG_QUAD |
                                                    CHAFA_SYMBOL_TAG_BLOCK
                                              : CHAFA_SYMBOL_TAG_ASCII);
    chafa_canvas_config_set_symbol_map(config, symbols);
    chafa_canvas_config_set_canvas_mode(config, mode_of(request->colors));
    chafa_canvas_config_set_fg_color(config, request->ground == DRAWN_LIGHT ? 0 : 0xffffff);
    chafa_canvas_config_set_bg_color(config, request->ground == DRAWN_LIGHT ? 0xffffff : 0);
    chafa_canvas_config_set_geometry(config, columns, rows);
    chafa_canvas_config_set_transparency_threshold(config, 0.5f);
    ChafaCanvas *canvas = chafa_canvas_new(config);
    chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, pixels->rgba,
                                 (gint)pixels->width, (gint)pixels->height,
                                 (gint)pixels->width * 4);
    struct drawn *drawn = take_cells(canvas, (guint)columns, (guint)rows, request->colors);
    drawn->raster = picture_scale(pixels, request);
    chafa_canvas_unref(canvas);
    chafa_canvas_config_unref(config);
    chafa_symbol_map_unref(symbols);
    return drawn;
}
