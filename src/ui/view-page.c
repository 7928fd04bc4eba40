/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolling through a page of lines, finding in it, and what keys do to the source of a line. */
#include "config.h"

#include "base/i18n.h"
#include "text/cells.h"
#include "ui/app.h"
#include "ui/browser.h"
#include "ui/fetching.h"
#include "ui/find.h"
#include "ui/page-view.h"
#include "ui/source-actions.h"

#include <string.h>

struct page_view {
    struct view base;
    struct page_request request; /* its title is `title` */
    char *title;
    GPtrArray *lines; /* owned char *; a line that starts with '#' is a heading */
    GArray *sources;  /* of int64_t: of each line, or 0 */
    int64_t of;       /* of the lines to come */
    GPtrArray *shown; /* owned char *, wrapped to `width` */
    GArray *shown_of; /* of int64_t: of each of these */
    int width;
    bool is_help;
};

/* A line "keys<TAB>help" keeps its second column aligned when it wraps. */
static void
wrap_line(struct page_view *v, const char *line, int64_t source)
{
    const char *tab = strchr(line, '\t');
    g_autofree char *first = tab ? g_strndup(line, tab - line) : g_strdup("");
    const char *text = tab ? tab + 1 : line;
    int column = tab ? (v->width >= 60 ? 22 : 0) : 0;
    if (tab && (!column || cells_width(first, -1) >= column)) {
        g_ptr_array_add(v->shown, g_strdup(first));
        g_array_append_val(v->shown_of, source);
        g_clear_pointer(&first, g_free);
        first = g_strdup("");
        column = column ? column : 4;
    }
    gsize length = strlen(text), at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    do {
        gsize next;
        gsize end = cells_line(text, length, at, breaks, v->width - column, &next);
        g_autofree char *part = g_strndup(text + at, end - at);
        int pad = column - cells_width(first, -1);
        g_ptr_array_add(v->shown, g_strdup_printf("%s%*s%s", first, MAX(pad, 0), "", part));
        g_array_append_val(v->shown_of, source);
        g_free(first);
        first = g_strdup("");
        at = next;
    } while (at < length);
}

/* Whether a line is a row to who listens: one of a page of rows that is about a source. */
static bool
is_row(const struct page_view *v, guint line)
{
    return v->request.rows && g_array_index(v->sources, int64_t, line);
}

static void
wrap_all(struct page_view *v, int width)
{
    v->width = width;
    g_ptr_array_set_size(v->shown, 0);
    g_array_set_size(v->shown_of, 0);
    for (guint i = 0; i < v->lines->len; i++)
        wrap_line(v, g_ptr_array_index(v->lines, i), g_array_index(v->sources, int64_t, i));
}

/* The rows alone, as they were written: one may have several lines of its own. */
static void
keep_rows(struct page_view *v, int width)
{
    v->width = width;
    g_ptr_array_set_size(v->shown, 0);
    g_array_set_size(v->shown_of, 0);
    for (guint i = 0; i < v->lines->len; i++) {
        if (!is_row(v, i))
            continue;
        g_ptr_array_add(v->shown, g_strdup(g_ptr_array_index(v->lines, i)));
        g_array_append_val(v->shown_of, g_array_index(v->sources, int64_t, i));
    }
}

static void
lay_out(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    int left, width;
    app_measure(app, &view->area, &left, &width);
    if (v->width != width) {
        (app->plain && v->request.rows ? keep_rows : wrap_all)(v, width);
        find_laid_out(view, -1);
    }
    view->scroll.count = v->shown->len;
    scroller_fit(&view->scroll, view->area.height);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct page_view *v = (const struct page_view *)view;
    int left, width;
    app_measure(app, &view->area, &left, &width);
    grid->cursor_x = left;
    grid->cursor_y = view->area.y;
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        const char *line = g_ptr_array_index(v->shown, view->scroll.top + i);
        bool heading = *line == '#';
        int y = view->area.y + i;
        grid_put(grid, left, y, line + heading, width, heading ? STYLE_HEADING : STYLE_NORMAL);
        if (view->find)
            grid_restyle_matches(grid, left, y, line + heading, view->find,
                                 find_style(view, view->scroll.top + i));
        if (!view->scroll.lines && view->scroll.top + i == view->scroll.cursor) {
            grid_set_off(grid, left, y, width, focused ? STYLE_FOCUS : STYLE_SELECTED);
            grid->cursor_y = y;
        }
    }
}

static const char *
text_at(const void *data, int64_t place)
{
    return g_ptr_array_index(((const struct page_view *)data)->shown, place);
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    return scroller_find(&view->scroll, from, step, here, view->find, text_at, view);
}

/* The source on which keys act: of the line under the cursor, or of the whole page; 0: none. */
static int64_t
source_of(const struct page_view *v)
{
    gsize cursor = (gsize)v->base.scroll.cursor;
    if (v->base.scroll.lines)
        return v->request.source;
    return cursor < v->shown_of->len ? g_array_index(v->shown_of, int64_t, cursor) : 0;
}

static int64_t
target(struct view *view, struct target *target)
{
    int64_t source = source_of((struct page_view *)view);
    if (target)
        *target = (struct target){.kind = TARGET_LIST, .scope = {.source = source}};
    return source;
}

