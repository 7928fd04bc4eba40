/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolling through a page of lines, and finding in it. */
#include "config.h"

#include "text/cells.h"
#include "ui/app.h"
#include "ui/page-view.h"

#include <string.h>

struct page_view {
    struct view base;
    char *title;
    GPtrArray *lines; /* owned char *; a line that starts with '#' is a heading */
    GPtrArray *shown; /* owned char *, wrapped to `width` */
    int width;
};

/* A line "keys<TAB>help" keeps its second column aligned when it wraps. */
static void
wrap_line(struct page_view *v, const char *line)
{
    const char *tab = strchr(line, '\t');
    g_autofree char *first = tab ? g_strndup(line, tab - line) : g_strdup("");
    const char *text = tab ? tab + 1 : line;
    int column = tab ? (v->width >= 60 ? 22 : 0) : 0;
    if (tab && (!column || cells_width(first, -1) >= column)) {
        g_ptr_array_add(v->shown, g_strdup(first));
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
        g_free(first);
        first = g_strdup("");
        at = next;
    } while (at < length);
}

static void
wrap_all(struct page_view *v, int width)
{
    v->width = width;
    g_ptr_array_set_size(v->shown, 0);
    for (guint i = 0; i < v->lines->len; i++)
        wrap_line(v, g_ptr_array_index(v->lines, i));
}

static void
lay_out(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    int left, width;
    app_measure(app, &view->area, &left, &width);
    if (v->width != width)
        wrap_all(v, width);
    view->scroll.count = v->shown->len;
    scroller_fit(&view->scroll, view->area.height);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct page_view *v = (const struct page_view *)view;
    int left, width;
    (void)focused;
    app_measure(app, &view->area, &left, &width);
    grid->cursor_x = left;
    grid->cursor_y = view->area.y;
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        const char *line = g_ptr_array_index(v->shown, view->scroll.top + i);
        bool heading = *line == '#';
        int y = view->area.y + i;
        grid_put(grid, left, y, line + heading, width, heading ? STYLE_HEADING : STYLE_NORMAL);
        if (view->find)
            grid_restyle_matches(grid, left, y, line + heading, view->find);
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

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    (void)view;
    (void)app;
    (void)count;
    return action == ACTION_HELP ? VIEW_DONE : 0; /* over help it says nothing new */
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    (void)app;
    info->title = g_strdup(((const struct page_view *)view)->title);
    info->position = scroller_percent(&view->scroll);
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct page_view *v = (const struct page_view *)view;
    (void)app;
    for (guint i = 0; i < v->lines->len; i++) {
        const char *line = g_ptr_array_index(v->lines, i), *tab = strchr(line, '\t');
        if (tab)
            g_string_append_printf(out, "%.*s: %s\n", (int)(tab - line), line, tab + 1);
        else
            g_string_append_printf(out, "%s\n", line + (*line == '#'));
    }
}

static void
free_view(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    (void)app;
    g_ptr_array_unref(v->lines);
    g_ptr_array_unref(v->shown);
    g_free(v->title);
    g_free(v);
}

struct view *
page_view_new(const char *title)
{
    static const struct view_ops ops = {
        .context = CONTEXT_PAGE,
        .pane = PANE_WHOLE,
        .lay_out = lay_out,
        .draw = draw,
        .act = act,
        .describe = describe,
        .to_text = to_text,
        .free = free_view,
        .find = find,
    };
    struct page_view *v = g_new0(struct page_view, 1);
    v->base.ops = &ops;
    v->base.scroll.lines = true;
    v->title = g_strdup(title);
    v->lines = g_ptr_array_new_with_free_func(g_free);
    v->shown = g_ptr_array_new_with_free_func(g_free);
    return &v->base;
}

void
page_view_add(struct view *view, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_ptr_array_add(((struct page_view *)view)->lines, g_strdup_vprintf(format, args));
    va_end(args);
}

guint
page_view_lines(const struct view *view)
{
    return ((const struct page_view *)view)->lines->len;
}
