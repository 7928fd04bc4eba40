/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out one or two columns, and drawing them. */
#include "config.h"

#include "ui/columns.h"
#include "text/cells.h"
#include "ui/find.h"

void
columns_init(struct columns *c, int width, bool beside)
{
    c->sides[0] = layout_new_empty();
    c->sides[1] = beside ? layout_new_empty() : NULL;
    c->width = width;
}

void
columns_clear(struct columns *c)
{
    layout_free(c->sides[0]);
    g_clear_pointer(&c->sides[1], layout_free);
}

void
columns_level(struct columns *c)
{
    for (int i = 0; c->sides[1] && i < 2; i++)
        while (c->sides[i]->lines->len < c->sides[!i]->lines->len)
            layout_add(c->sides[i], "", 0, 0);
}

void
columns_blank(struct columns *c)
{
    columns_level(c);
    layout_add(c->sides[0], "", 0, 0);
    columns_level(c);
}

int64_t
columns_count(const struct columns *c)
{
    return c->sides[0]->lines->len;
}

static const struct layout_line *
line_at(const struct columns *c, int side, int64_t line)
{
    return g_ptr_array_index(c->sides[side]->lines, line);
}

const char *
columns_text(const struct columns *c, int side, int64_t line)
{
    return line_at(c, side, line)->text;
}

int
columns_measure(const struct app *app, const struct area *area, bool beside, int *left)
{
    int width;
    app_measure(app, area, left, &width);
    if (!beside)
        return width;
    int most = app->session->context->settings->values.read_measure;
    int column = MIN((area->width - 4 - COLUMNS_GAP) / 2, most);
    *left = area->x + MAX((area->width - 2 * column - COLUMNS_GAP) / 2, 1);
    return column;
}

static enum style
style_of(const struct layout_run *run)
{
    if (run->style & LAYOUT_DELETED)
        return STYLE_DELETED;
    if (run->style & LAYOUT_INSERTED)
        return STYLE_INSERTED;
    if (run->style & LAYOUT_HEADING)
        return STYLE_HEADING;
    if (run->style & LAYOUT_DIM)
        return STYLE_DIM;
    if (run->style & LAYOUT_STRONG)
        return STYLE_STRONG;
    return run->style & LAYOUT_QUOTE ? STYLE_QUOTE : STYLE_NORMAL;
}

static void
draw_side(const struct columns *c, int side, struct grid *grid, int x, int y, int64_t line)
{
    const struct layout_line *l = line_at(c, side, line);
    grid_put(grid, x, y, l->text, c->width, STYLE_NORMAL);
    for (guint i = 0; i < l->runs->len; i++) {
        const struct layout_run *run = &g_array_index(l->runs, struct layout_run, i);
        grid_restyle(grid, x + cells_width(l->text, run->start), y,
                     cells_width(l->text + run->start, run->length), style_of(run));
    }
}

void
columns_draw(const struct columns *c, const struct app *app, struct grid *grid, int x, int y,
             int64_t line, const struct view *view)
{
    for (int side = 0; side <= (c->sides[1] != NULL); side++) {
        int left = x + side * (c->width + COLUMNS_GAP);
        draw_side(c, side, grid, left, y, line);
        if (view->find)
            grid_restyle_matches(grid, left, y, columns_text(c, side, line), view->find,
                                 find_style(view, line));
    }
    if (c->sides[1])
        grid_put(grid, x + c->width + 1, y, app_sign(app, "│", "|"), 1, STYLE_BORDER);
}
