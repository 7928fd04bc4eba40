/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of articles: rows of a window over the store, a cursor that stays on its article when the
 * store changes, a filter that answers while one types, and a selection.
 */
#include "config.h"

#include "base/i18n.h"
#include "reader/heading.h"
#include "store/edition-groups.h"
#include "ui/article-actions.h"
#include "ui/fetching.h"
#include "ui/list-view.h"
#include "ui/source-actions.h"
#include "ui/sections-former.h"
#include "ui/views.h"

#include <string.h>

static char *
title(const struct list_view *v, const struct app *app)
{
    const char *arrow = app->plain ? _(", ") : app_sign(app, " › ", " > ");
    const char *const sorts[] = {NULL, _("by title"), _("by source"), _("unread first"), NULL};
    GString *text = g_string_new(v->title);
    if (v->filter)
        g_string_append_printf(text, "%s%s", arrow, v->filter);
    if (v->window.listing.unread_only)
        g_string_append_printf(text, "%s%s", arrow, _("unread only"));
    if (v->search && v->window.listing.sort == LISTING_DATE)
        g_string_append_printf(text, "%s%s", arrow, _("by date"));
    else if (sorts[v->window.listing.sort])
        g_string_append_printf(text, "%s%s", arrow, sorts[v->window.listing.sort]);
    return g_string_free(text, FALSE);
}

static char *
position(const struct list_view *v)
{
    GString *text = g_string_new(NULL);
    int64_t selected = selection_size(&v->selection, v->base.scroll.cursor);
    if (selected)
        g_string_append_printf(text, _("%ld selected, "), (long)selected);
    g_string_append_printf(text, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "%s",
                           v->window.count ? v->base.scroll.cursor + 1 : 0, v->window.count,
                           v->window.more ? "+" : "");
    return g_string_free(text, FALSE);
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct list_view *v = (const struct list_view *)view;
    info->title = title(v, app);
    info->position = position(v);
    if (v->query && v->unread < 0 && v->window.count)
        info->note = g_strdup_printf(!v->window.more ? _("(%ld found)")
                                     : app->plain    ? _("(more than %ld found)")
                                                     : _("(%ld+ found)"),
                                     (long)v->window.count);
    else if (v->unread > 0)
        info->note =
            !app->plain && v->base.area.width < 60
                ? g_strdup_printf(/* TRANSLATORS: so many are unread */ _("(%ld)"), (long)v->unread)
                : g_strdup_printf(_("(%ld unread)"), (long)v->unread);
    info->portal = v->portal;
    info->edition = v->edition;
}

/* --- acting ----------------------------------------------------------------------------- */

/* From where unread articles are looked for. */
static int64_t
unread_from(const struct list_view *v, int step)
{
    int64_t left = list_left(&v->base);
    return left < 0 ? v->base.scroll.cursor : step > 0 ? left - 1 : left;
}

/*
 * How many unread articles there are but the one under the cursor, if any are found in a direction;
 * -1: not known.
 */
static int64_t
count_unread(struct list_view *v, int step)
{
    if (window_find_unread(&v->window, unread_from(v, step), step) < 0)
        return 0;
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    int64_t others = v->unread - (row && row->unread);
    return others > 0 ? others : -1;
}

/* The next unread article, in the next source if this one has no more; -1: there is none. */
static int64_t
find_unread(struct list_view *v, struct app *app, int step)
{
    int64_t to = window_find_unread(&v->window, unread_from(v, step), step);
    if (to >= 0 || step < 0 || !list_next_unread_source(v, app))
        return to;
    const struct article_row *row = window_row(&v->window, 0);
    return row && row->unread ? 0 : window_find_unread(&v->window, 0, 1);
}

static int64_t
target(struct view *view, struct target *target)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = window_row(&v->window, view->scroll.cursor);
    if (row && target)
        *target = (struct target){.kind = TARGET_ARTICLE,
                                  .article = row->id,
                                  .marked = v->query ? v->query->words : NULL};
    return row ? row->id : 0;
}

/* The selected rows, else the one under the cursor; owned. */
static GPtrArray *
targets(struct list_view *v)
{
    return selection_rows(&v->selection, &v->window, v->base.scroll.cursor);
}

/*
 * Goes to the row behind those of [from, to), which are gone with the next load, so that it comes
 * to stand where they began; at the end of the list to the one before them.
 */
static void
leave_rows(struct list_view *v, int64_t from, int64_t to)
{
    struct scroller *scroll = &v->base.scroll;
    if (from == to)
        return;
    if (to < v->window.count) {
        scroll->top = from > scroll->top ? scroll->top : to;
        scroll->cursor = to;
    } else {
        scroll->cursor = MAX(from - 1, 0);
    }
}

