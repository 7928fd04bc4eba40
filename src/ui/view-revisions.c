/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The revisions of an article, the newest first: when each was first seen, how much it changed,
 * from where it is; and between them when it was withdrawn and came back.  What a row leads to is
 * the change that made it, and the first one to its text.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "reader/heading.h"
#include "reader/withdrawal.h"
#include "text/cells.h"
#include "ui/app.h"
#include "ui/diff-lines.h"
#include "ui/views.h"

#include <string.h>

#define NARROW 60 /* cells below which dates have no year, if it is this one, or no hour */

struct revisions_view {
    struct view base;
    struct article_row *row; /* owned */
    GPtrArray *revisions;    /* owned struct revision *, the oldest first */
    GPtrArray *sizes;    /* owned struct diff_stat *, of each, once it was shown; NULL: not yet */
    GPtrArray *presence; /* owned struct presence *, the oldest first */
    GArray *rows;        /* struct timeline_row, the newest first */
};

/* One of both. */
struct timeline_row {
    const struct revision *revision;
    const struct presence *presence;
};

static struct timeline_row
row_at(const struct revisions_view *v, int64_t row)
{
    return row >= 0 && row < v->rows->len ? g_array_index(v->rows, struct timeline_row, row)
                                          : (struct timeline_row){0};
}

/* The revision of a row; NULL: that the article was withdrawn or is back. */
static const struct revision *
revision_at(const struct revisions_view *v, int64_t row)
{
    return row_at(v, row).revision;
}

/* Merges them from their ends; of one moment a withdrawal is the later. */
static void
make_rows(struct revisions_view *v)
{
    guint i = v->revisions->len, j = v->presence->len;
    while (i || j) {
        struct timeline_row row = {i ? g_ptr_array_index(v->revisions, i - 1) : NULL,
                                   j ? g_ptr_array_index(v->presence, j - 1) : NULL};
        if (row.revision && row.presence) {
            if (row.presence->at >= row.revision->seen)
                row.revision = NULL;
            else
                row.presence = NULL;
        }
        i -= row.revision != NULL;
        j -= row.presence != NULL;
        g_array_append_val(v->rows, row);
    }
}

static int64_t
time_of(const struct timeline_row *row)
{
    return row->revision ? row->revision->seen : row->presence->at;
}

static void
measure_sizes(struct revisions_view *v, struct app *app)
{
    for (int i = 0; i < scroller_shown(&v->base.scroll); i++) {
        const struct revision *r = revision_at(v, v->base.scroll.top + i);
        gpointer *size = r ? &g_ptr_array_index(v->sizes, r->number - 1) : NULL;
        if (!size || *size || r->number == 1)
            continue;
        AUTO(comparison_free)
        struct comparison *c = revisions_compare(app->session->store, v->row->id, r->number - 1,
                                                 r->number, NULL, NULL);
        struct diff_stat none = {0};
        *size = g_memdup2(c ? &c->diff->stat : &none, sizeof none);
    }
}

/* How much a revision changed; newly allocated. */
static char *
size_of(const struct revisions_view *v, const struct revision *r, bool narrow)
{
    const struct diff_stat *size = g_ptr_array_index(v->sizes, r->number - 1);
    if (!size)
        return g_strdup(_("the first text"));
    return narrow ? g_strdup_printf(_("words +%u −%u"), size->words_added, size->words_removed)
                  : diff_stat_line(size);
}

static void
lay_out(struct view *view, struct app *app)
{
    struct revisions_view *v = (struct revisions_view *)view;
    view->scroll.count = v->rows->len;
    scroller_fit(&view->scroll, view->area.height);
    measure_sizes(v, app);
}

/* --- drawing ------------------------------------------------------------------------------ */

static const char *
origin_of(const struct revision *r)
{
    bool page = !g_strcmp0(r->origin, "page");
    if (!g_strcmp0(r->origin, "title"))
        return _("title alone");
    if (r->reread)
        return page ? _("from its page, read again") : _("from the feed, read again");
    return page ? _("from its page") : _("from the feed");
}

