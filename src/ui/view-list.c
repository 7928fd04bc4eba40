/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of articles: a window over the store of a few screens, whatever its length.  When
 * the store changes the cursor stays on its article.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "reader/snippet.h"
#include "text/cells.h"
#include "text/match.h"
#include "ui/views.h"

#include <string.h>

#define COUNT_STEP 500

struct list_view {
    struct view base;
    struct listing listing;
    struct query *query; /* owned; the filter or the search */
    char *title, *portal, *edition, *filter;
    bool search;
    int64_t count, cursor, top;
    int64_t count_limit; /* of hits that must be read to be counted */
    bool more;           /* there may be more of them */
    GPtrArray *rows; /* owned window [from, from + len) */
    int64_t from;
    int height;
    char *snippet;      /* of snippet_of, or NULL */
    int64_t snippet_of; /* an article, or 0 */
};

static const struct view_ops list_ops;

bool
is_list_view(const struct view *view)
{
    return view->ops == &list_ops;
}

static void
free_row(gpointer row)
{
    if (row)
        article_row_free(row);
}

/* Takes the rows of [from, to) of the list out of the window, if they lie in it; owned. */
static GPtrArray *
steal_rows(struct list_view *v, int64_t from, int64_t to)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(free_row);
    for (int64_t i = MAX(from, v->from); i < MIN(to, v->from + (int64_t)v->rows->len); i++) {
        g_ptr_array_add(kept, g_ptr_array_index(v->rows, i - v->from));
        v->rows->pdata[i - v->from] = NULL;
    }
    return kept;
}

/* The window moved to [start, start + length) from the rows that it shares with the one before; false if it shares none. */
static bool
slide_window(struct list_view *v, struct app *app, int64_t start, int64_t length, GError **error)
{
    int64_t end = v->rows ? v->from + (int64_t)v->rows->len : 0;
    bool down = v->rows && v->rows->len && start > v->from && start < end;
    bool up = v->rows && v->rows->len && start < v->from && start + length > v->from;
    if (v->listing.sort != LISTING_DATE || (!down && !up))
        return false;
    const struct article_row *edge = g_ptr_array_index(v->rows, down ? v->rows->len - 1 : 0);
    GPtrArray *more = listing_rows_beside(app->session->store, &v->listing, edge, up,
                                                    down ? start + length - end : v->from - start, error);
    if (!more)
        return false;
    GPtrArray *kept = steal_rows(v, start, start + length), *rows = down ? kept : more;
    g_ptr_array_extend_and_steal(rows, down ? more : kept);
    g_ptr_array_unref(v->rows);
    v->rows = rows;
    v->from = start;
    return true;
}

static void
load_window(struct list_view *v, struct app *app, int64_t around)
{
    g_autoptr(GError) error = NULL;
    struct store *store = app->session->store;
    int64_t span = MAX(v->height, 20) * 2, length = span * 2, start = MAX(around - span / 2, 0);
    if (store && slide_window(v, app, start, length, &error))
        return;
    v->from = start;
    g_clear_pointer(&v->rows, g_ptr_array_unref);
    if (store && v->listing.sort == LISTING_DATE && start > v->count / 2) {
        int64_t rest = MIN(length, v->count - start);
        v->rows = listing_rows_last(store, &v->listing, v->count - start - rest, rest, &error);
    } else if (store) {
        v->rows = listing_rows(store, &v->listing, start, length, &error);
    }
    if (!v->rows) {
        if (error)
            app_complain(app, "%s", error->message);
        v->rows = g_ptr_array_new();
    }
}

static const struct article_row *
row_at(struct list_view *v, struct app *app, int64_t index)
{
    if (index < 0 || index >= v->count)
        return NULL;
    if (index < v->from || index >= v->from + (int64_t)v->rows->len)
        load_window(v, app, index);
    index -= v->from;
    return index >= 0 && index < (int64_t)v->rows->len ? g_ptr_array_index(v->rows, index) : NULL;
}

static void
load(struct list_view *v, struct app *app)
{
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&v->rows, g_ptr_array_unref); /* what it held may be gone or elsewhere */
    v->snippet_of = 0;
    v->count_limit = MAX(v->count_limit, COUNT_STEP);
    v->more = false;
    v->count = app->session->store ? listing_count_to(app->session->store, &v->listing, v->count_limit, &v->more, &error) : 0;
    if (v->count < 0) {
        v->count = 0;
        app_complain(app, "%s", error->message);
    }
    v->cursor = CLAMP(v->cursor, 0, MAX(v->count - 1, 0));
    load_window(v, app, v->cursor);
}