/* Opens the page of the article of which this one tells; false: it has none. */
static bool
browse_article(const struct page_view *v, struct app *app)
{
    AUTO(article_row_free)
    struct article_row *row =
        v->request.article ? listing_article(app->session->store, v->request.article, NULL) : NULL;
    if (!row || !row->link)
        return false;
    browser_open(app, row->link);
    return true;
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    int64_t source = source_of((struct page_view *)view);
    (void)count;
    switch (action) {
    case ACTION_HELP:
        if (!((struct page_view *)view)->is_help)
            return 0;
        app_say(app,
                _("this is all that there is to read here; {back} leads back")); /* over help */
        return VIEW_DONE;
    case ACTION_FETCH:
        if (source_action_find(app, source))
            fetching_ask(app, source);
        else
            app_say(app, _("there is no source here that could be fetched"));
        return VIEW_DONE;
    case ACTION_BROWSER:
        if (!browse_article((struct page_view *)view, app))
            source_action_browse(app, source);
        return VIEW_DONE;
    case ACTION_REMOVE:
        source_action_remove(app, source);
        return VIEW_DONE;
    default:
        return 0;
    }
}

/* Most pages are of no source. */
static bool
lacks(const struct view *view, enum action action)
{
    const struct page_view *v = (const struct page_view *)view;
    bool any = v->request.source || v->request.article;
    for (guint i = 0; !any && i < v->sources->len; i++)
        any = g_array_index(v->sources, int64_t, i) != 0;
    return !any && (action == ACTION_FETCH || action == ACTION_BROWSER || action == ACTION_REMOVE);
}

/* Its lines as they are now. */
static void
load(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    if (!v->request.fill)
        return;
    g_ptr_array_set_size(v->lines, 0);
    g_array_set_size(v->sources, 0);
    v->of = 0;
    v->width = 0; /* they are yet to be wrapped */
    v->request.fill(view, app);
    if (!v->request.rows || !app->plain)
        return;
    keep_rows(v, UNBROKEN); /* there is no picture for which they would be wrapped */
    view->scroll.count = v->shown->len;
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    (void)app;
    info->title = g_strdup(((const struct page_view *)view)->title);
    info->position = scroller_percent(&view->scroll);
}

/* In words: signs and columns are for the eyes. */
static void
append_line(const struct page_view *v, guint number, GString *out)
{
    const char *line = g_ptr_array_index(v->lines, number), *tab = strchr(line, '\t');
    if (tab)
        g_string_append_printf(out, "%.*s%s%s", (int)(tab - line), line, _(": "), tab + 1);
    else if (*line == '#')
        g_string_append_printf(out, _("heading: %s"), line + 1);
    else
        g_string_append(out, line);
    g_string_append_c(out, '\n');
}

/* Of rows nothing is said before them. */
static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct page_view *v = (const struct page_view *)view;
    bool rows = v->request.rows && v->shown->len;
    (void)app;
    for (guint i = 0; !rows && i < v->lines->len; i++)
        append_line(v, i, out);
}

static void
rest_to_text(struct view *view, struct app *app, GString *out)
{
    const struct page_view *v = (const struct page_view *)view;
    (void)app;
    for (guint i = 0; v->shown->len && i < v->lines->len; i++)
        if (!is_row(v, i))
            append_line(v, i, out);
}

static void
free_view(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    (void)app;
    g_ptr_array_unref(v->lines);
    g_ptr_array_unref(v->shown);
    g_array_unref(v->sources);
    g_array_unref(v->shown_of);
    g_free(v->title);
    g_free(v);
}

/* A line to who listens: rows there are the lines as they were written. */
static void
row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    const struct page_view *v = (const struct page_view *)view;
    (void)app;
    g_string_append(out, g_ptr_array_index(v->shown, place));
}

static struct view *
new_view(const struct page_request *request)
{
    static const struct view_ops text_ops =
                                     {
                                         .context = CONTEXT_PAGE,
                                         .pane = PANE_WHOLE,
                                         .lay_out = lay_out,
                                         .draw = draw,
                                         .act = act,
                                         .describe = describe,
                                         .to_text = to_text,
                                         .free = free_view,
                                         .load = load,
                                         .lacks = lacks,
                                         .find = find,
                                     },
                                 row_ops = {
                                     .context = CONTEXT_PAGE,
                                     .pane = PANE_WHOLE,
                                     .lay_out = lay_out,
                                     .draw = draw,
                                     .act = act,
                                     .describe = describe,
                                     .to_text = to_text,
                                     .row_to_text = row_to_text,
                                     .rest_to_text = rest_to_text,
                                     .free = free_view,
                                     .load = load,
                                     .lacks = lacks,
                                     .target = target,
                                     .find = find,
                                 };
    struct page_view *v = g_new0(struct page_view, 1);
    v->base.ops = request->rows ? &row_ops : &text_ops;
    v->base.scroll.lines = !request->rows;
    v->request = *request;
    v->title = g_strdup(request->title);
    v->request.title = v->title;
    v->lines = g_ptr_array_new_with_free_func(g_free);
    v->sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    v->shown = g_ptr_array_new_with_free_func(g_free);
    v->shown_of = g_array_new(FALSE, FALSE, sizeof(int64_t));
    return &v->base;
}

struct view *
page_view_new(const char *title)
{
    return new_view(&(struct page_request){.title = title});
}

struct view *
page_view_new_filled(struct app *app, const struct page_request *request)
{
    struct view *view = new_view(request);
    load(view, app);
    return view;
}

void
page_view_add(struct view *view, const char *format, ...)
{
    struct page_view *v = (struct page_view *)view;
    va_list args;
    va_start(args, format);
    g_ptr_array_add(v->lines, g_strdup_vprintf(format, args));
    va_end(args);
    g_array_append_val(v->sources, v->of);
}

guint
page_view_lines(const struct view *view)
{
    return ((const struct page_view *)view)->lines->len;
}

const struct page_request *
page_view_request(const struct view *view)
{
    return &((const struct page_view *)view)->request;
}

void
page_view_of(struct view *view, int64_t source)
{
    ((struct page_view *)view)->of = source;
}

void
page_view_set_help(struct view *view)
{
    ((struct page_view *)view)->is_help = true;
}