/* From where a text is, where not all of them are; else "". */
static const char *
telling_origin(const struct revisions_view *v, const struct revision *r)
{
    const char *origin = origin_of(r);
    for (guint i = 0; i < v->revisions->len; i++)
        if (!g_str_equal(origin_of(g_ptr_array_index(v->revisions, i)), origin))
            return origin;
    return "";
}

/* The same for who hears it without the column in which it stands. */
static const char *
origin_words(const struct revision *r)
{
    bool page = !g_strcmp0(r->origin, "page");
    if (!g_strcmp0(r->origin, "title"))
        return _("only the title, from the list or feed");
    if (r->reread)
        return page ? _("from the article's page, read again") : _("from the feed, read again");
    return page ? _("from the article's page") : _("from the feed");
}

/* "10-25 04:00", of another year "2025-10-25". */
static char *
narrow_time(int64_t time, int64_t now)
{
    g_autofree char *then = diff_time(time), *today = diff_time(now);
    gsize year = strlen("2025-");
    if (strlen(then) <= year)
        return g_steal_pointer(&then);
    return strncmp(then, today, year) ? g_strndup(then, strlen("2025-10-25"))
                                      : g_strdup(then + year);
}

static void
draw_row(const struct revisions_view *v, const struct app *app, struct grid *grid, int y,
         int64_t row)
{
    const struct area *area = &v->base.area;
    const struct timeline_row at = row_at(v, row);
    const struct revision *r = at.revision;
    int end = area->x + area->width - 1;
    bool narrow = area->width < NARROW;
    g_autofree char *time = narrow ? narrow_time(time_of(&at), clock_now())
                                   : diff_time(time_of(&at)),
                    *number = r ? g_strdup_printf("%3d", r->number) : g_strdup("");
    if (r)
        grid_put(grid, area->x + 1, y, number, 3, STYLE_NORMAL);
    else if (at.presence->back)
        grid_put(grid, area->x + 3, y, app_sign(app, "✓", "+"), 1, STYLE_NORMAL);
    else
        grid_put(grid, area->x + 3, y, app_sign(app, "✗", "x"), 1, STYLE_ERROR);
    int cells = (int)strlen(narrow ? "10-25 04:00" : "2025-10-25 04:00"), x = area->x + 6 + cells;
    grid_put(grid, area->x + 6, y, time, cells, STYLE_DIM);
    const char *origin = r ? telling_origin(v, r) : "";
    g_autofree char *size = r ? size_of(v, r, narrow) : NULL,
                    *text = r ? g_strconcat(size, *origin ? app_sign(app, " · ", " - ") : "",
                                            origin, NULL)
                              : withdrawal_event(at.presence),
                    *cut = cells_ellipsize(text, end - x - 2, app_sign(app, "…", "~"));
    grid_put(grid, x + 2, y, cut, end - x - 2, STYLE_NORMAL);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct revisions_view *v = (const struct revisions_view *)view;
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        int64_t row = view->scroll.top + i;
        int y = view->area.y + i;
        draw_row(v, app, grid, y, row);
        if (row != view->scroll.cursor)
            continue;
        grid_set_off(grid, view->area.x, y, view->area.width - 1, STYLE_FOCUS);
        if (focused) {
            grid->cursor_x = view->area.x;
            grid->cursor_y = y;
        }
    }
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct revisions_view *v = (const struct revisions_view *)view;
    (void)app;
    info->title = g_strdup_printf(_("Texts: %s"), heading_title(v->row));
    info->position = g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                     view->scroll.cursor + 1, view->scroll.count);
    info->portal = v->row->portal;
    info->edition = v->row->edition;
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    (void)view; /* its rows are all there is */
    (void)app;
    (void)out;
}

static void
row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    struct revisions_view *v = (struct revisions_view *)view;
    const struct timeline_row at = row_at(v, place);
    const struct revision *r = at.revision;
    g_autofree char *time = diff_time(time_of(&at));
    measure_sizes(v, app);
    const struct diff_stat *stat = r ? g_ptr_array_index(v->sizes, r->number - 1) : NULL;
    g_autofree char *size = stat ? diff_size_words(stat)
                            : r  ? size_of(v, r, false)
                                 : NULL,
                    *event = r ? NULL : withdrawal_event(at.presence);
    if (r)
        g_string_append_printf(out, _("text %d, %s: %s, %s"), r->number, time, size,
                               origin_words(r));
    else
        g_string_append_printf(out, _("%s: %s"), time, event);
}

