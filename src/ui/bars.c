/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles, editions, counts, progress, keys. */
#include "config.h"

#include "ui/bars.h"
#include "base/i18n.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "text/cells.h"
#include "ui/progress.h"

#include <string.h>

/*
 * The languages in which the portal of a view is subscribed to, the view's own set off, in at most
 * half of its area; the column before which there is room for its title.
 */
static int
draw_editions(const struct app *app, const struct view_info *info, const struct area *area, int y)
{
    int room = area->x + area->width;
    const char *portal = info->portal, *edition = info->edition;
    if (!portal)
        return room;
    g_autoptr(GPtrArray) names = g_ptr_array_new(), /* borrowed */
        editions = counterpart_editions(app->sources, portal);
    int own = -1, width = 0;
    const char *dot = app_sign(app, " · ", " - ");
    for (guint i = 0; i < editions->len; i++) {
        const struct source *s = g_ptr_array_index(editions, i);
        if (!g_strcmp0(s->edition, edition))
            own = (int)i;
        const char *name = s->language ? heading_language(s->language) : s->edition;
        width += cells_width(name, -1) + (i ? cells_width(dot, -1) : 0);
        g_ptr_array_add(names, (gpointer)name);
    }
    if (names->len < 2 || width + 2 > area->width / 2)
        return room;
    int x = room - width - 1;
    room = x;
    for (guint i = 0; i < names->len; i++) {
        if (i)
            x = grid_put(app->grid, x, y, dot, app->grid->width, STYLE_BAR);
        x = grid_put(app->grid, x, y, g_ptr_array_index(names, i), app->grid->width,
                     (int)i == own ? STYLE_TITLE : STYLE_BAR);
    }
    return room;
}

#define LEAST_TITLE 10 /* cells of a title, before what stands behind it gives way */

void
bars_draw_titles(const struct app *app, const struct panes *panes, int y)
{
    struct grid *grid = app->grid;
    grid_fill(grid, 0, y, grid->width, STYLE_BAR);
    for (guint i = 0; i < panes->count; i++) {
        const struct view *view = panes->panes[i].view;
        const struct area *area = &panes->panes[i].area;
        if (!view)
            continue;
        struct view_info info = {0};
        view->ops->describe(view, app, &info);
        int room = i + 1 == panes->count ? draw_editions(app, &info, area, y)
                                         : area->x + area->width;
        int gap = info.note && view_info_is_spaced(&info);
        int note = info.note ? cells_width(info.note, -1) + gap : 0;
        if (room - area->x - 2 - note < LEAST_TITLE)
            note = 0;
        g_autofree char *cut =
            cells_ellipsize(info.title, room - area->x - 2 - note, app_sign(app, "…", "~"));
        enum style style = panes->count > 1 && panes->panes[i].focused ? STYLE_TITLE : STYLE_BAR;
        int x = grid_put(grid, area->x + 1, y, cut, area->width - 1, style);
        if (note)
            grid_put(grid, x + gap, y, info.note, room - x - gap, style);
        view_info_clear(&info);
    }
}

#define MESSAGE_LINES 5 /* that a message may have; on a low screen, a third of it */

/* The message in so many lines at most; newly allocated. */
static char *
cut_message(const struct app *app, int room, int most)
{
    const char *ellipsis = app_sign(app, "…", "~");
    char *cut = g_strdup(app->message);
    int width = cells_width(cut, -1);
    while (width > room && grid_put_paragraph(NULL, 0, 0, room, most + 1, cut, STYLE_BAR) > most) {
        width = MAX(MIN(width, room * most + room) - MAX(room / 8, 1), room);
        g_free(cut);
        cut = cells_ellipsize(app->message, width, ellipsis);
    }
    return cut;
}

/*
 * What is said, where it is too long for the line y, in lines above it too, since it is to be read
 * nowhere else; false: it is not.  A link in focus tells its address without covering the text.
 */
