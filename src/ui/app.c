/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view stack, the keys, the prompt. */
#include "config.h"

#include "ui/app.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/cells.h"
#include "ui/views.h"

#include <stdio.h>
#include <string.h>

#define MAX_COMPLAINTS 50

static void
view_free(gpointer data)
{
    struct view *view = data;
    view->ops->free(view);
}

struct app *
app_new(struct session *session, int width, int height, GError **error)
{
    AUTO(app_free) struct app *app = g_new0(struct app, 1);
    const struct settings *settings = session->context->settings;
    app->session = session;
    app->views = g_ptr_array_new_with_free_func(view_free);
    app->complaints = g_ptr_array_new_with_free_func(g_free);
    app->prompt = g_string_new(NULL);
    app->grid = grid_new(width, height);
    app->ascii = settings_bool(settings, SETTING_UI_ASCII);
    app->hints = settings_bool(settings, SETTING_UI_HINTS);
    app->keymap = keymap_new(session->context, error);
    if (!app->keymap)
        return NULL;
    if (session->store)
        app->version = store_version(session->store);
    app_push(app, sections_view_new(app));
    if (session->urls->problems->len)
        app_complain(app, "%s", (const char *)g_ptr_array_index(session->urls->problems, 0));
    else if (session->store && session->store->read_only)
        app_complain(app, _("the store cannot be written: marks are not kept"));
    return g_steal_pointer(&app);
}

void
app_free(struct app *app)
{
    if (app->fetch) {
        child_stop(app->fetch);
        child_finish(app->fetch);
    }
    if (app->discover) {
        child_stop(app->discover);
        child_finish(app->discover);
    }
    g_ptr_array_unref(app->views);
    if (app->keymap)
        keymap_free(app->keymap);
    grid_free(app->grid);
    g_string_free(app->prompt, TRUE);
    g_ptr_array_unref(app->complaints);
    g_free(app->prompt_label);
    g_free(app->message);
    g_free(app->fetch_title);
    g_free(app->found);
    g_free(app->elsewhere);
    g_free(app);
}

struct view *
app_top(const struct app *app)
{
    return g_ptr_array_index(app->views, app->views->len - 1);
}

void
app_push(struct app *app, struct view *view)
{
    g_ptr_array_add(app->views, view);
}

void
app_pop(struct app *app)
{
    if (app->views->len > 1)
        g_ptr_array_remove_index(app->views, app->views->len - 1);
}

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

void
app_prompt(struct app *app, const char *label, const char *text, void (*done)(struct app *app, const char *text))
{
    app->prompting = true;
    g_free(app->prompt_label);
    app->prompt_label = g_strdup(label);
    g_string_assign(app->prompt, text ? text : "");
    app->prompt_cursor = app->prompt->len;
    app->prompt_done = done;
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
        follow_fetch(app);
    }
    for (guint i = 0; i < app->views->len; i++) {
        struct view *view = g_ptr_array_index(app->views, i);
        if (view->ops->reload)
            view->ops->reload(view, app);
    }
}

const char *
app_sign(const struct app *app, const char *glyph, const char *ascii)
{
    return app->ascii ? ascii : glyph;
}

void
app_measure(const struct app *app, int *left, int *width)
{
    const struct settings *settings = app->session->context->settings;
    int measure = settings_int(settings, SETTING_READ_MEASURE, NULL, NULL);
    int room = app->grid->width;
    int margin = room >= 60 ? 2 : room >= 30 ? 1 : 0;
    *width = MAX(MIN(measure, room - 2 * margin), 1);
    bool center = g_str_equal(settings_string(settings, SETTING_READ_ALIGN, NULL, NULL), "center");
    *left = center ? MAX((room - *width) / 2, margin) : margin;
}