static void
reload(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = row_at(v, app, v->cursor);
    int64_t id = row ? row->id : 0, offset = v->cursor - v->top;
    load(v, app);
    row = row_at(v, app, v->cursor);
    if (!id || (row && row->id == id))
        return;
    int64_t now = listing_position(app->session->store, &v->listing, id);
    if (now >= 0) {
        v->cursor = now;
        v->top = MAX(now - offset, 0);
    }
}

/* Counts on when the end of what was counted is in sight. */
static void
count_on(struct list_view *v, struct app *app)
{
    while (v->more && v->cursor + v->height >= v->count) {
        v->count_limit *= 4;
        int64_t count = listing_count_to(app->session->store, &v->listing, v->count_limit, &v->more, NULL);
        v->more &= count > v->count;
        v->count = MAX(count, v->count);
    }
}

/* --- drawing --------------------------------------------------------------------------- */

/* Text in which the words that are searched for are set off. */
static void
put_matched(const struct list_view *v, struct grid *grid, int x, int y, const char *text, int cells, enum style style)
{
    static char *const none[] = {NULL};
    g_autoptr(GArray) ranges = text_matches(text, v->query ? v->query->words : (char **)none, false, 0);
    int end = x + cells;
    gsize at = 0;
    for (guint i = 0; i <= ranges->len; i++) {
        struct text_range range = i < ranges->len ? g_array_index(ranges, struct text_range, i) : (struct text_range){strlen(text), 0};
        g_autofree char *before = g_strndup(text + at, range.start - at), *match = g_strndup(text + range.start, range.length);
        x = grid_put(grid, x, y, before, end - x, style);
        x = grid_put(grid, x, y, match, end - x, STYLE_MATCH);
        at = range.start + range.length;
    }
}

/* The words of the focused article around what was searched for, in the line below the list. */
static void
draw_snippet(struct list_view *v, struct app *app, struct grid *grid, int y)
{
    const struct article_row *row = row_at(v, app, v->cursor);
    int left = 4, width = grid->width - left - 1;
    if (row && row->id != v->snippet_of) {
        g_free(v->snippet);
        v->snippet = snippet_of(app->session->store, row->id, v->query, (guint)width);
        v->snippet_of = row->id;
    }
    g_autofree char *cut = row && v->snippet ? cells_ellipsize(v->snippet, width, app_sign(app, "…", "~")) : NULL;
    if (cut)
        put_matched(v, grid, left, y, cut, width, STYLE_DIM);
}

static void
draw_row(const struct list_view *v, const struct app *app, struct grid *grid, int y, const struct article_row *row, bool focus)
{
    int width = grid->width;
    enum style style = row->unread ? STYLE_UNREAD : STYLE_NORMAL;
    if (row->unread)
        grid_put(grid, 0, y, app_sign(app, "●", "N"), 1, STYLE_UNREAD);
    if (row->starred)
        grid_put(grid, 1, y, app_sign(app, "★", "*"), 1, STYLE_HEADING);
    if (row->withdrawn)
        grid_put(grid, 2, y, app_sign(app, "✗", "x"), 1, STYLE_ERROR);
    else if (row->revised)
        grid_put(grid, 2, y, app_sign(app, "Δ", "~"), 1, STYLE_DIM);
    else if (row->attachments)
        grid_put(grid, 2, y, "@", 1, STYLE_DIM);
    int x = 4;
    if (row->published.precision != DATE_NONE) {
        struct date day = row->published;
        day.precision = DATE_DAY;
        g_autofree char *text = date_iso(&day);
        const char *shown = width < 60 ? text + 5 : text; /* month and day where it is narrow */
        grid_put(grid, x, y, shown, 10, STYLE_DIM);
    }
    x += width < 60 ? 6 : 11;
    int source = !v->listing.source && width >= 76 ? MIN(18, width / 5) : 0;
    const char *ellipsis = app_sign(app, "…", "~");
    g_autofree char *cut = cells_ellipsize(row->title, width - x - 1 - (source ? source + 2 : 0), ellipsis);
    put_matched(v, grid, x, y, cut, width, style);
    if (source) {
        g_autofree char *name = cells_ellipsize(row->source_title, source, ellipsis);
        grid_put(grid, width - 1 - source, y, name, source, STYLE_DIM);
    }
    if (focus) {
        grid_restyle(grid, 0, y, width, STYLE_FOCUS);
        grid->cursor_x = x;
        grid->cursor_y = y;
    }
}

