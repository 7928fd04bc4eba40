/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The agenda: what articles set dates for, from today on, by day.  Below the rows stands the
 * sentence that sets the one under the cursor.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "reader/calendar.h"
#include "reader/heading.h"
#include "store/agenda.h"
#include "text/cells.h"
#include "ui/app.h"
#include "ui/browser.h"
#include "ui/fetching.h"
#include "ui/list-view.h"
#include "ui/views.h"

#include <string.h>

#define MOST      1000 /* dates: what lies further ahead is not looked at */
#define SOON      (3 * 86400)
#define EVIDENCE  3  /* lines below the rows, one of them empty */
#define ROOMY     10 /* lines, from which on there is room for them */
#define WIDE      60 /* cells, from which on days have their year */
#define DAY_WIDE  10
#define DAY_SHORT 5
#define HOUR      5
/* cells of a title, for which the role gives way */
#define LEAST_TITLE 8

struct agenda_view {
    struct view base;
    GPtrArray *rows; /* struct agenda_row * */
    int64_t now;
};

static void
load(struct view *view, struct app *app)
{
    struct agenda_view *v = (struct agenda_view *)view;
    v->now = clock_now();
    g_clear_pointer(&v->rows, g_ptr_array_unref);
    struct agenda_request request = {
        .from = query_today(v->now), .to = G_MAXINT64, .limit = MOST, .languages = app_folded(app)};
    g_autoptr(GError) error = NULL;
    if (app->session->store && !app->session->absent)
        v->rows = agenda_rows(app->session->store, &request, &error);
    if (error)
        app_show_error(app, "%s", error->message);
    if (!v->rows)
        v->rows = g_ptr_array_new();
    view->scroll.count = v->rows->len;
    scroller_go(&view->scroll, view->scroll.cursor);
}

static const struct agenda_row *
row_at(const struct agenda_view *v, int64_t place)
{
    return place >= 0 && place < v->rows->len ? g_ptr_array_index(v->rows, place) : NULL;
}

static bool
has_evidence(const struct agenda_view *v)
{
    return v->rows->len && v->base.area.height >= ROOMY;
}

static void
lay_out(struct view *view, struct app *app)
{
    const struct agenda_view *v = (const struct agenda_view *)view;
    (void)app;
    scroller_fit(&view->scroll, view->area.height - (has_evidence(v) ? EVIDENCE : 0));
}

/* --- drawn ------------------------------------------------------------------------------- */

/* "2025-06-15" */
static char *
day_of(const struct agenda_row *row)
{
    struct date date = row->date;
    date.precision = DATE_DAY;
    return date_iso(&date);
}

static const char *
title_of(const struct agenda_row *row)
{
    return *row->title ? row->title : _("(no title)");
}

static int
role_width(void)
{
    int width = 0;
    for (int role = 1; role < AGENDA_ROLES; role++)
        width = MAX(width, cells_width(calendar_role((enum agenda_role)role), -1));
    return width;
}

static void
draw_row(const struct agenda_view *v, const struct app *app, struct grid *grid, int y,
         int64_t place)
{
    const struct area *area = &v->base.area;
    const struct agenda_row *row = row_at(v, place), *before = row_at(v, place - 1);
    bool wide = area->width >= WIDE;
    g_autofree char *day = day_of(row), *last = before ? day_of(before) : NULL,
                    *moment = heading_date(&row->date);
    /* the first row of the picture says its day, too */
    bool fresh = g_strcmp0(day, last) || place == v->base.scroll.top;
    const char *hour = strchr(moment, ' ');
    enum style style = row->withdrawn                   ? STYLE_DIM
                       : row->date.time < v->now + SOON ? STYLE_UNREAD
                                                        : STYLE_NORMAL;
    int x = area->x + 2, end = area->x + area->width - 1;
    int day_width = wide ? DAY_WIDE : DAY_SHORT;
    if (fresh)
        grid_put(grid, x, y, wide ? day : day + DAY_WIDE - DAY_SHORT, day_width, STYLE_HEADING);
    x += day_width + 2;
    if (wide) {
        grid_put(grid, x, y, hour ? hour + 1 : "", HOUR, style);
        x += HOUR + 2;
    }
    if (end - x - role_width() - 2 >= LEAST_TITLE) {
        grid_put(grid, x, y, calendar_role(row->role), role_width(), STYLE_DIM);
        x += role_width() + 2;
    }
    g_autofree char *title = g_strconcat(row->withdrawn ? app_sign(app, "✗ ", "x ") : "",
                                         row->computed ? app_sign(app, "≈ ", "~ ") : "",
                                         title_of(row), NULL);
    g_autofree char *cut = cells_ellipsize(title, MAX(end - x, 1), app_sign(app, "…", "~"));
    grid_put(grid, x, y, cut, end - x, style);
    if (v->base.find)
        grid_restyle_matches(grid, x, y, cut, v->base.find);
}

