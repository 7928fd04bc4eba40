/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article: its head, its document laid out to the width, its links and attachments.
 * The place in the text survives a change of width.
 */
#include "config.h"

#include "base/i18n.h"
#include "document/layout.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "store/articles.h"
#include "store/sources.h"
#include "text/cells.h"
#include "text/match.h"
#include "ui/views.h"

#include <string.h>

struct article_view {
    struct view base;
    struct article_row *row;
    struct document *document;
    struct layout *layout;
    int width;      /* it is laid out for */
    guint body;     /* the first line of the body */
    int64_t top;
    int height;
    guint text_links; /* links of the document itself; attachments come after them */
    guint link;     /* in focus, or 0 */
    char *find;     /* that is searched for in the text, or NULL */
    char **marked;  /* words that the article was found by, or NULL */
};

/* --- building --------------------------------------------------------------------------- */

static void
add_notes(struct article_view *v, struct app *app)
{
    guint block = v->document->blocks->len;
    g_autoptr(GPtrArray) files = articles_attachments(app->session->store, v->row->id);
    guint links = v->text_links;
    if (files->len) {
        layout_add(v->layout, "", 0, block);
        layout_add(v->layout, _("Attachments:"), LAYOUT_STRONG, block);
    }
    for (guint i = 0; i < files->len; i++) {
        const struct stored_attachment *file = g_ptr_array_index(files, i);
        guint link = document_link(v->document, file->url);
        g_autofree char *size = file->length >= 0 ? g_format_size((guint64)file->length) : NULL;
        g_autofree char *text = g_strdup_printf("[%u] %s%s%s%s%s", link, file->title ? file->title : file->url, file->type ? ", " : "",
                                                file->type ? file->type : "", size ? ", " : "", size ? size : "");
        struct layout_line *line = layout_add(v->layout, text, 0, block);
        struct layout_run run = {0, (guint)strlen(text), 0, link};
        g_array_append_val(line->runs, run);
    }
    if (links) {
        layout_add(v->layout, "", 0, block);
        layout_add(v->layout, _("Links:"), LAYOUT_STRONG, block);
    }
    for (guint i = 0; i < links; i++) {
        g_autofree char *text = g_strdup_printf("[%u] %s", i + 1, (const char *)g_ptr_array_index(v->document->links, i));
        struct layout_line *line = layout_add(v->layout, text, LAYOUT_DIM, block);
        g_array_index(line->runs, struct layout_run, 0).link = i + 1;
    }
}

static void
lay_out(struct article_view *v, struct app *app, int width)
{
    struct layout_options options = {.width = width, .ascii = app->ascii};
    guint anchor_block = 0, anchor_offset = 0;
    bool in_body = v->layout && v->top >= v->body && v->top < (int64_t)v->layout->lines->len;
    if (in_body) {
        const struct layout_line *line = g_ptr_array_index(v->layout->lines, v->top);
        anchor_block = line->block;
        anchor_offset = line->offset;
    }
    g_clear_pointer(&v->layout, layout_free);
    v->layout = layout_new(v->document, &options);
    guint to = in_body ? layout_find(v->layout, anchor_block, anchor_offset) : 0;
    AUTO(layout_free) struct layout *head = heading_layout(app->session->store, v->row, width, app->ascii);
    layout_add(head, "", 0, 0);
    if (document_is_empty(v->document)) {
        layout_add(head, _("The text is not in the store yet. r fetches it, o opens it in the browser."), LAYOUT_DIM, 0);
    }
    v->body = head->lines->len;
    for (guint i = head->lines->len; i-- > 0;)
        g_ptr_array_insert(v->layout->lines, 0, g_ptr_array_steal_index(head->lines, i));
    if (in_body)
        v->top = v->body + to;
    add_notes(v, app);
    v->width = width;
}

