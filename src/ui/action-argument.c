/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which action takes what, and what is said to the rest. */
#include "config.h"

#include "ui/action-argument.h"
#include "base/i18n.h"
#include "ui/list-view.h"
#include "ui/typed-number.h"

#include <string.h>

enum kind {
    KIND_NOTHING,
    KIND_ASKED,
    KIND_TEXT,
    KIND_COUNT,
    KIND_ROW,
    KIND_LINK,
    KIND_ROW_TEXT /* a row, and behind it what is asked for */
};

/* Where there are rows, those with numbers; in an article links have them. */
static enum kind
kind_of_number(const struct view *view, bool of_link)
{
    return view->ops->row_to_text                            ? KIND_ROW
           : of_link && view->ops->context == CONTEXT_READER ? KIND_LINK
                                                             : KIND_NOTHING;
}

/* "3" and "3 water", but not "3rd". */
static bool
begins_with_number(const char *text)
{
    g_autofree char *word = g_strndup(text, strcspn(text, " "));
    return typed_number_is(word);
}

static enum kind
kind_of(const struct app *app, const struct view *view, enum action action, const char *text)
{
    switch (action) {
    case ACTION_ADD:
    case ACTION_COMMAND:
    case ACTION_FILTER:
    case ACTION_FIND:
    case ACTION_SAVE_QUERY:
    case ACTION_SEARCH:
        return KIND_TEXT;
    case ACTION_RUN:
    case ACTION_TAG:
        return view->ops->row_to_text && begins_with_number(text) ? KIND_ROW_TEXT : KIND_TEXT;
    case ACTION_PIPE:
    case ACTION_PIPE_HTML:
    case ACTION_PIPE_MARKDOWN: /* what a shell runs is told to the role, not to the reader */
        return view->ops->row_to_text && typed_number_is(text) ? KIND_ROW : KIND_ASKED;
    case ACTION_SAVE: /* no file is called 3 */
        return typed_number_is(text) ? kind_of_number(view, true) : KIND_TEXT;
    case ACTION_COPY_QUOTATION:
    case ACTION_DOWN:
    case ACTION_FIRST:
    case ACTION_LAST:
    case ACTION_NEXT:
    case ACTION_NEXT_CHANGE:
    case ACTION_PREVIOUS:
    case ACTION_PREVIOUS_CHANGE:
    case ACTION_SHIFT_LEFT:
    case ACTION_SHIFT_RIGHT:
    case ACTION_UP:
        return KIND_COUNT;
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD: /* of what was searched for, or of articles */
        return view->find || view->ops->context & (CONTEXT_LIST | CONTEXT_AGENDA | CONTEXT_READER)
                   ? KIND_COUNT
                   : KIND_NOTHING;
    case ACTION_HALF_DOWN:
    case ACTION_HALF_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP: /* of lines that are read out there is no page to count */
        return app->plain ? KIND_NOTHING : KIND_COUNT;
    case ACTION_BROWSER:
    case ACTION_COPY_LINK:
    case ACTION_NEXT_LINK:
    case ACTION_OPEN:
    case ACTION_PREVIOUS_LINK:
        return kind_of_number(view, true);
    case ACTION_FETCH:
    case ACTION_MARK_ALL_READ: /* of a list all of it */
        return view->ops->context == CONTEXT_LIST ||
                       (view->ops->context == CONTEXT_AGENDA && action == ACTION_MARK_ALL_READ)
                   ? KIND_NOTHING
                   : kind_of_number(view, false);
    case ACTION_BOOKMARK:
    case ACTION_COPY_TEXT:
    case ACTION_COPY_TITLE:
    case ACTION_DELETE:
    case ACTION_FETCH_PAGE:
    case ACTION_FOLD:
    case ACTION_INFO:
    case ACTION_MAIL:
    case ACTION_RELATED:
    case ACTION_REMOVE:
    case ACTION_REVISIONS:
    case ACTION_SELECT:
    case ACTION_SELECT_ROW:
    case ACTION_TOGGLE_READ:
    case ACTION_TOGGLE_STAR:
        return kind_of_number(view, false);
    default:
        return KIND_NOTHING;
    }
}

