/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a list: signs, date, title, source; the snippet below them. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/problem.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "reader/list-date.h"
#include "reader/snippet.h"
#include "text/cells.h"
#include "text/match.h"
#include "ui/list-view.h"
#include "ui/source-actions.h"

#include <string.h>

#define DATED      24 /* cells from which on there is room for dates */
#define DAYS       30 /* for the days of other years */
#define WIDE       60 /* for dates at their full length, whatever they are */
#define MOST_SIGNS 4  /* languages that are named at a row's end */
#define LEAST      6  /* cells of a title, before what stands behind it */

/* Text in which the words that are searched for are set off. */
static void
put_matched(const struct list_view *v, struct grid *grid, int x, int y, const char *text, int cells,
            enum style style)
{
    static char *const none[] = {NULL};
    g_autoptr(GArray)
        ranges = text_matches(text, v->query ? v->query->words : (char **)none, false, 0);
    int end = x + cells;
    gsize at = 0;
    for (guint i = 0; i <= ranges->len; i++) {
        struct text_range range = i < ranges->len ? g_array_index(ranges, struct text_range, i)
                                                  : (struct text_range){strlen(text), 0};
        g_autofree char *before = g_strndup(text + at, range.start - at),
                        *match = g_strndup(text + range.start, range.length);
        x = grid_put(grid, x, y, before, end - x, style);
        x = grid_put(grid, x, y, match, end - x, STYLE_MATCH);
        at = range.start + range.length;
    }
}

/* The width of the column that says the source; 0: there is none. */
static int
source_cells(const struct list_view *v)
{
    int width = v->base.area.width;
    return !v->window.listing.source && width >= 76 ? MIN(18, width / 5) : 0;
}

/* A row that is in memory, else NULL. */
static const struct article_row *
row_at(const struct list_view *v, int64_t place)
{
    int64_t i = place - v->window.from;
    return i >= 0 && i < (int64_t)v->window.rows->len ? g_ptr_array_index(v->window.rows, i) : NULL;
}

/* Whether there is a line for the snippet below the rows. */
static bool
has_snippet(const struct list_view *v)
{
    return v->window.count && v->query && *v->query->words && v->base.area.height >= 6;
}

static int
snippet_width(const struct list_view *v)
{
    return v->base.area.width - 5;
}

/* Finds the words of the article under the cursor around what was searched for. */
static void
find_snippet(struct list_view *v, const struct app *app)
{
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    if (!row || row->id == v->snippet_of)
        return;
    g_free(v->snippet);
    v->snippet =
        snippet_of(app->session->store, row->id, v->query, (guint)MAX(snippet_width(v), 1));
    v->snippet_of = row->id;
    if (app->ascii && v->snippet) {
        g_auto(GStrv) parts = g_strsplit(v->snippet, "…", -1);
        g_free(v->snippet);
        v->snippet = g_strjoinv("~", parts);
    }
}

static void
draw_snippet(const struct list_view *v, const struct app *app, struct grid *grid, int y)
{
    int x = v->base.area.x + 4, end = x + snippet_width(v);
    const char *ellipsis = app_sign(app, "…", "~");
    const struct article_row *row = row_at(v, v->base.scroll.cursor);
    if (row && !v->window.listing.source && !source_cells(v)) { /* whose it is says no column */
        g_autofree char *source = heading_source(row, (end - x) / 2, ellipsis);
        x = grid_put(grid, x, y, source, end - x, STYLE_STRONG) + 1;
    }
    g_autofree char *cut = v->snippet ? cells_ellipsize(v->snippet, end - x, ellipsis) : NULL;
    if (cut)
        put_matched(v, grid, x, y, cut, end - x, STYLE_DIM);
}

/* The three columns of signs before the date. */
static void
draw_signs(const struct app *app, struct grid *grid, int x, int y, const struct article_row *row)
{
    if (row->unread)
        grid_put(grid, x, y, app_sign(app, "●", "N"), 1, STYLE_UNREAD);
    if (article_row_is_starred(row))
        grid_put(grid, x + 1, y, app_sign(app, "★", "*"), 1, STYLE_STAR);
    if (row->withdrawn)
        grid_put(grid, x + 2, y, app_sign(app, "✗", "x"), 1, STYLE_ERROR);
    else if (row->revised)
        grid_put(grid, x + 2, y, app_sign(app, "Δ", "~"), 1, STYLE_DIM);
    else if (row->attachments)
        grid_put(grid, x + 2, y, "@", 1, STYLE_DIM);
}