static bool
load(struct article_view *v, struct app *app, int64_t article, GError **error)
{
    struct article_row *row = listing_article(app->session->store, article, error);
    if (!row)
        return false;
    g_autoptr(GError) why = NULL;
    struct document *document = articles_document(app->session->store, article, 0, &why);
    if (!document && !g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN)) {
        article_row_free(row);
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (v->row)
        article_row_free(v->row);
    if (v->document)
        document_free(v->document);
    v->row = row;
    v->document = document ? document : document_new();
    v->text_links = v->document->links->len;
    g_clear_pointer(&v->layout, layout_free);
    v->link = 0;
    return true;
}

/* Another article in the same view. */
static void
show(struct article_view *v, struct app *app, int64_t article)
{
    g_autoptr(GError) error = NULL;
    if (!load(v, app, article, &error)) {
        app_complain(app, "%s", error->message);
        return;
    }
    v->top = 0;
    if (v->row->unread && !app->session->store->read_only)
        app_mark(app, article, MARK_READ, true);
    app_reload(app);
}

static void
reload(struct view *view, struct app *app)
{
    struct article_view *v = (struct article_view *)view;
    int revisions = v->row->revisions;
    guint blocks = v->document->blocks->len;
    int64_t top = v->top;
    if (load(v, app, v->row->id, NULL) && v->row->revisions == revisions && v->document->blocks->len == blocks)
        v->top = top;
}

/* --- drawing ----------------------------------------------------------------------------- */

static enum style
style_of(const struct layout_run *run, guint focus)
{
    if (run->link && run->link == focus)
        return STYLE_FOCUS;
    if (run->style & LAYOUT_HEADING)
        return STYLE_HEADING;
    if (run->style & LAYOUT_DIM)
        return STYLE_DIM;
    if (run->link)
        return STYLE_LINK;
    if (run->style & LAYOUT_STRONG)
        return STYLE_STRONG;
    if (run->style & LAYOUT_CODE)
        return STYLE_CODE;
    if (run->style & LAYOUT_EMPHASIS)
        return STYLE_EMPHASIS;
    return run->style & LAYOUT_QUOTE ? STYLE_QUOTE : STYLE_NORMAL;
}

static void
draw_line(const struct article_view *v, struct grid *grid, int left, int y, const struct layout_line *line)
{
    grid_put(grid, left, y, line->text, v->width, STYLE_NORMAL);
    for (guint i = 0; i < line->runs->len; i++) {
        const struct layout_run *run = &g_array_index(line->runs, struct layout_run, i);
        int x = left + cells_width(line->text, run->start);
        int cells = cells_width(line->text + run->start, run->length);
        grid_restyle(grid, x, y, MIN(cells, left + v->width - x), style_of(run, v->link));
        if (run->link && run->link == v->link) {
            grid->cursor_x = x;
            grid->cursor_y = y;
        }
    }
    char *const find[] = {v->find, NULL};
    char *const *words = v->find ? find : v->marked;
    if (!words)
        return;
    g_autoptr(GArray) matches = text_matches(line->text, words, v->find != NULL, 0);
    for (guint i = 0; i < matches->len; i++) {
        struct text_range match = g_array_index(matches, struct text_range, i);
        grid_restyle(grid, left + cells_width(line->text, match.start), y, cells_width(line->text + match.start, match.length), STYLE_MATCH);
    }
}

static void
draw(struct view *view, struct app *app, struct grid *grid, int top, int height)
{
    struct article_view *v = (struct article_view *)view;
    int left, width;
    app_measure(app, &left, &width);
    if (!v->layout || v->width != width)
        lay_out(v, app, width);
    v->height = height;
    v->top = CLAMP(v->top, 0, MAX((int64_t)v->layout->lines->len - height, 0));
    grid->cursor_y = top;
    grid->cursor_x = left;
    for (int i = 0; i < height && v->top + i < (int64_t)v->layout->lines->len; i++)
        draw_line(v, grid, left, top + i, g_ptr_array_index(v->layout->lines, v->top + i));
}

