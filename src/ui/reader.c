/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys on their way to a view, what all views do alike, and the picture. */
#include "config.h"

#include "ui/reader.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "reader/heading.h"
#include "ui/action-argument.h"
#include "ui/action-groups.h"
#include "ui/bars.h"
#include "ui/choice.h"
#include "ui/command-line.h"
#include "ui/find.h"
#include "ui/fetching.h"
#include "ui/jobs.h"
#include "ui/list-view.h"
#include "ui/menu.h"
#include "ui/open.h"
#include "ui/panes.h"
#include "ui/query-complete.h"
#include "ui/sections-rows.h"
#include "ui/typed-number.h"
#include "ui/views.h"
#include "text/typed-sign.h"

#include <string.h>

struct app *
reader_new(struct session *session, int width, int height, bool plain, GError **error)
{
    AUTO(app_free) struct app *app = app_new(session, width, height, open_make_view, error);
    if (!app)
        return NULL;
    app->plain = plain;
    app_open(app, &(struct target){.kind = TARGET_SECTIONS});
    const struct listing everything = {0};
    bool has_articles = session->store && listing_count(session->store, &everything, NULL) > 0;
    if (!app->sources->len && !has_articles && !session->urls->problems->len)
        app_open(app, &(struct target){.kind = TARGET_WELCOME});
    if (session->urls->problems->len)
        app_show_error(
            app, "%s",
            ((const struct urls_problem *)g_ptr_array_index(session->urls->problems, 0))->text);
    else if (session->store && !store_takes_marks(session->store))
        app_show_error(app, "%s",
                       store_is_full(session->store)
                           ? session_full_text(session)
                           : _("the store cannot be written: marks are not kept"));
    return g_steal_pointer(&app);
}

/* --- keys ------------------------------------------------------------------------------ */

/* A query that is wrong finds nothing, which would be told of the store: it is not looked for. */
static void
search_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)view;
    (void)data;
    g_autoptr(GError) error = NULL;
    if (text_is_blank(text))
        return;
    AUTO(query_free) struct query *query = query_parse(text, clock_now(), &error);
    if (!query)
        app_refuse_answer(app, error->message);
    else
        app_open(app, &(struct target){.kind = TARGET_SEARCH, .words = text});
}

/* While one types, what is wrong with it. */
static void
search_change(struct app *app, struct view *view, const char *text)
{
    (void)view;
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&app->message, g_free);
    struct query *query = text_is_blank(text) ? NULL : query_parse(text, clock_now(), &error);
    if (error)
        app_refuse(app, "%s", error->message);
    else if (query)
        query_free(query);
}

static void
search_cancel(struct app *app, struct view *view)
{
    (void)view;
    g_clear_pointer(&app->message, g_free); /* of what is not asked for any more */
}

/* How an article is again, which need not be on the screen; newly allocated. */
static char *
state_again(const struct undone *undone)
{
    bool on = undone->on;
    switch (undone->mark) {
    case MARK_READ:
        return g_strdup(on ? _("read again") : _("unread again"));
    case MARK_STARRED:
        return g_strdup(on ? _("starred again") : _("without a star"));
    case MARK_DELETED:
        return g_strdup(on ? _("deleted again") : _("there again"));
    case MARK_TAG:
        return g_strdup_printf(on ? _("tagged %s again") : _("without the tag %s"), undone->tag);
    default:
        return g_strdup("");
    }
}

/* How many changes there were, and which. */
static void
say_count_undone(struct app *app, const struct undone *undone, guint count, bool again)
{
    const char *format = again ? ngettext("redone: %u change", "redone: %u changes", count)
                               : ngettext("undone: %u change", "undone: %u changes", count);
    bool more = count < undone->count;
    g_autofree char *changes = g_strdup_printf(format, count),
                    *words =
                        more ? g_strdup_printf(_("%s (with editions: %u)"), changes, undone->count)
                             : g_strdup(changes),
                    *state = undone->alike ? state_again(undone) : g_strdup("");
    app_say(app, "%s%s%s", words, *state ? _(", ") : "", state);
}

/* What was undone by its name, if it has one; an article in several languages is one thing. */
static void
say_undone(struct app *app, const struct undone *undone, bool again)
{
    guint count = app->folds ? undone->works : undone->count;
    AUTO(article_row_free)
    struct article_row *row = count == 1 && undone->article
                                  ? listing_article(app->session->store, undone->article, NULL)
                                  : NULL;
    g_autofree char *state = count ? state_again(undone) : NULL;
    if (count == 0)
        app_say(app, again ? _("nothing to redo") : _("nothing to undo"));
    else if (undone->name)
        app_say(app, undone->subscribed ? _("back again: %s") : _("removed again: %s"),
                undone->name);
    else if (row)
        app_say(app, again ? _("redone: %s, %s") : _("undone: %s, %s"), heading_title(row), state);
    else
        say_count_undone(app, undone, count, again);
    app->told = row ? row->id : 0;
}

