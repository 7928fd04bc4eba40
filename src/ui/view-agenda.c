/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The agenda: what articles set dates for, from today on, by day.  Below the rows stands the
 * sentence that sets the one under the cursor.  What is done to a row is done to its article.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "reader/calendar.h"
#include "reader/heading.h"
#include "reader/list-date.h"
#include "store/agenda.h"
#include "text/cells.h"
#include "ui/app.h"
#include "ui/article-actions.h"
#include "ui/fetching.h"
#include "ui/list-view.h"
#include "ui/views.h"

#include <string.h>

#define MOST      1000 /* dates: what lies further ahead is not looked at */
#define SOON      (3 * 86400)
#define EVIDENCE  3  /* lines below the rows at least, one of them empty; half of all at most */
#define ROOMY     6  /* lines, from which on there is room for them */
#define WIDE      60 /* cells, from which on days have their year */
#define YEARS     40 /* the same where one of them is of another year */
#define DAY_WIDE  10
#define DAY_SHORT 5
#define HOUR      5
/* cells of a title, for which the role gives way, and the column of sources */
#define LEAST_TITLE 8
#define ROOMY_TITLE 28
#define SOURCE      18

struct agenda_view {
    struct view base;
    GPtrArray *rows; /* struct agenda_row * */
    int64_t now;
    bool hours;   /* any of them has one */
    bool years;   /* days have their year */
    int evidence; /* lines below the rows */
};

static struct agenda_row *
row_at(const struct agenda_view *v, int64_t place)
{
    return place >= 0 && place < v->rows->len ? g_ptr_array_index(v->rows, place) : NULL;
}

/* A row's article as it is now, with marks that wait; NULL: it is gone. */
static struct article_row *
article_of(const struct app *app, const struct agenda_row *row)
{
    struct article_row *article = row ? listing_article(app->session->store, row->article, NULL)
                                      : NULL;
    if (article && app_folded(app))
        session_join(app->session, article);
    if (article)
        session_overlay(app->session, article);
    return article;
}

/* Whether the article has a star, in any of its editions where the row stands for all. */
static bool
is_starred(const struct app *app, const struct agenda_row *row)
{
    struct article_row marks = {.id = row->article, .group = row->group, .starred = row->starred};
    if (row->group && app_folded(app))
        session_join(app->session, &marks);
    session_overlay(app->session, &marks);
    bool starred = article_row_is_starred(&marks);
    if (marks.copies)
        g_array_unref(marks.copies);
    return starred;
}

/* Marks that wait for another program to let go of the store are shown as if they were written. */
static void
apply_pending(const struct agenda_view *v, const struct app *app)
{
    for (guint i = 0; i < v->rows->len && app->session->pending->len; i++) {
        struct agenda_row *row = g_ptr_array_index(v->rows, i);
        struct article_row marks = {
            .id = row->article, .unread = row->unread, .starred = row->starred};
        session_overlay(app->session, &marks);
        row->unread = marks.unread;
        row->starred = marks.starred;
    }
}

/* Where the same date of the same article stands; else where it stood. */
static int64_t
place_of(const struct agenda_view *v, const struct agenda_row *row, int64_t before)
{
    for (guint i = 0; row && i < v->rows->len; i++) {
        const struct agenda_row *other = g_ptr_array_index(v->rows, i);
        if (other->article == row->article && other->date.time == row->date.time &&
            other->role == row->role && !g_strcmp0(other->sentence, row->sentence))
            return i;
    }
    return before;
}

