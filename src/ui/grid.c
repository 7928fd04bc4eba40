/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells, and pictures of them. */
#include "config.h"

#include "ui/grid.h"
#include "text/cells.h"
#include "text/match.h"

#include <string.h>

static void
hyperlink_clear(gpointer data)
{
    g_free(((struct hyperlink *)data)->url);
}

static void
graphic_clear(gpointer data)
{
    raster_unref(((struct grid_graphic *)data)->raster);
}

GArray *
grid_graphics_new(void)
{
    GArray *graphics = g_array_new(FALSE, FALSE, sizeof(struct grid_graphic));
    g_array_set_clear_func(graphics, graphic_clear);
    return graphics;
}

struct grid *
grid_new(int width, int height)
{
    struct grid *grid = g_new0(struct grid, 1);
    grid->width = MAX(width, 1);
    grid->height = MAX(height, 1);
    grid->cells = g_new0(struct cell, (gsize)grid->width * grid->height);
    grid->hyperlinks = g_array_new(FALSE, FALSE, sizeof(struct hyperlink));
    g_array_set_clear_func(grid->hyperlinks, hyperlink_clear);
    grid->graphics = grid_graphics_new();
    grid_clear(grid);
    return grid;
}

void
grid_free(struct grid *grid)
{
    g_array_unref(grid->hyperlinks);
    g_array_unref(grid->graphics);
    g_free(grid->cells);
    g_free(grid);
}

static struct cell *
at(const struct grid *grid, int x, int y)
{
    return &grid->cells[y * grid->width + x];
}

static void
blank(struct cell *cell, enum style style)
{
    *cell = (struct cell){.text = " ", .width = 1, .style = (guint8)style};
}

void
grid_clear(struct grid *grid)
{
    for (int i = 0; i < grid->width * grid->height; i++)
        blank(&grid->cells[i], STYLE_NORMAL);
    grid->cursor_x = grid->cursor_y = 0;
    g_array_set_size(grid->hyperlinks, 0);
    g_array_set_size(grid->graphics, 0);
}

/* A wide character whose one half is overwritten leaves a blank. */
static void
break_wide(struct grid *grid, int x, int y)
{
    struct cell *cell = at(grid, x, y);
    if (cell->width == 0 && x > 0)
        blank(at(grid, x - 1, y), at(grid, x - 1, y)->style);
    if (cell->width == 2 && x + 1 < grid->width)
        blank(at(grid, x + 1, y), cell->style);
}

/* Text as it may be walked through: what is no UTF-8 is replaced, whoever wrote it. */
static const char *
valid_text(const char *text, char **owned)
{
    if (g_utf8_validate(text, -1, NULL))
        return text;
    return *owned = g_utf8_make_valid(text, -1);
}

int
grid_put(struct grid *grid, int x, int y, const char *text, int cells, enum style style)
{
    if (y < 0 || y >= grid->height || x < 0)
        return x;
    g_autofree char *owned = NULL;
    text = valid_text(text, &owned);
    int edge = MIN(grid->width, x + MAX(cells, 0));
    while (*text && x < edge) {
        int whole;
        gsize length = cells_next_cluster(text, &whole);
        if (length == 0 || x + whole > edge)
            break;
        for (gsize from = 0; from < length;) {
            struct cell part = {.style = (guint8)style};
            int width;
            from += cells_split(text + from, length - from, &width, part.text);
            if (width == 0)
                continue;
            part.width = (guint8)width;
            break_wide(grid, x, y);
            *at(grid, x, y) = part;
            if (width == 2) {
                break_wide(grid, x + 1, y);
                *at(grid, x + 1, y) = (struct cell){.width = 0, .style = (guint8)style};
            }
            x += width;
        }
        text += length;
    }
    return x;
}

void
grid_put_symbol(struct grid *grid, int x, int y, gunichar symbol, guint32 ink, guint32 paper)
{
    if (y < 0 || y >= grid->height || x < 0 || x >= grid->width)
        return;
    struct cell cell = {
        .width = 1, .style = STYLE_NORMAL, .picture = true, .ink = ink, .paper = paper};
    cell.text[g_unichar_to_utf8(symbol, cell.text)] = '\0';
    break_wide(grid, x, y);
    *at(grid, x, y) = cell;
}

void
grid_put_graphic(struct grid *grid, int x, int y, int columns, int row, struct raster *raster)
{
    struct grid_graphic *last =
        grid->graphics->len
            ? &g_array_index(grid->graphics, struct grid_graphic, grid->graphics->len - 1)
            : NULL;
    if (last && last->raster == raster && last->x == x && last->columns == columns &&
        last->y + last->rows == y && last->first + last->rows == row) {
        last->rows++;
        return;
    }
    struct grid_graphic graphic = {x, y, columns, 1, row, raster_ref(raster)};
    g_array_append_val(grid->graphics, graphic);
}

