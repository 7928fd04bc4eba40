/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the rows of the first view in few cells. */
#pragma once

#include "ui/app.h"
#include "ui/sections-rows.h"

/* What a row counts; newly allocated, may be empty. */
char *section_row_counts(const struct section_row *row, int width);

/* How far its name is indented. */
int section_row_indent(const struct section_row *row);

/* Sets row->name of all rows, in an area of so many cells: cut, but so that no two are alike. */
void sections_name_rows(const GPtrArray *rows, const struct app *app, int width);