static void
draw(struct view *view, struct app *app, struct grid *grid, int top, int height)
{
    struct list_view *v = (struct list_view *)view;
    bool snippet = v->count && v->query && *v->query->words && height >= 6;
    height -= snippet;
    v->height = height;
    if (!v->count) {
        int left, width;
        app_measure(app, &left, &width);
        grid_put(grid, left, top + (height > 2), v->query ? _("No article matches.") : v->listing.starred_only ? _("No article has a star yet.") : _("There are no articles here yet. r fetches."), width, STYLE_DIM);
        return;
    }
    count_on(v, app);
    v->top = CLAMP(v->top, MAX(v->cursor - height + 1, 0), v->cursor);
    v->top = MIN(v->top, MAX(v->count - height, 0));
    for (int i = 0; i < height; i++) {
        const struct article_row *row = row_at(v, app, v->top + i);
        if (!row)
            break;
        draw_row(v, app, grid, top + i, row, v->top + i == v->cursor);
    }
    if (snippet)
        draw_snippet(v, app, grid, top + height);
}

static char *
title(struct view *view, struct app *app)
{
    const struct list_view *v = (const struct list_view *)view;
    const char *arrow = app_sign(app, " › ", " > ");
    return v->filter ? g_strconcat(v->title, arrow, v->filter, NULL) : g_strdup(v->title);
}

static char *
position(struct view *view, struct app *app)
{
    const struct list_view *v = (const struct list_view *)view;
    (void)app;
    return g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "%s", v->count ? v->cursor + 1 : 0, v->count, v->more ? "+" : "");
}

/* --- acting ----------------------------------------------------------------------------- */

static bool
set_query(struct list_view *v, struct app *app, const char *text)
{
    g_autoptr(GError) error = NULL;
    struct query *query = query_parse(text, clock_now(), &error);
    if (!query) {
        app_complain(app, "%s", error->message);
        return false;
    }
    if (v->query)
        query_free(v->query);
    v->query = query;
    v->listing.query = query;
    v->cursor = v->top = 0;
    load(v, app);
    return true;
}

static void
filter_done(struct app *app, const char *text)
{
    struct list_view *v = (struct list_view *)app_top(app);
    if (text_is_blank(text) || !set_query(v, app, text))
        return;
    g_free(v->filter);
    v->filter = g_strdup(text);
}

static void
clear_filter(struct list_view *v, struct app *app)
{
    if (!v->filter || v->search)
        return;
    g_clear_pointer(&v->filter, g_free);
    g_clear_pointer(&v->query, query_free);
    v->listing.query = NULL;
    v->cursor = 0;
    load(v, app);
}

/* Looks for an unread article from the cursor in a direction; -1 if there is none. */
static int64_t
find_unread(struct list_view *v, struct app *app, int step)
{
    for (int64_t i = v->cursor + step; i >= 0 && i < v->count; i += step) {
        const struct article_row *row = row_at(v, app, i);
        if (row && row->unread)
            return i;
    }
    return -1;
}

int64_t
list_view_step(struct view *view, struct app *app, int step, bool unread)
{
    struct list_view *v = (struct list_view *)view;
    int64_t to = unread ? find_unread(v, app, step) : v->cursor + step;
    const struct article_row *row = row_at(v, app, to);
    if (!row)
        return 0;
    v->cursor = to;
    return row->id;
}

static void
open_row(struct list_view *v, struct app *app)
{
    const struct article_row *row = row_at(v, app, v->cursor);
    g_autoptr(GError) error = NULL;
    struct view *article = row ? article_view_new(app, row->id, &error) : NULL;
    if (article && v->query)
        article_view_mark(article, v->query->words);
    if (article)
        app_push(app, article);
    else if (error)
        app_complain(app, "%s", error->message);
}

