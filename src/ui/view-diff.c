/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed between two revisions of an article: beside each other where the terminal is wide,
 * else in one text.  Of the first one, which nothing was before, it is the text as it was.
 */
#include "config.h"

#include "base/i18n.h"
#include "reader/heading.h"
#include "ui/app.h"
#include "ui/diff-lines.h"
#include "ui/diff-spoken.h"
#include "ui/find.h"
#include "ui/views.h"

#include <string.h>

struct diff_view {
    struct view base;
    struct article_row *row;       /* owned */
    struct comparison *comparison; /* owned */
    struct diff_lines *lines;      /* owned; NULL until they are laid out */
    int laid_out;                  /* cells of the area that they were laid out for */
    int height;                    /* lines of the area by then */
    int64_t stood_on, stood_at; /* the change to which one went, and the top of the screen then */
    /* --plain: */
    guint heard;     /* which change was told last, from 1; 0: none by itself */
    int64_t read_to; /* which line of to_text() stood behind it */
    GArray *ends;    /* owned, of int64_t: the lines behind the changes there */
};

/* --- where one is ------------------------------------------------------------------------ */

static const struct diff_place *
place_of(const struct diff_view *v, int64_t change)
{
    return &g_array_index(v->lines->changes, struct diff_place, change);
}

/* How many changes end above a line. */
static int64_t
changes_above(const struct diff_view *v, int64_t line)
{
    int64_t count = 0;
    while (count < v->lines->changes->len && place_of(v, count)->end <= line)
        count++;
    return count;
}

/* The change to which one went or, since one has scrolled, that first in sight; -1: none is. */
static int64_t
current_change(const struct diff_view *v)
{
    const struct scroller *s = &v->base.scroll;
    if (!v->lines || !v->lines->changes->len || diff_is_of_one(v->comparison))
        return -1;
    if (s->top == v->stood_at)
        return v->stood_on;
    int64_t first = changes_above(v, s->top);
    bool seen = first < v->lines->changes->len && place_of(v, first)->first < s->top + s->height;
    return seen ? first : -1;
}

/* Goes to a change; the screen scrolls where it does not show all of it. */
static void
stand_on(struct diff_view *v, int64_t change)
{
    struct scroller *s = &v->base.scroll;
    const struct diff_place *place = place_of(v, change);
    if (place->first < s->top || place->end > s->top + s->height)
        scroller_go(s, place->first);
    v->stood_on = change;
    v->stood_at = s->top;
}

/* The cells of the text, with one before it, in which a mark can stand. */
static int
measure(const struct app *app, const struct area *area, bool beside, int *left)
{
    int width = columns_measure(app, area, beside, left), room = *left > area->x ? 0 : 1;
    *left += room;
    return MAX(width - room, 1);
}

static void
lay_out(struct view *view, struct app *app)
{
    struct diff_view *v = (struct diff_view *)view;
    int64_t stood = v->lines ? current_change(v) : 0;
    bool stands = !v->lines || view->scroll.top == v->stood_at;
    bool anew = !v->lines || v->laid_out != view->area.width || view->due & VIEW_LAYOUT;
    if (anew) {
        int left;
        bool beside = view->area.width >= COLUMNS_BESIDE && !diff_is_of_one(v->comparison);
        int width = measure(app, &view->area, beside, &left);
        g_clear_pointer(&v->lines, diff_lines_free);
        v->lines = diff_lines_new(v->comparison, width, beside, app->ascii);
        v->laid_out = view->area.width;
        view->due &= ~(unsigned)VIEW_LAYOUT;
    }
    view->scroll.count = columns_count(&v->lines->columns);
    scroller_fit(&view->scroll, view->area.height);
    bool marks = v->lines->changes->len && !diff_is_of_one(v->comparison);
    if (anew) {
        v->stood_at = -1; /* a line by then is another one now */
        find_laid_out(view, -1);
    }
    /* who has scrolled reads on where that is, with fewer lines, too */
    if ((anew || (stands && v->height != view->area.height)) && stood >= 0 && marks)
        stand_on(v, stood);
    v->height = view->area.height;
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct diff_view *v = (const struct diff_view *)view;
    int left;
    measure(app, &view->area, v->lines->columns.sides[1] != NULL, &left);
    (void)focused;
    grid->cursor_x = left;
    grid->cursor_y = view->area.y;
    int64_t current = current_change(v);
    struct diff_place marked = current < 0 ? (struct diff_place){0} : *place_of(v, current);
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        int64_t line = view->scroll.top + i;
        columns_draw(&v->lines->columns, app, grid, left, view->area.y + i, line, view);
        if (line >= marked.first && line < marked.end)
            grid_put(grid, left - 1, view->area.y + i, app_sign(app, "▌", ">"), 1, STYLE_STRONG);
    }
}