static void
undo(struct app *app, bool again)
{
    struct undone undone;
    g_autoptr(GError) error = NULL;
    bool done = (again ? session_redo : session_undo)(app->session, &undone, &error);
    if (done)
        say_undone(app, &undone, again);
    else
        app_show_error(app, "%s", error->message);
    app_reload(app);
    if (undone.restored && app_top(app) == g_ptr_array_index(app->views, 0))
        sections_go_to_former(app_top(app), app, undone.article);
    if (undone.restored)
        list_go_to(app_top(app), app, undone.article);
    if (app->plain && app->told) { /* a key acts on what was told */
        list_go_to(app_top(app), app, app->told);
        agenda_go_to(app_top(app), app, app->told);
    }
    if (undone.url)
        sections_go_to(g_ptr_array_index(app->views, 0), app, undone.url, undone.group);
    undone_clear(&undone);
}

static void
next_layout(struct app *app)
{
    if (!panes_next_layout(app)) {
        app_say(app, _("the terminal is too narrow for panes"));
        return;
    }
    app->state->layout = app->layout;
    int count = panes_layout(app);
    app_say(app,
            app->layout ? ngettext("%d pane", "%d panes", (unsigned long)count)
                        : ngettext("%d pane, by the width of the terminal",
                                   "%d panes, by the width of the terminal", (unsigned long)count),
            count);
}

/* Towards the first view; in it only closing leads further, out of the program. */
static void
go_back(struct app *app, bool close)
{
    if (!close && panes_move(app, -1))
        return;
    if (app->focus > 0)
        app_pop(app);
    else if (close)
        app->quit = true;
    else
        app_say(app, _("this is the first view; {close} quits"));
}

static void
command_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)view;
    (void)data;
    if (!reader_run_command(app, text) && app->message_is_error && app->message && !app->plain)
        prompt_refuse(&app->prompt);
}

static void
ask_command(struct app *app)
{
    prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_COMMAND,
                                                       .label = ":",
                                                       .done = command_done,
                                                       .complete = command_line_complete});
}

/*
 * Where there are no articles to go on to: from the first view; where that has no unread ones, one
 * stays.
 */
static void
read_on_from_first(struct app *app)
{
    struct view *first = g_ptr_array_index(app->views, 0);
    app_refresh(app, first);
    if (!first->ops->offers(first, app, ACTION_NEXT_UNREAD)) {
        app_say_no_unread(app, 1, 0);
        return;
    }
    app->focus = 0;
    app_close_from(app, 1);
    first->ops->act(first, app, ACTION_NEXT_UNREAD, 0);
}

/* What every view does alike. */
static bool
common_action(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_OPEN:
        app_enter(app);
        return true;
    case ACTION_NEXT_PANE:
        app_enter(app);
        return true;
    case ACTION_BACK:
    case ACTION_PREVIOUS_PANE:
        go_back(app, false);
        return true;
    case ACTION_CLOSE:
        go_back(app, true);
        return true;
    case ACTION_QUIT:
        app->quit = true;
        return true;
    case ACTION_LAYOUT:
        next_layout(app);
        return true;
    case ACTION_NEXT_UNREAD:
        read_on_from_first(app);
        return true;
    case ACTION_HELP:
        app_open(app, &(struct target){.kind = TARGET_HELP, .context = app_top(app)->ops->context});
        return true;
    case ACTION_REDRAW:
        app->due |= APP_REPAINT;
        return true;
    case ACTION_FETCH_ALL:
        fetching_ask(app, 0);
        return true;
    case ACTION_SYNC:
        jobs_sync(app, false);
        return true;
    case ACTION_CANCEL:
        fetching_stop(app);
        return true;
    case ACTION_UNDO:
    case ACTION_REDO:
        undo(app, action == ACTION_REDO);
        return true;
    case ACTION_SEARCH:
        if (!app->session->store)
            app_say(app, _("There are no articles here yet. {fetch} fetches."));
        else
            prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_SEARCH,
                                                               .label = _("Search all: "),
                                                               .change = search_change,
                                                               .cancel = search_cancel,
                                                               .complete = query_complete,
                                                               .done = search_done});
        return true;
    case ACTION_AGENDA:
        app_open(app, &(struct target){.kind = TARGET_AGENDA});
        return true;
    case ACTION_ERRORS:
        app_open(app, &(struct target){.kind = TARGET_ERRORS});
        return true;
    case ACTION_ADD:
        app_open(app, &(struct target){.kind = TARGET_ADD});
        return true;
    case ACTION_MENU:
        menu_open(app);
        return true;
    case ACTION_THEME:
        menu_open_themes(app);
        return true;
    case ACTION_COMMAND:
        ask_command(app);
        return true;
    default:
        return false;
    }
}

