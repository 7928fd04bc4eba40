/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prompt of find, and what follows it. */
#include "config.h"

#include "ui/find.h"
#include "base/clean.h"
#include "base/i18n.h"

static void
forget(struct view *view)
{
    g_clear_pointer(&view->find, g_free);
}

/* From where one was when it was asked, so that a longer text may be found earlier again. */
static void
change(struct app *app, struct view *view, const char *text)
{
    (void)app;
    forget(view);
    scroller_go(&view->scroll, view->found_from);
    if (text_is_blank(text))
        return;
    view->find = g_strdup(text);
    int64_t to = view->ops->find(view, view->found_from, 1, true);
    if (to >= 0)
        scroller_go(&view->scroll, to);
}

static void
done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)data;
    change(app, view, text);
    if (view->find && view->ops->find(view, view->found_from, 1, true) < 0)
        app_say(app, _("not found"));
}

static void
cancel(struct app *app, struct view *view)
{
    change(app, view, "");
}

bool
find_act(struct app *app, enum action action)
{
    struct view *view = app_top(app);
    if (!view->ops->find)
        return false;
    if (action == ACTION_FIND) {
        view->found_from = scroller_position(&view->scroll);
        prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_FIND,
                                                           .label = _("Find: "),
                                                           .view = view,
                                                           .done = done,
                                                           .change = change,
                                                           .cancel = cancel});
        return true;
    }
    if (!view->find)
        return false;
    if (action == ACTION_BACK) {
        forget(view);
        return true;
    }
    bool next = action == ACTION_NEXT_UNREAD || action == ACTION_NEXT_CHANGE,
         previous = action == ACTION_PREVIOUS_UNREAD || action == ACTION_PREVIOUS_CHANGE;
    if (!next && !previous)
        return false;
    int64_t to = view->ops->find(view, scroller_position(&view->scroll), next ? 1 : -1, false);
    if (to >= 0)
        scroller_go(&view->scroll, to);
    else
        app_say(app, _("not found"));
    return true;
}