/* --- told -------------------------------------------------------------------------------- */

/* The steps that are changes; borrowed of the comparison. */
static GPtrArray *
changes_of(const struct diff_view *v)
{
    const GArray *steps = v->comparison->diff->steps;
    GPtrArray *changes = g_ptr_array_new();
    for (guint i = 0; i < steps->len; i++) {
        struct diff_step *step = &g_array_index(steps, struct diff_step, i);
        if (step->kind != DIFF_EQUAL)
            g_ptr_array_add(changes, step);
    }
    return changes;
}

/* Reading has gone on, or back, to another change than the one that was told last. */
static void
follow_reading(struct diff_view *v)
{
    guint read = 0;
    while (read < v->ends->len && g_array_index(v->ends, int64_t, read) <= v->base.said_end)
        read++;
    if (v->base.said_end != v->read_to && read < v->ends->len) /* all at once is not one by one */
        v->heard = read;
}

/* The next change (`by` 1), or one further on or back, with its place; one reads on behind it. */
static void
tell_change(struct diff_view *v, struct app *app, int64_t by)
{
    g_autoptr(GPtrArray) changes = changes_of(v);
    follow_reading(v);
    if (by > 0 ? v->heard >= changes->len : v->heard <= 1) {
        app_say(app, by > 0 ? _("this is the last change") : _("this is the first change"));
        return;
    }
    v->heard = (guint)CLAMP(v->heard + by, 1, (int64_t)changes->len);
    g_autoptr(GString) text = g_string_new(NULL);
    diff_spoken_step(v->comparison->diff, g_ptr_array_index(changes, v->heard - 1), text);
    app_say(app, _("change %u of %u: %s"), v->heard, changes->len, text->str);
    if (v->heard <= v->ends->len)
        v->base.said_end = v->read_to = g_array_index(v->ends, int64_t, v->heard - 1);
}

/* --- acting ------------------------------------------------------------------------------- */

static void
step(struct diff_view *v, struct app *app, int direction)
{
    int64_t at = current_change(v), all = v->lines ? v->lines->changes->len : 0;
    /* where none is in sight, one is before the next */
    int64_t to = at >= 0 ? at + direction : changes_above(v, v->base.scroll.top) - (direction < 0);
    if (all && to >= 0 && to < all)
        stand_on(v, to);
    else
        app_say(app, direction > 0 ? _("this is the last change") : _("this is the first change"));
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    if (action != ACTION_NEXT_CHANGE && action != ACTION_PREVIOUS_CHANGE)
        return 0;
    if (diff_is_of_one(((const struct diff_view *)view)->comparison)) {
        app_say(app, _("this is the first text"));
        return VIEW_DONE;
    }
    int direction = action == ACTION_NEXT_CHANGE ? 1 : -1;
    if (app->plain)
        tell_change((struct diff_view *)view, app, (int64_t)direction * MAX(count, 1));
    for (int i = 0; i < MAX(count, 1) && !app->plain; i++)
        step((struct diff_view *)view, app, direction);
    return VIEW_DONE;
}

static bool
offers(const struct view *view, const struct app *app, enum action action)
{
    (void)app;
    return (action == ACTION_NEXT_CHANGE || action == ACTION_PREVIOUS_CHANGE) &&
           !diff_is_of_one(((const struct diff_view *)view)->comparison);
}

/* Of the first text there is no change to go to. */
static bool
lacks(const struct view *view, enum action action)
{
    return (action == ACTION_NEXT_CHANGE || action == ACTION_PREVIOUS_CHANGE) &&
           diff_is_of_one(((const struct diff_view *)view)->comparison);
}