bool
grid_shows_graphic(const struct grid *grid, const struct grid_graphic *graphic)
{
    if (graphic->x < 0 || graphic->y < 0 || graphic->x + graphic->columns > grid->width ||
        graphic->y + graphic->rows > grid->height)
        return false;
    for (int y = graphic->y; y < graphic->y + graphic->rows; y++)
        for (int x = graphic->x; x < graphic->x + graphic->columns; x++)
            if (!grid->cells[y * grid->width + x].picture)
                return false;
    return true;
}

int
grid_put_paragraph(struct grid *grid, int x, int y, int cells, int end, const char *text,
                   enum style style)
{
    g_autofree char *owned = NULL;
    text = valid_text(text, &owned);
    gsize length = strlen(text), at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    while (at < length && y < end) {
        gsize next;
        gsize stop = cells_line(text, length, at, breaks, cells, &next);
        g_autofree char *part = g_strndup(text + at, stop - at);
        if (grid)
            grid_put(grid, x, y, part, cells, style);
        y++;
        at = next;
    }
    return y;
}

void
grid_fill(struct grid *grid, int x, int y, int cells, enum style style)
{
    if (y < 0 || y >= grid->height)
        return;
    for (int i = MAX(x, 0); i < MIN(x + cells, grid->width); i++) {
        break_wide(grid, i, y);
        blank(at(grid, i, y), style);
    }
}

void
grid_restyle(struct grid *grid, int x, int y, int cells, enum style style)
{
    if (y < 0 || y >= grid->height)
        return;
    for (int i = MAX(x, 0); i < MIN(x + cells, grid->width); i++)
        at(grid, i, y)->style = (guint8)style;
}

void
grid_restyle_matches(struct grid *grid, int x, int y, const char *text, const char *word,
                     enum style style)
{
    g_autofree char *owned = NULL, *owned_word = NULL;
    text = valid_text(text, &owned);
    char *const words[] = {(char *)valid_text(word, &owned_word), NULL};
    g_autoptr(GArray) matches = text_matches(text, words, true, 0);
    for (guint i = 0; i < matches->len; i++) {
        struct text_range match = g_array_index(matches, struct text_range, i);
        grid_restyle(grid, x + cells_width(text, (gssize)match.start), y,
                     cells_width(text + match.start, (gssize)match.length), style);
    }
}

void
grid_hyperlink(struct grid *grid, int x, int y, int cells, const char *url)
{
    for (const char *p = url; *p; p++)
        if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7f)
            return;
    if (y < 0 || y >= grid->height || x < 0 || x >= grid->width || cells <= 0)
        return;
    struct hyperlink link = {x, y, MIN(cells, grid->width - x), g_strdup(url)};
    g_array_append_val(grid->hyperlinks, link);
}

bool
grid_is_consistent(const struct grid *grid)
{
    for (int y = 0; y < grid->height; y++) {
        for (int x = 0; x < grid->width; x++) {
            const struct cell *cell = at(grid, x, y);
            if (cell->width == 2 && (x + 1 >= grid->width || at(grid, x + 1, y)->width != 0))
                return false;
            if (cell->width == 0 && (x == 0 || at(grid, x - 1, y)->width != 2))
                return false;
            if (!g_utf8_validate(cell->text, -1, NULL) ||
                (cell->text[0] && (unsigned char)cell->text[0] < 0x20))
                return false;
        }
    }
    return grid->cursor_x >= 0 && grid->cursor_x < grid->width && grid->cursor_y >= 0 &&
           grid->cursor_y < grid->height;
}

void
grid_set_off(struct grid *grid, int x, int y, int cells, enum style style)
{
    for (int i = x; i < x + cells; i++)
        if (y >= 0 && y < grid->height && i >= 0 && i < grid->width &&
            at(grid, i, y)->style != STYLE_MATCH && at(grid, i, y)->style != STYLE_FOUND)
            at(grid, i, y)->style = (guint8)style;
}

static char *
line_text(const struct grid *grid, int y)
{
    GString *line = g_string_new(NULL);
    for (int x = 0; x < grid->width; x++)
        g_string_append(line, at(grid, x, y)->text);
    return g_strchomp(g_string_free(line, FALSE));
}

void
grid_dump(const struct grid *grid, FILE *out)
{
    for (int y = 0; y < grid->height; y++) {
        g_autofree char *line = line_text(grid, y);
        fprintf(out, "%s\n", line);
    }
}

char
grid_style_letter(enum style style)
{
    static const char letters[STYLE_COUNT + 1] = ".BTKdseHCQLFUMmE*S|-+";
    return letters[style];
}

void
grid_dump_styles(const struct grid *grid, FILE *out)
{
    for (int y = 0; y < grid->height; y++) {
        GString *line = g_string_new(NULL);
        for (int x = 0; x < grid->width; x++)
            g_string_append_c(line, grid_style_letter((enum style)at(grid, x, y)->style));
        while (line->len && line->str[line->len - 1] == '.')
            g_string_truncate(line, line->len - 1);
        fprintf(out, "%s\n", line->str);
        g_string_free(line, TRUE);
    }
}

bool
grid_contains(const struct grid *grid, const char *text)
{
    for (int y = 0; y < grid->height; y++) {
        g_autofree char *line = line_text(grid, y);
        if (strstr(line, text))
            return true;
    }
    return false;
}