static void
draw_evidence(const struct agenda_view *v, const struct app *app, struct grid *grid)
{
    const struct area *area = &v->base.area;
    const struct agenda_row *row = row_at(v, v->base.scroll.cursor);
    g_autofree char *text =
        g_strconcat(row->computed ? app_sign(app, "≈ ", "~ ") : "", row->sentence, NULL);
    grid_put_paragraph(grid, area->x + 2, area->y + area->height - EVIDENCE + 1, area->width - 3,
                       area->y + area->height, text, STYLE_DIM);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct agenda_view *v = (const struct agenda_view *)view;
    const struct area *area = &view->area;
    if (!v->rows->len) {
        int left, width;
        app_measure(app, area, &left, &width);
        grid_put_paragraph(grid, left, area->y + (area->height > 2), width, area->y + area->height,
                           _("No article sets a date from today on."), STYLE_NORMAL);
        return;
    }
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        int y = area->y + i;
        draw_row(v, app, grid, y, view->scroll.top + i);
        if (view->scroll.top + i != view->scroll.cursor)
            continue;
        grid_set_off(grid, area->x, y, area->width, focused ? STYLE_FOCUS : STYLE_SELECTED);
        if (focused) {
            grid->cursor_x = area->x + 2;
            grid->cursor_y = y;
        }
    }
    if (has_evidence(v))
        draw_evidence(v, app, grid);
}

/* --- the rest ---------------------------------------------------------------------------- */

static int64_t
target(struct view *view, struct target *target)
{
    const struct agenda_row *row = row_at((const struct agenda_view *)view, view->scroll.cursor);
    if (row && target)
        *target = (struct target){.kind = TARGET_ARTICLE, .article = row->article};
    return row ? row->article : 0;
}

static const char *
text_at(const void *data, int64_t place)
{
    return title_of(row_at(data, place));
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    return scroller_find(&view->scroll, from, step, here, view->find, text_at, view);
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    const struct agenda_row *at = row_at((const struct agenda_view *)view, view->scroll.cursor);
    AUTO(article_row_free)
    struct article_row *row = at ? listing_article(app->session->store, at->article, NULL) : NULL;
    (void)count;
    switch (action) {
    case ACTION_AGENDA:
        app_say(app, _("this is the agenda"));
        return VIEW_DONE;
    case ACTION_BROWSER:
        if (row && row->link)
            browser_open(app, row->link);
        else
            app_say(app,
                    row ? _("this article has no page of its own") : _("there is no article here"));
        return VIEW_DONE;
    case ACTION_FETCH:
        if (row)
            fetching_ask(app, row->source);
        else
            fetching_ask_all(app);
        return VIEW_DONE;
    case ACTION_REMOVE:
        app_say(app, _("there is no source here to unsubscribe from"));
        return VIEW_DONE;
    default:
        return 0;
    }
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    (void)app;
    info->title = g_strdup(_("Agenda"));
    info->position = g_strdup_printf("%ld/%ld",
                                     view->scroll.count ? (long)view->scroll.cursor + 1 : 0l,
                                     (long)view->scroll.count);
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct agenda_view *v = (const struct agenda_view *)view;
    (void)app;
    if (!v->rows->len)
        g_string_append_printf(out, "%s\n", _("No article sets a date from today on."));
}

static void
row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    const struct agenda_row *row = row_at((const struct agenda_view *)view, place);
    g_autofree char *moment = heading_date(&row->date);
    AUTO(article_row_free)
    struct article_row *article =
        row->group ? listing_article(app->session->store, row->article, NULL) : NULL;
    g_autofree char *others = article && app_folded(app) ? list_others_in_words(app, article)
                                                         : g_strdup("");
    g_string_append_printf(out, "%s, %s: %s", moment, calendar_role(row->role), title_of(row));
    if (row->computed) /* TRANSLATORS: of a date that no sentence names; one reckons it */
        g_string_append_printf(out, ", %s", C_("a date", "computed"));
    if (row->withdrawn)
        g_string_append_printf(out, ", %s", _("withdrawn"));
    if (*others)
        g_string_append_printf(out, ", %s", others);
    const char *sentence = row->sentence ? row->sentence : "";
    if (*row->title && g_str_has_prefix(sentence, row->title)) { /* which was said just now */
        const char *rest = sentence + strlen(row->title);
        bool ends = !*rest || g_unichar_ispunct(g_utf8_get_char(rest));
        while (ends && *rest && !g_unichar_isalnum(g_utf8_get_char(rest)))
            rest = g_utf8_next_char(rest);
        sentence = ends ? rest : sentence;
    }
    if (*sentence)
        g_string_append_printf(out, ". %s", sentence);
}

static void
free_view(struct view *view, struct app *app)
{
    struct agenda_view *v = (struct agenda_view *)view;
    (void)app;
    g_ptr_array_unref(v->rows);
    g_free(v);
}

struct view *
agenda_view_new(struct app *app)
{
    static const struct view_ops ops = {
        .context = CONTEXT_PAGE,
        .pane = PANE_LIST,
        .lay_out = lay_out,
        .draw = draw,
        .act = act,
        .describe = describe,
        .to_text = to_text,
        .row_to_text = row_to_text,
        .free = free_view,
        .load = load,
        .target = target,
        .find = find,
    };
    struct agenda_view *v = g_new0(struct agenda_view, 1);
    v->base.ops = &ops;
    load(&v->base, app);
    return &v->base;
}
