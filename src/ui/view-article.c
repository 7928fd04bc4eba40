/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article.  The place in the text survives a change of width and, kept in the store, the end of
 * the program; links, pictures and attachments can be focused, followed and saved.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/url.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "store/articles.h"
#include "store/sources.h"
#include "ui/article-actions.h"
#include "ui/article-view.h"
#include "ui/browser.h"
#include "ui/copy.h"
#include "ui/fetching.h"
#include "ui/find.h"
#include "ui/list-view.h"
#include "ui/programs.h"
#include "ui/spoken.h"
#include "ui/typed-number.h"
#include "ui/views.h"

#include <string.h>

/* --- the text ----------------------------------------------------------------------------- */

/*
 * Lays out for a width; what was on top stays there.  `all`: not only the beginning, if that is
 * all that is seen.
 */
static void
lay_out_text(struct article_view *v, struct app *app, int width, bool all)
{
    struct layout_options options = {.width = width,
                                     .ascii = app->ascii,
                                     .tables = v->whole ? LAYOUT_TABLES_WHOLE : LAYOUT_TABLES_FIT,
                                     .pictures = article_pictures_shown(v, app)};
    guint block, offset, found_block, found_offset;
    bool in_body = article_text_place(&v->text, v->base.scroll.top, &block, &offset);
    bool found = v->base.scroll.top == v->base.found_position &&
                 article_text_place(&v->text, v->base.found_at, &found_block, &found_offset);
    if (!v->placed && marks_place(app->session->store, v->text.row->id, &block, &offset))
        in_body = true;
    v->placed = true;
    if (!all && !in_body)
        options.lines = (guint)MAX(v->base.area.height, 1) * 2;
    article_text_lay_out(&v->text, app, &options);
    v->base.scroll.count = article_text_all_lines(&v->text);
    v->base.due &= ~(unsigned)VIEW_LAYOUT;
    if (in_body)
        v->base.scroll.top = article_text_line(&v->text, block, offset);
    find_laid_out(&v->base, found ? article_text_line(&v->text, found_block, found_offset) : -1);
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
    bool at_end = v->base.scroll.top + v->base.scroll.height >= article_text_lines(&v->text);
    place.on = v->base.scroll.top > 0 && !at_end &&
               article_text_place(&v->text, v->base.scroll.top, &place.block, &place.offset);
    if (place.on ? !had || block != place.block || offset != place.offset : had)
        session_note(app->session, &place, NULL);
}

/* Whether the list from which it was opened has one row for all of its editions. */
static bool
is_of_folded_list(const struct article_view *v, const struct app *app)
{
    const struct view *list = app_has_view(app, &v->base) ? app_below(app, &v->base) : app_top(app);
    return list && list_is_folded(list);
}

static bool
load(struct article_view *v, struct app *app, int64_t article, GError **error)
{
    bool other = v->text.row && v->text.row->id != article;
    if (other)
        keep_place(v, app);
    if (!article_text_load(&v->text, app->session, article, is_of_folded_list(v, app), error))
        return false;
    if (other) {
        v->base.scroll.top = v->shift = 0;
        v->link = 0;
        v->placed = v->whole = false;
        g_clear_pointer(&v->asked, g_free);
    }
    return true;
}

static void
focus(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    v->read = true;
    /* motions and what is searched for lead to all of it */
    if (v->text.layout && !article_text_is_whole(&v->text))
        lay_out_text(v, app, v->text.width, true);
    if (v->text.row->unread && store_takes_marks(app->session->store) &&
        app_note_read(app, v->text.row->id))
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
    if (below && below->ops->target && below->ops->target(below, NULL) == article)
        v->base.opened_for = article;
    focus(&v->base, app);
}

static void
reload(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    load(v, app, v->text.row->id, NULL);
}

/* --- drawing ----------------------------------------------------------------------------- */

static void
lay_out(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    int left, width;
    app_measure(app, &view->area, &left, &width);
    bool all = app_top(app) == view || view->scroll.top > 0;
    if (app_top(app) == view)
        article_pictures_update(v, app, width);
    /* what is laid out in part was enough for the height of that time */
    bool enough = article_text_is_whole(&v->text) ||
                  (!all && article_text_lines(&v->text) >= view->area.height);
    if (!v->text.layout || v->text.width != width || view->due & VIEW_LAYOUT || !enough)
        lay_out_text(v, app, width, all);
    scroller_fit(&view->scroll, view->area.height);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct article_view *v = (const struct article_view *)view;
    int left, width;
    app_measure(app, &view->area, &left, &width);
    if (focused) {
        grid->cursor_y = view->area.y;
        grid->cursor_x = left;
    }
    char *const find[] = {view->find, NULL};
    struct article_place place = {
        .left = left,
        .width = v->text.width,
        .shift = v->shift,
        .focus = v->link,
        .focused = focused,
        .pictures = article_pictures_shown(v, app),
        .hyperlinks = app->session->context->settings->values.ui_hyperlinks,
        .words = view->find ? find : v->marked,
        .anywhere = view->find != NULL};
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        place.y = view->area.y + i;
        place.found = view->find ? find_style(view, view->scroll.top + i) : STYLE_MATCH;
        article_text_draw(&v->text, grid, &place, article_text_at(&v->text, view->scroll.top + i));
    }
}

