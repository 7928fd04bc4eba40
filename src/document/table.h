/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table's cells in a regular grid, so that what spans rows or columns shifts nothing (HTML
 * 4.9.12, forming a table).
 */
#pragma once

#include "document/document.h"

struct table_slot {
    const struct table_cell *cell; /* that covers the place; NULL: none */
    bool first;                    /* the cell begins here */
};

struct table_grid {
    guint columns, rows;      /* columns: those in which a cell begins, at least 1 */
    struct table_slot *slots; /* rows x columns */
};

void table_grid_init(struct table_grid *grid, const struct block *table);
void table_grid_clear(struct table_grid *grid);

static inline const struct table_slot *
table_slot(const struct table_grid *grid, guint row, guint column)
{
    return &grid->slots[(gsize)row * grid->columns + column];
}

/* The columns that a cell which begins in `column` takes of the grid. */
static inline guint
table_span(const struct table_grid *grid, guint column, const struct table_cell *cell)
{
    return MIN(cell->columns, grid->columns - column);
}