/* The date of a row, else the day on which it was first seen. */
static struct date
date_of(const struct article_row *row)
{
    if (row->published.precision != DATE_NONE)
        return row->published;
    /* the day here: nobody else has seen it */
    g_autoptr(GDateTime) seen = g_date_time_new_from_unix_local(row->first_seen);
    int64_t offset = seen ? g_date_time_get_utc_offset(seen) / G_TIME_SPAN_MINUTE : 0;
    return (struct date){.time = row->first_seen, .offset = (int16_t)offset, .precision = DATE_DAY};
}

/* The date, else when the article was first seen, with a sign for it; the column behind it. */
static int
draw_date(const struct list_view *v, const struct app *app, struct grid *grid, int y,
          const struct article_row *row)
{
    const struct area *area = &v->base.area;
    bool narrow = area->width < (v->dates_of_year ? WIDE : DAYS),
         dated = row->published.precision != DATE_NONE;
    enum setting_ui_dates style = app->session->context->settings->values.ui_dates;
    int x = area->x + 4, cells = list_date_cells(style, narrow);
    if (area->width < DATED)
        return x;
    struct date date = date_of(row);
    if (narrow && v->short_dates)
        cells = LIST_DATE_SHORT;
    if (!dated)
        grid_put(grid, x - 1, y, "~", 1, STYLE_DIM);
    g_autofree char *text = list_date(&date, v->now, style, narrow);
    grid_put(grid, x, y, text, cells, STYLE_DIM);
    return x + cells + 1;
}

/*
 * The languages of its other editions ("ru en"), or how many they are where there is no room for
 * them; NULL: none.
 */
static char *
others_of(const struct app *app, const struct article_row *row, bool narrow)
{
    g_auto(GStrv) others = counterpart_languages(row, app->sources);
    guint count = g_strv_length(others);
    if (!count)
        return NULL;
    if (narrow || count > MOST_SIGNS)
        return g_strdup_printf("+%u", count);
    return g_strjoinv(" ", others);
}

/* The signs whose column another one has: an article may be withdrawn, changed and have files. */
static char *
other_signs(const struct app *app, const struct article_row *row)
{
    bool changed = row->withdrawn && row->revised,
         attached = (row->withdrawn || row->revised) && row->attachments;
    return g_strconcat(changed ? app_sign(app, "Δ", "~") : "", attached ? "@" : "", NULL);
}

/* With a space between those that say something; NULL: none does. */
static char *
join_parts(const char *const *parts)
{
    GString *text = g_string_new(NULL);
    for (; *parts; parts++)
        g_string_append_printf(text, "%s%s", text->len && **parts ? " " : "", *parts);
    return g_string_free(text, !text->len);
}

/*
 * What stands behind a title: signs, its tags, where there is room for them, then its other
 * editions; or NULL.  What has no room in so many cells is left out: tags, then signs.
 */
static char *
behind_title(const struct app *app, const struct article_row *row, int width, int room)
{
    static const size_t left_out[] = {1, 0, 2};
    g_autofree char *signs = other_signs(app, row), *others = others_of(app, row, width < 60),
                    *tags = NULL;
    g_auto(GStrv) words = width < 60 ? NULL : article_row_tags(row);
    if (words && *words) {
        g_autofree char *joined = g_strjoinv(" #", words), *all = g_strconcat("#", joined, NULL);
        tags = cells_ellipsize(all, width / 4, app_sign(app, "…", "~"));
    }
    const char *parts[] = {signs, tags ? tags : "", others ? others : "", NULL};
    char *text = join_parts(parts);
    for (size_t i = 0; text && cells_width(text, -1) > room && i < G_N_ELEMENTS(left_out); i++) {
        parts[left_out[i]] = "";
        g_free(text);
        text = join_parts(parts);
    }
    return text;
}

/* Returns the column of the title. */
static int
draw_row(const struct list_view *v, const struct app *app, struct grid *grid,
         const struct area *area, int y, const struct article_row *row)
{
    int end = area->x + area->width - 1;
    draw_signs(app, grid, area->x, y, row);
    int x = draw_date(v, app, grid, y, row);
    int source = source_cells(v);
    const char *ellipsis = app_sign(app, "…", "~");
    if (row->withdrawn && area->width >= 60)
        x = grid_put(grid, x, y, _("(withdrawn) "), end - x, STYLE_ERROR);
    g_autofree char *title = heading_title_shown(row);
    int title_end = end - (source ? source + 2 : 0), least = MIN(cells_width(title, -1), LEAST);
    g_autofree char *others = behind_title(app, row, area->width, title_end - x - least - 1);
    int width = others ? cells_width(others, -1) : 0;
    if (others)
        grid_put(grid, title_end - width, y, others, width, STYLE_DIM);
    g_autofree char *cut =
        cells_ellipsize(title, title_end - x - (others ? width + 1 : 0), ellipsis);
    put_matched(v, grid, x, y, cut, end - x, row->unread ? STYLE_UNREAD : STYLE_NORMAL);
    if (v->base.find)
        grid_restyle_matches(grid, x, y, cut, v->base.find, STYLE_MATCH);
    if (source) {
        g_autofree char *name = heading_source(row, source, ellipsis);
        grid_put(grid, end - source, y, name, source, STYLE_DIM);
    }
    return x;
}

