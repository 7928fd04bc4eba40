/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of articles: rows of a window over the store, a cursor that stays on its article when the
 * store changes, a filter that answers while one types, and a selection.
 */
#include "config.h"

#include "base/i18n.h"
#include "ui/article-actions.h"
#include "ui/jobs.h"
#include "ui/list-view.h"
#include "ui/scroller.h"
#include "ui/views.h"

#include <string.h>

static char *
title(struct view *view, struct app *app)
{
    const struct list_view *v = (const struct list_view *)view;
    const char *arrow = app_sign(app, " › ", " > ");
    const char *const sorts[] = {NULL, _("by title"), _("by source"), _("unread first"), NULL};
    GString *text = g_string_new(v->title);
    if (v->filter)
        g_string_append_printf(text, "%s%s", arrow, v->filter);
    if (v->window.listing.unread_only)
        g_string_append_printf(text, "%s%s", arrow, _("unread only"));
    if (sorts[v->window.listing.sort])
        g_string_append_printf(text, "%s%s", arrow, sorts[v->window.listing.sort]);
    return g_string_free(text, FALSE);
}

static char *
position(struct view *view, struct app *app)
{
    const struct list_view *v = (const struct list_view *)view;
    (void)app;
    GString *text = g_string_new(NULL);
    int64_t selected = selection_size(&v->selection, v->cursor);
    if (selected)
        g_string_append_printf(text, _("%ld selected, "), (long)selected);
    g_string_append_printf(text, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "%s", v->window.count ? v->cursor + 1 : 0, v->window.count,
                           v->window.more ? "+" : "");
    return g_string_free(text, FALSE);
}

static void
extent(const struct view *view, struct extent *extent)
{
    const struct list_view *v = (const struct list_view *)view;
    *extent = (struct extent){v->top, v->window.height, v->window.count};
}

static void
location(const struct view *view, const char **portal, const char **edition)
{
    const struct list_view *v = (const struct list_view *)view;
    *portal = v->portal;
    *edition = v->edition;
}

/* --- acting ----------------------------------------------------------------------------- */

/* The next unread article, in the next source if this one has no more; -1: there is none. */
static int64_t
find_unread(struct list_view *v, struct app *app, int step)
{
    int64_t to = window_find_unread(&v->window, v->cursor, step);
    if (to >= 0 || step < 0 || !list_next_unread_source(v, app))
        return to;
    const struct article_row *row = window_row(&v->window, 0);
    return row && row->unread ? 0 : window_find_unread(&v->window, 0, 1);
}

/* The article to which a step of the one beside it leads. */
static int64_t
step(struct view *view, struct app *app, int direction, bool unread)
{
    struct list_view *v = (struct list_view *)view;
    app_refresh(app, view);
    int64_t to = unread ? find_unread(v, app, direction) : v->cursor + direction;
    const struct article_row *row = window_row(&v->window, to);
    if (!row)
        return 0;
    v->cursor = to;
    return row->id;
}

static struct view *
open_row(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = window_row(&v->window, v->cursor);
    g_autoptr(GError) error = NULL;
    if (!row)
        return NULL;
    struct target target = {.kind = TARGET_ARTICLE, .article = row->id, .marked = v->query ? v->query->words : NULL};
    struct view *article = app_make_view(app, &target, &error);
    if (error)
        app_show_error(app, "%s", error->message);
    return article;
}

static int64_t
selected(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = window_row(&v->window, v->cursor);
    (void)app;
    return row ? row->id : 0;
}

/* The selected rows, else the one under the cursor; owned. */
static GPtrArray *
targets(struct list_view *v)
{
    return selection_rows(&v->selection, &v->window, v->cursor);
}

static void
mark_targets(struct list_view *v, struct app *app, enum mark mark)
{
    g_autoptr(GPtrArray) rows = targets(v);
    bool several = rows->len > 1;
    if (!article_action_mark(app, rows, mark))
        return;
    selection_clear(&v->selection);
    app_reload(app);
    if (mark == MARK_READ && !several)
        v->cursor = MIN(v->cursor + 1, MAX(v->window.count - 1, 0));
}

static int64_t *
cursor(struct view *view)
{
    return &((struct list_view *)view)->cursor;
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    return window_find_title(&((struct list_view *)view)->window, from, step, here, view->find);
}

static void
next_unread(struct list_view *v, struct app *app, int step)
{
    int64_t to = find_unread(v, app, step);
    if (to >= 0)
        v->cursor = to;
    else
        app_say(app, _("no more unread articles here"));
}

static bool
drop_selection(struct list_view *v)
{
    bool any = selection_size(&v->selection, v->cursor) > 0;
    selection_clear(&v->selection);
    return any;
}