bool
app_mark(struct app *app, int64_t article, enum mark mark, bool on)
{
    g_autoptr(GError) error = NULL;
    struct mark_change change = {article, mark, on};
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

/* --- keys ---------------------------------------------------------------------------- */

static void
prompt_end(struct app *app, bool accept)
{
    g_autofree char *text = g_strdup(app->prompt->str);
    app->prompting = false;
    if (accept)
        app->prompt_done(app, text);
}

static void
prompt_key(struct app *app, const char *key)
{
    GString *text = app->prompt;
    char *at = text->str + app->prompt_cursor;
    if (g_str_equal(key, "Enter")) {
        prompt_end(app, true);
    } else if (g_str_equal(key, "Esc") || g_str_equal(key, "^G") || g_str_equal(key, "^C")) {
        prompt_end(app, false);
    } else if (g_str_equal(key, "Backspace")) {
        if (app->prompt_cursor == 0) {
            if (!text->len)
                prompt_end(app, false);
            return;
        }
        char *before = g_utf8_find_prev_char(text->str, at);
        g_string_erase(text, before - text->str, at - before);
        app->prompt_cursor = (gsize)(before - text->str);
    } else if (g_str_equal(key, "Left")) {
        char *before = g_utf8_find_prev_char(text->str, at);
        app->prompt_cursor = before ? (gsize)(before - text->str) : 0;
    } else if (g_str_equal(key, "Right")) {
        if (*at)
            app->prompt_cursor = (gsize)(g_utf8_next_char(at) - text->str);
    } else if (g_str_equal(key, "Home") || g_str_equal(key, "^A")) {
        app->prompt_cursor = 0;
    } else if (g_str_equal(key, "End") || g_str_equal(key, "^E")) {
        app->prompt_cursor = text->len;
    } else if (g_str_equal(key, "^U")) {
        g_string_truncate(text, 0);
        app->prompt_cursor = 0;
    } else {
        const char *insert = g_str_equal(key, "Space") ? " " : g_str_equal(key, "Backslash") ? "\\" : key;
        if (g_utf8_strlen(insert, -1) != 1 || text->len > 4000)
            return;
        g_string_insert(text, (gssize)app->prompt_cursor, insert);
        app->prompt_cursor += strlen(insert);
    }
}

static void
search_done(struct app *app, const char *text)
{
    if (!text_is_blank(text))
        app_push(app, list_view_new_search(app, text));
}

static void
undo(struct app *app)
{
    guint count;
    g_autoptr(GError) error = NULL;
    if (!session_undo(app->session, &count, &error))
        app_complain(app, "%s", error->message);
    else if (count == 0)
        app_say(app, _("nothing to undo"));
    else
        app_say(app, ngettext("undone: %u mark", "undone: %u marks", count), count);
    app_reload(app);
}

/* What every view does alike. */
static void
common_action(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_BACK:
        app_pop(app);
        break;
    case ACTION_CLOSE:
        if (app->views->len > 1)
            app_pop(app);
        else
            app->quit = true;
        break;
    case ACTION_QUIT:
        app->quit = true;
        break;
    case ACTION_HELP:
        app_push(app, help_view_new(app, app_top(app)->ops->context));
        break;
    case ACTION_REDRAW:
        app->repaint = true;
        break;
    case ACTION_FETCH_ALL:
        app_fetch(app, 0);
        break;
    case ACTION_UNDO:
        undo(app);
        break;
    case ACTION_SEARCH:
        if (app->session->store)
            app_prompt(app, _("Search all: "), NULL, search_done);
        break;
    case ACTION_ERRORS:
        app_push(app, errors_view_new(app));
        break;
    default:
        break;
    }
}

void
app_key(struct app *app, const char *key)
{
    if (app->prompting) {
        prompt_key(app, key);
        return;
    }
    g_clear_pointer(&app->message, g_free);
    if (g_ascii_isdigit(*key) && !key[1] && (app->count || *key != '0')) {
        app->count = MIN(app->count * 10 + (*key - '0'), 1000000);
        return;
    }
    if (g_str_equal(key, "^C")) {
        app_say(app, _("press Q to quit"));
        return;
    }
    int count = app->count;
    app->count = 0;
    struct view *view = app_top(app);
    enum action action = keymap_action(app->keymap, view->ops->context, key);
    if (action == ACTION_NONE) {
        app_say(app, _("nothing is bound to %s; ? shows the keys"), key);
        return;
    }
    if (!view->ops->act(view, app, action, count))
        common_action(app, action);
}

/* --- drawing --------------------------------------------------------------------------- */

static void
draw_title(struct app *app, int y)
{
    struct grid *grid = app->grid;
    grid_fill(grid, 0, y, grid->width, STYLE_BAR);
    struct view *view = app_top(app);
    g_autofree char *title = view->ops->title(view, app);
    g_autofree char *cut = cells_ellipsize(title, grid->width - 2, app_sign(app, "…", "~"));
    grid_put(grid, 1, y, cut, grid->width - 1, STYLE_BAR);
}