static char *
title(const struct view *view, const struct app *app)
{
    const struct article_row *row = ((const struct article_view *)view)->text.row;
    const char *star = article_row_is_starred(row) && !app->plain ? app_sign(app, "★ ", "* ") : "";
    /* the list beside it says the source */
    if (view->area.width && view->area.width < app->grid->width)
        return g_strconcat(star, heading_title(row), NULL);
    return g_strconcat(star, row->source_name, app->plain ? _(": ") : app_sign(app, " › ", " > "),
                       heading_title(row), NULL);
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct article_view *v = (const struct article_view *)view;
    info->title = title(view, app);
    info->position = v->text.layout ? scroller_percent(&view->scroll) : g_strdup(_("all"));
    info->portal = v->text.row->portal;
    info->edition = v->text.row->edition;
}

/* As it is read out. */
static void
lay_out_unbroken(struct article_view *v, struct app *app)
{
    struct layout_options options = {
        .width = UNBROKEN, .ascii = true, .raised = true, .tables = LAYOUT_TABLES_RECORDS};
    article_text_lay_out(&v->text, app, &options);
    v->text.width = -1;
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    struct article_view *v = (struct article_view *)view;
    lay_out_unbroken(v, app);
    view->scroll.count = article_text_lines(&v->text);
    /* it has been read out: `page-down` goes on to the next */
    scroller_move(&view->scroll, ACTION_LAST, 0);
    bool starred = article_row_is_starred(v->text.row);
    view->head = v->text.body + starred;
    if (starred)
        g_string_append_printf(out, "%s\n", _("starred"));
    AUTO(spoken_free) struct spoken *spoken = spoken_new(v->text.document);
    for (int64_t i = 0; i < article_text_lines(&v->text); i++) {
        const struct layout_line *line = article_text_at(&v->text, i);
        g_autofree char *words = i < v->text.body ? g_strdup(line->text)
                                                  : spoken_line(spoken, line, 0);
        g_string_append_printf(out, "%s\n", words);
    }
}

/* --- other articles ----------------------------------------------------------------------- */

/* Moves the cursor of a list over `count` articles; of one the agenda has a row for each date. */
static void
move_in_list(struct view *list, int direction, int count)
{
    int64_t place = -1, before = list->ops->target(list, NULL);
    while (count > 0 && list->scroll.cursor != place) {
        place = list->scroll.cursor;
        scroller_move(&list->scroll, direction > 0 ? ACTION_DOWN : ACTION_UP, 1);
        int64_t now = list->ops->target(list, NULL);
        count -= now != before;
        before = now;
    }
}

/* The list or agenda from which an article was opened, or NULL. */
static struct view *
list_of(const struct article_view *v, const struct app *app)
{
    struct view *list = app_below(app, &v->base);
    return list && list->ops->context & (CONTEXT_LIST | CONTEXT_AGENDA) ? list : NULL;
}

/*
 * Moves the cursor of the list from which this article was opened; the article on which it is then,
 * 0 if it has not moved.
 */
static int64_t
step_in_list(const struct article_view *v, struct app *app, int direction, bool unread, int count)
{
    struct view *list = list_of(v, app);
    if (!list)
        return 0;
    app_refresh(app, list);
    int64_t before = list->ops->target(list, NULL), left = list_left(list);
    if (!unread && left >= 0) { /* what was read here has moved away */
        if (direction < 0 && !left)
            return 0;
        scroller_go(&list->scroll, direction > 0 ? left : left - 1);
        move_in_list(list, direction, count - 1);
    } else if (unread)
        list->ops->act(list, app, direction > 0 ? ACTION_NEXT_UNREAD : ACTION_PREVIOUS_UNREAD,
                       count);
    else
        move_in_list(list, direction, count);
    int64_t now = list->ops->target(list, NULL);
    return now == before ? 0 : now;
}