static bool
is_among(const GArray *sources, int64_t source)
{
    for (guint i = 0; i < sources->len; i++)
        if (g_array_index(sources, int64_t, i) == source)
            return true;
    return false;
}

/*
 * How many of the sources of a list have failed; *one is the only one of the list, or NULL;
 * *fetched: any of them ever was.
 */
static guint
count_failed(const struct list_view *v, const struct app *app, const struct source **one,
             bool *fetched)
{
    const struct listing *l = &v->window.listing;
    guint failed = 0;
    *one = NULL;
    *fetched = false;
    for (guint i = 0; i < app->sources->len; i++) {
        const struct source *s = g_ptr_array_index(app->sources, i);
        if (l->source && s->id == l->source)
            *one = s;
        if ((l->source && s->id != l->source) || (l->sources && !is_among(l->sources, s->id)) ||
            (l->portal && g_strcmp0(l->portal, s->portal)) ||
            (l->edition && g_strcmp0(l->edition, s->edition)))
            continue;
        failed += s->last_error != NULL;
        *fetched |= s->last_success != 0;
    }
    return failed;
}

/* What can be done where nothing has failed. */
static char *
nothing_came(bool fetched)
{
    return g_strdup(fetched
                        ? _("There is no article here. {fetch} looks whether there are new ones.")
                        : _("There are no articles here yet. {fetch} fetches."));
}

/* Why there is nothing of a source, and what can be done about it; newly allocated. */
static char *
why_source_is_empty(const struct source *source, const struct app *app)
{
    const struct problem *problem = source->last_error;
    for (guint i = 0; !problem && i < source->warnings->len; i++) {
        const struct problem *warning = g_ptr_array_index(source->warnings, i);
        problem = warning->code == PROBLEM_NO_ENTRIES ? warning : NULL;
    }
    if (!problem && !source->last_attempt && job_runs(&app->jobs[JOB_FETCH]))
        return g_strdup(_("It is being fetched."));
    if (!problem)
        return nothing_came(source->last_success != 0);
    bool named = !g_strcmp0(problem->subject, source->public_url);
    g_autofree char *why = named ? problem_words(problem) : problem_sentence(problem);
    g_autofree char *failed = source->last_error ? g_strdup_printf(_("failed: %s"), why)
                                                 : g_strdup(why);
    g_autofree char *advice = source_action_advice(app, CONTEXT_LIST, source, problem);
    /* who listens has heard what it is called */
    bool told = app->plain && !g_strcmp0(source->label, source->public_url);
    return g_strconcat(told ? "" : source->public_url, told ? "" : "\n", failed,
                       advice ? "\n" : NULL, advice, NULL);
}

/* Paragraphs; newly allocated. */
static char *
why_empty(const struct list_view *v, const struct app *app)
{
    const struct source *one;
    bool fetched;
    guint failed = count_failed(v, app, &one, &fetched);
    if (v->window.error)
        return g_strdup(v->window.error);
    if (v->hides)
        return g_strdup(_("Everything here is read. {hide-read} shows it again."));
    if (v->filter && !v->search)
        return g_strdup(_("No article matches. {clear-filter} shows the whole list again."));
    if (v->query)
        return g_strdup(_("No article matches."));
    if (v->window.listing.starred_only)
        return g_strdup(_("No article has a star yet."));
    if (one)
        return why_source_is_empty(one, app);
    if (failed)
        return g_strdup_printf(ngettext("%u source failed; {errors} tells why",
                                        "%u sources failed; {errors} tells why", failed),
                               failed);
    return nothing_came(fetched);
}

/* The same with the keys that are bound. */
static char *
why_empty_here(const struct list_view *v, const struct app *app)
{
    g_autofree char *why = why_empty(v, app);
    return keymap_text(app->keymap, CONTEXT_LIST, why);
}

void
list_lay_out(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    bool snippet = has_snippet(v);
    int height = view->area.height - snippet;
    v->now = clock_now();
    v->window.height = height;
    window_count_on(&v->window, view->scroll.cursor + height);
    view->scroll.count = v->window.count;
    scroller_fit(&view->scroll, height);
    v->short_dates = app->session->context->settings->values.ui_dates == UI_DATES_ISO;
    v->dates_of_year = true;
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        const struct article_row *row = window_row(&v->window, view->scroll.top + i);
        struct date date = row ? date_of(row) : (struct date){0};
        v->short_dates = v->short_dates && list_date_is_short(&date, v->now);
        v->dates_of_year = v->dates_of_year && list_date_is_of_year(&date, v->now);
    }
    if (snippet)
        find_snippet(v, app);
}

