/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack of views, and keys and the mouse on their way to it. */
#include "config.h"

#include "ui/app.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/cells.h"
#include "ui/bars.h"
#include "ui/command-line.h"
#include "ui/find.h"
#include "ui/panes.h"
#include "ui/views.h"

#include <stdio.h>
#include <string.h>

#define MAX_COMPLAINTS 50

static void
free_source(gpointer source)
{
    source_free(source);
}

/* What is subscribed to, for the views and the bars. */
static void
load_sources(struct app *app)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *sources = app->session->store ? sources_list(app->session->store, false, &error) : NULL;
    if (error)
        app_complain(app, "%s", error->message);
    if (app->sources)
        g_ptr_array_unref(app->sources);
    app->sources = sources ? sources : g_ptr_array_new_with_free_func(free_source);
    app->sources_stale = false;
}

bool
app_apply_settings(struct app *app, GError **error)
{
    const struct settings *settings = app->session->context->settings;
    struct keymap *keymap = keymap_new(app->session->context, error);
    if (!keymap)
        return false;
    if (app->keymap)
        keymap_free(app->keymap);
    app->keymap = keymap;
    app->ascii = app->ascii_terminal || settings_bool(settings, SETTING_UI_ASCII);
    app->hints = settings_bool(settings, SETTING_UI_HINTS);
    app->layout = atoi(settings_string(settings, SETTING_UI_LAYOUT, NULL, NULL)); /* "auto": 0 */
    app->looks++;
    return true;
}

struct app *
app_new(struct session *session, int width, int height, GError **error)
{
    AUTO(app_free) struct app *app = g_new0(struct app, 1);
    app->session = session;
    app->views = g_ptr_array_new();
    app->complaints = g_ptr_array_new_with_free_func(g_free);
    prompt_init(&app->prompt);
    app->sequence = g_string_new(NULL);
    app->grid = grid_new(width, height);
    if (!app_apply_settings(app, error))
        return NULL;
    if (session->store)
        app->version = store_version(session->store);
    load_sources(app);
    g_ptr_array_add(app->views, sections_view_new(app));
    const struct listing everything = {0};
    bool has_articles = session->store && listing_count(session->store, &everything, NULL) > 0;
    if (!app->sources->len && !has_articles && !session->urls->problems->len)
        app_push(app, add_view_new(app, true));
    if (session->urls->problems->len)
        app_complain(app, "%s", ((const struct urls_problem *)g_ptr_array_index(session->urls->problems, 0))->text);
    else if (session->store && store_is_read_only(session->store))
        app_complain(app, _("the store cannot be written: marks are not kept"));
    return g_steal_pointer(&app);
}

static void
end_child(struct child *child)
{
    if (child) {
        child_stop(child);
        child_finish(child);
    }
}

void
app_free(struct app *app)
{
    end_child(app->fetch);
    end_child(app->discover);
    end_child(app->errand);
    app_close_from(app, 0);
    g_ptr_array_unref(app->views);
    if (app->keymap)
        keymap_free(app->keymap);
    if (app->sources)
        g_ptr_array_unref(app->sources);
    grid_free(app->grid);
    prompt_clear(&app->prompt);
    g_string_free(app->sequence, TRUE);
    g_ptr_array_unref(app->complaints);
    g_free(app->message);
    g_free(app->fetch_title);
    g_free(app->found);
    g_free(app->elsewhere);
    g_free(app->errand_data);
    g_free(app->errand_answer);
    g_free(app);
}

/* --- what is said ---------------------------------------------------------------------- */

static void set_message(struct app *app, bool is_error, const char *format, va_list args) G_GNUC_PRINTF(3, 0);

static void
set_message(struct app *app, bool is_error, const char *format, va_list args)
{
    g_free(app->message);
    app->message = g_strdup_vprintf(format, args);
    app->message_is_error = is_error;
}

void
app_say(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_message(app, false, format, args);
    va_end(args);
}

void
app_complain(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_message(app, true, format, args);
    va_end(args);
    if (app->complaints->len == MAX_COMPLAINTS)
        g_ptr_array_remove_index(app->complaints, 0);
    g_ptr_array_add(app->complaints, g_strdup(app->message));
}