/* The article from whose links one has come to this one; itself where it is of a list. */
static struct article_view *
beginning(struct article_view *v, const struct app *app)
{
    struct view *view = &v->base;
    for (struct view *below;
         (below = app_below(app, view)) && below->ops->context == CONTEXT_READER;)
        view = below;
    return (struct article_view *)view;
}

/* Goes back to where links were followed first, and from there to another article. */
static void
step(struct article_view *v, struct app *app, int direction, bool unread, int count)
{
    struct article_view *first = beginning(v, app);
    int64_t next = step_in_list(first, app, direction, unread, MAX(count, 1));
    if (next && first != v) {
        g_ptr_array_find(app->views, first, &app->focus);
        app_close_from(app, app->focus + 1); /* this one, too */
    }
    if (next)
        show(first, app, next);
    else if (!unread)
        app_say(app,
                direction > 0 ? _("this is the last article") : _("this is the first article"));
    else if (!list_of(first, app)) /* which says itself what it has no more of */
        app_say_no_unread(app, direction, 0);
}

/* Names the page of an edition that is not here; the key that opens it does so there and then. */
static void
name_elsewhere(struct article_view *v, struct app *app, const struct counterpart *c)
{
    g_autofree char *shown = url_shown(c->url);
    v->elsewhere = g_strdup(c->url);
    app_say(app,
            v->text.row->portal
                ? _("%s: you are not subscribed to this edition; {browser} opens its page: %s")
                : _("%s: there is no text in this language here; {browser} opens its page: %s"),
            heading_language(c->language), shown);
}

/*
 * The article in the next language; where the store does not have it, that edition's section or the
 * address of its page.  Who asks again is led to the language behind that.
 */
static void
next_edition(struct article_view *v, struct app *app)
{
    AUTO(counterpart_free)
    struct counterpart *c = counterpart_next(app->session->store, v->text.row, v->asked);
    if (!c) {
        app_say(app, _("this article names no other language"));
        return;
    }
    g_free(v->asked);
    v->asked = g_strdup(c->language);
    if (c->article) {
        show(v, app, c->article);
    } else if (c->section) {
        app_open(app,
                 &(struct target){.kind = TARGET_LIST,
                                  .scope = {.source = c->section->id, .title = c->section->name}});
        app_say(app, _("%s: there is no text of this article here; this is where it would stand"),
                heading_language(c->language));
    } else {
        name_elsewhere(v, app, c);
    }
}

/* --- finding ------------------------------------------------------------------------------ */

static const char *
text_at(const void *data, int64_t place)
{
    return article_text_at(&((const struct article_view *)data)->text, place)->text;
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    /* what was loaded since the last picture is laid out for the next one */
    if (!article_text_is_whole(&((const struct article_view *)view)->text))
        return -1;
    return scroller_find(&view->scroll, from, step, here, view->find, text_at, view);
}

/* --- acting ------------------------------------------------------------------------------- */

/* Whether it has what may be wider than the text: tables, and text whose lines stay as they are. */
static bool
has_tables(const struct document *document)
{
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_TABLE || block->type == BLOCK_PRE)
            return true;
    }
    return false;
}

static unsigned
shift_tables(struct article_view *v, struct app *app, enum action action, int count)
{
    int by = MAX(count, 1), most = v->whole ? article_text_most_shift(&v->text) : 0;
    if (!has_tables(v->text.document)) {
        app_say(app, _("there is no table in this article"));
        return VIEW_DONE;
    }
    bool whole = action != ACTION_SHIFT_RESET;
    if (action == ACTION_SHIFT_RIGHT)
        v->shift = by < most - v->shift ? v->shift + by : most;
    else
        v->shift = whole ? MAX(MIN(v->shift, most) - by, 0) : 0;
    if (v->whole == whole)
        return VIEW_DONE;
    v->whole = whole;
    if (!whole || !v->text.layout)
        return VIEW_DONE | VIEW_LAYOUT;
    lay_out_text(v, app, v->text.width, true); /* what is cut is known then */
    if (article_text_most_shift(&v->text) > 0)
        app_say(app,
                _("{shift-left} and {shift-right} shift tables, {shift-reset} fits them in again"));
    return VIEW_DONE;
}

static void
free_row(gpointer row)
{
    article_row_free(row);
}

static unsigned
mark_rows(struct article_view *v, struct app *app, const GPtrArray *rows, enum mark mark, bool on)
{
    if (!article_action_mark(app, rows, mark, on, is_of_folded_list(v, app)))
        return VIEW_DONE;
    if (mark == MARK_READ && !app->plain) /* there the title is told already */
        app_say(app, v->text.row->unread ? _("marked as read") : _("marked as unread"));
    return VIEW_DONE | VIEW_CHANGED_STORE;
}

