/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table layout. */
#include "config.h"

#include "document/layout-table.h"
#include "document/table.h"
#include "text/cells.h"

#include <string.h>
#include <unilbrk.h>

#define MAX_COLUMNS     64 /* of a table that is drawn; others are records */
#define MIN_COLUMN      6
#define LONG_WORD       24  /* what is longer may be cut */
#define MOST_NAMES      8   /* of columns, before a cell that spans them */
#define LONGEST_HEADING 120 /* bytes of what is one of rows */
#define WHOLE_COLUMN    60  /* the widest column of a table that is shown whole */

/* A table while it is laid out. */
struct drawing {
    struct table_grid grid;
    int *natural; /* widest line of each column */
    int *least;   /* its widest word */
    int *width;
    guint titles; /* rows at the top that are above all columns */
    guint heads;  /* where the rows behind them end that name the columns, by their elements */
};

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

/*
 * Makes room in the last of the columns that a cell spans, as far as all of them are too narrow for
 * it.
 */
static void
make_room(int *widths, guint column, guint span, int wanted)
{
    guint last = column + span - 1;
    for (guint i = column; i < last; i++)
        wanted -= MAX(widths[i], 1) + 3;
    widths[last] = MAX(widths[last], wanted);
}

static void
measure(struct drawing *d, bool spanned)
{
    for (guint r = 0; r < d->grid.rows; r++) {
        for (guint c = 0; c < d->grid.columns; c++) {
            const struct table_slot *slot = table_slot(&d->grid, r, c);
            guint span = slot->first ? table_span(&d->grid, c, slot->cell) : 0;
            if (!span || (span > 1) != spanned)
                continue;
            int line = widest_line(slot->cell), word = MIN(widest_word(slot->cell), line);
            make_room(d->natural, c, span, line);
            make_room(d->least, c, span, word);
        }
    }
}

/* Widths that fit into `room` cells; false when words would have to be cut. */
static bool
fit(struct drawing *d, int room)
{
    int total = 0;
    if (d->grid.columns > MAX_COLUMNS)
        return false;
    room -= 3 * ((int)d->grid.columns - 1);
    for (guint c = 0; c < d->grid.columns; c++) {
        d->width[c] = MAX(d->natural[c], 1);
        total += d->width[c];
    }
    while (total > room) {
        /* shrink the widest column that can be shrunk, to the next wider one or as far as needed */
        guint widest = d->grid.columns;
        int second = 0;
        for (guint c = 0; c < d->grid.columns; c++)
            if (d->width[c] > MAX(d->least[c], MIN_COLUMN) &&
                (widest == d->grid.columns || d->width[c] > d->width[widest]))
                widest = c;
        if (widest == d->grid.columns)
            return false;
        for (guint c = 0; c < d->grid.columns; c++)
            if (c != widest && d->width[c] < d->width[widest])
                second = MAX(second, d->width[c]);
        int target =
            MAX(MAX(second, d->width[widest] - (total - room)), MAX(d->least[widest], MIN_COLUMN));
        total -= d->width[widest] - target;
        d->width[widest] = target;
    }
    return true;
}

static void
draw_rule(struct layout *layout, const struct drawing *d, bool ascii, guint block)
{
    GString *line = g_string_new(NULL);
    for (guint c = 0; c < d->grid.columns; c++) {
        if (c)
            g_string_append(line, ascii ? "-+-" : "─┼─");
        for (int i = 0; i < d->width[c]; i++)
            g_string_append(line, ascii ? "-" : "─");
    }
    layout_add(layout, line->str, LAYOUT_DIM, block);
    g_string_free(line, TRUE);
}