static void
draw_rows(const struct list_view *v, const struct app *app, struct grid *grid, bool focused)
{
    const struct area *area = &v->base.area;
    for (int i = 0; i < scroller_shown(&v->base.scroll); i++) {
        int64_t place = v->base.scroll.top + i;
        const struct article_row *row = row_at(v, place);
        if (!row)
            break;
        int x = draw_row(v, app, grid, area, area->y + i, row);
        bool current = place == v->base.scroll.cursor;
        if (selection_has(&v->selection, row->id, place, v->base.scroll.cursor) ||
            (current && !focused))
            grid_set_off(grid, area->x, area->y + i, area->width, STYLE_SELECTED);
        if (current && focused) {
            grid_set_off(grid, area->x, area->y + i, area->width, STYLE_FOCUS);
            grid->cursor_x = x;
            grid->cursor_y = area->y + i;
        }
    }
}

void
list_draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct list_view *v = (const struct list_view *)view;
    const struct area *area = &view->area;
    int height = view->scroll.height;
    if (v->window.count) {
        draw_rows(v, app, grid, focused);
        if (has_snippet(v))
            draw_snippet(v, app, grid, area->y + height);
        return;
    }
    int left, width;
    app_measure(app, area, &left, &width);
    g_autofree char *why = why_empty_here(v, app);
    g_auto(GStrv) paragraphs = g_strsplit(why, "\n", -1);
    int y = area->y + (height > 2);
    for (char **paragraph = paragraphs; *paragraph; paragraph++)
        y = grid_put_paragraph(grid, left, y, width, area->y + height, *paragraph, STYLE_DIM);
    if (focused) {
        grid->cursor_x = left;
        grid->cursor_y = area->y;
    }
}

char *
list_others_in_words(const struct app *app, const struct article_row *row)
{
    g_auto(GStrv) others = counterpart_languages(row, app->sources);
    GString *names = g_string_new(NULL);
    for (char **other = others; *other; other++)
        g_string_append_printf(names, "%s%s", names->len ? _(", ") : "", heading_language(*other));
    char *words = names->len ? g_strdup_printf(_("also in: %s"), names->str) : g_strdup("");
    g_string_free(names, TRUE);
    return words;
}

void
list_to_text(struct view *view, struct app *app, GString *out)
{
    const struct list_view *v = (const struct list_view *)view;
    g_autofree char *why = v->window.count ? NULL : why_empty_here(v, app);
    if (why)
        g_string_append(out, why);
}

void
list_row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    struct list_view *v = (struct list_view *)view;
    v->window.height = view->scroll.height;
    window_count_on(&v->window, place + v->window.height);
    view->scroll.count = v->window.count;
    const struct article_row *row = window_row(&v->window, place);
    if (!row)
        return;
    bool selected = selection_has(&v->selection, row->id, place, view->scroll.cursor);
    bool dated = row->published.precision != DATE_NONE;
    struct date when = date_of(row);
    enum setting_ui_dates style = app->session->context->settings->values.ui_dates;
    g_autofree char *date = style == UI_DATES_ISO ? heading_date(&when)
                                                  : list_date_spoken(&when, clock_now(), style),
                    *first = dated ? NULL : g_strdup_printf(_("first seen %s"), date);
    g_autofree char *title = heading_title_shown(row);
    g_auto(GStrv) words = article_row_tags(row);
    g_autofree char *others = list_others_in_words(app, row),
                    *joined = *words ? g_strjoinv(_(", "), words) : NULL,
                    /* TRANSLATORS: of an article, with the names of its tags */
                        *tags = joined ? g_strdup_printf(_("tagged %s"), joined) : NULL;
    g_string_append(out, title);
    const char *const facts[] = {first ? first : date,
                                 v->window.listing.source ? "" : row->source_name,
                                 selected ? _("selected") : "",
                                 row->unread ? C_("an article", "unread") : "",
                                 article_row_is_starred(row) ? _("starred") : "",
                                 row->withdrawn ? _("withdrawn") : "",
                                 row->revised ? _("changed") : "",
                                 row->attachments ? _("has attachments") : "",
                                 others,
                                 tags ? tags : ""};
    for (size_t f = 0; f < G_N_ELEMENTS(facts); f++)
        if (*facts[f])
            g_string_append_printf(out, "%s%s", _(", "), facts[f]);
}
