/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clicks and the wheel, on their way to the view on which they fall. */
#include "config.h"

#include "ui/mouse.h"
#include "ui/panes.h"
#include "ui/reader.h"

#define DOUBLE_CLICK (400 * 1000) /* microseconds between two clicks that are one */
#define WHEEL_LINES  3

static enum view_click
click_row(struct view *view, int y)
{
    int64_t before = view->scroll.cursor;
    if (!scroller_click(&view->scroll, y))
        return VIEW_CLICK_NOTHING;
    return view->scroll.cursor == before ? VIEW_CLICK_SAME : VIEW_CLICK_OTHER;
}

static void
click(struct app *app, struct view *view, int x, int y)
{
    gint64 now = g_get_monotonic_time();
    bool twice = x == app->clicked_x && y == app->clicked_y && now - app->clicked_at < DOUBLE_CLICK;
    app->clicked_at = twice ? 0 : now;
    app->clicked_x = x;
    app->clicked_y = y;
    guint index;
    if (g_ptr_array_find(app->views, view, &index) && index != app->focus)
        app_focus(app, index);
    enum view_click clicked = view->ops->click
                                  ? view->ops->click(view, app, x - view->area.x, y - view->area.y)
                                  : click_row(view, y - view->area.y);
    if (clicked == VIEW_CLICK_SAME || (clicked == VIEW_CLICK_OTHER && twice))
        reader_act(app, view->ops->context == CONTEXT_CHOICE ? ACTION_CHOOSE : ACTION_OPEN, 0);
}

void
mouse_event(struct app *app, enum mouse what, int x, int y)
{
    struct panes panes;
    panes_arrange(app, 0, 0, &panes);
    if (app->prompt.active)
        return;
    g_clear_pointer(&app->message, g_free);
    for (guint i = 0; i < panes.count; i++) {
        struct view *view = panes.panes[i].view;
        const struct area *area = view ? &view->area : NULL;
        if (!view || x < area->x || x >= area->x + area->width || y < area->y ||
            y >= area->y + area->height)
            continue;
        if (what == MOUSE_CLICK)
            click(app, view, x, y);
        else
            scroller_move(&view->scroll, what == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN,
                          WHEEL_LINES);
        return;
    }
}