static void
draw_status(struct app *app, int y)
{
    struct grid *grid = app->grid;
    struct view *view = app_top(app);
    grid_fill(grid, 0, y, grid->width, STYLE_BAR);
    g_autofree char *right = view->ops->position ? view->ops->position(view, app) : g_strdup("");
    int room = grid->width - 2;
    int right_width = MIN(cells_width(right, -1), room);
    g_autofree char *left = NULL;
    enum style style = STYLE_BAR;
    if (app->message) {
        left = g_strdup(app->message);
        style = app->message_is_error ? STYLE_ERROR : STYLE_BAR;
        if (cells_width(left, -1) + right_width + 2 > room)
            right_width = 0; /* what is said now matters more */
    } else if (app->fetch) {
        left = g_strdup_printf(_("fetching %u/%u, %u new"), app->fetch_done, app->fetch_total, app->fetch_new);
    } else if (app->elsewhere) {
        left = g_strdup(app->elsewhere);
    } else if (app->discover) {
        left = g_strdup(_("looking at the URL"));
    } else if (app->count) {
        left = g_strdup_printf("%d", app->count);
    } else {
        left = g_strdup("");
    }
    g_autofree char *cut = cells_ellipsize(left, right_width ? room - right_width - 1 : room, app_sign(app, "…", "~"));
    grid_put(grid, 1, y, cut, room, style);
    if (right_width)
        grid_put(grid, grid->width - 1 - right_width, y, right, right_width, STYLE_BAR);
}

static void
draw_prompt(struct app *app, int y)
{
    struct grid *grid = app->grid;
    grid_fill(grid, 0, y, grid->width, STYLE_NORMAL);
    int x = grid_put(grid, 0, y, app->prompt_label, grid->width - 4, STYLE_STRONG);
    /* the end of a long text stays visible */
    const char *text = app->prompt->str;
    int room = grid->width - x - 1;
    while (cells_width(text, (gssize)(app->prompt_cursor - (gsize)(text - app->prompt->str))) > room)
        text = g_utf8_next_char(text);
    grid_put(grid, x, y, text, room, STYLE_NORMAL);
    grid->cursor_x = x + cells_width(text, (gssize)(app->prompt_cursor - (gsize)(text - app->prompt->str)));
    grid->cursor_y = y;
}

/* The most useful keys of a view, as many as fit, with words short enough for 40 cells. */
static void
draw_hints(struct app *app, int y)
{
    static const struct {
        enum action action;
        guint contexts;
        const char *word;
    } hints[] = {
        {ACTION_ADD, CONTEXT_SECTIONS, N_("add")},
        {ACTION_OPEN, CONTEXT_SECTIONS | CONTEXT_LIST, N_("open")},
        {ACTION_PAGE_DOWN, CONTEXT_READER, N_("read on")},
        {ACTION_CLOSE, CONTEXT_ALL, N_("close")},
        {ACTION_HELP, CONTEXT_ALL, N_("help")},
        {ACTION_FETCH_ALL, CONTEXT_SECTIONS, N_("fetch")},
        {ACTION_NEXT_UNREAD, CONTEXT_LIST | CONTEXT_READER, N_("unread")},
        {ACTION_TOGGLE_STAR, CONTEXT_LIST | CONTEXT_READER, N_("star")},
        {ACTION_EDITION, CONTEXT_READER, N_("language")},
        {ACTION_SEARCH, CONTEXT_SECTIONS | CONTEXT_LIST, N_("search")},
        {ACTION_BROWSER, CONTEXT_READER, N_("browser")},
    };
    struct grid *grid = app->grid;
    enum action_context context = app_top(app)->ops->context;
    int x = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(hints); i++) {
        if (!(hints[i].contexts & context))
            continue;
        g_autofree char *keys = keymap_keys(app->keymap, context, hints[i].action);
        char *space = strchr(keys, ' ');
        if (space)
            *space = '\0';
        if (g_str_equal(keys, "Backslash"))
            strcpy(keys, "\\");
        if (!*keys)
            continue;
        int width = cells_width(keys, -1) + 1 + cells_width(gettext(hints[i].word), -1);
        if (x + width > grid->width)
            break;
        x = grid_put(grid, x, y, keys, grid->width, STYLE_STRONG);
        x = grid_put(grid, x + 1, y, gettext(hints[i].word), grid->width, STYLE_HINT) + 2;
    }
}

void
app_draw(struct app *app)
{
    struct grid *grid = app->grid;
    grid_clear(grid);
    int top = 0, bottom = grid->height;
    if (grid->height >= 3)
        draw_title(app, top++);
    bool hints = app->hints && grid->height >= 6;
    if (hints || (app->prompting && grid->height >= 2))
        bottom--;
    if (grid->height >= 4)
        bottom--;
    struct view *view = app_top(app);
    view->ops->draw(view, app, grid, top, MAX(bottom - top, 1));
    if (grid->height >= 4)
        draw_status(app, bottom);
    if (app->prompting)
        draw_prompt(app, grid->height - 1);
    else if (hints)
        draw_hints(app, grid->height - 1);
}
