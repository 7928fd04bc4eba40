/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forming tables. */
#include "config.h"

#include "document/table.h"

#define MIN_PLACES 64 /* columns that any table may have */
#define MAX_SLOTS  (1 << 20)

struct place {
    const struct table_cell *cell;
    guint row, column;
};

/* Where each cell begins; a cell that would lie beyond the limit is in no place. */
static GArray *
find_places(const struct block *table, guint limit)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));
    /* rows from this one on that are covered from above */
    g_autofree guint *busy = g_new0(guint, limit);
    guint used = 0; /* columns of it that may not be 0 */
    for (guint r = 0; r < table->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, r);
        guint column = 0;
        for (guint c = 0; c < row->len; c++) {
            const struct table_cell *cell = g_ptr_array_index(row, c);
            while (column < limit && busy[column])
                column++;
            if (column >= limit)
                break;
            struct place place = {cell, r, column};
            g_array_append_val(places, place);
            guint span = MIN(cell->columns, limit - column);
            for (guint i = 0; i < span; i++)
                busy[column + i] = MAX(busy[column + i], cell->rows);
            column += span;
            used = MAX(used, column);
        }
        for (guint i = 0; i < used; i++)
            busy[i] -= busy[i] > 0;
    }
    return places;
}

void
table_grid_init(struct table_grid *grid, const struct block *table)
{
    *grid = (struct table_grid){.rows = table->rows->len, .columns = 1};
    guint widest = 1;
    for (guint r = 0; r < grid->rows; r++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, r);
        guint columns = 0;
        for (guint c = 0; c < row->len; c++)
            columns = MIN(columns + ((const struct table_cell *)g_ptr_array_index(row, c))->columns,
                          MAX_SLOTS);
        widest = MAX(widest, columns);
    }
    /* room beside what rows above cover, too */
    guint limit = MIN(widest * 2 + MIN_PLACES, MAX(MAX_SLOTS / MAX(grid->rows, 1), MIN_PLACES));
    g_autoptr(GArray) places = find_places(table, limit);
    for (guint i = 0; i < places->len; i++)
        grid->columns = MAX(grid->columns, g_array_index(places, struct place, i).column + 1);
    grid->slots = g_new0(struct table_slot, (gsize)MAX(grid->rows, 1) * grid->columns);
    for (guint i = 0; i < places->len; i++) {
        const struct place *place = &g_array_index(places, struct place, i);
        guint columns = table_span(grid, place->column, place->cell),
              rows = MIN(place->cell->rows, grid->rows - place->row);
        for (guint r = 0; r < rows; r++)
            for (guint c = 0; c < columns; c++) {
                struct table_slot *slot =
                    &grid->slots[(gsize)(place->row + r) * grid->columns + place->column + c];
                if (!slot->cell) /* where cells overlap, the first stays */
                    *slot = (struct table_slot){place->cell, r == 0 && c == 0};
            }
    }
}

void
table_grid_clear(struct table_grid *grid)
{
    g_clear_pointer(&grid->slots, g_free);
}