bool
reader_act(struct app *app, enum action action, int count)
{
    struct view *view = app_top(app);
    app_refresh(app, view);
    if (!(actions_table[action].contexts & view->ops->context))
        return false;
    if (find_act(app, action, count))
        return true;
    bool of_row = action == ACTION_OPEN && count && view->scroll.count && !view->scroll.lines;
    if (of_row && !typed_number_go(app, view, count))
        return true;
    unsigned done = view->ops->act(view, app, action, count);
    if (done & VIEW_CHANGED_STORE)
        app_reload(app);
    if (done) { /* the action may have closed the view */
        if (app_has_view(app, view))
            view->due |= done & VIEW_LAYOUT;
        return true;
    }
    return scroller_move(&view->scroll, action, count) || common_action(app, action);
}

bool
reader_run_command(struct app *app, const char *text)
{
    struct command command;
    if (!command_line_parse(app, text, &command))
        return false;
    g_autofree char *typed = command.argument;
    struct view *view = app_top(app);
    struct action_argument argument = {.count = command.count, .text = ""};
    app_refresh(app, view);
    enum action_context context = view->ops->context;
    const struct action_info *info = &actions_table[command.action];
    bool here = info->contexts & context;
    if (here && typed && !action_argument_read(app, command.action, typed, &argument))
        return false;
    if (argument.row)
        scroller_go(&view->scroll, argument.row - 1);
    bool known = reader_act(app, command.action, argument.count);
    bool elsewhere = !known && !here && !(app->plain && action_is_of_screen(command.action));
    g_autofree char *where = elsewhere ? action_places(command.action, context) : NULL;
    if (where && typed)
        app_refuse(app, _("'%s' does nothing here; it acts in: %s"), info->name, where);
    else if (!known && typed)
        app_refuse(app, _("'%s' does nothing here"), info->name);
    else if (known && *argument.text && app->prompt.active)
        prompt_answer(&app->prompt, argument.text);
    else if (known && *argument.text && command.action == ACTION_ADD)
        choice_type(app_top(app), argument.text);
    return known;
}

/* Where lines are read out all of a macro's steps are said, not the last alone. */
static void
say_all(struct app *app, GString *said)
{
    if (!said->len)
        return;
    g_autofree char *last = !app->message           ? g_strdup("")
                            : app->message_is_error ? g_strdup_printf(_("error: %s"), app->message)
                                                    : g_strdup(app->message);
    app_say(app, "%s%s%s", said->str, *last ? "\n" : "", last);
}

/* One command after the other, up to one that fails or asks.  "set" may replace the keymap. */
static void
run_macro(struct app *app, char *const *macro)
{
    g_auto(GStrv) commands = g_strdupv((char **)macro);
    g_autoptr(GString) said = g_string_new(NULL);
    for (char **command = commands; *command && !app->quit; command++) {
        if (app->message && app->plain)
            g_string_append_printf(said, "%s%s", said->len ? "\n" : "", app->message);
        g_clear_pointer(&app->message, g_free);
        reader_run_command(app, *command);
        if (app->prompt.active || (app->message && app->message_is_error))
            break;
    }
    say_all(app, said);
}

static void
drop_collected(struct app *app)
{
    g_string_truncate(app->sequence, 0);
    app->count = 0;
}

/* Digits before a key, keys of a sequence; true when more is to come. */
static bool
collect(struct app *app, const char *key)
{
    if (!app->sequence->len && typed_number_is(key) && (app->count || !typed_sign_is(key, '0')) &&
        app_top(app)->ops->context != CONTEXT_CHOICE) {
        g_autofree char *digits = g_strconcat(app->count ? app->typed_number->str : "", key, NULL);
        app->count = typed_number_take(app, digits);
        return true;
    }
    if ((app->sequence->len || app->count) && (g_str_equal(key, "Esc") || g_str_equal(key, "^G"))) {
        drop_collected(app);
        return true;
    }
    g_string_append_printf(app->sequence, "%s%s", app->sequence->len ? " " : "", key);
    return false;
}

/*
 * Alt with a key to which nothing is bound is what it always was, the escape key and that key:
 * terminals send the same for both, and who types fast or has a script type means them so.
 */
