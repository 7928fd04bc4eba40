/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table layout.  Spanned cells are put into a regular grid first. */
#include "config.h"

#include "document/layout-table.h"
#include "text/cells.h"

#include <string.h>

#define MAX_COLUMNS 64
#define MIN_COLUMN 6

struct table_grid {
    guint columns, rows;
    const struct table_cell **cells; /* rows x columns; NULL where a span covers or nothing is */
    int *natural;                    /* widest line of each column */
    int *width;
};

static const struct table_cell **
slot(const struct table_grid *grid, guint row, guint column)
{
    return &grid->cells[row * grid->columns + column];
}

static int
widest_line(const struct table_cell *cell)
{
    g_auto(GStrv) lines = g_strsplit(cell->content.text->str, "\n", -1);
    int widest = 0;
    for (char **line = lines; *line; line++)
        widest = MAX(widest, cells_width(*line, -1));
    return widest;
}

static void
grid_fill(struct table_grid *grid, const struct block *table)
{
    g_autofree guint *busy = g_new0(guint, grid->columns); /* rows still covered from above */
    for (guint r = 0; r < grid->rows; r++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, r);
        guint column = 0;
        for (guint c = 0; c < row->len; c++) {
            const struct table_cell *cell = g_ptr_array_index(row, c);
            while (column < grid->columns && busy[column])
                column++;
            if (column >= grid->columns)
                break;
            *slot(grid, r, column) = cell;
            guint span = MIN(cell->columns, grid->columns - column);
            for (guint i = 0; i < span; i++)
                busy[column + i] = MIN(cell->rows, grid->rows - r);
            if (span == 1)
                grid->natural[column] = MAX(grid->natural[column], widest_line(cell));
            column += span;
        }
        for (guint i = 0; i < grid->columns; i++)
            if (busy[i])
                busy[i]--;
    }
}

/* Widths that fit into `room` cells; false when columns would become too narrow to read. */
static bool
grid_fit(struct table_grid *grid, int room)
{
    int total = 0;
    room -= 3 * ((int)grid->columns - 1);
    for (guint c = 0; c < grid->columns; c++) {
        grid->width[c] = MAX(grid->natural[c], 1);
        total += grid->width[c];
    }
    while (total > room) {
        /* shrink the widest column to the second widest, or as far as needed */
        guint widest = 0;
        int second = 0;
        for (guint c = 1; c < grid->columns; c++)
            if (grid->width[c] > grid->width[widest])
                widest = c;
        for (guint c = 0; c < grid->columns; c++)
            if (c != widest)
                second = MAX(second, grid->width[c]);
        int target = MAX(MIN(second, grid->width[widest] - 1), grid->width[widest] - (total - room));
        if (target < MIN_COLUMN)
            return false;
        total -= grid->width[widest] - target;
        grid->width[widest] = target;
    }
    return true;
}

static void
draw_rule(struct layout *layout, const struct table_grid *grid, bool ascii, guint block)
{
    GString *line = g_string_new(NULL);
    for (guint c = 0; c < grid->columns; c++) {
        if (c)
            g_string_append(line, ascii ? "-+-" : "─┼─");
        for (int i = 0; i < grid->width[c]; i++)
            g_string_append(line, ascii ? "-" : "─");
    }
    layout_add(layout, line->str, LAYOUT_DIM, block);
    g_string_free(line, TRUE);
}

/* The lines of one cell, wrapped to a width. */
static GPtrArray *
cell_lines(const struct table_cell *cell, int width)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    const char *text = cell->content.text->str;
    gsize length = cell->content.text->len, at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    while (at < length) {
        gsize next;
        gsize end = cells_line(text, length, at, breaks, width, &next);
        g_ptr_array_add(lines, g_strndup(text + at, end - at));
        at = next;
    }
    return lines;
}

