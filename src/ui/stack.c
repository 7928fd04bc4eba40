/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack of views: what was opened from what, and which has the keys. */
#include "config.h"

#include "ui/app.h"

static void
view_free(struct app *app, struct view *view)
{
    g_clear_pointer(&view->find, g_free);
    view->ops->free(view, app);
}

void
app_close_from(struct app *app, guint index)
{
    while (app->views->len > index)
        view_free(app, g_ptr_array_steal_index(app->views, app->views->len - 1));
    app->focus = MIN(app->focus, MAX(app->views->len, 1) - 1);
}

struct view *
app_top(const struct app *app)
{
    return g_ptr_array_index(app->views, app->focus);
}

struct view *
app_below(const struct app *app, const struct view *view)
{
    for (guint i = 1; i < app->views->len; i++)
        if (g_ptr_array_index(app->views, i) == view)
            return g_ptr_array_index(app->views, i - 1);
    return NULL;
}

void
app_push(struct app *app, struct view *view)
{
    app_close_from(app, app->focus + 1);
    g_ptr_array_add(app->views, view);
    app->focus = app->views->len - 1;
    if (view->ops->entered)
        view->ops->entered(view, app);
}

void
app_enter(struct app *app)
{
    struct view *view = app_top(app);
    int64_t selected = view->ops->selected ? view->ops->selected(view, app) : 0;
    if (!selected)
        return;
    struct view *above = app->focus + 1 < app->views->len ? g_ptr_array_index(app->views, app->focus + 1) : NULL;
    if (above && above->opened_for == selected) {
        app->focus++;
        if (above->ops->entered)
            above->ops->entered(above, app);
        return;
    }
    struct view *opened = view->ops->open(view, app);
    if (!opened)
        return;
    opened->opened_for = selected;
    app_push(app, opened);
}

void
app_pop(struct app *app)
{
    if (app->focus > 0)
        app_close_from(app, app->focus);
}