static bool
is_two_keys(const struct app *app, const char *key)
{
    if (!g_str_has_prefix(key, "M-") || !key[2])
        return false;
    if (app->prompt.active)
        return !prompt_knows_alt(&app->prompt, key);
    g_autofree char *keys =
        g_strdup_printf("%s%s%s", app->sequence->str, app->sequence->len ? " " : "", key);
    bool more;
    return keymap_action(app->keymap, app_top(app)->ops->context, keys, &more) == ACTION_NONE &&
           !more;
}

void
reader_key(struct app *app, const char *key)
{
    if (is_two_keys(app, key)) {
        reader_key(app, "Esc");
        if (!app->quit)
            reader_key(app, key + 2);
        return;
    }
    if (app->prompt.active) {
        g_clear_pointer(&app->message, g_free); /* why what was typed before was refused */
        prompt_key(&app->prompt, key);
        return;
    }
    g_clear_pointer(&app->message, g_free);
    if (g_str_equal(key, "^C")) {
        drop_collected(app);
        app_say(app, _("press {quit} to quit"));
        return;
    }
    struct view *view = app_top(app);
    if (view->ops->type && view->ops->type(view, app, key))
        return;
    if (collect(app, key))
        return;
    bool more;
    enum action action = keymap_action(app->keymap, view->ops->context, app->sequence->str, &more);
    /* of a sequence that does nothing here the second key is no key of its own */
    if (action == ACTION_NONE && (more || (view->ops->context != CONTEXT_CHOICE &&
                                           keymap_begins(app->keymap, app->sequence->str))))
        return;
    int count = app->count;
    g_autofree char *keys = keymap_written(app->sequence->str);
    drop_collected(app);
    if (action == ACTION_NONE)
        app_say(app, _("%s does nothing here; {help} shows the keys"), keys);
    else if (count && !action_takes_count(app, view, action))
        app_refuse(app, _("nothing was done: %s takes no number"), keys);
    else if (keymap_macro(app->keymap, action))
        run_macro(app, keymap_macro(app->keymap, action));
    else if (!reader_act(app, action, count) && !app->message)
        app_say(app, _("%s does nothing here; {help} shows the keys"), keys);
}

/* --- drawing --------------------------------------------------------------------------- */

/* Does what keys have left for the next picture. */
static void
run_deferred(struct app *app, bool previews)
{
    prompt_run_change(&app->prompt);
    panes_update_previews(app, previews);
}

static void
draw(struct app *app, bool previews)
{
    struct grid *grid = app->grid;
    struct panes panes;
    run_deferred(app, previews);
    grid_clear(grid);
    bool titles = grid->height >= 3, status = grid->height >= 4;
    bool hints = app->hints && grid->height >= 6;
    int bottom = grid->height - (hints || (app->prompt.active && grid->height >= 2)) - status;
    panes_arrange(app, titles, MAX(bottom - titles, 1), &panes);
    panes_lay_out(app, &panes);
    panes_draw(app, &panes);
    if (titles)
        bars_draw_titles(app, &panes, 0);
    if (status)
        bars_draw_status(app, bottom);
    if (app->prompt.active)
        prompt_draw(&app->prompt, grid, grid->height - 1, app->message);
    else if (hints)
        bars_draw_hints(app, grid->height - 1);
    grid->cursor_x = CLAMP(grid->cursor_x, 0, grid->width - 1);
    grid->cursor_y = CLAMP(grid->cursor_y, 0, grid->height - 1);
}

void
reader_draw(struct app *app)
{
    draw(app, true);
}

void
reader_draw_answer(struct app *app)
{
    draw(app, false);
}

/* --- when there is nothing else to do --------------------------------------------------- */

/* The view that is seen whose turn is next; NULL: none has anything to do. */
static struct view *
next_idle(const struct app *app, int64_t *due)
{
    struct panes panes;
    struct view *next = NULL;
    panes_arrange(app, 0, 1, &panes);
    *due = G_MAXINT64;
    for (guint i = 0; i < panes.count; i++) {
        struct view *view = panes.panes[i].view;
        int64_t own = view && view->ops->idle_due ? view->ops->idle_due(view) : G_MAXINT64;
        next = own < *due ? view : next;
        *due = MIN(own, *due);
    }
    return next;
}

int64_t
reader_idle_due(const struct app *app)
{
    int64_t due;
    next_idle(app, &due);
    return due;
}

void
reader_idle(struct app *app, bool (*interrupt)(gpointer data), gpointer data)
{
    int64_t due;
    struct view *view = next_idle(app, &due);
    if (view)
        view->ops->idle(view, app, interrupt, data);
}
