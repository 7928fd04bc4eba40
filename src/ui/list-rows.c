/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a list: signs, date, title, source; the snippet below them. */
#include "config.h"

#include "base/i18n.h"
#include "reader/heading.h"
#include "reader/snippet.h"
#include "text/cells.h"
#include "text/match.h"
#include "ui/list-view.h"

#include <string.h>

/* Text in which the words that are searched for are set off. */
static void
put_matched(const struct list_view *v, struct grid *grid, int x, int y, const char *text, int cells,
            enum style style)
{
    static char *const none[] = {NULL};
    g_autoptr(GArray)
        ranges = text_matches(text, v->query ? v->query->words : (char **)none, false, 0);
    int end = x + cells;
    gsize at = 0;
    for (guint i = 0; i <= ranges->len; i++) {
        struct text_range range = i < ranges->len ? g_array_index(ranges, struct text_range, i)
                                                  : (struct text_range){strlen(text), 0};
        g_autofree char *before = g_strndup(text + at, range.start - at),
                        *match = g_strndup(text + range.start, range.length);
        x = grid_put(grid, x, y, before, end - x, style);
        x = grid_put(grid, x, y, match, end - x, STYLE_MATCH);
        at = range.start + range.length;
    }
}

/* Whether there is a line for the snippet below the rows. */
static bool
has_snippet(const struct list_view *v)
{
    return v->window.count && v->query && *v->query->words && v->base.area.height >= 6;
}

static int
snippet_width(const struct list_view *v)
{
    return v->base.area.width - 5;
}

/* Finds the words of the article under the cursor around what was searched for. */
static void
find_snippet(struct list_view *v, const struct app *app)
{
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    if (!row || row->id == v->snippet_of)
        return;
    g_free(v->snippet);
    v->snippet =
        snippet_of(app->session->store, row->id, v->query, (guint)MAX(snippet_width(v), 1));
    v->snippet_of = row->id;
    if (app->ascii && v->snippet) {
        g_auto(GStrv) parts = g_strsplit(v->snippet, "…", -1);
        g_free(v->snippet);
        v->snippet = g_strjoinv("~", parts);
    }
}

static void
draw_snippet(const struct list_view *v, const struct app *app, struct grid *grid, int y)
{
    int width = snippet_width(v);
    g_autofree char *cut = v->snippet ? cells_ellipsize(v->snippet, width, app_sign(app, "…", "~"))
                                      : NULL;
    if (cut)
        put_matched(v, grid, v->base.area.x + 4, y, cut, width, STYLE_DIM);
}

/* The three columns of signs before the date. */
static void
draw_signs(const struct app *app, struct grid *grid, int x, int y, const struct article_row *row)
{
    if (row->unread)
        grid_put(grid, x, y, app_sign(app, "●", "N"), 1, STYLE_UNREAD);
    if (row->starred)
        grid_put(grid, x + 1, y, app_sign(app, "★", "*"), 1, STYLE_STAR);
    if (row->withdrawn)
        grid_put(grid, x + 2, y, app_sign(app, "✗", "x"), 1, STYLE_ERROR);
    else if (row->revised)
        grid_put(grid, x + 2, y, app_sign(app, "Δ", "~"), 1, STYLE_DIM);
    else if (row->attachments)
        grid_put(grid, x + 2, y, "@", 1, STYLE_DIM);
}

/* Returns the column of the title. */
static int
draw_row(const struct list_view *v, const struct app *app, struct grid *grid,
         const struct area *area, int y, const struct article_row *row)
{
    int x = area->x + 4, end = area->x + area->width - 1;
    bool narrow = area->width < 60;
    draw_signs(app, grid, area->x, y, row);
    if (row->published.precision != DATE_NONE) {
        struct date day = row->published;
        day.precision = DATE_DAY;
        g_autofree char *text = date_iso(&day);
        /* month and day where it is narrow */
        grid_put(grid, x, y, narrow ? text + 5 : text, 10, STYLE_DIM);
    }
    x += narrow ? 6 : 11;
    int source = !v->window.listing.source && area->width >= 76 ? MIN(18, area->width / 5) : 0;
    const char *ellipsis = app_sign(app, "…", "~");
    g_autofree char *cut =
        cells_ellipsize(heading_title(row), end - x - (source ? source + 2 : 0), ellipsis);
    put_matched(v, grid, x, y, cut, end - x, row->unread ? STYLE_UNREAD : STYLE_NORMAL);
    if (v->base.find)
        grid_restyle_matches(grid, x, y, cut, v->base.find);
    if (source) {
        g_autofree char *name = cells_ellipsize(row->source_label, source, ellipsis);
        grid_put(grid, end - source, y, name, source, STYLE_DIM);
    }
    return x;
}

