/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article.  The place in the text survives a change of width and, kept in the store, the end of
 * the program; links, pictures and attachments can be focused, followed and saved.
 */
#include "config.h"

#include "base/i18n.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "store/articles.h"
#include "store/sources.h"
#include "ui/article-actions.h"
#include "ui/article-view.h"
#include "ui/find.h"
#include "ui/jobs.h"
#include "ui/scroller.h"
#include "ui/views.h"

#include <string.h>

#define SHIFT_STEP 8 /* cells */

/* --- the text ----------------------------------------------------------------------------- */

/* Lays out for a width; what was on top stays there. */
static void
lay_out(struct article_view *v, struct app *app, int width)
{
    struct layout_options options = {.width = width, .ascii = app->ascii, .tables = v->whole ? LAYOUT_TABLES_WHOLE : LAYOUT_TABLES_FIT};
    guint block, offset;
    bool in_body = article_text_place(&v->text, v->top, &block, &offset);
    article_text_lay_out(&v->text, app->session->store, &options);
    if (!v->placed && marks_place(app->session->store, v->text.row->id, &block, &offset))
        in_body = true;
    v->placed = true;
    if (in_body)
        v->top = article_text_line(&v->text, block, offset);
}

/* Keeps where one was; at either end reading begins anew the next time. */
static void
keep_place(struct article_view *v, struct app *app)
{
    struct mark_change place = {.article = v->text.row ? v->text.row->id : 0, .mark = MARK_PLACE};
    if (!v->read || !v->text.layout || !place.article)
        return;
    guint block, offset;
    bool had = marks_place(app->session->store, place.article, &block, &offset);
    bool at_end = v->top + v->height >= article_text_lines(&v->text);
    place.on = v->top > 0 && !at_end && article_text_place(&v->text, v->top, &place.block, &place.offset);
    if (place.on ? !had || block != place.block || offset != place.offset : had)
        session_note(app->session, &place);
}

static bool
load(struct article_view *v, struct app *app, int64_t article, GError **error)
{
    bool other = v->text.row && v->text.row->id != article;
    if (other)
        keep_place(v, app);
    if (!article_text_load(&v->text, app->session, article, error))
        return false;
    if (other) {
        v->top = v->shift = 0;
        v->link = 0;
        v->placed = v->whole = false;
    }
    return true;
}

static void
entered(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    v->read = true;
    if (v->text.row->unread && !store_is_read_only(app->session->store) && app_mark(app, v->text.row->id, MARK_READ, true))
        app_reload(app);
}

/* Another article in the same view. */
static void
show(struct article_view *v, struct app *app, int64_t article)
{
    g_autoptr(GError) error = NULL;
    if (!load(v, app, article, &error)) {
        app_show_error(app, "%s", error->message);
        return;
    }
    struct view *below = app_below(app, &v->base);
    if (below && below->ops->selected && below->ops->selected(below, app) == article)
        v->base.opened_for = article;
    entered(&v->base, app);
}

static void
reload(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    load(v, app, v->text.row->id, NULL);
}

/* --- drawing ----------------------------------------------------------------------------- */

static void
draw(struct view *view, struct app *app, struct grid *grid, const struct area *area, bool focused)
{
    struct article_view *v = (struct article_view *)view;
    int left, width;
    app_measure(app, area, &left, &width);
    if (!v->text.layout || v->text.width != width || v->theme_generation != app->theme_generation)
        lay_out(v, app, width);
    v->theme_generation = app->theme_generation;
    v->height = area->height;
    v->top = CLAMP(v->top, 0, MAX(article_text_lines(&v->text) - v->height, 0));
    if (focused) {
        grid->cursor_y = area->y;
        grid->cursor_x = left;
    }
    char *const find[] = {v->base.find, NULL};
    struct article_place place = {.left = left, .width = v->text.width, .shift = v->shift, .focus = v->link, .focused = focused,
                                  .hyperlinks = settings_bool(app->session->context->settings, SETTING_UI_HYPERLINKS),
                                  .words = v->base.find ? find : v->marked, .anywhere = v->base.find != NULL};
    for (int i = 0; i < v->height && v->top + i < article_text_lines(&v->text); i++) {
        place.y = area->y + i;
        article_text_draw(&v->text, grid, &place, article_text_at(&v->text, v->top + i));
    }
}

