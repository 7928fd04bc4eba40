/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table layout.  Spanned cells are put into a regular grid first. */
#include "config.h"

#include "document/layout-table.h"
#include "text/cells.h"

#include <string.h>
#include <unilbrk.h>

#define MAX_COLUMNS 64     /* of a table that is drawn; others are records */
#define MAX_CELLS (1 << 20)
#define MIN_COLUMN 6
#define LONG_WORD 24       /* what is longer may be cut */
#define WHOLE_COLUMN 60    /* the widest column of a table that is shown whole */

struct table_grid {
    guint columns, rows;
    const struct table_cell **cells; /* rows x columns; NULL where a span covers or nothing is */
    int *natural;                    /* widest line of each column */
    int *least;                      /* its widest word */
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

/* The widest stretch that cannot be broken, up to a limit: what is longer is cut anyway. */
static int
widest_word(const struct table_cell *cell)
{
    const char *text = cell->content.text->str;
    gsize length = cell->content.text->len, from = 0;
    int widest = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    for (gsize at = 1; at <= length; at++) {
        if (at < length && breaks[at] != UC_BREAK_POSSIBLE && breaks[at] != UC_BREAK_MANDATORY)
            continue;
        gsize end = at;
        while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\n'))
            end--;
        widest = MAX(widest, cells_width(text + from, (gssize)(end - from)));
        from = at;
    }
    return MIN(widest, LONG_WORD);
}

static void
measure(struct table_grid *grid, guint column, const struct table_cell *cell)
{
    grid->natural[column] = MAX(grid->natural[column], widest_line(cell));
    grid->least[column] = MAX(grid->least[column], MIN(widest_word(cell), grid->natural[column]));
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
                measure(grid, column, cell);
            column += span;
        }
        for (guint i = 0; i < grid->columns; i++)
            if (busy[i])
                busy[i]--;
    }
}

/* Widths that fit into `room` cells; false when words would have to be cut. */
static bool
grid_fit(struct table_grid *grid, int room)
{
    int total = 0;
    if (grid->columns > MAX_COLUMNS)
        return false;
    room -= 3 * ((int)grid->columns - 1);
    for (guint c = 0; c < grid->columns; c++) {
        grid->width[c] = MAX(grid->natural[c], 1);
        total += grid->width[c];
    }
    while (total > room) {
        /* shrink the widest column that can be shrunk, to the next wider one or as far as needed */
        guint widest = grid->columns;
        int second = 0;
        for (guint c = 0; c < grid->columns; c++)
            if (grid->width[c] > MAX(grid->least[c], MIN_COLUMN) && (widest == grid->columns || grid->width[c] > grid->width[widest]))
                widest = c;
        if (widest == grid->columns)
            return false;
        for (guint c = 0; c < grid->columns; c++)
            if (c != widest && grid->width[c] < grid->width[widest])
                second = MAX(second, grid->width[c]);
        int target = MAX(MAX(second, grid->width[widest] - (total - room)), MAX(grid->least[widest], MIN_COLUMN));
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

/* Their natural widths, but for prose that is wrapped. */
static bool
grid_whole(struct table_grid *grid)
{
    for (guint c = 0; c < grid->columns; c++)
        grid->width[c] = CLAMP(grid->natural[c], 1, WHOLE_COLUMN);
    return grid->columns <= MAX_COLUMNS;
}

/* A line of a cell: bytes [from, to) of its text. */
struct cell_line {
    gsize from, to;
};

/* The lines of one cell, wrapped to a width; of struct cell_line. */
static GArray *
cell_lines(const struct table_cell *cell, int width)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct cell_line));
    const char *text = cell->content.text->str;
    gsize length = cell->content.text->len, at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    while (at < length) {
        gsize next;
        struct cell_line line = {at, cells_line(text, length, at, breaks, width, &next)};
        g_array_append_val(lines, line);
        at = next;
    }
    return lines;
}

static void
draw_row(struct layout *layout, const struct table_grid *grid, guint row, bool ascii, guint block)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    guint height = 1;
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_cell *cell = *slot(grid, row, c);
        int width = grid->width[c];
        if (cell)
            for (guint i = 1; i < cell->columns && c + i < grid->columns; i++)
                width += grid->width[c + i] + 3;
        GArray *lines = cell ? cell_lines(cell, width) : g_array_new(FALSE, FALSE, sizeof(struct cell_line));
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
            const GArray *lines = g_ptr_array_index(cells, c);
            struct cell_line part = y < lines->len ? g_array_index(lines, struct cell_line, y) : (struct cell_line){0, 0};
            const char *from = cell ? cell->content.text->str + part.from : "";
            gsize length = part.to - part.from;
            if (cell)
                layout_copy_runs(runs, &cell->content, part.from, part.to, (guint)text->len, cell->header ? LAYOUT_STRONG : 0);
            g_string_append_len(text, from, (gssize)length);
            c += span;
            if (c < grid->columns)
                g_string_append_printf(text, "%*s", MAX(width - cells_width(from, (gssize)length), 0), "");
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

/* A cell's text with its styles and links. */
static void
append_content(struct rich_text *rich, const struct rich_text *content)
{
    gsize at = 0;
    for (guint i = 0; i < content->spans->len; i++) {
        const struct span *span = &g_array_index(content->spans, struct span, i);
        rich_append(rich, content->text->str + at, (gssize)(span->start - at), 0, 0);
        rich_append(rich, content->text->str + span->start, (gssize)span->length, span->style, span->link);
        at = span->start + span->length;
    }
    rich_append(rich, content->text->str + at, (gssize)(content->text->len - at), 0, 0);
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
            append_content(&rich, &cell->content);
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
    grid.columns = CLAMP(grid.columns, 1, MAX(MAX_CELLS / MAX(grid.rows, 1), MAX_COLUMNS));
    grid.cells = g_new0(const struct table_cell *, (gsize)grid.rows * grid.columns);
    grid.natural = g_new0(int, grid.columns);
    grid.least = g_new0(int, grid.columns);
    grid.width = g_new0(int, grid.columns);
    grid_fill(&grid, table);
    bool drawn = o->tables != LAYOUT_TABLES_RECORDS && (o->tables == LAYOUT_TABLES_WHOLE ? grid_whole(&grid) : grid_fit(&grid, o->width));
    if (drawn)
        draw_grid(layout, &grid, o->ascii, block);
    else
        draw_records(layout, &grid, o, block);
    g_free(grid.cells);
    g_free(grid.natural);
    g_free(grid.least);
    g_free(grid.width);
}