static const char *
why_empty(const struct list_view *v)
{
    return v->query                         ? _("No article matches.")
           : v->window.listing.starred_only ? _("No article has a star yet.")
           : v->window.listing.unread_only  ? _("Everything here is read. H shows it again.")
                                            : _("There are no articles here yet. r fetches.");
}

void
list_lay_out(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    bool snippet = has_snippet(v);
    int height = view->area.height - snippet;
    v->window.height = height;
    window_count_on(&v->window, view->scroll.cursor + height);
    view->scroll.count = v->window.count;
    scroller_fit(&view->scroll, height);
    for (int i = 0; i < scroller_shown(&view->scroll); i++)
        window_row(&v->window, view->scroll.top + i); /* it is in memory now */
    if (snippet)
        find_snippet(v, app);
}

/* A row that is in memory, else NULL. */
static const struct article_row *
row_at(const struct list_view *v, int64_t place)
{
    int64_t i = place - v->window.from;
    return i >= 0 && i < (int64_t)v->window.rows->len ? g_ptr_array_index(v->window.rows, i) : NULL;
}

static void
draw_rows(const struct list_view *v, const struct app *app, struct grid *grid, bool focused)
{
    const struct area *area = &v->base.area;
    for (int i = 0; i < scroller_shown(&v->base.scroll); i++) {
        int64_t place = v->base.scroll.top + i;
        const struct article_row *row = row_at(v, place);
        if (!row)
            break;
        int x = draw_row(v, app, grid, area, area->y + i, row);
        bool current = place == v->base.scroll.cursor;
        if (selection_has(&v->selection, row->id, place, v->base.scroll.cursor) ||
            (current && !focused))
            grid_set_off(grid, area->x, area->y + i, area->width, STYLE_SELECTED);
        if (current && focused) {
            grid_set_off(grid, area->x, area->y + i, area->width, STYLE_FOCUS);
            grid->cursor_x = x;
            grid->cursor_y = area->y + i;
        }
    }
}

void
list_draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct list_view *v = (const struct list_view *)view;
    const struct area *area = &view->area;
    int height = view->scroll.height;
    if (v->window.count) {
        draw_rows(v, app, grid, focused);
        if (has_snippet(v))
            draw_snippet(v, app, grid, area->y + height);
        return;
    }
    int left, width;
    app_measure(app, area, &left, &width);
    grid_put_paragraph(grid, left, area->y + (height > 2), width, area->y + height, why_empty(v),
                       STYLE_DIM);
    if (focused) {
        grid->cursor_x = left;
        grid->cursor_y = area->y;
    }
}

void
list_to_text(struct view *view, struct app *app, GString *out)
{
    struct list_view *v = (struct list_view *)view;
    v->window.height = view->scroll.height = 20;
    if (!v->window.count)
        g_string_append_printf(out, "%s\n", why_empty(v));
    (void)app;
    for (int64_t i = v->base.scroll.cursor;
         i < MIN(v->base.scroll.cursor + v->window.height, v->window.count); i++) {
        const struct article_row *row = window_row(&v->window, i);
        if (!row)
            break;
        g_autofree char *date = heading_date(&row->published);
        g_string_append_printf(out, "%ld. %s", (long)i + 1, heading_title(row));
        const char *const facts[] = {date,
                                     v->window.listing.source ? "" : row->source_label,
                                     row->unread ? _("unread") : "",
                                     row->starred ? _("starred") : "",
                                     row->withdrawn ? _("withdrawn")
                                     : row->revised ? _("changed")
                                                    : "",
                                     row->attachments ? _("has attachments") : ""};
        for (size_t f = 0; f < G_N_ELEMENTS(facts); f++)
            if (*facts[f])
                g_string_append_printf(out, ", %s", facts[f]);
        g_string_append_c(out, '\n');
    }
}