static void
toggle(struct list_view *v, struct app *app, enum mark mark)
{
    const struct article_row *row = row_at(v, app, v->cursor);
    if (!row)
        return;
    bool on = mark == MARK_READ ? row->unread : !row->starred;
    if (app_mark(app, row->id, mark, on)) {
        app_reload(app);
        v->cursor = MIN(v->cursor + (mark == MARK_READ), MAX(v->count - 1, 0));
    }
}

/* The list of the next or previous source in the order of `urls`. */
static void
other_source(struct list_view *v, struct app *app, int step)
{
    g_autoptr(GPtrArray) sources = app->session->store && v->listing.source ? sources_list(app->session->store, false, NULL) : NULL;
    for (guint i = 0; sources && i < sources->len; i++) {
        const struct source *s = g_ptr_array_index(sources, i);
        if (s->id != v->listing.source)
            continue;
        gint64 to = (gint64)i + step;
        if (to < 0 || to >= (gint64)sources->len) {
            app_say(app, step > 0 ? _("this is the last source") : _("this is the first source"));
            return;
        }
        const struct source *other = g_ptr_array_index(sources, to);
        clear_filter(v, app);
        v->listing.source = other->id;
        g_free(v->title);
        v->title = g_strdup(other->title);
        v->cursor = v->top = 0;
        load(v, app);
        return;
    }
}

static bool
act(struct view *view, struct app *app, enum action action, int count)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = row_at(v, app, v->cursor);
    if (action == ACTION_OPEN && count)
        v->cursor = CLAMP(count - 1, 0, MAX(v->count - 1, 0));
    int64_t to = motion(action, v->cursor, v->count - 1, v->height, count);
    if (to >= 0) {
        v->cursor = to;
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
        open_row(v, app);
        return true;
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
        to = find_unread(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1);
        if (to >= 0)
            v->cursor = to;
        else
            app_say(app, _("no more unread articles here"));
        return true;
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        other_source(v, app, action == ACTION_NEXT ? 1 : -1);
        return true;
    case ACTION_FETCH:
        app_fetch(app, v->listing.source);
        return true;
    case ACTION_TOGGLE_READ:
        toggle(v, app, MARK_READ);
        return true;
    case ACTION_TOGGLE_STAR:
        toggle(v, app, MARK_STARRED);
        return true;
    case ACTION_MARK_ALL_READ:
        app_mark_listing(app, &v->listing);
        return true;
    case ACTION_FIND:
    case ACTION_FILTER:
        app_prompt(app, action == ACTION_FIND ? _("Search here: ") : _("Filter: "), action == ACTION_FILTER ? v->filter : NULL, filter_done);
        return true;
    case ACTION_CLEAR_FILTER:
        clear_filter(v, app);
        return true;
    case ACTION_BROWSER:
        if (row && row->link)
            app_open_url(app, row->link);
        return true;
    case ACTION_INFO:
        if (row)
            app_push(app, info_view_new(app, row->source, row->id));
        return true;
    default:
        return false;
    }
}

static void
free_view(struct view *view)
{
    struct list_view *v = (struct list_view *)view;
    g_ptr_array_unref(v->rows);
    g_clear_pointer(&v->query, query_free);
    g_free(v->title);
    g_free(v->portal);
    g_free(v->edition);
    g_free(v->filter);
    g_free(v->snippet);
    g_free(v);
}

static const struct view_ops list_ops = {CONTEXT_LIST, draw, act, reload, title, position, free_view};

struct view *
list_view_new(struct app *app, const struct list_scope *scope)
{
    struct list_view *v = g_new0(struct list_view, 1);
    v->base.ops = &list_ops;
    v->title = g_strdup(scope->title);
    v->portal = g_strdup(scope->portal);
    v->edition = g_strdup(scope->edition);
    v->listing = (struct listing){.source = scope->source, .portal = v->portal, .edition = v->edition, .starred_only = scope->starred};
    listing_sort_parse(settings_string(app->session->context->settings, SETTING_LIST_SORT, NULL, NULL), &v->listing.sort);
    load(v, app);
    return &v->base;
}

struct view *
list_view_new_search(struct app *app, const char *words)
{
    struct list_scope scope = {.title = _("Search")};
    struct list_view *v = (struct list_view *)list_view_new(app, &scope);
    v->search = true;
    v->filter = g_strdup(words);
    v->listing.sort = LISTING_RELEVANCE;
    if (!set_query(v, app, words))
        v->count = 0;
    return &v->base;
}