static void
load(struct view *view, struct app *app)
{
    struct agenda_view *v = (struct agenda_view *)view;
    g_autoptr(GPtrArray) former = g_steal_pointer(&v->rows);
    int64_t cursor = view->scroll.cursor, below = cursor - view->scroll.top;
    v->now = clock_now();
    struct agenda_request request = {
        .from = query_today(v->now), .to = G_MAXINT64, .limit = MOST, .languages = app_folded(app)};
    g_autoptr(GError) error = NULL;
    if (app->session->store && !app->session->absent)
        v->rows = agenda_rows(app->session->store, &request, &error);
    if (error)
        app_show_error(app, "%s", error->message);
    if (!v->rows)
        v->rows = g_ptr_array_new();
    apply_pending(v, app);
    v->hours = false;
    for (guint i = 0; i < v->rows->len; i++)
        v->hours |= ((const struct agenda_row *)g_ptr_array_index(v->rows, i))->date.precision >
                    DATE_DAY;
    view->scroll.count = v->rows->len;
    if (former && cursor < former->len)
        cursor = place_of(v, g_ptr_array_index(former, cursor), cursor);
    if (cursor != view->scroll.cursor)
        view->scroll.top = MAX(cursor - below, 0);
    scroller_go(&view->scroll, cursor);
}

static int
role_width(void)
{
    int width = 0;
    for (int role = 1; role < AGENDA_ROLES; role++)
        width = MAX(width, cells_width(calendar_role((enum agenda_role)role), -1));
    return width;
}

/* The width of the column that says the source; 0: there is none. */
static int
source_cells(const struct agenda_view *v)
{
    int width = v->base.area.width, source = MIN(SOURCE, width / 5);
    int before = 2 + DAY_WIDE + 2 + (v->hours ? HOUR + 2 : 0) + role_width() + 2;
    return width - 1 - before - 2 - source >= ROOMY_TITLE ? source : 0;
}

static char *
source_of(const struct app *app, const struct agenda_row *row, int room)
{
    const struct article_row names = {.source_name = row->source_name,
                                      .source_label = row->source_label};
    return heading_source(&names, room, app_sign(app, "…", "~"));
}

/*
 * The sentence that sets the date under the cursor, as it is shown, behind the source where no
 * column says it; newly allocated.
 */
static char *
evidence_of(const struct agenda_view *v, const struct app *app)
{
    const struct agenda_row *row = row_at(v, v->base.scroll.cursor);
    if (!row)
        return g_strdup("");
    bool named = source_cells(v);
    g_autofree char *source = named ? NULL : source_of(app, row, v->base.area.width / 2);
    return g_strconcat(named ? "" : source, named ? "" : app_sign(app, " · ", " - "),
                       row->computed ? app_sign(app, "≈ ", "~ ") : "", row->sentence, NULL);
}

