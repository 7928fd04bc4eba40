/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first view: everything, the starred, then each portal's editions with their
 * sections, and plain feeds.  With nothing subscribed to it says how to begin.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/url.h"
#include "reader/heading.h"
#include "text/cells.h"
#include "ui/views.h"
#include "ui/welcome.h"

#include <string.h>

enum row_kind { ROW_ALL, ROW_STARRED, ROW_EDITION, ROW_SOURCE };

struct row {
    enum row_kind kind;
    char *text;
    int64_t unread, total, source;
    char *portal, *edition, *url;
    bool failed, warned;
};

struct sections_view {
    struct view base;
    GPtrArray *rows;
    int64_t cursor, top;
    int height;
    struct welcome *welcome; /* while nothing is subscribed to, else NULL */
};

static void
row_free(gpointer data)
{
    struct row *row = data;
    g_free(row->text);
    g_free(row->portal);
    g_free(row->edition);
    g_free(row->url);
    g_free(row);
}

static struct row *
add_row(struct sections_view *v, enum row_kind kind, const char *text)
{
    struct row *row = g_new0(struct row, 1);
    row->kind = kind;
    row->text = g_strdup(text);
    g_ptr_array_add(v->rows, row);
    return row;
}

static void
reload(struct view *view, struct app *app)
{
    struct sections_view *v = (struct sections_view *)view;
    g_ptr_array_set_size(v->rows, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) sources = app->session->store ? sources_list(app->session->store, false, &error) : g_ptr_array_new();
    if (!sources) {
        app_complain(app, "%s", error->message);
        return;
    }
    if (sources->len)
        g_clear_pointer(&v->welcome, welcome_free);
    else if (!v->welcome)
        v->welcome = welcome_new(app);
    struct row *all = NULL;
    if (sources->len || app->session->store) {
        struct listing everything = {0};
        all = add_row(v, ROW_ALL, _("All articles"));
        all->total = app->session->store ? listing_count(app->session->store, &everything, NULL) : 0;
        everything.unread_only = true;
        all->unread = app->session->store ? listing_count(app->session->store, &everything, NULL) : 0;
        if (sources->len || all->total)
            add_row(v, ROW_STARRED, _("Starred"))->total = -1;
        else
            g_ptr_array_set_size(v->rows, 0);
    }
    struct row *edition = NULL;
    for (guint i = 0; i < sources->len; i++) {
        const struct source *s = g_ptr_array_index(sources, i);
        if (s->portal && (!edition || g_strcmp0(edition->portal, s->portal) || g_strcmp0(edition->edition, s->edition))) {
            g_autofree char *text = g_strdup_printf("%s%s%s", s->portal_name, app_sign(app, " · ", " - "), s->edition_name);
            edition = add_row(v, ROW_EDITION, text);
            edition->portal = g_strdup(s->portal);
            edition->edition = g_strdup(s->edition);
        }
        if (!s->portal)
            edition = NULL;
        struct row *row = add_row(v, ROW_SOURCE, s->title);
        row->source = s->id;
        row->url = g_strdup(s->url);
        row->portal = g_strdup(s->portal);
        row->unread = s->unread;
        row->total = s->total;
        row->failed = s->last_error != NULL;
        row->warned = s->warnings && *s->warnings;
        if (edition) {
            edition->unread += s->unread;
            edition->total += s->total;
        }
    }
    v->cursor = CLAMP(v->cursor, 0, MAX((int64_t)v->rows->len - 1, 0));
}

static void
draw_row(const struct row *row, const struct app *app, struct grid *grid, int y, bool focus)
{
    bool narrow = grid->width < 60;
    g_autofree char *counts = row->total < 0 ? g_strdup("")
                              : narrow ? g_strdup_printf("%" G_GINT64_FORMAT, row->unread)
                                       : g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, row->unread, row->total);
    int counts_width = cells_width(counts, -1);
    int x = row->kind == ROW_SOURCE && row->portal ? 4 : 2;
    enum style style = row->kind == ROW_EDITION ? STYLE_HEADING : row->unread > 0 ? STYLE_UNREAD : STYLE_NORMAL;
    g_autofree char *cut = cells_ellipsize(row->text, grid->width - x - counts_width - 3, app_sign(app, "…", "~"));
    if (row->failed)
        grid_put(grid, 0, y, app_sign(app, "✗", "!"), 1, STYLE_ERROR);
    else if (row->warned)
        grid_put(grid, 0, y, "!", 1, STYLE_DIM);
    grid_put(grid, x, y, cut, grid->width, style);
    grid_put(grid, grid->width - 1 - counts_width, y, counts, counts_width, row->unread > 0 ? STYLE_UNREAD : STYLE_DIM);
    if (focus) {
        grid_restyle(grid, 0, y, grid->width, STYLE_FOCUS);
        grid->cursor_x = x;
        grid->cursor_y = y;
    }
}

static void
draw(struct view *view, struct app *app, struct grid *grid, int top, int height)
{
    struct sections_view *v = (struct sections_view *)view;
    v->height = height;
    if (!v->rows->len) {
        if (v->welcome)
            welcome_draw(v->welcome, app, grid, top, height);
        return;
    }
    v->top = CLAMP(v->top, MAX(v->cursor - height + 1, 0), v->cursor);
    for (int i = 0; i < height && v->top + i < (int64_t)v->rows->len; i++)
        draw_row(g_ptr_array_index(v->rows, v->top + i), app, grid, top + i, v->top + i == v->cursor);
}