static char *
title(struct view *view, struct app *app)
{
    const struct article_view *v = (const struct article_view *)view;
    const char *arrow = app_sign(app, " › ", " > ");
    const char *star = v->row->starred ? app_sign(app, "★ ", "* ") : "";
    return g_strconcat(star, v->row->source_title, arrow, v->row->title, NULL);
}

static char *
position(struct view *view, struct app *app)
{
    const struct article_view *v = (const struct article_view *)view;
    (void)app;
    int64_t lines = v->layout ? v->layout->lines->len : 0;
    if (lines <= v->height)
        return g_strdup(_("all"));
    return g_strdup_printf("%d%%", (int)(100 * MIN(v->top + v->height, lines) / lines));
}

/* --- acting ------------------------------------------------------------------------------- */

static void
step(struct article_view *v, struct app *app, int direction, bool unread)
{
    struct view *below = app->views->len > 1 ? g_ptr_array_index(app->views, app->views->len - 2) : NULL;
    int64_t next = below && is_list_view(below) ? list_view_step(below, app, direction, unread) : 0;
    if (next)
        show(v, app, next);
    else
        app_say(app, unread ? _("no more unread articles here") : direction > 0 ? _("this is the last article") : _("this is the first article"));
}

/* The line on which a link stands first, or -1. */
static int64_t
line_of_link(const struct article_view *v, guint link)
{
    for (guint i = 0; i < v->layout->lines->len; i++) {
        const struct layout_line *line = g_ptr_array_index(v->layout->lines, i);
        for (guint r = 0; r < line->runs->len; r++)
            if (g_array_index(line->runs, struct layout_run, r).link == link)
                return i;
    }
    return -1;
}

static void
focus_link(struct article_view *v, struct app *app, int direction)
{
    guint links = v->document->links->len;
    if (!links || !v->layout) {
        app_say(app, _("there are no links in this article"));
        return;
    }
    gint64 next = v->link ? (gint64)v->link + direction : direction > 0 ? 1 : links;
    v->link = next < 1 ? links : next > links ? 1 : (guint)next;
    int64_t line = line_of_link(v, v->link);
    if (line >= 0 && (line < v->top || line >= v->top + v->height))
        v->top = MAX(line - v->height / 2, 0);
    app_say(app, "[%u] %s", v->link, (const char *)g_ptr_array_index(v->document->links, v->link - 1));
}

static void
follow(struct article_view *v, struct app *app, guint link)
{
    if (!link || link > v->document->links->len) {
        app_say(app, _("Tab moves to a link, then Enter follows it"));
        return;
    }
    const char *url = g_ptr_array_index(v->document->links, link - 1);
    int64_t article = articles_by_identity(app->session->store, url);
    g_autoptr(GError) error = NULL;
    struct view *other = article ? article_view_new(app, article, &error) : NULL;
    if (other)
        app_push(app, other);
    else
        app_open_url(app, url);
}

static void
find_next(struct article_view *v, struct app *app, int direction)
{
    int64_t lines = v->layout->lines->len;
    for (int64_t n = 1; n <= lines; n++) {
        int64_t i = ((v->top + direction * n) % lines + lines) % lines;
        const struct layout_line *line = g_ptr_array_index(v->layout->lines, i);
        if (text_holds(line->text, v->find)) {
            v->top = i;
            return;
        }
    }
    app_say(app, _("not found"));
}

static void
find_done(struct app *app, const char *text)
{
    struct article_view *v = (struct article_view *)app_top(app);
    g_clear_pointer(&v->find, g_free);
    if (!*text)
        return;
    v->find = g_strdup(text);
    if (!v->layout)
        return;
    v->top--; /* a match on the first line shown counts */
    find_next(v, app, 1);
}