static bool
draw_long_message(const struct app *app, int y)
{
    struct grid *grid = app->grid;
    int room = grid->width - 2;
    if (!app->message || cells_width(app->message, -1) <= room || room < 4)
        return false;
    if (app->message_is_aside)
        return false;
    int most = CLAMP(grid->height / 3, 1, MESSAGE_LINES);
    g_autofree char *cut = cut_message(app, room, most);
    int lines = grid_put_paragraph(NULL, 0, 0, room, most, cut, STYLE_BAR);
    for (int i = 0; i < lines; i++)
        grid_fill(grid, 0, y - i, grid->width, STYLE_BAR);
    grid_put_paragraph(grid, 1, y - lines + 1, room, y + 1, cut,
                       app->message_is_error ? STYLE_ERROR : STYLE_BAR);
    return true;
}

void
bars_draw_status(const struct app *app, int y)
{
    if (draw_long_message(app, y))
        return;
    struct grid *grid = app->grid;
    const struct view *view = app_top(app);
    struct view_info info = {0};
    grid_fill(grid, 0, y, grid->width, STYLE_BAR);
    view->ops->describe(view, app, &info);
    const char *right = info.position ? info.position : "";
    int room = grid->width - 2;
    int right_width = MIN(cells_width(right, -1), room);
    g_autofree char *left = NULL;
    enum style style = STYLE_BAR;
    if (app->message) {
        left = g_strdup(app->message);
        style = app->message_is_error ? STYLE_ERROR : STYLE_BAR;
        if (cells_width(left, -1) + right_width + 2 > room)
            right_width = 0; /* what is said now matters more */
    } else if (app->count || app->sequence->len) {
        g_autofree char *keys = keymap_written(app->sequence->str);
        left = g_strconcat(app->count ? app->typed_number->str : "", app->count ? " " : "", keys,
                           NULL);
    } else if (job_runs(&app->jobs[JOB_FETCH])) {
        left = progress_text(app);
    } else if (app->elsewhere) {
        left = g_strdup(app->elsewhere);
    } else if (job_runs(&app->jobs[JOB_DISCOVER]) || job_runs(&app->jobs[JOB_WORK])) {
        left = g_strdup(_("asking the portal"));
    } else if (job_runs(&app->jobs[JOB_SYNC])) {
        left = g_strdup(_("syncing"));
    } else if (app->sync) {
        left = g_strdup(app->sync);
    } else {
        left = g_strdup("");
    }
    g_autofree char *cut =
        cells_ellipsize(left, right_width ? room - right_width - 1 : room, app_sign(app, "…", "~"));
    grid_put(grid, 1, y, cut, room, style);
    if (right_width)
        grid_put(grid, grid->width - 1 - right_width, y, right, right_width, STYLE_BAR);
    view_info_clear(&info);
}

/* One "key word"; the column after it and a gap, or -1 when it does not fit. */
static int
put_hint(struct grid *grid, int x, int y, const char *key, const char *word)
{
    if (g_str_equal(key, "Backslash"))
        key = "\\";
    if (x + cells_width(key, -1) + 1 + cells_width(word, -1) > grid->width)
        return -1;
    x = grid_put(grid, x, y, key, grid->width, STYLE_STRONG);
    return grid_put(grid, x + 1, y, word, grid->width, STYLE_HINT) + 2;
}

/* What the keys typed so far can go on to. */
static void
draw_continuations(const struct app *app, int y)
{
    enum action_context context = app_top(app)->ops->context;
    g_autoptr(GPtrArray) ways = keymap_continuations(app->keymap, context, app->sequence->str);
    int x = 1;
    for (guint i = 0; i < ways->len && x > 0; i++) {
        const struct continuation *way = g_ptr_array_index(ways, i);
        bool told = false; /* by another key, which does the same */
        for (guint k = 0; k < i && !told; k++)
            told = way->action != ACTION_NONE &&
                   ((const struct continuation *)g_ptr_array_index(ways, k))->action == way->action;
        if (told)
            continue;
        x = put_hint(app->grid, x, y, way->key, keymap_word(app->keymap, way->action));
    }
}