/*
 * The article, and where the list has one row for all of its editions and the mark is to be of all,
 * these too; NULL: gone.
 */
static GPtrArray *
rows_to_mark(const struct article_view *v, struct app *app, enum mark mark, bool all,
             GError **error)
{
    struct article_row *row = listing_article(app->session->store, v->text.row->id, error);
    if (!row)
        return NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
    session_overlay(app->session, row);
    g_ptr_array_add(rows, row);
    if (all && is_of_folded_list(v, app))
        article_action_add_editions(app, rows, mark);
    return rows;
}

static unsigned
toggle(struct article_view *v, struct app *app, enum mark mark)
{
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, v->text.row);
    bool on = article_action_lacks(one, mark);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = rows_to_mark(v, app, mark, mark == MARK_STARRED && !on, &error);
    if (rows)
        return mark_rows(v, app, rows, mark, on);
    app_show_error(app, "%s", error->message);
    return VIEW_DONE;
}

/* What is deleted leaves the screen: the next article comes, else the one before, else the list. */
static unsigned delete (struct article_view *v, struct app *app)
{
    bool gone = !v->text.row->deleted;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = rows_to_mark(v, app, MARK_DELETED, true, &error);
    if (!rows) {
        app_show_error(app, "%s", error->message);
        return VIEW_DONE;
    }
    int64_t next = gone ? step_in_list(v, app, 1, false, 1) : 0;
    if (gone && !next)
        next = step_in_list(v, app, -1, false, 1);
    unsigned done = mark_rows(v, app, rows, MARK_DELETED, gone);
    if (!(done & VIEW_CHANGED_STORE) || !gone)
        return done;
    g_autofree char *said = g_strdup(app->message);
    if (next)
        show(v, app, next);
    else
        app_pop(app);
    app_say(app, "%s", said ? said : "");
    return done;
}

/*
 * What a link asks for, that with a number or (0) the one in focus; or the article's page.
 * elsewhere: that of another edition which has just been named, or NULL.
 */
static void
act_on_link(struct article_view *v, struct app *app, enum action action, guint asked,
            const char *elsewhere)
{
    guint link = asked ? asked : v->link;
    const char *url = article_text_url(&v->text, link);
    if (action == ACTION_OPEN)
        article_follow(v, app, link);
    else if (asked && !url) /* by its number */
        typed_number_say_no_link(app, link);
    else if (action == ACTION_SAVE && url && article_text_kind(&v->text, link) != ARTICLE_LINK_TEXT)
        article_action_download(app, url);
    else if (action == ACTION_SAVE)
        article_action_save(app, v->text.row);
    else if (!asked && elsewhere)
        browser_open(app, elsewhere);
    else if (url || v->text.row->link)
        browser_open(app, url ? url : v->text.row->link);
    else
        app_say(app, _("this article has no page of its own"));
}

static bool
is_blank(const struct article_view *v, int64_t line)
{
    const struct layout_line *at = article_text_at(&v->text, line);
    return !at || !*at->text;
}

/* The block of the text that is on top; behind the text its last. */
static guint
block_on_top(struct article_view *v, struct app *app)
{
    guint block = 0, offset;
    if (app->plain && !v->text.layout) /* it was loaded anew since it was read */
        lay_out_unbroken(v, app);
    int64_t line = MIN(v->base.scroll.top, (int64_t)v->text.notes - 1);
    while (line > v->text.body && is_blank(v, line))
        line--;
    article_text_place(&v->text, line, &block, &offset);
    return block;
}

/* What leaves the reader: the link in focus, or the article. */
static bool
hand_out(struct article_view *v, struct app *app, enum action action, int count)
{
    bool named = action == ACTION_COPY_LINK && count > 0; /* by a number before the key */
    const char *link = article_text_url(&v->text, named ? (guint)count : v->link);
    if (named && !link) {
        typed_number_say_no_link(app, (guint)count);
        return true;
    }
    struct copy_place place = {.link = link, .count = count};
    if (action == ACTION_COPY_QUOTATION)
        place.block = block_on_top(v, app);
    return copy_act(app, v->text.row, &place, action) ||
           programs_act(app, v->text.row, link, action);
}