bool
action_takes_count(const struct app *app, const struct view *view, enum action action)
{
    enum kind kind = action < ACTION_COUNT ? kind_of(app, view, action, "1") : KIND_NOTHING;
    return kind == KIND_COUNT || kind == KIND_LINK ||
           (action == ACTION_OPEN && view->scroll.count && !view->scroll.lines);
}

/* Whether it would act on the rows that are selected in place of the one that is named. */
static bool
is_of_selection(const struct view *view, enum action action)
{
    return list_has_selection(view) &&
           (action == ACTION_DELETE || action == ACTION_TAG || action == ACTION_TOGGLE_READ ||
            action == ACTION_TOGGLE_STAR);
}

static bool
read_row(struct app *app, struct view *view, enum action action, int number,
         struct action_argument *argument)
{
    if (!typed_number_has_row(app, view, number))
        return false;
    if (is_of_selection(view, action))
        app_refuse(
            app,
            _("nothing was done: '%s' is for the rows that are selected; '%s' drops the selection"),
            actions_table[action].name, actions_table[ACTION_CANCEL].name);
    else
        argument->row = number;
    return argument->row > 0;
}

static bool
read_number(struct app *app, enum action action, enum kind kind, const char *text,
            struct action_argument *argument)
{
    int number = typed_number_is(text) ? typed_number_take(app, text) : -1;
    if (typed_number_are_several(text)) {
        typed_number_refuse_several(app);
        return false;
    }
    if (number < 0 || (kind == KIND_COUNT && !number)) {
        app_refuse(app, _("nothing was done: only a number can stand behind '%s'"),
                   actions_table[action].name);
        return false;
    }
    if (kind == KIND_ROW)
        return read_row(app, app_top(app), action, number, argument);
    if (!number) {
        typed_number_say_no_link(app, 0);
        return false;
    }
    argument->count = number;
    return true;
}

bool
action_takes_number(const struct app *app, enum action action)
{
    const struct view *view = app_top(app);
    if (action >= ACTION_COUNT || !(actions_table[action].contexts & view->ops->context))
        return false;
    enum kind kind = kind_of(app, view, action, "1");
    return kind != KIND_NOTHING && kind != KIND_ASKED && kind != KIND_TEXT;
}

/* "bookmark 4": the row stands before what is run. */
static bool
refuse_number_behind(struct app *app, const char *text)
{
    const char *last = strrchr(text, ' ');
    if (!last || !typed_number_is(last + 1) || !app_top(app)->ops->row_to_text)
        return false;
    g_autofree char *line = g_strdup_printf("%s %s %.*s", actions_table[ACTION_RUN].name, last + 1,
                                            (int)(last - text), text);
    app_refuse(app, _("nothing was done: the number stands first: %s"), line);
    return true;
}

bool
action_argument_read(struct app *app, enum action action, const char *text,
                     struct action_argument *argument)
{
    enum kind kind = kind_of(app, app_top(app), action, text);
    *argument = (struct action_argument){.text = ""};
    if (!*text)
        return true;
    if (action == ACTION_RUN && kind == KIND_TEXT && refuse_number_behind(app, text))
        return false;
    if (kind == KIND_TEXT) {
        argument->text = text;
        return true;
    }
    if (kind == KIND_ROW_TEXT) {
        const char *rest = text + strcspn(text, " ");
        argument->text = rest + strspn(rest, " ");
        return read_row(app, app_top(app), action, typed_number_take(app, text), argument);
    }
    if (kind != KIND_NOTHING && kind != KIND_ASKED)
        return read_number(app, action, kind, text, argument);
    app_refuse(app,
               kind == KIND_ASKED
                   ? _("nothing was done: '%s' asks for the command by itself; type it alone")
                   : _("nothing was done: nothing can stand behind '%s' here"),
               actions_table[action].name);
    return false;
}
