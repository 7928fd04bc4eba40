/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prompt of find, and what follows it. */
#include "config.h"

#include "ui/find.h"
#include "base/clean.h"
#include "base/i18n.h"

/* Matches that are counted where each has to be looked for. */
#define MAX_COUNTED 999
/* What is shorter than that is counted while one types. */
#define SHORT 5000

static void
forget(struct view *view)
{
    g_clear_pointer(&view->find, g_free);
}

static void
go(struct view *view, int64_t to)
{
    view->found_at = to;
    scroller_go(&view->scroll, to);
    view->found_position = scroller_position(&view->scroll);
}

/* The same as view_ops.found() by going from match to match, at least up to the place. */
static int64_t
count_found(struct view *view, int64_t at, int64_t *count, bool *more)
{
    int64_t place = view->ops->find(view, 0, 1, true), before = -1, own = 0;
    for (*count = 0; place > before && (*count <= MAX_COUNTED || place <= at); ++*count) {
        own = place == at ? *count + 1 : own;
        before = place;
        place = view->ops->find(view, place, 1, false);
    }
    *more = place > before;
    return own;
}

/* "3/12", or where it is heard "3 of 12", of the match at a place; newly allocated. */
static char *
place_among_all(struct view *view, int64_t at, bool plain)
{
    int64_t count;
    bool more;
    int own = (int)(view->ops->found ? view->ops->found(view, at, MAX_COUNTED, &count, &more)
                                     : count_found(view, at, &count, &more));
    int all = (int)(more ? MAX(MIN(count, MAX_COUNTED + 1), own) : count);
    if (plain && more) /* TRANSLATORS: how many matches there are */
        return own ? g_strdup_printf(_("%d of more than %d"), own, all - 1)
                   : g_strdup_printf(_("one of more than %d"), all - 1);
    if (own && plain) /* TRANSLATORS: the place of a match among all */
        return g_strdup_printf(_("%d of %d"), own, all);
    const char *sign = more ? "+" : "";
    return own ? g_strdup_printf("%d/%d%s", own, all, sign) : g_strdup_printf("?/%d%s", all, sign);
}

/* Which of how many it is, and whether the search has gone round. */
static void
tell(struct app *app, struct view *view, int64_t at, int64_t from, int step)
{
    g_autofree char *place = place_among_all(view, at, app->plain);
    if (step > 0 && at < from)
        app_say(app, _("%s, from the beginning again"), place);
    else if (step < 0 && at > from)
        app_say(app, _("%s, from the end again"), place);
    else if (step && at == from)
        app_say(app, _("%s, there is no other"), place);
    else
        app_say(app, "%s", place);
}

/* From where one was when it was asked, so that a longer text may be found earlier again. */
static int64_t
look(struct view *view, const char *text)
{
    forget(view);
    scroller_go(&view->scroll, view->found_from);
    if (text_is_blank(text))
        return -1;
    view->find = g_strstrip(g_strdup(text));
    int64_t to = view->ops->find(view, view->found_from, 1, true);
    if (to >= 0)
        go(view, to);
    return to;
}

static void
change(struct app *app, struct view *view, const char *text)
{
    int64_t to = look(view, text);
    g_clear_pointer(&app->message, g_free);
    if (view->find && to < 0)
        app_say(app, _("not found"));
    else if (to >= 0 && view->scroll.count <= SHORT)
        tell(app, view, to, view->found_from, 1 - (to == view->found_from));
}

static void
done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)data;
    int64_t to = look(view, text);
    if (view->find && to < 0) {
        app_say(app, _("not found"));
        if (app->plain) /* where nothing shows that n is of a search */
            g_clear_pointer(&view->find, g_free);
    } else if (to >= 0) {
        tell(app, view, to, view->found_from, 1 - (to == view->found_from));
        g_autofree char *said = g_strdup(app->message);
        if (app->plain)
            app_say(app, "%s\n%s", said, _("n: next place; find and an empty line end it"));
    }
}

static void
cancel(struct app *app, struct view *view)
{
    look(view, "");
    if (!app->message_is_error) /* of what is not looked for any more */
        g_clear_pointer(&app->message, g_free);
}

/* step: 1 or -1 */
static void
go_on(struct app *app, struct view *view, int step, int count)
{
    int64_t position = scroller_position(&view->scroll), round = -1;
    int64_t from = position == view->found_position ? view->found_at : position, to = from;
    for (int i = 0; i < MAX(count, 1) && to >= 0; i++) {
        int64_t last = to;
        to = view->ops->find(view, last, step, false);
        if (step > 0 ? to <= last : to >= last)
            round = last;
        if (to == last) /* there is no other, however often */
            break;
    }
    if (to < 0) {
        app_say(app, _("not found"));
        return;
    }
    go(view, to);
    tell(app, view, to, round < 0 ? from : round, step);
}

bool
find_act(struct app *app, enum action action, int count)
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
        if (app->plain) /* where nothing is marked any more, as in a text */
            return false;
        app_say(app, _("the search has ended"));
        return true;
    }
    bool next = action == ACTION_NEXT_UNREAD || action == ACTION_NEXT_CHANGE,
         previous = action == ACTION_PREVIOUS_UNREAD || action == ACTION_PREVIOUS_CHANGE;
    if (!next && !previous)
        return false;
    go_on(app, view, next ? 1 : -1, count);
    return true;
}

void
find_laid_out(struct view *view, int64_t line)
{
    if (!view->find || !view->scroll.lines)
        return;
    view->found_at = line >= 0 ? view->ops->find(view, line, 1, true) : -1;
    view->found_position = view->found_at >= 0 ? view->scroll.top : -1;
}

enum style
find_style(const struct view *view, int64_t line)
{
    bool stands = view->scroll.lines && line == view->found_at &&
                  view->scroll.top == view->found_position; /* else one has gone elsewhere */
    return stands ? STYLE_FOUND : STYLE_MATCH;
}
