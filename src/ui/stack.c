/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack of views: what was opened from what, and which has the focus. */
#include "config.h"

#include "base/i18n.h"
#include "ui/app.h"

bool
view_info_is_spaced(const struct view_info *info)
{
    return !g_str_has_prefix(info->note, "（");
}

void
view_info_clear(struct view_info *info)
{
    g_free(info->title);
    g_free(info->position);
    g_free(info->note);
}

static void
view_free(struct app *app, struct view *view)
{
    prompt_forget(&app->prompt, view);
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

bool
app_takes(const struct app *app, enum action action)
{
    const struct view *view = app_top(app);
    const struct view_ops *ops = view->ops;
    bool opens = ops->target || ops->context == CONTEXT_READER; /* that has links */
    return actions_table[action].contexts & ops->context && (action != ACTION_OPEN || opens) &&
           !(ops->lacks && ops->lacks(view, action));
}

struct view *
app_below(const struct app *app, const struct view *view)
{
    for (guint i = 1; i < app->views->len; i++)
        if (g_ptr_array_index(app->views, i) == view)
            return g_ptr_array_index(app->views, i - 1);
    return NULL;
}

bool
app_has_view(const struct app *app, const struct view *view)
{
    return view && g_ptr_array_find(app->views, view, NULL);
}

void
app_focus(struct app *app, guint index)
{
    struct view *view = g_ptr_array_index(app->views, index);
    app->focus = index;
    if (view->ops->focus)
        view->ops->focus(view, app);
}

static void
push(struct app *app, struct view *view)
{
    app_close_from(app, app->focus + 1);
    g_ptr_array_add(app->views, view);
    app_focus(app, app->views->len - 1);
}

void
app_open(struct app *app, const struct target *target)
{
    g_autoptr(GError) error = NULL;
    struct view *view = app->make_view(app, target, &error);
    if (view)
        push(app, view);
    else if (error)
        app_show_error(app, "%s", error->message);
}

struct view *
app_open_target(struct app *app, struct view *view)
{
    struct target target;
    int64_t number = view->ops->target ? view->ops->target(view, &target) : 0;
    g_autoptr(GError) error = NULL;
    struct view *opened = number ? app->make_view(app, &target, &error) : NULL;
    if (error)
        app_show_error(app, "%s", error->message);
    if (opened)
        opened->opened_for = number;
    return opened;
}

void
app_enter(struct app *app)
{
    struct view *view = app_top(app);
    int64_t number = view->ops->target ? view->ops->target(view, NULL) : 0;
    if (!number) {
        app_say(app, _("there is nothing here to open"));
        return;
    }
    const struct view *above =
        app->focus + 1 < app->views->len ? g_ptr_array_index(app->views, app->focus + 1) : NULL;
    if (above && above->opened_for == number) {
        app_focus(app, app->focus + 1);
        return;
    }
    struct view *opened = app_open_target(app, view);
    if (opened)
        push(app, opened);
}

void
app_back(struct app *app)
{
    struct view *view = app_top(app);
    if (view->ops->back)
        view->ops->back(view, app);
}

void
app_pop(struct app *app)
{
    if (app->focus > 0) {
        app_close_from(app, app->focus);
        app_back(app);
    }
}