/* The sentence stands there whole, as far as half of the lines suffice. */
static void
lay_out(struct view *view, struct app *app)
{
    struct agenda_view *v = (struct agenda_view *)view;
    int height = view->area.height, most = MAX(height / 2, EVIDENCE);
    v->evidence = 0;
    if (v->rows->len && height >= ROOMY) {
        g_autofree char *text = evidence_of(v, app);
        int lines = grid_put_paragraph(NULL, 0, 0, view->area.width - 3, most, text, STYLE_DIM);
        v->evidence = CLAMP(lines + 1, EVIDENCE, most);
    }
    scroller_fit(&view->scroll, height - v->evidence);
    v->years = view->area.width >= WIDE;
    for (int i = 0; !v->years && view->area.width >= YEARS && i < scroller_shown(&view->scroll);
         i++)
        v->years = !list_date_is_of_year(&row_at(v, view->scroll.top + i)->date, v->now);
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
    int x = area->x + 2, end = area->x + area->width - 1, source = source_cells(v);
    if (source) {
        g_autofree char *name = source_of(app, row, source);
        end -= source;
        grid_put(grid, end, y, name, source, STYLE_DIM);
        end -= 2;
    }
    if (row->unread)
        grid_put(grid, area->x, y, app_sign(app, "●", "N"), 1, STYLE_UNREAD);
    if (is_starred(app, row))
        grid_put(grid, area->x + 1, y, app_sign(app, "★", "*"), 1, STYLE_STAR);
    int day_width = v->years ? DAY_WIDE : DAY_SHORT;
    if (fresh)
        grid_put(grid, x, y, day + DAY_WIDE - day_width, day_width, STYLE_HEADING);
    x += day_width + 2;
    /* the hour matters more than the role, whose room it may need */
    if (v->hours && (wide || end - x - HOUR - 2 >= LEAST_TITLE)) {
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
        grid_restyle_matches(grid, x, y, cut, v->base.find, STYLE_MATCH);
}

static void
draw_evidence(const struct agenda_view *v, const struct app *app, struct grid *grid)
{
    const struct area *area = &v->base.area;
    int room = area->width - 3, lines = v->evidence - 1;
    g_autofree char *text = evidence_of(v, app);
    int width = MIN(cells_width(text, -1), room * (lines + 1));
    g_autofree char *cut = g_strdup(text);
    while (width > room &&
           grid_put_paragraph(NULL, 0, 0, room, lines + 1, cut, STYLE_DIM) > lines) {
        width = MAX(width - MAX(room / 8, 1), room);
        g_free(cut);
        cut = cells_ellipsize(text, width, app_sign(app, "…", "~"));
    }
    grid_put_paragraph(grid, area->x + 2, area->y + area->height - lines, room,
                       area->y + area->height, cut, STYLE_DIM);
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
    if (v->evidence)
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

/* The next row of another article that is unread; -1: there is none. */
static int64_t
find_unread(const struct agenda_view *v, int64_t from, int step)
{
    for (int64_t i = from + step; row_at(v, i); i += step)
        if (row_at(v, i)->unread && row_at(v, i)->article != row_at(v, from)->article)
            return i;
    return -1;
}

/* How many other articles are unread in a direction. */
static int64_t
count_unread(const struct agenda_view *v, int step)
{
    int64_t from = v->base.scroll.cursor;
    const struct agenda_row *here = row_at(v, from);
    g_autoptr(GHashTable) articles = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (struct agenda_row *row; (row = row_at(v, from += step));)
        if (row->unread && row->article != here->article)
            g_hash_table_add(articles, &row->article);
    return g_hash_table_size(articles);
}

/*
 * As in a list: opens the article under the cursor if it is unread, else the next one that is; of
 * several the last.
 */
static void
read_on(struct agenda_view *v, struct app *app, int step, int count)
{
    struct scroller *scroll = &v->base.scroll;
    bool here = app_top(app) == &v->base && step > 0;
    const struct agenda_row *row = row_at(v, scroll->cursor);
    int gone = here && row && row->unread;
    for (int64_t to; gone < count && (to = find_unread(v, scroll->cursor, step)) >= 0; gone++)
        scroller_go(scroll, to);
    if (!gone)
        app_say_no_unread(app, step, count_unread(v, -step));
    else if (here)
        app_enter(app);
}

static void
free_row(gpointer row)
{
    article_row_free(row);
}

static unsigned
mark(struct agenda_view *v, struct app *app, enum mark mark)
{
    bool folded = app_folded(app) != NULL;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
    g_ptr_array_add(rows, article_of(app, row_at(v, v->base.scroll.cursor)));
    bool on = article_action_lacks(rows, mark);
    if (folded && (mark == MARK_DELETED || (mark == MARK_STARRED && !on)))
        article_action_add_editions(app, rows, mark);
    if (!article_action_mark(app, rows, mark, on, folded))
        return VIEW_DONE;
    if (mark == MARK_READ)
        scroller_move(&v->base.scroll, ACTION_DOWN, 1);
    return VIEW_DONE | VIEW_CHANGED_STORE;
}

/* Of each article that has a row here. */
static void
mark_all_read(const struct agenda_view *v, struct app *app)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GArray) articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < v->rows->len; i++) {
        struct agenda_row *row = g_ptr_array_index(v->rows, i);
        if (row->unread && g_hash_table_add(seen, &row->article))
            g_array_append_val(articles, row->article);
    }
    app_mark_all(app, articles, false);
}