static char *
title(struct view *view, struct app *app)
{
    const struct article_view *v = (const struct article_view *)view;
    const struct article_row *row = v->text.row;
    const char *star = row->starred ? app_sign(app, "★ ", "* ") : "";
    if (view->area.width && view->area.width < app->grid->width) /* the list beside it says the source */
        return g_strconcat(star, heading_title(row), NULL);
    return g_strconcat(star, row->source_label, app_sign(app, " › ", " > "), heading_title(row), NULL);
}

static char *
position(struct view *view, struct app *app)
{
    const struct article_view *v = (const struct article_view *)view;
    (void)app;
    int64_t lines = article_text_lines(&v->text);
    if (lines <= v->height)
        return g_strdup(_("all"));
    return g_strdup_printf("%d%%", (int)(100 * MIN(v->top + v->height, lines) / lines));
}

static void
extent(const struct view *view, struct extent *extent)
{
    const struct article_view *v = (const struct article_view *)view;
    *extent = (struct extent){v->top, v->height, article_text_lines(&v->text)};
}

static void
location(const struct view *view, const char **portal, const char **edition)
{
    const struct article_view *v = (const struct article_view *)view;
    *portal = v->text.row->portal;
    *edition = v->text.row->edition;
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    struct article_view *v = (struct article_view *)view;
    int width = settings_int(app->session->context->settings, SETTING_READ_MEASURE, NULL, NULL);
    struct layout_options options = {.width = width, .ascii = true, .tables = LAYOUT_TABLES_RECORDS};
    article_text_lay_out(&v->text, app->session->store, &options);
    v->text.width = -1;
    v->top = MAX(article_text_lines(&v->text) - v->height, 0); /* it has been read out: `page-down` goes on to the next */
    for (int64_t i = 0; i < article_text_lines(&v->text); i++)
        g_string_append_printf(out, "%s\n", article_text_at(&v->text, i)->text);
}

/* --- other articles --------------------------------------------------------------------------- */

static void
step(struct article_view *v, struct app *app, int direction, bool unread)
{
    struct view *list = app_below(app, &v->base);
    int64_t next = list && list->ops->step ? list->ops->step(list, app, direction, unread) : 0;
    if (next)
        show(v, app, next);
    else
        app_say(app, unread ? _("no more unread articles here") : direction > 0 ? _("this is the last article") : _("this is the first article"));
}

/* The article in the next language; where the store does not have it, that edition's section. */
static void
next_edition(struct article_view *v, struct app *app)
{
    AUTO(counterpart_free) struct counterpart *c = counterpart_next(app->session->store, v->text.row);
    if (!c) {
        app_say(app, _("this article names no other language"));
    } else if (c->article) {
        show(v, app, c->article);
    } else if (c->section) {
        app_open(app, &(struct target){.kind = TARGET_LIST, .scope = {.source = c->section->id, .title = c->section->label}});
        app_say(app, _("%s: not in the store; this is its section"), heading_language(c->language));
    } else {
        app_say(app, _("%s: not in the store; %s"), heading_language(c->language), c->url);
    }
}

/* --- finding ---------------------------------------------------------------------------------- */

static int64_t *
cursor(struct view *view)
{
    return &((struct article_view *)view)->top;
}

static const char *
text_at(const struct view *view, int64_t place)
{
    return article_text_at(&((const struct article_view *)view)->text, place)->text;
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    return find_round(view, article_text_lines(&((const struct article_view *)view)->text), from, step, here, text_at);
}

/* --- acting ----------------------------------------------------------------------------------- */

static void
shift_tables(struct article_view *v, struct app *app, enum action action)
{
    bool whole = action != ACTION_SHIFT_RESET;
    if (action == ACTION_SHIFT_RIGHT)
        v->shift = v->whole ? MIN(v->shift + SHIFT_STEP, 100000) : 0;
    else
        v->shift = whole ? MAX(v->shift - SHIFT_STEP, 0) : 0;
    if (v->whole != whole) {
        v->whole = whole;
        lay_out(v, app, v->text.width > 0 ? v->text.width : 80);
    }
}

static void
toggle(struct article_view *v, struct app *app, enum mark mark)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_ptr_array_add(rows, v->text.row);
    if (!article_action_mark(app, rows, mark))
        return;
    if (mark == MARK_READ)
        app_say(app, v->text.row->unread ? _("marked as read") : _("marked as unread"));
    app_reload(app);
}