static const struct row *
current(const struct sections_view *v)
{
    return v->rows->len ? g_ptr_array_index(v->rows, v->cursor) : NULL;
}

static void
add_done(struct app *app, const char *text)
{
    g_autofree char *what = g_strstrip(g_strdup(text));
    if (!*what)
        return;
    if (url_is_web(what)) {
        app_discover(app, what);
        return;
    }
    g_autoptr(GError) error = NULL;
    if (!session_add(app->session, what, NULL, NULL, &error)) {
        app_complain(app, "%s", error->message);
        return;
    }
    app_reload(app);
    app_fetch(app, 0);
}

static void
open_row(const struct sections_view *v, struct app *app)
{
    const struct row *row = current(v);
    if (!row && v->welcome && welcome_choice(v->welcome))
        add_done(app, welcome_choice(v->welcome));
    if (!row)
        return;
    struct list_scope scope = {.source = row->source, .portal = row->kind == ROW_EDITION ? row->portal : NULL,
                               .edition = row->kind == ROW_EDITION ? row->edition : NULL,
                               .starred = row->kind == ROW_STARRED, .title = row->text};
    app_push(app, list_view_new(app, &scope));
}

static char *removing; /* the URL that the prompt asks about */

static void
remove_done(struct app *app, const char *text)
{
    static const char *const yes[] = {"y", "yes", "д", "да", "是", NULL};
    g_autofree char *answer = g_utf8_strdown(text, -1);
    g_autoptr(GError) error = NULL;
    if (!g_strv_contains(yes, g_strstrip(answer)))
        return;
    if (!urls_remove(app->session->context->config_dir, removing, &error) || !session_reload(app->session, &error))
        app_complain(app, "%s", error->message);
    else
        app_say(app, _("unsubscribed; its articles stay under All articles"));
    app_reload(app);
}

static void
ask_remove(const struct sections_view *v, struct app *app)
{
    const struct row *row = current(v);
    if (!row || row->kind != ROW_SOURCE)
        return;
    g_free(removing);
    removing = g_strdup(row->url);
    g_autofree char *label = g_strdup_printf(_("Unsubscribe from %s? (y/n) "), row->text);
    app_prompt(app, label, NULL, remove_done);
}

static void
mark_all(const struct sections_view *v, struct app *app)
{
    const struct row *row = current(v);
    if (!row)
        return;
    struct listing listing = {.source = row->source, .starred_only = row->kind == ROW_STARRED,
                              .portal = row->kind == ROW_EDITION ? row->portal : NULL,
                              .edition = row->kind == ROW_EDITION ? row->edition : NULL};
    app_mark_listing(app, &listing);
}

static bool
act(struct view *view, struct app *app, enum action action, int count)
{
    struct sections_view *v = (struct sections_view *)view;
    const struct row *row = current(v);
    if (!row && v->welcome && welcome_act(v->welcome, action, count))
        return true;
    int64_t to = motion(action, v->cursor, (int64_t)v->rows->len - 1, v->height, count);
    if (to >= 0) {
        v->cursor = to;
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
        open_row(v, app);
        return true;
    case ACTION_NEXT:
        v->cursor = MIN(v->cursor + 1, MAX((int64_t)v->rows->len - 1, 0));
        return true;
    case ACTION_PREVIOUS:
        v->cursor = MAX(v->cursor - 1, 0);
        return true;
    case ACTION_ADD:
        app_prompt(app, _("Portal or URL: "), NULL, add_done);
        return true;
    case ACTION_REMOVE:
        ask_remove(v, app);
        return true;
    case ACTION_FETCH:
        app_fetch(app, row ? row->source : 0);
        return true;
    case ACTION_MARK_ALL_READ:
        mark_all(v, app);
        return true;
    case ACTION_INFO:
        if (row && row->source)
            app_push(app, info_view_new(app, row->source, 0));
        return true;
    default:
        return false;
    }
}

static char *
title(struct view *view, struct app *app)
{
    (void)view;
    (void)app;
    return g_strdup(_("crier: municipal news"));
}

static char *
position(struct view *view, struct app *app)
{
    const struct sections_view *v = (const struct sections_view *)view;
    (void)app;
    const struct row *all = v->rows->len ? g_ptr_array_index(v->rows, 0) : NULL;
    return all ? g_strdup_printf(_("%ld unread"), (long)all->unread) : g_strdup("");
}

static void
free_view(struct view *view)
{
    struct sections_view *v = (struct sections_view *)view;
    g_ptr_array_unref(v->rows);
    g_clear_pointer(&v->welcome, welcome_free);
    g_free(v);
}

struct view *
sections_view_new(struct app *app)
{
    static const struct view_ops ops = {CONTEXT_SECTIONS, draw, act, reload, title, position, free_view};
    struct sections_view *v = g_new0(struct sections_view, 1);
    v->base.ops = &ops;
    v->rows = g_ptr_array_new_with_free_func(row_free);
    reload(&v->base, app);
    return &v->base;
}