#define PROGRESS_FRESH 120 /* seconds after which a progress row is a crashed fetch's */

/* What a fetch of another program, a timer's for example, has written of its progress. */
static void
follow_fetch(struct app *app)
{
    unsigned done, total;
    gint64 when;
    g_clear_pointer(&app->elsewhere, g_free);
    g_autofree char *row = app->fetch ? NULL : store_get_meta(app->session->store, "progress");
    if (row && sscanf(row, "%u %u %" G_GINT64_FORMAT, &done, &total, &when) == 3 && clock_now() - when < PROGRESS_FRESH)
        app->elsewhere = g_strdup_printf(_("another fetch: %u/%u"), done, total);
}

void
app_reload(struct app *app)
{
    if (app->session->store) {
        app->version = store_version(app->session->store);
        app->loaded_at = g_get_monotonic_time();
        follow_fetch(app);
    }
    app->sources_stale = true;
    for (guint i = 0; i < app->views->len; i++)
        ((struct view *)g_ptr_array_index(app->views, i))->stale = true;
}

void
app_refresh(struct app *app, struct view *view)
{
    if (!view->stale)
        return;
    view->stale = false;
    if (view->ops->reload)
        view->ops->reload(view, app);
}

const GPtrArray *
app_sources(struct app *app)
{
    if (app->sources_stale)
        load_sources(app);
    return app->sources;
}

const char *
app_sign(const struct app *app, const char *glyph, const char *ascii)
{
    return app->ascii ? ascii : glyph;
}

void
app_measure(const struct app *app, const struct area *area, int *left, int *width)
{
    const struct settings *settings = app->session->context->settings;
    int measure = settings_int(settings, SETTING_READ_MEASURE, NULL, NULL);
    int margin = area->width >= 60 ? 2 : area->width >= 30 ? 1 : 0;
    *width = MAX(MIN(measure, area->width - MAX(2 * margin, 1)), 1); /* the last column is the scroll bar's */
    bool center = g_str_equal(settings_string(settings, SETTING_READ_ALIGN, NULL, NULL), "center");
    *left = area->x + (center ? MAX((area->width - *width) / 2, margin) : margin);
}

bool
app_mark(struct app *app, int64_t article, enum mark mark, bool on)
{
    g_autoptr(GError) error = NULL;
    struct mark_change change = {.article = article, .mark = mark, .on = on};
    if (session_mark(app->session, &change, 1, &error))
        return true;
    app_complain(app, "%s", error->message);
    return false;
}

void
app_mark_listing(struct app *app, const struct listing *listing)
{
    guint count;
    g_autoptr(GError) error = NULL;
    if (!app->session->store)
        return;
    if (session_mark_listing(app->session, listing, &count, &error))
        app_say(app, ngettext("%u article marked as read; u undoes it", "%u articles marked as read; u undoes it", count), count);
    else
        app_complain(app, "%s", error->message);
    app_reload(app);
}

void
app_resize(struct app *app, int width, int height)
{
    grid_free(app->grid);
    app->grid = grid_new(width, height);
    app->repaint = true;
}

/* --- keys ------------------------------------------------------------------------------ */

static void
search_done(struct app *app, const char *text, gpointer data)
{
    (void)data;
    if (!text_is_blank(text))
        app_push(app, list_view_new_search(app, text));
}

static void
undo(struct app *app, bool again)
{
    guint count;
    g_autoptr(GError) error = NULL;
    if (!(again ? session_redo : session_undo)(app->session, &count, &error))
        app_complain(app, "%s", error->message);
    else if (count == 0)
        app_say(app, again ? _("nothing to do again") : _("nothing to undo"));
    else if (again)
        app_say(app, ngettext("done again: %u change", "done again: %u changes", count), count);
    else
        app_say(app, ngettext("undone: %u change", "undone: %u changes", count), count);
    app_reload(app);
}

static void
next_layout(struct app *app)
{
    int now = panes_layout(app), most = MAX(MIN(app->grid->width / 20, MAX_PANES), 1);
    if (most == 1) {
        app_say(app, _("the terminal is too narrow for panes"));
        return;
    }
    app->layout = now % most + 1;
    app_say(app, ngettext("%d pane", "%d panes", (unsigned long)app->layout), app->layout);
}