static unsigned
mark_targets(struct list_view *v, struct app *app, enum mark mark)
{
    int64_t from, to;
    selection_block(&v->selection, &v->window, v->base.scroll.cursor, &from, &to);
    g_autoptr(GPtrArray) rows = targets(v);
    bool several = rows->len > 1, on = article_action_lacks(rows, mark);
    bool of_all = mark == MARK_DELETED || (mark == MARK_STARRED && !on);
    if (of_all && v->window.listing.languages)
        article_action_add_editions(app, rows, mark);
    if (!article_action_mark(app, rows, mark, on, list_is_folded(&v->base)))
        return VIEW_DONE;
    selection_clear(&v->selection);
    if (mark == MARK_DELETED) /* what comes behind them is what is read next */
        leave_rows(v, from, to);
    if (mark == MARK_READ && !several)
        scroller_move(&v->base.scroll, ACTION_DOWN, 1);
    return VIEW_DONE | VIEW_CHANGED_STORE;
}

void
list_count_on(struct view *view, int64_t to)
{
    struct list_view *v = (struct list_view *)view;
    window_count_on(&v->window, to);
    view->scroll.count = v->window.count;
}

void
list_count_soon(struct list_view *v)
{
    window_count_soon(&v->window);
    v->base.scroll.count = v->window.count;
}

static int64_t
found(struct view *view, int64_t at, int64_t most, int64_t *count, bool *more)
{
    struct list_view *v = (struct list_view *)view;
    return window_count_title(&v->window, at, view->find, most, count, more);
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    struct list_view *v = (struct list_view *)view;
    int64_t to = window_find_title(&v->window, from, step, here, view->find);
    list_count_on(view, to); /* it may lie behind what has been counted */
    return to;
}

/* Goes on `count` times, as far as there are some. */
static void
next_unread(struct list_view *v, struct app *app, int step, int count)
{
    int gone = 0;
    for (int64_t to; gone < count && (to = find_unread(v, app, step)) >= 0; gone++) {
        list_count_on(&v->base, to); /* it may lie behind what has been counted */
        v->base.scroll.cursor = to;
    }
    if (!gone)
        app_say_no_unread(app, step, count_unread(v, -step));
}

/*
 * Opens the article under the cursor if it is unread, else the next one that is; of several the
 * last.  While an article has the focus only the cursor moves: it shows what is there itself.
 */
static void
read_on(struct list_view *v, struct app *app, int count)
{
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    bool here = app_top(app) == &v->base;
    count -= here && row && row->unread;
    if (count > 0)
        next_unread(v, app, 1, count);
    row = window_row(&v->window, v->base.scroll.cursor);
    if (here && row && row->unread)
        app_enter(app);
}

/* Where no article is, keys act on the source; where there is none either, that is said. */
static unsigned
act_on_source(const struct list_view *v, struct app *app, enum action action)
{
    int64_t source = v->window.listing.source;
    switch (action) {
    case ACTION_BROWSER:
        source_action_browse(app, source);
        return VIEW_DONE;
    case ACTION_DELETE:
        source_action_remove(app, source);
        return VIEW_DONE;
    case ACTION_INFO:
        if (source)
            app_open(app, &(struct target){.kind = TARGET_INFO, .source = source});
        else
            app_say(app, _("only sources have information to show"));
        return VIEW_DONE;
    case ACTION_SELECT:
    case ACTION_SELECT_ROW:
        app_say(app, _("there is no article here"));
        return VIEW_DONE;
    default:
        return article_action_on_row(app, NULL, action, 0) ? VIEW_DONE : 0;
    }
}

/* Whether what one reads on with is not more of the list, but its articles. */
static bool
is_all_seen(const struct list_view *v, const struct app *app)
{
    const struct scroller *scroll = &v->base.scroll;
    return app->session->context->settings->values.read_next && app_top(app) == &v->base &&
           !v->window.more && scroll->top + scroll->height >= scroll->count;
}

static bool
drop_selection(struct list_view *v, struct app *app)
{
    bool any = selection_size(&v->selection, v->base.scroll.cursor) > 0;
    selection_clear(&v->selection);
    if (any && app->plain) /* where no row is seen to be selected */
        app_say(app, _("nothing is selected any more"));
    return any;
}

static void
select_range(struct list_view *v, struct app *app)
{
    selection_toggle_range(&v->selection, &v->window, v->base.scroll.cursor);
    long rows = (long)selection_size(&v->selection, v->base.scroll.cursor);
    if (app->plain && v->selection.anchor >= 0)
        app_say(app, _("a selection begins with this row; {select} ends it"));
    else if (app->plain)
        app_say(app,
                ngettext("the selection ends; %ld row is selected",
                         "the selection ends; %ld rows are selected", (unsigned long)rows),
                rows);
}

static unsigned
act_on_list(struct list_view *v, struct app *app, enum action action, int count)
{
    switch (action) {
    case ACTION_FIRST:
    case ACTION_LAST: /* which row that is need not be counted yet */
        list_count_on(&v->base, count ? count : action == ACTION_LAST ? G_MAXINT64 : 0);
        return 0;
    case ACTION_PAGE_DOWN:
        if (!is_all_seen(v, app))
            return 0;
        read_on(v, app, 1);
        return VIEW_DONE;
    case ACTION_NEXT_UNREAD:
        read_on(v, app, MAX(count, 1));
        return VIEW_DONE;
    case ACTION_PREVIOUS_UNREAD:
        next_unread(v, app, -1, MAX(count, 1));
        return VIEW_DONE;
    case ACTION_FETCH:
        if (!g_strcmp0(v->fixed, SECTIONS_FORMER))
            app_say(app, _("there is no source here that could be fetched"));
        else
            fetching_ask_listing(app, &v->window.listing);
        return VIEW_DONE;
    case ACTION_MARK_ALL_READ:
        app_mark_listing(app, &v->window.listing);
        return VIEW_DONE;
    default:
        return list_act_on_query(v, app, action, count);
    }
}