/* The article in the next language; where the store does not have it, that edition's section. */
static void
next_edition(struct article_view *v, struct app *app)
{
    AUTO(counterpart_free) struct counterpart *c = counterpart_next(app->session->store, v->row);
    if (!c) {
        app_say(app, _("this article names no other language"));
    } else if (c->article) {
        show(v, app, c->article);
    } else if (c->section) {
        struct list_scope scope = {.source = c->section->id, .title = c->section->title};
        app_push(app, list_view_new(app, &scope));
        app_say(app, _("%s: not in the store; this is its section"), heading_language(c->language));
    } else {
        app_say(app, _("%s: not in the store; %s"), heading_language(c->language), c->url);
    }
}

static bool
act(struct view *view, struct app *app, enum action action, int count)
{
    struct article_view *v = (struct article_view *)view;
    int64_t last = v->layout ? MAX((int64_t)v->layout->lines->len - v->height, 0) : 0;
    if (action == ACTION_PAGE_DOWN && v->top >= last) {
        step(v, app, 1, true);
        return true;
    }
    int64_t to = motion(action, v->top, last, v->height, count);
    if (to >= 0) {
        v->top = to;
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
        follow(v, app, count ? (guint)count : v->link);
        return true;
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
        if (v->find)
            find_next(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1);
        else
            step(v, app, action == ACTION_NEXT_UNREAD ? 1 : -1, true);
        return true;
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        step(v, app, action == ACTION_NEXT ? 1 : -1, false);
        return true;
    case ACTION_NEXT_LINK:
    case ACTION_PREVIOUS_LINK:
        focus_link(v, app, action == ACTION_NEXT_LINK ? 1 : -1);
        return true;
    case ACTION_FETCH:
        app_fetch(app, v->row->source);
        return true;
    case ACTION_TOGGLE_READ:
        if (app_mark(app, v->row->id, MARK_READ, v->row->unread))
            app_say(app, v->row->unread ? _("marked as read") : _("marked as unread"));
        app_reload(app);
        return true;
    case ACTION_TOGGLE_STAR:
        app_mark(app, v->row->id, MARK_STARRED, !v->row->starred);
        app_reload(app);
        return true;
    case ACTION_FIND:
        app_prompt(app, _("Search in the text: "), NULL, find_done);
        return true;
    case ACTION_BACK:
        if (v->find) { /* the search first, then the article */
            g_clear_pointer(&v->find, g_free);
            return true;
        }
        return false;
    case ACTION_EDITION:
        next_edition(v, app);
        return true;
    case ACTION_BROWSER: {
        guint link = count ? (guint)count : v->link;
        const char *url = link && link <= v->document->links->len ? g_ptr_array_index(v->document->links, link - 1) : v->row->link;
        if (url)
            app_open_url(app, url);
        return true;
    }
    case ACTION_INFO:
        app_push(app, info_view_new(app, v->row->source, v->row->id));
        return true;
    default:
        return false;
    }
}

static void
free_view(struct view *view)
{
    struct article_view *v = (struct article_view *)view;
    if (v->row)
        article_row_free(v->row);
    if (v->document)
        document_free(v->document);
    if (v->layout)
        layout_free(v->layout);
    g_free(v->find);
    g_strfreev(v->marked);
    g_free(v);
}

void
article_view_mark(struct view *view, char *const *words)
{
    struct article_view *v = (struct article_view *)view;
    g_strfreev(v->marked);
    v->marked = *words ? g_strdupv((char **)words) : NULL;
}

struct view *
article_view_new(struct app *app, int64_t article, GError **error)
{
    static const struct view_ops ops = {CONTEXT_READER, draw, act, reload, title, position, free_view};
    struct article_view *v = g_new0(struct article_view, 1);
    v->base.ops = &ops;
    if (!load(v, app, article, error)) {
        free_view(&v->base);
        return NULL;
    }
    if (v->row->unread && !app->session->store->read_only && app_mark(app, article, MARK_READ, true))
        app_reload(app);
    load(v, app, article, NULL);
    return &v->base;
}