/* Their natural widths, but for prose that is wrapped. */
static bool
fit_whole(struct drawing *d)
{
    for (guint c = 0; c < d->grid.columns; c++)
        d->width[c] = CLAMP(d->natural[c], 1, WHOLE_COLUMN);
    return d->grid.columns <= MAX_COLUMNS;
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

/* The cells that a cell of `span` columns takes, the bars between them included. */
static int
width_of(const struct drawing *d, guint column, guint span)
{
    int width = d->width[column];
    for (guint i = 1; i < span; i++)
        width += d->width[column + i] + 3;
    return width;
}

/* The columns that stand as one in a row from this one on. */
static guint
span_at(const struct drawing *d, guint row, guint column)
{
    const struct table_slot *slot = table_slot(&d->grid, row, column);
    return slot->first ? table_span(&d->grid, column, slot->cell) : 1;
}

static void
draw_row(struct layout *layout, const struct drawing *d, guint row, bool ascii, guint block)
{
    guint columns = d->grid.columns, height = 1;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint c = 0; c < columns; c++) {
        const struct table_slot *slot = table_slot(&d->grid, row, c);
        GArray *lines = slot->first ? cell_lines(slot->cell, width_of(d, c, span_at(d, row, c)))
                                    : g_array_new(FALSE, FALSE, sizeof(struct cell_line));
        g_ptr_array_add(cells, lines);
        height = MAX(height, lines->len);
    }
    for (guint y = 0; y < height; y++) {
        GString *text = g_string_new(NULL);
        g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(struct layout_run));
        for (guint c = 0; c < columns;) {
            const struct table_cell *cell =
                table_slot(&d->grid, row, c)->first ? table_slot(&d->grid, row, c)->cell : NULL;
            guint span = span_at(d, row, c);
            if (c) {
                const char *bar = ascii ? " | " : " │ ";
                struct layout_run run = {(guint)text->len, (guint)strlen(bar), LAYOUT_DIM, 0};
                g_array_append_val(runs, run);
                g_string_append(text, bar);
            }
            const GArray *lines = g_ptr_array_index(cells, c);
            struct cell_line part = y < lines->len ? g_array_index(lines, struct cell_line, y)
                                                   : (struct cell_line){0, 0};
            const char *from = cell ? cell->content.text->str + part.from : "";
            gsize length = part.to - part.from;
            if (cell)
                layout_copy_runs(runs, &cell->content, part.from, part.to, (guint)text->len,
                                 cell->header ? LAYOUT_STRONG : 0);
            g_string_append_len(text, from, (gssize)length);
            int width = width_of(d, c, span);
            c += span;
            if (c < columns)
                g_string_append_printf(text, "%*s",
                                       MAX(width - cells_width(from, (gssize)length), 0), "");
        }
        struct layout_line *line = layout_add(layout, text->str, 0, block);
        g_array_append_vals(line->runs, runs->data, runs->len);
        line->offset = row;
        g_string_free(text, TRUE);
    }
}

/*
 * Where the columns begin, of a column that is wider than there is room the parts that have some,
 * up to where the end is seen; NULL where all has room.  Owned, of int.
 */
static GArray *
stops_of(const struct drawing *d, int room)
{
    int total = d->grid.columns ? width_of(d, 0, d->grid.columns) : 0, column = 0, last = 0;
    if (total <= room || room < 1)
        return NULL;
    GArray *stops = g_array_new(FALSE, FALSE, sizeof(int));
    for (guint c = 0; c < d->grid.columns; c++) {
        for (int at = column; at < column + d->width[c]; at += room) {
            if (at && total - last <= room) /* the end is seen */
                return stops;
            g_array_append_val(stops, at);
            last = at;
        }
        column += d->width[c] + 3;
    }
    return stops;
}

static bool
is_header_row(const struct table_grid *grid, guint row)
{
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_cell *cell = table_slot(grid, row, c)->cell;
        if (cell && !cell->header)
            return false;
    }
    return true;
}

/* Whether a cell goes on from a row into the one below. */
static bool
spans_rows(const struct table_grid *grid, guint row)
{
    for (guint c = 0; c < grid->columns && row + 1 < grid->rows; c++) {
        const struct table_cell *cell = table_slot(grid, row, c)->cell;
        if (cell && cell == table_slot(grid, row + 1, c)->cell)
            return true;
    }
    return false;
}