/* --- what it leads to --------------------------------------------------------------------- */

static int64_t
target(struct view *view, struct target *target)
{
    const struct revisions_view *v = (const struct revisions_view *)view;
    const struct timeline_row at = row_at(v, view->scroll.cursor);
    const struct revision *r = at.revision;
    if (at.presence && (at.presence->back || view->scroll.cursor))
        return 0; /* only what is withdrawn now has a text that is gone */
    int to = r ? r->number : 0, from = r ? MAX(r->number - 1, 1) : (int)v->revisions->len;
    if (from < 1 || (r && v->revisions->len == 1)) /* what is in the reader */
        return 0;
    if (target)
        *target =
            (struct target){.kind = TARGET_DIFF, .article = v->row->id, .from = from, .to = to};
    return to + 1;
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    const struct revisions_view *v = (const struct revisions_view *)view;
    const struct timeline_row at = row_at(v, view->scroll.cursor);
    if (action == ACTION_OPEN && at.presence && !target(view, NULL)) {
        g_autofree char *event = withdrawal_event(at.presence);
        app_say(app, "%s", event);
        return VIEW_DONE;
    }
    if (action == ACTION_OPEN && !target(view, NULL)) {
        app_say(app, _("this article never changed"));
        return VIEW_DONE;
    }
    if (action != ACTION_NEXT_CHANGE && action != ACTION_PREVIOUS_CHANGE)
        return 0;
    scroller_move(&view->scroll, action == ACTION_NEXT_CHANGE ? ACTION_DOWN : ACTION_UP, count);
    return VIEW_DONE;
}

/* --- its life ----------------------------------------------------------------------------- */

static void
forget(struct revisions_view *v)
{
    g_clear_pointer(&v->revisions, g_ptr_array_unref);
    g_clear_pointer(&v->sizes, g_ptr_array_unref);
    g_clear_pointer(&v->presence, g_ptr_array_unref);
    g_clear_pointer(&v->rows, g_array_unref);
    g_clear_pointer(&v->row, article_row_free);
}

static bool
load(struct revisions_view *v, struct app *app, int64_t article, GError **error)
{
    struct store *store = app->session->store;
    struct article_row *row = listing_article(store, article, error);
    GPtrArray *revisions = row ? revisions_list(store, article, error) : NULL;
    if (!revisions) {
        if (row)
            article_row_free(row);
        return false;
    }
    forget(v);
    v->row = row;
    v->revisions = revisions;
    v->presence = withdrawals_history(store, article);
    v->rows = g_array_new(FALSE, FALSE, sizeof(struct timeline_row));
    make_rows(v);
    v->base.scroll.count = v->rows->len; /* those that are read out are never laid out */
    v->sizes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_set_size(v->sizes, (gint)revisions->len);
    return true;
}

static void
reload(struct view *view, struct app *app)
{
    struct revisions_view *v = (struct revisions_view *)view;
    load(v, app, v->row->id, NULL);
}

static void
free_view(struct view *view, struct app *app)
{
    (void)app;
    forget((struct revisions_view *)view);
    g_free(view);
}

static const struct view_ops revisions_ops = {
    .context = CONTEXT_CHANGES,
    .pane = PANE_WHOLE,
    .lay_out = lay_out,
    .draw = draw,
    .act = act,
    .describe = describe,
    .to_text = to_text,
    .row_to_text = row_to_text,
    .free = free_view,
    .load = reload,
    .target = target,
};

struct view *
revisions_view_new(struct app *app, int64_t article, GError **error)
{
    struct revisions_view *v = g_new0(struct revisions_view, 1);
    v->base.ops = &revisions_ops;
    if (load(v, app, article, error))
        return &v->base;
    free_view(&v->base, app);
    return NULL;
}