static unsigned
act_on_row(struct agenda_view *v, struct app *app, enum action action, int count)
{
    AUTO(article_row_free)
    struct article_row *row = article_of(app, row_at(v, v->base.scroll.cursor));
    switch (row ? action : ACTION_NONE) {
    case ACTION_TOGGLE_READ:
        return mark(v, app, MARK_READ);
    case ACTION_TOGGLE_STAR:
        return mark(v, app, MARK_STARRED);
    case ACTION_DELETE:
        return mark(v, app, MARK_DELETED);
    case ACTION_TAG: {
        g_autoptr(GPtrArray) rows = g_ptr_array_new();
        g_ptr_array_add(rows, row);
        article_action_tag(app, rows);
        return VIEW_DONE;
    }
    default:
        return article_action_on_row(app, row, action, count) ? VIEW_DONE : 0;
    }
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    struct agenda_view *v = (struct agenda_view *)view;
    switch (action) {
    case ACTION_AGENDA:
        app_say(app, _("this is the agenda"));
        return VIEW_DONE;
    case ACTION_FETCH: {
        AUTO(article_row_free)
        struct article_row *row = article_of(app, row_at(v, view->scroll.cursor));
        if (row)
            fetching_ask(app, row->source);
        else
            fetching_ask_all(app);
        return VIEW_DONE;
    }
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
        read_on(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1, MAX(count, 1));
        return VIEW_DONE;
    case ACTION_MARK_ALL_READ:
        mark_all_read(v, app);
        return VIEW_DONE;
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        scroller_move(&view->scroll, action == ACTION_NEXT ? ACTION_DOWN : ACTION_UP, count);
        return VIEW_DONE;
    default:
        return act_on_row(v, app, action, count);
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
    /* TRANSLATORS: a day, what is then ("Deadline"), of what */
    g_string_append_printf(out, _("%s, %s: %s"), moment, calendar_role(row->role), title_of(row));
    if (*row->source_name)
        g_string_append_printf(out, "%s%s", _(", "), row->source_name);
    if (row->computed) /* TRANSLATORS: of a date that no sentence names; one reckons it */
        g_string_append_printf(out, "%s%s", _(", "), C_("a date", "computed from the text"));
    if (row->unread)
        g_string_append_printf(out, "%s%s", _(", "), C_("an article", "unread"));
    if (is_starred(app, row))
        g_string_append_printf(out, "%s%s", _(", "), _("starred"));
    if (row->withdrawn)
        g_string_append_printf(out, "%s%s", _(", "), _("withdrawn"));
    if (*others)
        g_string_append_printf(out, "%s%s", _(", "), others);
    const char *sentence = row->sentence ? row->sentence : "";
    if (*row->title && g_str_has_prefix(sentence, row->title)) { /* which was said just now */
        const char *rest = sentence + strlen(row->title);
        bool ends = !*rest || g_unichar_ispunct(g_utf8_get_char(rest));
        while (ends && *rest && !g_unichar_isalnum(g_utf8_get_char(rest)))
            rest = g_utf8_next_char(rest);
        sentence = ends ? rest : sentence;
    }
    if (*sentence)
        g_string_append_printf(out, "%s%s", _(". "), sentence);
}

static void
free_view(struct view *view, struct app *app)
{
    struct agenda_view *v = (struct agenda_view *)view;
    (void)app;
    g_ptr_array_unref(v->rows);
    g_free(v);
}

static const struct view_ops agenda_ops = {
    .context = CONTEXT_AGENDA,
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

void
agenda_go_to(struct view *view, struct app *app, int64_t article)
{
    if (view->ops != &agenda_ops || target(view, NULL) == article)
        return;
    app_refresh(app, view);
    for (int64_t i = 0; i < view->scroll.count; i++)
        if (row_at((struct agenda_view *)view, i)->article == article) {
            scroller_go(&view->scroll, i);
            return;
        }
}

struct view *
agenda_view_new(struct app *app)
{
    struct agenda_view *v = g_new0(struct agenda_view, 1);
    v->base.ops = &agenda_ops;
    load(&v->base, app);
    return &v->base;
}