static bool
act_on_list(struct list_view *v, struct app *app, enum action action)
{
    switch (action) {
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
        next_unread(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1);
        return true;
    case ACTION_FETCH:
        jobs_fetch(app, v->window.listing.source);
        return true;
    case ACTION_MARK_ALL_READ:
        app_mark_listing(app, &v->window.listing);
        return true;
    default:
        return list_act_on_query(v, app, action);
    }
}

static bool
act_on_rows(struct list_view *v, struct app *app, enum action action)
{
    const struct article_row *row = window_row(&v->window, v->cursor);
    if (!row)
        return false;
    switch (action) {
    case ACTION_TOGGLE_READ:
        mark_targets(v, app, MARK_READ);
        return true;
    case ACTION_TOGGLE_STAR:
        mark_targets(v, app, MARK_STARRED);
        return true;
    case ACTION_DELETE:
        mark_targets(v, app, MARK_DELETED);
        return true;
    case ACTION_TAG: {
        g_autoptr(GPtrArray) rows = targets(v);
        article_action_tag(app, rows);
        return true;
    }
    case ACTION_SELECT:
        selection_toggle_range(&v->selection, &v->window, v->cursor);
        return true;
    case ACTION_SELECT_ROW:
        selection_toggle(&v->selection, row->id);
        v->cursor = MIN(v->cursor + 1, v->window.count - 1);
        return true;
    case ACTION_BROWSER:
        if (row->link)
            jobs_open_url(app, row->link);
        return true;
    case ACTION_SAVE:
        article_action_save(app, row);
        return true;
    case ACTION_FETCH_PAGE:
        article_action_fetch_page(app, row);
        return true;
    case ACTION_INFO:
        app_open(app, &(struct target){.kind = TARGET_INFO, .source = row->source, .article = row->id});
        return true;
    default:
        return false;
    }
}

static bool
act(struct view *view, struct app *app, enum action action, int count)
{
    struct list_view *v = (struct list_view *)view;
    if (action == ACTION_OPEN && count)
        v->cursor = CLAMP(count - 1, 0, MAX(v->window.count - 1, 0));
    if (action == ACTION_BACK || action == ACTION_CANCEL)
        return drop_selection(v);
    int64_t to = scroller_motion(action, v->cursor, v->window.count - 1, v->window.height, count);
    if (to >= 0) {
        v->cursor = to;
        return true;
    }
    return act_on_list(v, app, action) || act_on_rows(v, app, action);
}

static bool
click(struct view *view, struct app *app, int x, int y, enum click click)
{
    struct list_view *v = (struct list_view *)view;
    (void)app;
    (void)x;
    int64_t to = v->top + y;
    if (y >= v->window.height || to >= v->window.count)
        return false;
    bool again = v->cursor == to;
    v->cursor = to;
    return again || click == CLICK_DOUBLE;
}

static void
free_view(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    (void)app;
    window_clear(&v->window);
    selection_free(&v->selection);
    g_clear_pointer(&v->query, query_free);
    g_free(v->title);
    g_free(v->portal);
    g_free(v->edition);
    g_free(v->filter);
    g_free(v->filter_before);
    g_free(v->fixed);
    g_free(v->snippet);
    g_free(v);
}

static const struct view_ops list_ops = {
    .context = CONTEXT_LIST, .pane = PANE_LIST, .draw = list_draw, .act = act, .reload = list_reload, .title = title, .position = position,
    .selected = selected, .open = open_row, .extent = extent, .click = click, .location = location,
    .cursor = cursor, .find = find, .step = step, .to_text = list_to_text, .free = free_view,
};

struct view *
list_view_new(struct app *app, const struct list_scope *scope)
{
    struct list_view *v = g_new0(struct list_view, 1);
    v->base.ops = &list_ops;
    v->title = g_strdup(scope->title);
    v->portal = g_strdup(scope->portal);
    v->edition = g_strdup(scope->edition);
    v->fixed = g_strdup(scope->query);
    window_init(&v->window, app->session);
    selection_init(&v->selection);
    v->window.listing = (struct listing){.source = scope->source, .portal = v->portal, .edition = v->edition, .starred_only = scope->starred};
    listing_sort_parse(settings_string(app->session->context->settings, SETTING_LIST_SORT, NULL, NULL), &v->window.listing.sort);
    for (guint i = 0; scope->source && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->id != scope->source)
            continue;
        v->portal = g_strdup(s->portal); /* for the bar alone: the source says enough */
        v->edition = g_strdup(s->edition);
    }
    if (!v->fixed)
        list_load(v, app);
    else if (!list_set_filter(v, app, NULL, true))
        v->window.count = 0;
    return &v->base;
}

struct view *
list_view_new_search(struct app *app, const char *words)
{
    struct list_scope scope = {.title = _("Search")};
    struct list_view *v = (struct list_view *)list_view_new(app, &scope);
    v->search = true;
    v->window.listing.sort = LISTING_RELEVANCE;
    if (!list_set_filter(v, app, words, true)) {
        v->filter = g_strdup(words);
        v->window.count = 0;
    }
    return &v->base;
}