/* The new text, where there are two columns; the line on either side. */
static const char *
text_at(const void *data, int64_t place)
{
    const struct diff_view *v = data;
    return columns_text(&v->lines->columns, v->lines->columns.sides[1] != NULL, place);
}

static int64_t
find(struct view *view, int64_t from, int direction, bool here)
{
    if (!((const struct diff_view *)view)->lines)
        return -1;
    return scroller_find(&view->scroll, from, direction, here, view->find, text_at, view);
}

/* "2/3  45%" */
static char *
position(const struct diff_view *v)
{
    char *percent = scroller_percent(&v->base.scroll);
    int64_t current = current_change(v);
    if (current < 0)
        return percent;
    g_autofree char *alone = percent;
    return g_strdup_printf("%d/%u  %s", (int)current + 1, v->lines->changes->len, alone);
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct diff_view *v = (const struct diff_view *)view;
    (void)app;
    info->title = diff_is_of_one(v->comparison)
                      ? g_strdup_printf(_("First text: %s"), heading_title(v->row))
                      : g_strdup_printf(_("Changes: %s"), heading_title(v->row));
    info->position = v->lines ? position(v) : NULL;
    info->portal = v->row->portal;
    info->edition = v->row->edition;
}

/* All that it said. */
static void
first_to_text(const struct diff_view *v, GString *out)
{
    const GArray *steps = v->comparison->diff->steps;
    g_autofree char *name = diff_text_name(v->comparison->old);
    g_string_append_printf(out, "%s\n", name);
    for (guint i = 0; i < steps->len; i++) {
        g_string_append_c(out, '\n');
        diff_spoken_step(v->comparison->diff, &g_array_index(steps, struct diff_step, i), out);
        g_string_append_c(out, '\n');
    }
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    struct diff_view *v = (struct diff_view *)view;
    if (diff_is_of_one(v->comparison)) {
        first_to_text(v, out);
        return;
    }
    g_autofree char *size = diff_size_words(&v->comparison->diff->stat),
                    *texts = diff_spoken_texts(v->comparison);
    g_autoptr(GPtrArray) changes = changes_of(v);
    gsize counted = out->len;
    int64_t lines = 0;
    (void)app;
    g_array_set_size(v->ends, 0);
    g_string_append_printf(out, "%s\n%s\n", texts, size);
    for (guint i = 0; i < changes->len; i++) {
        g_string_append_c(out, '\n');
        diff_spoken_step(v->comparison->diff, g_ptr_array_index(changes, i), out);
        g_string_append_c(out, '\n');
        for (; counted < out->len; counted++)
            lines += out->str[counted] == '\n';
        g_array_append_val(v->ends, lines);
    }
}

static void
free_view(struct view *view, struct app *app)
{
    struct diff_view *v = (struct diff_view *)view;
    (void)app;
    g_clear_pointer(&v->lines, diff_lines_free);
    g_clear_pointer(&v->comparison, comparison_free);
    g_clear_pointer(&v->row, article_row_free);
    g_array_unref(v->ends);
    g_free(v);
}

static const struct view_ops diff_ops = {
    .context = CONTEXT_CHANGES,
    .pane = PANE_WHOLE,
    .lay_out = lay_out,
    .draw = draw,
    .act = act,
    .offers = offers,
    .lacks = lacks,
    .describe = describe,
    .to_text = to_text,
    .free = free_view,
    .find = find,
};

struct view *
diff_view_new(struct app *app, int64_t article, int from, int to, GError **error)
{
    struct diff_view *v = g_new0(struct diff_view, 1);
    v->base.ops = &diff_ops;
    v->base.scroll.lines = true;
    v->ends = g_array_new(FALSE, FALSE, sizeof(int64_t));
    v->row = listing_article(app->session->store, article, error);
    v->comparison = v->row ? revisions_compare(app->session->store, article, from, to, NULL, error)
                           : NULL;
    if (v->comparison)
        return &v->base;
    free_view(&v->base, app);
    return NULL;
}