static unsigned
act_on_article(struct article_view *v, struct app *app, enum action action)
{
    switch (action) {
    case ACTION_FETCH:
        fetching_ask(app, v->text.row->source);
        return VIEW_DONE;
    case ACTION_FETCH_PAGE:
        article_action_fetch_page(app, v->text.row);
        return VIEW_DONE;
    case ACTION_TOGGLE_READ:
        return toggle(v, app, MARK_READ);
    case ACTION_TOGGLE_STAR:
        return toggle(v, app, MARK_STARRED);
    case ACTION_DELETE:
        return delete (v, app);
    case ACTION_TAG: {
        g_autoptr(GPtrArray) rows = g_ptr_array_new();
        g_ptr_array_add(rows, v->text.row);
        article_action_tag(app, rows);
        return VIEW_DONE;
    }
    case ACTION_EDITION:
        next_edition(v, app);
        return VIEW_DONE;
    case ACTION_BESIDE:
        if (v->text.row->others)
            app_open(app, &(struct target){.kind = TARGET_BESIDE, .article = v->text.row->id});
        else
            app_say(app, _("there is no text of this article in another language here"));
        return VIEW_DONE;
    case ACTION_RELATED:
        article_action_related(app, v->text.row);
        return VIEW_DONE;
    case ACTION_REVISIONS:
        app_open(app, &(struct target){.kind = TARGET_REVISIONS, .article = v->text.row->id});
        return VIEW_DONE;
    case ACTION_INFO:
        app_open(app, &(struct target){.kind = TARGET_INFO,
                                       .source = v->text.row->source,
                                       .article = v->text.row->id});
        return VIEW_DONE;
    default:
        return 0;
    }
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    struct article_view *v = (struct article_view *)view;
    bool at_end = view->scroll.top + view->scroll.height >= view->scroll.count;
    g_autofree char *elsewhere = g_steal_pointer(&v->elsewhere);
    if (action == ACTION_PAGE_DOWN && at_end && app->session->context->settings->values.read_next) {
        step(v, app, 1, true, 1);
        return VIEW_DONE;
    }
    switch (action) {
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
        step(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1, true, count);
        return VIEW_DONE;
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        step(v, app, action == ACTION_NEXT ? 1 : -1, false, count);
        return VIEW_DONE;
    case ACTION_NEXT_LINK:
    case ACTION_PREVIOUS_LINK:
        if (count)
            article_go_to_link(v, app, (guint)count);
        else
            article_next_link(v, app, action == ACTION_NEXT_LINK ? 1 : -1);
        return VIEW_DONE;
    case ACTION_LINKS:
        article_choose_link(v, app);
        return VIEW_DONE;
    case ACTION_OPEN:
    case ACTION_BROWSER:
    case ACTION_SAVE:
        act_on_link(v, app, action, (guint)MAX(count, 0), elsewhere);
        return VIEW_DONE;
    case ACTION_PICTURES:
        article_pictures_toggle(v, app);
        return VIEW_DONE;
    case ACTION_SHIFT_RIGHT:
    case ACTION_SHIFT_LEFT:
    case ACTION_SHIFT_RESET:
        return shift_tables(v, app, action, count);
    default:
        return hand_out(v, app, action, count) ? VIEW_DONE : act_on_article(v, app, action);
    }
}

static bool
offers(const struct view *view, const struct app *app, enum action action)
{
    return action == ACTION_PICTURES &&
           article_pictures_wait((const struct article_view *)view, app);
}

static enum view_click
click(struct view *view, struct app *app, int x, int y)
{
    struct article_view *v = (struct article_view *)view;
    guint link = article_link_at(v, app, x, y);
    bool same = v->link == link;
    if (!link)
        return VIEW_CLICK_NOTHING;
    article_focus_link(v, app, link);
    return same ? VIEW_CLICK_SAME : VIEW_CLICK_OTHER;
}

static void
free_view(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    keep_place(v, app);
    article_text_clear(&v->text);
    article_pictures_clear(&v->pictures);
    g_free(v->asked);
    g_free(v->elsewhere);
    g_strfreev(v->marked);
    g_free(v);
}

static int64_t
shown_article(const struct view *view)
{
    return ((const struct article_view *)view)->text.row->id;
}

static const struct view_ops article_ops = {
    .context = CONTEXT_READER,
    .pane = PANE_ARTICLE,
    .lay_out = lay_out,
    .draw = draw,
    .act = act,
    .offers = offers,
    .describe = describe,
    .to_text = to_text,
    .free = free_view,
    .load = reload,
    .article = shown_article,
    .find = find,
    .focus = focus,
    .click = click,
};

struct view *
article_view_new(struct app *app, int64_t article, char *const *marked, GError **error)
{
    struct article_view *v = g_new0(struct article_view, 1);
    v->base.ops = &article_ops;
    v->base.scroll.lines = true;
    v->marked = marked && *marked ? g_strdupv((char **)marked) : NULL;
    if (load(v, app, article, error))
        return &v->base;
    free_view(&v->base, app);
    return NULL;
}