/* The one cell of a row that is above all columns: a title of what is below it; or NULL. */
static const struct table_cell *
title_of(const struct table_grid *grid, guint row)
{
    const struct table_slot *slot = table_slot(grid, row, 0);
    bool whole = slot->first && grid->columns > 1 &&
                 table_span(grid, 0, slot->cell) == grid->columns && slot->cell->rows == 1;
    return whole && slot->cell->content.text->len ? slot->cell : NULL;
}

static guint
count_titles(const struct table_grid *grid)
{
    guint titles = 0;
    while (titles + 1 < grid->rows && title_of(grid, titles))
        titles++;
    return titles;
}

/*
 * Where the rows of headers behind the titles end, all that a cell of the first one spans included;
 * some row is left.
 */
static guint
end_of_heads(const struct table_grid *grid, guint titles)
{
    guint heads = titles;
    while (heads < grid->rows && is_header_row(grid, heads) && !title_of(grid, heads))
        heads++;
    while (heads > titles && heads < grid->rows && spans_rows(grid, heads - 1))
        heads--; /* what names a row as well is no name of a column */
    return heads < grid->rows ? heads : titles;
}

/*
 * The same where no element says so: it is the first row alone, or with those that all its cells
 * span but one of several columns, which has more names under it.  Some row is left.
 */
static guint
likely_heads(const struct table_grid *grid, guint titles)
{
    if (titles && title_of(grid, titles - 1)->header)
        return titles; /* who names a title by its element would name these */
    guint end = titles + 1;
    bool groups = false, spanned = true;
    while (end < grid->rows && spans_rows(grid, end - 1))
        end++;
    if (end == titles + 1)
        return end;
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_cell *cell = table_slot(grid, titles, c)->cell;
        bool group = cell && cell->rows == 1 && cell->columns > 1;
        groups |= group;
        spanned &= !cell || group || cell->rows == end - titles;
    }
    return groups && spanned && end < grid->rows ? end : titles;
}

static void
draw_grid(struct layout *layout, const struct drawing *d, bool ascii, guint block)
{
    guint heads = d->heads > d->titles ? d->heads : likely_heads(&d->grid, d->titles);
    for (guint r = 0; r < d->grid.rows; r++) {
        draw_row(layout, d, r, ascii, block);
        if (r + 1 == heads && heads < d->grid.rows)
            draw_rule(layout, d, ascii, block);
    }
}

/* Content with its styles and links. */
static void
append_content(struct rich_text *rich, const struct rich_text *content)
{
    struct rich_cursor cursor = {content, 0, 0};
    for (struct rich_piece piece; rich_next(&cursor, &piece);)
        rich_append(rich, piece.text, (gssize)piece.length, piece.style, piece.link);
}

/*
 * "Hours, from", what the rows at the top call a column; behind another one only what those do not
 * call that, too.
 */
static void
append_name(struct rich_text *rich, const struct drawing *d, guint heads, guint column,
            bool behind_other)
{
    const struct table_cell *last = NULL;
    for (guint r = d->titles; r < heads; r++) {
        const struct table_cell *head = table_slot(&d->grid, r, column)->cell;
        if (!head || head == last || !head->content.text->len ||
            (behind_other && table_slot(&d->grid, r, column - 1)->cell == head))
            continue;
        if (last || behind_other)
            rich_append(rich, ", ", -1, LAYOUT_STRONG, 0);
        rich_append(rich, head->content.text->str, -1, LAYOUT_STRONG, 0);
        last = head;
    }
}