static bool
is_offered(const struct app *app, const struct view *view, enum action action)
{
    return view->ops->offers && view->ops->offers(view, app, action);
}

/* Whether a view makes nothing of an action of its context, or another one is plainer there. */
static bool
is_idle(const struct app *app, enum action action)
{
    const struct view *view = app_top(app);
    enum action_context context = view->ops->context;
    bool empty = view->ops->row_to_text && !view->scroll.count; /* there is no row */
    switch (action) {
    case ACTION_PAGE_DOWN:
        return context != CONTEXT_READER;
    case ACTION_OPEN: /* nothing stands under the cursor of most pages */
        return context == CONTEXT_READER || !view->ops->target || !view->scroll.count;
    case ACTION_NEXT_UNREAD: /* on a page it goes to what was searched for alone */
        return !view->find &&
               (context == CONTEXT_PAGE || (empty && !is_offered(app, view, action)));
    case ACTION_EDITION: /* of a list it is of its portal, of what else that has for each row */
        return (empty || context == CONTEXT_LIST) && !is_offered(app, view, action);
    case ACTION_TOGGLE_STAR:
    case ACTION_SAVE:
        return empty;
    case ACTION_ADD: /* on pages the advice names those of these that are of use */
        return context == CONTEXT_LIST || context == CONTEXT_AGENDA || context == CONTEXT_BESIDE ||
               context == CONTEXT_PAGE;
    case ACTION_BROWSER:
        return context == CONTEXT_SECTIONS || context == CONTEXT_PAGE ||
               (empty && context == CONTEXT_AGENDA);
    case ACTION_FETCH_ALL:
    case ACTION_UNDO:
        return context == CONTEXT_PAGE;
    case ACTION_CHOOSE:
    case ACTION_CLEAR_FILTER:
    case ACTION_PICTURES:
    case ACTION_NEXT_CHANGE: /* of the views of changes one leads on, and the other goes through */
    case ACTION_PREVIOUS_CHANGE:
        return !is_offered(app, view, action);
    default:
        return false;
    }
}

/* What it is called in the bar of keys: while something is searched for, n goes on in that. */
static const char *
word_of(const struct app *app, enum action action)
{
    bool finds = action == ACTION_NEXT_UNREAD && app_top(app)->find;
    return gettext(actions_table[finds ? ACTION_NEXT_CHANGE : action].word);
}

void
bars_draw_hints(const struct app *app, int y)
{
    static const enum action hints[] = {
        ACTION_CHOOSE,       ACTION_LEAVE,       ACTION_PAGE_DOWN,
        ACTION_OPEN,         ACTION_NEXT_CHANGE, ACTION_PREVIOUS_CHANGE,
        ACTION_ADD,          ACTION_CLOSE,       ACTION_HELP,
        ACTION_CLEAR_FILTER, ACTION_MENU,        ACTION_PICTURES,
        ACTION_FETCH_ALL,    ACTION_NEXT_UNREAD, ACTION_TOGGLE_STAR,
        ACTION_EDITION,      ACTION_SEARCH,      ACTION_FILTER,
        ACTION_BROWSER,      ACTION_LINKS,       ACTION_SAVE,
        ACTION_UNDO,         ACTION_LAYOUT,      ACTION_COMMAND,
    };
    if (app->sequence->len) {
        draw_continuations(app, y);
        return;
    }
    enum action_context context = app_top(app)->ops->context;
    int x = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(hints) && x > 0; i++) {
        const struct action_info *info = &actions_table[hints[i]];
        if (!(info->contexts & context) || is_idle(app, hints[i]))
            continue;
        g_autofree char *keys = keymap_keys(app->keymap, context, hints[i]);
        char *space = strchr(keys, ' ');
        if (space)
            *space = '\0';
        if (*keys)
            x = put_hint(app->grid, x, y, keys, word_of(app, hints[i]));
    }
}