static void
cancel(struct app *app)
{
    if (!app->fetch)
        return;
    child_stop(app->fetch);
    app_say(app, _("the fetch is being stopped; what it has stored stays"));
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
}

/* What every view does alike. */
static bool
common_action(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_OPEN:
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
    case ACTION_HELP:
        app_push(app, help_view_new(app, app_top(app)->ops->context));
        return true;
    case ACTION_REDRAW:
        app->repaint = true;
        return true;
    case ACTION_FETCH_ALL:
        app_fetch(app, 0);
        return true;
    case ACTION_CANCEL:
        cancel(app);
        return true;
    case ACTION_UNDO:
    case ACTION_REDO:
        undo(app, action == ACTION_REDO);
        return true;
    case ACTION_SEARCH:
        if (app->session->store)
            prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_SEARCH, .label = _("Search all: "), .done = search_done});
        return true;
    case ACTION_ERRORS:
        app_push(app, errors_view_new(app));
        return true;
    case ACTION_ADD:
        app_push(app, add_view_new(app, false));
        return true;
    case ACTION_COMMAND:
        command_line_open(app);
        return true;
    default:
        return false;
    }
}

bool
app_act(struct app *app, enum action action, int count)
{
    struct view *view = app_top(app);
    app_refresh(app, view);
    if (!(actions_table[action].contexts & view->ops->context))
        return false;
    return find_act(app, action) || view->ops->act(view, app, action, count) || common_action(app, action);
}

/* Digits before a key, keys of a sequence; true when more is to come. */
static bool
collect(struct app *app, const char *key)
{
    if (!app->sequence->len && g_ascii_isdigit(*key) && !key[1] && (app->count || *key != '0') &&
        app_top(app)->ops->context != CONTEXT_CHOICE) {
        app->count = MIN(app->count * 10 + (*key - '0'), 1000000);
        return true;
    }
    if (app->sequence->len && (g_str_equal(key, "Esc") || g_str_equal(key, "^G"))) {
        g_string_truncate(app->sequence, 0);
        app->count = 0;
        return true;
    }
    g_string_append_printf(app->sequence, "%s%s", app->sequence->len ? " " : "", key);
    return false;
}

void
app_key(struct app *app, const char *key)
{
    if (app->prompt.active) {
        prompt_key(app, key);
        return;
    }
    g_clear_pointer(&app->message, g_free);
    if (g_str_equal(key, "^C")) {
        app_say(app, _("press Q to quit"));
        return;
    }
    struct view *view = app_top(app);
    if (view->ops->type && view->ops->type(view, app, key))
        return;
    if (collect(app, key))
        return;
    bool more;
    enum action action = keymap_action(app->keymap, view->ops->context, app->sequence->str, &more);
    if (action == ACTION_NONE && more)
        return;
    int count = app->count;
    g_autofree char *keys = g_strdup(app->sequence->str);
    app->count = 0;
    g_string_truncate(app->sequence, 0);
    if (action == ACTION_NONE)
        app_say(app, _("nothing is bound to %s; ? shows the keys"), keys);
    else
        app_act(app, action, count);
}

/* --- drawing --------------------------------------------------------------------------- */

void
app_settle(struct app *app)
{
    prompt_settle(app);
    panes_settle(app);
}

void
app_draw(struct app *app)
{
    struct grid *grid = app->grid;
    struct panes panes;
    app_settle(app);
    grid_clear(grid);
    bool titles = grid->height >= 3, status = grid->height >= 4;
    bool hints = app->hints && grid->height >= 6;
    int bottom = grid->height - (hints || (app->prompt.active && grid->height >= 2)) - status;
    panes_arrange(app, titles, MAX(bottom - titles, 1), &panes);
    panes_draw(app, &panes);
    if (titles)
        bars_draw_titles(app, &panes, 0);
    if (status)
        bars_draw_status(app, bottom);
    if (app->prompt.active)
        prompt_draw(&app->prompt, grid, grid->height - 1);
    else if (hints)
        bars_draw_hints(app, grid->height - 1);
    grid->cursor_x = CLAMP(grid->cursor_x, 0, grid->width - 1);
    grid->cursor_y = CLAMP(grid->cursor_y, 0, grid->height - 1);
}
