/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the store to the screen: the first byte picks how it is laid out, the second is the length
 * of a title of any bytes, the rest is a stored document.  Whatever they are, nothing is read past
 * its end, what is read is written and read alike, and the grid holds together.
 */
#include "config.h"

#include <string.h>

#include "fuzz/document-kit.h"
#include "reader/save.h"
#include "store/articles.h"
#include "ui/article-text.h"

static void
put_title(const char *title, struct grid *grid)
{
    grid_put(grid, 0, 0, title, grid->width, STYLE_TITLE);
    grid_put_paragraph(grid, 1, 0, 3, grid->height, title, STYLE_NORMAL);
    grid_restyle_matches(grid, 0, 0, title, title, STYLE_MATCH);
    grid_hyperlink(grid, 0, 0, 3, title);
    g_autofree char *cut = cells_ellipsize(title, 7, "…");
    grid_put(grid, 0, 1, cut, 7, STYLE_NORMAL);
    g_assert_true(grid_is_consistent(grid));
    g_autofree char *name = save_name(title, ".txt");
    g_assert_true(g_utf8_validate(name, -1, NULL) && *name != '-' && *name != '.' &&
                  !strchr(name, '/'));
}

static void
draw(struct document *document, uint8_t options, struct grid *grid)
{
    struct layout_options layout = {.width = options % 32 + 1,
                                    .ascii = options & 0x20,
                                    .tables = (enum layout_tables)(options >> 6) % 3,
                                    .links = (enum layout_links)(options >> 5) % 3};
    struct article_text text = {
        .document = document, .files = g_ptr_array_new(), .width = layout.width};
    document_link_pictures(document);
    text.layout = layout_new(document, &layout);
    char *const words[] = {(char *)"a", NULL};
    struct article_place place = {.left = 2,
                                  .width = layout.width,
                                  .shift = options % 7,
                                  .focus = 1,
                                  .focused = true,
                                  .hyperlinks = true,
                                  .words = words};
    for (int64_t i = 0; i < article_text_lines(&text); i++) {
        const struct layout_line *line = article_text_at(&text, i);
        g_assert_true(g_utf8_validate(line->text, -1, NULL));
        place.y = (int)(i % grid->height);
        if (place.y == 0)
            grid_clear(grid);
        article_text_draw(&text, grid, &place, line);
        g_assert_true(grid_is_consistent(grid));
    }
    layout_free(text.layout);
    g_ptr_array_unref(text.files);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct grid *grid = grid_new(40, 6);
    size_t length = MIN(data[1], size - 2);
    g_autofree char *title = g_strndup((const char *)data + 2, length);
    put_title(title, grid);
    struct document *document = document_deserialize(data + 2 + length, size - 2 - length);
    if (document) {
        check_document(document);
        draw(document, data[0], grid);
        document_finish(document);
        check_document(document);
        document_free(document);
    }
    grid_free(grid);
    return 0;
}