/* "Monday, Tuesday: ", the columns of a cell; what has all of them is of none. */
static void
append_names(struct rich_text *rich, const struct drawing *d, guint heads, guint row, guint column)
{
    const struct table_cell *cell = table_slot(&d->grid, row, column)->cell;
    guint end = column + 1;
    while (end < d->grid.columns && table_slot(&d->grid, row, end)->cell == cell)
        end++;
    if (end - column == d->grid.columns && end > 1)
        return;
    gsize before = rich->text->len;
    append_name(rich, d, heads, column, false);
    for (guint c = column + 1; c < MIN(end, column + MOST_NAMES); c++)
        append_name(rich, d, heads, c, rich->text->len > before);
    if (end > column + MOST_NAMES)
        rich_append(rich, ", ...", -1, LAYOUT_STRONG, 0);
    if (rich->text->len > before)
        rich_append(rich, ": ", -1, 0, 0);
}

static bool
is_name(const struct table_grid *grid, guint row, guint column)
{
    const struct table_cell *cell = table_slot(grid, row, column)->cell;
    return cell && cell->header;
}

/* "Monday, morning: ", the headers in the columns [from, end) of a row, the last of many. */
static void
append_row_name(struct rich_text *rich, const struct table_grid *grid, guint row, guint from,
                guint end)
{
    const struct table_cell *last = NULL;
    from = end - MIN(end - from, MOST_NAMES);
    for (; from < end; from++) {
        const struct table_cell *cell = table_slot(grid, row, from)->cell;
        if (cell == last || !cell->content.text->len)
            continue;
        rich_append(rich, last ? ", " : "", -1, LAYOUT_STRONG, 0);
        rich_append(rich, cell->content.text->str, -1, LAYOUT_STRONG, 0);
        last = cell;
    }
    rich_append(rich, last ? ": " : "", -1, 0, 0);
}

/* Whether each row is named by its first cell, and no row names columns. */
static bool
has_row_names(const struct table_grid *grid)
{
    for (guint r = 0; r < grid->rows; r++) {
        const struct table_cell *first = table_slot(grid, r, 0)->cell,
                                *last = table_slot(grid, r, grid->columns - 1)->cell;
        if (title_of(grid, r))
            continue;
        if (!first || !first->header || !last || last->header)
            return false;
    }
    return true;
}

/* Whether there are words in a row: one of numbers alone names nothing. */
static bool
has_words(const struct table_grid *grid, guint row)
{
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_cell *cell = table_slot(grid, row, c)->cell;
        for (const char *p = cell ? cell->content.text->str : ""; *p; p = g_utf8_next_char(p))
            if (g_unichar_isalpha(g_utf8_get_char(p)))
                return true;
    }
    return false;
}

/* Whether a title is a heading of the rows below it; a sentence, as at the end, is none. */
static bool
is_heading(const struct table_grid *grid, guint row)
{
    const char *text = title_of(grid, row)->content.text->str;
    return row + 1 < grid->rows && strlen(text) <= LONGEST_HEADING && !strchr(text, '\n') &&
           !g_str_has_suffix(text, ".") && !g_str_has_suffix(text, "。");
}

/* A line of a record: what it is called, and the content. */
static void
draw_value(struct layout *layout, struct rich_text *name, const struct table_cell *cell, int width,
           guint style, guint block)
{
    append_content(name, &cell->content);
    g_strdelimit(name->text->str, "\n", ' ');
    layout_wrap(layout, name, "", "  ", width, style, block);
}

static void
draw_title(struct layout *layout, const struct drawing *d, guint row, int width, guint block)
{
    struct rich_text none;
    rich_init(&none);
    draw_value(layout, &none, title_of(&d->grid, row), width,
               is_heading(&d->grid, row) ? LAYOUT_HEADING : 0, block);
    rich_clear(&none);
}

/* Where the values of a row end that headers in it name. */
static guint
end_of_values(const struct table_grid *grid, guint row)
{
    guint end = grid->columns;
    while (end) {
        const struct table_cell *cell = table_slot(grid, row, end - 1)->cell;
        if (cell && !cell->header && cell->content.text->len)
            break;
        end--;
    }
    return end;
}

