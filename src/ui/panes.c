/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arranging views, and the scroll bars between them. */
#include "config.h"

#include "ui/panes.h"

#define TWO_PANES   110 /* cells from which on a terminal shows so many by itself */
#define THREE_PANES 160
/* cells from which on so many can be read: a list of two fifths has some words of titles */
#define ROOM_FOR_TWO   70
#define ROOM_FOR_THREE 90
#define MIN_PANE       20 /* cells of the narrowest */
#define MARGINS        5  /* cells beside the lines of an article (app_measure(), scroll bar) */

/* How many there are where nobody has chosen. */
static int
by_width(const struct app *app)
{
    int width = app->grid->width;
    return width >= THREE_PANES ? 3 : width >= TWO_PANES ? 2 : 1;
}

static int
most_panes(const struct app *app)
{
    int width = app->grid->width;
    return width >= ROOM_FOR_THREE ? MAX_PANES : width >= ROOM_FOR_TWO ? 2 : 1;
}

int
panes_layout(const struct app *app)
{
    return CLAMP(app->layout ? app->layout : by_width(app), 1, most_panes(app));
}

bool
panes_next_layout(struct app *app)
{
    int next = panes_layout(app) % most_panes(app) + 1;
    if (most_panes(app) == 1)
        return false;
    app->layout = next == by_width(app) ? 0 : next;
    return true;
}

static enum pane
kind(const struct view *view)
{
    return view->ops->pane;
}

static struct view *
view_at(const struct app *app, guint index)
{
    return index < app->views->len ? g_ptr_array_index(app->views, index) : NULL;
}

/* The columns [first, last] that a layout shows while a view of that kind has the focus. */
static void
columns(int layout, enum pane focused, enum pane *first, enum pane *last)
{
    *first = *last = focused;
    if (focused == PANE_WHOLE || layout == 1)
        return;
    *first = layout == 3 || focused == PANE_SECTIONS ? PANE_SECTIONS : PANE_LIST;
    *last = layout == 3 || focused != PANE_SECTIONS ? PANE_ARTICLE : PANE_LIST;
}

void
panes_update_previews(struct app *app, bool open)
{
    enum pane first, last;
    columns(panes_layout(app), kind(app_top(app)), &first, &last);
    app_refresh(app, app_top(app));
    for (guint i = app->focus; kind(view_at(app, i)) < last; i++) {
        struct view *view = view_at(app, i), *above = view_at(app, i + 1);
        int64_t number = view->ops->target ? view->ops->target(view, NULL) : 0;
        if (above && kind(above) > kind(view) && above->opened_for == number && number) {
            app_refresh(app, above);
            continue;
        }
        if (!open)
            return;
        app_close_from(app, i + 1);
        struct view *beside = app_open_target(app, view);
        if (!beside)
            return;
        g_ptr_array_add(app->views, beside);
    }
}

/* The view that stands in a column: the nearest below the focus, or what was opened from it. */
static struct view *
in_column(const struct app *app, enum pane column)
{
    const struct view *focused = app_top(app);
    if (column > kind(focused)) {
        for (guint i = app->focus + 1; i < app->views->len && kind(view_at(app, i)) <= column; i++)
            if (kind(view_at(app, i)) == column)
                return view_at(app, i);
        return NULL;
    }
    for (guint i = app->focus + 1; i-- > 0;)
        if (kind(view_at(app, i)) == column)
            return view_at(app, i);
    return NULL;
}

/* A list beside an article gets two fifths, and what the lines of the article leave. */
static int
column_width(const struct app *app, enum pane column, enum pane first, enum pane last, int width)
{
    if (column == last)
        return width; /* what is left */
    if (column == PANE_SECTIONS)
        return CLAMP(width / 5, MIN_PANE, 36);
    int room = width;
    if (first == PANE_SECTIONS)
        room -= column_width(app, PANE_SECTIONS, first, last, width);
    int measure = app->session->context->settings->values.read_measure;
    return MAX(room * 2 / 5, room - measure - MARGINS);
}

void
panes_arrange(const struct app *app, int top, int height, struct panes *panes)
{
    enum pane first, last;
    columns(panes_layout(app), kind(app_top(app)), &first, &last);
    int x = 0, width = app->grid->width;
    *panes = (struct panes){0};
    for (enum pane column = first; column <= last; column++) {
        struct view *view = column == kind(app_top(app)) ? app_top(app) : in_column(app, column);
        int cells = MIN(column_width(app, column, first, last, width), width - x);
        panes->panes[panes->count].view = view;
        panes->panes[panes->count].area = (struct area){x, top, cells, height};
        panes->panes[panes->count].focused = view == app_top(app);
        panes->count++;
        x += cells;
    }
}

/* The last column of an area: what part of the whole is shown; between panes it is the border. */
static void
draw_scroll_bar(const struct app *app, const struct view *view, const struct area *area,
                bool border)
{
    bool has_bar = view && !view->ops->no_scroll_bar;
    int64_t first = has_bar ? view->scroll.top : 0, shown = has_bar ? view->scroll.height : 0,
            all = has_bar ? view->scroll.count : 0;
    bool scrolls = all > shown && shown > 0 && area->height > 1;
    if (!scrolls && !border)
        return;
    int size = scrolls ? (int)MAX(shown * area->height / all, 1) : 0;
    int64_t hidden = MAX(all - shown, 1);
    int from = scrolls ? (int)(MIN(first, hidden) * (area->height - size) / hidden) : 0;
    for (int i = 0; i < area->height; i++) {
        bool thumb = i >= from && i < from + size;
        if (thumb || border)
            grid_put(app->grid, area->x + area->width - 1, area->y + i,
                     thumb ? app_sign(app, "┃", "#") : app_sign(app, "│", "|"), 1, STYLE_BORDER);
    }
}

void
panes_lay_out(struct app *app, const struct panes *panes)
{
    for (guint i = 0; i < panes->count; i++) {
        struct view *view = panes->panes[i].view;
        if (!view)
            continue;
        view->area = panes->panes[i].area;
        view->area.width -= i + 1 < panes->count; /* a pane ends before its border */
        app_refresh(app, view);
        view->ops->lay_out(view, app);
    }
}

void
panes_draw(const struct app *app, const struct panes *panes)
{
    for (guint i = 0; i < panes->count; i++) {
        const struct view *view = panes->panes[i].view;
        if (view)
            view->ops->draw(view, app, app->grid, panes->panes[i].focused);
        draw_scroll_bar(app, view, &panes->panes[i].area, i + 1 < panes->count);
    }
}

bool
panes_move(struct app *app, int step)
{
    if (step > 0) {
        if (kind(app_top(app)) >= PANE_ARTICLE)
            return false;
        app_enter(app);
        return true;
    }
    const struct view *below = app_below(app, app_top(app));
    if (panes_layout(app) == 1 || !below || kind(below) >= kind(app_top(app)) ||
        kind(app_top(app)) == PANE_WHOLE)
        return false;
    app->focus--;
    app_back(app);
    return true;
}