/* What a link asks for, or the article's page. */
static void
act_on_link(struct article_view *v, struct app *app, enum action action, guint link)
{
    const char *url = article_text_url(&v->text, link);
    if (action == ACTION_OPEN)
        article_follow(v, app, link);
    else if (action == ACTION_SAVE && url && article_text_kind(&v->text, link) != ARTICLE_LINK_TEXT)
        article_action_download(app, url);
    else if (action == ACTION_SAVE)
        article_action_save(app, v->text.row);
    else if (url || v->text.row->link)
        jobs_open_url(app, url ? url : v->text.row->link);
}

static bool
act_on_article(struct article_view *v, struct app *app, enum action action)
{
    switch (action) {
    case ACTION_FETCH:
        jobs_fetch(app, v->text.row->source);
        return true;
    case ACTION_FETCH_PAGE:
        article_action_fetch_page(app, v->text.row);
        return true;
    case ACTION_TOGGLE_READ:
        toggle(v, app, MARK_READ);
        return true;
    case ACTION_TOGGLE_STAR:
        toggle(v, app, MARK_STARRED);
        return true;
    case ACTION_DELETE:
        toggle(v, app, MARK_DELETED);
        return true;
    case ACTION_TAG: {
        g_autoptr(GPtrArray) rows = g_ptr_array_new();
        g_ptr_array_add(rows, v->text.row);
        article_action_tag(app, rows);
        return true;
    }
    case ACTION_EDITION:
        next_edition(v, app);
        return true;
    case ACTION_INFO:
        app_open(app, &(struct target){.kind = TARGET_INFO, .source = v->text.row->source, .article = v->text.row->id});
        return true;
    default:
        return false;
    }
}

static bool
act(struct view *view, struct app *app, enum action action, int count)
{
    struct article_view *v = (struct article_view *)view;
    int64_t last = MAX(article_text_lines(&v->text) - v->height, 0);
    if (action == ACTION_PAGE_DOWN && v->top >= last && settings_bool(app->session->context->settings, SETTING_READ_NEXT)) {
        step(v, app, 1, true);
        return true;
    }
    int64_t to = scroller_motion(action, v->top, last, v->height, count);
    if (to >= 0) {
        v->top = to;
        return true;
    }
    switch (action) {
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
        step(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1, true);
        return true;
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        step(v, app, action == ACTION_NEXT ? 1 : -1, false);
        return true;
    case ACTION_NEXT_LINK:
    case ACTION_PREVIOUS_LINK:
        article_next_link(v, app, action == ACTION_NEXT_LINK ? 1 : -1);
        return true;
    case ACTION_LINKS:
        article_choose_link(v, app);
        return true;
    case ACTION_OPEN:
    case ACTION_BROWSER:
    case ACTION_SAVE:
        act_on_link(v, app, action, count ? (guint)count : v->link);
        return true;
    case ACTION_SHIFT_RIGHT:
    case ACTION_SHIFT_LEFT:
    case ACTION_SHIFT_RESET:
        shift_tables(v, app, action);
        return true;
    default:
        return act_on_article(v, app, action);
    }
}

static bool
click(struct view *view, struct app *app, int x, int y, enum click click)
{
    struct article_view *v = (struct article_view *)view;
    guint link = article_link_at(v, app, x, y);
    bool again = link && (v->link == link || click == CLICK_DOUBLE);
    if (link)
        article_focus_link(v, app, link);
    return again;
}

static void
free_view(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    keep_place(v, app);
    article_text_clear(&v->text);
    g_strfreev(v->marked);
    g_free(v);
}

static const struct view_ops article_ops = {
    .context = CONTEXT_READER, .pane = PANE_ARTICLE, .draw = draw, .act = act, .reload = reload, .title = title, .position = position,
    .entered = entered, .extent = extent, .click = click, .location = location,
    .cursor = cursor, .find = find, .to_text = to_text, .free = free_view,
};

struct view *
article_view_new(struct app *app, int64_t article, char *const *marked, GError **error)
{
    struct article_view *v = g_new0(struct article_view, 1);
    v->base.ops = &article_ops;
    v->marked = marked && *marked ? g_strdupv((char **)marked) : NULL;
    if (load(v, app, article, error))
        return &v->base;
    free_view(&v->base, app);
    return NULL;
}