static void
draw_row(struct layout *layout, const struct table_grid *grid, guint row, bool ascii, guint block)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    guint height = 1;
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_cell *cell = *slot(grid, row, c);
        int width = grid->width[c];
        if (cell)
            for (guint i = 1; i < cell->columns && c + i < grid->columns; i++)
                width += grid->width[c + i] + 3;
        GPtrArray *lines = cell ? cell_lines(cell, width) : g_ptr_array_new();
        g_ptr_array_add(cells, lines);
        height = MAX(height, lines->len);
    }
    for (guint y = 0; y < height; y++) {
        GString *text = g_string_new(NULL);
        g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(struct layout_run));
        for (guint c = 0; c < grid->columns;) {
            const struct table_cell *cell = *slot(grid, row, c);
            guint span = cell ? MIN(cell->columns, grid->columns - c) : 1;
            int width = grid->width[c];
            for (guint i = 1; i < span; i++)
                width += grid->width[c + i] + 3;
            if (c) {
                const char *bar = ascii ? " | " : " │ ";
                struct layout_run run = {(guint)text->len, (guint)strlen(bar), LAYOUT_DIM, 0};
                g_array_append_val(runs, run);
                g_string_append(text, bar);
            }
            const GPtrArray *lines = g_ptr_array_index(cells, c);
            const char *part = y < lines->len ? g_ptr_array_index(lines, y) : "";
            if (cell && cell->header && *part) {
                struct layout_run run = {(guint)text->len, (guint)strlen(part), LAYOUT_STRONG, 0};
                g_array_append_val(runs, run);
            }
            g_string_append(text, part);
            c += span;
            if (c < grid->columns)
                g_string_append_printf(text, "%*s", MAX(width - cells_width(part, -1), 0), "");
        }
        struct layout_line *line = layout_add(layout, text->str, 0, block);
        g_array_append_vals(line->runs, runs->data, runs->len);
        line->offset = row;
        g_string_free(text, TRUE);
    }
}

static bool
is_header_row(const struct table_grid *grid, guint row)
{
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_cell *cell = *slot(grid, row, c);
        if (cell && !cell->header)
            return false;
    }
    return true;
}

static void
draw_grid(struct layout *layout, const struct table_grid *grid, bool ascii, guint block)
{
    for (guint r = 0; r < grid->rows; r++) {
        draw_row(layout, grid, r, ascii, block);
        if (r == 0 && grid->rows > 1)
            draw_rule(layout, grid, ascii, block);
    }
}

static void
draw_records(struct layout *layout, const struct table_grid *grid, const struct layout_options *o, guint block)
{
    /* the first row names the values when it is a header, or when there are rows below it */
    bool named = grid->rows > 1 && (is_header_row(grid, 0) || grid->columns > 2);
    for (guint r = named ? 1 : 0; r < grid->rows; r++) {
        if (r > (named ? 1u : 0u))
            layout_add(layout, "", 0, block);
        for (guint c = 0; c < grid->columns; c++) {
            const struct table_cell *cell = *slot(grid, r, c), *head = named ? *slot(grid, 0, c) : NULL;
            if (!cell || !cell->content.text->len)
                continue;
            GString *text = g_string_new(NULL);
            GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct span));
            struct rich_text rich = {text, spans};
            if (head && head->content.text->len) {
                rich_append(&rich, head->content.text->str, -1, LAYOUT_STRONG, 0);
                rich_append(&rich, ": ", -1, 0, 0);
            }
            rich_append(&rich, cell->content.text->str, -1, 0, 0);
            g_strdelimit(text->str, "\n", ' ');
            layout_wrap(layout, &rich, "", "  ", o->width, 0, block);
            g_string_free(text, TRUE);
            g_array_unref(spans);
        }
    }
}

void
layout_table(struct layout *layout, const struct block *table, const struct layout_options *o, guint block)
{
    struct table_grid grid = {.rows = table->rows->len};
    for (guint r = 0; r < grid.rows; r++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, r);
        guint columns = 0;
        for (guint c = 0; c < row->len; c++)
            columns += ((const struct table_cell *)g_ptr_array_index(row, c))->columns;
        grid.columns = MAX(grid.columns, columns);
    }
    grid.columns = CLAMP(grid.columns, 1, MAX_COLUMNS);
    grid.cells = g_new0(const struct table_cell *, (gsize)grid.rows * grid.columns);
    grid.natural = g_new0(int, grid.columns);
    grid.width = g_new0(int, grid.columns);
    grid_fill(&grid, table);
    if (grid_fit(&grid, o->width))
        draw_grid(layout, &grid, o->ascii, block);
    else
        draw_records(layout, &grid, o, block);
    g_free(grid.cells);
    g_free(grid.natural);
    g_free(grid.width);
}