/*
 * A row says all that is so in it, what a cell above spans too.  named: headers in it name what
 * stands behind them, and one without that stands for itself.
 */
static void
draw_record(struct layout *layout, const struct drawing *d, guint row, guint heads, bool named,
            int width, guint block)
{
    guint values = named ? end_of_values(&d->grid, row) : 0, from = 0, end = 0;
    for (guint c = 0; c < d->grid.columns; c++) {
        const struct table_cell *cell = table_slot(&d->grid, row, c)->cell;
        if (c < values && is_name(&d->grid, row, c)) {
            from = end == c ? from : c;
            end = c + 1;
            continue;
        }
        if (!cell || !cell->content.text->len ||
            (c && table_slot(&d->grid, row, c - 1)->cell == cell))
            continue;
        struct rich_text name;
        rich_init(&name);
        append_row_name(&name, &d->grid, row, from, cell->header ? from : end);
        append_names(&name, d, heads, row, c);
        draw_value(layout, &name, cell, width, 0, block);
        rich_clear(&name);
    }
}

static void
draw_records(struct layout *layout, const struct drawing *d, int width, guint block)
{
    /* the first row names the values when it is a header, or has words and rows below it */
    bool headed = d->heads > d->titles, named = !headed && has_row_names(&d->grid),
         likely = !headed && !named && d->grid.rows > d->titles + 1 && d->grid.columns > 2 &&
                  has_words(&d->grid, d->titles);
    guint heads = likely ? likely_heads(&d->grid, d->titles) : d->heads;
    const char *between = NULL;
    for (guint r = 0; r < d->grid.rows; r++) {
        if (r >= d->titles && r < heads)
            continue;
        if (between)
            layout_add(layout, between, 0, block);
        between = "";
        if (title_of(&d->grid, r))
            draw_title(layout, d, r, width, block);
        else
            draw_record(layout, d, r, heads, named, width, block);
    }
}

static void
row_free(gpointer row)
{
    g_ptr_array_unref(row);
}

/* The table as it is shown: with the numbers of its links. */
static GPtrArray *
shown_rows(const struct document *document, const struct block *table,
           const struct layout_options *o)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    for (guint r = 0; r < table->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, r);
        GPtrArray *shown = g_ptr_array_new();
        g_ptr_array_add(rows, shown);
        for (guint c = 0; c < row->len; c++) {
            const struct table_cell *from = g_ptr_array_index(row, c);
            struct table_cell *cell = block_add_cell(shown);
            cell->columns = from->columns;
            cell->rows = from->rows;
            cell->header = from->header;
            layout_with_links(document, &from->content, o, &cell->content);
        }
    }
    return rows;
}

void
layout_table(struct layout *layout, const struct document *document, const struct block *table,
             const struct layout_options *o, guint block)
{
    g_autoptr(GPtrArray) rows = shown_rows(document, table, o);
    struct drawing d;
    table_grid_init(&d.grid, &(struct block){.type = BLOCK_TABLE, .rows = rows});
    d.natural = g_new0(int, d.grid.columns);
    d.least = g_new0(int, d.grid.columns);
    d.width = g_new0(int, d.grid.columns);
    d.titles = count_titles(&d.grid);
    d.heads = end_of_heads(&d.grid, d.titles);
    measure(&d, false);
    measure(&d, true);
    bool drawn = o->tables != LAYOUT_TABLES_RECORDS &&
                 (o->tables == LAYOUT_TABLES_WHOLE ? fit_whole(&d) : fit(&d, o->width));
    guint from = layout->lines->len;
    GArray *stops = drawn ? stops_of(&d, o->width) : NULL;
    if (drawn)
        draw_grid(layout, &d, o->ascii, block);
    else
        draw_records(layout, &d, o->width, block);
    if (stops)
        layout_set_stops(layout, from, stops);
    table_grid_clear(&d.grid);
    g_free(d.natural);
    g_free(d.least);
    g_free(d.width);
}