/* Takes the row under the cursor into the selection or out of it. */
static void
toggle_row(struct list_view *v, struct app *app)
{
    int64_t article = window_row(&v->window, v->base.scroll.cursor)->id;
    bool selected = selection_toggle(&v->selection, &v->window, article, v->base.scroll.cursor);
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    if (app->plain && row)
        app_say(app, selected ? _("selected: %s") : _("no longer selected: %s"),
                heading_title(row));
}

static unsigned
act_on_rows(struct list_view *v, struct app *app, enum action action, int count)
{
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    if (!row)
        return act_on_source(v, app, action);
    switch (action) {
    case ACTION_TOGGLE_READ:
        return mark_targets(v, app, MARK_READ);
    case ACTION_TOGGLE_STAR:
        return mark_targets(v, app, MARK_STARRED);
    case ACTION_DELETE:
        return mark_targets(v, app, MARK_DELETED);
    case ACTION_TAG: {
        g_autoptr(GPtrArray) rows = targets(v);
        article_action_tag(app, rows);
        return VIEW_DONE;
    }
    case ACTION_SELECT:
        select_range(v, app);
        return VIEW_DONE;
    case ACTION_SELECT_ROW:
        toggle_row(v, app);
        scroller_move(&v->base.scroll, ACTION_DOWN, 1);
        return VIEW_DONE;
    default:
        return article_action_on_row(app, row, action, count) ? VIEW_DONE : 0;
    }
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    struct list_view *v = (struct list_view *)view;
    if (action == ACTION_BACK || action == ACTION_CANCEL)
        return drop_selection(v, app) ? VIEW_DONE : 0;
    unsigned done = act_on_list(v, app, action, count);
    return done ? done : act_on_rows(v, app, action, count);
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
    if (v->sources)
        g_array_unref(v->sources);
    g_free(v);
}

/* One is back from an article: what moved away when it was read is left behind. */
static void
back(struct view *view, struct app *app)
{
    app_refresh(app, view);
    int64_t left = list_left(view);
    if (left >= 0)
        scroller_go(&view->scroll, left);
}

/* What leads to other sources, where there is no row, too, to editions, and out of a filter. */
static bool
offers(const struct view *view, const struct app *app, enum action action)
{
    const struct list_view *v = (const struct list_view *)view;
    return (action == ACTION_NEXT_UNREAD && v->window.listing.source) ||
           (action == ACTION_EDITION && list_has_other_edition(v, app)) ||
           (action == ACTION_CLEAR_FILTER && v->filter && !v->search);
}

/* What was asked for is counted when it is read, and not each time that it is passed by. */
static void
focus(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    app_refresh(app, view);
    if (v->query)
        list_count_soon(v);
}

static const struct view_ops list_ops = {
    .context = CONTEXT_LIST,
    .pane = PANE_LIST,
    .lay_out = list_lay_out,
    .draw = list_draw,
    .act = act,
    .describe = describe,
    .to_text = list_to_text,
    .row_to_text = list_row_to_text,
    .free = free_view,
    .load = list_reload,
    .target = target,
    .find = find,
    .found = found,
    .focus = focus,
    .back = back,
    .offers = offers,
};

bool
list_has_selection(const struct view *view)
{
    return view->ops == &list_ops &&
           selection_size(&((const struct list_view *)view)->selection, view->scroll.cursor) > 0;
}

void
list_go_to(struct view *view, struct app *app, int64_t article)
{
    struct list_view *v = (struct list_view *)view;
    if (view->ops != &list_ops)
        return;
    app_refresh(app, view);
    int64_t place = list_place_of(v, app, article);
    if (place >= 0)
        scroller_go(&view->scroll, place);
}

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
    v->window.listing = (struct listing){.source = scope->source,
                                         .portal = v->portal,
                                         .edition = v->edition,
                                         .starred_only = scope->starred};
    v->window.listing.sort =
        app->state->sort != STATE_UNKNOWN
            ? (enum listing_sort)app->state->sort
            : (enum listing_sort)app->session->context->settings->values.list_sort;
    v->sources = scope->sources ? g_array_copy((GArray *)scope->sources) : NULL;
    v->window.listing.sources = v->sources;
    for (guint i = 0; scope->source && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->id != scope->source)
            continue;
        v->portal = g_strdup(s->portal); /* for the bar alone: the source says enough */
        v->edition = g_strdup(s->edition);
        if (!v->title)
            v->title = g_strdup(s->name);
    }
    if (!v->fixed)
        list_load(v, app);
    else if (!list_set_filter(v, app, NULL, true))
        v->window.count = v->base.scroll.count = 0;
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
        v->window.count = v->base.scroll.count = 0;
    }
    return &v->base;
}
