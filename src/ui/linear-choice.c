/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that is typed to a choice: a number, a key of a menu, or what narrows it down. */
#include "config.h"

#include "base/i18n.h"
#include "ui/choice.h"
#include "ui/linear-parts.h"
#include "ui/reader.h"
#include "ui/typed-number.h"
#include "text/typed-sign.h"

#include <string.h>

/* An empty line reads on, and takes what is left where that is one row, or text alone. */
static void
choose_what_is_left(struct linear *l)
{
    const struct view *view = app_top(l->app);
    bool only = view->scroll.count == 1 && !choice_is_menu(view),
         text = *choice_typed(view) && !view->scroll.count && choice_takes_text(view);
    if (only || text)
        reader_act(l->app, ACTION_CHOOSE, 0);
    else if (view->scroll.count)
        linear_turn_page(l, 1);
    else
        choice_explain(app_top(l->app));
}

static void
choose_number(struct app *app, const char *text)
{
    struct view *view = app_top(app);
    if (typed_number_go(app, view, typed_number_take(app, text)))
        reader_act(app, ACTION_CHOOSE, 0);
}

/* A menu takes keys; it may be gone by one. */
static void
press_in_menu(struct app *app, const char *line)
{
    struct view *view = app_top(app);
    int64_t cursor = view->scroll.cursor;
    bool key = g_utf8_strlen(line, -1) == 1 && view->ops->type(view, app, line);
    if (!key || (app_top(app) == view && view->scroll.cursor == cursor && !app->message))
        app_show_error(app, _("'%s' chooses nothing here; a number does"), line);
}

void
linear_narrow_down(struct app *app, const char *line)
{
    struct view *view = app_top(app);
    choice_type(view, line);
    view->said = false; /* as many rows may be others */
    if (!view->scroll.count && choice_takes_text(view) && strchr(line, '.'))
        reader_act(app, ACTION_CHOOSE, 0); /* an address is taken at once */
}

/* What stands behind "add", as one adds where nothing is asked; or the line itself. */
static const char *
without_add(const struct app *app, const char *line)
{
    const char *name = actions_table[ACTION_ADD].name, *rest = line + (*line == ':');
    if (!choice_takes_text(app_top(app)) || !g_str_has_prefix(rest, name))
        return line;
    rest += strlen(name);
    return *rest == ' ' ? rest + strspn(rest, " ") : line;
}

/* A line to a choice narrows it down, or names a row. */
void
linear_choose(struct linear *l, const char *line)
{
    struct app *app = l->app;
    if (typed_sign_is(line, '.') || typed_sign_is(line, 'q') ||
        g_str_equal(line, actions_table[ACTION_LEAVE].name))
        choice_leave(app);
    else if (typed_sign_is(line, '?'))
        choice_explain(app_top(app));
    else if (typed_number_is(line))
        choose_number(app, line);
    else if (!*line)
        choose_what_is_left(l);
    else if (choice_is_menu(app_top(app)))
        press_in_menu(app, line);
    else
        linear_narrow_down(app, typed_sign_is(line, '*') ? "" : without_add(app, line));
}
